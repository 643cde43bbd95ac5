import { fromReal } from '../../src/protocol/real';
import type { FormatReport, SiteReport } from '../../src/protocol/report';
import { distinct } from '../shared/number-text';
import type { Level } from './model';
import { fileName, flagsOfAll, oneLine } from './selection';
import type { Loop } from './source-lines';

/**
 * The error-flow graph: how the rounding errors of a run travel from the operations where they are born to the result. Nodes are groups of sites (an
 * operation, a line, a loop), edges carry the first-order part of the output error that passes along them.
 */
export interface FlowGraph {
  readonly nodes: readonly FlowNode[];
  readonly links: readonly FlowLink[];
}

export interface FlowNode {
  readonly id: string;
  readonly kind: 'input' | 'operation' | 'line' | 'loop' | 'rest' | 'result';
  /** Source text on one line. */
  readonly label: string;
  /** Where it is; for the result, what came out. */
  readonly place: string;
  readonly sites: readonly SiteReport[];
  /** Part of the final error born here, 0…1, and the signed error itself. */
  readonly share: number;
  readonly contributed: number;
  /** Times its busiest site ran. */
  readonly count: number;
  readonly flags: readonly string[];
  /** Outermost loop around it, when that is not the node itself. */
  readonly loop: Loop | null;
  /** Whether it can be opened one level further. */
  readonly opens: boolean;
  /** Error that goes round within the node (an accumulator's), absolute. */
  readonly kept: number;
}

export interface FlowLink {
  readonly from: string;
  readonly to: string;
  /** Signed first-order part of the output error that travels here. */
  readonly error: number;
  readonly count: number;
}

export interface FlowOptions {
  readonly level: Level;
  /** Ids of nodes opened one level further. */
  readonly expanded: readonly string[];
  readonly loops: readonly Loop[];
}

/** Nodes drawn before the smallest are merged into "rest". */
export const nodeLimit = 24;

export function flowGraph(format: FormatReport, options: FlowOptions): FlowGraph {
  const run = format.firstCase;
  const groups = groupSites(run.sites, options);
  const groupOf = new Map([...groups].flatMap(([id, g]) => g.sites.map(s => [s.site, id] as const)));
  const between = new Map<string, { from: string; to: string; error: number; count: number }>();
  const kept = new Map<string, number>();
  for (const edge of run.edges) {
    const from = groupOf.get(edge.from), to = groupOf.get(edge.to);
    if (from === undefined || to === undefined) continue;
    const error = fromReal(edge.error);
    if (from === to) { kept.set(from, Math.max(kept.get(from) ?? 0, Math.abs(error) || 0)); continue; }
    const key = `${from} ${to}`;
    const sum = between.get(key) ?? { from, to, error: 0, count: 0 };
    between.set(key, { from, to, error: sum.error + (Number.isFinite(error) ? error : 0), count: sum.count + edge.count });
  }
  const nodes = [...groups].map(([id, group]) => nodeOf(id, group, kept.get(id) ?? 0));
  const output = run.output === null ? undefined : groupOf.get(run.output);
  const [simulated, exact] = distinct(fromReal(run.outputValue), fromReal(run.outputReference));
  const result: FlowNode = {
    id: 'result', kind: 'result', label: run.outputPath ? `result ${run.outputPath}` : 'result', place: `${simulated}, exact ${exact}`, sites: [], share: 0, contributed: fromReal(run.outputError),
    count: 1, flags: [], loop: null, opens: false, kept: 0,
  };
  const links: FlowLink[] = [...between.values()];
  if (output !== undefined) links.push({ from: output, to: 'result', error: fromReal(run.outputError), count: 1 });
  return limited({ nodes: [...nodes.filter(n => carries(n, links, output)), result], links }, output);
}

/** Ids of the nodes from which error can reach `id`, `id` included. */
export function ancestors(graph: FlowGraph, id: string): Set<string> {
  const found = new Set([id]);
  const queue = [id];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    for (const link of graph.links) if (link.to === next && !found.has(link.from)) { found.add(link.from); queue.push(link.from); }
  }
  return found;
}

/** "Why?": the node among the causes of `id` where most of the error is born; asked again on such a node, the next largest. */
export function why(graph: FlowGraph, id: string): FlowNode | undefined {
  const causes = ancestors(graph, id);
  const born = graph.nodes.filter(n => causes.has(n.id) && n.share > 0 && n.kind !== 'rest').sort((a, b) => b.share - a.share);
  const here = born.findIndex(n => n.id === id);
  return here < 0 ? born[0] : born[here + 1] ?? born[0];
}

/** The neighbour along the link that carries most error, up (towards causes) or down (towards the result). */
export function largestNeighbour(graph: FlowGraph, id: string, direction: 'up' | 'down'): string | undefined {
  let best: FlowLink | undefined;
  for (const link of graph.links) {
    if ((direction === 'up' ? link.to : link.from) !== id) continue;
    if (!best || Math.abs(link.error) > Math.abs(best.error)) best = link;
  }
  return best && (direction === 'up' ? best.from : best.to);
}

