import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function plot({ p, q, r }: { p: number; q: number; r: number }) {
      const s = (p + q + r) / 2; const u = s - p; const v = s - q; const w = s - r;
      return Math.sqrt(u * v * w * s); //!
    }`,
    `export function facet(a: number, b: number, c: number) { const h = 0.5 * (a + b + c); const rests = [h - a, h - b, h - c];
    return Math.sqrt(rests.reduce((t, x) => t * x, h)); } //!`,
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
    `export function box(a: number, b: number, c: number, d: number) { const u = a - d; const v = b - d; const w = c - d; return Math.sqrt(u * v * w); }`,
    `export const spread = (half: number, xs: number[]) => Math.sqrt(xs.reduce((p, x) => p * (half - x), half));`,
    `export const kahan = (a: number, b: number, c: number) => Math.sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4;`,
    `export const norm = (s: number, a: number) => Math.sqrt(s * (s - a));`,
  ],
};
