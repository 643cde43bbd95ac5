import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bracket, contains, decode, encode, FormatError, formats, neighbours, parseFormat, rounder, roundArray, roundingModes, ulp, xoshiro, type Rounding } from '../../../src/formats';
import { nearestClosure } from '../../../src/formats/closures';
import { generalRounder } from '../../../src/formats/general';

const extra = ['float(11,40)', 'float(8,1)', 'float(2,1)', 'float(11,52)', 'fixed(0,4)', 'uq4.4', 'sq3.6', 'fixed(26,27)', 'int7', 'p3109-k16p6se', 'p3109-k10p1ue', 'p3109-k12p11sf', 'codebook(0,0.3,1,-5)', 'codebook(-1e308,0,1e308,1)', 'codebook(0,5e-324,1e-323,1)', 'uniform(3,-1,2)'].map(parseFormat);
const all = [...formats, ...extra];
const anyFormat = fc.constantFrom(...all);

/** Doubles of every size, and doubles around the format's own values and midpoints. */
const anyInput = fc.tuple(fc.double(), fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: -2, max: 2 }), fc.nat(4));
function input(format: typeof all[number], [raw, scale, nudge, kind]: [number, number, number, number]): number {
  if (kind === 0) return raw;
  const v = kind === 1 ? scale * format.maxFinite : kind === 2 ? scale * format.minPositive * 4 : scale * 3;
  const near = bracket(format, v);
  const base = kind === 4 ? near.down / 2 + near.up / 2 : near.up;
  return Number.isFinite(base) ? base * (1 + nudge * 2 ** -52) : v;
}

