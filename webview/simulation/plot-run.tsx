import { useEffect, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { extent } from 'd3-array';
import { scaleLinear, scaleLog } from 'd3-scale';
import { line } from 'd3-shape';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SeriesPoint } from '../../src/protocol/report';
import { BottomAxis, Chart, LeftAxis, decades } from '../shared/chart';
import { Button } from '../shared/controls';
import { count, short } from '../shared/number-text';
import type { PlotProps } from './plot-props';
import { emphasised, oneLine } from './selection';

/** Pixels that a pointer must be drawn along to mean a part, not a click. */
const leastBrush = 8;

interface Point { readonly operation: number; readonly error: number; readonly point: SeriesPoint }

const height = 230, margin = { top: 24, right: 16, bottom: 38, left: 56 };

/** |simulated − reference| of every sampled operation along the run, with the selected site's operations marked and the other formats behind. Drawing over a part with the pointer enlarges it. */
export function RunPlot({ model, report, format, change }: PlotProps): VNode {
  const site = emphasised(model);
  const [part, setPart] = useState<readonly [number, number] | null>(null);
  const [brush, setBrush] = useState<readonly [number, number] | null>(null);
  useEffect(() => { setPart(null); setBrush(null); }, [report]);
  const seen = ({ operation }: Point): boolean => !part || (operation >= part[0] && operation <= part[1]);
  const whole = errors(format);
  const points = whole.some(seen) ? whole.filter(seen) : whole;
  const log = model.view.logScale;
  const positive = points.filter(p => p.error > 0 && Number.isFinite(p.error));
  const lost = points.filter(p => !Number.isFinite(p.error));
  if (points.length === 0) return <p class="nothing">No numeric operation was recorded in this run.</p>;
  const others = report.formats.filter(f => f.id !== format.id && f.status === 'ok').map(f => ({ id: f.id, points: errors(f).filter(p => seen(p) && p.error > 0 && Number.isFinite(p.error)) }));
  const domain = part ?? extent([points, ...others.map(o => o.points)].flat(), p => p.operation) as [number, number];
  const last = points[points.length - 1];
  const most = positive.reduce((a, b) => b.error > a ? b.error : a, 0);
  const sites = new Map(format.firstCase.sites.map(s => [s.site, s]));
  const description = positive.length === 0 && lost.length === 0 ? `Every operation in ${format.id} is exact.`
    : `In ${format.id} the largest error on the way is ${short(most)}; the last value errs by ${short(last.error)}.${lost.length ? ` ${count(lost.length)} values are infinite or NaN (marked at the top).` : ''}`;
  const tools = part && <Button look="secondary" hint="Show all operations again" onPress={() => setPart(null)}>whole run</Button>;
  return <Chart id="plot-run" tools={tools} title="Absolute error of each operation along the run" height={height} description={description}
    table={{ columns: ['operation', 'line', 'expression', 'simulated', 'reference', 'error'], rows: points.map(({ operation, error, point }) => {
      const s = sites.get(point.site);
      return [count(operation), String(s?.line ?? ''), oneLine(s?.text ?? '', 40), short(fromReal(point.simulated), 6), short(fromReal(point.reference), 6), short(error)];
    }) }}
    draw={width => {
      const named = others.length > 0 && width >= 480;
      const right = named ? 76 : margin.right;
      const x = scaleLinear(domain, [margin.left, width - right]);
      const all = [...positive, ...others.flatMap(o => o.points)].map(p => p.error);
      const [lo, hi] = positive.length ? [positive.reduce((a, b) => Math.min(a, b.error), Infinity), most] : all.length ? [Math.min(...all), Math.max(...all)] : [1e-3, 1];
      const y = log ? scaleLog([lo / 3, hi * 3], [height - margin.bottom, margin.top]).clamp(true) : scaleLinear([0, hi * 1.05], [height - margin.bottom, margin.top]).clamp(true);
      const path = line<Point>().x(p => x(p.operation)).y(p => y(p.error));
      const [bottom, top] = y.domain();
      const within = line<Point>().defined(p => p.error >= bottom && p.error <= top).x(p => x(p.operation)).y(p => y(p.error));
      const beyond = (error: number): string => error < bottom ? ' ↓' : error > top ? ' ↑' : '';
      const drawn = log ? positive : points.filter(p => Number.isFinite(p.error));
      return <>
        <LeftAxis scale={y} ticks={log ? decades(lo / 3, hi * 3, 6) : y.ticks(5)} label="absolute error" at={margin.left} to={width - right} />
        <BottomAxis scale={x} ticks={x.ticks(Math.max(2, width / 110)).filter(Number.isInteger)} label="operation" at={height - margin.bottom} to={margin.top} text={count} />
        {others.map(o => <path key={o.id} class="series other" d={within(o.points) ?? ''}><title>{o.id}</title></path>)}
        {named && endNames([{ id: format.id, at: drawn.at(-1), own: true }, ...others.map(o => ({ id: o.id, at: o.points.at(-1), own: false }))].flatMap(o => o.at ? [{ id: `${o.id}${o.own ? '' : beyond(o.at.error)}`, own: o.own, y: y(o.at.error) }] : []), margin.top, height - margin.bottom)
          .map(n => <text key={n.id} class={`series-name${n.own ? ' own' : ''}`} x={width - right + 6} y={n.y + 4}>{n.id}</text>)}
        <path class="series" d={path(drawn) ?? ''} />
        {drawn.filter(p => p.point.site === site).slice(0, 600).map(p => <circle key={p.operation} class="point" cx={x(p.operation)} cy={y(p.error)} r={3.5} />)}
        {lost.slice(0, 300).map(p => <path key={p.operation} class="lost" d={`M${x(p.operation) - 4},${margin.top - 4} l8,8 m0,-8 l-8,8`} />)}
        {brush && <rect class="brush" x={Math.min(x(brush[0]), x(brush[1]))} y={margin.top} width={Math.abs(x(brush[1]) - x(brush[0]))} height={height - margin.top - margin.bottom} />}
        <rect class="catcher" x={margin.left} y={margin.top} width={Math.max(0, width - margin.left - right)} height={height - margin.top - margin.bottom}
          onPointerDown={event => { event.currentTarget.setPointerCapture(event.pointerId); const at = x.invert(inDrawing(event)); setBrush([at, at]); }}
          onPointerMove={event => { if (brush && event.buttons & 1) setBrush([brush[0], x.invert(inDrawing(event))]); }}
          onPointerUp={() => { setBrush(null); if (brush && Math.abs(x(brush[1]) - x(brush[0])) > leastBrush) setPart([Math.max(domain[0], Math.min(...brush)), Math.min(domain[1], Math.max(...brush))]); }}
          onMouseMove={event => { const near = nearest(points, x.invert(inDrawing(event))); if (near.point.site !== model.view.hover) change({ hover: near.point.site }); }}
          onMouseLeave={() => change({ hover: null })} onClick={event => change({ site: nearest(points, x.invert(inDrawing(event))).point.site })} />
      </>;
    }} />;
}

