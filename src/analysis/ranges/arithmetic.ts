import {
  buildSet, FINEST_GRID, greatestMagnitude, hasRange, isInteger, leastMagnitude, mayBeInfinite, mayBeZero, mergeReasons, NO_NUMBER, numberSet, ONLY_NAN, single, TINY, type NumberSet,
} from './number-set';

/*
 * What JavaScript's arithmetic yields on sets of doubles. The ends are computed with the operations themselves: rounding to nearest is monotone, so
 * fl(lo ∘ lo) … fl(hi ∘ hi) is exactly the range of the computed values, and no outward step is needed. Grids survive rounding: a multiple of 2^g that
 * does not fit 53 bits rounds to a multiple of a coarser power of two.
 */

/** Flags that every result of two operands inherits. */
function common(a: NumberSet, b: NumberSet): { nan: boolean; evidence: boolean; vague: boolean; reasons: readonly string[] } {
  return { nan: a.nan || b.nan, evidence: a.evidence && b.evidence, vague: a.vague || b.vague, reasons: mergeReasons(a.reasons, b.reasons) };
}

export function add(a: NumberSet, b: NumberSet): NumberSet {
  const nan = a.nan || b.nan || (a.hi === Infinity && b.lo === -Infinity) || (a.lo === -Infinity && b.hi === Infinity);
  if (!hasRange(a) || !hasRange(b)) return a.nan || b.nan ? ONLY_NAN : NO_NUMBER;
  const lo = a.lo + b.lo;
  const hi = a.hi + b.hi;
  if (lo !== lo && hi !== hi) return ONLY_NAN;
  const related = a.below.length > 0 || b.below.length > 0 || a.equals !== null || b.equals !== null ? shifted(a, b) : UNRELATED;
  return buildSet(
    lo !== lo ? -Infinity : lo, hi !== hi ? Infinity : hi, Math.min(a.grid, b.grid), nan, a.negativeZero && b.negativeZero, false,
    a.evidence && b.evidence, a.vague || b.vague, mergeReasons(a.reasons, b.reasons), related.below, related.equals,
  );
}

type Relations = Pick<NumberSet, 'below' | 'equals'>;
const UNRELATED: Relations = { below: [], equals: null };

/** Relations to lengths survive adding an integer constant. */
function shifted(a: NumberSet, b: NumberSet): Relations {
  const [set, constant] = b.lo === b.hi ? [a, b.lo] : a.lo === a.hi ? [b, a.lo] : [null, 0];
  if (set && Number.isInteger(constant) && Math.abs(constant) < 2 ** 31) {
    if (!isInteger(set)) return UNRELATED;
    return {
      below: set.below.map(r => ({ symbol: r.symbol, slack: r.slack - constant })),
      equals: set.equals && { symbol: set.equals.symbol, slack: set.equals.slack + constant },
    };
  }
  // i + d with d ≤ 0 stays below; n − k is the length minus a range, hence below it when k ≥ 1.
  const negative = isInteger(a) && isInteger(b) ? (b.hi <= 0 ? [a, b.hi] as const : a.hi <= 0 ? [b, a.hi] as const : null) : null;
  if (!negative) return UNRELATED;
  const [base, shift] = negative;
  const below = base.below.map(r => ({ symbol: r.symbol, slack: r.slack - shift }));
  if (base.equals) below.push({ symbol: base.equals.symbol, slack: -base.equals.slack - shift - 1 });
  return { below, equals: null };
}

export function negate(a: NumberSet): NumberSet {
  if (!hasRange(a)) return a;
  return numberSet(-a.hi, -a.lo, { grid: a.grid, nan: a.nan, negativeZero: mayBeZero(a), nonZero: a.nonZero, evidence: a.evidence, vague: a.vague, reasons: a.reasons });
}

export function subtract(a: NumberSet, b: NumberSet): NumberSet {
  const opposite = negate(b);
  const result = add(a, opposite);
  // −0 arises from −0 − (+0) alone.
  return result.negativeZero && !(a.negativeZero && mayBeZero(b)) ? numberSet(result.lo, result.hi, { ...result, negativeZero: false }) : result;
}

