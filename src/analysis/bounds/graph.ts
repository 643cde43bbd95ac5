import { above, below, doubleDouble } from '../../exact';
import { operator, type Operator } from '../../operators';
import { exactOf, foldConstant, fractionConstant, type ConstantValue } from './constant';
import type { StepModel } from './step-model';

/**
 * The hash-consed graph of a straight-line computation: one node per distinct operation, children before parents. Equal operations are one node, so their
 * rounding errors are equal and cancel. Every node stands for two numbers: the exact real value and the value that the program computes.
 */
export const enum Kind { Input, Constant, Add, Sub, Mul, Square, Div, Sqrt, Neg, Abs, Min, Max, Round, Call }

export interface GraphNode {
  readonly kind: Kind;
  /** Operands of Add … Round; −1 when absent. For Input: index of the input in `a`. */
  readonly a: number;
  readonly b: number;
  /** Operands of a Call. */
  readonly operands: readonly number[];
  readonly constant: ConstantValue | null;
  readonly operator: Operator | null;
  /** How the result rounds; null: exact. */
  readonly step: StepModel | null;
  /** First expression of the program that computes it, −1 for none. */
  readonly site: number;
}

export class Graph {
  readonly nodes: GraphNode[] = [];
  private readonly known = new Map<string, number>();
  private readonly steps: StepModel[] = [];
  inputs = 0;
  readonly inputErrors = new Map<number, number>();
  /** Inputs with an error: exact and computed values both lie in this range. */
  readonly inputRanges = new Map<number, readonly [number, number]>();
  /** Inputs that are whole numbers. */
  readonly integers = new Set<number>();

  /** Nodes a graph may have; beyond it `GraphTooLarge` is thrown. */
  constructor(private readonly limit = 40_000) {}

  /** A new input; `error` bounds the error that it comes with (the result of a summarised loop). */
  input(site: number, error = 0): number {
    const node = this.push(`input ${this.inputs}`, { ...EMPTY_NODE, kind: Kind.Input, a: this.inputs++, site });
    if (error > 0) this.inputErrors.set(node, error);
    return node;
  }

  constant(value: ConstantValue, site: number): number {
    const v = Object.is(value.computed, -0) ? { ...value, computed: 0 } : value;
    return this.push(`c ${v.computed} ${v.errorLo} ${v.errorHi} ${v.fraction && v.errorLo !== 0 ? `${v.fraction.numerator}/${v.fraction.denominator}` : ''}`, { ...EMPTY_NODE, kind: Kind.Constant, constant: v, site });
  }

  exact(value: number, site = -1): number {
    return this.constant({ computed: value, errorLo: 0, errorHi: 0 }, site);
  }

  constantOf(node: number): ConstantValue | null {
    return this.nodes[node].constant;
  }

  /** An exact constant's value, else NaN. */
  exactValue(node: number): number {
    const c = this.nodes[node].constant;
    return c && c.errorLo === 0 && c.errorHi === 0 ? c.computed : NaN;
  }

  /** Result of an operator of the table, rounded by `step`. Simplifies what is the same for exact and computed values. */
  apply(id: string, operands: readonly number[], step: StepModel | null, site: number): number {
    switch (id) {
      case 'plus': return operands[0];
      case 'neg': return lopsided(step) ? this.binary(Kind.Sub, 'sub', this.exact(0), operands[0], step, site) : this.negate(operands[0], site);
      case 'add': return this.add(operands[0], operands[1], step, site);
      case 'sub': return this.subtract(operands[0], operands[1], step, site);
      case 'mul': return this.multiply(operands[0], operands[1], step, site);
      case 'div': return this.exactValue(operands[1]) === 1 ? operands[0] : this.binary(Kind.Div, 'div', operands[0], operands[1], step, site);
      case 'sqrt': return this.unary(Kind.Sqrt, 'sqrt', operands[0], step, site);
      case 'abs': if (lopsided(step)) return this.select('max', [operands[0], this.apply('neg', operands, step, site)], site);
        return this.nodes[operands[0]].kind === Kind.Abs || this.nodes[operands[0]].kind === Kind.Square ? operands[0] : this.unary(Kind.Abs, 'abs', operands[0], null, site);
      case 'min': case 'max': return this.select(id, operands, site);
      case 'pow': return this.power(operands[0], operands[1], step, site);
      case 'hypot': if (operands.length === 1) return this.apply('abs', operands, null, site);
    }
    const row = operator(id);
    const rounds = row.exactness.kind === 'exact' && row.family !== 'bitwise' ? null : step;
    return this.push(`${id} ${operands.join(' ')} ${this.stepKey(rounds)}`, { ...EMPTY_NODE, kind: Kind.Call, operands: [...operands], operator: row, step: rounds, site });
  }