interface EndName { readonly id: string; readonly own: boolean; y: number }

/** Heights of the names at the ends of the lines, moved apart where they would lie on each other; names without room are left out. */
function endNames(names: readonly EndName[], top: number, bottom: number): EndName[] {
  const apart = 12;
  const chosen = [...names].sort((a, b) => Number(b.own) - Number(a.own)).slice(0, Math.floor((bottom - top) / apart));
  const sorted = chosen.sort((a, b) => a.y - b.y).map(n => ({ ...n }));
  sorted.forEach((n, i) => { n.y = Math.max(n.y, i === 0 ? top : sorted[i - 1].y + apart); });
  for (let i = sorted.length - 1, limit = bottom; i >= 0; i--, limit = sorted[i + 1].y - apart) sorted[i].y = Math.min(sorted[i].y, limit);
  return sorted;
}

function errors(format: FormatReport): Point[] {
  return format.firstCase.series.map(point => {
    const simulated = fromReal(point.simulated), reference = fromReal(point.reference);
    return { operation: point.operation, error: Object.is(simulated, reference) ? 0 : Math.abs(simulated - reference), point };
  });
}

/** Distance of the pointer from the drawing's left edge. */
function inDrawing(event: MouseEvent): number {
  return event.clientX - ((event.currentTarget as SVGElement).ownerSVGElement?.getBoundingClientRect().left ?? 0);
}

function nearest(points: readonly Point[], operation: number): Point {
  let lo = 0, hi = points.length - 1;
  while (lo < hi) {
    const middle = (lo + hi) >> 1;
    if (points[middle].operation < operation) lo = middle + 1; else hi = middle;
  }
  const before = points[Math.max(0, lo - 1)];
  return Math.abs(before.operation - operation) < Math.abs(points[lo].operation - operation) ? before : points[lo];
}
