import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as exact from '../../../src/exact';
import { ENTIRE, EMPTY, addInterval, contains, divInterval, isEmpty, mulInterval, point, powInterval, sqrtInterval, squareInterval, subInterval, type Interval } from '../../../src/exact';
import { loadMpfr, type Mpfr } from './mpfr';

let mpfr: Mpfr;
beforeAll(async () => { mpfr = await loadMpfr(); });

const any = fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: -1000, max: 1000 }).map(Number),
  fc.tuple(fc.integer({ min: -(2 ** 20), max: 2 ** 20 }), fc.integer({ min: -60, max: 60 })).map(([m, e]) => m * 2 ** e));
const box = fc.tuple(any, any).map(([a, b]): Interval => ({ lo: Math.min(a, b), hi: Math.max(a, b) }));

describe('directed rounding of + − × ÷ √ against MPFR', () => {
  const operations: [string, (a: number, b: number) => number, (a: number, b: number) => number][] = [
    ['add', exact.addDown, exact.addUp], ['mul', exact.mulDown, exact.mulUp], ['div', exact.divDown, exact.divUp],
  ];
  for (const [name, down, up] of operations) {
    it(`${name} is the directed result`, () => {
      fc.assert(fc.property(any, any, (a, b) => {
        if (name === 'div' && b === 0) return;
        const lo = mpfr.round(name, [[a], [b]], 3);
        const hi = mpfr.round(name, [[a], [b]], 2);
        const ours = [down(a, b), up(a, b)];
        // Near under- and overflow of an intermediate the step may be one double too wide, never too narrow.
        const safe = [a, b, lo, hi].every(x => x === 0 || (Math.abs(x) > 2 ** -480 && Math.abs(x) < 2 ** 480));
        if (safe) { expect(ours[0] + 0).toBe(lo + 0); expect(ours[1] + 0).toBe(hi + 0); return; }
        expect(ours[0]).toBeLessThanOrEqual(lo);
        expect(ours[1]).toBeGreaterThanOrEqual(hi);
        expect(ours[0]).toBeGreaterThanOrEqual(exact.nextDown(exact.nextDown(lo)));
        expect(ours[1]).toBeLessThanOrEqual(exact.nextUp(exact.nextUp(hi)));
      }), { numRuns: 1500 });
    });
  }

  it('sqrt is the directed result', () => {
    fc.assert(fc.property(any.map(Math.abs), a => {
      expect(exact.sqrtDown(a)).toBe(mpfr.round('sqrt', [[a]], 3));
      expect(exact.sqrtUp(a)).toBe(mpfr.round('sqrt', [[a]], 2));
    }), { numRuns: 1500 });
  });

  it('nextUp and nextDown are neighbours', () => {
    const bits = new DataView(new ArrayBuffer(8));
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), x => {
      bits.setFloat64(0, x);
      bits.setBigUint64(0, bits.getBigUint64(0) + 1n);
      expect(exact.nextUp(x)).toBe(bits.getFloat64(0));
      expect(exact.nextDown(-x)).toBe(-bits.getFloat64(0));
      expect(exact.nextDown(exact.nextUp(x)) + 0).toBe(x + 0);
    }), { numRuns: 2000 });
  });
});

describe('interval arithmetic', () => {
  it('is exact where the result is a double', () => {
    expect(addInterval(point(1), point(1))).toEqual(point(2));
    expect(mulInterval({ lo: -3, hi: 2 }, { lo: 4, hi: 5 })).toEqual({ lo: -15, hi: 10 });
    expect(divInterval({ lo: 1, hi: 6 }, { lo: 2, hi: 4 })).toEqual({ lo: 0.25, hi: 3 });
    expect(sqrtInterval({ lo: 4, hi: 9 })).toEqual({ lo: 2, hi: 3 });
    expect(squareInterval({ lo: -3, hi: 2 })).toEqual({ lo: 0, hi: 9 });
    const tenth = addInterval(point(0.1), point(0.2));
    expect(tenth.lo).toBeLessThan(tenth.hi);
  });

  it('has the conventions of extended intervals', () => {
    expect(divInterval({ lo: 1, hi: 2 }, { lo: 0, hi: 1 })).toEqual({ lo: 1, hi: Infinity });
    expect(divInterval({ lo: 1, hi: 2 }, { lo: -1, hi: 1 })).toEqual(ENTIRE);
    expect(isEmpty(divInterval(point(1), point(0)))).toBe(true);
    expect(mulInterval({ lo: 0, hi: 0 }, ENTIRE)).toEqual({ lo: 0, hi: 0 });
    expect(isEmpty(addInterval(EMPTY, point(1)))).toBe(true);
    expect(isEmpty(sqrtInterval({ lo: -2, hi: -1 }))).toBe(true);
    expect(addInterval({ lo: 1e308, hi: 1.7e308 }, { lo: 1e308, hi: 1.7e308 })).toEqual({ lo: Number.MAX_VALUE, hi: Infinity });
    expect(subInterval(ENTIRE, ENTIRE)).toEqual(ENTIRE);
  });

  it('contains the exact result at every pair of points', () => {
    const operations = { add: addInterval, sub: subInterval, mul: mulInterval, div: divInterval };
    fc.assert(fc.property(box, box, fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (x, y, s, t) => {
      const a = Math.min(x.hi, Math.max(x.lo, x.lo + s * (x.hi - x.lo)));
      const b = Math.min(y.hi, Math.max(y.lo, y.lo + t * (y.hi - y.lo)));
      if (!Number.isFinite(a) || !Number.isFinite(b)) return;
      for (const [name, f] of Object.entries(operations)) {
        if (name === 'div' && b === 0) continue;
        const r = f(x, y);
        expect(r.lo).toBeLessThanOrEqual(mpfr.round(name, [[a], [b]], 3));
        expect(r.hi).toBeGreaterThanOrEqual(mpfr.round(name, [[a], [b]], 2));
      }
    }), { numRuns: 1000 });
  });
});

