import { useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';
import { percent } from '../shared/number-text';
import type { Model, View } from './model';
import { emphasised, errorText, fileName, firstToSee, flagsOfAll, heat, siteOf } from './selection';
import { SiteCard } from './site-card';
import type { SourceLine } from './source-lines';
import { sourceLines } from './source-lines';
import { fromReal } from '../../src/protocol/real';

export interface CodeProps {
  readonly model: Model;
  readonly report: SimulationReport;
  readonly format: FormatReport;
  readonly change: (change: Partial<View>) => void;
  readonly reveal: (site: SiteReport, focus: boolean) => void;
  readonly openNumber: (site: SiteReport) => void;
  readonly standalone: boolean;
}

/**
 * The function's source. Each operation is underlined by its share of the final error (colour, thickness and pattern), each line has a bar with the share
 * that enters there. Up and Down walk the lines, Left and Right the operations of a line, Enter shows the source.
 */
export function CodeView({ model, report, format, change, reveal, openNumber, standalone }: CodeProps): VNode {
  const lines = useMemo(() => sourceLines(report, format), [report, format]);
  const body = useRef<HTMLDivElement>(null);
  const [row, setRow] = useState(0);
  const shown = siteOf(format, emphasised(model));
  const card = shown ?? firstToSee(format);
  const selected = siteOf(format, model.view.site);
  const current = Math.min(lines.length - 1, Math.max(0, selected ? lines.findIndex(l => l.line === selected.endLine && l.file === selected.file) : row));

  const go = (next: number): void => {
    const line = lines[Math.max(0, Math.min(lines.length - 1, next))];
    if (!line) return;
    setRow(lines.indexOf(line));
    change({ site: worst(line)?.site ?? null, hover: null });
    body.current?.querySelector<HTMLElement>(`[data-row="${lines.indexOf(line)}"]`)?.focus();
  };
  const step = (by: number): void => {
    const sites = lines[current]?.sites ?? [];
    const next = sites[sites.findIndex(s => s.site === model.view.site) + by];
    if (next) change({ site: next.site, hover: null });
  };
  const onKey = (event: KeyboardEvent): void => {
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(current + 1), ArrowUp: () => go(current - 1), Home: () => go(0), End: () => go(lines.length - 1),
      ArrowRight: () => step(1), ArrowLeft: () => step(-1), Enter: () => { if (selected) reveal(selected, true); },
      w: () => { const blame = [...format.firstCase.sites].sort((a, b) => b.share - a.share)[0]; if (blame) go(lines.findIndex(l => l.sites.includes(blame))); },
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };
  const siteAt = (event: Event): SiteReport | undefined => siteOf(format, (event.target as Element).closest<HTMLElement>('[data-site]')?.dataset.site ?? null);

  return <section class="view code" aria-labelledby="code-title">
    <header class="view-head"><h2 id="code-title">Code</h2><span class="muted">share of the final error</span></header>
    <div class="code-scroll">
      <div ref={body} class="code-lines" role="listbox" aria-label={`Source of ${report.description.name}: lines with the share of the error that enters there`} onKeyDown={onKey}
        onMouseOver={event => { const site = siteAt(event)?.site ?? null; if (site !== model.view.hover) change({ hover: site }); }} onMouseLeave={() => change({ hover: null })}
        onClick={event => { const site = siteAt(event); if (site) { change({ site: site.site }); reveal(site, false); } }}>
        {lines.map((line, i) => <Line key={`${line.file}:${line.line}`} line={line} row={i} format={format} tabbable={i === current} selected={selected !== undefined && i === current}
          shown={shown?.site ?? null} head={i === 0 ? files(lines) > 1 : lines[i - 1].file !== line.file} />)}
      </div>
    </div>
    <div class="inspector" role="status" aria-live="polite">
      {card ? <SiteCard site={card} format={format} title={shown ? undefined : card.share > 0 ? 'largest contributor' : 'first failure'} onReveal={standalone ? undefined : () => reveal(card, true)} onNumber={standalone ? undefined : () => openNumber(card)} />
        : <p class="hint">No operation in {format.id} errs. Point at one for its values.</p>}
    </div>
  </section>;
}

function Line({ line, row, format, tabbable, selected, shown, head }: {
  readonly line: SourceLine; readonly row: number; readonly format: FormatReport; readonly tabbable: boolean; readonly selected: boolean; readonly shown: string | null; readonly head: boolean;
}): VNode {
  const share = line.sites.reduce((sum, s) => sum + (s.share > 0 ? s.share : 0), 0);
  const flags = flagsOfAll(line.sites);
  const level = heat(share);
  return <>
    {head && <div class="file-head" role="presentation">{fileName(line.file)}</div>}
    {line.gap && !head && <div class="gap" role="presentation">⋯</div>}
    <div class={`line heat-${level}${selected ? ' selected' : ''}`} role="option" aria-selected={selected} tabIndex={tabbable ? 0 : -1} data-row={row} data-line={line.line}>
      <span class="line-number"><span class="hidden">line </span>{line.line}</span>
      <span class="line-code">
        <code>{line.segments.map((segment, i) => {
          const site = siteOf(format, segment.site);
          const classes = [segment.token === 'plain' ? '' : `token-${segment.token}`, site ? `site heat-${heat(site.share)}` : '', segment.site !== null && within(format, segment.site, shown) ? 'lit' : ''].filter(c => c).join(' ');
          return <span key={i} class={classes || undefined} data-site={segment.site ?? undefined} title={site ? siteTitle(site, format) : undefined}>{segment.text}</span>;
        })}</code>
        {flags.length > 0 && <span class="line-flags">{flags.map(flag => <span key={flag} class="flag">{flag}</span>)}</span>}
      </span>
      <span class="line-share">
        {share >= 0.005 && <svg class="share-bar" width={40} height={10} aria-hidden="true"><rect class={`bar heat-${level}`} width={Math.max(2, 40 * Math.min(1, share))} height={10} /></svg>}
        <span class="share-text">{share >= 0.005 ? percent(share) : ''}</span>{share >= 0.005 && <span class="hidden"> of the error enters here</span>}
      </span>
    </div>
  </>;
}

/** Whether a segment belongs to the shown site: its own text and everything inside it. */
function within(format: FormatReport, site: string, shown: string | null): boolean {
  if (shown === null) return false;
  if (site === shown) return true;
  const inner = siteOf(format, site), outer = siteOf(format, shown);
  return !!inner && !!outer && inner.file === outer.file && outer.start <= inner.start && inner.end <= outer.end;
}

function siteTitle(site: SiteReport, format: FormatReport): string {
  const simulated = fromReal(site.last.simulated), reference = fromReal(site.last.reference);
  return `${simulated}, reference ${reference}: ${errorText(simulated, reference, format.significandBits)}`;
}

function worst(line: SourceLine): SiteReport | undefined {
  return [...line.sites].sort((a, b) => b.share - a.share)[0];
}

function files(lines: readonly SourceLine[]): number {
  return new Set(lines.map(l => l.file)).size;
}
