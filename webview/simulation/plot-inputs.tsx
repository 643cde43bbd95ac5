import type { VNode } from 'preact';
import { scaleLinear } from 'd3-scale';
import { fromReal } from '../../src/protocol/real';
import { BottomAxis, Chart, LeftAxis, tickText } from '../shared/chart';
import { plural, short } from '../shared/number-text';
import { CasesTable } from './cases-table';
import type { PlotProps } from './plot-props';

const height = 230, margin = { top: 24, right: 16, bottom: 38, left: 56 };

/** Histogram of the relative errors over all inputs, by decade halves; exact results and lost ones (infinite error) have bars of their own. */
export function InputsPlot({ model, report, format, askPage }: PlotProps): VNode {
  const errors = format.caseErrors.map(fromReal);
  if (errors.length < 2) return <p class="nothing">This run had one input. Ask for several under Inputs to see how the error is distributed.</p>;
  const finite = errors.filter(e => e > 0 && e < Infinity);
  const exact = errors.filter(e => e === 0).length, lost = errors.length - finite.length - exact;
  const exponents = finite.map(e => Math.floor(Math.log10(e) * 2) / 2);
  const lo = finite.length ? Math.min(...exponents) : -1, hi = finite.length ? Math.max(...exponents) + 0.5 : 0;
  const bins: { from: number; count: number }[] = [];
  for (let from = lo; from < hi; from += 0.5) bins.push({ from, count: exponents.filter(e => e === from).length });
  const worst = errors[format.worstCase];
  const most = Math.max(exact, lost, ...bins.map(b => b.count));
  const ordered = [...finite].sort((a, b) => a - b);
  const median = ordered[Math.floor(ordered.length / 2)];
  return <Chart id="plot-inputs" title="Relative error over inputs" height={height}
    description={`${plural(errors.length, 'input')} in ${format.id}: ${exact ? `${exact} exact, ` : ''}${lost ? `${lost} without any correct digit (infinite or NaN), ` : ''}${median !== undefined ? `median ${short(median)}, ` : ''}worst ${short(worst)} for input ${format.worstCase + 1}.`}
    table={() => <CasesTable model={model} report={report} format={format} askPage={askPage} />}
    draw={width => {
      const left = margin.left + (exact ? 52 : 0), right = width - margin.right - (lost ? 52 : 0);
      const x = scaleLinear([lo, Math.max(hi, lo + 0.5)], [left, right]);
      const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
      const bar = (from: number, to: number, n: number, kind: string, text: string): VNode => <g key={kind + from}><title>{text}</title>
        <rect class={`bar ${kind}`} x={from + 1} y={y(n)} width={Math.max(1, to - from - 2)} height={height - margin.bottom - y(n)} />
        {n > 0 && <text class="bar-text" x={(from + to) / 2} y={y(n) - 4} text-anchor="middle">{n}</text>}</g>;
      return <>
        <LeftAxis scale={y} ticks={y.ticks(4).filter(Number.isInteger)} label="inputs" at={margin.left} to={width - margin.right} />
        {finite.length > 0 && <BottomAxis scale={x} ticks={x.ticks(Math.min(8, width / 90)).filter(Number.isInteger)} label="relative error" at={height - margin.bottom} to={height - margin.bottom} text={p => tickText(10 ** p)} />}
        {exact > 0 && <>{bar(margin.left + 4, margin.left + 44, exact, 'exact', `${exact} exact`)}<text class="bar-name" x={margin.left + 24} y={height - margin.bottom + 14} text-anchor="middle">exact</text></>}
        {bins.map(b => bar(x(b.from), x(b.from + 0.5), b.count, worst > 0 && Math.floor(Math.log10(worst) * 2) / 2 === b.from ? 'worst' : 'plain', `${b.count} between ${short(10 ** b.from)} and ${short(10 ** (b.from + 0.5))}`))}
        {lost > 0 && <>{bar(right + 8, right + 48, lost, 'lost', `${lost} infinite or NaN`)}<text class="bar-name" x={right + 28} y={height - margin.bottom + 14} text-anchor="middle">∞, NaN</text></>}
      </>;
    }} />;
}
