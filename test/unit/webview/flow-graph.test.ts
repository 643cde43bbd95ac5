import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FlowEdge, FormatReport, SiteReport } from '../../../src/protocol/report';
import type { FlowGraph, FlowOptions } from '../../../webview/simulation/flow-graph';
import { ancestors, flowGraph, largestNeighbour, nodeLimit, why } from '../../../webview/simulation/flow-graph';
import { flowLayout } from '../../../webview/simulation/flow-layout';
import { loopsOf } from '../../../webview/simulation/source-lines';

const options: FlowOptions = { level: 'lines', expanded: [], loops: [] };

function site(id: string, line: number, share: number, extra: Partial<SiteReport> = {}): SiteReport {
  const [start, end] = id.split('-').map(Number);
  return {
    site: id, file: '/f.ts', start, end, line, column: 1, endLine: line, endColumn: 9, text: `op ${id}`, operator: 'add', count: 1, range: [0, 1], localError: 0.5,
    contributedError: share, share, condition: 1, cancelledBits: 0, absorbed: 0, overflow: 0, underflow: 0, saturated: 0, nan: 0, branchDivergence: 0, untracked: 0,
    last: { simulated: 1, reference: 1 }, iterations: [], ...extra,
  };
}

function format(sites: readonly SiteReport[], edges: readonly FlowEdge[], output: string): FormatReport {
  return {
    id: 'fp16', title: 'binary16', status: 'ok', message: '', results: [], references: [], maxAbsoluteError: 1, maxRelativeError: 1, correctBits: 0, significandBits: 11, worstCase: 0,
    caseErrors: [], operations: {}, energyPicojoules: 1, memoryBytes: 1, seconds: 0, exponents: { lowest: 0, counts: [], zeros: 0, nonFinite: 0 }, representable: null,
    firstCase: { sites, edges, output, outputPath: '', outputValue: 1, outputReference: 0, outputError: 1, attributedError: 1, attribution: 'exact', recordedOperations: 1, totalOperations: 1, series: [], firstDivergence: null, divergences: [], untracked: 0 },
  };
}

const edge = (from: string, to: string, error: number): FlowEdge => ({ from, to, error, count: 1 });

/** Two products on line 2, a sum on line 3, a difference on line 4; most error is born in one product. */
const small = format([site('0-5', 2, 0.1), site('6-9', 2, 0.6), site('10-15', 3, 0.05), site('16-20', 4, 0.25)],
  [edge('0-5', '10-15', 0.1), edge('6-9', '10-15', 0.6), edge('10-15', '16-20', 0.75)], '16-20');

