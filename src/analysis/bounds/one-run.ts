import { above, below, intersect, isEmpty, squareInterval, type Interval } from '../../exact';
import { exactRange } from './constant';
import { Kind, childrenOf, operatorOf, type Graph, type GraphNode } from './graph';
import type { Guard } from './guard';
import { clampsOf, type Clamp } from './linear';
import type { SweepOptions } from './sweep-layout';

/** No run takes the path on this box. */
export type Reach = Interval | 'never' | { readonly site: number; readonly reason: string };

/**
 * Range of what one run alone, the exact or the computed one, returns on its path: where rounding sends the two runs different ways, what they share is only the
 * inputs. The run fulfils its own guards, so what they say of its values restricts them.
 */
export class OneRun {
  private readonly order: readonly number[];
  private readonly nodes: readonly GraphNode[];
  private readonly children: readonly (readonly number[])[];
  private readonly values: Interval[] = [];
  private readonly clamps = new Map<number, Clamp[]>();
  /** Nodes that a guard says are not 0. */
  private readonly notZero = new Set<number>();
  private readonly inputErrors: readonly number[];
  private readonly root: number;
  private readonly difference: number;
  /** Where the difference is operand − constant: the operand, which is then as near to the constant. */
  private readonly near: { readonly operand: number; readonly lo: number; readonly hi: number } | null;

  /** @param difference node of the guard on which the runs part */
  constructor(graph: Graph, root: number, guards: readonly Guard[], difference: number, private readonly which: 'exact' | 'computed', private readonly options: SweepOptions) {
    const needed = new Set<number>();
    const stack = [root, difference, ...guards.map(g => g.difference)];
    while (stack.length > 0) {
      const n = stack.pop()!;
      if (needed.has(n)) continue;
      needed.add(n);
      stack.push(...childrenOf(graph.nodes[n]));
    }
    this.order = [...needed].sort((a, b) => a - b);
    const local = new Map(this.order.map((n, i) => [n, i]));
    this.nodes = this.order.map(n => graph.nodes[n]);
    this.inputErrors = this.order.map(n => graph.inputErrors.get(n) ?? 0);
    this.children = this.nodes.map(n => childrenOf(n).map(c => local.get(c)!));
    this.root = local.get(root)!;
    this.difference = local.get(difference)!;
    const node = graph.nodes[difference];
    const constant = node.kind === Kind.Sub && node.step === null ? graph.nodes[node.b].constant : null;
    this.near = constant && {
      operand: local.get(node.a)!, lo: which === 'exact' ? below(constant.computed - constant.errorHi, 1) : constant.computed, hi: which === 'exact' ? above(constant.computed - constant.errorLo, 1) : constant.computed,
    };
    for (const g of guards) if (g.relation === 'lt' || g.relation === 'gt' || g.relation === 'ne') this.notZero.add(local.get(g.difference)!);
    for (const c of which === 'exact' ? clampsOf(graph, guards, this.order) : computedClamps(graph, guards)) {
      const i = local.get(c.node);
      if (i !== undefined) this.clamps.set(i, [...this.clamps.get(i) ?? [], c]);
    }
  }

  /** Range of the result over a box where |difference| is at most `band`, in this run. */
  range(lo: Float64Array, hi: Float64Array, band: number): Reach {
    const { nodes, values } = this;
    for (let i = 0; i < nodes.length; i++) {
      let value = this.value(i, lo, hi);
      if (!(value.hi - value.lo < Infinity)) return { site: nodes[i].site, reason: isEmpty(value) ? 'an operand may lie outside its domain' : 'the value is unbounded' };
      for (const c of this.clamps.get(i) ?? []) value = intersect(value, c);
      if (i === this.difference) value = intersect(value, { lo: -band, hi: band });
      if (i === this.near?.operand) value = intersect(value, { lo: below(this.near.lo - band, 1), hi: above(this.near.hi + band, 1) });
      if (isEmpty(value) || (value.lo === 0 && value.hi === 0 && this.notZero.has(i))) return 'never';
      values[i] = value;
    }
    return values[this.root];
  }

  private value(i: number, lo: Float64Array, hi: Float64Array): Interval {
    const node = this.nodes[i];
    const exact = this.which === 'exact';
    if (node.kind === Kind.Input) {
      const [l, h] = [lo[node.a], hi[node.a]];
      const brought = this.inputErrors[i];
      if (exact || brought > 0) return exact ? { lo: l, hi: h } : { lo: below(l - brought, 1), hi: above(h + brought, 1) };
      const round = this.options.roundedInputs?.round ?? (x => x);
      return { lo: round(l), hi: round(h) };
    }
    if (node.kind === Kind.Constant) {
      const { computed } = node.constant!;
      return exact ? exactRange(node.constant!) : { lo: computed, hi: computed };
    }
    const operands = this.children[i].map(c => this.values[c]);
    const row = operatorOf(node);
    if (row.domain(...(node.kind === Kind.Square ? [operands[0], operands[0]] : operands)) !== 'yes') return { lo: NaN, hi: NaN };
    let value = node.kind === Kind.Square ? squareInterval(operands[0]) : row.enclosure(...operands);
    if (exact || !node.step) return value;
    // The enclosure of a library function leaves room for three ulps.
    const slack = row.exactness.kind === 'library' ? (this.options.mathUlps ?? row.exactness.ulps) - 3 : 0;
    if (slack > 0) value = { lo: below(value.lo, slack), hi: above(value.hi, slack) };
    const { step } = node;
    const rounded = step.fp64 ? value : { lo: step.round(value.lo), hi: step.round(value.hi) };
    return rounded.hi <= step.maxFinite && rounded.lo >= step.lowest ? rounded : { lo: -Infinity, hi: Infinity };
  }
}

/** What guards say of computed values: of the difference itself, and of an operand that an exact constant is subtracted from. */
function computedClamps(graph: Graph, guards: readonly Guard[]): Clamp[] {
  return guards.flatMap(({ difference, relation }) => {
    if (relation === 'ne') return [];
    const lo = relation === 'gt' || relation === 'ge' || relation === 'eq' ? 0 : -Infinity;
    const hi = relation === 'lt' || relation === 'le' || relation === 'eq' ? 0 : Infinity;
    const node = graph.nodes[difference];
    const constant = node.kind === Kind.Sub && node.step === null ? graph.nodes[node.b].constant : null;
    // The computed difference is left − right as real numbers.
    const operand: Clamp[] = constant ? [{ node: node.a, lo: lo + constant.computed, hi: hi + constant.computed, same: true }] : [];
    return [{ node: difference, lo, hi, same: true }, ...operand];
  });
}
