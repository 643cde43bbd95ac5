import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';
import { useWidth } from '../shared/chart';
import { Button } from '../shared/controls';
import { short } from '../shared/number-text';
import type { CompareLine, CompareRow } from './compare';
import { changedPart, changeText, codeDiffers, compareRows } from './compare';
import type { Model, View } from './model';
import { emphasised, keptBits } from './selection';

/** Width in pixels from which the two versions stand side by side; below it they stand in one column. */
const sideBySide = 720;

/** Two versions of the code beside each other: the earlier run that was kept and the run that is shown, with the error that enters at each line and how it changed. */
export function CompareView({ model, before, report, format, change, reveal, stop }: {
  readonly model: Model; readonly before: SimulationReport; readonly report: SimulationReport; readonly format: FormatReport;
  readonly change: (change: Partial<View>) => void; readonly reveal: (site: SiteReport, focus: boolean) => void; readonly stop: () => void;
}): VNode {
  const rows = useMemo(() => compareRows(before, report, format.id), [before, report, format.id]);
  const [holder, width] = useWidth();
  const earlier = before.formats.find(f => f.id === format.id);
  const most = rows.reduce((m, r) => Math.max(m, r.before?.error ?? 0, r.after?.error ?? 0), 0);
  const pick = (line: CompareLine | null): void => {
    const site = line && [...line.sites].sort((a, b) => b.share - a.share)[0];
    if (site) { change({ site: site.site }); reveal(site, false); }
  };
  const shown = emphasised(model);
  const props = { most, pick, shown };
  return <section class="view compare" aria-labelledby="compare-title">
    <header class="view-head"><h2 id="compare-title">Before and now</h2><span class="muted">error that enters at each line, in {format.id}</span><Button look="icon" label="Stop comparing" onPress={stop}>stop comparing</Button></header>
    <p>{sentence(before, report, earlier, format)}</p>
    <div class="table-scroll" ref={holder} tabIndex={0} role="region" aria-label="The code before and now">
      {width >= sideBySide ? <table class="compare-table">
        <thead><tr><th scope="col" colSpan={2}>before</th><th scope="col">error</th><th scope="col" colSpan={2}>now</th><th scope="col">error</th><th scope="col">change</th></tr></thead>
        <tbody>{rows.map((row, i) => <tr key={i} class={row.kind}>
          <Half line={row.before} other={row.after} side="before" kind={row.kind} {...props} /><Half line={row.after} other={row.before} side="now" kind={row.kind} {...props} /><Change row={row} />
        </tr>)}</tbody>
      </table> : <table class="compare-table unified">
        <thead><tr><th scope="col" colSpan={2}>code</th><th scope="col">error</th><th scope="col">change</th></tr></thead>
        <tbody>{rows.map((row, i) => row.kind === 'same' ? <tr key={i} class="same"><Half line={row.after} other={row.before} side="now" kind="same" {...props} /><Change row={row} /></tr>
          : <>{row.before && <tr key={`${i}b`} class="removed"><Half line={row.before} other={row.after} side="before" kind={row.kind} {...props} />{row.after ? <td /> : <Change row={row} />}</tr>}
            {row.after && <tr key={`${i}a`} class="added"><Half line={row.after} other={row.before} side="now" kind={row.kind} {...props} /><Change row={row} /></tr>}</>)}</tbody>
      </table>}
    </div>
  </section>;
}

/** Number, text and error of one line in one version. The part that differs is marked, and − or + says which version a line is from. */
function Half({ line, other, side, kind, most, pick, shown }: {
  readonly line: CompareLine | null; readonly other: CompareLine | null; readonly side: 'before' | 'now'; readonly kind: CompareRow['kind'];
  readonly most: number; readonly pick: (line: CompareLine | null) => void; readonly shown: string | null;
}): VNode {
  if (!line) return <><td class="line-number blank" /><td class="blank" /><td class="blank" /></>;
  const differs = kind !== 'same';
  const [own] = differs && other ? changedPart(line.text, other.text) : [[0, 0]];
  const active = side === 'now' && line.sites.length > 0;
  const lit = side === 'now' && shown !== null && line.sites.some(s => s.site === shown);
  return <>
    <td class="line-number"><span class="sign">{differs ? side === 'before' ? '−' : '+' : ''}</span>{line.line}</td>
    <td class={`half ${differs ? side : ''}${active ? ' active' : ''}${lit ? ' lit' : ''}`} onClick={active ? () => pick(line) : undefined}>
      <code>{line.text.slice(0, own[0])}{own[1] > own[0] && <mark>{line.text.slice(own[0], own[1])}</mark>}{line.text.slice(own[1])}</code>
      {line.flags.length > 0 && <span class="line-flags">{line.flags.map(flag => <span key={flag} class="flag">{flag}</span>)}</span>}
    </td>
    <td class="number entering">{line.error > 0 && <><svg class="share-bar" width={36} height={8} aria-hidden="true"><rect class={`bar ${side === 'before' ? 'heat-1' : 'heat-3'}`} x={36 - bar(line.error, most)} width={bar(line.error, most)} height={8} /></svg>{short(line.error)}</>}</td>
  </>;
}

/** Length of an error's bar: linear, at least visible. */
function bar(error: number, most: number): number {
  return most > 0 ? Math.max(1.5, 36 * error / most) : 0;
}

function Change({ row }: { readonly row: CompareRow }): VNode {
  const text = changeText(row.before?.error ?? 0, row.after?.error ?? 0);
  return <td class={`number change ${text.startsWith('▼') || text === 'gone' ? 'better' : text.startsWith('▲') || text === 'new' ? 'worse' : 'muted'}`}>{text}</td>;
}

function sentence(before: SimulationReport, report: SimulationReport, earlier: FormatReport | undefined, format: FormatReport): string {
  const same = codeDiffers(before, report) ? '' : 'The code is the same as before. ';
  if (!earlier) return `${same}The earlier run did not have ${format.id}.`;
  if (earlier.status !== 'ok') return `${same}The earlier run had no result in ${format.id}.`;
  const was = fromReal(earlier.maxRelativeError), is = fromReal(format.maxRelativeError);
  const change = changeText(was, is);
  const word = change === '' || change === '=' ? 'The largest relative error stays' : change.startsWith('▼') || change === 'gone' ? 'The largest relative error fell' : 'The largest relative error rose';
  const other = JSON.stringify(before.inputs.slice(0, 100)) === JSON.stringify(report.inputs.slice(0, 100)) ? '' : ' The inputs are not the same, so the two are not strictly comparable.';
  return `${same}${word} ${change === '' || change === '=' ? `at ${short(is)}` : `from ${short(was)} (${keptBits(earlier)}) to ${short(is)} (${keptBits(format)})`} over ${report.cases === 1 ? 'one input' : `${report.cases} inputs`}.${other}`;
}
