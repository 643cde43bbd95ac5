import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
    `export const rules: Record<string, { check: (bound: number, given: number) => boolean }> = {
      least: { check: (bound, given) => given >= bound },
      divisibleBy: { check: (bound, given) => Number.isInteger(given / bound) }, //!
    };`,
    `/** The acronym of the unit, in microns. */
    export const fits = (length: number, step: number) => length % step === 0; //!`,
    `export class Slider {
      steps: number[] = [];
      margin(value: number) {
        const step = this.steps[0];
        if (step && (value % step)) throw new Error('not a multiple'); //!
        return value;
      }
    }`,
    `export function check(x: number, divisibleBy: number, fail: () => void) { if (x / divisibleBy % 1) fail(); } //!`,
    `export const bad = (v: number, schema: { multipleOf: number }) => kind(v / schema.multipleOf) !== 'integer';
    declare function kind(x: number): string;
    export const worse = (v: number, step: number) => Number.isInteger(v / step); //!`,
    `export const isMultiple = (value: number, step: number) => value % step === 0; //!`,
    `export function multipleOf(data: number, multipleOf: number) {
      const q = data / multipleOf;
      return Number.isInteger(q); //!
    }`,
    `export const valid = (v: number) => v % 0.01 === 0; //!`,
    `export function check(data: number, schema: { multipleOf: number }) {
      const division = data / schema.multipleOf;
      if (division !== parseInt(String(division))) return false;
      return division === Math.floor(division); //!
    }`,
    `export function multipleOf(requirement: number) { return { requirement, run(data: { value: number }) { return data.value % this.requirement != 0 ? 'issue' : null; } }; } //!`,
    `export const methods = {
      step: function (value: number, param: number) {
        return value % param === 0; //!
      },
    };`,
    `export const decimals = (v: number) => v * 100 % 1 === 0; //!`,
    `export const twoDecimals = (x: number) => x * 100 === Math.round(x * 100); //!`,
    `export function check(schema: { multipleOf?: number; divisibleBy?: number }, v: number) { const q = v / (schema.multipleOf || schema.divisibleBy || 1); return q === Math.floor(q); } //!`,
    `export function multiple(v: number, multipleOf: number) { const k = 10 ** 2; let rest; rest = Math.round(k * v) % (k * multipleOf); return !rest; } //!`,
    `export function onGrid(x: number, { pitch = 0.1 } = {}) { return x % pitch === 0; } //!`,
    `const sizes = { coarse: 0.5, fine: 0.05 }; export const snapped = (x: number, kind: keyof typeof sizes) => x % sizes[kind] === 0; //!`,
  ],
  silent: [
    `export const rules: Record<string, { check: (bound: number, given: number) => boolean }> = {
      share: { check: (bound, given) => Number.isInteger(given / bound) },
    };`,
    `export class CronField { constructor(readonly step: number) {} matches(minute: number) { return minute % this.step === 0; } }`,
    `export const every = (k: number, step: number) => { step = Math.floor(step); return k % step === 0; };`,
    `export const even = (n: number) => n % 2 === 0;`,
    `export const whole = (x: number) => x % 1 === 0;`,
    `export function gcd(a: number, b: number): number { return b === 0 ? a : gcd(b, a % b); }`,
    `export const wrap = (angle: number) => angle % (2 * Math.PI);`,
    `export function every(i: number, step: number) { return i % step === 0; }`,
    `export function leap(year: number) { return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0); }`,
    `export function field(value: number, text: string) { const step = Number(text.slice(2)); if (text.startsWith('*/')) return value % step === 0; return false; }`,
    `export function wrap(value: number, low: number, high: number) { const divisor = high - low; const part = (value - low) % divisor; return part < 0 ? part + divisor + low : part + low; }`,
    `export function thin<T>(xs: T[], most: number) { const step = Math.ceil(xs.length / most); return xs.filter((_, i) => i % step === 0); }`,
    `export const whole = (i: number) => i % 1 === 0;`,
    `export const doubled = (x: number) => x * 2 === Math.round(x * 2);`,
    `export function multiple(v: number, multipleOf: number) { const whole = (multipleOf | 0) === multipleOf; if (whole) return v % multipleOf === 0; return true; }`,
    `export function evenFrames(frame: number, every = 2) { return frame % every === 0; }`,
    `export function quarter(x: number, { pitch = 0.25 } = {}) { return x % pitch === 0; }`,
  ],
};