function product(x: number, y: number): number {
  const value = x * y;
  return value !== value ? 0 : value;
}

function mayBeNegative(a: NumberSet): boolean {
  return a.lo < 0 || a.negativeZero;
}

function mayBePositive(a: NumberSet): boolean {
  return a.hi > 0 || mayBeZero(a);
}

function oppositeSigns(a: NumberSet, b: NumberSet): boolean {
  return (mayBeNegative(a) && mayBePositive(b)) || (mayBePositive(a) && mayBeNegative(b));
}

export function multiply(a: NumberSet, b: NumberSet): NumberSet {
  if (!hasRange(a) || !hasRange(b)) return a.nan || b.nan ? ONLY_NAN : NO_NUMBER;
  const p = product(a.lo, b.lo);
  const q = product(a.lo, b.hi);
  const r = product(a.hi, b.lo);
  const s = product(a.hi, b.hi);
  const nan = a.nan || b.nan || (mayBeZero(a) && mayBeInfinite(b)) || (mayBeInfinite(a) && mayBeZero(b));
  return buildSet(
    Math.min(p, q, r, s), Math.max(p, q, r, s), Math.max(FINEST_GRID, a.grid + b.grid), nan, oppositeSigns(a, b), leastMagnitude(a) * leastMagnitude(b) > 0,
    a.evidence && b.evidence, a.vague || b.vague, mergeReasons(a.reasons, b.reasons), UNRELATED.below, null,
  );
}

/** x · x for one and the same x. */
export function square(a: NumberSet): NumberSet {
  if (!hasRange(a)) return a;
  const least = a.lo > 0 ? a.lo : a.hi < 0 ? -a.hi : 0;
  const greatest = greatestMagnitude(a);
  return numberSet(least * least, greatest * greatest, {
    grid: Math.max(FINEST_GRID, 2 * a.grid), nan: a.nan, nonZero: leastMagnitude(a) ** 2 > 0, evidence: a.evidence, vague: a.vague, reasons: a.reasons,
  });
}

export function divide(a: NumberSet, b: NumberSet): NumberSet {
  const flags = common(a, b);
  if (!hasRange(a) || !hasRange(b)) return flags.nan ? ONLY_NAN : NO_NUMBER;
  let lo = Infinity;
  let hi = -Infinity;
  const include = (from: number, to: number): void => {
    lo = Math.min(lo, from !== from ? 0 : from);
    hi = Math.max(hi, to !== to ? 0 : to);
  };
  const smallest = b.grid === Infinity ? TINY : 2 ** Math.max(FINEST_GRID, Math.min(b.grid, 1023));
  if (b.hi > 0) {
    const p = b.lo > 0 ? b.lo : Math.min(b.hi, smallest);
    include(a.lo / (a.lo >= 0 ? b.hi : p), a.hi / (a.hi >= 0 ? p : b.hi));
  }
  if (b.lo < 0) {
    const p = b.hi < 0 ? -b.hi : Math.min(-b.lo, smallest);
    include(-(a.hi / (a.hi >= 0 ? p : -b.lo)), -(a.lo / (a.lo >= 0 ? -b.lo : p)));
  }
  if (mayBeZero(b)) {
    if (a.hi > 0) include(b.negativeZero ? -Infinity : Infinity, Infinity);
    if (a.lo < 0) include(-Infinity, b.negativeZero ? Infinity : -Infinity);
  }
  const nan = flags.nan || (mayBeZero(a) && mayBeZero(b)) || (mayBeInfinite(a) && mayBeInfinite(b));
  const divisor = single(b);
  const exponent = divisor !== undefined ? Math.log2(Math.abs(divisor)) : NaN;
  const grid = Number.isInteger(exponent) && 2 ** exponent === Math.abs(divisor!) && a.grid - exponent > FINEST_GRID ? a.grid - exponent : FINEST_GRID;
  return buildSet(lo, hi, grid, nan, oppositeSigns(a, b), leastMagnitude(a) / greatestMagnitude(b) > 0, flags.evidence, flags.vague, flags.reasons, UNRELATED.below, null);
}

