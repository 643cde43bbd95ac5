import { boundOfRoot } from './adjoints';
import type { CentredForm } from './centred-form';
import { Kind } from './graph';
import { DOWN, OUT, TINY, UP } from './outward';
import { powerBelow } from './step-model';
import { SweepRounding, halfAt } from './sweep-rounding';
import { forwardError, realAtLeast, tableCall } from './table-call';

export type { SweepOptions } from './sweep-layout';

/**
 * One evaluation of a graph over one box of inputs: two passes that bound |computed − exact| rigorously, higher orders included.
 *
 * With vᵢ the value of node i, let the nodes be perturbed one after the other, children first: a perturbed node has its computed value, the others the exact
 * operation on whatever their children have by then. The root moves from exact to computed, and by the mean value theorem the step of node i moves it by Aᵢ·eᵢ,
 * where eᵢ is the rounding error of node i and Aᵢ a value of ∂root/∂vᵢ at such a mixed state. So
 *
 *     |computed − exact| ≤ |Σ over constants Aᵢ·eᵢ| + Σ mag(Aᵢ)·hᵢ,   |eᵢ| ≤ hᵢ.
 *
 * Forward, for each node: F ∋ all computed values (operations rounded to nearest on the ends are exact ends, rounding being monotone); V = hull(op(V of the
 * children), F) ∋ all mixed values; h from F by the step model, 0 where the operation is exact; the derivatives of the operation over V.
 * Backward: interval adjoints A. Every interval end is pushed outward by more than the rounding errors of its computation.
 *
 * A step function, or √ near 0, has no bounded derivative: such a node is cut. Its whole difference computed − exact, bounded by a modulus of continuity of its
 * operand's error, becomes its eᵢ, and nothing is propagated below it.
 */
export class Sweep extends SweepRounding {
  /** Sharpens the ranges of values by their dependence on the inputs; null: it is not asked for. */
  centred: CentredForm | null = null;

  /** Forward pass over the box [lo[k], hi[k]] of inputs. False when some operation is not defined, or overflows, somewhere in the box. */
  forward(lo: Float64Array, hi: Float64Array): boolean {
    const { flo, kind } = this;
    this.trouble = -1;
    this.infeasible = false;
    this.cut = false;
    this.clampBites = false;
    const centred = this.centred;
    if (centred) centred.begin(lo, hi);
    for (let i = 0; i < kind.length; i++) {
      if (i > 0 && this.clamped[i - 1] === 1 && !this.clamp(i - 1)) return false;
      if (kind[i] === Kind.Constant) {
        if (!(Math.abs(flo[i]) < Infinity)) return this.fail(i, 'the constant is beyond the range of the format');
      } else if (!this.evaluate(i, lo, hi)) {
        return false;
      }
      if (centred && !this.clampBites) centred.tighten(i);
    }
    return true;
  }

