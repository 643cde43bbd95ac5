import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `/** @range lo [0, 2147483647]
     *  @range hi [0, 2147483647] */
    export function middle(lo: number, hi: number) { return (lo + hi) >> 1; } //!`,
  ],
  silent: [
    `export function middle(xs: number[]) { let lo = 0, hi = xs.length - 1; return (lo + hi) >> 1; }`,
    `export const middle = (a: number, b: number) => (a + b) / 2;`,
  ],
};
