import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function extent(rows: string[][]) { let lo = Infinity; for (const r of rows) lo = Math.min(lo, parseFloat(r[0])); return lo; } //!`,
    `export function range(data: number[]) { let hi = -Infinity; for (let i = 0; i < data.length; i++) { hi = Math.max(hi, data[i]); } return hi; } //!`,
    `export function minimum(xs: any[]) { let i = 0, b; let a = xs[0]; while (++i < xs.length) if (a > (b = xs[i])) a = b; return a; } //!`,
  ],
  silent: [
    `export function range(data: number[]) { let hi = -Infinity; for (const v of data) if (v > hi) hi = v; return hi; }`,
    `export function range(data: number[]) { let hi = -Infinity; for (const v of data) { if (Number.isNaN(v)) continue; hi = Math.max(hi, v); } return hi; }`,
    `export function longest(xs: string[]) { let n = 0; for (const x of xs) n = Math.max(n, x.length); return n; }`,
    `export function minimum(xs: any[]) { let a = xs[0]; for (const b of xs) if (!Number.isNaN(b) && b < a) a = b; return a; }`,
  ],
};
