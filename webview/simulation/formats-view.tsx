import { useMemo } from 'preact/hooks';
import type { VNode } from 'preact';
import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport } from '../../src/protocol/report';
import { BottomAxis, Chart, LeftAxis, decades, decimalTicks } from '../shared/chart';
import { Num } from '../shared/number';
import { bytes, count, energy, percent, short, valueText } from '../shared/number-text';
import type { Model, SortKey, View } from './model';
import type { TradeOff } from './pareto';
import { smallestError, tradeOffs } from './pareto';
import { correctBits, culprit, flagsOfAll, keptBits, oneLine } from './selection';
import { failure } from './summary';

export interface FormatsProps {
  readonly model: Model;
  readonly report: SimulationReport;
  readonly change: (change: Partial<View>) => void;
}

/** The comparison table of formats and, below it, error against energy. A row selects the format that the other views show. */
export function FormatsView({ model, report, change }: FormatsProps): VNode {
  const { sort, descending, format: shown } = model.view;
  const rows = useMemo(() => sorted(report.formats, sort, descending), [report, sort, descending]);
  const points = useMemo(() => tradeOffs(report.formats), [report]);
  const best = points.find(p => p.best)?.id;
  const baseline = model.baseline;
  const heading = (key: SortKey, title: string, hint: string): VNode => <th scope="col" aria-sort={sort === key ? descending ? 'descending' : 'ascending' : undefined}>
    <button type="button" class="sort" title={hint} onClick={() => change(sort === key ? descending ? { sort: 'order', descending: false } : { descending: true } : { sort: key, descending: false })}>
      {title}<span aria-hidden="true" class="arrow">{sort === key ? descending ? '▾' : '▴' : ''}</span></button></th>;
  const onKey = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by === 0) return;
    event.preventDefault();
    const next = rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex(f => f.id === shown) + by))];
    change({ format: next.id });
    document.getElementById(`format-${next.id}`)?.focus();
  };
  return <section class="view formats" aria-labelledby="formats-title">
    <header class="view-head"><h2 id="formats-title">Formats</h2>{best && <span class="muted">★ best trade-off: {best}</span>}</header>
    <div class="formats-body">
    <div class="table-scroll formats-scroll" role="region" aria-label="Comparison of formats" tabIndex={0}>
      <table class="formats-table">
        <thead><tr>
          {heading('format', 'format', 'Sort by name')}<th scope="col">result</th>{heading('error', 'error', 'Largest absolute error over all inputs')}
          {heading('relative', 'relative', 'Largest relative error over all inputs')}{heading('bits', 'bits kept', 'Smallest number of correct leading bits over all inputs')}
          {baseline && <th scope="col">before</th>}
          <th scope="col">along the run</th><th scope="col">most error enters at</th><th scope="col">flags</th>
          {heading('operations', 'operations', 'Numeric operations over all inputs')}{heading('energy', 'energy', 'Estimated energy of the arithmetic over all inputs')}{heading('memory', 'memory', 'Arrays and locals in the storage format')}
        </tr></thead>
        <tbody onKeyDown={onKey}>
          {rows.map(f => <Row key={f.id} format={f} report={report} before={baseline?.formats.find(b => b.id === f.id)} compare={baseline !== null} shown={f.id === shown} best={f.id === best}
            onPick={() => change({ format: f.id })} />)}
        </tbody>
      </table>
    </div>
    {points.length > 1 && <ParetoPlot points={points} shown={shown} onPick={id => change({ format: id })} />}
    </div>
  </section>;
}

