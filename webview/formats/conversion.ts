import type { Format, Rounding } from '../../src/formats';
import { encode, findFormat, neighbours, rounder, ulp } from '../../src/formats';
import type { ExactValue } from '../../src/formats/exact';
import { exactOf, exactRounder, exactSum } from '../../src/formats/exact';
import type { Entry } from './entry';

/** What a format makes of a value. */
export interface Conversion {
  /** The stored value; NaN also where the format has no answer, see `flags`. */
  readonly stored: number;
  /** Code of the stored value, or null when the format cannot hold it (a NaN without a NaN code). */
  readonly code: bigint | null;
  /** stored − value; 0 when exact. */
  readonly error: number;
  /** |error| in ulps of the format at the value. */
  readonly ulps: number;
  /** |error / value|. */
  readonly relative: number;
  /** `exact`, `rounded`, `overflow`, `underflow`, `saturated`, `subnormal`, `NaN`, `no NaN`, … in the order of importance. */
  readonly flags: readonly string[];
}

/** Stores an entry in a format. Correctly rounded from the exact value, whatever the mode. */
export function convert(entry: Exclude<Entry, { kind: 'problem' }>, format: Format, rounding: Rounding): Conversion {
  if (entry.kind === 'special') {
    const stored = rounder(format, rounding)(entry.value);
    const flags = stored !== stored ? [format.nans ? 'NaN' : 'has no NaN'] : Math.abs(stored) === Infinity ? ['infinity'] : ['saturated'];
    return { stored, code: codeOf(format, stored), error: NaN, ulps: NaN, relative: NaN, flags };
  }
  const stored = exactRounder(format, rounding)(entry.value);
  const near = toDouble(entry.value);
  if (!Number.isFinite(stored)) {
    return { stored, code: codeOf(format, stored), error: stored, ulps: Infinity, relative: Infinity, flags: ['overflow', ...(stored !== stored && !format.nans ? ['has no NaN'] : [])] };
  }
  const error = difference(stored, entry.value);
  const size = ulp(format, near);
  const outside = near > format.maxFinite || near < format.lowest;
  const exact = error === 0 && !entry.value.sticky;
  const flags = [
    ...(outside && !exact ? [rounding.overflow === 'wrap' ? 'wrapped' : 'saturated'] : []),
    ...(stored === 0 && entry.value.n !== 0n ? ['underflow'] : []),
    ...(format.minNormal !== null && stored !== 0 && Math.abs(stored) < format.minNormal ? ['subnormal'] : []),
    ...(exact ? ['exact'] : []),
  ];
  return { stored, code: codeOf(format, stored), error, ulps: Math.abs(error) / size, relative: exact ? 0 : near === 0 ? Infinity : Math.abs(error / near), flags };
}

/** x − exact, rounded once. */
export function difference(x: number, exact: ExactValue): number {
  return toDouble(exactSum(exactOf(x), { ...exact, negative: !exact.negative }));
}

/** The nearest double. */
export function toDouble(value: ExactValue): number {
  return double(value);
}

/** The value with `count` values of the format on each side, ascending. */
export function surroundings(format: Format, x: number, count: number): number[] {
  const walk = (next: (v: number) => number): number[] => {
    const values: number[] = [];
    for (let v = next(x); values.length < count && Number.isFinite(v); v = next(v)) values.push(v);
    return values;
  };
  return [...walk(v => neighbours(format, v).down).reverse(), x, ...walk(v => neighbours(format, v).up)];
}

const binary64 = findFormat('fp64');
const double = binary64 ? exactRounder(binary64) : () => NaN;

function codeOf(format: Format, x: number): bigint | null {
  try { return BigInt(encode(format, x)); } catch { return null; }
}
