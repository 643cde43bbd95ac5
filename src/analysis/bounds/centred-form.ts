import { Kind } from './graph';
import { OUT, TINY, UP } from './outward';
import type { SweepLayout } from './sweep-layout';

/**
 * Ranges by the mean value theorem, in the forward pass: with D an enclosure of a value's derivatives by the inputs over the box and c the middle of the box,
 *
 *     v(x) ∈ v(c) + Σ D_k·(x_k − c_k)
 *
 * for every perturbed state, the perturbations being kept: v(c) is widened by what the roundings of the box can do. Where a long computation uses its inputs over and over this is far narrower than
 * what the operations say one by one; V and F are intersected with it, and every later node profits. Nodes without bounded derivative, and what depends on them, are left alone, and so is all that
 * follows a value that a guard has narrowed: the way from c to x might not keep to the guard.
 */
export class CentredForm {
  private readonly at: Float64Array;
  /** Bound of |perturbed value − at| at the middle; infinite: not known. */
  private readonly spread: Float64Array;
  private readonly dlo: Float64Array;
  private readonly dhi: Float64Array;
  private readonly middle: Float64Array;
  private readonly radius: Float64Array;

  constructor(private readonly s: SweepLayout, private readonly inputs: number) {
    const n = s.order.length;
    this.at = new Float64Array(n);
    this.spread = new Float64Array(n);
    this.dlo = new Float64Array(n * inputs);
    this.dhi = new Float64Array(n * inputs);
    this.middle = new Float64Array(inputs);
    this.radius = new Float64Array(inputs);
  }

  begin(lo: Float64Array, hi: Float64Array): void {
    for (let k = 0; k < this.inputs; k++) {
      const m = Math.min(hi[k], Math.max(lo[k], lo[k] / 2 + hi[k] / 2));
      this.middle[k] = m;
      this.radius[k] = Math.max(hi[k] - m, m - lo[k]) * UP;
    }
  }

  /** Narrows V and F of a node that has just been evaluated. */
  tighten(i: number): void {
    const { s, at, spread, inputs } = this;
    const { kind, nodes, first, child, h, vlo, vhi, flo, fhi } = s;
    const node = nodes[i];
    const base = i * inputs;
    this.dlo.fill(0, base, base + inputs);
    this.dhi.fill(0, base, base + inputs);
    if (kind[i] === Kind.Constant) {
      at[i] = node.constant!.computed;
      spread[i] = s.error[i] * UP;
      return;
    }
    // The same perturbation may come with any place of the box.
    vlo[i] -= h[i] * UP;
    vhi[i] += h[i] * UP;
    if (kind[i] === Kind.Input) {
      at[i] = this.middle[node.a];
      spread[i] = h[i];
      this.dlo[base + node.a] = this.dhi[base + node.a] = 1;
      return;
    }
    const e0 = first[i];
    const e1 = first[i + 1];
    const value = this.valueAt(i);
    // Off by its own rounding (library functions: 8 ulps and more), by the rounding of the program, and by what the operands' spread does to it.
    let off = Math.abs(value) * (kind[i] === Kind.Call ? 4e-15 : OUT) + TINY + h[i];
    for (let e = e0; e < e1; e++) {
      const c = child[e];
      const l = this.slopeLo(i, e);
      const u = this.slopeHi(i, e);
      if (spread[c] !== 0) off += spread[c] * Math.max(-l, u) * UP;
      const from = c * inputs;
      for (let k = 0; k < inputs; k++) {
        const cl = this.dlo[from + k];
        const cu = this.dhi[from + k];
        if (cl === 0 && cu === 0) continue;
        const p = l * cl;
        const q = l * cu;
        const r = u * cl;
        const t = u * cu;
        const nl = this.dlo[base + k] + Math.min(p, q, r, t);
        const nu = this.dhi[base + k] + Math.max(p, q, r, t);
        const size = Math.max(Math.abs(p), Math.abs(q), Math.abs(r), Math.abs(t));
        this.dlo[base + k] = nl - (Math.max(Math.abs(nl), size) * OUT + TINY);
        this.dhi[base + k] = nu + (Math.max(Math.abs(nu), size) * OUT + TINY);
      }
    }
    at[i] = value;
    spread[i] = off * UP * UP;
    let reach = spread[i];
    for (let k = 0; k < inputs; k++) {
      const most = Math.max(-this.dlo[base + k], this.dhi[base + k]);
      if (most !== 0) reach += most * this.radius[k] * UP;
    }
    reach = (reach + Math.abs(value) * OUT + TINY) * UP;
    if (!(reach < Infinity)) {
      spread[i] = Infinity;
      return;
    }
    const low = value - reach;
    const high = value + reach;
    if (low > vlo[i]) vlo[i] = low;
    if (high < vhi[i]) vhi[i] = high;
    // Computed values are among the perturbed ones.
    if (low > flo[i]) flo[i] = low;
    if (high < fhi[i]) fhi[i] = high;
    if (s.plain[i] === 1 && h[i] > 0) h[i] = Math.min(h[i], node.step!.half(Math.max(-flo[i], fhi[i])));
  }

  private slopeLo(i: number, e: number): number {
    return this.s.kind[i] === Kind.Call ? this.s.tlo[e] : this.s.dlo[e];
  }

  private slopeHi(i: number, e: number): number {
    return this.s.kind[i] === Kind.Call ? this.s.thi[e] : this.s.dhi[e];
  }

  private valueAt(i: number): number {
    const { s, at } = this;
    const { kind, first, child, nodes } = s;
    const e0 = first[i];
    const a = at[child[e0]];
    const b = at[child[e0 + 1]];
    switch (kind[i]) {
      case Kind.Add: return a + b;
      case Kind.Sub: return a - b;
      case Kind.Mul: return a * b;
      case Kind.Square: return a * a;
      case Kind.Div: return a / b;
      case Kind.Sqrt: return s.dhi[e0] === 0 ? NaN : Math.sqrt(a);
      case Kind.Neg: return -a;
      case Kind.Abs: return Math.abs(a);
      case Kind.Min: return Math.min(a, b);
      case Kind.Max: return Math.max(a, b);
      case Kind.Round: return a;
      default: {
        const row = nodes[i].operator!;
        // Steps have no derivative, whatever the table says of an interval within one.
        if (row.family !== 'elementary' && row.family !== 'arithmetic') return NaN;
        const operands: number[] = [];
        for (let e = e0; e < first[i + 1]; e++) operands.push(at[child[e]]);
        return row.value(...operands);
      }
    }
  }
}
