import type { VNode } from 'preact';
import { line } from 'd3-shape';
import { scaleLinear, scaleLog } from 'd3-scale';
import { short } from '../shared/number-text';
import table from './outcomes.json';

/** What the simulation of an example gave when its picture was made; see `scripts/gallery-pictures.mjs`. A value that is no finite number is its name. */
export type Outcome =
  | { readonly kind: 'bars'; readonly what: string; readonly log: boolean; readonly bars: readonly { readonly label: string; readonly value: number | string }[] }
  | { readonly kind: 'lines'; readonly what: string; readonly log: boolean; readonly series: readonly { readonly label: string; readonly values: readonly (number | null)[] }[] };

const width = 240;
const height = 92;

/** The outcome of an example, by its name without `.ts`; undefined for those that have a drawing instead. */
export function outcomeOf(name: string): Outcome | undefined {
  return (table as unknown as Readonly<Record<string, Outcome>>)[name];
}

/** The outcome as a small chart with its numbers. */
export function OutcomePicture({ outcome }: { readonly outcome: Outcome }): VNode {
  const words = outcome.kind === 'bars' ? outcome.bars.map(b => `${b.label} ${text(b.value)}`).join(', ')
    : outcome.series.map(s => `${s.label} from ${text(s.values[0] ?? 'NaN')} to ${text(s.values[s.values.length - 1] ?? 'NaN')}`).join(', ');
  return <svg class="picture" viewBox={`0 0 ${width} ${height}`} width={width} height={height} role="img" aria-label={`${outcome.what}: ${words}`}>
    <text class="what" x={2} y={12}>{outcome.what}</text>
    {outcome.kind === 'bars' ? <Bars outcome={outcome} /> : <Lines outcome={outcome} />}
  </svg>;
}

function Bars({ outcome }: { readonly outcome: Extract<Outcome, { kind: 'bars' }> }): VNode {
  const { bars, log } = outcome;
  const finite = bars.flatMap(b => (typeof b.value === 'number' ? [b.value] : []));
  const [left, right] = [Math.max(...bars.map(b => b.label.length)) * 6.1 + 10, width - 50];
  const low = Math.min(0, ...finite), high = Math.max(0, ...finite);
  const least = Math.min(...finite.filter(v => v > 0));
  const scale = log ? scaleLog([least / 3, high], [left, right]) : scaleLinear([low, high], [left, right]);
  const zero = log ? left : scale(0);
  const row = (height - 20) / bars.length;
  return <>{bars.map((b, i) => {
    const y = 19 + i * row, end = typeof b.value === 'number' ? scale(b.value) : right;
    return <g key={b.label}>
      <text class="name" x={left - 6} y={y + row / 2 + 3} text-anchor="end">{b.label}</text>
      <rect class={typeof b.value === 'number' ? b.value < 0 ? 'below' : 'data' : 'lost'} x={Math.min(zero, end)} y={y + (row - Math.min(14, row - 3)) / 2} width={Math.max(1.5, Math.abs(end - zero))} height={Math.min(14, row - 3)} />
      <text class="value" x={Math.max(zero, end) + 4} y={y + row / 2 + 3}>{text(b.value)}</text>
    </g>;
  })}</>;
}

function Lines({ outcome }: { readonly outcome: Extract<Outcome, { kind: 'lines' }> }): VNode {
  const { series, log } = outcome;
  const all = series.flatMap(s => s.values.filter(v => v !== null));
  const steps = Math.max(...series.map(s => s.values.length));
  const x = scaleLinear([0, Math.max(1, steps - 1)], [8, width - 76]);
  const y = (log ? scaleLog : scaleLinear)([Math.min(...all), Math.max(...all)], [height - 8, 24]);
  const last = (values: readonly (number | null)[]): number => values[values.length - 1] ?? 0;
  return <>{series.map((s, i) => <g key={s.label}>
    <path class={i === 0 ? 'data-line' : 'reference'} d={line<number | null>().defined(v => v !== null).x((_, j) => x(j)).y(v => y(v ?? 1))(s.values) ?? ''} />
    <text class="name" x={width - 72} y={series.length > 1 && Math.abs(y(last(series[0].values)) - y(last(series[1].values))) < 12 ? y(last(s.values)) + 3 + 13 * i : y(last(s.values)) + 3}>{s.label}</text>
  </g>)}</>;
}

function text(value: number | string): string {
  return typeof value === 'number' ? short(value, 3) : value === 'Infinity' ? '∞' : value;
}
