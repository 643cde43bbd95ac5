import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export function answer(operation: string, x: string, n: string) { switch (operation) { case 'inverse power': if (Number(x) < 0 && Number(n) % 2 === 0) return NaN; return Math.pow(Number(x), 1 / Number(n)); default: return 0; } } //!`,
    `const profiles: Record<string, { matrix: number[][]; curve: number }> = { wide: { matrix: [[1.3, -0.2, -0.1], [-0.5, 1.5, 0.02]], curve: 1.8 } };
    const shape = (v: number, curve: number) => v ** (1 / curve); //!
    export function convert(xyz: number[], name: string) { const { matrix, curve } = profiles[name]; return matrix.map(row => row[0] * xyz[0] + row[1] * xyz[1] + row[2] * xyz[2]).map(v => shape(v, curve)); }`,
    `export function shape(stick: number, settings: { expo: number }) { const s = Math.sign(stick); return s * Math.pow(stick, settings.expo); } //!`,
    `const LAMBDA = 2.4;
    export function back(limit: { low: number }) { return Math.max(0, Math.pow(limit.low, LAMBDA)); } //!`,
    `export class Knee { constructor(private opts: { ratio?: number }, private power = 1 / 3) {} run(x: Float32Array) { return x.map(v => Math.pow(v, this.power)); } } //!`,
    `export const cubeRoot = (x: number) => Math.pow(x, 1 / 3); //!`,
    `export const cubeRoot = (x: number) => x ** (1 / 3); //!`,
    `export function nthRoot(x: number, n: number) { return Math.pow(x, 1 / n); } //!`,
    `export const nthRoot = (x: number, n: number) => x ** (1 / n); //!`,
    `export const nthRoot = (a: number, root: number) => { const x = Math.pow(Math.abs(a), 1 / root); return a < 0 ? -x : x; }; //!`,
    `export const side = (n: number) => n < 8 ? 1 : Math.floor(Math.pow(n, 1 / 3)); //!`,
    `export function joy(v: number) { const size = Math.abs(v); if (size < 0.1) return 0; return v ** 2.2; } //!`,
    `export const gains = [-1, 0.5, 2].map(g => g ** 1.5); //!`,
    `export function shaped(n: number, f = (x: number) => Math.pow(x, 0.7)) { const out = []; for (let i = 0; i <= n; i++) out.push(f(2 * i / n - 1)); return out; } //!`,
    `const curves = { soft: (x: number) => Math.tanh(x), sharp: (x: number) => x ** 0.5 }; export const table = (kind: keyof typeof curves, n: number) => Array.from({ length: n }, (_, i) => curves[kind](i / n * 2 - 1)); //!`,
  ],
  silent: [
    `export function growth(ratio: number, years: number) { if (ratio <= 0) return 0; const twice = years % 2 === 0; return twice ? 1 : Math.pow(ratio, 1 / years); }`,
    `const profiles: Record<string, { weights: number[]; curve: number }> = { wide: { weights: [0.2, 0.7, 0.1], curve: 2.2 } };
    const shape = (v: number, curve: number) => v ** (1 / curve);
    export function luma(rgb: Uint8Array, name: string) { const { weights, curve } = profiles[name]; return shape(weights[0] * rgb[0] + weights[1] * rgb[1] + weights[2] * rgb[2], curve); }`,
    `export function falloff(d: number, power: number) { return Math.pow(Math.abs(d), power) * Math.sign(d); }`,
    `export function area(w: { side: number }, power = 2) { return Math.sign(w.side) * Math.pow(w.side, power); }`,
    `export const side = (cells: Float32Array) => Math.round(Math.pow(cells.length / 4, 1 / 3));`,
    `export const lab = (t: number) => t > 0.008856 ? Math.pow(t, 1 / 3) : 7.787 * t + 16 / 116;`,
    `export const gamma = (c: number) => Math.pow(c, 1 / 2.4);`,
    `export const geomean = (log: number, n: number) => Math.pow(Math.exp(log), 1 / n);`,
    `export const root = (x: number) => Math.cbrt(x);`,
    `export const signedRoot = (v: number) => v < 0 ? -Math.pow(-v, 1 / 3) : Math.sign(v) * Math.pow(Math.abs(v), 1 / 3);`,
    `export function gamma(v: number) { return v <= 0 ? 0 : Math.pow(v, 2.2); }`,
    `export function curve(v: number) { v = Math.abs(v); return Math.pow(v, 0.5); }`,
    `export const odd = (v: number) => Math.sign(v) * Math.abs(v) ** 1.5;`,
    `export const decode = (v: number) => Math.pow((v + 0.055) / 1.055, 2.4);`,
  ],
  fixes: [{ before: `export const r = (x: number) => Math.pow(x, 1 / 3);`, after: `export const r = (x: number) => Math.cbrt(x);`, safe: true }],
};
