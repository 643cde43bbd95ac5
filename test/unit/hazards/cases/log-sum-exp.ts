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
    `declare const nd: any; export const total = (x: any) => nd.log(nd.sum(nd.exp(x), -1)); //!`,
    `export const total = (x: any) => x.exp().sum(1).log(); //!`,
    `declare const nd: any; export function total(x: any) { const e = nd.exp(x); const s = nd.sum(e, -1); return nd.log(s); } //!`,
    `declare function logDensity(x: number, k: number): number;
    export function mixture(x: number, weights: number[]) { let p = 0; for (let k = 0; k < weights.length; k++) p += weights[k] * Math.exp(logDensity(x, k)); return Math.log(p); } //!`,
    `declare function logDensity(x: number, k: number): number;
    export const mixture = (x: number, parts: { w: number }[]) => Math.log(parts.map((p, k) => p.w * Math.exp(logDensity(x, k))).reduce((a, b) => a + b)); //!`,
    `export function forward(before: number[], table: Record<string, number>[], state: string) {
      const xs = before.map((a, i) => a + Math.log(table[i][state] ?? 0));
      const top = Math.max(...xs);
      return top + Math.log(xs.reduce((sum, x) => sum + Math.exp(x - top), 0)); //!
    }`,
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
    `declare const nd: any; export function total(x: any) { const top = nd.max(x); return top.add(nd.log(nd.sum(nd.exp(nd.sub(x, top)), -1))); }`,
    `declare const nd: any; export const show = (x: any) => console.log(nd.sum(nd.exp(x)));`,
    `export const value = (parts: { a: number; t: number }[], rate: number) => Math.log(parts.reduce((s, p) => s + p.a * Math.exp(-rate * p.t), 0));`,
    `export function forward(before: number[], table: Record<string, number>[], state: string) {
      const xs = before.map((a, i) => a + Math.log(table[i][state] ?? 0));
      const top = Math.max(...xs);
      if (top === -Infinity) return top;
      return top + Math.log(xs.reduce((sum, x) => sum + Math.exp(x - top), 0));
    }`,
  ],
};
