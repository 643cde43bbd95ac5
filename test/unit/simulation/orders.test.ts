import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { OrdersRequest } from '../../../src/protocol/panel';
import { fromReal, toReal } from '../../../src/protocol/real';
import { exploreOrders } from '../../../src/simulation/orders/explore';

function request(values: readonly number[], format = 'fp64', orders = 1000): OrdersRequest {
  return { place: null, text: 'test', values: values.map(toReal), format, orders, seed: 1 };
}

function permutations(values: readonly number[]): number[][] {
  return values.length <= 1 ? [[...values]] : values.flatMap((v, i) => permutations([...values.slice(0, i), ...values.slice(i + 1)]).map(rest => [v, ...rest]));
}

/** Exact sum of doubles as a BigInt multiple of 2^−1074. */
function exactBits(x: number): bigint {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  const bits = view.getBigUint64(0);
  const exponent = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  const magnitude = exponent === 0 ? fraction : (fraction | 0x10000000000000n) << BigInt(exponent - 1);
  return bits >> 63n ? -magnitude : magnitude;
}

describe('orders of summation', () => {
  it('knows the two results of 0.1 + 0.2 + 0.3 and which orders give them', () => {
    const report = exploreOrders(request([0.1, 0.2, 0.3]));
    expect(report.distribution).toEqual([{ result: 0.6, count: 2 }, { result: 0.6000000000000001, count: 4 }]);
    expect(report).toMatchObject({ exhaustive: true, tried: 6, exact: 0.6 });
    expect([...report.lowest].slice(0, 2).sort()).toEqual([1, 2]);
    // The exact sum of the three doubles is 0.6 (the double) + 2^-55, and ulp(0.6) = 2^-53.
    expect(report.named.map(n => [n.name, n.ulps]).slice(0, 2)).toEqual([['source order', 0.75], ['reversed', 0.25]]);
  });

  it('counts every permutation exactly (against enumeration in double)', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 6 }), values => {
      const counts = new Map<number, number>();
      for (const order of permutations(values)) {
        const sum = order.reduce((a, b) => a + b) + 0;
        counts.set(sum, (counts.get(sum) ?? 0) + 1);
      }
      const report = exploreOrders(request(values));
      expect(report.distribution.map(d => [fromReal(d.result) + 0, d.count])).toEqual([...counts].sort(([a], [b]) => a - b));
      const again = (order: readonly number[]): number => order.map(i => values[i]).reduce((a, b) => a + b) + 0;
      expect(again(report.lowest)).toBe(Math.min(...counts.keys()));
      expect(again(report.highest)).toBe(Math.max(...counts.keys()));
    }), { numRuns: 60 });
  });

  it('the exact sum is correctly rounded and every result lies within the bound', () => {
    fc.assert(fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e100, max: 1e100 }), { minLength: 2, maxLength: 40 }), values => {
      const report = exploreOrders(request(values, 'fp64', 50));
      const exact = values.reduce((sum, v) => sum + exactBits(v), 0n);
      const error = exactBits(fromReal(report.exact)) - exact;
      const other = [1, -1].map(direction => exactBits(nextDouble(fromReal(report.exact), direction)) - exact);
      for (const gap of other) expect(abs(error) <= abs(gap)).toBe(true);
      for (const { result } of report.distribution) {
        expect(Math.abs(fromReal(result) - fromReal(report.exact))).toBeLessThanOrEqual(fromReal(report.bound) * (1 + 1e-9) + Number.MIN_VALUE);
      }
    }), { numRuns: 60 });
  });

  it('in fp16 a sum of 3000 ones depends on the grouping: 2048 from the left, 3000 pairwise', () => {
    const report = exploreOrders(request(new Array<number>(3000).fill(1), 'fp16', 5));
    const by = Object.fromEntries(report.named.map(n => [n.name, n.result]));
    expect(by['source order']).toBe(2048);
    expect(by.pairwise).toBe(3000);
    expect(by['compensated (Kahan–Neumaier)']).toBe(3000);
    expect(report.exhaustive).toBe(false);
  });

  it('finds the best and the worst grouping', () => {
    const report = exploreOrders(request([1, 1e-16, 1e-16, -1]));
    const by = Object.fromEntries(report.named.map(n => [n.name, n.result]));
    expect(by['best grouping']).toBe(2e-16);
    expect(by['worst grouping']).toBe(0);
  });

  it('answers infinities and refuses nothing, too much and unknown formats with a sentence', () => {
    expect(exploreOrders(request([1, Infinity])).exact).toBe('Infinity');
    expect(exploreOrders(request([-Infinity, Infinity])).exact).toBe('NaN');
    expect(() => exploreOrders(request([]))).toThrow('nothing to sum');
    expect(() => exploreOrders(request([1], 'fp17'))).toThrow(/fp17/);
  });
});

function abs(x: bigint): bigint {
  return x < 0n ? -x : x;
}

function nextDouble(x: number, direction: number): number {
  if (x === 0) return direction * Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + BigInt(direction * Math.sign(x)));
  return view.getFloat64(0);
}
