import { above, below, bigFromFraction, bigFromNumber, bigToDoubleDouble, bigToNumber, decimalFraction, subBig, type BigFloat, type Interval } from '../../exact';
import { operator } from '../../operators';
import type { FunctionId, NumberLiteral, Program, VariableId } from '../../program';
import { Graph, Kind, childrenOf, type ConstantValue } from './graph';
import { namedReal } from './named-constants';
import type { Guard } from './guard';
import type { StepModel } from './step-model';
import type { SweepOptions } from './sweep-layout';
import { TraceRefusal, type Value } from './value';

export interface Input {
  /** `x`, `p.x`, `xs[2]`. */
  readonly path: string;
  readonly range: readonly [number, number];
  readonly node: number;
  /** True for the state of a summarised loop, which is no parameter. */
  readonly hidden?: boolean;
}

export interface TraceLimits {
  /** Operations of the program that one path may execute. */
  readonly operations: number;
  readonly paths: number;
}

/**
 * State of the tracing of one function. A path is run from its start with concrete control flow; where a comparison is not decided on the whole box, the list
 * of decisions says which way to go, and the alternatives are run later, from the start again. All paths build one graph, so what they share is shared.
 */
export class Tracer {
  readonly graph = new Graph();
  readonly inputs: Input[] = [];
  readonly environment = new Map<VariableId, Value>();
  readonly notes = new Set<string>();
  /** Guards assumed on the current path, in order. */
  guards: Guard[] = [];
  /** Decisions taken on the current path; `forced` is its given beginning. */
  decisions: boolean[] = [];
  forced: readonly boolean[] = [];
  operations = 0;
  depth = 0;
  private readonly ranges: Interval[] = [];

  constructor(readonly program: Program, readonly step: StepModel, readonly options: SweepOptions, readonly limits: TraceLimits,
    readonly boxOf: (path: string) => readonly [number, number] | null, readonly callFunction: (tracer: Tracer, id: FunctionId, operands: readonly Value[], site: number) => Value) {}

  begin(forced: readonly boolean[]): void {
    this.environment.clear();
    this.guards = [];
    this.decisions = [];
    this.forced = forced;
    this.operations = 0;
    this.depth = 0;
  }

  /** Counts one step of execution; refuses beyond the limit. */
  tick(site: number): void {
    if (++this.operations > this.limits.operations) throw new TraceRefusal('runs for more steps than are unrolled', site);
  }

  /** The number node of a value; a symbolic parameter becomes an input now. */
  number(value: Value, site: number): number {
    if (value.kind === 'number') return value.node;
    if (value.kind === 'constant') {
      if (typeof value.value === 'boolean') return this.graph.exact(value.value ? 1 : 0, site);
      if (value.value === null) return this.graph.exact(0, site);
      throw new TraceRefusal(value.value === undefined ? 'uses undefined as a number' : 'uses text as a number', site);
    }
    if (value.kind === 'symbol') return this.input(value.path, value.range, site);
    throw new TraceRefusal(`uses an ${value.kind} as a number`, site);
  }

  private input(path: string, declared: readonly [number, number] | null, site: number): number {
    const known = this.inputs.find(i => i.path === path);
    if (known) return known.node;
    const range = this.rangeGiven(path) ?? declared;
    if (!range) throw new TraceRefusal(`needs the range of ${path}: give --range ${path}=LO..HI, or @range ${path} [LO, HI] above the function`, site);
    // In other formats a constant could be taken for a counter, which does not round.
    const fixed = this.step.fp64 && range[0] === range[1];
    const node = fixed ? this.graph.exact(range[0], site) : this.graph.input(site);
    this.inputs.push({ path, range, node });
    return node;
  }

  /** The given range of a path, or of what it is a part of: the range of an array holds for its elements, that of an object for its parts. */
  private rangeGiven(path: string): readonly [number, number] | null {
    for (let name = path; name !== ''; name = name.replace(/(^|\.)[^.[\]]*$|\[\d+\]$/, '')) {
      const range = this.boxOf(name);
      if (range) return range;
    }
    return null;
  }

  /** An input that is no parameter: a value of the range, with an error. The same key gives the same node. */
  hiddenInput(key: string, range: readonly [number, number], error: number, site: number): number {
    const known = this.inputs.find(i => i.path === key);
    if (known) return known.node;
    const node = this.graph.input(site, error);
    this.inputs.push({ path: key, range, node, hidden: true });
    return node;
  }

  /** A literal: its nearest value of the format, with the exact error against the decimal that is written. */
  literal(expression: NumberLiteral): number {
    const { value, text, named } = expression;
    if (!Number.isFinite(value)) return this.graph.exact(value, expression.id);
    const computed = this.isCounter(value) ? value : this.step.round(value);
    if (!Number.isFinite(computed)) return this.graph.exact(computed, expression.id);
    const real = named ? namedReal(text) : undefined;
    if (real) {
      const error = difference(computed, real);
      // Either reading is covered: the irrational number, or the double that the constant is.
      return this.graph.constant({ computed, errorLo: Math.min(error.errorLo, computed - value), errorHi: Math.max(error.errorHi, computed - value) }, expression.id);
    }
    const fraction = named ? null : decimalFraction(text);
    if (!fraction) return this.graph.constant({ computed, errorLo: computed - value, errorHi: computed - value }, expression.id);
    return this.graph.constant({ computed, ...difference(computed, bigFromFraction(fraction.numerator, fraction.denominator, 300)) }, expression.id);
  }

