import type { VNode } from 'preact';
import { scaleLinear } from 'd3-scale';
import type { OrdersReport } from '../../src/protocol/panel';
import { fromReal } from '../../src/protocol/real';
import { BottomAxis, Chart, LeftAxis } from '../shared/chart';
import { count, full, percent, short } from '../shared/number-text';

const height = 260, margin = { top: 54, right: 20, bottom: 40, left: 60 };
/** Different results drawn one by one; more are gathered in this many bins. */
const barLimit = 80;

interface Bar { readonly from: number; readonly to: number; readonly count: number }

/** How often each result came out over the tried orders, against its distance from the exact sum. */
export function Distribution({ report }: { readonly report: OrdersReport }): VNode {
  const exact = fromReal(report.exact);
  const finite = report.distribution.map(d => ({ offset: fromReal(d.result) - exact, count: d.count, result: fromReal(d.result) })).filter(d => Number.isFinite(d.offset));
  const lost = report.distribution.reduce((sum, d) => sum + (Number.isFinite(fromReal(d.result)) ? 0 : d.count), 0);
  const total = report.distribution.reduce((sum, d) => sum + d.count, 0);
  const right = finite.filter(d => d.result === fromReal(report.rounded)).reduce((sum, d) => sum + d.count, 0);
  const named = report.named.filter(n => ['source order', 'pairwise', 'compensated (Kahan–Neumaier)'].includes(n.name) && Number.isFinite(fromReal(n.result)));
  const offsets = [...finite.map(d => d.offset), ...named.map(n => fromReal(n.result) - exact), 0];
  const lo = Math.min(...offsets), hi = Math.max(...offsets);
  const pad = (hi - lo) * 0.06 || Math.abs(exact) * 1e-16 || 1;
  return <Chart id="distribution" title="Results over orders" height={height}
    description={`${percent(right / total)} of the orders give the correctly rounded sum${finite.length > 1 ? `; the results spread over ${short(hi - lo)}` : ''}${lost > 0 ? `; ${percent(lost / total)} overflow or give NaN` : ''}.`}
    table={{ columns: ['result', 'error', 'orders', 'share'], rows: report.distribution.map(d => [full(fromReal(d.result)), short(fromReal(d.result) - exact), count(d.count), percent(d.count / total)]) }}
    draw={width => {
      const x = scaleLinear([lo - pad, hi + pad], [margin.left, width - margin.right]);
      const single = finite.length <= barLimit;
      const bars: Bar[] = single ? finite.map(d => ({ from: d.offset, to: d.offset, count: d.count })) : binned(finite, lo, hi);
      const most = Math.max(...bars.map(b => b.count), 1);
      const y = scaleLinear([0, most], [height - margin.bottom, margin.top]);
      const gaps = bars.slice(1).map((b, i) => x(b.from) - x(bars[i].from));
      const stick = Math.max(2, Math.min(14, ...gaps.map(gap => gap * 0.85)));
      const ends: number[] = [];
      return <>
        <LeftAxis scale={y} ticks={y.ticks(4).filter(Number.isInteger)} label="orders" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={x.ticks(Math.max(2, Math.min(8, width / 110)))} label="result − exact sum" align="start" at={height - margin.bottom} to={height - margin.bottom} />
        {bars.map(b => b.count > 0 && <rect key={b.from} class="order-bar" x={single ? x(b.from) - stick / 2 : x(b.from) + 0.5} y={y(b.count)} width={single ? stick : Math.max(1, x(b.to) - x(b.from) - 1)} height={height - margin.bottom - y(b.count)}>
          <title>{single ? `${full(exact + b.from)}: ${count(b.count)} orders` : `${count(b.count)} orders between ${short(b.from)} and ${short(b.to)}`}</title></rect>)}
        <g class="exact-line"><line x1={x(0)} x2={x(0)} y1={margin.top - 6} y2={height - margin.bottom} /><text x={x(0)} y={height - margin.bottom + 27} text-anchor="middle">exact</text></g>
        {[...named].sort((a, b) => fromReal(a.result) - fromReal(b.result)).map(n => {
          const at = x(fromReal(n.result) - exact), label = n.name.replace(/ \(.*/, ''), size = label.length * 6;
          const left = Math.min(Math.max(at - size / 2, margin.left), width - margin.right - size);
          let row = ends.findIndex(end => end < left - 6);
          if (row < 0) row = ends.length;
          ends[row] = left + size;
          return <g key={n.name} class={`named-mark${n.name === 'source order' ? ' source' : ''}`}><title>{`${n.name}: ${full(fromReal(n.result))}`}</title>
            <path d={`M${at},${margin.top + 2} l-4,-7 h8 z`} /><text x={left} y={margin.top - 9 - row * 12}>{label}</text></g>;
        })}
      </>;
    }} />;
}

function binned(points: readonly { readonly offset: number; readonly count: number }[], lo: number, hi: number): Bar[] {
  const step = (hi - lo) / barLimit;
  const counts = Array<number>(barLimit).fill(0);
  for (const p of points) counts[Math.min(barLimit - 1, Math.floor((p.offset - lo) / step))] += p.count;
  return counts.map((n, i) => ({ from: lo + i * step, to: lo + (i + 1) * step, count: n }));
}
