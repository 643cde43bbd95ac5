import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import * as exact from '../../../src/exact';
import { addBig, bigFromFraction, bigFromNumber, bigToNumber, correctlyRounded, decimalFraction, divBig, equalBig, mulBig, sqrtBig, subBig, type BigFloat, type BigRounding } from '../../../src/exact';
import { loadMpfr, type Mpfr } from './mpfr';

let mpfr: Mpfr;
beforeAll(async () => { mpfr = await loadMpfr(); });

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const MODES: readonly [BigRounding, 0 | 2 | 3][] = [['nearest-even', 0], ['down', 3], ['up', 2]];

describe('big floats', () => {
  it('hold every double, and give it back in every mode', () => {
    fc.assert(fc.property(finite, x => {
      for (const [mode] of MODES) expect(bigToNumber(bigFromNumber(x), mode) + 0).toBe(x + 0);
    }), { numRuns: 1000 });
  });

  it('add and multiply exactly: the rounded result is MPFR\'s, and (x + y) − y is x', () => {
    fc.assert(fc.property(finite, finite, (x, y) => {
      const [a, b] = [bigFromNumber(x), bigFromNumber(y)];
      expect(equalBig(subBig(addBig(a, b), b), a)).toBe(true);
      if (Math.abs(Math.log2(Math.abs(x / y))) > 150 || Math.abs(x * y) < 1e-290 || Math.abs(x * y) > 1e290) return;
      expect(bigToNumber(addBig(a, b)) + 0).toBe(x + y + 0);
      expect(bigToNumber(mulBig(a, b)) + 0).toBe(x * y + 0);
    }), { numRuns: 1000 });
  });

  it('divide and take roots correctly rounded in each direction', () => {
    const moderate = fc.tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -300, max: 300 })).map(([m, e]) => m * 2 ** e);
    fc.assert(fc.property(moderate, moderate, (x, y) => {
      for (const [mode, theirs] of MODES) {
        expect(bigToNumber(divBig(bigFromNumber(x), bigFromNumber(y), 53, mode), mode)).toBe(mpfr.round('div', [[x], [y]], theirs));
        expect(bigToNumber(sqrtBig(bigFromNumber(x), 53, mode), mode)).toBe(mpfr.round('sqrt', [[x]], theirs));
      }
    }), { numRuns: 300 });
  });

  it('decimal literals have their exact value', () => {
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 10n ** 25n }), fc.integer({ min: -330, max: 300 }), (digits, power) => {
      const text = `${digits}e${power}`;
      const fraction = decimalFraction(text)!;
      expect(bigToNumber(bigFromFraction(fraction.numerator, fraction.denominator, 2000))).toBe(Number(text));
    }), { numRuns: 500 });
    expect(decimalFraction('1_000.5')).toEqual({ numerator: 10005n, denominator: 10n });
    expect(decimalFraction('0xff')).toEqual({ numerator: 255n, denominator: 1n });
    expect(decimalFraction('Math.PI')).toBeNull();
  });
});

describe('functions rounded by Ziv\'s strategy are MPFR\'s to the last bit', () => {
  const near = (lo: number, hi: number): fc.Arbitrary<number> => fc.oneof(fc.double({ min: lo, max: hi, noNaN: true }),
    fc.tuple(fc.double({ min: 1, max: 2, noNaN: true }), fc.integer({ min: -60, max: 6 }), fc.boolean()).map(([m, e, s]) => m * 2 ** e * (s ? -1 : 1)).filter(x => x >= lo && x <= hi));
  const rows: [string, (x: BigFloat, bits: number) => BigFloat, fc.Arbitrary<number>][] = [
    ['exp', exact.expBig, near(-600, 600)], ['expm1', exact.expm1Big, near(-30, 600)], ['log', exact.logBig, near(1e-300, 1e300)], ['log1p', exact.log1pBig, near(-0.999, 100)],
    ['log2', exact.log2Big, near(1e-10, 100)], ['log10', exact.log10Big, near(1e-10, 100)], ['sin', exact.sinBig, near(-1e22, 1e22)], ['cos', exact.cosBig, near(-1e22, 1e22)],
    ['tan', exact.tanBig, near(-100, 100)], ['asin', exact.asinBig, near(-1, 1)], ['acos', exact.acosBig, near(-0.999, 0.999)], ['atan', exact.atanBig, near(-1e10, 1e10)],
    ['sinh', exact.sinhBig, near(-100, 100)], ['cosh', exact.coshBig, near(-100, 100)], ['tanh', exact.tanhBig, near(-30, 30)], ['asinh', exact.asinhBig, near(-100, 100)],
    ['acosh', exact.acoshBig, near(1.001, 100)], ['atanh', exact.atanhBig, near(-0.999, 0.999)], ['cbrt', exact.cbrtBig, near(-1e10, 1e10)],
  ];
  for (const [name, f, domain] of rows) {
    it(name, () => {
      fc.assert(fc.property(domain, x => {
        if (x === 0 || (Math.abs(x) < 1e-40)) return;
        for (const [mode, theirs] of MODES) expect(correctlyRounded(bits => f(bigFromNumber(x), bits), mode), `${name}(${x}) ${mode}`).toBe(mpfr.round(name, [[x]], theirs));
      }), { numRuns: 60 });
    });
  }

  it('pow and atan2', () => {
    fc.assert(fc.property(near(0.001, 50), near(-20, 20), (x, y) => {
      if (Math.abs(y) < 1e-6) return;
      expect(correctlyRounded(bits => exact.powBig(bigFromNumber(x), bigFromNumber(y), bits))).toBe(mpfr.round('pow', [[x], [y]], 0));
      expect(correctlyRounded(bits => exact.atan2Big(bigFromNumber(y), bigFromNumber(x), bits))).toBe(mpfr.round('atan2', [[y], [x]], 0));
    }), { numRuns: 100 });
  });
});
