import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const year = 31_536_000;
    export const fee = (amount: number, rate: number, elapsedSeconds: number) => { const growth = Math.exp(rate * elapsedSeconds / year); return amount * (growth - 1); }; //!`,
    `export function cdf(x: number, lambda: number) { return 1 - Math.exp(-lambda * x); } //!`,
    `export function f(x: number) {
      const e = Math.exp(-x);
      return (1 - e) / x; //!
    }`,
    `export const annual = (rate: number, years: number) => Math.exp(rate * years) - 1; //!`,
    `export function geometric(p: number, k: number) { return 1 - Math.pow(1 - p, k); } //!`,
    `export const sinh = (x: number) => (Math.exp(x) - Math.exp(-x)) / 2; //!`,
    `const grow = (x: number) => Math.exp(x);
    export const excess = (x: number) => grow(x) - 1; //!`,
    `export class Weibull { constructor(private k: number, private l: number) {}
      cdf(x: number) { return 1 - Math.exp(-Math.pow(x / this.l, this.k)); } //!
    }`,
    `var exp = Math.exp;
    export function f(x: number) { return 1 - exp(-x * 3); } //!`,
    `(function (Math) { (globalThis as any).f = function (x: number) { return Math.exp(x) - 1; }; })(Math); //!`,
    `export const yearly = (rate: number) => (1 + rate / 12) ** 12 - 1; //!`,
    `export function grown(x: number) { x = Math.exp(x); return x - 1; } //!`,
    `export class Lindley { constructor(readonly rate: number) {} cdf(x: number) { return 1 - Math.exp(-this.rate * x) * (1 + this.rate + this.rate * x) / (1 + this.rate); } } //!`,
  ],
  silent: [
    `export const bar = (loaded: number) => Math.round(90 * (1 - Math.exp(-loaded / 5e6)));`,
    `export const follow = (a: number, b: number, dt: number) => a + (b - a) * (1 - Math.exp(-4 * dt));`,
    `export function ratio(x: number) { return x > 0.1 ? (Math.exp(x) - Math.exp(-x)) / (2 * x) : 1 + x * x / 6; }`,
    `export const damp = (x: number, y: number, lambda: number, dt: number) => lerp(x, y, 1 - Math.exp(-lambda * dt)); function lerp(a: number, b: number, t: number) { return (1 - t) * a + t * b; }`,
    `export const easeOutExpo = (t: number) => t === 1 ? 1 : 1 - Math.pow(2, -10 * t);`,
    `export function mask(bits: number) { return Math.pow(2, bits) - 1; }`,
    `export function far(x: number) { if (x < 2) return 0; return Math.exp(x) - 1; }`,
    `export function follow(a: number, b: number, dt: number) { const alpha = 1 - Math.exp(-5 * dt); return a + (b - a) * alpha; }`,
    `export const fine = (x: number) => Math.expm1(x);`,
    `export const follow = (from: number, to: number, dt: number) => { const k = 1 - Math.exp(-dt / 45); return from + (to - from) * k; };`,
    `export const expm1 = (x: number) => Math.abs(x) < 1e-5 ? x + x * x / 2 : Math.exp(x) - 1;`,
    `export const expm1 = (x: number) => x > -1e-6 && x < 1e-6 ? x + x * x / 2 : Math.exp(x) - 1;`,
    `var exp = Math.exp;
    exp = x => 1 + x;
    export const f = (x: number) => 1 - exp(x);`,
    `export const out = (t: number) => 1 - (1 - t) ** 4;`,
    `export function either(x: number, big: boolean) { if (big) x = Math.exp(x); return x - 1; }`,
    `export const spring = (t: number) => 1 - Math.exp(-6 * t) * Math.cos(12 * t);`,
    `export class Lindley { constructor(readonly rate: number) {} remaining(x: number, share: number) { return 1 - share * Math.exp(-this.rate * x); } }`,
  ],
  fixes: [
    { before: `export const f = (x: number) => 1 - Math.exp(-x); // tail`, after: `export const f = (x: number) => -Math.expm1(-x); // tail`, safe: true },
    { before: `export const f = (a: number, x: number) => a - (Math.exp(x) - 1);`, after: `export const f = (a: number, x: number) => a - (Math.expm1(x));`, safe: true },
    { before: `export const f = (a: number, x: number) => a * (1 - Math.exp(a /* per year */ * x));`, after: `export const f = (a: number, x: number) => a * (-Math.expm1(a /* per year */ * x));`, safe: true },
  ],
};
