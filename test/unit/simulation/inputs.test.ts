import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../../src/program';
import { fromReal, type JsonValue, type Real } from '../../../src/protocol/real';
import { generateCases, InputError, type InputParameter } from '../../../src/simulation/inputs/generate';

const NUMBER: ValueType = { kind: 'number' };

function parameter(name: string, type: ValueType, range: readonly [number, number] | null = null): InputParameter {
  return { name, type, range, optional: false, rest: false };
}

function values(parameters: readonly InputParameter[], count = 40, seed = 1): readonly (readonly JsonValue[])[] {
  return generateCases(parameters, count, seed).cases;
}

describe('generated inputs', () => {
  it('stay in their range and reach its ends', () => {
    fc.assert(fc.property(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.double({ min: 0, max: 1e12, noNaN: true }), fc.integer(), (lo, width, seed) => {
      const hi = lo + width;
      const xs = values([parameter('x', NUMBER, [lo, hi])], 200, seed).map(([x]) => fromReal(x as Real));
      for (const x of xs) expect(x >= lo && x <= hi).toBe(true);
      expect(xs.slice(1, 3)).toEqual([lo, hi]);
    }), { numRuns: 50 });
  });

  it('are the same for the same seed and different for another', () => {
    const parameters = [parameter('x', NUMBER), parameter('xs', { kind: 'array', element: NUMBER })];
    expect(values(parameters, 5, 7)).toEqual(values(parameters, 5, 7));
    expect(values(parameters, 5, 7)).not.toEqual(values(parameters, 5, 8));
  });

  it('mix edge cases in, but not into the first', () => {
    const xs = values([parameter('x', NUMBER)], 400).map(([x]) => fromReal(x as Real));
    expect(Math.abs(xs[0])).toBeLessThanOrEqual(10);
    expect(xs.some(x => x === 0) && xs.some(x => Math.abs(x) === Number.MAX_VALUE) && xs.some(x => x !== 0 && Math.abs(x) < 2 ** -1021)).toBe(true);
  });

  it('give arrays of a case one length and matrices a square', () => {
    const vector: ValueType = { kind: 'array', element: NUMBER };
    for (const [a, b, m, n] of values([parameter('a', vector), parameter('b', vector), parameter('m', { kind: 'array', element: vector }), parameter('n', NUMBER)])) {
      const length = (a as readonly JsonValue[]).length;
      expect((b as readonly JsonValue[]).length).toBe(length);
      expect((m as readonly (readonly JsonValue[])[]).map(row => row.length)).toEqual(new Array(length).fill(length));
      expect(n).toBe(length);
    }
  });

  it('follow types: literals, typed arrays, tuples, objects, unions', () => {
    for (const [mode, bytes, point, maybe] of values([
      parameter('mode', { kind: 'string', literals: ['fast', 'exact'] }), parameter('bytes', { kind: 'typedArray', name: 'Uint8Array' }),
      parameter('point', { kind: 'object', properties: { x: NUMBER, y: NUMBER, norm: { kind: 'function', parameters: [], result: NUMBER } } }),
      parameter('maybe', { kind: 'union', members: [{ kind: 'undefined' }, NUMBER] }),
    ])) {
      expect(['fast', 'exact']).toContain(mode);
      for (const byte of bytes as readonly number[]) expect(Number.isInteger(byte) && byte >= 0 && byte <= 255).toBe(true);
      expect(Object.keys(point as object)).toEqual(['x', 'y']);
      expect(maybe).not.toBeNull();
    }
  });

  it('say what they assumed and refuse what they cannot make', () => {
    expect(generateCases([parameter('x', { kind: 'unknown' })], 1, 1).notes[0]).toMatch(/^x has no type/);
    expect(() => generateCases([parameter('f', { kind: 'function', parameters: [], result: NUMBER })], 1, 1)).toThrow(InputError);
  });
});
