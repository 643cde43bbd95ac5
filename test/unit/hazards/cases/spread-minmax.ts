import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const max = (data: number[]) => Math.max(...data); //!`,
    `export const min = (data: number[]) => Math.min.apply(null, data); //!`,
    `export function extent(rows: { v: number }[]) {
      const lo = Math.min(...rows.map(r => r.v)); //!
      return lo;
    }`,
  ],
  silent: [
    `export const max = (rgb: [number, number, number]) => Math.max(...rgb);`,
    `export const max = (xs: number[]) => Math.max(...xs.slice(0, 3));`,
    `export const max = (a: number, b: number) => Math.max(...[a, b]);`,
    `export const max = (xs: number[]) => xs.reduce((m, x) => Math.max(m, x), -Infinity);`,
    `export const pad = (...xs: number[]) => Math.max(...xs);`,
  ],
  fixes: [{ before: `export const top = (xs: number[]) => Math.max(...xs);`, after: `export const top = (xs: number[]) => xs.reduce((a, b) => Math.max(a, b), -Infinity);`, safe: true }],
};
