import { doubleDouble } from '../exact/double-double';
import { ENTIRE, contains, intersect, isBounded, isEmpty, point, type Interval } from '../exact/interval';
import { addInterval, divInterval, mulInterval, negInterval, sqrtInterval, squareInterval, subInterval } from '../exact/interval-arithmetic';
import * as enclose from '../exact/interval-elementary';
import type { ExactnessModel, Operator, SharperAccuracy } from './operator';
import { LIBRARY, LIBRARY_2, LIBRARY_3, ONE, domainOf, row } from './row';

interface Parts {
  readonly id: Exclude<keyof typeof doubleDouble & keyof typeof Math, 'abs' | 'floor' | 'pow' | 'atan2' | 'hypot'>;
  readonly enclosure: (x: Interval) => Interval;
  readonly derivative: (x: number, result: number) => number;
  readonly slope: (x: Interval, result: Interval) => Interval;
  readonly exactness?: ExactnessModel;
  readonly domain?: Operator['domain'];
  readonly monotone?: 1 | -1 | 0;
}

/** A function of one operand. Its slope is the whole line where it is not bounded on the box. */
function elementaryRow({ id, enclosure, derivative, slope, exactness = LIBRARY, domain, monotone = 1 }: Parts): Operator {
  return row('elementary', exactness, {
    id, arity: 1,
    value: Math[id],
    reference: doubleDouble[id],
    enclosure,
    derivative: ([x], r) => [derivative(x, r)],
    derivativeEnclosure: ([x], r) => {
      const s = slope(x, r);
      return [isEmpty(s) ? ENTIRE : s];
    },
    monotone: [monotone],
    ...(domain ? { domain } : {}),
  });
}

/**
 * Where the algorithms of fdlibm, which V8 and SpiderMonkey use and which other engines' libraries are more accurate than, leave little beside the rounding of the last operation. Largest errors
 * measured in V8 over 150,000 random arguments of each region, in ulps: exp with a significand below √2 0.752; log from 4 on 0.541; sin to π/4 0.678; cos to 0.3 0.560; atan to 7/16 0.658 and from
 * 19/16 on 0.720; cbrt 0.665 (0.667 is proved).
 */
const sharper = (ulps: number, where: string, holds: SharperAccuracy['holds']): ExactnessModel => ({ kind: 'library', ulps: 1, sharper: { ulps, where, holds } });
const within = (x: Interval, most: number): boolean => x.lo >= -most && x.hi <= most;
const EXP = sharper(0.8, 'where the significand of the result is below 1.41', (_, m) => m <= 1.41 * 2 ** Math.floor(Math.log2(m)) && m > 1e-290);
const LOG = sharper(0.65, 'from 4 on', x => x.lo >= 4);
const SIN = sharper(0.75, 'for |x| ≤ 0.78', x => within(x, 0.78));
const COS = sharper(0.65, 'for |x| ≤ 0.3', x => within(x, 0.3));
const ATAN = sharper(0.8, 'for |x| ≤ 0.43 and for |x| ≥ 1.19', x => within(x, 0.43) || x.lo >= 1.19 || x.hi <= -1.19);
const CBRT = sharper(0.7, 'everywhere', () => true);

const positive = domainOf(x => x.lo > 0, x => x.hi > 0);
const unit = domainOf(x => x.lo >= -1 && x.hi <= 1, x => x.hi >= -1 && x.lo <= 1);
const LN2 = enclose.logInterval(point(2));
const LN10 = enclose.logInterval(point(10));
const UNIT: Interval = { lo: -1, hi: 1 };
const ABOVE_ONE: Interval = { lo: 1, hi: Infinity };
const UP_TO_ONE: Interval = { lo: 0, hi: 1 };

function reciprocal(x: Interval): Interval {
  return divInterval(ONE, x);
}

/** 1/√(1 − x²) on [−1, 1]. */
function arcSlope(x: Interval): Interval {
  const inside = intersect(x, UNIT);
  return intersect(reciprocal(sqrtInterval(mulInterval(subInterval(ONE, inside), addInterval(ONE, inside)))), ABOVE_ONE);
}

