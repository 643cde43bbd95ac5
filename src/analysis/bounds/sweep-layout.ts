import { above, below } from '../../exact';
import { Kind, childrenOf, type Graph, type GraphNode } from './graph';
import type { Guard } from './guard';
import { clampsOf, type Clamp } from './linear';
import { powerBelow, type StepModel } from './step-model';

export interface SweepOptions {
  /** Format of exact inputs: decides on which grid they lie. */
  readonly inputs: StepModel;
  /** Inputs are reals rounded once to this format; null: they are values of the format. */
  readonly roundedInputs: StepModel | null;
  /** Accuracy of `Math.*` in ulps for every function; undefined: as the operator table says. */
  readonly mathUlps?: number;
}

/** The arrays of a sweep: the needed part of a graph, children first, with room for what the passes compute. */
export class SweepLayout {
  /** Nodes of this sweep, as indices into the graph, children first. */
  readonly order: Int32Array;
  readonly vlo: Float64Array;
  readonly vhi: Float64Array;
  /** Ends of the computed values. */
  readonly flo: Float64Array;
  readonly fhi: Float64Array;
  /** Bound of the rounding error made at the node itself, and of its whole error. */
  readonly h: Float64Array;
  readonly error: Float64Array;
  /** Interval adjoints of the last backward pass. */
  readonly alo: Float64Array;
  readonly ahi: Float64Array;
  /** After an infinite result: the local node that caused it and why. */
  trouble = -1;
  reason = '';

  /** Set when the guards leave nothing of the box. */
  infeasible = false;

