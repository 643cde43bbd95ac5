import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const whole = 2 ** 32 - 1;
    const half = (a: number, b: number) => (a + b) >>> 1; //!
    export class Space { parts = [{ low: 0, high: whole }];
      cut() { const widest = this.parts.reduce((w, p) => (p.high - p.low > w.high - w.low ? p : w)); const at = half(widest.low, widest.high);
        this.parts.push({ low: widest.low, high: at }, { low: at + 1, high: widest.high }); } }`,
    `/** @range lo [0, 2147483647]
     *  @range hi [0, 2147483647] */
    export function middle(lo: number, hi: number) { return (lo + hi) >> 1; } //!`,
    `export function root(f: (x: number) => number, ends = { a: -1e308, b: 1.5e308 }) { let { a, b } = ends; for (let i = 0; i < 2000; i++) { const m = 0.5 * (a + b); if (f(m) < 0) a = m; else b = m; } return a; } //!`,
    `export class Ring { private readonly points = Uint32Array.of(0, 0xffffffff); split(i: number) { return (this.points[i] + this.points[i + 1]) >>> 1; } } //!`,
    `export class Arc { private readonly ends = new Int32Array(2); middle() { return ((this.ends[0] + this.ends[1]) | 0) / 2; } } //!`,
    `export function search(ok: (n: number) => boolean) { let lo = 0, hi = 2 ** 32 - 1; while (lo < hi) { const mid = (lo + hi) >> 1; if (ok(mid)) hi = mid; else lo = mid + 1; } return lo; } //!`,
    `export const between = (a: { epochSeconds: number }, b: { epochSeconds: number }) => (a.epochSeconds + b.epochSeconds) >> 1; //!`,
    `const ipToInt = (host: string) => host.split('.').reduce((n, part) => n * 256 + Number(part), 0);
    export const scope = (low: string, high: string) => ({ low: ipToInt(low), high: ipToInt(high) });
    export const pivot = (s: { low: number; high: number }) => (s.low + s.high) >>> 1; //!`,
  ],
  silent: [
    `const half = (a: number, b: number) => (a + b) >>> 1;
    export class Space { parts = [{ low: 0, high: 1000 }];
      cut() { const last = this.parts[0]; const at = half(last.low, last.high); this.parts.push({ low: last.low, high: at }, { low: at + 1, high: last.high }); } }`,
    `export function middle(xs: number[]) { let lo = 0, hi = xs.length - 1; return (lo + hi) >> 1; }`,
    `export const middle = (a: number, b: number) => (a + b) / 2;`,
    `export function find(xs: number[], v: number) { let lo = 0, hi = xs.length; while (lo < hi) { const mid = (lo + hi) >> 1; if (xs[mid] < v) lo = mid + 1; else hi = mid; } return lo; }`,
    `export const centre = (a: { x: number }, b: { x: number }) => (a.x + b.x) / 2;`,
    `export function box(ps: { x: number }[]) { let min = Number.MAX_VALUE, max = -Number.MAX_VALUE; for (const p of ps) { min = Math.min(min, p.x); max = Math.max(max, p.x); } return (min + max) / 2; }`,
    `export const halfway = (a: { timestamp: number }, b: { timestamp: number }) => (a.timestamp + b.timestamp) / 2;`,
  ],
};
