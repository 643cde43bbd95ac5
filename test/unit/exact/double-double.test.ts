import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { doubleDouble, type DoubleDouble } from '../../../src/exact';
import { loadMpfr, type Mpfr } from './mpfr';

let mpfr: Mpfr;
beforeAll(async () => { mpfr = await loadMpfr(); });

const RUNS = 400;
/** Doubles spread over binades 2^lo…2^hi, either sign unless `positive`. */
function spread(lo: number, hi: number, positive = false): fc.Arbitrary<number> {
  return fc.tuple(fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }), fc.integer({ min: lo, max: hi }), fc.boolean())
    .map(([m, e, s]) => m * 2 ** e * (s && !positive ? -1 : 1));
}
/** A double-double near a spread double, half of the time a plain double. */
function dd(hi: fc.Arbitrary<number>): fc.Arbitrary<DoubleDouble> {
  return fc.tuple(hi, fc.double({ min: -0.49, max: 0.49, noNaN: true }), fc.boolean()).map(([x, f, plain]) => {
    const lo = plain ? 0 : x * 2 ** -53 * f;
    return x + lo === x && Math.abs(lo) > Math.abs(x) * 2 ** -180 ? { hi: x, lo } : { hi: x, lo: 0 };
  });
}

function near(center: number): fc.Arbitrary<number> {
  return spread(-40, -2).map(d => center + d);
}

const unary: [keyof typeof doubleDouble, string, fc.Arbitrary<number>][] = [
  ['sqrt', 'sqrt', spread(-1000, 1000, true)], ['cbrt', 'cbrt', spread(-900, 900)],
  ['exp', 'exp', spread(-60, 9)], ['exp', 'exp', fc.double({ min: -600, max: 700, noNaN: true })],
  ['expm1', 'expm1', spread(-200, 9)], ['expm1', 'expm1', spread(-10, 1)],
  ['log', 'log', spread(-1000, 1000, true)], ['log', 'log', near(1)], ['log1p', 'log1p', spread(-200, 20, true)], ['log1p', 'log1p', near(0)],
  ['log1p', 'log1p', spread(-20, -1).map(x => -Math.abs(x))],
  ['log2', 'log2', near(1)], ['log2', 'log2', spread(-500, 500, true)], ['log10', 'log10', spread(-500, 500, true)],
  ['sin', 'sin', spread(-200, 12)], ['sin', 'sin', spread(10, 1000)], ['sin', 'sin', near(Math.PI)], ['cos', 'cos', spread(-200, 12)],
  ['cos', 'cos', spread(10, 1000)], ['cos', 'cos', near(Math.PI / 2)], ['tan', 'tan', spread(-200, 12)], ['tan', 'tan', near(Math.PI / 2)],
  ['asin', 'asin', fc.double({ min: -1, max: 1, noNaN: true })], ['asin', 'asin', spread(-200, -1)], ['acos', 'acos', fc.double({ min: -1, max: 1, noNaN: true })],
  ['acos', 'acos', spread(-40, -1).map(x => 1 - Math.abs(x))], ['atan', 'atan', spread(-200, 200)], ['atan', 'atan', spread(-6, 6)],
  ['sinh', 'sinh', spread(-200, 9)], ['cosh', 'cosh', spread(-20, 9)], ['tanh', 'tanh', spread(-200, 4)],
  ['asinh', 'asinh', spread(-200, 200)], ['asinh', 'asinh', spread(-6, 6)], ['acosh', 'acosh', spread(-40, 200, true).map(x => 1 + x)],
  ['atanh', 'atanh', spread(-200, -1)], ['atanh', 'atanh', fc.double({ min: -0.999, max: 0.999, noNaN: true })],
];

