import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const max = (data: number[]) => Math.max(...data); //!`,
    `export const min = (data: number[]) => Math.min.apply(null, data); //!`,
    `export function extent(rows: { v: number }[]) {
      const lo = Math.min(...rows.map(r => r.v)); //!
      return lo;
    }`,
    `export function bounds(points: { x: number; y: number }[]) {
      const corners: number[][] = [];
      for (const p of points) corners.push([p.x, p.y]);
      return [
        Math.min(...corners.map(p => p[0])), //!
        Math.max(...corners.map(p => p[1])), //!
      ];
    }`,
    `const largest = Math.max;
    export function top(xs: number[]) { return largest.apply(null, xs); } //!`,
    `export const last = (xs: number[]) => Reflect.apply(Math.max, null, xs); //!`,
    `export const top = (xs: number[]) => xs.length > 2 ? Math.max(...xs) : 0; //!`,
    `export function softmax(arr: number[]) { const top = Math.max(...arr); const e = arr.map(v => Math.exp(v - top)); const s = e.reduce((a, b) => a + b, 0); return e.map(v => v / s); } //!`,
  ],
  silent: [
    `export function probabilities(logits: number[], t: number) { const z = logits.map(l => l / t); const top = Math.max(...z); const e = z.map(v => Math.exp(v - top)); const sum = e.reduce((a, b) => a + b, 0); return e.map(x => x / sum); }`,
    `const SIZE = 128;
    export function norm(v) { if (!v || v.length !== SIZE) throw new TypeError('size'); return Math.hypot(...v); }`,
    `export function logSum(scores: number[]) { const high = Math.max(...scores); return high + Math.log(scores.reduce((s, x) => s + Math.exp(x - high), 0)); }`,
    `export function softmax(logits: number[]) {
      const top = Math.max(...logits);
      const powers = logits.map(v => Math.exp(v - top));
      const sum = powers.reduce((a, b) => a + b, 0);
      return powers.map(v => v / sum);
    }`,
    `export class Window {
      private readings: { high: number }[] = [];
      add(reading: { high: number }) { this.readings.push(reading); if (this.readings.length > 14) this.readings.shift(); }
      highest() { return Math.max(...this.readings.map(r => r.high)); }
    }`,
    `export const max = (rgb: [number, number, number]) => Math.max(...rgb);`,
    `export const max = (xs: number[]) => Math.max(...xs.slice(0, 3));`,
    `export const max = (a: number, b: number) => Math.max(...[a, b]);`,
    `export const max = (xs: number[]) => xs.reduce((m, x) => Math.max(m, x), -Infinity);`,
    `export const pad = (...xs: number[]) => Math.max(...xs);`,
    `export function largest() { return Math.max.apply(null, arguments as unknown as number[]); }`,
    `export function three(a: number, b: number, c: number) { const xs: number[] = []; xs.push(a); xs.push(b, c); return Math.max(...xs); }`,
    `export const top = (xs: number[]) => xs.length > 1000 ? 0 : Math.max(...xs);`,
  ],
  fixes: [{ before: `export const top = (xs: number[]) => Math.max(...xs);`, after: `export const top = (xs: number[]) => xs.reduce((a, b) => Math.max(a, b), -Infinity);`, safe: true }],
};