describe('rounder', () => {
  it('is the general rounder, generated code and closures alike', () => {
    fc.assert(fc.property(anyFormat, anyInput, fc.constantFrom(...roundingModes), fc.constantFrom('ieee', 'saturate', 'wrap'), fc.constantFrom('keep', 'flush'), (format, raw, mode, overflow, subnormals) => {
      if (overflow === 'wrap' && format.family !== 'integer' && format.family !== 'fixed') return;
      const x = input(format, raw);
      const rounding = (): Rounding => ({ mode, overflow, subnormals, random: xoshiro(7) });
      const wanted = generalRounder(format, rounding())(x);
      const actual = rounder(format, rounding())(x);
      if (!Object.is(actual, wanted)) throw new Error(`${format.id} ${mode} ${overflow} ${subnormals} ${x}: ${actual}, the general rounder says ${wanted}`);
      const closure = nearestClosure(format, rounding(), generalRounder(format, rounding()));
      if (closure && !Object.is(closure(x), wanted)) throw new Error(`${format.id} ${overflow} ${subnormals} ${x}: the closure says ${closure(x)}, the general rounder ${wanted}`);
    }), { numRuns: 6000 });
  });

  it('is idempotent, monotone and odd where the format is symmetric', () => {
    fc.assert(fc.property(anyFormat, anyInput, anyInput, fc.constantFrom(...roundingModes.filter(m => m !== 'stochastic')), (format, p, q, mode) => {
      const round = rounder(format, { mode, overflow: 'saturate' });
      const [x, y] = [input(format, p), input(format, q)];
      const rx = round(x);
      expect(Object.is(round(rx), rx)).toBe(true);
      const ry = round(y);
      if (x <= y) expect(rx > ry).toBe(false);
      const mirrored = mode === 'up' ? 'down' : mode === 'down' ? 'up' : mode;
      if (format.lowest === -format.maxFinite && format.family !== 'codebook') expect(rounder(format, { mode: mirrored, overflow: 'saturate' })(-x) + 0).toBe(-rx + 0);
    }), { numRuns: 1500 });
  });

  it('to nearest is within half an ulp, directed within one', () => {
    fc.assert(fc.property(anyFormat, anyInput, (format, raw) => {
      const x = input(format, raw);
      if (!(x <= format.maxFinite && x >= format.lowest)) return;
      const spacing = ulp(format, x);
      for (const mode of ['nearest-even', 'nearest-away'] as const) expect(Math.abs(rounder(format, { mode })(x) - x)).toBeLessThanOrEqual(spacing / 2);
      expect(rounder(format, { mode: 'up' })(x)).toBeGreaterThanOrEqual(format.id === 'e8m0fnu' ? 0 : x);
      if (format.id !== 'e8m0fnu') expect(rounder(format, { mode: 'down' })(x)).toBeLessThanOrEqual(x);
      expect(Math.abs(rounder(format, { mode: 'up' })(x) - x)).toBeLessThanOrEqual(spacing);
    }), { numRuns: 1500 });
  });

  it('stochastically is unbiased and only ever gives a neighbour', () => {
    for (const id of ['fp16', 'fp8-e4m3fn', 'int8', 'nf4', 'q3.12', 'bf16']) {
      const format = parseFormat(id);
      for (const at of [0.1, 0.5, 0.37]) {
        const { down, up } = neighbours(format, 0.3);
        const x = down + (up - down) * at;
        const round = rounder(format, { mode: 'stochastic', random: xoshiro(42) });
        const n = 20000;
        let ups = 0;
        for (let i = 0; i < n; i++) {
          const y = round(x);
          if (y === up) ups++;
          else if (y !== down) throw new Error(`${id} ${x} gave ${y}`);
        }
        const p = (x - down) / (up - down);
        // Five standard deviations.
        expect(Math.abs(ups / n - p)).toBeLessThan(5 * Math.sqrt(p * (1 - p) / n));
      }
    }
  });

  it('flushes subnormals to zeros of their sign', () => {
    const fp16 = rounder(parseFormat('fp16'), { subnormals: 'flush' });
    expect([fp16(2 ** -15), fp16(-(2 ** -15)), fp16(2 ** -14), fp16(2 ** -14 * (1 - 2 ** -20))]).toEqual([0, -0, 2 ** -14, 2 ** -14]);
    expect(rounder(parseFormat('fp8-e4m3fnuz'), { subnormals: 'flush' })(-(2 ** -9))).toBe(0);
  });

  it('wraps integers and fixed point', () => {
    expect([130, -129, 255.6, 1e6, Infinity].map(rounder(parseFormat('int8'), { overflow: 'wrap' }))).toEqual([-126, 127, 0, 64, NaN]);
    expect(rounder(parseFormat('q3.12'), { overflow: 'wrap' })(8)).toBe(-8);
    expect(rounder(parseFormat('sq1.1'), { overflow: 'wrap' })(2)).toBe(-1.5);
  });

  it('refuses what does not apply, in one sentence', () => {
    expect(() => rounder(parseFormat('fp16'), { overflow: 'wrap' })).toThrow(FormatError);
    expect(() => rounder(parseFormat('fp16'), { mode: 'nearest' as 'up' })).toThrow(/modes are nearest-even/);
    expect(() => rounder(parseFormat('fp16'), { mode: 'stochastic', randomBits: 0 })).toThrow(/1 to 32/);
    expect(() => roundArray(parseFormat('fp16'), {}, new Float64Array(2), new Float64Array(1))).toThrow(/at least 2/);
  });

  it('arrays round like single values, in place too', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 2 ** (i % 40 - 20));
    for (const format of [parseFormat('bf16'), parseFormat('int8'), parseFormat('nf4')]) {
      const y = new Float64Array(1000);
      roundArray(format, { overflow: 'saturate' }, x, y);
      expect([...y]).toEqual([...x].map(rounder(format, { overflow: 'saturate' })));
      const z = x.slice();
      roundArray(format, { overflow: 'saturate' }, z, z);
      expect([...z]).toEqual([...y]);
    }
  });
});