describe('double-double functions have at least 100 correct bits', () => {
  for (const [index, [name, theirs, domain]] of unary.entries()) {
    it(`${name} (${index})`, () => {
      const f = doubleDouble[name] as (x: DoubleDouble) => DoubleDouble;
      let worst = -Infinity;
      fc.assert(fc.property(dd(domain), x => {
        if (name === 'acos' || name === 'asin') { if (Math.abs(x.hi) >= 1) return; }
        const y = f(x);
        if (y.hi === 0 || Math.abs(y.hi) < 2 ** -900 || !Number.isFinite(y.hi)) return;
        const bits = mpfr.relativeBits(theirs, [[x.hi, x.lo]], [y.hi, y.lo]);
        worst = Math.max(worst, bits);
        expect(bits, `${name}(${x.hi} + ${x.lo}) = ${y.hi} + ${y.lo}`).toBeLessThan(-100);
        expect(Math.abs(y.lo)).toBeLessThanOrEqual(Math.abs(y.hi) * 2 ** -52.9);
      }), { numRuns: RUNS });
      expect(worst).toBeLessThan(-100);
    });
  }

  const binary: [keyof typeof doubleDouble, string, fc.Arbitrary<number>, fc.Arbitrary<number>][] = [
    ['add', 'add', spread(-60, 60), spread(-60, 60)], ['sub', 'sub', spread(-3, 3), spread(-3, 3)], ['mul', 'mul', spread(-400, 400), spread(-400, 400)],
    ['div', 'div', spread(-400, 400), spread(-400, 400)], ['div', 'div', spread(-2, 2), spread(-2, 2)], ['atan2', 'atan2', spread(-200, 200), spread(-200, 200)],
    ['atan2', 'atan2', spread(-4, 4), spread(-4, 4)], ['hypot', 'hypot', spread(-500, 1000), spread(-500, 1000)], ['hypot', 'hypot', spread(-3, 3), spread(-3, 3)],
    ['pow', 'pow', spread(-4, 4, true), spread(-4, 4)], ['pow', 'pow', spread(-40, 40, true), spread(-10, 3)], ['pow', 'pow', spread(-10, 10), fc.integer({ min: -40, max: 40 })],
    ['rem', 'fmod', spread(-4, 30), spread(-4, 4)],
  ];
  for (const [index, [name, theirs, first, second]] of binary.entries()) {
    it(`${name} (${index})`, () => {
      const f = doubleDouble[name] as (x: DoubleDouble, y: DoubleDouble) => DoubleDouble;
      fc.assert(fc.property(dd(first), dd(second), (x, y0) => {
        const y = name === 'pow' && x.hi < 0 ? { hi: Math.round(y0.hi), lo: 0 } : y0;
        const z = f(x, y);
        if (z.hi === 0 || Math.abs(z.hi) < 2 ** -860 || !Number.isFinite(z.hi)) return;
        const bits = mpfr.relativeBits(theirs, [[x.hi, x.lo], [y.hi, y.lo]], [z.hi, z.lo]);
        // A remainder keeps the absolute accuracy of its first operand.
        const limit = name === 'rem' ? -100 + Math.max(0, Math.log2(Math.abs(x.hi / z.hi))) : name === 'add' || name === 'sub' ? -100 : -100;
        expect(bits, `${name}(${x.hi} + ${x.lo}, ${y.hi} + ${y.lo}) = ${z.hi} + ${z.lo}`).toBeLessThan(limit);
      }), { numRuns: RUNS });
    });
  }

  it('special values follow JavaScript', () => {
    const { exp, log, div, sqrt, add, mul, atan2, pow, sin } = doubleDouble;
    const d = (hi: number): DoubleDouble => ({ hi, lo: 0 });
    expect(exp(d(800))).toEqual(d(Infinity));
    expect(exp(d(-800))).toEqual(d(0));
    expect(exp(d(0))).toEqual(d(1));
    expect(log(d(0))).toEqual(d(-Infinity));
    expect(log(d(-1)).hi).toBeNaN();
    expect(log(d(1))).toEqual(d(0));
    expect(div(d(1), d(0)).hi).toBe(Infinity);
    expect(div(d(1), d(Infinity)).hi).toBe(0);
    expect(sqrt(d(-1)).hi).toBeNaN();
    expect(sqrt(d(Infinity)).hi).toBe(Infinity);
    expect(add(d(Infinity), d(1))).toEqual(d(Infinity));
    expect(add(d(Infinity), d(-Infinity)).hi).toBeNaN();
    expect(mul(d(1e200), d(1e200))).toEqual(d(Infinity));
    expect(mul(d(1e300), d(1e-300)).hi).toBeCloseTo(1, 12);
    expect(atan2(d(0), d(-1)).hi).toBe(Math.PI);
    expect(Object.is(mul(d(-0), d(1.5)).hi, -0)).toBe(true);
    expect(Object.is(add(d(-0), d(-0)).hi, -0)).toBe(true);
    expect(pow(d(2), d(10))).toEqual(d(1024));
    expect(pow(d(-8), d(1 / 3)).hi).toBeNaN();
    expect(sin(d(Infinity)).hi).toBeNaN();
  });
});
