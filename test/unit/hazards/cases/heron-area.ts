import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function area(a: number, b: number, c: number) { const s = (a + b + c) / 2; const square = s * (s - a) * (s - b) * (s - c); //!
    return square < 0 ? 0 : Math.sqrt(square); }`,
    `export function area(a: number, b: number, c: number) { const s = (a + b + c) / 2; return Math.sqrt(s * (s - a) * (s - b) * (s - c)); } //!`,
  ],
  silent: [
    `export const kahan = (a: number, b: number, c: number) => Math.sqrt((a + (b + c)) * (c - (a - b)) * (c + (a - b)) * (a + (b - c))) / 4;`,
    `export const norm = (s: number, a: number) => Math.sqrt(s * (s - a));`,
  ],
};
