import type { VNode } from 'preact';
import { scaleLinear } from 'd3-scale';
import type { FormatReport } from '../../src/protocol/report';
import { BottomAxis, Chart, LeftAxis } from '../shared/chart';
import { count, percent } from '../shared/number-text';
import type { PlotProps } from './plot-props';

const height = 230, margin = { top: 24, right: 16, bottom: 38, left: 56 };

/** How large the values of the run are, by power of two, over the range that the format can represent: what lies left underflows, what lies right overflows or saturates. */
export function ValuesPlot({ format }: PlotProps): VNode {
  const { lowest, counts, zeros, nonFinite } = format.exponents;
  const total = counts.reduce((a, b) => a + b, 0);
  if (total === 0) return <p class="nothing">No value other than zero was computed{nonFinite > 0 ? `; ${count(nonFinite)} are infinite or NaN` : ''}.</p>;
  const bounds = format.representable;
  const outside = (pick: (exponent: number) => boolean): number => counts.reduce((sum, n, i) => sum + (pick(lowest + i) ? n : 0), 0);
  const below = bounds ? outside(e => e < bounds.lowest) : 0, above = bounds ? outside(e => e > bounds.highest) : 0;
  const from = Math.min(lowest, near(bounds?.lowest, lowest)), to = Math.max(lowest + counts.length, near(bounds?.highest, lowest + counts.length) + 1);
  const most = Math.max(...counts);
  return <Chart id="plot-values" title="Values by power of two" height={height}
    description={describe(format, total, below, above, zeros, nonFinite)}
    table={{ columns: ['values from', 'to', 'count', 'share', 'in range'], rows: counts.flatMap((n, i) => n === 0 ? [] : [[`2^${lowest + i}`, `2^${lowest + i + 1}`, count(n), percent(n / total), bounds === null ? 'depends on the scale' : lowest + i < bounds.lowest ? 'too small' : lowest + i > bounds.highest ? 'too large' : 'yes']]) }}
    draw={width => {
      const x = scaleLinear([from - 1, to + 1], [margin.left, width - margin.right]);
      const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
      const edge = (e: number, text: string, anchor: 'start' | 'end'): VNode => <g class="range-edge" key={text}><line x1={x(e)} x2={x(e)} y1={margin.top - 8} y2={height - margin.bottom} />
        <text x={x(e) + (anchor === 'start' ? 4 : -4)} y={margin.top - 1} text-anchor={anchor}>{text}</text></g>;
      return <>
        {bounds && <rect class="range" x={Math.max(margin.left, x(bounds.lowest))} y={margin.top - 8} width={Math.max(0, Math.min(width - margin.right, x(bounds.highest + 1)) - Math.max(margin.left, x(bounds.lowest)))} height={height - margin.bottom - margin.top + 8} />}
        <LeftAxis scale={y} ticks={y.ticks(4).filter(Number.isInteger)} label="values" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={x.ticks(Math.max(2, Math.min(12, width / 80))).filter(Number.isInteger)} label="power of two" at={height - margin.bottom} to={height - margin.bottom} text={e => `2${raise(e)}`} />
        {counts.map((n, i) => n > 0 && <rect key={i} class={`bar ${bounds && (lowest + i < bounds.lowest || lowest + i > bounds.highest) ? 'lost' : 'plain'}`} x={x(lowest + i) + 0.5} y={y(n)} width={Math.max(1, x(1) - x(0) - 1)} height={height - margin.bottom - y(n)}>
          <title>{`${count(n)} values in [2^${lowest + i}, 2^${lowest + i + 1})`}</title></rect>)}
        {bounds && bounds.lowest > from - 1 && edge(bounds.lowest, 'smallest', 'start')}
        {bounds && bounds.highest < to && edge(bounds.highest + 1, 'largest', 'end')}
      </>;
    }} />;
}

function describe(format: FormatReport, total: number, below: number, above: number, zeros: number, nonFinite: number): string {
  const parts = [`${count(total)} non-zero values in ${format.id}`];
  if (format.representable === null) parts.push('their range follows from the scale');
  else if (below + above === 0) parts.push('all within the representable range');
  if (below > 0) parts.push(`${percent(below / total)} are too small and underflow`);
  if (above > 0) parts.push(`${percent(above / total)} are too large and overflow or saturate`);
  if (zeros > 0) parts.push(`zeros: ${count(zeros)}`);
  if (nonFinite > 0) parts.push(`infinities and NaN: ${count(nonFinite)}`);
  return `${parts.join('; ')}.`;
}

/** A bound of the format when it is near enough to be drawn beside the values (40 powers of two), else the values' own end. */
function near(bound: number | undefined, own: number): number {
  return bound !== undefined && Math.abs(bound - own) <= 40 ? bound : own;
}

function raise(n: number): string {
  return String(n).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)] ?? c);
}
