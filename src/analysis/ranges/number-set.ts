import type { NumberFact } from '../facts';

/** Exponent of the finest grid: every finite double is a multiple of 2^−1074. */
export const FINEST_GRID = -1074;
/** Smallest positive double. */
export const TINY = 5e-324;

/**
 * A set of numbers: an interval, a grid and flags. The set of non-NaN members is contained in [lo, hi]; lo > hi means there are none.
 * Sets are immutable; operations return an operand itself when the result is the same set, and callers use that identity to detect change.
 */
export interface NumberSet {
  readonly lo: number;
  readonly hi: number;
  /** Every finite member is a multiple of 2^grid; the members are integers when it is ≥ 0. Infinity when the only finite member is 0. */
  readonly grid: number;
  readonly nan: boolean;
  /** −0 may be a member. */
  readonly negativeZero: boolean;
  /** Neither 0 nor −0 is a member. */
  readonly nonZero: boolean;
  /** See `NumberFact.evidence`. */
  readonly evidence: boolean;
  /** Finite only because lengths of arrays are (below 2^32): no evidence that such values occur. */
  readonly vague: boolean;
  /** Where the knowledge comes from, for people; at most three phrases. */
  readonly reasons: readonly string[];
  /** Each member plus `slack` is less than the length that `symbol` stands for. */
  readonly below: readonly LengthRelation[];
  /** The value is the length that `symbol` stands for plus `slack`. */
  readonly equals: LengthRelation | null;
}

/** `symbol` stands for the length that some array had at some moment: a number fixed for ever, so a relation to it never goes stale. */
export interface LengthRelation {
  readonly symbol: number;
  readonly slack: number;
}

interface Flags {
  readonly grid?: number;
  readonly nan?: boolean;
  readonly negativeZero?: boolean;
  readonly nonZero?: boolean;
  readonly evidence?: boolean;
  readonly vague?: boolean;
  readonly reasons?: readonly string[];
  readonly below?: readonly LengthRelation[];
  readonly equals?: LengthRelation | null;
}

const NONE: readonly never[] = [];

/** The set of the members of [lo, hi] with these properties; ends are tightened where the properties allow. Without flags: no NaN, no −0, any grid. */
export function numberSet(lo: number, hi: number, flags: Flags = {}): NumberSet {
  return buildSet(lo, hi, flags.grid ?? FINEST_GRID, flags.nan ?? false, flags.negativeZero ?? false, flags.nonZero ?? false, flags.evidence ?? false, flags.vague ?? false,
    flags.reasons ?? NONE, flags.below ?? NONE, flags.equals ?? null);
}

/** `numberSet` for hot paths. */
export function buildSet(
  lo: number, hi: number, grid: number, nan: boolean, negativeZero: boolean, nonZero: boolean, evidence: boolean, vague: boolean,
  reasons: readonly string[], below: readonly LengthRelation[], equals: LengthRelation | null,
): NumberSet {
  const integral = grid >= 0 && grid !== Infinity;
  if (integral) { lo = Math.ceil(lo); hi = Math.floor(hi); }
  if (lo === 0) lo = nonZero ? (integral ? 1 : TINY) : 0;
  if (hi === 0) hi = nonZero ? (integral ? -1 : -TINY) : 0;
  if (!(lo <= hi)) return nan ? ONLY_NAN : NO_NUMBER;
  const zero = lo <= 0 && hi >= 0;
  if (!zero) nonZero = true;
  if (lo === 0 && hi === 0) grid = Infinity;
  return {
    lo, hi, grid, nan, negativeZero: negativeZero && zero && !nonZero, nonZero,
    evidence: !vague && (evidence || (moderate(lo) && moderate(hi))), vague, reasons, below, equals,
  };
}

/** No number at all (not even NaN). */
export const NO_NUMBER: NumberSet = {
  lo: Infinity, hi: -Infinity, grid: Infinity, nan: false, negativeZero: false, nonZero: true, evidence: true, vague: false, reasons: NONE, below: NONE, equals: null,
};
export const ONLY_NAN: NumberSet = { ...NO_NUMBER, nan: true };
/** A number of which nothing is known. */
export const ANY_NUMBER: NumberSet = numberSet(-Infinity, Infinity, { nan: true, negativeZero: true });