/** The functions of `Math` that are computed by a library of unspecified accuracy. */
export const elementary: readonly Operator[] = [
  elementaryRow({ id: 'cbrt', enclosure: enclose.cbrtInterval, exactness: CBRT,
    derivative: (_, r) => 1 / (3 * r * r),
    slope: (_, r) => reciprocal(mulInterval(point(3), squareInterval(r))) }),
  elementaryRow({ id: 'exp', enclosure: enclose.expInterval, exactness: EXP, derivative: (_, r) => r, slope: (_, r) => r }),
  elementaryRow({ id: 'expm1', enclosure: enclose.expm1Interval, derivative: x => Math.exp(x), slope: x => enclose.expInterval(x) }),
  elementaryRow({ id: 'log', enclosure: enclose.logInterval, exactness: LOG, domain: positive, derivative: x => 1 / x, slope: x => reciprocal(intersect(x, { lo: 0, hi: Infinity })) }),
  elementaryRow({ id: 'log1p', enclosure: enclose.log1pInterval, domain: domainOf(x => x.lo > -1, x => x.hi > -1),
    derivative: x => 1 / (1 + x), slope: x => reciprocal(intersect(addInterval(ONE, x), { lo: 0, hi: Infinity })) }),
  elementaryRow({ id: 'log2', enclosure: enclose.log2Interval, domain: positive,
    derivative: x => Math.LOG2E / x, slope: x => reciprocal(mulInterval(LN2, intersect(x, { lo: 0, hi: Infinity }))) }),
  elementaryRow({ id: 'log10', enclosure: enclose.log10Interval, domain: positive, exactness: LIBRARY_3,
    derivative: x => Math.LOG10E / x, slope: x => reciprocal(mulInterval(LN10, intersect(x, { lo: 0, hi: Infinity }))) }),
  elementaryRow({ id: 'sin', enclosure: enclose.sinInterval, exactness: SIN, derivative: x => Math.cos(x), slope: enclose.cosInterval, monotone: 0 }),
  elementaryRow({ id: 'cos', enclosure: enclose.cosInterval, exactness: COS, derivative: x => -Math.sin(x), slope: x => negInterval(enclose.sinInterval(x)), monotone: 0 }),
  elementaryRow({ id: 'tan', enclosure: enclose.tanInterval, derivative: (_, r) => 1 + r * r, slope: (_, r) => addInterval(ONE, squareInterval(r)), monotone: 0 }),
  elementaryRow({ id: 'asin', enclosure: enclose.asinInterval, domain: unit, derivative: x => 1 / Math.sqrt((1 - x) * (1 + x)), slope: arcSlope }),
  elementaryRow({ id: 'acos', enclosure: enclose.acosInterval, domain: unit, monotone: -1,
    derivative: x => -1 / Math.sqrt((1 - x) * (1 + x)), slope: x => negInterval(arcSlope(x)) }),
  elementaryRow({ id: 'atan', enclosure: enclose.atanInterval, exactness: ATAN,
    derivative: x => 1 / (1 + x * x), slope: x => intersect(reciprocal(addInterval(ONE, squareInterval(x))), UP_TO_ONE) }),
  elementaryRow({ id: 'sinh', enclosure: enclose.sinhInterval, exactness: LIBRARY_3, derivative: x => Math.cosh(x), slope: enclose.coshInterval }),
  elementaryRow({ id: 'cosh', enclosure: enclose.coshInterval, exactness: LIBRARY_3, derivative: x => Math.sinh(x), slope: enclose.sinhInterval, monotone: 0 }),
  elementaryRow({ id: 'tanh', enclosure: enclose.tanhInterval, exactness: LIBRARY_3,
    derivative: x => 1 / Math.cosh(x) ** 2,
    slope: x => intersect(reciprocal(squareInterval(enclose.coshInterval(x))), UP_TO_ONE) }),
  elementaryRow({ id: 'asinh', enclosure: enclose.asinhInterval, exactness: LIBRARY_3,
    derivative: x => 1 / Math.sqrt(1 + x * x),
    slope: x => intersect(reciprocal(sqrtInterval(addInterval(ONE, squareInterval(x)))), UP_TO_ONE) }),
  elementaryRow({ id: 'acosh', enclosure: enclose.acoshInterval, exactness: LIBRARY_3, domain: domainOf(x => x.lo >= 1, x => x.hi >= 1),
    derivative: x => 1 / Math.sqrt((x - 1) * (x + 1)),
    slope: x => {
      const inside = intersect(x, ABOVE_ONE);
      return reciprocal(sqrtInterval(mulInterval(subInterval(inside, ONE), addInterval(inside, ONE))));
    } }),
  elementaryRow({ id: 'atanh', enclosure: enclose.atanhInterval, exactness: LIBRARY_3, domain: domainOf(x => x.lo > -1 && x.hi < 1, x => x.hi > -1 && x.lo < 1),
    derivative: x => 1 / ((1 - x) * (1 + x)),
    slope: x => {
      const inside = intersect(x, UNIT);
      return intersect(reciprocal(mulInterval(subInterval(ONE, inside), addInterval(ONE, inside))), ABOVE_ONE);
    } }),
  row('elementary', LIBRARY_2, {
    id: 'atan2', arity: 2,
    value: Math.atan2,
    reference: doubleDouble.atan2,
    enclosure: enclose.atan2Interval,
    derivative: ([y, x]) => [x / (x * x + y * y), -y / (x * x + y * y)],
    derivativeEnclosure: ([y, x]) => {
      const square = addInterval(squareInterval(x), squareInterval(y));
      // On the branch cut the angle jumps.
      if (!(square.lo > 0) || !isBounded(square) || (x.lo < 0 && contains(y, 0))) return [ENTIRE, ENTIRE];
      return [divInterval(x, square), negInterval(divInterval(y, square))];
    },
    domain: domainOf((y, x) => !contains(x, 0) || !contains(y, 0), () => true),
  }),
];