  /** F, V, h and the derivatives of one node. */
  private evaluate(i: number, lo: Float64Array, hi: Float64Array): boolean {
    const { flo, fhi, vlo, vhi, h, error, grid, kind, first, child, dlo, dhi, nodes } = this;
    const k = kind[i];
    const node = nodes[i];
    if (k === Kind.Input) { this.input(i, lo[node.a], hi[node.a]); return true; }
    const e0 = first[i];
    const a = child[e0];
    let step = node.step;
    let l: number;
    let u: number;
    switch (k) {
      case Kind.Add: {
        const b = child[e0 + 1];
        flo[i] = flo[a] + flo[b];
        fhi[i] = fhi[a] + fhi[b];
        l = vlo[a] + vlo[b];
        u = vhi[a] + vhi[b];
        vlo[i] = l - (Math.abs(l) * OUT + TINY);
        vhi[i] = u + (Math.abs(u) * OUT + TINY);
        grid[i] = Math.min(grid[a], grid[b]);
        error[i] = (error[a] + error[b]) * UP;
        break;
      }
      case Kind.Sub: {
        const b = child[e0 + 1];
        flo[i] = flo[a] - fhi[b];
        fhi[i] = fhi[a] - flo[b];
        l = vlo[a] - vhi[b];
        u = vhi[a] - vlo[b];
        vlo[i] = l - (Math.abs(l) * OUT + TINY);
        vhi[i] = u + (Math.abs(u) * OUT + TINY);
        grid[i] = Math.min(grid[a], grid[b]);
        error[i] = (error[a] + error[b]) * UP;
        break;
      }
      case Kind.Mul: {
        const b = child[e0 + 1];
        l = Math.min(flo[a] * flo[b], flo[a] * fhi[b], fhi[a] * flo[b], fhi[a] * fhi[b]);
        u = Math.max(flo[a] * flo[b], flo[a] * fhi[b], fhi[a] * flo[b], fhi[a] * fhi[b]);
        flo[i] = l;
        fhi[i] = u;
        l = Math.min(vlo[a] * vlo[b], vlo[a] * vhi[b], vhi[a] * vlo[b], vhi[a] * vhi[b]);
        u = Math.max(vlo[a] * vlo[b], vlo[a] * vhi[b], vhi[a] * vlo[b], vhi[a] * vhi[b]);
        vlo[i] = l - (Math.abs(l) * OUT + TINY);
        vhi[i] = u + (Math.abs(u) * OUT + TINY);
        dlo[e0] = vlo[b];
        dhi[e0] = vhi[b];
        dlo[e0 + 1] = vlo[a];
        dhi[e0 + 1] = vhi[a];
        grid[i] = grid[a] * grid[b];
        error[i] = forwardError(this, i);
        break;
      }
      case Kind.Square: {
        l = flo[a] * flo[a];
        u = fhi[a] * fhi[a];
        flo[i] = flo[a] <= 0 && fhi[a] >= 0 ? 0 : Math.min(l, u);
        fhi[i] = Math.max(l, u);
        l = vlo[a] * vlo[a];
        u = vhi[a] * vhi[a];
        const inside = vlo[a] <= 0 && vhi[a] >= 0;
        const least = Math.min(l, u);
        const most = Math.max(l, u);
        vlo[i] = inside ? 0 : Math.max(0, least - (least * OUT + TINY));
        vhi[i] = most + (most * OUT + TINY);
        dlo[e0] = 2 * vlo[a];
        dhi[e0] = 2 * vhi[a];
        grid[i] = grid[a] * grid[a];
        error[i] = forwardError(this, i);
        break;
      }
      case Kind.Div: {
        const b = child[e0 + 1];
        if (vlo[b] <= 0 && vhi[b] >= 0) return this.fail(i, 'the divisor may be 0');
        l = Math.min(flo[a] / flo[b], flo[a] / fhi[b], fhi[a] / flo[b], fhi[a] / fhi[b]);
        u = Math.max(flo[a] / flo[b], flo[a] / fhi[b], fhi[a] / flo[b], fhi[a] / fhi[b]);
        flo[i] = l;
        fhi[i] = u;
        l = Math.min(vlo[a] / vlo[b], vlo[a] / vhi[b], vhi[a] / vlo[b], vhi[a] / vhi[b]);
        u = Math.max(vlo[a] / vlo[b], vlo[a] / vhi[b], vhi[a] / vlo[b], vhi[a] / vhi[b]);
        vlo[i] = l - (Math.abs(l) * OUT + TINY);
        vhi[i] = u + (Math.abs(u) * OUT + TINY);
        const p = 1 / vhi[b];
        const q = 1 / vlo[b];
        dlo[e0] = p - (Math.abs(p) * OUT + TINY);
        dhi[e0] = q + (Math.abs(q) * OUT + TINY);
        l = Math.min(-vlo[i] * dlo[e0], -vlo[i] * dhi[e0], -vhi[i] * dlo[e0], -vhi[i] * dhi[e0]);
        u = Math.max(-vlo[i] * dlo[e0], -vlo[i] * dhi[e0], -vhi[i] * dlo[e0], -vhi[i] * dhi[e0]);
        dlo[e0 + 1] = l - (Math.abs(l) * OUT + TINY);
        dhi[e0 + 1] = u + (Math.abs(u) * OUT + TINY);
        grid[i] = flo[b] === fhi[b] && powerBelow(flo[b]) === Math.abs(flo[b]) ? grid[a] / Math.abs(flo[b]) : 0;
        error[i] = forwardError(this, i);
        break;
      }
      case Kind.Sqrt: {
        if (flo[a] < 0 || (vlo[a] < 0 && !realAtLeast(this, a, 0))) return this.fail(i, 'the square root of a negative number may be taken');
        flo[i] = Math.sqrt(flo[a]);
        fhi[i] = Math.sqrt(fhi[a]);
        l = Math.sqrt(Math.max(0, vlo[a]));
        u = Math.sqrt(vhi[a]);
        vlo[i] = Math.max(0, l - (l * OUT + TINY));
        vhi[i] = u + (u * OUT + TINY);
        grid[i] = 0;
        if (vlo[a] < error[a] || vlo[i] === 0) {
          dlo[e0] = dhi[e0] = 0;
          h[i] = Math.sqrt(error[a]) * UP;
          if (h[i] > 0) this.cut = true;
          error[i] = h[i];
          this.finish(i, step, h[i]);
          return this.trouble < 0;
        }
        dlo[e0] = 0.5 / vhi[i] * DOWN;
        dhi[e0] = 0.5 / vlo[i] * UP;
        error[i] = forwardError(this, i);
        break;
      }
      case Kind.Neg:
        flo[i] = -fhi[a];
        fhi[i] = -flo[a];
        vlo[i] = -vhi[a];
        vhi[i] = -vlo[a];
        grid[i] = grid[a];
        h[i] = 0;
        error[i] = error[a];
        return true;
      case Kind.Abs: {
        const negative = vhi[a] <= 0;
        const mixed = vlo[a] < 0 && !negative;
        dlo[e0] = negative || mixed ? -1 : 1;
        dhi[e0] = negative ? -1 : 1;
        flo[i] = fhi[a] < 0 ? -fhi[a] : Math.max(0, flo[a]);
        fhi[i] = Math.max(-flo[a], fhi[a]);
        vlo[i] = vhi[a] < 0 ? -vhi[a] : Math.max(0, vlo[a]);
        vhi[i] = Math.max(-vlo[a], vhi[a]);
        grid[i] = grid[a];
        h[i] = 0;
        error[i] = error[a];
        return true;
      }
      case Kind.Min:
      case Kind.Max: {
        const b = child[e0 + 1];
        const least = k === Kind.Min;
        const f = least ? Math.min : Math.max;
        const onlyA = least ? vhi[a] < vlo[b] : vlo[a] > vhi[b];
        const onlyB = least ? vlo[a] > vhi[b] : vhi[a] < vlo[b];
        dlo[e0] = onlyA ? 1 : 0;
        dhi[e0] = onlyB ? 0 : 1;
        dlo[e0 + 1] = onlyB ? 1 : 0;
        dhi[e0 + 1] = onlyA ? 0 : 1;
        flo[i] = f(flo[a], flo[b]);
        fhi[i] = f(fhi[a], fhi[b]);
        vlo[i] = f(vlo[a], vlo[b]);
        vhi[i] = f(vhi[a], vhi[b]);
        grid[i] = Math.min(grid[a], grid[b]);
        h[i] = 0;
        error[i] = onlyA ? error[a] : onlyB ? error[b] : Math.max(error[a], error[b]);
        return true;
      }
      case Kind.Round:
        flo[i] = flo[a];
        fhi[i] = fhi[a];
        vlo[i] = vlo[a];
        vhi[i] = vhi[a];
        grid[i] = grid[a];
        error[i] = error[a];
        break;
      default: {
        const cut = tableCall(this, i, node);
        if (this.trouble >= 0) return false;
        if (cut >= 0) step = node.step;
        if (cut > 0) this.cut = true;
        error[i] = cut >= 0 ? cut : forwardError(this, i);
        this.finish(i, step, cut >= 0 ? cut : 0);
        if (this.trouble >= 0) return false;
        return true;
      }
    }
    this.finish(i, step, 0);
    return this.trouble < 0;
  }

