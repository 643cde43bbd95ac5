import { Graph, layout } from '@dagrejs/dagre';
import type { FlowGraph, FlowLink, FlowNode } from './flow-graph';

/** Where everything lies, in pixels from the top left corner. */
export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly links: readonly PlacedLink[];
  /** Frames around nodes of the same loop. */
  readonly loops: readonly PlacedLoop[];
}

export interface PlacedNode { readonly node: FlowNode; readonly x: number; readonly y: number; readonly width: number; readonly height: number }
export interface PlacedLink { readonly link: FlowLink; readonly points: readonly { readonly x: number; readonly y: number }[]; readonly width: number }
export interface PlacedLoop { readonly header: string; readonly line: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export const nodeHeight = 40;

/** Widest and narrowest line of an edge, in pixels. */
const widest = 14, narrowest = 1;

/** Places the graph top-down (Sugiyama layers, by dagre). `characterWidth`: of the label's font, in pixels. Edge width is proportional to the error carried. */
export function flowLayout(graph: FlowGraph, characterWidth: number): FlowLayout {
  const g = new Graph({ compound: true });
  g.setGraph({ rankdir: 'TB', nodesep: 22, ranksep: 34, edgesep: 12, marginx: 18, marginy: 8 });
  g.setDefaultEdgeLabel(() => ({}));
  const loops = new Map<string, { header: string; line: number; members: number }>();
  for (const node of graph.nodes) {
    const columns = Math.max(node.label.length, detailLength(node));
    g.setNode(node.id, { width: Math.round(columns * characterWidth) + 44, height: nodeHeight });
    if (!node.loop || node.kind === 'input') continue;
    const id = `frame:${node.loop.file}:${node.loop.start}`;
    const loop = loops.get(id) ?? { header: node.loop.header, line: node.loop.line, members: 0 };
    loops.set(id, { ...loop, members: loop.members + 1 });
    if (!g.hasNode(id)) g.setNode(id, {});
    g.setParent(node.id, id);
  }
  for (const link of graph.links) g.setEdge(link.from, link.to, { weight: 1 });
  layout(g);
  const most = Math.max(...graph.links.map(l => Math.abs(l.error)).filter(Number.isFinite), 0);
  const nodes = graph.nodes.map(node => {
    const p = g.node(node.id);
    return { node, x: p.x ?? 0, y: p.y ?? 0, width: p.width ?? 0, height: p.height ?? 0 };
  });
  const frames = [...loops].filter(([, loop]) => loop.members > 0).map(([id, loop]) => {
    const p = g.node(id);
    return { header: loop.header, line: loop.line, x: (p.x ?? 0) - (p.width ?? 0) / 2, y: (p.y ?? 0) - (p.height ?? 0) / 2, width: p.width ?? 0, height: p.height ?? 0 };
  });
  const links = graph.links.map(link => ({ link, points: g.edge(link.from, link.to).points ?? [], width: most > 0 && Number.isFinite(link.error) ? Math.max(narrowest, Math.abs(link.error) / most * widest) : narrowest }));
  const size = g.graph();
  return { width: Math.ceil(size.width ?? 0), height: Math.ceil(size.height ?? 0), nodes, links, loops: frames };
}

/** Characters of a node's second line at its longest: place, count and share, or the values of one iteration. */
function detailLength(node: FlowNode): number {
  return Math.ceil((node.place.length + (node.count > 1 ? 8 : 0) + 8 + (node.flags[0]?.length ?? 0)) * 0.88);
}
