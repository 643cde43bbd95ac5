import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { contains, doubleDouble, isEmpty, type Interval } from '../../../src/exact';
import { f16round, operator, operatorOfMath, operators, type Operator } from '../../../src/operators';
import { loadMpfr, type Mpfr } from '../exact/mpfr';

let mpfr: Mpfr;
beforeAll(async () => { mpfr = await loadMpfr(); });

/** Ids that MPFR has under another name; those that are not here and have no MPFR counterpart are checked against their own definition below. */
const names: Record<string, string> = { add: 'add', sub: 'sub', mul: 'mul', div: 'div', rem: 'fmod', pow: 'pow', hypot: 'hypot', atan2: 'atan2', neg: 'neg', abs: 'abs', min: 'min', max: 'max',
  sqrt: 'sqrt', cbrt: 'cbrt', exp: 'exp', expm1: 'expm1', log: 'log', log1p: 'log1p', log2: 'log2', log10: 'log10', sin: 'sin', cos: 'cos', tan: 'tan', asin: 'asin', acos: 'acos', atan: 'atan',
  sinh: 'sinh', cosh: 'cosh', tanh: 'tanh', asinh: 'asinh', acosh: 'acosh', atanh: 'atanh' };

const nice = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(fc.double({ min: -4, max: 4, noNaN: true }).map(x => (Math.abs(x) < 1e-100 ? 0 : x)), fc.constantFrom(1, 1, 4, 0.125)).map(([a, b]) => a * b) },
  { weight: 2, arbitrary: fc.integer({ min: -40, max: 40 }).map(Number) },
  { weight: 1, arbitrary: fc.constantFrom(0, 0.5, -0.5, 1, -1, 1.5, 2.5, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 4294967298.5, 1e10) });
const box = fc.tuple(nice, nice, fc.boolean()).map(([a, b, thin]): Interval => (thin ? { lo: a, hi: a } : { lo: Math.min(a, b), hi: Math.max(a, b) }));
const fraction = fc.constantFrom(0, 0.1, 0.37, 0.5, 0.93, 1);

function inside(x: Interval, t: number): number {
  return Math.min(x.hi, Math.max(x.lo, x.lo + t * (x.hi - x.lo)));
}

/** Not differentiable everywhere. */
const KINKS = ['min', 'max', 'abs', 'rem', 'floor', 'ceil', 'round', 'trunc', 'sign', 'hypot', 'cbrt'];

const arityOf = (o: Operator): number => (o.arity === 'variadic' ? 2 : o.arity);

