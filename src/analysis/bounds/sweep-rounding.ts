import { Kind } from './graph';
import { UP } from './outward';
import { SweepLayout } from './sweep-layout';
import { powerBelow, type StepModel } from './step-model';

/** How the result of a node rounds: its half ulp, or none where the operation is exact. */
export class SweepRounding extends SweepLayout {
  /** Rounds F, sets h, joins F into V. `extra` is error that a cut node brings. */
  protected finish(i: number, step: StepModel | null, extra: number): void {
    const { flo, fhi, vlo, vhi, h, grid } = this;
    if (this.plain[i] === 1 && extra === 0) {
      this.finishPlain(i);
      return;
    }
    if (!step) {
      h[i] = extra;
    } else {
      const before = Math.max(-flo[i], fhi[i]);
      const ulps = this.libraryUlps(i);
      if (!step.fp64) {
        const [l, u] = [flo[i], fhi[i]];
        flo[i] = step.round(l);
        fhi[i] = step.round(u);
        if (step.saturates && (u > step.maxFinite || l < step.lowest)) {
          const overshoot = Math.max(u - step.maxFinite, step.lowest - l) * UP;
          h[i] = Math.max(overshoot, step.half(step.maxFinite)) + extra;
          this.error[i] = (this.error[i] + h[i]) * UP;
          vlo[i] = Math.min(vlo[i], flo[i]);
          vhi[i] = Math.max(vhi[i], fhi[i]);
          grid[i] = step.grid(0);
          return;
        }
      }
      const m = Math.max(-flo[i], fhi[i]);
      if (!(fhi[i] <= step.maxFinite && flo[i] >= step.lowest)) {
        this.fail(i, `the result may overflow ${step.format.id}`);
        return;
      }
      let own = 0;
      const g = grid[i];
      if (ulps > 0) {
        const accuracy = this.accuracyHere(i, ulps, before);
        own = step.fp64 ? 2 * accuracy * libraryHalf(step, m) : halfAt(step, m, before) + accuracy * before * 2 ** -52;
      } else if (!(m < step.exactSteps * g && g >= step.quantum)) {
        if (this.scales[i] === 1) own = flo[i] >= step.quantum * step.exactSteps || fhi[i] <= -step.quantum * step.exactSteps ? 0 : step.half(0);
        else own = step.fp64 ? this.fp64Half(i, step, m) : halfAt(step, m, before);
      }
      const least = flo[i] > 0 ? flo[i] : fhi[i] < 0 ? -fhi[i] : 0;
      grid[i] = own === 0 ? Math.max(g, step.grid(least)) : step.grid(least);
      h[i] = own + extra;
      if (extra !== 0) h[i] *= UP;
    }
    this.error[i] = extra !== 0 ? h[i] : (this.error[i] + h[i]) * UP;
    if (flo[i] < vlo[i]) vlo[i] = flo[i];
    if (fhi[i] > vhi[i]) vhi[i] = fhi[i];
    if (!(vhi[i] - vlo[i] < Infinity)) this.fail(i, 'the value is unbounded');
  }

  /** The same for a correctly rounded fp64 operation that is not cut: what most nodes are. */
  private finishPlain(i: number): void {
    const { flo, fhi, vlo, vhi, h, grid } = this;
    const l = flo[i];
    const u = fhi[i];
    const m = u > -l ? u : -l;
    if (!(m <= Number.MAX_VALUE)) {
      this.fail(i, 'the result may overflow fp64');
      return;
    }
    const least = l > 0 ? l : u < 0 ? -u : 0;
    const spacing = least > 1e-280 ? powerBelow(least) * 2 ** -52 : least === 0 ? 5e-324 : Math.max(5e-324, powerBelow(least) * 2 ** -52);
    const g = grid[i];
    let own = 0;
    if (m < 2 ** 53 * g && g >= 5e-324) {
      if (g > spacing) grid[i] = g; else grid[i] = spacing;
    } else {
      if (this.scales[i] === 1) {
        own = least >= 2 ** -1021 ? 0 : 5e-324;
      } else {
        const power = powerBelow(m);
        own = power * 2 ** -53;
        if (own < 5e-324) own = 5e-324;
        else if (power === m && m > 1e-290 && !this.exceeds(i, m)) own /= 2;
      }
      grid[i] = own === 0 && g > spacing ? g : spacing;
    }
    h[i] = own;
    this.error[i] = (this.error[i] + own) * UP;
    if (l < vlo[i]) vlo[i] = l;
    if (u > vhi[i]) vhi[i] = u;
    if (!(vhi[i] - vlo[i] < Infinity)) this.fail(i, 'the value is unbounded');
  }

