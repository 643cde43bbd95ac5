import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function probability(n: number, k: number, p: number) { return binomialCoefficient(n, k) * Math.pow(p, k) * Math.pow(1 - p, n - k); } //!
    function binomialCoefficient(n: number, k: number) { let r = 1; for (let i = 1; i <= k; i++) r *= (n - i + 1) / i; return r; }`,
    `declare function factorial(n: number): number;
    export const poisson = (k: number, l: number) => Math.pow(l, k) * Math.exp(-l) / factorial(k); //!`,
    `export function cells(lambda: number) {
      const out: number[] = [];
      let factorial = 1;
      for (let x = 1; x < 200; x++) {
        factorial *= x;
        out.push(Math.exp(-lambda) * Math.pow(lambda, x) / factorial); //!
      }
      return out;
    }`,
    `declare function combination(n: number, k: number): number;
    export function binomial(k: number, n: number, p: number) { return combination(n, k) * Math.pow(p, k) * Math.pow(1 - p, n - k); } //!`,
    `declare function bessel(n: number, x: number): number;
    export class Skellam { c: { decay: number; ratio: number };
      constructor(a: number, b: number) { this.c = { decay: Math.exp(-a - b), ratio: Math.sqrt(a / b) }; }
      pdf(n: number, x: number) { return this.c.decay * Math.pow(this.c.ratio, n) * bessel(n, x); } //!
    }`,
    `export function cell(coefficient: number, p: number, n: number, k: number) {
      return coefficient *
        Math.pow(p, k) * //!
        Math.exp(-p * n);
    }`,
    `export const f = (x: number, a: number, b: number) => Math.pow(a * x, a) * Math.pow(b, b) / Math.pow(a * x + b, a + b); //!`,
    `function f(n: number): number { return n < 2 ? 1 : n * f(n - 1); } export const chance = (k: number, l: number) => Math.pow(l, k) * Math.exp(-l) / f(k); //!`,
  ],
  silent: [
    `export const normal = (x: number, s: number) => Math.exp(-0.5 * x * x / (s * s)) / (s * Math.sqrt(2 * Math.PI));`,
    `declare function gammaln(x: number): number; export const poisson = (k: number, l: number) => Math.exp(k * Math.log(l) - l - gammaln(k + 1));`,
    `export const area = (r: number) => Math.PI * Math.pow(r, 2);`,
    `export const weibull = (x: number, k: number, l: number) => k / l * Math.pow(x / l, k - 1) * Math.exp(-Math.pow(x / l, k));`,
    `export const density = (x: number, k: number, l: number) => Math.pow(1 - Math.exp(-l * x), k - 1) * Math.exp(-l * x);`,
    `export function gamma(z: number, x: number) { if (z > 100) return Infinity; const t = z + 7.5; return Math.sqrt(2 * Math.PI) * Math.pow(t, z + 0.5) * Math.exp(-t) * x; }`,
  ],
};