  /** The value rounded to another format (`Math.fround`, a typed-array store). An operation that is rounded once more to a format of few enough bits is rounded there at once. */
  round(node: number, step: StepModel, site: number): number {
    const inner = this.nodes[node];
    if (inner.step === step) return node;
    if (inner.kind === Kind.Constant) {
      const c = inner.constant!;
      const computed = step.round(c.computed);
      const d = computed - c.computed;
      if (!Number.isFinite(computed)) return this.exact(computed, site);
      if (c.fraction) return this.constant(fractionConstant(computed, c.fraction), site);
      return this.constant({ computed, errorLo: below(c.errorLo + d, d === 0 ? 0 : 1), errorHi: above(c.errorHi + d, d === 0 ? 0 : 1), exact: exactOf(c) }, site);
    }
    if (inner.kind === Kind.Neg || inner.kind === Kind.Abs) {
      const child = this.round(inner.a, step, site);
      return inner.kind === Kind.Neg ? this.negate(child, site) : this.apply('abs', [child], null, site);
    }
    return this.push(`round ${node} ${this.stepKey(step)}`, { ...EMPTY_NODE, kind: Kind.Round, a: node, step, site });
  }

  private add(a: number, b: number, step: StepModel | null, site: number): number {
    if (this.exactValue(a) === 0) return b;
    if (this.exactValue(b) === 0) return a;
    if (!lopsided(step) && this.nodes[b].kind === Kind.Neg) return this.subtract(a, this.nodes[b].a, step, site);
    if (!lopsided(step) && this.nodes[a].kind === Kind.Neg) return this.subtract(b, this.nodes[a].a, step, site);
    if (a === b) return this.multiply(this.exact(2), a, step, site);
    return this.binary(Kind.Add, 'add', Math.min(a, b), Math.max(a, b), step, site);
  }

  private subtract(a: number, b: number, step: StepModel | null, site: number): number {
    if (this.exactValue(b) === 0) return a;
    if (this.exactValue(a) === 0) return this.apply('neg', [b], step, site);
    // 0·a rather than 0, so that an overflow of the operation a is still seen.
    if (a === b) return this.multiply(this.exact(0), a, step, site);
    if (!lopsided(step) && this.nodes[b].kind === Kind.Neg) return this.add(a, this.nodes[b].a, step, site);
    if (!lopsided(step) && this.nodes[a].kind === Kind.Neg) return this.negate(this.add(this.nodes[a].a, b, step, site), site);
    return this.binary(Kind.Sub, 'sub', a, b, step, site);
  }

  private multiply(a: number, b: number, step: StepModel | null, site: number): number {
    for (const [c, x] of [[a, b], [b, a]]) {
      const value = this.exactValue(c);
      if (value === 1) return x;
      if (value === 0 && this.nodes[x].kind === Kind.Input) return c;
      if (value === -1) return this.apply('neg', [x], step, site);
      if (!lopsided(step) && this.nodes[c].kind === Kind.Neg) return this.negate(this.multiply(this.nodes[c].a, x, step, site), site);
    }
    if (a === b) return this.unary(Kind.Square, 'mul', a, step, site);
    return this.binary(Kind.Mul, 'mul', Math.min(a, b), Math.max(a, b), step, site);
  }

