import { absInterval, addInterval, clampAbove, clampBelow, hullOf, mulInterval, negInterval, powerInterval, sqrtInterval, squareInterval } from './interval-arithmetic';
import { EMPTY, ENTIRE, intersect, isEmpty, isPoint, point, type Interval } from './interval';
import { above, below } from './rounding';

/**
 * Enclosures of the elementary functions. Each end is the library's value widened by `SLACK` ulps, several times the largest error ever measured in a
 * JavaScript engine (2.1 ulps, tanh), so that the enclosure contains the real value as well as what `Math` returns. Points where the exact value is known
 * (exp 0 = 1, log 1 = 0, …) are not widened. A function is restricted to its domain; the result is empty where it is defined nowhere.
 */
const SLACK = 4;

/** A periodic function's extremum is looked for on an argument widened by this relative amount, which covers the rounding of x·(1/π) for |x| < 2^40. */
const PERIOD_SLACK = 1e-15;
const PERIOD_LIMIT = 2 ** 40;

type Function1 = (x: number) => number;

/** Non-decreasing f on x; `exact` are arguments at which f is exact; values stay within [lo, hi]. */
function increasing(f: Function1, x: Interval, exact: readonly number[] = [], lo = -Infinity, hi = Infinity): Interval {
  if (isEmpty(x)) return EMPTY;
  const low = f(x.lo);
  const high = f(x.hi);
  return {
    lo: Math.min(hi, Math.max(lo, exact.includes(x.lo) || !Number.isFinite(x.lo) ? low : below(low, SLACK))),
    hi: Math.max(lo, Math.min(hi, exact.includes(x.hi) || !Number.isFinite(x.hi) ? high : above(high, SLACK))),
  };
}

export const expInterval = (x: Interval): Interval => increasing(Math.exp, x, [0], 0);
export const expm1Interval = (x: Interval): Interval => increasing(Math.expm1, x, [0], -1);
export const logInterval = (x: Interval): Interval => increasing(Math.log, clampBelow(x, 0), [0, 1]);
export const log1pInterval = (x: Interval): Interval => increasing(Math.log1p, clampBelow(x, -1), [-1, 0]);
export const log2Interval = (x: Interval): Interval => increasing(Math.log2, clampBelow(x, 0), [0, 1, 2, 4]);
export const log10Interval = (x: Interval): Interval => increasing(Math.log10, clampBelow(x, 0), [0, 1, 10]);
export const cbrtInterval = (x: Interval): Interval => increasing(Math.cbrt, x, [-8, -1, 0, 1, 8]);
export const atanInterval = (x: Interval): Interval => increasing(Math.atan, x, [0], -1.5707963267948968, 1.5707963267948968);
export const asinInterval = (x: Interval): Interval => increasing(Math.asin, clampAbove(clampBelow(x, -1), 1), [0], -1.5707963267948968, 1.5707963267948968);
export const acosInterval = (x: Interval): Interval => negInterval(increasing(t => -Math.acos(t), clampAbove(clampBelow(x, -1), 1), [1], -3.1415926535897936, 0));
export const sinhInterval = (x: Interval): Interval => increasing(Math.sinh, x, [0]);
export const tanhInterval = (x: Interval): Interval => increasing(Math.tanh, x, [0], -1, 1);
export const asinhInterval = (x: Interval): Interval => increasing(Math.asinh, x, [0]);
export const acoshInterval = (x: Interval): Interval => increasing(Math.acosh, clampBelow(x, 1), [1], 0);
export const atanhInterval = (x: Interval): Interval => increasing(Math.atanh, clampAbove(clampBelow(x, -1), 1), [-1, 0, 1]);
export const coshInterval = (x: Interval): Interval => increasing(Math.cosh, absInterval(x), [0], 1);

export function cosInterval(x: Interval): Interval {
  return wave(Math.cos, x, 0);
}

export function sinInterval(x: Interval): Interval {
  return wave(Math.sin, x, 0.25);
}

/** f has maxima 1 at (k + phase)·2π and minima −1 half a period later. */
function wave(f: Function1, x: Interval, phase: number): Interval {
  if (isEmpty(x)) return EMPTY;
  if (isPoint(x)) return Number.isFinite(x.lo) ? pointValue(f, x.lo) : { lo: -1, hi: 1 };
  if (!(x.hi - x.lo < 6.2831853071795)) return { lo: -1, hi: 1 };
  if (!(Math.max(-x.lo, x.hi) < PERIOD_LIMIT)) return { lo: -1, hi: 1 };
  const low = f(x.lo);
  const high = f(x.hi);
  return {
    lo: meetsPeriod(x, phase + 0.5, 6.283185307179586) ? -1 : Math.max(-1, below(Math.min(low, high), SLACK)),
    hi: meetsPeriod(x, phase, 6.283185307179586) ? 1 : Math.min(1, above(Math.max(low, high), SLACK)),
  };
}

function pointValue(f: Function1, x: number): Interval {
  const value = f(x);
  if (x === 0) return point(value);
  return { lo: Math.max(-1, below(value, SLACK)), hi: Math.min(1, above(value, SLACK)) };
}

