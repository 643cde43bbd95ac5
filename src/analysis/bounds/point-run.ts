import { doubleDouble, nextUp, toDoubleDouble, type DoubleDouble } from '../../exact';
import { operator } from '../../operators';
import { exactOf } from './constant';
import { Kind, childrenOf, operatorOf, type Graph } from './graph';
import type { Guard } from './guard';
import type { Case } from './box';
import type { Sweep, SweepOptions } from './sweep';

export interface PointError {
  /** |computed − exact|, to nearest; −1 where one of the runs returns no number. */
  readonly error: number;
  /** A double that is at least the error. */
  readonly atMost: number;
  readonly computed: number;
  readonly exact: number;
}

/** The error at one point: the computed and the exact run each take the path whose guards they fulfil. */
export function errorAt(runs: readonly PointRun[], x: ArrayLike<number>): PointError {
  let computed = NaN;
  let exact: DoubleDouble | null = null;
  for (const run of runs) {
    const outcome = run.at(x);
    if (outcome.computedHere) computed = outcome.computed;
    if (outcome.exactHere) exact = outcome.exact;
  }
  if (!exact) return { error: -1, atMost: Infinity, computed, exact: NaN };
  const difference = doubleDouble.sub(toDoubleDouble(computed), exact);
  const error = Math.abs(difference.hi);
  // A reference without functions that fits one double, at a difference that does, is exact; any other is known to 100 bits.
  const atMost = difference.lo === 0 && exact.lo === 0 && runs.every(r => r.algebraic) ? error : nextUp(error + Math.abs(exact.hi) * 2 ** -98);
  return { error: error >= 0 ? error : -1, atMost, computed, exact: exact.hi };
}

/** One path evaluated at points, computed and exact side by side. */
export class PointRun {
  private readonly sweep: Sweep;
  /** True when no library function is called. */
  readonly algebraic: boolean;
  private readonly computed: Float64Array;
  private readonly exact: DoubleDouble[];
  private readonly children: number[][];

  constructor(graph: Graph, private readonly of: Case, private readonly options: SweepOptions) {
    this.sweep = of.sweep;
    this.algebraic = [...this.sweep.order].every((_, i) => this.sweep.node(i).operator?.exactness.kind !== 'library');
    this.computed = new Float64Array(this.sweep.order.length);
    this.exact = new Array<DoubleDouble>(this.sweep.order.length);
    this.children = [...this.sweep.order].map(n => childrenOf(graph.nodes[n]).map(c => this.sweep.at(c)));
  }

  /** Whether the computed or the exact run takes this path at the point. */
  reaches(x: ArrayLike<number>): boolean {
    const outcome = this.at(x);
    return outcome.computedHere || outcome.exactHere;
  }

  at(x: ArrayLike<number>): { readonly computed: number; readonly exact: DoubleDouble; readonly computedHere: boolean; readonly exactHere: boolean } {
    const { computed, exact, sweep } = this;
    for (let i = 0; i < computed.length; i++) {
      const node = sweep.node(i);
      if (node.kind === Kind.Input) {
        exact[i] = toDoubleDouble(x[node.a]);
        computed[i] = this.options.roundedInputs ? this.options.roundedInputs.round(x[node.a]) : x[node.a];
      } else if (node.kind === Kind.Constant) {
        const c = node.constant!;
        computed[i] = c.computed;
        exact[i] = exactOf(c);
      } else {
        const operands = node.kind === Kind.Square ? [this.children[i][0], this.children[i][0]] : this.children[i];
        const row = operatorOf(node);
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

function holds(guard: Guard, difference: number): boolean {
  return operator(guard.relation).value(difference, 0) === 1;
}
