import type { VNode } from 'preact';
import { scaleLinear } from 'd3-scale';
import type { ExpressivenessReport, Indicator } from '../../src/protocol/expressiveness';
import { BottomAxis, Chart, LeftAxis } from '../shared/chart';

const margin = { top: 24, right: 12, bottom: 38, left: 44 };

/** The rounded activation as steps; its split point, and on the left the values of the grid that sums cannot reach. */
export function ActivationChart({ report }: { readonly report: ExpressivenessReport }): VNode {
  const { table, s, p, split, missing, title } = report;
  const unit = 2 ** s, limit = 2 ** p - 1, height = 240;
  return <Chart id="activation" title="The rounded activation" height={height}
    description={`${title.split(':')[0]} rounded to the ${table.length} values of the grid takes ${new Set(table).size} different values.`}
    table={{ columns: ['x', '⌊σ⌉(x)', 'x is reached by sums'], rows: table.map((v, i) => [String((i - limit) / unit), String(v / unit), missing.includes((i - limit) / unit) ? 'no' : 'yes']) }}
    draw={width => {
      const x = scaleLinear([-(limit + 0.5) / unit, (limit + 0.5) / unit], [margin.left, width - margin.right]);
      const y = scaleLinear([-(limit + 0.5) / unit, (limit + 0.5) / unit], [height - margin.bottom, margin.top]);
      const path = table.map((v, i) => `${i === 0 ? 'M' : 'L'}${x((i - limit - 0.5) / unit).toFixed(1)} ${y(v / unit).toFixed(1)}H${x((i - limit + 0.5) / unit).toFixed(1)}`).join('');
      return <>
        <LeftAxis scale={y} ticks={y.ticks(5)} label="⌊σ⌉(x)" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={x.ticks(Math.max(3, Math.floor(width / 70)))} label="x" at={height - margin.bottom} to={margin.top} />
        {missing.length <= 400 && missing.map(v => <line key={v} class="missing" x1={margin.left} x2={margin.left + 8} y1={y(v)} y2={y(v)} />)}
        {split && <g class="split"><line x1={x((split.code + 0.5) / unit)} x2={x((split.code + 0.5) / unit)} y1={margin.top} y2={height - margin.bottom} /><text x={x((split.code + 0.5) / unit) + 5} y={margin.top + 10}>split</text></g>}
        <path class="activation-line" d={path} />
      </>;
    }} />;
}

/** h_z(x) for every threshold z and point x: filled where the network answers the larger value. Separation looks like a staircase. */
export function IndicatorChart({ report, indicator }: { readonly report: ExpressivenessReport; readonly indicator: Indicator }): VNode | null {
  const { s, p } = report;
  const unit = 2 ** s, limit = 2 ** p - 1, { rows } = indicator;
  const height = 240;
  const high = Math.max(indicator.low, indicator.high) * unit;
  // One run of equal cells is one rectangle: a grid of thousands of cells stays light.
  const runs = rows.flatMap((row, i) => {
    const found: { row: number; from: number; to: number }[] = [];
    for (let j = 0; j < row.length; j++) if (row[j] === high) { let k = j; while (k + 1 < row.length && row[k + 1] === high) k++; found.push({ row: i, from: j, to: k + 1 }); j = k; }
    return found;
  });
  return <Chart id="indicator" title="The indicator network on every point" height={height}
    description={`Each row is a network with threshold z; it answers ${indicator.high} for x ≥ z and ${indicator.low} below${indicator.separates ? ', on every point' : ', but not everywhere'}.`}
    table={{ columns: ['z', ...Array.from({ length: 2 * limit + 1 }, (_, i) => `x = ${(i - limit) / unit}`)].slice(0, 65), rows: rows.map((row, i) => [String((i - limit + 1) / unit), ...row.map(v => String(v / unit))].slice(0, 65)) }}
    draw={width => {
      const x = scaleLinear([-limit / unit, (limit + 1) / unit], [margin.left, width - margin.right]);
      const y = scaleLinear([(1 - limit) / unit, (limit + 1) / unit], [height - margin.bottom, margin.top]);
      return <>
        <LeftAxis scale={y} ticks={y.ticks(5)} label="threshold z" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={x.ticks(Math.max(3, Math.floor(width / 70)))} label="x" at={height - margin.bottom} to={height - margin.bottom} />
        {runs.map(r => <rect key={`${r.row} ${r.from}`} class="reached" x={x((r.from - limit) / unit)} width={Math.max(0.5, x((r.to - limit) / unit) - x((r.from - limit) / unit))}
          y={y((r.row - limit + 2) / unit)} height={Math.max(0.5, y((r.row - limit + 1) / unit) - y((r.row - limit + 2) / unit) - (rows.length < 60 ? 1 : 0))} />)}
      </>;
    }} />;
}
