import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function geometric(xs: number[]) { const product = xs.reduce((acc, x) => isNaN(x) ? acc : acc * x, 1); return Math.pow(product, 1 / xs.length); } //!`,
    `export class Walk { constructor(private readonly table: number[][]) {}
      hopProbability(a: number, b: number) { return this.table[a][b]; }
      probability(route: number[]) { let probability = 1; for (let i = 1; i < route.length; i++) probability *= this.hopProbability(route[i - 1], route[i]); return probability; } //!
    }`,
    `export function spam(words: string[], stats: Map<string, { bad: number; good: number }>, prior: number) {
      let bad = prior, good = 1 - prior;
      for (const word of words) {
        const s = stats.get(word)!;
        bad *= s.bad; //!
        good *= s.good; //!
      }
      return bad / (bad + good);
    }`,
    `export function mean(xs: number[]) { const product = xs.reduce((p, x) => {
    return p * x; //!
    }, 1); return product ** (1 / xs.length); }`,
    `export function geometricMean(xs: number[]) {
      let value = 1;
      for (let i = 0; i < xs.length; i++) {
        value *= xs[i]; //!
      }
      return Math.pow(value, 1 / xs.length);
    }`,
    `export const geomean = (xs: number[]) => xs.reduce((p, x) => p * x, 1) ** (1 / xs.length); //!`,
    `export function likelihood(probs: number[]) { let likelihood = 1; for (const p of probs) likelihood *= p; return likelihood; } //!`,
    `export const geometric = (xs: number[]) => Math.pow(xs.reduce((a, b) => (a *= b)), 1 / xs.length); //!`,
    `export function gmean(this: { length: number; [i: number]: number }) {
      for (var i = 0, product = 1; i < this.length;) {
        product *= this[i++]; //!
      }
      return Math.pow(Math.abs(product), 1 / this.length);
    }`,
    `export const logLik = (data: boolean[], p: number) => data.reduce((l, d) => l * (d ? p : 1 - p), 1); //!`,
    `export const joint = (probs: number[]) => probs.reduce((a, b) => a * b, 1); //!`,
    `declare function nthRoot(x: number, n: number): number; export const mean = (xs: number[]) => nthRoot(xs.reduce((a, b) => a * b), xs.length); //!`,
    `export function likelihoodOf(ps: number[]) { let score = 0; for (const p of ps) score += Math.log(p); return Math.exp(score); } //!`,
    `export function logDeterminant(m: number[][]) { let d = 1; for (let i = 0; i < m.length; i++) d *= m[i][i]; return Math.log(Math.abs(d)); } //!`,
    `const product = (xs: number[]) => xs.reduce((a, b) => a * b, 1); //!
    export const meanLog = (xs: number[]) => Math.log(product(xs)) / xs.length;`,
  ],
  silent: [
    `const rows = [[1, 4, 3], [0.25, 1, 0.5]]; export function means() { return rows.map(row => weigh(row)); } function weigh(row: number[]) { const product = row.reduce((a, x) => a * x, 1); return Math.pow(product, 1 / 3); }`,
    `export class Filters { private readonly shades: number[] = [];
      add(p: number) { if (this.shades.length >= 8) return; this.shades.push(p); }
      private likelihoods() { return this.shades.map(p => 1 - p); }
      likelihood() { return this.likelihoods().reduce((prob, p) => prob * p, 1); } }`,
    `export function mixed(gains: number[]) { let a = 1, b = 1; for (const g of gains) { a *= g; b *= 2; } return a / (a - b); }`,
    `export function factorial(n: number) { let r = 1; for (let i = 2; i <= n; i++) r *= i; return r; }`,
    `export function volume(dims: [number, number, number]) { let v = 1; for (const d of dims) v *= d; return v; }`,
    `export function size(shape: number[]) { return shape.reduce((a, b) => a * b, 1); }`,
    `export function geometric(xs: number[]) { let s = 0; for (const x of xs) s += Math.log(x); return Math.exp(s / xs.length); }`,
    `export function determinant(m: number[][]) { let d = 1; for (let i = 0; i < m.length; i++) d *= m[i][i]; return d; }`,
    `export function logDeterminant(m: number[][]) { let d = 0; for (let i = 0; i < m.length; i++) d += Math.log(Math.abs(m[i][i])); return d; }`,
  ],
};