  /** Bound of a root's error after a forward pass, and the adjoints of the nodes below it. */
  backward(root: number): number {
    return boundOfRoot(this, root);
  }

  /** Restricts a node to what the guards say of its exact value; false when nothing is left. */
  private clamp(i: number): boolean {
    const { lo, hi, same } = this.clamps.get(i)!;
    const e = this.error[i];
    const exactLo = lo - e - Math.abs(lo) * OUT;
    const exactHi = hi + e + Math.abs(hi) * OUT;
    if (exactLo > this.vlo[i] || exactHi < this.vhi[i]) this.clampBites = true;
    if (exactLo > this.vlo[i]) this.vlo[i] = exactLo;
    if (exactHi < this.vhi[i]) this.vhi[i] = exactHi;
    const computedLo = same ? lo : exactLo;
    const computedHi = same ? hi : exactHi;
    if (computedLo > this.flo[i] || computedHi < this.fhi[i]) this.clampBites = true;
    if (computedLo > this.flo[i]) this.flo[i] = computedLo;
    if (computedHi < this.fhi[i]) this.fhi[i] = computedHi;
    if (this.vlo[i] <= this.vhi[i] && this.flo[i] <= this.fhi[i]) return true;
    this.infeasible = true;
    return false;
  }

  private input(i: number, lo: number, hi: number): void {
    const step = this.options.roundedInputs;
    const brought = this.inputError[i];
    if (brought > 0) {
      this.vlo[i] = this.flo[i] = Math.max(lo - brought * UP, this.inputLo[i]);
      this.vhi[i] = this.fhi[i] = Math.min(hi + brought * UP, this.inputHi[i]);
      this.h[i] = this.error[i] = brought;
      this.grid[i] = 0;
      return;
    }
    if (!step) {
      this.vlo[i] = this.flo[i] = lo;
      this.vhi[i] = this.fhi[i] = hi;
      this.h[i] = this.error[i] = 0;
      this.grid[i] = this.wholeInput[i] === 1 ? 1 : this.options.inputs.grid(lo > 0 ? lo : hi < 0 ? -hi : 0);
      return;
    }
    this.flo[i] = step.round(lo);
    this.fhi[i] = step.round(hi);
    this.vlo[i] = Math.min(lo, this.flo[i]);
    this.vhi[i] = Math.max(hi, this.fhi[i]);
    const m = Math.max(-this.flo[i], this.fhi[i]);
    this.h[i] = this.error[i] = halfAt(step, m, Math.max(-lo, hi));
    this.grid[i] = step.grid(this.flo[i] > 0 ? this.flo[i] : this.fhi[i] < 0 ? -this.fhi[i] : 0);
  }
}