function Row({ format, report, before, compare, shown, best, onPick }: {
  readonly format: FormatReport; readonly report: SimulationReport; readonly before: FormatReport | undefined; readonly compare: boolean; readonly shown: boolean; readonly best: boolean; readonly onPick: () => void;
}): VNode {
  const name = <th scope="row"><button type="button" id={`format-${format.id}`} class="format-name" aria-pressed={shown} tabIndex={shown ? 0 : -1} title={format.title} onClick={onPick}>
    {format.id}{best && <span class="best" title="Best trade-off of error against energy"> ★</span>}</button></th>;
  if (format.status !== 'ok') return <tr class={shown ? 'shown' : ''} onClick={onPick}>{name}<td colSpan={compare ? 11 : 10} class="failure"><span class="flag">{format.status}</span> {failure(report, format)}</td></tr>;
  const blame = culprit(format);
  const flags = flagsOfAll(format.firstCase.sites);
  const operations = Object.values(format.operations).reduce((a, b) => a + b, 0);
  return <tr class={shown ? 'shown' : ''} onClick={onPick}>
    {name}
    <td class="number">{format.firstCase.outputPath === '' && typeof format.results[0] !== 'object' ? <Num value={format.firstCase.outputValue} digits={4} /> : <span title={valueText(format.results[0], 50)}>{valueText(format.results[0], 2)}</span>}</td>
    <td class="number">{fromReal(format.maxAbsoluteError) === 0 ? '–' : <Num value={format.maxAbsoluteError} />}</td>
    <td class="number with-bar">{fromReal(format.maxRelativeError) === 0 ? '–' : <Num value={format.maxRelativeError} />}<ErrorBar error={fromReal(format.maxRelativeError)} /></td>
    <td class="number">{keptBits(format)}</td>
    {compare && <td class="number">{before?.status === 'ok' ? <Change before={fromReal(before.correctBits)} after={fromReal(format.correctBits)} /> : '–'}</td>}
    <td><Sparkline format={format} /></td>
    <td class="place">{blame ? <span title={blame.text}>{blame.line}: <code>{oneLine(blame.text, 22)}</code> {percent(blame.share)}</span> : '–'}</td>
    <td class="flags-cell">{flags.slice(0, 3).map(flag => <span key={flag} class="flag">{flag}</span>)}{flags.length > 3 && <span class="flag" title={flags.join(', ')}>+{flags.length - 3}</span>}</td>
    <td class="number" title={Object.entries(format.operations).map(([kind, n]) => `${kind}: ${count(n)}`).join('\n')}>{count(operations)}</td>
    <td class="number">{energy(format.energyPicojoules)}</td>
    <td class="number">{bytes(format.memoryBytes)}</td>
  </tr>;
}

/** Relative error on a log scale from 2^-53 (empty) to 1 or more (full). */
function ErrorBar({ error }: { readonly error: number }): VNode {
  const full = 44;
  const share = error !== error || error >= 1 ? 1 : error <= smallestError ? 0 : 1 - Math.log2(error) / Math.log2(smallestError);
  return <svg class="error-bar" width={full} height={4} aria-hidden="true"><rect class="track" width={full} height={4} /><rect class={`bar heat-${Math.min(4, Math.ceil(share * 4))}`} width={full * share} height={4} /></svg>;
}

function Change({ before, after }: { readonly before: number; readonly after: number }): VNode {
  const by = Math.floor(after) - Math.floor(before);
  return <span>{Math.floor(before)} bits <span class={by > 0 ? 'better' : by < 0 ? 'worse' : 'muted'}>{by === 0 ? '=' : `${by > 0 ? '▲' : '▼'} ${Math.abs(by)}`}</span></span>;
}

/** Correct bits of the operations along the run, at most 48 points. */
function Sparkline({ format }: { readonly format: FormatReport }): VNode {
  const [width, height] = [64, 16];
  const { series } = format.firstCase;
  const step = Math.max(1, Math.ceil(series.length / 48));
  const bits: number[] = [];
  for (let i = 0; i < series.length; i += step) {
    const part = series.slice(i, i + step).map(p => correctBits(fromReal(p.simulated), fromReal(p.reference), format.significandBits));
    bits.push(Math.min(...part));
  }
  if (bits.length < 2) return <span class="muted">–</span>;
  const path = line<number>().x((_, i) => 1 + i * (width - 2) / (bits.length - 1)).y(b => height - 2 - (height - 4) * b / format.significandBits)(bits) ?? '';
  return <svg class="sparkline" width={width} height={height} role="img" aria-label={`Correct bits along the run: from ${Math.floor(bits[0])} to ${Math.floor(bits[bits.length - 1])}, least ${Math.floor(Math.min(...bits))}`}><path d={path} /></svg>;
}

