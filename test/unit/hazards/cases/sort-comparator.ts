import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const sort = (xs: { rank?: number }[]) => xs.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity)); //!`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => (a > b) as any); //!`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => parseFloat(a) - parseFloat(b)); //!`,
    `export const mixed = (xs: number[]) => xs.slice().sort(() => Math.random() - 0.5); //!`,
    `export const mixed = (xs: number[]) => xs.sort(() => Math.random() > 0.5 ? 1 : -1); //!`,
  ],
  silent: [
    `export const sort = (xs: number[]) => xs.sort((a, b) => a - b);`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => a.length - b.length);`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => a === b ? 0 : a < b ? -1 : 1);`,
    `export const sort = (xs: Date[]) => xs.sort((a, b) => a.getTime() - b.getTime());`,
  ],
  fixes: [{ before: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n > b.n);`, after: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n < b.n ? -1 : a.n > b.n ? 1 : 0);`, safe: false }],
};
