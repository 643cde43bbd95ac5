import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const sigmoid = (x: number) => Math.exp(x) / (1 + Math.exp(x)); //!`,
    `export function tanh(x: number) { const a = Math.exp(x), b = Math.exp(-x); return (a - b) / (a + b); } //!`,
    `export function logistic(x: number) { const u = Math.exp(x); return u / (1 + u); } //!`,
  ],
  silent: [
    `export const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));`,
    `export function stable(x: number) { if (x >= 0) return 1 / (1 + Math.exp(-x)); const u = Math.exp(x); return u / (1 + u); }`,
    `export const ratio = (a: number, b: number) => a / (a + b);`,
  ],
};
