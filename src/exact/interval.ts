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
