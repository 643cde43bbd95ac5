import { CentredForm } from './centred-form';
import { exactRange } from './constant';
import { Kind, type Graph } from './graph';
import { certainlyFails, type Guard } from './guard';
import { differenceNode, ratioOf } from './linear';
import { Sweep, type SweepOptions } from './sweep';

/**
 * Another bound of the gap between the computed result of one path and the exact result of another: the exact difference of the two results at the same inputs, plus the error of the computed one.
 * Where the paths are close by construction (a loop that stops one iteration earlier or later) this is far below the difference of their ranges.
 */
export class NearGap {
  private readonly sweep: Sweep;
  private readonly gap: number;
  private readonly other: number;
  /** |gap| ≤ ratio·(limit + |difference|): the guard compares the size of the gap itself with a limit, as iterations do that stop when little changes. */
  private readonly stop: { readonly ratio: number; readonly limit: number } | null;

  /** Guards that one of the runs fulfils after they have parted. */
  private readonly later: readonly Guard[];

  constructor(graph: Graph, exact: number, computed: number, difference: number, shared: readonly Guard[], later: readonly Guard[], options: SweepOptions, inputs: number) {
    const node = differenceNode(graph, computed, exact);
    this.stop = stopOf(graph, graph.apply('sub', [computed, exact], null, -1), difference);
    this.sweep = new Sweep(graph, [node, computed, ...[...shared, ...later].map(g => g.difference)], options, shared);
    if (this.sweep.order.length * inputs < 20_000) this.sweep.centred = new CentredForm(this.sweep, inputs);
    this.gap = this.sweep.at(node);
    this.later = later.map(g => ({ difference: this.sweep.at(g.difference), relation: g.relation }));
    this.other = this.sweep.at(computed);
  }

  /** Bound over a box where |difference| is at most `band`; infinite where the paths are not defined together, −1 where one of the runs cannot go its way. */
  bound(lo: Float64Array, hi: Float64Array, band: number): number {
    const { sweep, gap, stop } = this;
    if (!sweep.forward(lo, hi) || sweep.infeasible) return Infinity;
    if (this.later.some(g => certainlyFails(g.relation, sweep.vlo[g.difference], sweep.vhi[g.difference]))) return -1;
    const size = Math.max(-sweep.vlo[gap], sweep.vhi[gap]);
    const apart = stop ? Math.min(size, stop.ratio * (stop.limit + band) * (1 + 1e-15)) : size;
    return (apart + sweep.backward(this.other)) * (1 + 2 ** -51);
  }
}

function stopOf(graph: Graph, gap: number, difference: number): { readonly ratio: number; readonly limit: number } | null {
  const direct = Math.abs(ratioOf(graph, gap, difference));
  if (direct > 0) return { ratio: direct, limit: 0 };
  const node = graph.nodes[difference];
  if (node.kind !== Kind.Sub) return null;
  for (const [size, limit] of [[node.a, node.b], [node.b, node.a]]) {
    const constant = graph.nodes[limit].constant;
    if (!constant || graph.nodes[size].kind !== Kind.Abs) continue;
    const ratio = Math.abs(ratioOf(graph, gap, graph.nodes[size].a));
    const range = exactRange(constant);
    if (ratio > 0) return { ratio, limit: Math.max(Math.abs(range.lo), Math.abs(range.hi)) };
  }
  return null;
}