describe('the operator table', () => {
  it('has unique ids and answers by id and by Math name', () => {
    expect(new Set(operators.map(o => o.id)).size).toBe(operators.length);
    expect(operatorOfMath('exp')).toBe(operator('exp'));
    expect(operatorOfMath('pow')).toBe(operator('pow'));
    expect(operatorOfMath('random')).toBeUndefined();
    expect(() => operator('nonsense')).toThrow(/no operator/);
  });

  for (const o of operators) {
    it(`${o.id}: the enclosure contains the value, the reference and MPFR's value`, () => {
      fc.assert(fc.property(fc.array(box, { minLength: arityOf(o), maxLength: arityOf(o) }), fc.array(fraction, { minLength: 2, maxLength: 2 }), (boxes, ts) => {
        const range = o.enclosure(...boxes);
        const at = boxes.map((b, i) => inside(b, ts[i]));
        const value = o.value(...at);
        const domain = o.domain(...boxes);
        const place = `${o.id}(${at.join(', ')}) = ${value} in [${range.lo}, ${range.hi}] over ${JSON.stringify(boxes)}`;
        if (domain === 'no') expect(Number.isFinite(value) && !isEmpty(range), place).toBe(false);
        if (domain === 'yes') expect(value, place).not.toBeNaN();
        if (!Number.isFinite(value)) return;
        expect(contains(range, value), place).toBe(true);
        const reference = o.reference(...at.map(hi => ({ hi, lo: 0 })));
        expect(contains(range, reference.hi), `reference ${reference.hi}: ${place}`).toBe(true);
        if (names[o.id]) {
          const exact = mpfr.round(names[o.id], at.map(x => [x]), 0);
          if (Number.isFinite(exact)) expect(contains(range, exact), place).toBe(true);
          if (Number.isFinite(exact) && Math.abs(exact) > 1e-290) expect(Math.abs(reference.hi - exact)).toBeLessThanOrEqual(Math.abs(exact) * 2 ** -52);
        } else if (o.family !== 'conversion') {
          expect(reference.hi + 0).toBe(value + 0);
        }
      }), { numRuns: 250 });
    });

    if (o.family === 'bitwise' || o.family === 'comparison') continue;
    it(`${o.id}: the derivative is the limit of difference quotients and lies in its enclosure`, () => {
      fc.assert(fc.property(fc.array(box, { minLength: arityOf(o), maxLength: arityOf(o) }), fc.array(fraction, { minLength: 2, maxLength: 2 }), (boxes, ts) => {
        const at = boxes.map((b, i) => inside(b, ts[i]));
        if (o.domain(...at.map(x => ({ lo: x - 2e-6, hi: x + 2e-6 }))) !== 'yes') return;
        const value = o.value(...at);
        if (!Number.isFinite(value) || (KINKS.includes(o.id) && at.some(x => Math.abs(x) < 1e-5))) return;
        const slopes = o.derivative(at, value);
        const ranges = o.derivativeEnclosure(boxes, o.enclosure(...boxes));
        slopes.forEach((slope, i) => {
          if (!Number.isFinite(slope)) return;
          const widened = { lo: ranges[i].lo - 1e-12 * Math.abs(ranges[i].lo) - 1e-300, hi: ranges[i].hi + 1e-12 * Math.abs(ranges[i].hi) + 1e-300 };
          expect(contains(widened, slope), `∂${i} ${o.id}(${at.join(', ')}) = ${slope} in [${ranges[i].lo}, ${ranges[i].hi}]`).toBe(true);
          const h = 1e-6;
          // 0 for a kink, a jump or a discontinuity between the two points: quotients at two distances disagree there.
          const quotient = (step: number): number => {
            const f = (s: number): { hi: number; lo: number } => o.reference(...at.map((x, j) => (j === i ? doubleDouble.add({ hi: x, lo: 0 }, { hi: s, lo: 0 }) : { hi: x, lo: 0 })));
            return doubleDouble.sub(f(step), f(-step)).hi / (2 * step);
          };
          const [q1, q2] = [quotient(h), quotient(h / 4)];
          if (!Number.isFinite(q1) || Math.abs(q1 - q2) > 1e-6 * (1 + Math.abs(q1)) || Math.abs(q1) > 1e6) return;
          if (KINKS.includes(o.id) && Math.abs(q1 - slope) > 0.1) {
            // The quotient of a kink is the mean of its two slopes: only the enclosure can be asked.
            return;
          }
          expect(Math.abs(slope - q2), `∂${i} ${o.id}(${at.join(', ')}) = ${slope}, quotient ${q2}`).toBeLessThanOrEqual(1e-5 * (1 + Math.abs(q2)));
        });
      }), { numRuns: 200 });
    });
  }

  it('f16round agrees with its definition on all halves and their midpoints', () => {
    for (let e = -24; e <= 15; e++) {
      for (let m = 0; m < 1024; m += 37) {
        const step = 2 ** Math.max(-24, e - 10);
        const x = e < -14 ? Math.round(m / 16) * step : 2 ** e + m * step;
        expect(f16round(x)).toBe(x);
        expect(f16round(-x)).toBe(-x);
        expect(f16round(x + step / 2)).toBe((x / step) % 2 === 0 ? x : x + step >= 65536 ? Infinity : x + step);
      }
    }
    expect(f16round(65519.9)).toBe(65504);
    expect(f16round(65520)).toBe(Infinity);
    expect(Object.is(f16round(-1e-9), -0)).toBe(true);
  });
});