/** An end of this size says something about the data; one near the limits of double only says "finite". */
function moderate(end: number): boolean {
  return Math.abs(end) < 1e290;
}

export function literal(value: number): NumberSet {
  if (value !== value) return ONLY_NAN;
  return numberSet(value, value, { grid: gridOf(value), negativeZero: Object.is(value, -0), evidence: true });
}

/** Largest g such that the value is a multiple of 2^g; Infinity for 0 and the infinities. */
export function gridOf(value: number): number {
  if (value === 0 || !Number.isFinite(value)) return Infinity;
  let g = 0;
  let x = Math.abs(value);
  while (x < 2 ** 52 && x !== Math.floor(x)) { x *= 2; g--; }
  while (x % 2 === 0) { x /= 2; g++; }
  return g;
}

/** Integers of [lo, hi]. */
export function integers(lo: number, hi: number, reasons?: readonly string[]): NumberSet {
  return numberSet(lo, hi, { grid: 0, evidence: true, reasons });
}

export function isNothing(a: NumberSet): boolean {
  return a.lo > a.hi && !a.nan;
}

export function hasRange(a: NumberSet): boolean {
  return a.lo <= a.hi;
}

export function isInteger(a: NumberSet): boolean {
  return a.grid >= 0;
}

export function mayBeZero(a: NumberSet): boolean {
  return !a.nonZero && a.lo <= 0 && a.hi >= 0;
}

export function mayBeInfinite(a: NumberSet): boolean {
  return a.lo === -Infinity || a.hi === Infinity;
}

/** The one number the set holds, else undefined. */
export function single(a: NumberSet): number | undefined {
  return a.lo === a.hi && !a.nan ? (a.negativeZero ? undefined : a.lo) : undefined;
}

/** Least |x| of the members, 0 when 0 is one. */
export function leastMagnitude(a: NumberSet): number {
  if (a.lo > 0) return a.lo;
  if (a.hi < 0) return -a.hi;
  return a.nonZero ? (a.grid === Infinity ? Infinity : 2 ** Math.max(a.grid, FINEST_GRID)) : 0;
}

export function greatestMagnitude(a: NumberSet): number {
  return Math.max(Math.abs(a.lo), Math.abs(a.hi));
}

/** Reasons of an operation's result: those of its operands, at most three. */
export function mergeReasons(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0 || a === b) return a;
  if (a.length === 0) return b;
  const added = b.filter(reason => !a.includes(reason));
  return added.length === 0 || a.length >= 3 ? a : [...a, ...added].slice(0, 3);
}

function commonBelow(a: NumberSet, b: NumberSet): readonly LengthRelation[] {
  if (!hasRange(a)) return b.below;
  if (!hasRange(b) || a.below === b.below) return a.below;
  const common: LengthRelation[] = [];
  for (const x of a.below) {
    const y = b.below.find(other => other.symbol === x.symbol);
    if (y) common.push(y.slack < x.slack ? y : x);
  }
  return common.length === 0 ? NONE : common.length === a.below.length && common.every((x, i) => x === a.below[i]) ? a.below : common;
}

/** Smallest set that contains both; `a` itself when it contains `b`. */
export function joinNumbers(a: NumberSet, b: NumberSet): NumberSet {
  if (a === b || isNothing(b)) return a;
  if (isNothing(a)) return b;
  const below = commonBelow(a, b);
  const equals = !hasRange(a) ? b.equals : !hasRange(b) ? a.equals
    : a.equals && b.equals && a.equals.symbol === b.equals.symbol && a.equals.slack === b.equals.slack ? a.equals : null;
  const lo = Math.min(a.lo, b.lo);
  const hi = Math.max(a.hi, b.hi);
  const vague = a.vague || b.vague;
  const evidence = !vague && ((a.evidence && b.evidence) || (moderate(lo) && moderate(hi)));
  if (lo === a.lo && hi === a.hi && b.grid >= a.grid && (a.nan || !b.nan) && (a.negativeZero || !b.negativeZero) && (!a.nonZero || b.nonZero)
    && evidence === a.evidence && vague === a.vague && below === a.below && equals === a.equals) return a;
  const nonZero = a.nonZero && b.nonZero;
  return {
    lo, hi, grid: Math.min(a.grid, b.grid), nan: a.nan || b.nan, negativeZero: a.negativeZero || b.negativeZero,
    nonZero, evidence, vague, reasons: mergeReasons(a.reasons, b.reasons), below, equals,
  };
}

