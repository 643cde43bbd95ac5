import { EMPTY, ENTIRE, hull, interval, isEmpty, type Interval } from './interval';
import { addDown, addUp, divDown, divUp, mulDown, mulUp, sqrtDown, sqrtUp } from './rounding';

/** x + y. Ends are the nearest doubles outside, equal to the exact end where that is a double. */
export function addInterval(x: Interval, y: Interval): Interval {
  if (isEmpty(x) || isEmpty(y)) return EMPTY;
  return { lo: orElse(addDown(x.lo, y.lo), -Infinity), hi: orElse(addUp(x.hi, y.hi), Infinity) };
}

export function subInterval(x: Interval, y: Interval): Interval {
  if (isEmpty(x) || isEmpty(y)) return EMPTY;
  return { lo: orElse(addDown(x.lo, -y.hi), -Infinity), hi: orElse(addUp(x.hi, -y.lo), Infinity) };
}

export function negInterval(x: Interval): Interval {
  return { lo: -x.hi, hi: -x.lo };
}

/** x·y; an infinite end times zero is zero, as the end stands for arbitrarily large reals. */
export function mulInterval(x: Interval, y: Interval): Interval {
  if (isEmpty(x) || isEmpty(y)) return EMPTY;
  return {
    lo: Math.min(timesDown(x.lo, y.lo), timesDown(x.lo, y.hi), timesDown(x.hi, y.lo), timesDown(x.hi, y.hi)),
    hi: Math.max(timesUp(x.lo, y.lo), timesUp(x.lo, y.hi), timesUp(x.hi, y.lo), timesUp(x.hi, y.hi)),
  };
}

/** x·x with both factors equal: never negative. */
export function squareInterval(x: Interval): Interval {
  if (isEmpty(x)) return EMPTY;
  if (x.lo >= 0) return { lo: mulDown(x.lo, x.lo), hi: mulUp(x.hi, x.hi) };
  if (x.hi <= 0) return { lo: mulDown(x.hi, x.hi), hi: mulUp(x.lo, x.lo) };
  return { lo: 0, hi: Math.max(mulUp(x.lo, x.lo), mulUp(x.hi, x.hi)) };
}

/** { a/b : a in x, b in y, b ≠ 0 }: a half line where y touches zero on one side, empty for y = [0, 0]. */
export function divInterval(x: Interval, y: Interval): Interval {
  if (isEmpty(x) || isEmpty(y) || (y.lo === 0 && y.hi === 0)) return EMPTY;
  if (x.lo === 0 && x.hi === 0) return { lo: 0, hi: 0 };
  if (y.lo < 0 && y.hi > 0) return ENTIRE;
  if (y.hi <= 0) return divInterval(negInterval(x), negInterval(y));
  // Here 0 ≤ y.lo < y.hi or 0 < y.lo.
  const lo = x.lo >= 0 ? divDown(x.lo, y.hi) : y.lo === 0 ? -Infinity : divDown(x.lo, y.lo);
  const hi = x.hi <= 0 ? divUp(x.hi, y.hi) : y.lo === 0 ? Infinity : divUp(x.hi, y.lo);
  return { lo: orElse(lo, x.lo >= 0 ? 0 : -Infinity), hi: orElse(hi, x.hi <= 0 ? 0 : Infinity) };
}

/** √ of the part of x that is not negative. */
export function sqrtInterval(x: Interval): Interval {
  if (!(x.hi >= 0)) return EMPTY;
  return { lo: x.lo <= 0 ? 0 : sqrtDown(x.lo), hi: sqrtUp(x.hi) };
}

export function absInterval(x: Interval): Interval {
  if (x.lo >= 0) return x;
  if (x.hi <= 0) return negInterval(x);
  return { lo: isEmpty(x) ? NaN : 0, hi: Math.max(-x.lo, x.hi) };
}

export function minInterval(x: Interval, y: Interval): Interval {
  return { lo: Math.min(x.lo, y.lo), hi: Math.min(x.hi, y.hi) };
}

export function maxInterval(x: Interval, y: Interval): Interval {
  return { lo: Math.max(x.lo, y.lo), hi: Math.max(x.hi, y.hi) };
}

/** x^n for an integer n, by outward repeated squaring of the ends. */
export function powerInterval(x: Interval, n: number): Interval {
  if (isEmpty(x)) return EMPTY;
  if (n === 0) return { lo: 1, hi: 1 };
  if (n < 0) return divInterval({ lo: 1, hi: 1 }, powerInterval(x, -n));
  if (n === 1) return x;
  if (n % 2 === 0) {
    const y = absInterval(x);
    return { lo: powerDown(y.lo, n), hi: powerUp(y.hi, n) };
  }
  if (x.lo >= 0) return { lo: powerDown(x.lo, n), hi: powerUp(x.hi, n) };
  if (x.hi <= 0) return negInterval(powerInterval(negInterval(x), n));
  return { lo: -powerUp(-x.lo, n), hi: powerUp(x.hi, n) };
}

/** Applies an exact non-decreasing function to both ends. */
export function mapExact(x: Interval, f: (t: number) => number): Interval {
  return isEmpty(x) ? EMPTY : { lo: f(x.lo), hi: f(x.hi) };
}

/** Hull of finitely many intervals. */
export function hullOf(parts: readonly Interval[]): Interval {
  return parts.reduce(hull, EMPTY);
}

/** The part of x with t ≥ bound. */
export function clampBelow(x: Interval, bound: number): Interval {
  return interval(Math.max(x.lo, bound), x.hi);
}

/** The part of x with t ≤ bound. */
export function clampAbove(x: Interval, bound: number): Interval {
  return interval(x.lo, Math.min(x.hi, bound));
}

function timesDown(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : mulDown(a, b);
}

function timesUp(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : mulUp(a, b);
}

function powerDown(x: number, n: number): number {
  return binaryPower(x, n, mulDown);
}

function powerUp(x: number, n: number): number {
  return binaryPower(x, n, mulUp);
}

/** x^n for x ≥ 0, n ≥ 1 with every product rounded by `times`; monotone rounding of non-negative factors keeps the direction. */
function binaryPower(x: number, n: number, times: (a: number, b: number) => number): number {
  let result = 1;
  let base = x;
  for (let rest = n; ;) {
    if (rest % 2 === 1) result = times(result, base);
    rest = Math.floor(rest / 2);
    if (rest === 0 || !Number.isFinite(rest)) return rest === 0 ? result : x > 1 ? (times === mulUp ? Infinity : result) : x === 1 ? 1 : (times === mulUp ? 1 : 0);
    base = times(base, base);
  }
}

function orElse(x: number, fallback: number): number {
  return x === x ? x : fallback;
}
