import { decimalFraction, intersect, squareInterval, subInterval, type Interval } from '../../exact';
import { operator } from '../../operators';
import type { FunctionId, NumberLiteral, Program, VariableId } from '../../program';
import { errorOf, exactRange, fractionConstant } from './constant';
import { Graph, Kind, childrenOf } from './graph';
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

/** Loops that cannot be summarised are unrolled to so many times the operations to which others are. */
export const UNROLLED = 5;

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
  /** Most iterations of a summarised loop. */
  longest = 0;
  /** Depth of summarised loops whose bodies are being traced, and what they may not assign. */
  iterations = 0;
  outlives: ReadonlySet<VariableId> | null = null;
  private readonly made = new WeakMap<object, number>();
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
    if (++this.operations > UNROLLED * this.limits.operations) throw new TraceRefusal('runs for more steps than are unrolled', site);
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
    this.inputs.push({ path, range, node, ...(path.includes('#') ? { hidden: true } : {}) });
    return node;
  }

  /** The given range of a path, or of what it is a part of: the range of an array holds for its elements, that of an object for its parts. */
  private rangeGiven(path: string): readonly [number, number] | null {
    for (let name = path; name !== ''; name = name.replace(/(^|\.)[^.[\]]*$|\[[#\d]+\]$/, '')) {
      const range = this.boxOf(name);
      if (range) return range;
    }
    return null;
  }

  /** An input that is no parameter: a value of the range, with an error; `whole`: an integer. The same key gives the same node. */
  hiddenInput(key: string, range: readonly [number, number], error: number, site: number, whole = false): number {
    const known = this.inputs.find(i => i.path === key);
    if (known) return known.node;
    const node = this.graph.input(site, error);
    if (error > 0) this.graph.inputRanges.set(node, range);
    if (whole) this.graph.integers.add(node);
    this.inputs.push({ path: key, range, node, hidden: true });
    return node;
  }

  /** An exact whole number that belongs to a parameter, such as its length. */
  wholeInput(path: string, range: readonly [number, number], site: number): number {
    const known = this.inputs.find(i => i.path === path);
    if (known) return known.node;
    const node = this.graph.input(site);
    this.graph.integers.add(node);
    this.inputs.push({ path, range, node });
    return node;
  }

  /** What an index that is not known is called in the path of an element. */
  indexName(node: number): string {
    return `#${node}`;
  }

  /** Marks an array or object as made during the current iteration of a summarised loop, so that it may be changed there. */
  created<T extends object>(value: T): T {
    if (this.iterations > 0) this.made.set(value, this.iterations);
    return value;
  }

  /** Refuses a change of an array or object that outlives the iteration of a summarised loop. */
  changes(value: object, site: number): void {
    if (this.iterations > 0 && (this.made.get(value) ?? 0) < this.iterations) throw new TraceRefusal('changes an array or object in a loop that is too long to unroll', site);
  }

  /** Refuses an assignment to a variable that outlives the iteration and is not part of its state. */
  assigns(variable: VariableId, site: number): void {
    if (this.outlives?.has(variable)) throw new TraceRefusal(`assigns ${this.program.variables[variable].name} from inside a function that a long loop calls`, site);
  }

  /** Whether a value counts as true; a number that may be zero or not splits the path. */
  truthOf(value: Value, site: number): boolean {
    if (value.kind === 'constant') return Boolean(value.value);
    if (value.kind === 'number' || (value.kind === 'symbol' && (value.type.kind === 'number' || value.type.kind === 'unknown'))) {
      return this.compare('ne', this.number(value, site), this.graph.exact(0), site);
    }
    if (value.kind === 'symbol' && value.type.kind === 'boolean') throw new TraceRefusal(`depends on the boolean ${value.path}`, site);
    return true;
  }

  /** A literal: its nearest value of the format, with the exact error against the decimal that is written. */
  literal(expression: NumberLiteral): number {
    const { value, text, named } = expression;
    if (!Number.isFinite(value)) return this.graph.exact(value, expression.id);
    const computed = this.isCounter(value) ? value : this.step.round(value);
    if (!Number.isFinite(computed)) return this.graph.exact(computed, expression.id);
    const real = named ? namedReal(text) : undefined;
    if (real) {
      const error = errorOf(computed, real);
      // Either reading is covered: the irrational number, or the double that the constant is.
      return this.graph.constant({ computed, errorLo: Math.min(error.errorLo, computed - value), errorHi: Math.max(error.errorHi, computed - value) }, expression.id);
    }
    const fraction = named ? null : decimalFraction(text);
    if (!fraction) return this.graph.constant({ computed, errorLo: computed - value, errorHi: computed - value }, expression.id);
    return this.graph.constant(fractionConstant(computed, fraction), expression.id);
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

  /** Range of a node on the current path: what guards that compare it with constants leave of it, for a run that fulfils them. */
  rangeHere(node: number): Interval {
    let { lo, hi } = this.rangeOf(node);
    for (const { difference, relation } of this.guards) {
      const d = this.graph.nodes[difference];
      const c = d.kind === Kind.Sub && d.a === node ? this.graph.exactValue(d.b) : difference === node ? 0 : NaN;
      if (!(c === c) || relation === 'ne') continue;
      const whole = this.graph.integers.has(node);
      if (relation === 'lt' || relation === 'le' || relation === 'eq') hi = Math.min(hi, relation === 'lt' && whole ? c - 1 : c);
      if (relation === 'gt' || relation === 'ge' || relation === 'eq') lo = Math.max(lo, relation === 'gt' && whole ? c + 1 : c);
    }
    return { lo, hi };
  }

  private computeRange(index: number): Interval {
    const node = this.graph.nodes[index];
    if (node.kind === Kind.Constant) {
      const { computed } = node.constant!;
      const exact = exactRange(node.constant!);
      return { lo: Math.min(computed, exact.lo), hi: Math.max(computed, exact.hi) };
    }
    if (node.kind === Kind.Input) {
      const { range } = this.inputs.find(i => i.node === index) ?? { range: [-Infinity, Infinity] as const };
      const brought = this.graph.inputErrors.get(index) ?? 0;
      if (brought > 0) return { lo: range[0], hi: range[1] };
        const r = this.options.roundedInputs;
      return r ? { lo: Math.min(range[0], r.round(range[0])), hi: Math.max(range[1], r.round(range[1])) } : { lo: range[0], hi: range[1] };
    }
    const operands = childrenOf(node).map(c => this.ranges[c]);
    // A quotient by 0 is an infinity of either sign, which the enclosure of real quotients leaves out.
    if (node.kind === Kind.Div && operands[1].lo <= 0 && operands[1].hi >= 0) return { lo: -Infinity, hi: Infinity };
    const row = node.operator ?? (node.kind === Kind.Min ? operator('min') : node.kind === Kind.Max ? operator('max') : node.kind === Kind.Neg ? operator('neg') : null);
    const exact = node.kind === Kind.Round ? operands[0] : node.kind === Kind.Square ? squareInterval(operands[0]) : row!.enclosure(...operands);
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
    const range = intersect(this.rangeOf(difference), subInterval(this.rangeHere(left), this.rangeHere(right)));
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