/** Whether x, widened by the slack, may contain a point (k + phase)·period. */
function meetsPeriod(x: Interval, phase: number, period: number): boolean {
  const lo = (x.lo - PERIOD_SLACK * (1 + Math.abs(x.lo))) / period - phase;
  const hi = (x.hi + PERIOD_SLACK * (1 + Math.abs(x.hi))) / period - phase;
  return Math.floor(hi + 1e-15 * Math.abs(hi)) >= Math.ceil(lo - 1e-15 * Math.abs(lo));
}

/** tan; the whole line where a pole may lie in x. */
export function tanInterval(x: Interval): Interval {
  if (isEmpty(x)) return EMPTY;
  if (isPoint(x) && Number.isFinite(x.lo)) return increasing(Math.tan, x, [0]);
  if (!(Math.max(-x.lo, x.hi) < PERIOD_LIMIT) || meetsPeriod(x, 0.5, 3.141592653589793)) return ENTIRE;
  return increasing(Math.tan, x, [0]);
}

/** Angle of (x, y) in [−π, π]. Where y touches zero with x negative the sign of that zero decides, so both ±π are in. */
export function atan2Interval(y: Interval, x: Interval): Interval {
  if (isEmpty(x) || isEmpty(y)) return EMPTY;
  const pi = 3.1415926535897936;
  if (x.lo < 0 && y.lo <= 0 && y.hi >= 0) return y.lo === 0 && !Object.is(y.lo, -0) && !Object.is(y.hi, -0) ? { lo: corners(y, x).lo, hi: pi } : { lo: -pi, hi: pi };
  const all = corners(y, x);
  return { lo: Math.max(-pi, all.lo), hi: Math.min(pi, all.hi) };
}

function corners(y: Interval, x: Interval): Interval {
  const values = [Math.atan2(y.lo, x.lo), Math.atan2(y.lo, x.hi), Math.atan2(y.hi, x.lo), Math.atan2(y.hi, x.hi)];
  // At the origin the angle takes every value of the quadrants that the box touches.
  if (y.lo <= 0 && y.hi >= 0 && x.lo <= 0 && x.hi >= 0) values.push(y.hi > 0 ? 1.5707963267948968 : 0, y.lo < 0 ? -1.5707963267948968 : 0, 0);
  return { lo: below(Math.min(...values), SLACK), hi: above(Math.max(...values), SLACK) };
}

/** x^y where it is a real number: x > 0, or x = 0 with y > 0, or x < 0 with integer y. */
export function powInterval(x: Interval, y: Interval): Interval {
  if (isEmpty(x) || isEmpty(y)) return EMPTY;
  if (isPoint(y)) {
    if (Number.isInteger(y.lo)) {
      // A small power by outward products; a large one by the library, whose result must be contained as well.
      if (Math.abs(y.lo) <= 64) return widen(powerInterval(x, y.lo), Math.abs(y.lo) <= 1 ? 0 : SLACK);
      if (x.lo < 0) return y.lo % 2 === 0 ? powInterval(absInterval(x), y)
        : hullOf([negInterval(powInterval(negInterval(clampAbove(x, 0)), y)), powInterval(clampBelow(x, 0), y)]);
    }
    if (y.lo === 0.5) return widen(sqrtInterval(x), SLACK);
  } else if (x.lo < 0) {
    return ENTIRE;
  }
  const base = clampBelow(x, 0);
  if (isEmpty(base)) return EMPTY;
  const values = [power(base.lo, y.lo), power(base.lo, y.hi), power(base.hi, y.lo), power(base.hi, y.hi)];
  if (values.some(v => v !== v)) return { lo: 0, hi: Infinity };
  // For x > 0 the function is monotone along each axis (in a direction that may depend on the other), so the extremes are at corners.
  return { lo: Math.max(0, below(Math.min(...values), SLACK)), hi: above(Math.max(...values), SLACK) };
}

function power(x: number, y: number): number {
  return x === 1 ? 1 : x ** y;
}

function widen(x: Interval, ulps: number): Interval {
  if (isEmpty(x) || ulps === 0) return x;
  const wide = { lo: Number.isFinite(x.lo) ? below(x.lo, ulps) : x.lo, hi: Number.isFinite(x.hi) ? above(x.hi, ulps) : x.hi };
  return x.lo >= 0 ? intersect(wide, { lo: 0, hi: Infinity }) : wide;
}

/** √(Σ xᵢ²) of any number of operands; 0 of none. */
export function hypotInterval(...operands: readonly Interval[]): Interval {
  if (operands.some(isEmpty)) return EMPTY;
  if (operands.length === 1) return absInterval(operands[0]);
  let scale = 1;
  const largest = Math.max(0, ...operands.map(x => Math.max(Math.abs(x.lo), Math.abs(x.hi))));
  if (largest > 2 ** 500 && largest < Infinity) scale = 2 ** -600;
  else if (largest < 2 ** -400 && largest > 0) scale = 2 ** 500;
  const sum = operands.map(x => squareInterval(mulInterval(x, point(scale)))).reduce(addInterval, point(0));
  const root = mulInterval(sqrtInterval(sum), point(1 / scale));
  return intersect(widen(root, SLACK), { lo: 0, hi: Infinity });
}
