import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function sum(xs: number[]) { let s = 0; for (const x of xs) s += x; return s; } //!`,
    `export function mean(values: number[]) {
      let total = 0;
      for (let i = 0; i < values.length; i++) {
        total += values[i]; //!
      }
      return total / values.length;
    }`,
    `export function sum(values: Iterable<any>) {
      let sum = 0;
      for (let value of values) {
        if (value = +value) {
          sum += value; //!
        }
      }
      return sum;
    }`,
    `export function total(rows: { balance: number }[]) { let t = 0; rows.forEach(r => { t += r.balance; }); return t; } //!`,
  ],
  silent: [
    `export function count(xs: string[]) { let n = 0; for (const x of xs) n += x.length; return n; }`,
    `export function kahan(xs: number[]) { let s = 0, c = 0; for (const x of xs) { const y = x - c; const t = s + y; c = (t - s) - y; s = t; } return s; }`,
    `export function neumaier(xs: number[]) {
      let sum = 0, c = 0;
      for (const x of xs) { const t = sum + x; if (Math.abs(sum) >= Math.abs(x)) c += (sum - t) + x; else c += (x - t) + sum; sum = t; }
      return sum + c;
    }`,
    `export function few(v: [number, number, number]) { let s = 0; for (const x of v) s += x; return s; }`,
    `export function energy(xs: number[]) { let s = 0; for (const x of xs) s += Math.abs(x); return s; }`,
    `export function bytes(xs: Uint8Array) { let s = 0; for (const x of xs) s += x; return s; }`,
    `export function single(xs: Float32Array) { let s = 0; for (let i = 0; i < xs.length; i++) s += xs[i]; return s; }`,
    `export function text(xs: string[]) { let s = ''; for (const x of xs) s += x; return s; }`,
    `export const addMinor = (...amounts: number[]) => amounts.reduce((sum, a) => sum + a, 0);`,
    `export function due(rows: { amount: number }[]) { let totalCents = 0; for (const r of rows) totalCents += r.amount; return totalCents; }`,
  ],
};