interface Group { readonly kind: FlowNode['kind']; readonly sites: SiteReport[]; readonly loop: Loop | null; readonly own: Loop | null }

function groupSites(sites: readonly SiteReport[], { level, expanded, loops }: FlowOptions): Map<string, Group> {
  const groups = new Map<string, Group>();
  for (const site of sites) {
    const around = loops.filter(l => l.file === site.file && l.start <= site.start && site.end <= l.end);
    const outer = around.sort((a, b) => (b.end - b.start) - (a.end - a.start))[0] ?? null;
    const input = site.operator === 'input' || site.operator === 'literal';
    const loopId = outer && `loop:${outer.file}:${outer.start}`;
    const lineId = `line:${site.file}:${site.endLine}`;
    const collapsedLoop = loopId !== null && level === 'loops' && !expanded.includes(loopId);
    const asOperation = level === 'operations' || input || expanded.includes(lineId);
    const id = collapsedLoop ? loopId : asOperation ? `site:${site.site}` : lineId;
    const group = groups.get(id) ?? {
      kind: collapsedLoop ? 'loop' : asOperation ? input ? 'input' : 'operation' : 'line', sites: [], loop: collapsedLoop ? null : outer, own: collapsedLoop ? outer : null,
    };
    group.sites.push(site);
    groups.set(id, group);
  }
  return groups;
}

function nodeOf(id: string, group: Group, kept: number): FlowNode {
  const { sites, own } = group;
  const widest = [...sites].sort((a, b) => (b.end - b.start) - (a.end - a.start))[0];
  const lines = own ? `lines ${own.line}–${own.endLine}` : `line ${widest.endLine}`;
  return {
    id, kind: group.kind, label: oneLine(own ? own.header : widest.text, 34), sites, loop: group.loop,
    place: new Set(sites.map(s => s.file)).size > 1 ? lines : `${lines}${sites[0].file === widest.file ? '' : ` of ${fileName(widest.file)}`}`,
    share: sites.reduce((sum, s) => sum + (s.share > 0 ? s.share : 0), 0),
    contributed: sites.reduce((sum, s) => sum + (fromReal(s.contributedError) || 0), 0),
    count: Math.max(...sites.map(s => s.count)), flags: flagsOfAll(sites), kept,
    opens: group.kind === 'loop' || (group.kind === 'line' && sites.length > 1),
  };
}

/** Literals and inputs that bring no error are left out, unless they are all there is. */
function carries(node: FlowNode, links: readonly FlowLink[], output: string | undefined): boolean {
  if (node.id === output || node.share > 0 || node.flags.length > 0) return true;
  const touching = links.filter(l => l.from === node.id || l.to === node.id);
  if (node.kind !== 'input') return touching.length > 0;
  return node.sites.some(s => s.operator === 'input') && touching.length > 0;
}

/** Keeps the nodes that matter most and merges the others into one, so that a graph stays readable however long the function is. */
function limited(graph: FlowGraph, output: string | undefined): FlowGraph {
  if (graph.nodes.length <= nodeLimit) return { nodes: graph.nodes, links: graph.links.filter(l => has(graph, l)) };
  const carried = new Map<string, number>();
  for (const link of graph.links) for (const end of [link.from, link.to]) carried.set(end, Math.max(carried.get(end) ?? 0, Math.abs(link.error)));
  const most = Math.max(...carried.values(), Number.MIN_VALUE);
  const weight = (n: FlowNode): number => n.kind === 'result' || n.id === output ? Infinity : n.share + (carried.get(n.id) ?? 0) / most * 0.5;
  const ranked = [...graph.nodes].sort((a, b) => weight(b) - weight(a));
  const kept = new Set(ranked.slice(0, nodeLimit - 1).map(n => n.id));
  const rest = graph.nodes.filter(n => !kept.has(n.id));
  const sites = rest.flatMap(n => n.sites);
  const node: FlowNode = {
    id: 'rest', kind: 'rest', label: `${sites.length} other operations`, place: '', sites, loop: null, opens: false, kept: 0,
    share: rest.reduce((sum, n) => sum + n.share, 0), contributed: rest.reduce((sum, n) => sum + n.contributed, 0),
    count: rest.reduce((sum, n) => sum + n.count, 0), flags: flagsOfAll(sites),
  };
  const renamed = new Map<string, FlowLink>();
  for (const link of graph.links) {
    const from = kept.has(link.from) ? link.from : 'rest', to = kept.has(link.to) ? link.to : 'rest';
    if (from === to) continue;
    const sum = renamed.get(`${from} ${to}`);
    renamed.set(`${from} ${to}`, { from, to, error: link.error + (sum?.error ?? 0), count: link.count + (sum?.count ?? 0) });
  }
  return { nodes: [...graph.nodes.filter(n => kept.has(n.id)), node], links: [...renamed.values()] };
}

function has(graph: FlowGraph, link: FlowLink): boolean {
  return graph.nodes.some(n => n.id === link.from) && graph.nodes.some(n => n.id === link.to);
}
