import { doubleDouble, toDoubleDouble, type DoubleDouble } from '../../exact';
import { operator } from '../../operators';
import { Kind, childrenOf, type Graph, type GraphNode } from './graph';
import type { Guard } from './guard';
import type { Case, SearchResult } from './search';
import type { Sweep, SweepOptions } from './sweep';

export interface ReachedPoint {
  readonly error: number;
  readonly at: readonly number[];
}

/**
 * Looks for a large actual error: the program is run in its format and in double-double at points of the box, most of them where the bound is largest, and the best
 * points are improved by local steps. A lower bound of the true worst error (to the accuracy of double-double), so that a reader sees how sharp the bound is.
 */
export function reach(graph: Graph, cases: readonly Case[], found: SearchResult, lo: Float64Array, hi: Float64Array, options: SweepOptions, milliseconds: number): ReachedPoint | null {
  const paths = cases.filter(c => !c.unstable);
  const runs = paths.map(c => new PointRun(graph, c, options));
  const until = performance.now() + milliseconds;
  let seed = 0x2545f491;
  const random = (): number => {
    seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
  };
  const errorAt = (x: Float64Array): number => {
    let computed = NaN;
    let exact: DoubleDouble | null = null;
    for (const run of runs) {
      const outcome = run.at(x);
      if (outcome.computedHere) computed = outcome.computed;
      if (outcome.exactHere) exact = outcome.exact;
    }
    const e = exact ? Math.abs(doubleDouble.sub(toDoubleDouble(computed), exact).hi) : NaN;
    return e >= 0 ? e : -1;
  };
  const round = options.inputs.round;
  const place = (k: number, t: number, l: Float64Array, h: Float64Array): number => Math.min(hi[k], Math.max(lo[k], round(l[k] + t * (h[k] - l[k]))));
  let best: ReachedPoint | null = null;
  const tryPoint = (x: Float64Array): void => {
    const error = errorAt(x);
    if (!best || error > best.error) best = { error, at: [...x] };
  };
  const near = found.worst ?? { lo, hi };
  for (let c = 0; c < Math.min(64, 1 << lo.length); c++) tryPoint(Float64Array.from(lo, (l, k) => round(c >> k & 1 ? hi[k] : l)));
  for (let n = 0; performance.now() < until; n++) {
    for (let j = 0; j < 16; j++) {
      const phase = (n * 16 + j) % 4;
      const b = best as ReachedPoint | null;
      if (phase === 0 || !b) tryPoint(Float64Array.from(lo, (_, k) => place(k, random(), near.lo, near.hi)));
      else if (phase === 1) tryPoint(Float64Array.from(lo, (_, k) => place(k, random(), lo, hi)));
      else {
        // A step of random size around the best point, in some of the coordinates.
        const scale = 2 ** (-random() * (phase === 2 ? 12 : 45));
        tryPoint(Float64Array.from(lo, (_, k) => (random() < 0.5 ? b.at[k] : Math.min(hi[k], Math.max(lo[k], round(b.at[k] + (random() - 0.5) * scale * (hi[k] - lo[k])))))));
      }
    }
  }
  const final = best as ReachedPoint | null;
  return final && final.error >= 0 ? final : null;
}

/** One path evaluated at points, computed and exact side by side. */
class PointRun {
  private readonly sweep: Sweep;
  private readonly computed: Float64Array;
  private readonly exact: DoubleDouble[];
  private readonly children: number[][];

  constructor(graph: Graph, private readonly of: Case, private readonly options: SweepOptions) {
    this.sweep = of.sweep;
    this.computed = new Float64Array(this.sweep.order.length);
    this.exact = new Array<DoubleDouble>(this.sweep.order.length);
    this.children = [...this.sweep.order].map(n => childrenOf(graph.nodes[n]).map(c => this.sweep.at(c)));
  }

  at(x: Float64Array): { readonly computed: number; readonly exact: DoubleDouble; readonly computedHere: boolean; readonly exactHere: boolean } {
    const { computed, exact, sweep } = this;
    for (let i = 0; i < computed.length; i++) {
      const node = sweep.node(i);
      if (node.kind === Kind.Input) {
        exact[i] = toDoubleDouble(x[node.a]);
        computed[i] = this.options.roundedInputs ? this.options.roundedInputs.round(x[node.a]) : x[node.a];
      } else if (node.kind === Kind.Constant) {
        const c = node.constant!;
        computed[i] = c.computed;
        exact[i] = doubleDouble.sub(toDoubleDouble(c.computed), toDoubleDouble(c.errorLo / 2 + c.errorHi / 2));
      } else {
        const operands = node.kind === Kind.Square ? [this.children[i][0], this.children[i][0]] : this.children[i];
        const row = rowOf(node);
        const value = row.value(...operands.map(c => computed[c]));
        computed[i] = node.step ? node.step.round(value) : value;
        exact[i] = row.reference(...operands.map(c => exact[c]));
      }
    }
    const root = this.of.root;
    return {
      computed: computed[root], exact: exact[root],
      computedHere: this.of.guards.every(g => holds(g, computed[g.difference])),
      exactHere: this.of.guards.every(g => holds(g, exact[g.difference].hi)),
    };
  }
}

function rowOf(node: GraphNode): ReturnType<typeof operator> {
  if (node.operator) return node.operator;
  return operator(node.kind === Kind.Min ? 'min' : node.kind === Kind.Max ? 'max' : node.kind === Kind.Neg ? 'neg' : 'plus');
}

function holds(guard: Guard, difference: number): boolean {
  return operator(guard.relation).value(difference, 0) === 1;
}
