import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function lse(xs: number[]) {
      let s = 0;
      for (const x of xs) s += Math.exp(x);
      return Math.log(s); //!
    }`,
    `export const lse = (xs: number[]) => Math.log(xs.reduce((s, x) => s + Math.exp(x), 0)); //!`,
    `export function logAdd(a: number, b: number) { return Math.log(Math.exp(a) + Math.exp(b)); } //!`,
    `export const softplus = (x: number) => Math.log(1 + Math.exp(x)); //!`,
    `export const cost = (p: number, a: number, q: number, b: number) => Math.log2(p * Math.pow(2, a) + q * Math.pow(2, b)); //!`,
  ],
  silent: [
    `export function lse(xs: number[]) {
      const m = Math.max(...xs);
      return m + Math.log(xs.reduce((s, x) => s + Math.exp(x - m), 0));
    }`,
    `export function logAdd(a: number, b: number) { const m = Math.max(a, b); return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); }`,
    `export const softplus = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));`,
    `export function logSum(z: number[]) { const peak = z.reduce((a, b) => a > b ? a : b, -Infinity); return peak + Math.log(z.reduce((s, v) => s + Math.exp(v - peak), 0)); }`,
    `export function logSum(z: number[]) { const m = z.reduce((a, b) => a > b ? a : b, -Infinity); return m + Math.log(z.reduce((s, v) => s + Math.exp(v - m), 0)); }`,
    `export const price = (p: number, q: number) => Math.log2(p * 2 ** 10 + q);`,
  ],
};