function ParetoPlot({ points, shown, onPick }: { readonly points: readonly TradeOff[]; readonly shown: string | null; readonly onPick: (id: string) => void }): VNode {
  const best = points.find(p => p.best);
  const error = (p: TradeOff): number => Math.max(p.error, smallestError);
  const front = points.filter(p => p.efficient).sort((a, b) => a.energy - b.energy);
  const height = 190, margin = { top: 22, right: 40, bottom: 36, left: 48 };
  const energies = points.map(p => p.energy), errors = points.map(error);
  return <Chart id="pareto" title="Error against energy" height={height}
    description={`${front.map(p => p.id).join(', ')} ${front.length === 1 ? 'is' : 'are'} efficient: no other is both cheaper and more accurate.${best ? ` ${best.id} is the best trade-off.` : ''}`}
    table={{ columns: ['format', 'energy', 'relative error', 'efficient'], rows: points.map(p => [p.id, energy(p.energy), short(p.error), p.best ? 'best trade-off' : p.efficient ? 'yes' : 'no']) }}
    draw={width => {
      const x = scaleLog([Math.min(...energies) / 1.6, Math.max(...energies) * 1.6], [margin.left, width - margin.right]);
      const y = scaleLog([Math.min(...errors) / 4, Math.max(...errors, 1e-3) * 4], [height - margin.bottom, margin.top]);
      const path = line<TradeOff>().x(p => x(p.energy)).y(p => y(error(p)))(front) ?? '';
      const labels = spread(points.map(p => ({ id: p.id, x: x(p.energy), y: y(error(p)) })), width - margin.right, height - margin.bottom);
      return <>
        <LeftAxis scale={y} ticks={decades(y.domain()[0], y.domain()[1], 5)} label="relative error" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={decimalTicks(x.domain()[0], x.domain()[1], 5)} label="energy" at={height - margin.bottom} to={margin.top} text={energy} />
        <path class="front" d={path} />
        {points.map((p, i) => <g key={p.id} class={`trade${p.efficient ? ' efficient' : ''}${p.id === shown ? ' shown' : ''}`} onClick={() => onPick(p.id)}>
          <title>{`${p.id}: ${energy(p.energy)}, relative error ${short(p.error)}`}</title>
          <circle cx={x(p.energy)} cy={y(error(p))} r={p.id === shown ? 5.5 : 4} />
          <text x={labels[i].x} y={labels[i].y} text-anchor={labels[i].anchor}>{p.id}{p.best ? ' ★' : ''}</text>
        </g>)}
      </>;
    }} />;
}

/** Label positions beside their points, moved up or down where they would overlap, within the drawing. */
function spread(points: readonly { readonly id: string; readonly x: number; readonly y: number }[], right: number, bottom: number): { x: number; y: number; anchor: 'start' | 'end' }[] {
  const placed: { x: number; y: number; width: number; anchor: 'start' | 'end' }[] = [];
  for (const p of points) {
    const width = p.id.length * 6.6 + 16;
    const anchor = p.x + width > right ? 'end' as const : 'start' as const;
    const x = p.x + (anchor === 'start' ? 8 : -8), left = (at: { x: number; width: number; anchor: string }): number => at.anchor === 'start' ? at.x : at.x - at.width;
    const candidate = { x, width, anchor };
    const free = (y: number): boolean => !placed.some(q => Math.abs(q.y - y) < 12 && left(q) < left(candidate) + width && left(candidate) < left(q) + q.width);
    const rows = Array.from({ length: 2 * points.length + 1 }, (_, i) => p.y + 4 + 12 * (i % 2 === 0 ? i / 2 : -(i + 1) / 2)).filter(y => y >= 10 && y <= bottom);
    placed.push({ ...candidate, y: rows.find(free) ?? p.y + 4 });
  }
  return placed;
}

function sorted(formats: readonly FormatReport[], key: SortKey, descending: boolean): readonly FormatReport[] {
  if (key === 'order') return formats;
  const value = (f: FormatReport): number | string => {
    switch (key) {
      case 'format': return f.id;
      case 'error': return finiteOrLast(fromReal(f.maxAbsoluteError));
      case 'relative': return finiteOrLast(fromReal(f.maxRelativeError));
      case 'bits': return fromReal(f.correctBits) || 0;
      case 'operations': return Object.values(f.operations).reduce((a, b) => a + b, 0);
      case 'energy': return f.energyPicojoules;
      default: return f.memoryBytes;
    }
  };
  const order = (a: number | string, b: number | string): number => typeof a === 'string' ? a.localeCompare(String(b), 'en', { numeric: true }) : a - Number(b);
  return [...formats].sort((a, b) => (a.status === 'ok' ? 0 : 1) - (b.status === 'ok' ? 0 : 1) || (descending ? -1 : 1) * order(value(a), value(b)));
}

function finiteOrLast(x: number): number {
  return x === x ? x : Infinity;
}
