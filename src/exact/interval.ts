/** A closed interval of extended reals, lo ≤ hi. The empty set is `EMPTY` (NaN, NaN). Ends may be infinite; they are never NaN otherwise. */
export interface Interval {
  readonly lo: number;
  readonly hi: number;
}

export const EMPTY: Interval = { lo: NaN, hi: NaN };
export const ENTIRE: Interval = { lo: -Infinity, hi: Infinity };

export function isEmpty(x: Interval): boolean {
  return x.lo !== x.lo;
}

/** [lo, hi]; empty unless lo ≤ hi. */
export function interval(lo: number, hi: number): Interval {
  return lo <= hi ? { lo, hi } : EMPTY;
}

/** [x, x]; empty for NaN. */
export function point(x: number): Interval {
  return { lo: x, hi: x };
}

export function isPoint(x: Interval): boolean {
  return x.lo === x.hi;
}

/** True when both ends are finite. */
export function isBounded(x: Interval): boolean {
  return x.lo > -Infinity && x.hi < Infinity;
}

export function contains(x: Interval, value: number): boolean {
  return x.lo <= value && value <= x.hi;
}

/** True when every point of x is in y; the empty set is in every interval. */
export function isSubset(x: Interval, y: Interval): boolean {
  return isEmpty(x) || (y.lo <= x.lo && x.hi <= y.hi);
}

/** Smallest interval that contains both. */
export function hull(x: Interval, y: Interval): Interval {
  if (isEmpty(x)) return y;
  if (isEmpty(y)) return x;
  return { lo: Math.min(x.lo, y.lo), hi: Math.max(x.hi, y.hi) };
}

export function intersect(x: Interval, y: Interval): Interval {
  return interval(Math.max(x.lo, y.lo), Math.min(x.hi, y.hi));
}

/** Largest |t| for t in x; NaN when empty. */
export function magnitude(x: Interval): number {
  return Math.max(Math.abs(x.lo), Math.abs(x.hi));
}

/** Smallest |t| for t in x; NaN when empty. */
export function mignitude(x: Interval): number {
  return x.lo > 0 ? x.lo : x.hi < 0 ? -x.hi : isEmpty(x) ? NaN : 0;
}

/** A finite point of x near its middle; 0 when x is the whole line. */
export function middle(x: Interval): number {
  if (x.lo === -Infinity) return x.hi === Infinity ? 0 : x.hi > 0 ? 0 : Math.max(-Number.MAX_VALUE, 2 * x.hi - 1);
  if (x.hi === Infinity) return x.lo < 0 ? 0 : Math.min(Number.MAX_VALUE, 2 * x.lo + 1);
  return x.lo / 2 + x.hi / 2;
}

/** hi − lo, rounded to nearest. */
export function width(x: Interval): number {
  return x.hi - x.lo;
}