  readonly clamps = new Map<number, Clamp>();
  readonly clamped: Uint8Array;
  readonly grid: Float64Array;
  readonly kind: Uint8Array;
  readonly first: Int32Array;
  readonly child: Int32Array;
  readonly dlo: Float64Array;
  readonly dhi: Float64Array;
  /** 1 for a product or quotient by a power of two, which only underflow can round. */
  readonly scales: Uint8Array;
  /** 1 for a correctly rounded fp64 operation. */
  readonly plain: Uint8Array;
  private readonly local: Map<number, number>;
  readonly nodes: GraphNode[];
  /** Error that an input comes with. */
  readonly inputError: Float64Array;
  /** Ends that neither the exact nor the computed value of such an input passes. */
  readonly inputLo: Float64Array;
  readonly inputHi: Float64Array;
  /** 1 for an input that is a whole number. */
  readonly wholeInput: Uint8Array;
  /** Whether the last forward pass bounded the error of some operation as a whole, which does not grow linearly with the errors of its operands. */
  cut = false;
  /** Whether a guard narrowed some value in the last forward pass. */
  clampBites = false;
  /** Slopes of table operators as they are; `dlo`, `dhi` are 0 for exact operands, which have no error to pass on. */
  readonly tlo: Float64Array;
  readonly thi: Float64Array;
  constructor(graph: Graph, roots: readonly number[], readonly options: SweepOptions, guards: readonly Guard[] = []) {
    const needed = new Set<number>();
    const stack = [...roots];
    while (stack.length > 0) {
      const n = stack.pop()!;
      if (needed.has(n)) continue;
      needed.add(n);
      stack.push(...childrenOf(graph.nodes[n]));
    }
    this.order = Int32Array.from([...needed].sort((a, b) => a - b));
    this.local = new Map([...this.order].map((n, i) => [n, i]));
    this.nodes = [...this.order].map(n => graph.nodes[n]);
    const count = this.order.length;
    this.inputError = Float64Array.from(this.order, n => graph.inputErrors.get(n) ?? 0);
    this.inputLo = Float64Array.from(this.order, n => graph.inputRanges.get(n)?.[0] ?? -Infinity);
    this.inputHi = Float64Array.from(this.order, n => graph.inputRanges.get(n)?.[1] ?? Infinity);
    this.wholeInput = Uint8Array.from(this.order, n => (graph.integers.has(n) ? 1 : 0));
    const edges = this.nodes.map(childrenOf);
    const total = edges.reduce((s, c) => s + c.length, 0);
    [this.vlo, this.vhi, this.flo, this.fhi, this.h, this.error, this.alo, this.ahi, this.grid] = Array.from({ length: 9 }, () => new Float64Array(count)) as
      [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.kind = Uint8Array.from(this.nodes.map(n => n.kind));
    this.first = new Int32Array(count + 1);
    this.child = new Int32Array(total);
    this.dlo = new Float64Array(total);
    this.dhi = new Float64Array(total);
    this.tlo = new Float64Array(total);
    this.thi = new Float64Array(total);
    let next = 0;
    edges.forEach((children, i) => {
      this.first[i] = next;
      for (const c of children) this.child[next++] = this.local.get(c)!;
    });
    this.first[count] = next;
    this.clamped = new Uint8Array(count);
    for (const c of clampsOf(graph, guards, [...this.order])) {
      const i = this.local.get(c.node)!;
      const known = this.clamps.get(i);
      this.clamps.set(i, known ? { ...c, lo: Math.max(c.lo, known.lo), hi: Math.min(c.hi, known.hi), same: c.same && known.same } : c);
      this.clamped[i] = 1;
    }
    this.plain = Uint8Array.from(this.nodes.map(n => (n.step?.fp64 && n.kind !== Kind.Input && n.operator?.exactness.kind !== 'library' ? 1 : 0)));
    this.scales = new Uint8Array(count);
    this.nodes.forEach((node, i) => this.prepare(node, i));
    this.nodes.forEach((node, i) => { this.scales[i] = this.isScaling(node, i) ? 1 : 0; });
  }

  /** Local index of a graph node. */
  at(node: number): number {
    return this.local.get(node)!;
  }

  /** Whether the sweep needs a graph node. */
  has(node: number): boolean {
    return this.local.has(node);
  }

  node(local: number): GraphNode {
    return this.nodes[local];
  }

  private prepare(node: GraphNode, i: number): void {
    const e = this.first[i];
    if (node.kind === Kind.Constant) {
      const c = node.constant!;
      this.flo[i] = this.fhi[i] = c.computed;
      this.vlo[i] = below(Math.min(c.computed, c.computed - c.errorHi), c.errorHi === 0 && c.errorLo === 0 ? 0 : 1);
      this.vhi[i] = above(Math.max(c.computed, c.computed - c.errorLo), c.errorHi === 0 && c.errorLo === 0 ? 0 : 1);
      this.error[i] = Math.max(Math.abs(c.errorLo), Math.abs(c.errorHi));
      this.grid[i] = lowestBit(c.computed);
    } else if (node.kind === Kind.Add || node.kind === Kind.Round) {
      this.dlo.fill(1, e, this.first[i + 1]);
      this.dhi.fill(1, e, this.first[i + 1]);
    } else if (node.kind === Kind.Sub) {
      this.dlo[e] = this.dhi[e] = 1;
      this.dlo[e + 1] = this.dhi[e + 1] = -1;
    } else if (node.kind === Kind.Neg) {
      this.dlo[e] = this.dhi[e] = -1;
    }
  }

  private isScaling(node: GraphNode, i: number): boolean {
    if (node.kind !== Kind.Mul && node.kind !== Kind.Div) return false;
    return [this.first[i], this.first[i] + 1].some(e => {
      const c = this.nodes[this.child[e]].constant;
      return c !== null && c.errorLo === 0 && c.errorHi === 0 && powerBelow(c.computed) === Math.abs(c.computed) && c.computed !== 0 && (node.kind === Kind.Mul || e > this.first[i]);
    });
  }
}

/** The largest power of two that divides x; ∞ for 0. */
function lowestBit(x: number): number {
  if (x === 0) return Infinity;
  if (!Number.isFinite(x)) return 0;
  let bit = powerBelow(x);
  for (let rest = Math.abs(x) - bit; rest !== 0; rest -= bit) bit = powerBelow(rest);
  return bit;
}