/** a % b: sign of the dividend, |result| < |b|, |result| ≤ |a|; exact. */
export function remainder(a: NumberSet, b: NumberSet): NumberSet {
  const flags = common(a, b);
  if (!hasRange(a) || !hasRange(b)) return flags.nan ? ONLY_NAN : NO_NUMBER;
  const nan = flags.nan || mayBeZero(b) || mayBeInfinite(a);
  const grid = Math.min(a.grid, b.grid);
  const below = greatestMagnitude(b);
  if (below === 0) return ONLY_NAN;
  if (greatestMagnitude(a) < leastMagnitude(b)) return nan === a.nan ? a : numberSet(a.lo, a.hi, { ...a, nan });
  const largest = below === Infinity ? Infinity : grid >= 0 && grid !== Infinity && below <= 2 ** 53 ? below - 1 : below;
  return numberSet(a.lo < 0 ? Math.max(a.lo, -largest) : 0, a.hi > 0 ? Math.min(a.hi, largest) : 0, {
    ...flags, nan, grid, negativeZero: mayBeNegative(a), vague: a.vague && b.vague,
  });
}

export function absolute(a: NumberSet): NumberSet {
  if (!hasRange(a) || (a.lo >= 0 && !a.negativeZero)) return a;
  const least = a.lo > 0 ? a.lo : a.hi < 0 ? -a.hi : 0;
  return numberSet(least, greatestMagnitude(a), { grid: a.grid, nan: a.nan, nonZero: a.nonZero, evidence: a.evidence, vague: a.vague, reasons: a.reasons });
}

/** Math.min or Math.max of two: NaN when either is; −0 counts as less than 0. */
export function extreme(a: NumberSet, b: NumberSet, which: 'min' | 'max'): NumberSet {
  const flags = common(a, b);
  if (!hasRange(a) || !hasRange(b)) return flags.nan ? ONLY_NAN : NO_NUMBER;
  const choose = which === 'min' ? Math.min : Math.max;
  const lo = choose(a.lo, b.lo);
  const hi = choose(a.hi, b.hi);
  // min(i, n) is below whatever either is below; the loser contributes nothing when it never wins.
  const below = which === 'min' ? [...a.below, ...b.below].map(r => ({ ...r })) : [];
  if (which === 'min') for (const x of [a, b]) if (x.equals) below.push({ symbol: x.equals.symbol, slack: -x.equals.slack - 1 });
  return numberSet(lo, hi, {
    ...flags, grid: Math.min(a.grid, b.grid), nonZero: a.nonZero && b.nonZero, negativeZero: a.negativeZero || b.negativeZero, below,
    vague: which === 'min' ? a.vague && b.vague : flags.vague,
  });
}

export function squareRoot(a: NumberSet): NumberSet {
  if (!hasRange(a)) return a;
  if (a.hi < 0) return ONLY_NAN;
  return numberSet(Math.sqrt(Math.max(a.lo, 0)), Math.sqrt(a.hi), {
    nan: a.nan || a.lo < 0, negativeZero: a.negativeZero, nonZero: a.nonZero, evidence: a.evidence, vague: a.vague, reasons: a.reasons,
  });
}

/** floor, ceil, round, trunc, fround and the like: functions that never decrease and map multiples of 2^g to such (`integral`: to integers). */
export function monotone(a: NumberSet, f: (x: number) => number, flags: { readonly integral: boolean }): NumberSet {
  if (!hasRange(a)) return a;
  const lo = f(a.lo);
  const hi = f(a.hi);
  return numberSet(lo, hi, {
    grid: flags.integral ? Math.max(a.grid, 0) : a.grid, nan: a.nan, negativeZero: a.negativeZero || Object.is(f(-TINY), -0) && a.lo < 0,
    evidence: a.evidence, vague: a.vague, reasons: a.reasons, below: flags.integral && isInteger(a) ? a.below : [], equals: flags.integral && isInteger(a) ? a.equals : null,
  });
}
