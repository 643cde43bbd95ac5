import { doubleDouble, toDoubleDouble } from '../exact/double-double';
import { ENTIRE, contains, hull, intersect, isBounded, isEmpty, isPoint, magnitude, mignitude, point, type Interval } from '../exact/interval';
import { addInterval, divInterval, mulInterval, negInterval, powerInterval, sqrtInterval, subInterval } from '../exact/interval-arithmetic';
import { hypotInterval, logInterval, powInterval } from '../exact/interval-elementary';
import type { Operator } from './operator';
import { LIBRARY_2, LIBRARY_3, ONE, ROUNDED, ZERO, domainOf, row } from './row';

const notZero = domainOf((_, y) => !contains(y, 0), (_, y) => y.lo !== 0 || y.hi !== 0);

/** Operators that compute: the result is new and in general rounded. */
export const arithmetic: readonly Operator[] = [
  row('arithmetic', ROUNDED, {
    id: 'add', arity: 2, spelling: { kind: 'infix', token: '+', precedence: 12 },
    value: (a, b) => a + b,
    reference: doubleDouble.add,
    enclosure: addInterval,
    derivative: () => [1, 1],
    derivativeEnclosure: () => [ONE, ONE],
    monotone: [1, 1],
  }),
  row('arithmetic', ROUNDED, {
    id: 'sub', arity: 2, spelling: { kind: 'infix', token: '-', precedence: 12 },
    value: (a, b) => a - b,
    reference: doubleDouble.sub,
    enclosure: subInterval,
    derivative: () => [1, -1],
    derivativeEnclosure: () => [ONE, point(-1)],
    monotone: [1, -1],
  }),
  row('arithmetic', ROUNDED, {
    id: 'mul', arity: 2, spelling: { kind: 'infix', token: '*', precedence: 13 },
    value: (a, b) => a * b,
    reference: doubleDouble.mul,
    enclosure: mulInterval,
    derivative: ([a, b]) => [b, a],
    derivativeEnclosure: ([a, b]) => [b, a],
  }),
  row('arithmetic', ROUNDED, {
    id: 'div', arity: 2, spelling: { kind: 'infix', token: '/', precedence: 13 },
    value: (a, b) => a / b,
    reference: doubleDouble.div,
    enclosure: divInterval,
    derivative: ([, b], q) => [1 / b, -q / b],
    derivativeEnclosure: ([, b], q) => (contains(b, 0) ? [ENTIRE, ENTIRE] : [divInterval(ONE, b), negInterval(divInterval(q, b))]),
    domain: notZero,
  }),
  row('arithmetic', { kind: 'exact' }, {
    id: 'rem', arity: 2, spelling: { kind: 'infix', token: '%', precedence: 13 },
    value: (a, b) => a % b,
    reference: doubleDouble.rem,
    enclosure: remInterval,
    derivative: ([a, b]) => [1, -Math.trunc(a / b)],
    derivativeEnclosure: ([a, b]) => {
      const quotient = divInterval(a, b);
      if (contains(b, 0) || !isBounded(quotient)) return [ENTIRE, ENTIRE];
      const [lo, hi] = [Math.trunc(quotient.lo), Math.trunc(quotient.hi)];
      return lo === hi ? [ONE, point(-lo)] : [ENTIRE, ENTIRE];
    },
    domain: notZero,
  }),
  row('arithmetic', LIBRARY_2, {
    id: 'pow', arity: 2, spelling: { kind: 'infix', token: '**', precedence: 14 },
    value: (a, b) => a ** b,
    reference: doubleDouble.pow,
    enclosure: powInterval,
    derivative: ([a, b], r) => [b === 0 ? 0 : b * a ** (b - 1), a > 0 ? r * Math.log(a) : a === 0 ? 0 : NaN],
    derivativeEnclosure: ([a, b], r) => {
      if (isPoint(b) && Number.isInteger(b.lo) && Math.abs(b.lo) <= 64) {
        return [b.lo === 0 ? ZERO : mulInterval(b, powerInterval(a, b.lo - 1)), a.lo > 0 ? mulInterval(r, logInterval(a)) : ENTIRE].map(definite);
      }
      if (!(a.lo >= 0)) return [ENTIRE, ENTIRE];
      return [definite(mulInterval(b, powInterval(a, subInterval(b, ONE)))), a.lo > 0 ? mulInterval(r, logInterval(a)) : ENTIRE];
    },
    domain: domainOf(
      (a, b) => a.lo > 0 || (isPoint(b) && Number.isInteger(b.lo) && (b.lo >= 0 || !contains(a, 0))) || (a.lo >= 0 && b.lo > 0),
      (a, b) => a.hi > 0 || !isPoint(b) || Number.isInteger(b.lo) || (a.hi === 0 && b.hi > 0)),
  }),
  row('arithmetic', ROUNDED, {
    id: 'sqrt', arity: 1,
    value: Math.sqrt,
    reference: doubleDouble.sqrt,
    enclosure: sqrtInterval,
    derivative: (_, r) => [0.5 / r],
    derivativeEnclosure: (_, r) => [r.lo > 0 ? divInterval(point(0.5), r) : isEmpty(r) || r.hi === 0 ? ENTIRE : divInterval(point(0.5), r)],
    domain: domainOf(a => a.lo >= 0, a => a.hi >= 0),
    monotone: [1],
  }),
  row('elementary', LIBRARY_3, {
    id: 'hypot', arity: 'variadic',
    value: Math.hypot,
    reference: (...xs) => xs.length === 0 ? toDoubleDouble(0) : xs.slice(1).reduce((r, x) => doubleDouble.hypot(r, x), doubleDouble.abs(xs[0])),
    enclosure: hypotInterval,
    derivative: (xs, r) => xs.map(x => (r === 0 ? 0 : x / r)),
    derivativeEnclosure: (xs, r) => xs.map(x => intersect(r.lo > 0 ? divInterval(x, r) : { lo: -1, hi: 1 }, { lo: -1, hi: 1 })),
  }),
];

function definite(x: Interval): Interval {
  return isEmpty(x) ? ENTIRE : x;
}

/** Truncated remainder, sign of the dividend. */
function remInterval(a: Interval, b: Interval): Interval {
  if (isEmpty(a) || isEmpty(b) || (b.lo === 0 && b.hi === 0)) return { lo: NaN, hi: NaN };
  if (magnitude(a) < mignitude(b)) return a;
  const quotient = divInterval(a, b);
  if (isPoint(b) && isPoint(a)) return isBounded(a) ? point(a.lo % b.lo) : { lo: NaN, hi: NaN };
  if (isPoint(b) && isBounded(quotient) && Math.trunc(quotient.lo) === Math.trunc(quotient.hi) && Math.sign(a.lo) * Math.sign(a.hi) >= 0) {
    return { lo: a.lo % b.lo, hi: a.hi % b.lo };
  }
  const largest = Math.min(magnitude(a), magnitude(b));
  return hull({ lo: a.lo < 0 ? -largest : 0, hi: a.hi > 0 ? largest : 0 }, ZERO);
}