describe('the error-flow graph', () => {
  it('gathers sites by line and adds up what their edges carry', () => {
    const graph = flowGraph(small, options);
    expect(graph.nodes.map(n => n.id)).toEqual(['line:/f.ts:2', 'line:/f.ts:3', 'line:/f.ts:4', 'result']);
    expect(graph.links.find(l => l.from === 'line:/f.ts:2')?.error).toBeCloseTo(0.7, 12);
    expect(graph.nodes[0].share).toBeCloseTo(0.7, 12);
    expect(graph.links.at(-1)).toMatchObject({ from: 'line:/f.ts:4', to: 'result', error: 1 });
  });

  it('opens a line into its operations', () => {
    const graph = flowGraph(small, { ...options, expanded: ['line:/f.ts:2'] });
    expect(graph.nodes.map(n => n.id)).toContain('site:6-9');
    expect(flowGraph(small, { ...options, level: 'operations' }).nodes).toHaveLength(5);
  });

  it('asks why: the largest contributor among the causes, then the next', () => {
    const graph = flowGraph(small, { ...options, level: 'operations' });
    expect(why(graph, 'result')?.id).toBe('site:6-9');
    expect(why(graph, 'site:16-20')?.id).toBe('site:0-5');
    expect(why(graph, 'site:10-15')?.id).toBe('site:6-9');
    expect(largestNeighbour(graph, 'site:10-15', 'up')).toBe('site:6-9');
    expect(largestNeighbour(graph, 'site:6-9', 'down')).toBe('site:10-15');
    expect(ancestors(graph, 'site:10-15')).toEqual(new Set(['site:10-15', 'site:0-5', 'site:6-9']));
  });

  it('makes one node of a loop, and keeps what circulates in it apart from what flows on', () => {
    const source = 'function f() {\n  let s = 0;\n  for (const x of xs) {\n    s += x * x;\n  }\n  return s / 2;\n}\n';
    const loops = loopsOf('/f.ts', source);
    expect(loops).toHaveLength(1);
    expect([loops[0].line, loops[0].endLine, loops[0].header]).toEqual([3, 5, 'for (const x of xs) {']);
    const at = (text: string): string => `${source.indexOf(text)}-${source.indexOf(text) + text.length}`;
    const sites = [site(at('x * x'), 4, 0.2, { count: 6 }), site(at('s += x * x'), 4, 0.5, { count: 6 }), site(at('s / 2'), 6, 0.3)];
    const run = format(sites, [edge(sites[0].site, sites[1].site, 0.2), edge(sites[1].site, sites[1].site, 0.6), edge(sites[1].site, sites[2].site, 0.7)], sites[2].site);
    const graph = flowGraph(run, { level: 'loops', expanded: [], loops });
    expect(graph.nodes.map(n => n.kind)).toEqual(['loop', 'line', 'result']);
    expect(graph.nodes[0]).toMatchObject({ kept: 0.6, count: 6, place: 'lines 3–5' });
    expect(graph.nodes[0].share).toBeCloseTo(0.7, 12);
  });

  it('stays small however large the run, loses no share, and is laid out without overlap', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 300 }), fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (n, stream) => {
      const random = (): number => stream.next().value as number;
      const sites = Array.from({ length: n }, (_, i) => site(`${i * 10}-${i * 10 + 5}`, i + 1, random() ** 4));
      const edges = sites.slice(1).map((s, i) => edge(sites[Math.floor(random() * (i + 1)) % (i + 1)].site, s.site, random() - 0.5));
      const graph = flowGraph(format(sites, edges, sites[n - 1].site), { ...options, level: 'operations' });
      expect(graph.nodes.length).toBeLessThanOrEqual(nodeLimit);
      expect(graph.nodes.some(m => m.id === 'result')).toBe(true);
      const share = (list: readonly { readonly share: number }[]): number => list.reduce((sum, s) => sum + s.share, 0);
      // What touches no edge and no flag is not drawn only when it is an input.
      expect(share(graph.nodes)).toBeCloseTo(share(sites), 9);
      for (const link of graph.links) expect(graph.nodes.filter(m => m.id === link.from || m.id === link.to).length).toBe(2);
      expect(overlaps(graph)).toEqual([]);
    }), { numRuns: 25 });
  });
});

describe('loops of a source text', () => {
  it('are found by keyword and by array method, not in comments and strings', () => {
    const source = "// for (;;) {}\nconst a = 'while (1) {}';\nwhile (i < n) { do { i++; } while (odd(i)); }\nreturn xs.map(x => x * 2).reduce((a, b) => a + b, 0);\nfor (let i = 0; i < 3; i++) total += i;\n";
    expect(loopsOf('f', source).map(l => [l.line, l.header.slice(0, 7)])).toEqual([[3, 'while ('], [3, 'do { i+'], [3, 'while ('], [4, '.map(x '], [4, '.reduce'], [5, 'for (le']]);
  });

  it('never throws or loops on text that is not code', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('for', '(', ')', '{', '}', ' ', ';', '.map(', '"', '\n', '/*', 'x') }), text => { loopsOf('f', text); }));
  });
});

function overlaps(graph: FlowGraph): string[] {
  const { nodes } = flowLayout(graph, 7);
  return nodes.flatMap((a, i) => nodes.slice(i + 1).filter(b => Math.abs(a.x - b.x) * 2 < a.width + b.width - 1 && Math.abs(a.y - b.y) * 2 < a.height + b.height - 1).map(b => `${a.node.id} over ${b.node.id}`));
}
