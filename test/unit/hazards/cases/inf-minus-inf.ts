import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function gap(xs: number[]) {
      let first = Infinity, second = Infinity;
      for (const x of xs) { if (x < first) { second = first; first = x; } else if (x < second) second = x; }
      return second - first; //!
    }`,
    `export function addLogs(a: number, b: number) { const m = Math.max(a, b); return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); } //!`,
  ],
  silent: [
    `export function extent(xs: number[]) { let lo = Infinity, hi = -Infinity; for (const x of xs) { if (x < lo) lo = x; if (x > hi) hi = x; } return hi - lo; }`,
    `export function gap(xs: number[]) { let a = Infinity, b = Infinity; for (const x of xs) { b = a; a = x; } return Number.isFinite(b) ? b - a : 0; }`,
    `export function addLogs(a: number, b: number) { const m = Math.max(a, b); if (m === -Infinity) return m; return m + Math.log(Math.exp(a - m) + Math.exp(b - m)); }`,
  ],
};
