import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function dose(n: number, ratio: number, effect: number) { const a = 1 / (n * ratio), b = 1, c = -effect; const d = b * b - 4 * a * c; if (d < 0) return 0; return (-b + Math.sqrt(d)) / (2 * a); } //!`,
    `export function roots(a: number, b: number, c: number) { const d = b * b - 4 * a * c; if (d < 0) return [];
    // @ts-expect-error provided by the sketch's page
    const root = sqrt(d);
    return [(-b + root) / (2 * a)]; } //!`,
    `export function ions(pK: number, c: number) { const k = 10 ** -pK; return (-k + Math.sqrt(k * k + 4 * k * c)) / 2; } //!`,
    `export function solve(a: number, b: number, c: number, roots: number[]) {
      let q = b * b - 4 * a * c;
      if (q < 0) return 0;
      q = Math.sqrt(q);
      roots[0] = (-b - q) / (2 * a); //!
      return 1;
    }`,
    `export function roots(a: number, b: number, c: number) {
      const d = Math.sqrt(b * b - 4 * a * c);
      const x1 = (-b + d) / (2 * a); //!
      const x2 = (-b - d) / (2 * a); //!
      return [x1, x2];
    }`,
    `export const root = (a: number, b: number, c: number) => (-b - Math.sqrt(b ** 2 - 4 * a * c)) / (2 * a); //!`,
    `export function first(a: number, b: number, c: number) { const s = Math.sqrt(Math.max(0, b ** 2 - 4 * a * c)); return (-b + s) / (2 * a); } //!`,
    `export function turns(p: number[]) {
      const a = p[0], b = p[1], c = p[2], d = a - 2 * b + c;
      if (Math.abs(d) < 1e-9) return [];
      const root = -Math.sqrt(Math.max(0, b * b - a * c)), rest = -a + b;
      return [-(root + rest) / d]; //!
    }`,
    `export const fall = (g: number, h: number, v: number) => (-v + Math.sqrt(v * v + 2 * g * h)) / g; //!`,
  ],
  silent: [
    `export function speed(uptake: number) { const a = 0.000104, b = 0.182258, c = -(4.6 + uptake); const d = b * b - 4 * a * c; return d < 0 ? null : (-b + Math.sqrt(d)) / (2 * a); }`,
    `export function golden(c: number) { const b = -1; const d = b * b - 4 * c; return d < 0 ? 0 : (-b + Math.sqrt(d)) / 2; }`,
    `export function roots(a: number, b: number, c: number) { const d = b * b - 4 * a * c; const q = -(b + Math.sign(b) * Math.sqrt(d)) / 2; return [q / a, c / q]; }`,
    `export function reach(x: number, c: number) { const b = Math.abs(x); return (b + Math.sqrt(b * b - 4 * c)) / 2; }`,
    `export function roots(a: number, b: number, c: number) { const q = -(b + Math.sign(b) * Math.sqrt(b * b - 4 * a * c)) / 2; return [q / a, c / q]; }`,
    `export function root(a: number, b: number, c: number) { if (b < 0) return 2 * c / (-b + Math.sqrt(b * b - 4 * a * c)); return (-b - Math.sqrt(b * b - 4 * a * c)) / (2 * a); }`,
    `export const chord = (r: number, d: number) => r - Math.sqrt(r * r - d * d);`,
    `export const reach = (g: number, h: number, v: number) => (v + Math.sqrt(v * v + 2 * g * h)) / g;`,
  ],
};