describe('elementary enclosures against MPFR', () => {
  const unit = fc.double({ min: -1, max: 1, noNaN: true });
  const moderate = fc.double({ min: -50, max: 50, noNaN: true });
  const wide = fc.tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.integer({ min: -60, max: 60 })).map(([m, e]) => m * 2 ** e);
  const rows: [string, string, (x: Interval) => Interval, fc.Arbitrary<number>][] = [
    ['exp', 'exp', exact.expInterval, moderate], ['expm1', 'expm1', exact.expm1Interval, moderate], ['log', 'log', exact.logInterval, wide.map(Math.abs)],
    ['log1p', 'log1p', exact.log1pInterval, wide.map(Math.abs)], ['log2', 'log2', exact.log2Interval, wide.map(Math.abs)],
    ['log10', 'log10', exact.log10Interval, wide.map(Math.abs)], ['cbrt', 'cbrt', exact.cbrtInterval, wide], ['sin', 'sin', exact.sinInterval, moderate],
    ['sin wide', 'sin', exact.sinInterval, wide], ['cos', 'cos', exact.cosInterval, moderate], ['cos wide', 'cos', exact.cosInterval, wide],
    ['tan', 'tan', exact.tanInterval, moderate.map(x => Math.abs(x) < 1e-100 ? 0 : x)], ['asin', 'asin', exact.asinInterval, unit], ['acos', 'acos', exact.acosInterval, unit],
    ['atan', 'atan', exact.atanInterval, wide], ['sinh', 'sinh', exact.sinhInterval, moderate], ['cosh', 'cosh', exact.coshInterval, moderate],
    ['tanh', 'tanh', exact.tanhInterval, moderate], ['asinh', 'asinh', exact.asinhInterval, wide], ['acosh', 'acosh', exact.acoshInterval, wide.map(x => 1 + Math.abs(x))],
    ['atanh', 'atanh', exact.atanhInterval, unit],
  ];
  for (const [title, name, enclosure, domain] of rows) {
    it(title, () => {
      const f = Math[name as 'sin'];
      fc.assert(fc.property(domain, domain, fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean(), (a, b, t, narrow) => {
        const lo = Math.min(a, b);
        const hi = narrow ? lo + (Math.max(a, b) - lo) * 1e-6 : Math.max(a, b);
        const p = Math.min(hi, Math.max(lo, lo + t * (hi - lo)));
        const r = enclosure({ lo, hi });
        for (const x of [lo, p, hi]) {
          const low = mpfr.round(name, [[x]], 3);
          const high = mpfr.round(name, [[x]], 2);
          expect(r.lo).toBeLessThanOrEqual(low);
          expect(r.hi).toBeGreaterThanOrEqual(high);
          expect(contains(r, f(x)), `Math.${name}(${x}) in [${r.lo}, ${r.hi}]`).toBe(true);
        }
        if (lo === hi && Number.isFinite(r.lo)) expect(r.hi - r.lo).toBeLessThanOrEqual(20 * exact.ulp(r.hi) + 1e-300);
      }), { numRuns: 400 });
    });
  }

  it('pow and atan2', () => {
    const base = fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }));
    const any2 = fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }));
    const order = ([a, b]: [number, number]): Interval => ({ lo: Math.min(a, b), hi: Math.max(a, b) });
    const at = (x: Interval, t: number): number => Math.min(x.hi, Math.max(x.lo, x.lo + t * (x.hi - x.lo)));
    const fraction = fc.constantFrom(0, 0.25, 0.5, 0.77, 1);
    fc.assert(fc.property(base, any2, any2, fraction, fraction, fc.integer({ min: -9, max: 70 }), (u, v, w, s, t, n) => {
      const [x, y, z] = [order(u), order(v), order(w)];
      const check = (name: string, r: Interval, a: number, b: number): void => {
        const value = mpfr.round(name, [[a], [b]], 0);
        if (value !== value || !Number.isFinite(value)) return;
        expect(contains(r, value), `${name}(${a}, ${b}) = ${value} in [${r.lo}, ${r.hi}]`).toBe(true);
      };
      check('pow', powInterval(x, y), at(x, s), at(y, t));
      check('pow', powInterval(y, point(n)), at(y, t), n);
      check('atan2', exact.atan2Interval(y, z), at(y, s), at(z, t));
      check('hypot', exact.hypotInterval(y, z), at(y, s), at(z, t));
    }), { numRuns: 1500 });
  });

  it('knows extrema, poles and exact points', () => {
    expect(exact.sinInterval({ lo: 1, hi: 2 }).hi).toBe(1);
    expect(exact.cosInterval({ lo: 3, hi: 4 }).lo).toBe(-1);
    expect(exact.cosInterval({ lo: -0.1, hi: 0.1 }).hi).toBe(1);
    expect(exact.tanInterval({ lo: 1, hi: 2 })).toEqual(ENTIRE);
    expect(exact.expInterval(point(0))).toEqual(point(1));
    expect(exact.logInterval(point(1))).toEqual(point(0));
    expect(exact.logInterval({ lo: -1, hi: 1 })).toEqual({ lo: -Infinity, hi: 0 });
    expect(isEmpty(exact.logInterval({ lo: -2, hi: -1 }))).toBe(true);
    expect(exact.sinInterval(ENTIRE)).toEqual({ lo: -1, hi: 1 });
  });
});