  /** Integers stay exact until they meet data: they count, index and bound loops. */
  private isCounter(value: number): boolean {
    return !this.step.fp64 && Number.isSafeInteger(value);
  }

  /** Applies an operator of the table in the format of the analysis. `counting`: some operand comes from a variable, so that an operation on integers may be one on counters. */
  apply(id: string, operands: readonly number[], site: number, counting = true): number {
    this.tick(site);
    const { graph, step } = this;
    if (step.fp64) return graph.apply(id, operands, step, site);
    const exact = operands.map(n => graph.exactValue(n));
    if (counting && exact.every(Number.isSafeInteger)) {
      const value = operator(id).value(...exact);
      if (Number.isSafeInteger(value)) return graph.exact(value, site);
    }
    // A counter that enters data arithmetic is rounded to the format there.
    return graph.apply(id, operands.map(n => (graph.nodes[n].kind === Kind.Constant ? graph.round(n, step, site) : n)), step, site);
  }

  /** Range of a node over the whole box, exact and computed values both inside. */
  rangeOf(node: number): Interval {
    while (this.ranges.length <= node) this.ranges.push(this.computeRange(this.ranges.length));
    return this.ranges[node];
  }

  private computeRange(index: number): Interval {
    const node = this.graph.nodes[index];
    if (node.kind === Kind.Constant) {
      const c = node.constant!;
      return { lo: Math.min(c.computed, below(c.computed - c.errorHi, c.errorHi === 0 ? 0 : 1)), hi: Math.max(c.computed, above(c.computed - c.errorLo, c.errorLo === 0 ? 0 : 1)) };
    }
    if (node.kind === Kind.Input) {
      const { range } = this.inputs.find(i => i.node === index) ?? { range: [-Infinity, Infinity] as const };
      const brought = this.graph.inputErrors.get(index) ?? 0;
      if (brought > 0) return { lo: range[0] - 2 * brought, hi: range[1] + 2 * brought };
        const r = this.options.roundedInputs;
      return r ? { lo: Math.min(range[0], r.round(range[0])), hi: Math.max(range[1], r.round(range[1])) } : { lo: range[0], hi: range[1] };
    }
    const operands = childrenOf(node).map(c => this.ranges[c]);
    const row = node.operator ?? (node.kind === Kind.Min ? operator('min') : node.kind === Kind.Max ? operator('max') : node.kind === Kind.Neg ? operator('neg') : null);
    const exact = node.kind === Kind.Round ? operands[0] : node.kind === Kind.Square ? operator('pow').enclosure(operands[0], { lo: 2, hi: 2 }) : row!.enclosure(...operands);
    if (!node.step || !(exact.lo > -Infinity && exact.hi < Infinity)) return exact;
    const slack = 8 * node.step.half(Math.max(-exact.lo, exact.hi));
    return { lo: exact.lo - slack, hi: exact.hi + slack };
  }

  /** Decides a comparison: from the ranges where they decide it, else by the path, noting the guard. */
  compare(id: Guard['relation'], left: number, right: number, site: number): boolean {
    this.tick(site);
    const [l, r] = [this.graph.exactValue(left), this.graph.exactValue(right)];
    if (l === l && r === r) return operator(id).value(l, r) === 1;
    const difference = this.graph.apply('sub', [left, right], null, site);
    const range = this.rangeOf(difference);
    const sides = [range.lo < 0, range.lo <= 0 && range.hi >= 0, range.hi > 0].map((possible, i) => (possible ? relationHolds(id, i - 1) : null)).filter(x => x !== null);
    if (sides.length > 0 && sides.every(x => x === sides[0])) return sides[0];
    const known = this.guards.find(g => g.difference === difference && (g.relation === id || g.relation === NEGATION[id]));
    if (known) return known.relation === id;
    const taken = this.decisions.length < this.forced.length ? this.forced[this.decisions.length] : true;
    this.decisions.push(taken);
    this.guards.push({ difference, relation: taken ? id : NEGATION[id] });
    return taken;
  }
}

export const NEGATION: Readonly<Record<Guard['relation'], Guard['relation']>> = { lt: 'ge', le: 'gt', gt: 'le', ge: 'lt', eq: 'ne', ne: 'eq' };

function relationHolds(id: Guard['relation'], order: number): boolean {
  return operator(id).value(order, 0) === 1;
}

/** computed − exact as a narrow enclosure. */
function difference(computed: number, exact: BigFloat): Omit<ConstantValue, 'computed'> {
  const d = subBig(bigFromNumber(computed), exact);
  // A quotient that is no binary number is itself rounded at 300 bits: one step outward on either side covers it.
  const value = bigToNumber(d);
  return value === 0 ? { errorLo: 0, errorHi: 0 } : { errorLo: below(value, 1), errorHi: above(value, 1), exact: bigToDoubleDouble(exact) };
}
