import { above, below, type Interval } from '../../exact';
import { Kind, childrenOf, type Graph, type GraphNode } from './graph';
import type { Guard } from './guard';
import { clampsOf, type Clamp } from './linear';
import { powerBelow, type StepModel } from './step-model';

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
export class Sweep {
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

  private readonly clamps = new Map<number, Clamp>();
  private readonly clamped: Uint8Array;
  private readonly grid: Float64Array;
  private readonly kind: Uint8Array;
  private readonly first: Int32Array;
  private readonly child: Int32Array;
  readonly dlo: Float64Array;
  readonly dhi: Float64Array;
  /** 1 for a product or quotient by a power of two, which only underflow can round. */
  private readonly scales: Uint8Array;
  /** 1 for a correctly rounded fp64 operation. */
  private readonly plain: Uint8Array;
  private readonly local: Map<number, number>;
  private readonly nodes: GraphNode[];

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
    const edges = this.nodes.map(childrenOf);
    const total = edges.reduce((s, c) => s + c.length, 0);
    [this.vlo, this.vhi, this.flo, this.fhi, this.h, this.error, this.alo, this.ahi, this.grid] = Array.from({ length: 9 }, () => new Float64Array(count)) as
      [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
    this.kind = Uint8Array.from(this.nodes.map(n => n.kind));
    this.first = new Int32Array(count + 1);
    this.child = new Int32Array(total);
    this.dlo = new Float64Array(total);
    this.dhi = new Float64Array(total);
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

  node(local: number): GraphNode {
    return this.nodes[local];
  }

  /** Forward pass over the box [lo[k], hi[k]] of inputs. False when some operation is not defined, or overflows, somewhere in the box. */
  forward(lo: Float64Array, hi: Float64Array): boolean {
    const { flo, fhi, vlo, vhi, h, error, grid, kind, first, child, dlo, dhi, nodes } = this;
    this.trouble = -1;
    this.infeasible = false;
    for (let i = 0; i < kind.length; i++) {
      if (i > 0 && this.clamped[i - 1] === 1 && !this.clamp(i - 1)) return false;
      const k = kind[i];
      if (k === Kind.Constant) {
        if (!(Math.abs(flo[i]) < Infinity)) return this.fail(i, 'the constant is beyond the range of the format');
        continue;
      }
      const node = nodes[i];
      if (k === Kind.Input) { this.input(i, lo[node.a], hi[node.a]); continue; }
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
          error[i] = this.forwardError(i);
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
          error[i] = this.forwardError(i);
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
          error[i] = this.forwardError(i);
          break;
        }
        case Kind.Sqrt: {
          if (flo[a] < 0 || (vlo[a] < 0 && !this.realAtLeast(a, 0))) return this.fail(i, 'the square root of a negative number may be taken');
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
            error[i] = h[i];
            this.finish(i, step, h[i]);
            if (this.trouble >= 0) return false;
            continue;
          }
          dlo[e0] = 0.5 / vhi[i] * DOWN;
          dhi[e0] = 0.5 / vlo[i] * UP;
          error[i] = this.forwardError(i);
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
          continue;
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
          continue;
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
          continue;
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
          const cut = this.call(i, node);
          if (this.trouble >= 0) return false;
          if (cut >= 0) step = node.step;
          error[i] = cut >= 0 ? cut : this.forwardError(i);
          this.finish(i, step, cut >= 0 ? cut : 0);
          if (this.trouble >= 0) return false;
          continue;
        }
      }
      this.finish(i, step, 0);
      if (this.trouble >= 0) return false;
    }
    return true;
  }

  /** Restricts a node to what the guards say of its exact value; false when nothing is left. */
  private clamp(i: number): boolean {
    const { lo, hi, same } = this.clamps.get(i)!;
    const e = this.error[i];
    const exactLo = lo - e - Math.abs(lo) * OUT;
    const exactHi = hi + e + Math.abs(hi) * OUT;
    if (exactLo > this.vlo[i]) this.vlo[i] = exactLo;
    if (exactHi < this.vhi[i]) this.vhi[i] = exactHi;
    const computedLo = same ? lo : exactLo;
    const computedHi = same ? hi : exactHi;
    if (computedLo > this.flo[i]) this.flo[i] = computedLo;
    if (computedHi < this.fhi[i]) this.fhi[i] = computedHi;
    if (this.vlo[i] <= this.vhi[i] && this.flo[i] <= this.fhi[i]) return true;
    this.infeasible = true;
    return false;
  }

  /**
   * Backward pass from a root after a forward pass: fills the adjoints and answers the bound of the root's error, the smaller of the adjoint form and of the
   * forward propagation. `origin` lists the node below which nothing is asked.
   */
  backward(root: number): number {
    const { alo, ahi, h, first, child, dlo, dhi, kind, nodes } = this;
    alo.fill(0, 0, root + 1);
    ahi.fill(0, 0, root + 1);
    alo[root] = ahi[root] = 1;
    let sum = 0;
    let constantLo = 0;
    let constantHi = 0;
    for (let i = root; i >= 0; i--) {
      const l = alo[i];
      const u = ahi[i];
      if (l === 0 && u === 0) continue;
      if (kind[i] === Kind.Constant) {
        const c = nodes[i].constant!;
        if (c.errorLo !== 0 || c.errorHi !== 0) {
          const p = c.errorLo * l;
          const q = c.errorLo * u;
          const r = c.errorHi * l;
          const s = c.errorHi * u;
          constantLo += Math.min(p, q, r, s);
          constantHi += Math.max(p, q, r, s);
          constantLo -= Math.abs(constantLo) * OUT + Math.abs(Math.min(p, q, r, s)) * OUT;
          constantHi += Math.abs(constantHi) * OUT + Math.abs(Math.max(p, q, r, s)) * OUT;
        }
        continue;
      }
      if (h[i] !== 0) sum += Math.max(-l, u) * h[i] * UP;
      for (let e = first[i]; e < first[i + 1]; e++) {
        const c = child[e];
        const dl = dlo[e];
        const du = dhi[e];
        if (dl === du && (dl === 1 || dl === -1)) {
          const pl = dl === 1 ? l : -u;
          const pu = dl === 1 ? u : -l;
          const nl = alo[c] + pl;
          const nu = ahi[c] + pu;
          alo[c] = alo[c] === 0 ? pl : nl - (Math.abs(nl) * OUT + TINY);
          ahi[c] = ahi[c] === 0 ? pu : nu + (Math.abs(nu) * OUT + TINY);
          continue;
        }
        const p = l * dl;
        const q = l * du;
        const r = u * dl;
        const s = u * du;
        const nl = alo[c] + Math.min(p, q, r, s);
        const nu = ahi[c] + Math.max(p, q, r, s);
        // The product's own rounding is relative to the product, not to the sum.
        alo[c] = nl - (Math.max(Math.abs(nl), Math.abs(p), Math.abs(q), Math.abs(r), Math.abs(s)) * OUT + TINY);
        ahi[c] = nu + (Math.max(Math.abs(nu), Math.abs(p), Math.abs(q), Math.abs(r), Math.abs(s)) * OUT + TINY);
      }
    }
    const bound = (sum + Math.max(-constantLo, constantHi, 0)) * UP;
    const forward = this.error[root];
    const least = bound < forward || forward !== forward ? bound : forward;
    return least === least ? least : Infinity;
  }

  private input(i: number, lo: number, hi: number): void {
    const step = this.options.roundedInputs;
    if (!step) {
      this.vlo[i] = this.flo[i] = lo;
      this.vhi[i] = this.fhi[i] = hi;
      this.h[i] = this.error[i] = 0;
      this.grid[i] = this.options.inputs.grid(lo > 0 ? lo : hi < 0 ? -hi : 0);
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

  /** Σ mag(derivative)·(error of the operand). */
  private forwardError(i: number): number {
    let sum = 0;
    for (let e = this.first[i]; e < this.first[i + 1]; e++) {
      const c = this.error[this.child[e]];
      if (c !== 0) sum += Math.max(-this.dlo[e], this.dhi[e]) * c * UP;
    }
    return sum * UP;
  }

  /** Rounds F, sets h, joins F into V. `extra` is error that a cut node brings. */
  private finish(i: number, step: StepModel | null, extra: number): void {
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
        own = step.fp64 ? 2 * ulps * libraryHalf(step, m) : halfAt(step, m, before) + ulps * before * 2 ** -52;
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

  private libraryUlps(i: number): number {
    const row = this.nodes[i].operator;
    return row && row.exactness.kind === 'library' ? this.options.mathUlps ?? row.exactness.ulps : 0;
  }

  /** Fills F, V and the derivatives of a table operator. Answers the error modulus of a cut node, else −1. */
  private call(i: number, node: GraphNode): number {
    const row = node.operator!;
    const from = this.first[i];
    const to = this.first[i + 1];
    const values: Interval[] = [];
    const computed: Interval[] = [];
    for (let e = from; e < to; e++) {
      const c = this.child[e];
      values.push({ lo: this.vlo[c], hi: this.vhi[c] });
      computed.push({ lo: this.flo[c], hi: this.fhi[c] });
    }
    this.grid[i] = row.family === 'integral' || row.family === 'bitwise' ? 1 : 0;
    if (row.family === 'comparison' || row.family === 'bitwise') this.grid[i] = 1;
    if (row.domain(...values) !== 'yes' && !(row.domain(...computed) === 'yes' && this.realInDomain(i, node))) {
      this.fail(i, `an operand of ${row.id} may lie outside its domain`);
      return -1;
    }
    let v = row.enclosure(...values);
    let f = row.enclosure(...computed);
    const slack = this.libraryUlps(i) - 3;
    if (slack > 0) f = { lo: below(f.lo, slack), hi: above(f.hi, slack) };
    if (!(v.hi - v.lo < Infinity)) { this.fail(i, `${row.id} may be infinite`); return -1; }
    this.flo[i] = f.lo;
    this.fhi[i] = f.hi;
    this.vlo[i] = v.lo;
    this.vhi[i] = v.hi;
    v = { lo: Math.min(v.lo, f.lo), hi: Math.max(v.hi, f.hi) };
    const slopes = row.derivativeEnclosure(values, v);
    let bounded = true;
    for (let e = from; e < to; e++) {
      this.dlo[e] = slopes[e - from].lo;
      this.dhi[e] = slopes[e - from].hi;
      if (this.error[this.child[e]] === 0) {
        // The operand is exact: its derivative plays no part.
        this.dlo[e] = this.dhi[e] = 0;
      } else if (!(this.dhi[e] - this.dlo[e] < Infinity)) {
        bounded = false;
      }
    }
    const modulus = MODULI[row.id];
    if (bounded && !modulus) return -1;
    const operandError = to - from === 1 ? this.error[this.child[from]] : Infinity;
    const jump = Math.min(modulus && to - from === 1 ? modulus(operandError) : Infinity, v.hi - v.lo);
    if (bounded && !(jump < this.forwardError(i))) return -1;
    for (let e = from; e < to; e++) this.dlo[e] = this.dhi[e] = 0;
    return jump * UP;
  }

  /** Whether the exact values of the operands are in the operator's domain, from the exact ranges alone. */
  private realInDomain(i: number, node: GraphNode): boolean {
    const ranges: Interval[] = [];
    for (let e = this.first[i]; e < this.first[i + 1]; e++) ranges.push(this.exactRange(this.child[e], new Map()));
    return node.operator!.domain(...ranges) === 'yes';
  }

  private realAtLeast(local: number, bound: number): boolean {
    return this.exactRange(local, new Map()).lo >= bound;
  }

  /** Range of a node's exact value over the box of the last forward pass, by the operator table. */
  exactRange(local: number, known: Map<number, Interval>): Interval {
    const cached = known.get(local);
    if (cached) return cached;
    const node = this.nodes[local];
    let range: Interval = { lo: this.vlo[local], hi: this.vhi[local] };
    if (node.kind !== Kind.Input && node.kind !== Kind.Constant && node.kind !== Kind.Round && this.first[local + 1] > this.first[local]) {
      const operands: Interval[] = [];
      for (let e = this.first[local]; e < this.first[local + 1]; e++) operands.push(this.exactRange(this.child[e], known));
      if (node.kind === Kind.Square) range = { lo: operands[0].lo <= 0 && operands[0].hi >= 0 ? 0 : Math.max(0, Math.min(operands[0].lo ** 2, operands[0].hi ** 2) * DOWN), hi: range.hi };
      else if (node.operator) range = node.operator.enclosure(...operands);
    } else if (node.kind === Kind.Round) {
      range = this.exactRange(this.child[this.first[local]], known);
    }
    const clamp = this.clamps.get(local);
    if (clamp) range = { lo: Math.max(range.lo, clamp.lo - Math.abs(clamp.lo) * OUT), hi: Math.min(range.hi, clamp.hi + Math.abs(clamp.hi) * OUT) };
    known.set(local, range);
    return range;
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

  private fail(i: number, reason: string): false {
    this.trouble = i;
    this.reason = reason;
    return false;
  }
}

export interface SweepOptions {
  /** Format of exact inputs: decides on which grid they lie. */
  readonly inputs: StepModel;
  /** Inputs are reals rounded once to this format; null: they are values of the format. */
  readonly roundedInputs: StepModel | null;
  /** Accuracy of `Math.*` in ulps for every function; undefined: as the operator table says. */
  readonly mathUlps?: number;
}

/** More than the relative rounding errors of two double operations. */
const OUT = 4.6e-16;
const TINY = 1e-323;
const UP = 1 + 2 ** -51;
const DOWN = 1 - 2 ** -51;

/** Moduli of continuity |f(x + d) − f(x)| ≤ m(|d|) of functions without a bounded derivative. */
const MODULI: Readonly<Record<string, ((d: number) => number) | undefined>> = {
  floor: d => (d === 0 ? 0 : Math.floor(d) + 1),
  ceil: d => (d === 0 ? 0 : Math.floor(d) + 1),
  round: d => (d === 0 ? 0 : Math.floor(d) + 1),
  trunc: d => (d === 0 ? 0 : Math.floor(d) + 1),
  sign: d => (d === 0 ? 0 : 2),
  cbrt: d => Math.cbrt(4 * d) * 1.0001,
  asin: d => 2 * Math.asin(Math.min(1, Math.sqrt(d / 2))) * 1.0001,
  acos: d => 2 * Math.asin(Math.min(1, Math.sqrt(d / 2))) * 1.0001,
};

/** Half an ulp for results whose rounded magnitude is at most m and whose exact magnitude is at most `exact`. */
function halfAt(step: StepModel, m: number, exact: number): number {
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

/** The largest power of two that divides x; ∞ for 0. */
function lowestBit(x: number): number {
  if (x === 0) return Infinity;
  if (!Number.isFinite(x)) return 0;
  let bit = powerBelow(x);
  for (let rest = Math.abs(x) - bit; rest !== 0; rest -= bit) bit = powerBelow(rest);
  return bit;
}
