import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function panel({ a, b, c }: { a: number; b: number; c: number }) {
      const half = (a + b + c) / 2;
      const product = [a, b, c].reduce((p, side) => p * (half - side), half);
      return Math.sqrt(product); //!
    }`,
    `export function area(a: number, b: number, c: number) { const s = (a + b + c) / 2; const square = s * (s - a) * (s - b) * (s - c);
    return square < 0 ? 0 : Math.sqrt(square); } //!`,
    `export function area(a: number, b: number, c: number) { const s = (a + b + c) / 2; return Math.sqrt(s * (s - a) * (s - b) * (s - c)); } //!`,
  ],
  silent: [
    `export const spread = (half: number, xs: number[]) => Math.sqrt(xs.reduce((p, x) => p * (half - x), half));`,
    `export const kahan = (a: number, b: number, c: number) => Math.sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4;`,
    `export const norm = (s: number, a: number) => Math.sqrt(s * (s - a));`,
  ],
};