describe('rounding examples', () => {
  // 11.5, 12.5, −11.5, −12.5 to integers.
  it.each([['nearest-even', [12, 12, -12, -12]], ['nearest-away', [12, 13, -12, -13]], ['toward-zero', [11, 12, -11, -12]], ['up', [12, 13, -11, -12]], ['down', [11, 12, -12, -13]]] as const)('%s', (mode, wanted) => {
    expect([11.5, 12.5, -11.5, -12.5].map(rounder(parseFormat('int8'), { mode }))).toEqual(wanted);
  });

  it('radix-4 FP4 sends a midpoint to the smaller magnitude and has an odd phase', () => {
    const even = rounder(parseFormat('fp4-radix4'));
    expect([2.5, 2.5000001, -2.5, 0.7, 1000]).toEqual([2.5, 2.5000001, -2.5, 0.7, 1000]);
    expect([2.5, 2.5000001, -2.5, 0.7, 1000].map(even)).toEqual([1, 4, -1, 1, 64]);
    expect([2.5, 5, 5.1].map(rounder(parseFormat('fp4-radix4-odd')))).toEqual([2, 2, 8]);
  });

  it('the just-below-half trap: 0.49999999999999994 to an integer is 0', () => {
    for (const mode of ['nearest-away', 'nearest-even'] as const) expect(rounder(parseFormat('int8'), { mode })(0.49999999999999994)).toBe(0);
    expect(rounder(parseFormat('fp8-e4m3fn'), { mode: 'nearest-away' })(2 ** -10 * (1 - 2 ** -53))).toBe(0);
  });
});

describe('codes and neighbours', () => {
  it('encode and decode are inverse on every code of every small format', () => {
    for (const format of all.filter(f => f.bits <= 6 || (f.bits <= 12 && !f.id.startsWith('p3109-k8')))) {
      for (let code = 0; code < 2 ** format.bits; code++) {
        const value = decode(format, code);
        if (!contains(format, value)) { expect(value).toBeNaN(); continue; }
        expect(Object.is(decode(format, encode(format, value)), value)).toBe(true);
        if (value === value && format.family !== 'codebook') expect(Number(encode(format, value))).toBe(code);
      }
    }
  });

  it('neighbours are adjacent: nothing lies between', () => {
    for (const format of all.filter(f => f.bits <= 6 || (f.bits <= 10 && !f.id.startsWith('p3109-k8')))) {
      const values = [...new Set(Array.from({ length: 2 ** format.bits }, (_, code) => decode(format, code) + 0).filter(Number.isFinite))].sort((a, b) => a - b);
      values.forEach((v, i) => {
        expect([format.id, v, neighbours(format, v)]).toEqual([format.id, v, { down: values[i - 1] ?? (format.infinities && format.lowest < 0 ? -Infinity : NaN), up: values[i + 1] ?? (format.infinities ? Infinity : NaN) }]);
        if (i === 0) return;
        const between = values[i - 1] / 2 + v / 2;
        if (between > values[i - 1] && between < v) expect(bracket(format, between)).toEqual({ down: values[i - 1], up: v });
      });
    }
  });

  it('refuses codes and values that do not exist', () => {
    expect(() => decode(parseFormat('fp4'), 16)).toThrow(FormatError);
    expect(() => decode(parseFormat('fp4'), -1)).toThrow(FormatError);
    expect(() => decode(parseFormat('fp4'), 1.5)).toThrow(FormatError);
    expect(() => encode(parseFormat('fp16'), 0.1)).toThrow(/round it first/);
    expect(() => encode(parseFormat('fp4'), NaN)).toThrow(FormatError);
    expect(() => encode(parseFormat('int8'), 128)).toThrow(FormatError);
  });

  it('fp64 codes are the bits of the double', () => {
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(fc.property(fc.double({ noNaN: true }), x => {
      view.setFloat64(0, x);
      expect(encode(parseFormat('fp64'), x)).toBe(view.getBigUint64(0));
      expect(decode(parseFormat('fp64'), view.getBigUint64(0))).toBe(x);
    }));
  });
});

describe('xoshiro', () => {
  it('has a stable sequence, in [0, 1), with its mean and variance', () => {
    const random = xoshiro(1);
    const first = [random(), random(), random()];
    expect(first).toEqual([...Array(3)].map((() => { const again = xoshiro(1); return () => again(); })()));
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < 100000; i++) { const u = random(); if (!(u >= 0 && u < 1)) throw new Error(`${u}`); sum += u; squares += u * u; }
    expect(sum / 1e5).toBeCloseTo(0.5, 2);
    expect(squares / 1e5).toBeCloseTo(1 / 3, 2);
    expect(xoshiro(2)()).not.toBe(first[0]);
    expect(xoshiro(2 ** 40)()).not.toBe(xoshiro(0)());
  });
});
