import type { HazardCases } from '../support';

export const cases: HazardCases = {
  fires: [
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
  ],
  silent: [
    `export const every = (k: number, step: number) => { step = Math.floor(step); return k % step === 0; };`,
    `export const even = (n: number) => n % 2 === 0;`,
    `export const whole = (x: number) => x % 1 === 0;`,
    `export function gcd(a: number, b: number): number { return b === 0 ? a : gcd(b, a % b); }`,
    `export const wrap = (angle: number) => angle % (2 * Math.PI);`,
    `export function every(i: number, step: number) { return i % step === 0; }`,
    `export function leap(year: number) { return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0); }`,
  ],
};
