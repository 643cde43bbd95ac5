import type { ExactValue, Format, Rounding } from '../../src/formats';
import { encode } from '../../src/formats/encoding';
import { exactRounder } from '../../src/formats/exact';
import { findFormat } from '../../src/formats/find';
import { storageError } from '../../src/formats/inspect';
import { generalRounder } from '../../src/formats/general';
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
    const stored = generalRounder(format, rounding)(entry.value);
    const flags = stored !== stored ? [format.nans ? 'NaN' : 'has no NaN'] : Math.abs(stored) === Infinity ? ['infinity'] : ['saturated'];
    return { stored, code: codeOf(format, stored), error: NaN, ulps: NaN, relative: NaN, flags };
  }
  const stored = exactRounder(format, rounding)(entry.value);
  const near = toDouble(entry.value);
  if (!Number.isFinite(stored)) {
    return { stored, code: codeOf(format, stored), error: stored, ulps: Infinity, relative: Infinity, flags: ['overflow', ...(stored !== stored && !format.nans ? ['has no NaN'] : [])] };
  }
  const { absolute, ulps, relative } = storageError(format, entry.value, stored);
  const outside = near > format.maxFinite || near < format.lowest;
  const exact = absolute === 0 && !entry.value.sticky;
  const flags = [
    ...(outside && !exact ? [rounding.overflow === 'wrap' ? 'wrapped' : 'saturated'] : []),
    ...(stored === 0 && entry.value.n !== 0n ? ['underflow'] : []),
    ...(format.minNormal !== null && stored !== 0 && Math.abs(stored) < format.minNormal ? ['subnormal'] : []),
    ...(exact ? ['exact'] : []),
  ];
  return { stored, code: codeOf(format, stored), error: absolute, ulps: Math.abs(ulps), relative: Math.abs(relative), flags };
}

/** The nearest double. */
export function toDouble(value: ExactValue): number {
  return double(value);
}

const binary64 = findFormat('fp64');
const double = binary64 ? exactRounder(binary64) : () => NaN;

function codeOf(format: Format, x: number): bigint | null {
  try { return BigInt(encode(format, x)); } catch { return null; }
}
