import type { VNode } from 'preact';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SiteReport } from '../../src/protocol/report';
import { Button } from '../shared/controls';
import { Num } from '../shared/number';
import { count, percent, short } from '../shared/number-text';
import { correctBits, errorText, fileName, flagsOf, oneLine } from './selection';

/** What one operation did in the run: its last value against the reference, the error born in it, and what went wrong. */
export function SiteCard({ site, format, title, onReveal, onNumber }: {
  readonly site: SiteReport; readonly format: FormatReport; readonly title?: string; readonly onReveal?: () => void; readonly onNumber?: () => void;
}): VNode {
  const simulated = fromReal(site.last.simulated), reference = fromReal(site.last.reference);
  const flags = flagsOf(site);
  const condition = fromReal(site.condition);
  return <div class="site-card">
    <div class="site-head">{title && <span class="muted">{title}</span>}<code>{oneLine(site.text, 60)}</code><span class="muted">{fileName(site.file)}:{site.line}</span>
      {onReveal && <Button look="icon" hint="Show this operation in the editor" onPress={onReveal}>source</Button>}
      {onNumber && <Button look="icon" hint="Open this value in the number format panel" onPress={onNumber}>bits</Button>}</div>
    <dl>
      <div><dt>{site.count > 1 ? 'last value' : 'value'}</dt><dd><Num value={site.last.simulated} digits={6} /></dd></div>
      <div><dt>reference</dt><dd><Num value={site.last.reference} digits={6} /></dd></div>
      <div><dt>error</dt><dd>{errorText(simulated, reference, format.significandBits)}</dd></div>
      <div><dt>bits</dt><dd>{Math.floor(correctBits(simulated, reference, format.significandBits))} of {format.significandBits}</dd></div>
      <div><dt>born here</dt><dd>{percent(site.share)} (<Num value={site.contributedError} />)</dd></div>
      <div><dt>local error</dt><dd>≤ {short(fromReal(site.localError))} ulp</dd></div>
      {condition > 2 && <div><dt>condition</dt><dd><Num value={site.condition} /></dd></div>}
      {site.count > 1 && <div><dt>ran</dt><dd>{count(site.count)} times, <Num value={site.range[0]} /> … <Num value={site.range[1]} /></dd></div>}
    </dl>
    {flags.length > 0 && <p class="flags">{flags.map(flag => <span key={flag} class="flag">{flag}</span>)}</p>}
  </div>;
}
