import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export class Complex { constructor(public re: number, public im: number) {} abs() { return Math.sqrt(this.re * this.re + this.im * this.im); } } //!`,
    `export function modulus(real: number, imag: number) { return Math.sqrt(real * real + imag * imag); } //!`,
    `/** @range x [0, 1e200] */ export function far(x: number, y: number) { return Math.sqrt(x * x + y * y); } //!`,
    `export class Complex { re = 0; im = 0; abs() { const a = this['re']; const b = this['im']; return Math.sqrt(a * a + b * b); } } //!`,
    `export function complexAbs(values: number[], i: number) { const real = values[2 * i], imag = values[2 * i + 1]; return Math.sqrt(real * real + imag * imag); } //!`,
    `export function dnrm2(n: number, x: Float64Array) { let s = 0; for (let i = 0; i < n; i++) s += x[i] ** 2; return Math.sqrt(s); } //!`,
    `export function computeGivensRotation(a: number, b: number) { return Math.sqrt(a * a + b * b); } //!`,
  ],
  silent: [
    `export const distance = (a: { x: number; y: number }, b: { x: number; y: number }) => { const dx = a.x - b.x, dy = a.y - b.y; return Math.sqrt(dx * dx + dy * dy); };`,
    `export const length = (v: Float32Array) => Math.sqrt(v[0] * v[0] + v[1] * v[1]);`,
    `export const abs = (re: number, im: number) => Math.hypot(re, im);`,
    `export function dnrm2(x: number[]) { let top = 0; for (const v of x) top = Math.max(top, Math.abs(v)); let s = 0; for (const v of x) { const part = v / top; s += part * part; } return top * Math.sqrt(s); }`,
    `export function snrm2(x: Float32Array) { let s = 0; for (const v of x) s += v * v; return Math.sqrt(s); }`,
  ],
  fixes: [{ before: `export const modulus = (re: number, im: number) => Math.sqrt(re * re + im * im);`, after: `export const modulus = (re: number, im: number) => Math.hypot(re, im);`, safe: true }],
};
