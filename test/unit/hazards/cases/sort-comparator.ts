import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const sort = (xs: { rank?: number }[]) => xs.sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity)); //!`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => (a > b) as any); //!`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => parseFloat(a) - parseFloat(b)); //!`,
    `export const mixed = (xs: number[]) => xs.slice().sort(() => Math.random() - 0.5); //!`,
    `export const mixed = (xs: number[]) => xs.sort(() => Math.random() > 0.5 ? 1 : -1); //!`,
    `export const flag = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? true as never : false as never); //!`,
    `export const half = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? 1 : 0); //!`,
    `export const either = (xs: { v: number; n: string }[]) => xs.sort((a, b) => a.v - b.v || (a.n > b.n) as never); //!`,
    `export const way = (xs: { v: number }[], up: boolean) => xs.sort((a, b) => (up ? a.v > b.v : a.v < b.v) as never); //!`,
  ],
  silent: [
    `export const sort = (xs: number[]) => xs.sort((a, b) => a - b);`,
    `export const sort = (xs: string[]) => xs.sort((a, b) => a.length - b.length);`,
    `export const sort = (xs: number[]) => xs.sort((a, b) => a === b ? 0 : a < b ? -1 : 1);`,
    `export const sort = (xs: Date[]) => xs.sort((a, b) => a.getTime() - b.getTime());`,
    `export const three = (xs: { v: number }[]) => xs.sort((a, b) => a.v > b.v ? 1 : a.v < b.v ? -1 : 0);`,
  ],
  fixes: [{ before: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n > b.n);`, after: `export const up = (xs: { n: number }[]) => xs.sort((a, b) => a.n < b.n ? -1 : a.n > b.n ? 1 : 0);`, safe: false }],
};
