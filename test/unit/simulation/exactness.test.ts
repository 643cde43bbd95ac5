import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arithmeticOf, bf16, e4m3, e5m2, fp16, type Binary } from './oracle';
import { resultOf, run } from './context';
import { toReal } from '../../../src/protocol/real';

const formats: readonly [string, Binary][] = [['fp16', fp16], ['bf16', bf16], ['fp8-e4m3fn', e4m3], ['fp8-e5m2', e5m2]];

const source = `
export function dot(xs: number[], ys: number[]): number { let s = 0; for (let i = 0; i < xs.length; i++) s += xs[i] * ys[i]; return s; }
export function horner(c: number[], x: number): number { let y = 0; for (let i = c.length - 1; i >= 0; i--) y = y * x + c[i]; return y; }
export function mean(xs: readonly number[]): number { let t = 0; for (const x of xs) t = t + x; return t / xs.length; }
export function logistic(x: number, n: number): number { for (let i = 0; i < n; i++) x = 3.7 * x * (1 - x); return x; }
export function matmul(a: number[][], b: number[][]): number[][] {
  const n = a.length, out: number[][] = [];
  for (let i = 0; i < n; i++) { const row = new Array<number>(n).fill(0); for (let j = 0; j < n; j++) { let s = 0; for (let k = 0; k < n; k++) s += a[i][k] * b[k][j]; row[j] = s; } out.push(row); }
  return out;
}
export function kahan(xs: number[]): number { let s = 0, c = 0; for (const x of xs) { const y = x - c, t = s + y; c = (t - s) - y; s = t; } return s; }
export function ratio(a: number, b: number): number { return (a + b) / (a - b); }
`;

const values = fc.array(fc.double({ min: -40, max: 40, noNaN: true }), { minLength: 1, maxLength: 12 });

describe('results are the scheme, bit for bit, against exact rationals', () => {
  for (const [id, format] of formats) {
    const o = arithmeticOf(format);
    const check = (name: string, args: readonly (number | readonly number[] | readonly (readonly number[])[])[], expected: unknown): void => {
      for (const mode of ['record', 'statistics'] as const) {
        const json = JSON.parse(JSON.stringify(args)) as never[];
        expect(resultOf(run(source, name, id, json, mode)), `${name} ${mode} ${JSON.stringify(args)}`).toEqual(expected);
      }
    };
    it(`${id}: dot product, Horner, mean, Kahan`, () => {
      fc.assert(fc.property(values, values, fc.double({ min: -2, max: 2, noNaN: true }), (xs, zs, x) => {
        const ys = xs.map((_, i) => zs[i % zs.length]);
        check('dot', [xs, ys], toReal(xs.reduce((s, v, i) => o.add(s, o.mul(o.r(v), o.r(ys[i]))), 0)));
        check('horner', [xs, x], toReal([...xs].reverse().reduce((y, c) => o.add(o.mul(y, o.r(x)), o.r(c)), 0)));
        check('mean', [xs], toReal(o.div(xs.reduce((s, v) => o.add(s, o.r(v)), 0), o.r(xs.length))));
        let [s, c] = [0, 0];
        for (const v of xs) { const y = o.sub(o.r(v), c); const t = o.add(s, y); c = o.sub(o.sub(t, s), y); s = t; }
        check('kahan', [xs], toReal(s));
      }), { numRuns: 4, seed: 7 });
    });
    it(`${id}: logistic map, matrix product, ratio`, () => {
      let x = o.r(0.3);
      for (let i = 0; i < 20; i++) x = o.mul(o.mul(o.r(3.7), x), o.sub(1, x));
      check('logistic', [0.3, 20], toReal(x));
      const a = [[0.1, 1.7, -3], [2.2, 0.33, 4], [0.5, -6.1, 7]];
      const b = [[1.1, 0.2, 3], [-0.7, 5, 0.6], [7, 0.8, -0.9]];
      check('matmul', [a, b], a.map(row => b[0].map((_, j) => toReal(row.reduce((s, v, k) => o.add(s, o.mul(o.r(v), o.r(b[k][j]))), 0)))));
      check('ratio', [0.3, 0.1], toReal(o.div(o.add(o.r(0.3), o.r(0.1)), o.sub(o.r(0.3), o.r(0.1)))));
    });
  }
});

describe('what is data and what is an index', () => {
  it('loop counters are exact in every format, accumulators stall', () => {
    expect(resultOf(run('export function f() { let t = 0, n = 0; for (let i = 0; i < 5000; i++) { t += 1; n++; } return [t, n]; }', 'f', 'fp16', []))).toEqual([2048, 5000]);
  });
  it('a parameter that bounds a loop and indexes stays exact', () => {
    expect(resultOf(run('export function f(xs: number[], n: number) { let c = 0; for (let i = n - 1; i >= 0; i--) c++; return [c, xs[n - 1]]; }', 'f', 'fp8-e4m3fn', [Array.from({ length: 101 }, (_, i) => i), 101]))).toEqual([101, 100]);
  });
});
