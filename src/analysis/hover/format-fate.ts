import { findFormat, rounder, ulp, type Format } from '../../formats';
import { toReal, type Real } from '../../protocol/real';
import type { NumberFact } from '../facts';

/** What becomes of the values of an expression when they are stored in a format. */
export interface FormatFate {
  readonly format: string;
  readonly fate: 'fits' | 'overflows' | 'vanishes' | 'partly-vanishes' | 'needs-scale' | 'unknown';
  /** Largest |stored − value| over the part that fits; null when nothing is known. */
  readonly error: Real | null;
  /** Relative to the smallest value of the range that is normal in the format; null when that says nothing. */
  readonly relative: Real | null;
  /** The one value, rounded; null when there are several. */
  readonly value: Real | null;
  /** Values that overflow: beyond these ends. */
  readonly beyond: readonly [Real, Real] | null;
  /** Magnitudes under this become 0; null when none of the range do. */
  readonly vanishesUnder: Real | null;
  /** Magnitudes under this have fewer digits than the format's significand; null when none of the range do. */
  readonly subnormalUnder: Real | null;
  /** For integer formats: scale that maps the largest magnitude to the largest code, and half a step. */
  readonly scale: { readonly scale: Real; readonly step: Real } | null;
}

const NOTHING: Omit<FormatFate, 'format'> = { fate: 'unknown', error: null, relative: null, value: null, beyond: null, vanishesUnder: null, subnormalUnder: null, scale: null };

/** Fates of a range in several formats; formats that do not exist are left out. */
export function formatFates(fact: NumberFact, ids: readonly string[]): FormatFate[] {
  return ids.flatMap(id => {
    const format = found(id);
    return format ? [fateOf(fact, format)] : [];
  });
}

function found(id: string): Format | undefined {
  try {
    return findFormat(id);
  } catch {
    return undefined;
  }
}

function fateOf(fact: NumberFact, format: Format): FormatFate {
  const { lo, hi } = fact;
  if (!(lo <= hi)) return { format: format.id, ...NOTHING };
  if (format.family === 'integer' || format.family === 'codebook') return scaled(fact, format);
  const round = rounder(format);
  const single = lo === hi ? round(lo) : null;
  // A range that is open to infinity holds finite values beyond every narrower format.
  const open = (x: number): boolean => Math.abs(x) === Infinity && lo < hi && format.maxFinite < Number.MAX_VALUE;
  const over = (x: number): boolean => open(x) || Number.isFinite(x) && !Number.isFinite(round(x)) || (Number.isFinite(x) && Math.abs(x) > format.maxFinite && Math.abs(round(x)) <= format.maxFinite && Math.abs(x) - format.maxFinite > ulp(format, format.maxFinite) / 2);
  const overflows = over(lo) || over(hi) || x10(lo, format) || x10(hi, format);
  const low = Math.max(lo, format.lowest);
  const high = Math.min(hi, format.maxFinite);
  const inside = low <= high;
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const error = inside ? ulp(format, largest) / 2 : null;
  const least = lo > 0 ? lo : hi < 0 ? -hi : fact.nonZero ? fact.grid > -1074 ? 2 ** fact.grid : 5e-324 : fact.integer ? 1 : lo === 0 && hi === 0 ? Infinity : 0;
  const half = format.minPositive / 2;
  const vanishes = least <= half && Math.max(Math.abs(lo), Math.abs(hi)) > 0;
  const all = Math.max(Math.abs(lo), Math.abs(hi)) <= half && largest > 0;
  const subnormal = format.minNormal !== null && least < format.minNormal && least > 0;
  const exact = fact.grid > -1074 && format.significandBits !== null && largest <= 2 ** (format.significandBits + fact.grid) && 2 ** fact.grid >= format.minPositive;
  // Without evidence an infinite end says that nothing is known, not that values get there.
  const known = fact.evidence || (Number.isFinite(lo) && Number.isFinite(hi));
  if (!known) return { format: format.id, ...NOTHING };
  return {
    format: format.id,
    fate: overflows ? 'overflows' : all ? 'vanishes' : vanishes && (fact.nonZero || lo > 0 || hi < 0) ? 'partly-vanishes' : 'fits',
    error: error === null ? null : toReal(exact ? 0 : error),
    relative: exact ? 0 : inside && format.unitRoundoff !== null && least > 0 && !subnormal && !vanishes ? toReal(format.unitRoundoff) : null,
    value: single === null ? null : toReal(single),
    beyond: overflows ? [toReal(format.lowest), toReal(format.maxFinite)] : null,
    vanishesUnder: vanishes && !exact ? toReal(half) : null,
    subnormalUnder: subnormal && !exact && format.minNormal !== null ? toReal(format.minNormal) : null,
    scale: null,
  };
}

/** An infinite end that is implied by the code overflows every format without infinities. */
function x10(end: number, format: Format): boolean {
  return Math.abs(end) === Infinity && !format.infinities;
}

/** Integer codes hold a range of reals through a scale: the largest magnitude becomes the largest code. */
function scaled(fact: NumberFact, format: Format): FormatFate {
  const { lo, hi } = fact;
  if (!Number.isFinite(lo) || !Number.isFinite(hi)) return { format: format.id, ...NOTHING };
  const fits = fact.integer && format.family === 'integer' && lo >= format.lowest && hi <= format.maxFinite;
  const size = Math.max(Math.abs(lo), Math.abs(hi));
  const scale = size / format.maxFinite;
  return {
    ...NOTHING, format: format.id, fate: fits ? 'fits' : size === 0 ? 'fits' : 'needs-scale', error: toReal(fits || size === 0 ? 0 : format.family === 'integer' ? scale / 2 : ulp(format, format.maxFinite) * scale / 2),
    scale: fits || size === 0 ? null : { scale: toReal(scale), step: toReal(scale / 2) },
  };
}
