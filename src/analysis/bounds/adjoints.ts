import { Kind } from './graph';
import { OUT, TINY, UP } from './outward';
import type { SweepLayout } from './sweep-layout';

/**
 * Backward pass from a root after a forward pass: fills the adjoints and answers the bound of the root's error, the smaller of the adjoint form and of the
 * forward propagation. `origin` lists the node below which nothing is asked.
 */
export function boundOfRoot(s: SweepLayout, root: number): number {
  const { alo, ahi, h, first, child, dlo, dhi, kind, nodes } = s;
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
  const forward = s.error[root];
  const least = bound < forward || forward !== forward ? bound : forward;
  return least === least ? least : Infinity;
}
