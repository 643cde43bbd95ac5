import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function centroidX(ring: { x: number; y: number }[]) {
      let doubled = 0, moment = 0;
      for (let i = 0; i + 1 < ring.length; i++) {
        const [p, q] = [ring[i], ring[i + 1]];
        const part = p.x * q.y - q.x * p.y;
        doubled += part;
        moment += (p.x + q.x) * part;
      }
      return Math.abs(doubled) < Number.EPSILON ? null : moment / (3 * doubled); //!
    }`,
    `export function approxEqual(a: number, b: number, epsilon = Number.EPSILON) { return Math.abs(a - b) < epsilon; } //!`,
    `export const equal = (a: number, b: number) => Math.abs(a - b) < Number.EPSILON; //!`,
    `export const differ = (a: number, b: number) => Math.abs(a - b) > 2 ** -52; //!`,
    `const EPS = 1e-9;
    export const same = (a: { x: number }, b: { x: number }) => Math.abs(a.x - b.x) < EPS; //!`,
    `const limits = { tiny: 1e-16 }; export const same = (a: number, b: number) => Math.abs(a - b) < limits.tiny; //!`,
    `const eps = 1e-16; export const flat = (a: number[], b: number[]) => Math.abs(a[0] * b[1] - a[1] * b[0]) < eps; //!`,
    `export function collinear(a: number[], b: number[], eps = 1e-10) { return Math.abs(a[0] * b[1] - a[1] * b[0]) < eps; } //!`,
    `export const lessOrClose = (a: number, b: number) => a - b < Number.EPSILON; //!`,
    `export function near(a: number, b: number, eps = 1e-12) { return Math.abs(a - b) <= eps; } //!`,
    `export class Plane { abs = Math.abs; equalWithEpsilon(a: number, b: number) { return this.abs(a - b) < 1e-9; } } //!`,
    `export const greaterWithEpsilon = (a: number, b: number) => a - b > 1e-9; //!`,
    `export function bisect(f: (x: number) => number, lo = 0, hi = 1e6) { while (hi - lo > 1e-13) { const m = lo + (hi - lo) / 2; if (f(m) > 0) hi = m; else lo = m; } return lo; } //!`,
    `export class Near { constructor(private readonly tol = Number.EPSILON) {} same(a: number, b: number) { return Math.abs(a - b) < this.tol; } } //!`,
    `const usual = { within: Number.EPSILON }; export const close = (a: number, b: number, { within } = usual) => Math.abs(a - b) <= within; //!`,
  ],
  silent: [
    `export function idle(weights: number[]) { let total = 0; for (const w of weights) total += w; return Math.abs(total) < Number.EPSILON; }`,
    `export function halfway(x: number) { const down = Math.floor(x); const rest = x - down; return Math.abs(rest - 0.5) < Number.EPSILON; }`,
    `export const equal = (a: number, b: number) => Math.abs(a - b) <= Number.EPSILON * Math.max(1, Math.abs(a), Math.abs(b));`,
    `export const near = (x: number, y: number) => Math.abs(x - y) < 0.5;`,
    `export const unit = (a: number) => Math.abs(Math.sin(a) - Math.cos(a)) < Number.EPSILON;`,
    `export function converged(a: number, b: number) { return Math.abs(a - b) < 1e-6; }`,
    `export function same(x: number, y: number, epsilon: number) { const diff = Math.abs(x - y); if (diff < 2.22e-16) return true; return diff <= Math.max(Math.abs(x), Math.abs(y)) * epsilon; }`,
    `const limits = { tiny: 1e-6 }; export const same = (a: number, b: number) => Math.abs(a - b) < limits.tiny;`,
    `export function collinear(a: number[], b: number[], eps = 1e-10) { return Math.abs(a[0] * b[1] - a[1] * b[0]) < eps * (Math.abs(a[0] * b[1]) + Math.abs(a[1] * b[0])); }`,
    `export const left = (deadline: number, now: number) => deadline - now < 0.001;`,
    `export const later = (a: number, b: number) => a - b > 1e-9;`,
    `export function newton(f: (x: number) => number, x: number) { let last = 1e9; while (Math.abs(x - last) > 1e-12) { last = x; x -= f(x); } return x; }`,
    `export function narrow(f: (x: number) => number, lo = 0, hi = 1) { while (hi - lo > 1e-12) { const m = lo + (hi - lo) / 2; if (f(m) > 0) hi = m; else lo = m; } return lo; }`,
  ],
  fixes: [{ before: `export const areEqual = (a: number, b: number) => Math.abs(a - b) < Number.EPSILON;`, after: `export const areEqual = (a: number, b: number) => Math.abs(a - b) < Number.EPSILON * Math.max(1, Math.abs(a), Math.abs(b));`, safe: false }],
};
