import type { HazardCases } from '../support';

export const cases: HazardCases = {
  options: { targetFormats: ['fp16'] },
  fires: [
    `export function count() { let s = 0; for (let i = 0; i < 5000; i++) { s += 1; } return s * 0.5; } //!`,
    `/** @range xs [0, 1] */ export function sum(xs: number[]) { let s = 0; for (let i = 0; i < 4096; i++) s += xs[i]; return s; } //!`,
  ],
  silent: [
    `export function count() { let s = 0; for (let i = 0; i < 1000; i++) { s += 1; } return s * 0.5; }`,
    `export function sum(xs: number[]) { let s = 0; for (const x of xs) s += x; return s; }`,
  ],
};
