import { useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { BottomAxis, Chart, LeftAxis, decades, decimalTicks } from '../shared/chart';
import { Choice } from '../shared/controls';
import { bytes, energy, short } from '../shared/number-text';
import { frontOf, type Point } from './points';

/** Errors below this are drawn at this: double precision's unit roundoff. */
const smallest = 2 ** -53;

export interface ParetoProps {
  readonly points: readonly Point[];
  readonly tolerance: number;
  readonly shown: Point;
  readonly onPick: (point: Point) => void;
}

/** Error against energy or memory: what no other assignment beats is joined by a line, the tolerance is a dashed one. A click looks at an assignment; the table beside it does so by keyboard. */
export function Pareto({ points, tolerance, shown, onPick }: ParetoProps): VNode {
  const [cost, setCost] = useState<'energy' | 'memory'>('energy');
  const text = cost === 'energy' ? energy : bytes;
  const drawn = points.filter(p => Number.isFinite(p.error));
  const front = frontOf(points, cost);
  const error = (p: Point): number => Math.max(p.error, smallest);
  const [height, margin] = [300, { top: 24, right: 22, bottom: 38, left: 52 }];
  const within = front.filter(p => p.error <= tolerance);
  return <Chart id="pareto" title={`Error against ${cost}`} height={height}
    tools={<Choice value={cost} name="Cost" options={[{ value: 'energy', title: 'energy' }, { value: 'memory', title: 'memory' }]} onChange={value => setCost(value === 'memory' ? 'memory' : 'energy')} />}
    description={`${drawn.length} assignments; ${front.length} ${front.length === 1 ? 'is' : 'are'} not beaten in both error and ${cost}, ${within.length} of them within the tolerance ${short(tolerance)}.`}
    table={{ columns: ['assignment', cost, 'relative error', 'within the tolerance', 'formats'], rows: drawn.map(p => [p.chosen ? `${p.name} (chosen)` : p.name, text(p[cost]), short(p.error), p.error <= tolerance ? 'yes' : 'no', p.formats.join(' ')]) }}
    draw={width => {
      const costs = drawn.map(p => Math.max(p[cost], 1e-3)), errors = [...drawn.map(error), tolerance];
      const x = scaleLog([Math.min(...costs) / 1.5, Math.max(...costs) * 1.5], [margin.left, width - margin.right]);
      const y = scaleLog([Math.min(...errors) / 4, Math.max(...errors) * 4], [height - margin.bottom, margin.top]);
      const at = (p: Point): [number, number] => [x(Math.max(p[cost], 1e-3)), y(error(p))];
      const path = line<Point>().x(p => at(p)[0]).y(p => at(p)[1])(front) ?? '';
      const labels = labelled(drawn.filter(p => p.chosen || p === shown || p.name.startsWith('all')).map(p => ({ p, x: at(p)[0], y: at(p)[1] })), drawn.map(at), width - margin.right);
      const limit = y(tolerance);
      return <>
        <LeftAxis scale={y} ticks={decades(y.domain()[0], y.domain()[1], 6)} label="relative error" at={margin.left} to={width - margin.right} />
        <BottomAxis scale={x} ticks={decimalTicks(x.domain()[0], x.domain()[1], Math.max(3, Math.floor(width / 90)))} label={cost} at={height - margin.bottom} to={margin.top} text={text} />
        <g class="tolerance"><line x1={margin.left} x2={width - margin.right} y1={limit} y2={limit} /><text x={width - margin.right} y={limit - 5} text-anchor="end">tolerance {short(tolerance)}</text></g>
        <path class="front" d={path} />
        {drawn.map(p => { const [px, py] = at(p); return <g key={p.name} class={`assignment${front.includes(p) ? ' efficient' : ''}${p === shown ? ' shown' : ''}${p.error <= tolerance ? '' : ' over'}`} onClick={() => onPick(p)}>
          <title>{`${p.name}: ${text(p[cost])}, relative error ${short(p.error)}`}</title>
          <circle class="target" cx={px} cy={py} r={10} />
          {p.chosen ? <path class="mark" d={star(px, py, p === shown ? 9 : 7.5)} /> : p.name.startsWith('all') ? <rect class="mark" x={px - 4} y={py - 4} width={8} height={8} /> : <circle class="mark" cx={px} cy={py} r={4} />}
        </g>; })}
        {labels.map(({ p, x: lx, y: ly, anchor }) => <text key={p.name} class={p.chosen ? 'label chosen' : 'label'} x={lx} y={ly} text-anchor={anchor}>{p.chosen ? `★ ${p.name}` : p.name}</text>)}
      </>;
    }} />;
}

function star(x: number, y: number, r: number): string {
  return `${Array.from({ length: 10 }, (_, i) => { const a = Math.PI * (i / 5 - 0.5), d = i % 2 === 0 ? r : r * 0.45; return `${i === 0 ? 'M' : 'L'}${(x + d * Math.cos(a)).toFixed(1)} ${(y + d * Math.sin(a)).toFixed(1)}`; }).join('')}Z`;
}

interface Label { readonly p: Point; readonly x: number; readonly y: number; readonly anchor: 'start' | 'end' }

/** Labels beside their points, where they cover neither one another nor a mark; above to the right when there is no such place. */
function labelled(points: readonly { readonly p: Point; readonly x: number; readonly y: number }[], marks: readonly (readonly [number, number])[], right: number): Label[] {
  const placed: (Label & { readonly left: number; readonly width: number })[] = [];
  for (const { p, x, y } of [...points].sort((a, b) => Number(b.p.chosen) - Number(a.p.chosen))) {
    const width = (p.name.length + (p.chosen ? 2 : 0)) * 6.4 + 4;
    const places = [[8, -9, 'start'], [8, 17, 'start'], [-8, -9, 'end'], [-8, 17, 'end'], [12, 4, 'start'], [-12, 4, 'end']] as const;
    const options = places.map(([dx, dy, anchor]) => ({ p, x: x + dx, y: y + dy, anchor, width, left: anchor === 'start' ? x + dx : x + dx - width }))
      .filter(o => o.left > 0 && o.left + width <= right + 16);
    const free = options.find(o => !placed.some(q => Math.abs(q.y - o.y) < 13 && q.left < o.left + width && o.left < q.left + q.width)
      && !marks.some(([mx, my]) => mx > o.left - 6 && mx < o.left + width + 6 && my > o.y - 15 && my < o.y + 7));
    placed.push(free ?? options[0] ?? { p, x: x + 8, y: y - 9, anchor: 'start', width, left: x + 8 });
  }
  return placed;
}