/**
 * Members of both. Relations and reasons of both are kept, those of `b` (the constraint) first when it moved an end.
 * Evidence of either stays: a guard does not make known data unknown.
 */
export function meetNumbers(a: NumberSet, b: NumberSet): NumberSet {
  if (a === b) return a;
  const moved = b.lo > a.lo || b.hi < a.hi;
  const equals = a.equals ?? b.equals;
  const below = b.below.length === 0 ? a.below : a.below.length === 0 ? b.below : bothBelow(a.below, b.below);
  return buildSet(
    Math.max(a.lo, b.lo), Math.min(a.hi, b.hi), Math.max(a.grid, b.grid), a.nan && b.nan, a.negativeZero && b.negativeZero, a.nonZero || b.nonZero,
    a.evidence || b.evidence, b.hi < a.hi ? b.vague : a.vague, moved ? mergeReasons(b.reasons, a.reasons) : a.reasons, below, equals,
  );
}

/** Relations of both; of two to the same length the tighter one. `a` itself when `b` adds nothing. */
export function bothBelow(a: readonly LengthRelation[], b: readonly LengthRelation[]): readonly LengthRelation[] {
  const added = b.filter(r => !a.some(s => s.symbol === r.symbol && s.slack >= r.slack));
  return added.length === 0 ? a : [...a.filter(s => !added.some(r => r.symbol === s.symbol)), ...added];
}

/** An upper bound of the ascending chain through `a` and `b`: unstable ends jump to the next threshold, then to infinity; a relation whose slack shrinks is given up. */
export function widenNumbers(a: NumberSet, b: NumberSet, thresholds: readonly number[] | null): NumberSet {
  const joined = joinNumbers(a, b);
  if (joined === a || !hasRange(a)) return joined;
  const lo = joined.lo < a.lo ? thresholdBelow(joined.lo, thresholds) : a.lo;
  const hi = joined.hi > a.hi ? thresholdAbove(joined.hi, thresholds) : a.hi;
  const below = joined.below === a.below ? a.below : joined.below.filter(r => a.below.some(s => s.symbol === r.symbol && s.slack === r.slack));
  const gaveUp = (lo === -Infinity && joined.lo !== lo) || (hi === Infinity && joined.hi !== hi);
  return {
    ...joined, lo, hi, below: below.length === 0 ? NONE : below, grid: joined.grid < a.grid && a.grid !== Infinity ? FINEST_GRID : joined.grid,
    nonZero: joined.nonZero && (lo > 0 || hi < 0 || a.lo < 0 && a.hi > 0),
    evidence: gaveUp ? false : joined.evidence,
  };
}

function thresholdBelow(value: number, thresholds: readonly number[] | null): number {
  let best = -Infinity;
  for (const t of thresholds ?? NONE) if (t <= value && t > best) best = t;
  return best;
}

function thresholdAbove(value: number, thresholds: readonly number[] | null): number {
  let best = Infinity;
  for (const t of thresholds ?? NONE) if (t >= value && t < best) best = t;
  return best;
}

/** What the rest of the product sees of a set; null for the empty one. */
export function toFact(a: NumberSet): NumberFact | null {
  if (isNothing(a)) return null;
  const none = !hasRange(a);
  return {
    lo: none ? NaN : a.lo, hi: none ? NaN : a.hi, integer: a.grid >= 0, maybeNaN: a.nan, maybeNegativeZero: a.negativeZero,
    evidence: a.evidence, nonZero: a.nonZero, grid: Math.max(FINEST_GRID, Math.min(a.grid, 1023)),
  };
}
