import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `const nth = (v: number, b: number) => { return Math.log(v) / Math.log(b); };
    export class Scale { constructor(private top: number, private b: number) {} exponent() { return Math.ceil(nth(this.top, this.b)); } } //!`,
    `const divisors = { ten: Math.LN10, two: Math.LN2 };
    export class Counter { private readonly by: number; constructor(kind: 'ten' | 'two') { this.by = divisors[kind]; }
      width(n: number) { const size = Math.log(n) / this.by; //!
        return Math.floor(size) + 1; } }`,
    `export const digits = (x: number) => Math.floor(Math.log(x) / Math.LN10) + 1; //!`,
    `export const ceilPower = (x: number) => Math.pow(2, Math.ceil(Math.log(x) / Math.LN2)); //!`,
    `export function magnitude(range: number) {
      const exponent = Math.log(range) / Math.log(10); //!
      return Math.pow(10, Math.floor(exponent));
    }`,
    `export const log10 = (x: number) => Math.log(x) / Math.LN10; //!`,
    `export function fractionDigits(minor: number) {
      return Math.log(minor) / Math.LN10; //!
    }`,
    `export const isPowerOfThree = (n: number) => Number.isInteger(Math.log10(n) / Math.log10(3)); //!`,
    `export class Axis { base = 10; getLog(v: number) { return Math.log(v) / Math.log(this.base); } } //!`,
    `export const log10 = Math.log10 ? (x: number) => Math.log10(x) : (x: number) => Math.log(x) / Math.LN10; //!`,
    `export function places(n: number) { const size = Math.log(n) / Math.LN10; //!
      return Math.ceil(size); }`,
  ],
  silent: [
    `export function order(x: number) { let n = Math.floor(Math.log(x) / Math.LN10); if (Math.pow(10, n + 1) <= x) n += 1; if (Math.pow(10, n) > x) n -= 1; return n; }`,
    `export function order(x: number) { let n = Math.floor(Math.log(x) / Math.LN10); while (10 ** (n + 1) <= x) n++; return n; }`,
    `const nth = (v: number, b: number) => { return Math.log(v) / Math.log(b); };
    export const near = (v: number, b: number) => Math.round(nth(v, b));`,
    `export const digits = (x: number) => Math.floor(Math.log10(x)) + 1;`,
    `export const entropy = (ps: number[]) => ps.reduce((h, p) => h - p * Math.log(p) / Math.LN2, 0);`,
    `export const nearest = (x: number) => Math.round(Math.log(x) / Math.LN2);`,
    `export const decibel = (x: number) => 20 * Math.log(x) / Math.LN10;`,
    `export const geometric = (p: number) => Math.floor(Math.log(Math.random()) / Math.log(1 - p));`,
    `export const thousands = (n: number) => Math.floor(Math.log10(n) / 3);`,
    `export const groups = (n: number) => Math.floor(Math.log10(n) / Math.log10(1000));`,
    `export function order(n: number) { const q = Math.log(n) / Math.LN10; const up = Math.ceil(q); return up - q < 1e-12 ? up : Math.floor(q); }`,
  ],
  fixes: [{ before: `export const digits = (x: number) => Math.floor(Math.log(x) / Math.LN10);`, after: `export const digits = (x: number) => Math.floor(Math.log10(x));`, safe: true }],
};
