import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const sum = (xs: number[]) => xs.reduce((a, b) => a + b, 0); //!`,
    `export function total(parts: Map<string, number>) {
      let t = 0;
      for (const v of parts.values()) t += v; //!
      return t;
    }`,
    `export function total(o: Record<string, number>) { let t = 0; for (const v of Object.values(o)) t += v; return t; } //!`,
    `/** @range xs [-1, 1] */
    export function bounded(xs: number[]) { let t = 0; for (let i = 0; i < 1000; i++) t += xs[i]; return t; } //!`,
  ],
  silent: [
    `export const max = (xs: number[]) => xs.reduce((a, b) => Math.max(a, b), -Infinity);`,
    `export const lengths = (xs: string[]) => xs.reduce((a, b) => a + b.length, 0);`,
    `export const text = (xs: string[]) => xs.reduce((a, b) => a + b, '');`,
    `export const big = (xs: bigint[]) => xs.reduce((a, b) => a + b, 0n);`,
    `export function words(m: Map<string, number>) { let n = 0; for (const count of m.values()) n += count; return n; }`,
  ],
};