  private negate(a: number, site: number): number {
    const node = this.nodes[a];
    if (node.kind === Kind.Neg) return node.a;
    const fraction = node.constant?.fraction;
    if (node.constant) return this.constant({ computed: -node.constant.computed, errorLo: -node.constant.errorHi, errorHi: -node.constant.errorLo, exact: doubleDouble.neg(exactOf(node.constant)), ...(fraction ? { fraction: { numerator: -fraction.numerator, denominator: fraction.denominator } } : {}) }, site);
    return this.push(`neg ${a}`, { ...EMPTY_NODE, kind: Kind.Neg, a, site });
  }

  private select(id: 'min' | 'max', operands: readonly number[], site: number): number {
    if (operands.length === 0) return this.exact(id === 'min' ? Infinity : -Infinity, site);
    const neutral = id === 'min' ? Infinity : -Infinity;
    return operands.slice(1).reduce((r, x) => (r === x || this.exactValue(x) === neutral ? r : this.exactValue(r) === neutral ? x : this.push(`${id} ${Math.min(r, x)} ${Math.max(r, x)}`,
      { ...EMPTY_NODE, kind: id === 'min' ? Kind.Min : Kind.Max, a: Math.min(r, x), b: Math.max(r, x), site })), operands[0]);
  }

  private power(x: number, y: number, step: StepModel | null, site: number): number {
    const n = this.exactValue(y);
    if (n === 1) return x;
    if (n === 0) return this.exact(1, site);
    // ECMAScript leaves the accuracy of ** open, squares included: the error stays that of the library.
    const row = operator('pow');
    return this.push(`pow ${x} ${y} ${this.stepKey(step)}`, { ...EMPTY_NODE, kind: Kind.Call, operands: [x, y], operator: row, step, site });
  }

  private unary(kind: Kind, id: string, a: number, step: StepModel | null, site: number): number {
    return this.push(`${kind} ${a} ${this.stepKey(step)}`, { ...EMPTY_NODE, kind, a, operator: operator(id), step, site });
  }

  private binary(kind: Kind, id: string, a: number, b: number, step: StepModel | null, site: number): number {
    return this.push(`${kind} ${a} ${b} ${this.stepKey(step)}`, { ...EMPTY_NODE, kind, a, b, operator: operator(id), step, site });
  }

  private stepKey(step: StepModel | null): number {
    if (!step) return -1;
    const index = this.steps.indexOf(step);
    return index >= 0 ? index : this.steps.push(step) - 1;
  }

  private push(key: string, node: GraphNode): number {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const operands = childrenOf(node).map(c => this.nodes[c].constant);
    const folded = operands.length === 0 || operands.some(c => c === null) ? null : foldConstant(operatorOf(node), node.step, (node.kind === Kind.Square ? [operands[0], operands[0]] : operands) as ConstantValue[]);
    if (folded) {
      const index = this.constant(folded, node.site);
      this.known.set(key, index);
      return index;
    }
    if (this.nodes.length >= this.limit) throw new GraphTooLarge();
    this.nodes.push(node);
    this.known.set(key, this.nodes.length - 1);
    return this.nodes.length - 1;
  }
}

/** The row of the operator table that a node computes. */
export function operatorOf(node: GraphNode): Operator {
  if (node.operator) return node.operator;
  return operator(node.kind === Kind.Min ? 'min' : node.kind === Kind.Max ? 'max' : node.kind === Kind.Neg ? 'neg' : 'plus');
}

export function childrenOf(node: GraphNode): readonly number[] {
  if (node.kind === Kind.Input || node.kind === Kind.Constant) return [];
  if (node.kind === Kind.Call) return node.operands;
  return node.b >= 0 ? [node.a, node.b] : [node.a];
}

/** Whether the format is not symmetric about 0 (two's complement, unsigned), so that a change of sign may saturate and signs may not be moved. */
function lopsided(step: StepModel | null): boolean {
  return step !== null && step.lowest !== -step.maxFinite;
}

/** More operations than the analysis takes at once. */
export class GraphTooLarge extends Error {
  override readonly name = 'GraphTooLarge';
}

const EMPTY_NODE: GraphNode = { kind: Kind.Constant, a: -1, b: -1, operands: [], constant: null, operator: null, step: null, site: -1 };
