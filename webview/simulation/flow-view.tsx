import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { VNode } from 'preact';
import { curveBasis, line } from 'd3-shape';
import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SimulationReport, SiteReport } from '../../src/protocol/report';
import { useWidth } from '../shared/chart';
import { Button, Choice } from '../shared/controls';
import { count, distinct, percent, short } from '../shared/number-text';
import { characterWidth } from '../shared/text-size';
import type { FlowGraph, FlowNode } from './flow-graph';
import { ancestors, flowGraph, largestNeighbour, why } from './flow-graph';
import type { PlacedNode } from './flow-layout';
import { flowLayout } from './flow-layout';
import { FlowMap } from './flow-map';
import type { Level, Model, View } from './model';
import { emphasised, heat } from './selection';
import { loopsOf } from './source-lines';

export interface FlowProps {
  readonly model: Model;
  readonly report: SimulationReport;
  readonly format: FormatReport;
  readonly change: (change: Partial<View>) => void;
  readonly reveal: (site: SiteReport, focus: boolean) => void;
}

/** Propagation: where error is born (filled marks) and how much of it each edge carries (line width) down to the result. */
export function FlowView({ model, report, format, change, reveal }: FlowProps): VNode {
  const { level, expanded, iteration } = model.view;
  const loops = useMemo(() => Object.entries(report.sources).flatMap(([file, source]) => loopsOf(file, source)), [report]);
  const graph = useMemo(() => flowGraph(format, { level, expanded, loops }), [format, level, expanded, loops]);
  const placed = useMemo(() => flowLayout(graph, characterWidth()), [graph]);
  const iterations = useMemo(() => format.firstCase.sites.map(s => s.iterations.length > 1 ? s.count - 1 : 0).reduce((a, b) => Math.max(a, b), 0), [format]);
  const site = emphasised(model);
  const selected = graph.nodes.find(n => n.sites.some(s => s.site === site));
  // The keyboard starts from what is selected: a pointer that rests somewhere must not lead it astray.
  const picked = graph.nodes.find(n => n.sites.some(s => s.site === model.view.site));
  const focusable = picked?.id ?? 'result';
  const lit = selected ? ancestors(graph, selected.id) : null;
  const [holder, room] = useWidth();
  const scale = room > 0 ? Math.max(smallestScale, Math.min(1, room / placed.width, tallest / placed.height)) : 1;
  const [scroller, setScroller] = useState<HTMLElement | null>(null);
  const hold = useRef((element: HTMLElement | null): void => { holder(element); setScroller(element); });
  const overflows = room > 0 && (placed.width * scale > room + 2 || placed.height * scale > tallest + 2);
  const list = useRef<SVGSVGElement>(null);
  const moving = useRef(false);

  const choose = (id: string | undefined): void => {
    const node = graph.nodes.find(n => n.id === id);
    if (!node) return;
    moving.current = true;
    change({ site: mainSite(node)?.site ?? null, hover: null });
  };
  useEffect(() => {
    if (!moving.current) return;
    moving.current = false;
    list.current?.querySelector<SVGGElement>('[tabindex="0"]')?.focus();
  }, [focusable]);
  useEffect(() => { if (scroller && overflows) bringIntoView(scroller, placed.nodes.find(p => p.node.id === focusable), scale); }, [scroller, overflows, placed, focusable]);
  const toggle = (id: string): void => change({ expanded: expanded.includes(id) ? expanded.filter(e => e !== id) : [...expanded, id] });
  const onKey = (event: KeyboardEvent): void => {
    const moves: Record<string, () => void> = {
      ArrowUp: () => choose(largestNeighbour(graph, focusable, 'up')), ArrowDown: () => choose(largestNeighbour(graph, focusable, 'down')),
      ArrowLeft: () => choose(beside(placed.nodes, focusable, -1)), ArrowRight: () => choose(beside(placed.nodes, focusable, 1)),
      w: () => choose(why(graph, focusable)?.id), e: () => { if (picked?.opens) toggle(picked.id); }, End: () => choose('result'),
      Enter: () => { const main = picked && mainSite(picked); if (main) reveal(main, true); },
    };
    const move = moves[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  };

  return <section class="view flow" aria-labelledby="flow-title">
    <header class="view-head">
      <h2 id="flow-title">Error flow</h2>
      <Choice name="Level of detail" value={level} options={levels} onChange={value => change({ level: value as Level, expanded: [] })} />
      <Button look="icon" hint="Why? Select the operation where most of this error is born (key: w)" label="Why? Go to the largest contributor" onPress={() => choose(why(graph, focusable)?.id)}>why?</Button>
    </header>
    {iterations > 1 && <IterationSlider last={iterations} value={iteration} change={value => change({ iteration: value })} />}
    <p class="hint" id="flow-keys">A filled mark is error born there, a line's width the error it carries. Keys: arrows follow the error, w asks why, e opens, Enter shows the source.</p>
    <div class="flow-body">
    <div class="flow-scroll" ref={hold.current}>
      <svg ref={list} id="flow-graph" class="flow-graph" role="group" aria-label="Error flow graph" aria-describedby="flow-keys" width={Math.floor(placed.width * scale)} height={Math.ceil(placed.height * scale)}
        viewBox={`0 0 ${placed.width} ${placed.height}`} onKeyDown={onKey} onMouseLeave={() => change({ hover: null })}>
        <g aria-hidden="true">
          {placed.loops.map(loop => <g key={loop.line} class="loop"><rect x={loop.x} y={loop.y} width={loop.width} height={loop.height} rx={8} />
            <text x={loop.x + 8} y={loop.y + 11}>loop · line {loop.line}</text></g>)}
          {placed.links.map(({ link, points, width }) => <path key={`${link.from} ${link.to}`} d={curve([...points]) ?? ''} stroke-width={width}
            class={`flow-link${lit ? lit.has(link.to) && lit.has(link.from) ? ' lit' : ' dim' : ''}${link.error < 0 ? ' negative' : ''}`}>
            <title>{`carries ${short(link.error)}${link.count > 1 ? ` over ${count(link.count)} values` : ''}`}</title></path>)}
        </g>
        {placed.nodes.map(p => <Node key={p.node.id} placed={p} format={format} iteration={iteration} tabbable={p.node.id === focusable} selected={p.node.id === selected?.id}
          dim={lit !== null && !lit.has(p.node.id)}
          onPoint={() => change({ hover: mainSite(p.node)?.site ?? null })}
          onPick={() => { const main = mainSite(p.node); change({ site: main?.site ?? null }); if (main) reveal(main, false); }}
          onOpen={() => { if (p.node.opens) toggle(p.node.id); }} />)}
      </svg>
    </div>
    {overflows && scroller && <FlowMap placed={placed} scale={scale} scroller={scroller} />}
    </div>
    <FlowTable graph={graph} />
  </section>;
}

/** The graph shrinks to the room it has, but not below readable text; then it scrolls. */
const smallestScale = 0.72;

/** Height of the view in pixels, as in the style sheet. */
const tallest = 640;

const levels = [{ value: 'loops', title: 'loops' }, { value: 'lines', title: 'lines' }, { value: 'operations', title: 'operations' }];
const curve = line<{ readonly x: number; readonly y: number }>().x(p => p.x).y(p => p.y).curve(curveBasis);

function IterationSlider({ last, value, change }: { readonly last: number; readonly value: number | null; readonly change: (value: number | null) => void }): VNode {
  return <div class="slider">
    <label><span>iteration</span>
      <input type="range" min={0} max={last} value={value ?? last} aria-valuetext={value === null ? 'all iterations' : `iteration ${value + 1}`}
        onInput={event => change(Number(event.currentTarget.value))} /></label>
    <output>{value === null ? `all ${count(last + 1)}` : `${count(value + 1)} of ${count(last + 1)}`}</output>
    {value !== null && <Button look="icon" label="Show all iterations together" onPress={() => change(null)}>all</Button>}
  </div>;
}

interface NodeProps {
  readonly placed: PlacedNode;
  readonly format: FormatReport;
  readonly iteration: number | null;
  readonly tabbable: boolean;
  readonly selected: boolean;
  readonly dim: boolean;
  readonly onPoint: () => void;
  readonly onPick: () => void;
  readonly onOpen: () => void;
}

function Node({ placed, format, iteration, tabbable, selected, dim, onPoint, onPick, onOpen }: NodeProps): VNode {
  const { node, x, y, width, height } = placed;
  const at = iteration === null ? undefined : atIteration(node, iteration);
  const share = iteration === null ? node.share : shareAt(node, format, iteration);
  const radius = 3 + 7 * Math.sqrt(Math.min(1, share));
  const [left, top] = [x - width / 2, y - height / 2];
  const detail = node.kind === 'result' ? node.place
    : at ? values(at.simulated, at.reference)
    : [node.place, node.count > 1 ? `×${count(node.count)}` : '', share > 0 ? percent(share) : '', node.flags[0] ?? ''].filter(t => t).join(' · ');
  // The visible text, then what only the drawing says.
  const name = `${node.label} ${detail}${node.kind === 'result' ? '' : `, ${percent(share)} of the error born here`}${node.flags.length > 1 ? `, ${node.flags.slice(1).join(', ')}` : ''}${node.opens ? ', e opens it' : ''}`;
  return <g class={`node ${node.kind}-node heat-${heat(share)}${selected ? ' selected' : ''}${dim ? ' dim' : ''}`} transform={`translate(${left},${top})`} role="button" tabindex={tabbable ? 0 : -1}
    aria-label={name} aria-pressed={selected} data-node={node.id} onMouseEnter={onPoint} onClick={onPick} onDblClick={onOpen}>
    <rect class="box" width={width} height={height} rx={6} />
    <circle class="mark" cx={17} cy={height / 2} r={radius} />
    <text class="label" x={32} y={17}>{`${node.label} `}</text>
    <text class="detail" x={32} y={32}>{detail}</text>
    {node.kept > 0 && <path class="kept" d={`M${width},${height * 0.7} c14,4 14,${-height * 0.4 - 8} 0,${-height * 0.4}`}><title>{`error kept in the accumulator: ${short(node.kept)}`}</title></path>}
    {node.opens && <text class="opener" x={width - 12} y={height - 8} aria-hidden="true" onClick={event => { event.stopPropagation(); onOpen(); }}>+</text>}
  </g>;
}

/** The graph for screen readers: each node with what flows into it. */
function FlowTable({ graph }: { readonly graph: FlowGraph }): VNode {
  const label = (id: string): string => { const n = graph.nodes.find(m => m.id === id); return n ? `${n.label}${n.place ? `, ${n.place}` : ''}` : id; };
  return <details class="twin-holder"><summary>Error flow as a table</summary>
    <div class="table-scroll" tabIndex={0} role="region" aria-label="Error flow, table"><table class="twin">
      <thead><tr><th scope="col">operation</th><th scope="col">place</th><th scope="col">error born</th><th scope="col">share</th><th scope="col">error carried in</th></tr></thead>
      <tbody>{graph.nodes.map(n => <tr key={n.id}><td>{n.label}</td><td>{n.place}</td><td>{n.kind === 'result' ? '' : short(n.contributed)}</td><td>{n.kind === 'result' ? '' : percent(n.share)}</td>
        <td>{graph.links.filter(l => l.to === n.id).map(l => `${short(l.error)} from ${label(l.from)}`).join('; ')}</td></tr>)}</tbody>
    </table></div></details>;
}

function mainSite(node: FlowNode): SiteReport | undefined {
  return [...node.sites].sort((a, b) => b.share - a.share || (b.end - b.start) - (a.end - a.start))[0];
}

/** What the node's widest site held in iteration `index` (the last sample not after it). */
function atIteration(node: FlowNode, index: number): { simulated: number; reference: number } | undefined {
  const widest = [...node.sites].sort((a, b) => (b.end - b.start) - (a.end - a.start))[0];
  const sample = widest?.iterations.filter(i => i.index <= index).at(-1);
  return sample && widest.count > 1 ? { simulated: fromReal(sample.simulated), reference: fromReal(sample.reference) } : undefined;
}

function shareAt(node: FlowNode, format: FormatReport, index: number): number {
  const contributed = (site: SiteReport): number => Math.abs(fromReal(site.iterations.filter(i => i.index <= index).at(-1)?.contributed ?? 0)) || 0;
  const total = format.firstCase.sites.reduce((sum, s) => sum + contributed(s), 0);
  return total > 0 ? node.sites.reduce((sum, s) => sum + contributed(s), 0) / total : 0;
}

function values(simulated: number, reference: number): string {
  const [a, b] = distinct(simulated, reference);
  return a === b ? a : `${a}, exact ${b}`;
}

/** Scrolls as little as shows the node with some room around it. */
function bringIntoView(scroller: HTMLElement, placed: PlacedNode | undefined, scale: number): void {
  if (!placed) return;
  const along = (at: number, half: number, from: number, size: number): number => {
    const [lo, hi] = [(at - half) * scale - 24, (at + half) * scale + 24];
    return lo < from ? Math.max(0, lo) : hi > from + size ? hi - size : from;
  };
  scroller.scrollTo({ left: along(placed.x, placed.width / 2, scroller.scrollLeft, scroller.clientWidth), top: along(placed.y, placed.height / 2, scroller.scrollTop, scroller.clientHeight) });
}

/** The nearest node on the same layer, left (−1) or right (+1). */
function beside(nodes: readonly PlacedNode[], id: string, direction: -1 | 1): string | undefined {
  const here = nodes.find(p => p.node.id === id);
  if (!here) return undefined;
  return nodes.filter(p => (p.x - here.x) * direction > 0 && Math.abs(p.y - here.y) < p.height * 1.2).sort((a, b) => Math.abs(a.x - here.x) - Math.abs(b.x - here.x))[0]?.node.id;
}
