import { describe, expect, it } from 'vitest';
import { resultOf, run } from './context';

/** MXFP4 of a block whose largest magnitude is 6·2^k: elements are the nearest of 0, ½, 1, 1½, 2, 3, 4, 6 times 2^k. */
const elements = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
const mxfp4 = (x: number): number => { const m = elements.reduce((best, e) => Math.abs(e - Math.abs(x)) < Math.abs(best - Math.abs(x)) ? e : best); return x < 0 ? -m : m; };

describe('block-scaled arrays that a loop fills', () => {
  const values = [6, 0.3, -2.7, 5.1, 1.2, -0.9, 3.4, 0.1];
  const expected = values.map(mxfp4);
  const fill = 'const w: number[] | Float64Array = MAKE; for (let i = 0; i < xs.length; i++) w[i] = xs[i] + y;';
  it.each([
    ['a typed array, read by index', fill.replace('MAKE', 'new Float64Array(xs.length)'), 'const out = new Array<number>(); let s = 0; for (let i = 0; i < w.length; i++) { s = w[i] * 1; out[i] = s; } return [out[0], out[2], out[5]].map(v => v + 0).length ? s : 0;', expected[7]],
    ['an array, read by for-of', fill.replace('MAKE', '[]'), 'let s = 0; for (const v of w) s += v; return s;', expected.reduce((a, b) => a + b)],
    ['an array, read by reduce', fill.replace('MAKE', 'new Array(xs.length)'), 'return (w as number[]).reduce((a, b) => a + b, 0);', expected.reduce((a, b) => a + b)],
    ['push and a later product', 'const w: number[] = []; for (const x of xs) w.push(x + y);', 'let s = 0; for (let i = 0; i < w.length; i++) s += w[i] * w[i]; return s;', expected.reduce((a, b) => a + b * b, 0)],
  ])('%s', (_, make, read, sum) => {
    // `y` is zero, unknown to the syntax: the inputs are in no format while they are arguments one by one.
    const source = `export function f(a: number, b: number, c: number, d: number, e: number, g: number, h: number, k: number, y: number) { const xs = { 0: a, 1: b, 2: c, 3: d, 4: e, 5: g, 6: h, 7: k, length: 8, *[Symbol.iterator]() { for (let i = 0; i < 8; i++) yield (this as any)[i]; } } as unknown as number[]; ${make} ${read} }`;
    for (const mode of ['record', 'statistics'] as const) expect(resultOf(run(source, 'f', 'mxfp4', [...values, 0], mode))).toBeCloseTo(sum, 5);
  });
  it('what accumulates is left alone until it is returned', () => {
    const source = 'export function f(n: number) { const y = new Float64Array(4); for (let k = 0; k < n; k++) for (let i = 0; i < 4; i++) y[i] += 0.37 * (i + 1); let s = 0; for (let i = 0; i < 4; i++) s += y[i]; return s; }';
    expect(resultOf(run(source, 'f', 'mxfp4', [5]))).toBeCloseTo(0.37 * 10 * 5, 4);
  });
});
