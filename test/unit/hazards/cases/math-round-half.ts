import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function round(out: number[], a: number[]) { out[0] = Math.round(a[0]); return out; } //!`,
  ],
  silent: [
    `export function snap(x: number) { return Math.round(x); }`,
    `export function round(x: number) { return Math.sign(x) * Math.round(Math.abs(x)); }`,
    `/** @range x [0, 100] */ export function round(x: number) { return Math.round(x); }`,
  ],
  fixes: [{ before: `export const round = (x: number) => Math.round(x);`, after: `export const round = (x: number) => Math.sign(x) * Math.round(Math.abs(x));`, safe: false }],
};
