import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function extent(rows: string[][]) { let lo = Infinity; for (const r of rows) lo = Math.min(lo, parseFloat(r[0])); return lo; } //!`,
    `export function range(data: number[]) { let hi = -Infinity; for (let i = 0; i < data.length; i++) { hi = Math.max(hi, data[i]); } return hi; } //!`,
    `export function minimum(xs: any[]) { let i = 0, b; let a = xs[0]; while (++i < xs.length) if (a > (b = xs[i])) a = b; return a; } //!`,
    `export function widest(text: string) { let hi = -Infinity; for (const v of text.split(';').map(Number)) hi = Math.max(hi, v); return hi; } //!`,
    `export class Tally { max = 0; add(el: HTMLElement) { this.max = Math.max(this.max, parseFloat(el.dataset.size!)); } } //!`,
    `export const dearest = (rows: { price: string }[]) => rows.reduce((m, r) => Math.max(m, Number(r.price)), 0); //!`,
    `export const ends = (rows: Record<string, string>[], k: string) => rows.reduce(([lo, hi], r) => { const v = parseFloat(r[k]); return [Math.min(lo, v), Math.max(hi, v)]; }, [Infinity, -Infinity]); //!`,
    `export function lowest(rows: { y: string }[]) { const points = rows.map(r => ({ y: Number(r.y) })); let m = Infinity; for (const { y } of points) m = Math.min(m, y); return m; } //!`,
    `export function depths(grid: Float32Array, fillValue: number) { let lo = Infinity; for (const d of grid) { if (d === fillValue) continue; lo = Math.min(lo, d); } return lo; } //!`,
    `export class Extent { lo = Infinity; add(v: number) { this.lo = Math.min(this.lo, v); } get() { return this.lo; } } //!`,
    `export class Box { #left = Infinity; #right = -Infinity;
      include(p: { x: number }) { this.#left = Math.min(this.#left, p.x); //!
        this.#right = Math.max(this.#right, p.x); }
      isEmpty() { return this.#left === Infinity; } }`,
    `export function peak(rows: any[], field: string) { let top: any; for (const row of rows) { const v = row[field]; if (top == null || v > top) top = v; } return top; } //!`,
    `export const low = (rows: any[], field: any) => rows.reduce((m, r) => Math.min(m, r[field]), Infinity); //!`,
    `export function lowest(y: Float64Array, from: number) { let fresh = true, min = Infinity; for (let i = from; i < y.length; i++) { if (fresh) { min = y[i]; fresh = false; } else if (y[i] < min) min = y[i]; } return min; } //!`,
  ],
  silent: [
    `export function range(data: number[]) { let hi = -Infinity; for (const v of data) if (v > hi) hi = v; return hi; }`,
    `export function range(data: number[]) { let hi = -Infinity; for (const v of data) { if (Number.isNaN(v)) continue; hi = Math.max(hi, v); } return hi; }`,
    `export function longest(xs: string[]) { let n = 0; for (const x of xs) n = Math.max(n, x.length); return n; }`,
    `export function minimum(xs: any[]) { let a = xs[0]; for (const b of xs) if (!Number.isNaN(b) && b < a) a = b; return a; }`,
    `export function ids(text: string) { let hi = 0; for (const m of text.matchAll(/id=(\\d+)/g)) hi = Math.max(hi, Number(m[1])); return hi; }`,
    `export function last(o: Record<string, unknown>) { let hi = 0; for (const k of Object.keys(o)) hi = Math.max(hi, Number(k)); return hi; }`,
    `export function top(text: string) { let hi = 0; for (const v of text.split(',').map(Number).filter(Number.isFinite)) hi = Math.max(hi, v); return hi; }`,
    `export function top(rows: { x: string }[]) { let hi = 0; for (const r of rows) { const v = Number(r.x); if (!(v > 0)) continue; hi = Math.max(hi, v); } return hi; }`,
    `export const atLeast = (text: string) => Math.max(0, Number(text));`,
    `export function top(rows: { x: string }[]) { let hi = 0; for (const r of rows) { const v = Number(r.x) || 0; hi = Math.max(hi, v); } return hi; }`,
    `export class Box { left = Infinity; include(x: number) { if (Number.isNaN(x)) return; this.left = Math.min(this.left, x); } isEmpty() { return this.left === Infinity; } }`,
    `export class Tree { max = -Infinity; visit(depth: number) { this.max = Math.max(this.max, depth); } }`,
    `export function peak(rows: any[], field: string) { let top: any; for (const row of rows) { const v = row[field]; if (!Number.isFinite(v)) continue; if (top === undefined || v > top) top = v; } return top; }`,
    `export function softmax(data: number[]) { const m = data.reduce((a, b) => Math.max(a, b), -Infinity); return data.map(x => Math.exp(x - m)); }`,
    `export function softmax(data: Float32Array, t: number) { let top = -Infinity; for (let i = 0; i < data.length; i++) top = Math.max(top, data[i]); return data.map(x => Math.exp((x - top) / t)); }`,
    `export function highest(data: number[]) { let m = -Infinity; for (let i = 0; i < data.length; i++) if (data[i] > m) m = data[i]; return m; }`,
  ],
};