  /** Half an ulp at m; half of that when m is a power of two that no exact result exceeds. */
  private fp64Half(i: number, step: StepModel, m: number): number {
    const half = step.half(m);
    if (powerBelow(m) !== m || m < 1e-290) return half;
    return this.exceeds(i, m) ? half : half / 2;
  }

  /** Whether the exact result on computed operands may be beyond m in magnitude, where m is the largest rounded magnitude. */
  private exceeds(i: number, m: number): boolean {
    const { first, child, flo, fhi, kind } = this;
    const a = child[first[i]];
    const b = child[first[i] + 1];
    switch (kind[i]) {
      case Kind.Add: return (flo[i] === -m && sumBeyond(flo[a], flo[b], -m)) || (fhi[i] === m && sumBeyond(fhi[a], fhi[b], m));
      case Kind.Sub: return (flo[i] === -m && sumBeyond(flo[a], -fhi[b], -m)) || (fhi[i] === m && sumBeyond(fhi[a], -flo[b], m));
      case Kind.Square: return productBeyond(Math.max(-flo[a], fhi[a]), Math.max(-flo[a], fhi[a]), m);
      case Kind.Mul: return productBeyond(Math.max(-flo[a], fhi[a]), Math.max(-flo[b], fhi[b]), m);
      case Kind.Sqrt: return fhi[a] > m * m;
      default: return true;
    }
  }

  libraryUlps(i: number): number {
    const row = this.nodes[i].operator;
    return row && row.exactness.kind === 'library' ? this.options.mathUlps ?? row.exactness.ulps : 0;
  }

  /** Ulps of a library function over the box, whose results are at most m. */
  private accuracyHere(i: number, ulps: number, m: number): number {
    const { exactness } = this.nodes[i].operator!;
    if (this.options.mathUlps !== undefined || exactness.kind !== 'library' || !exactness.sharper) return ulps;
    const operand = this.child[this.first[i]];
    return exactness.sharper.holds({ lo: this.flo[operand], hi: this.fhi[operand] }, m) ? exactness.sharper.ulps : ulps;
  }

  fail(i: number, reason: string): false {
    this.trouble = i;
    this.reason = reason;
    return false;
  }
}

/** Half an ulp for results whose rounded magnitude is at most m and whose exact magnitude is at most `exact`. */
export function halfAt(step: StepModel, m: number, exact: number): number {
  const half = step.half(m);
  return powerBelow(m) === m && exact <= m ? Math.max(step.half(m * 0.75), half / 2) : half;
}

/** Half an ulp of the true value for a library function whose values are at most m: values just under a power of two count with the ulp below it. */
function libraryHalf(step: StepModel, m: number): number {
  return powerBelow(m) === m ? step.half(m * 0.75) : step.half(m);
}

/** Whether a + b is beyond s = RN(a + b) in the direction of s's sign. */
function sumBeyond(a: number, b: number, s: number): boolean {
  const t = s - a;
  const e = (a - (s - t)) + (b - t);
  return s > 0 ? e > 0 : e < 0;
}

/** Whether a·b > m for a, b ≥ 0, where RN(a·b) = m. */
function productBeyond(a: number, b: number, m: number): boolean {
  const p = a * b;
  if (p !== m) return p > m;
  const ta = 134217729 * a;
  const ah = ta - (ta - a);
  const tb = 134217729 * b;
  const bh = tb - (tb - b);
  const e = ((ah * bh - p) + ah * (b - bh) + (a - ah) * bh) + (a - ah) * (b - bh);
  return !(e <= 0);
}
