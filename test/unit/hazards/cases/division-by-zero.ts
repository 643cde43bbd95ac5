import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const percent = (part: number, total: number) => part / total * 100; //!`,
    `export function coverage(covered: number, total: number) { return (covered * 100) / total; } //!`,
    `export function weighted(xs: number[], ws: number[]) {
      let sum = 0;
      let weight = 0;
      for (let i = 0; i < xs.length; i++) { sum += xs[i] * ws[i]; weight += ws[i]; }
      return sum / weight; //!
    }`,
    `export function payment(principal: number, rate: number, n: number) { return principal * rate / (1 - Math.pow(1 + rate, -n)); } //!`,
    `export const getGain = (first: number, last: number) => {
      const ratio = (last - first) / first; //!
      return ratio;
    };`,
    `export function summary(reviews: { stars: number }[]) {
      const sum = reviews.reduce((n, r) => n + r.stars, 0);
      const average = sum / reviews.length; //!
      return { average, count: reviews.length };
    }`,
    `export function blended(parts: { value: number; weight: number }[]) {
      let t = 0, w = 0;
      for (const p of parts) { t += p.value * p.weight; w += p.weight; }
      return t / w; //!
    }`,
    `export const average = (xs: number[], sum: (xs: number[]) => number) => sum(xs) / xs.length; //!`,
    `export const table = { avg: (nums: number[] | null) => nums && nums.reduce((a, b) => a + b, 0) / nums.length }; //!`,
    `export const loan = (a: number, r: number, t: number) => { const i = r / 1200; return a * (i / (1 - Math.pow(1 + i, -t))); }; //!`,
    `export const load = (idle: number, before: number, total: number, last: number) => 100 - 100 * (idle - before) / (total - last); //!`,
  ],
  silent: [
    `export const percent = (part: number, total: number) => total === 0 ? 0 : part / total * 100;`,
    `export const percent = (part: number, total: number) => part / (total || 1) * 100;`,
    `export const percent = (part: number, total: number) => part / Math.max(1, total) * 100;`,
    `export function mean(xs: number[]) { if (xs.length === 0) return NaN; let s = 0; for (const x of xs) s += x; return s / xs.length; }`,
    `export const percent = (part: number, total: number) => (part / total * 100) || 0;`,
    `export function percent(part: number, total: number) { if (!total) return 0; return part / total * 100; }`,
    `export const half = (x: number) => x / 2 * 100;`,
    `export const getGain = (first: number, last: number) => first === 0 ? null : (last - first) / first;`,
    `export function mean(xs: number[]) { let s = 0; for (const x of xs) s += x; return s / xs.length; }`,
    `export function saturation(r: number, g: number, b: number) { const high = Math.max(r, g, b), low = Math.min(r, g, b); return high === low ? 0 : ((high - low) / (high + low)) * 100; }`,
    `export const average = (xs: number[]) => xs.length ? xs.reduce((a, b) => a + b, 0) / xs.length : 0;`,
  ],
  fixes: [{ before: `export const percent = (part: number, total: number) => part / total * 100;`, after: `export const percent = (part: number, total: number) => (total === 0 ? 0 : part / total) * 100;`, safe: false }],
};
