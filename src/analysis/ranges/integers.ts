import { hasRange, integers, isInteger, single, type NumberSet } from './number-set';

/* ToInt32 and the bitwise operators: results are integers of 32 bits, never NaN, never −0, whatever the operands. */

const LEAST = -(2 ** 31);
const GREATEST = 2 ** 31 - 1;

/** ToInt32. Exact on sets within the range, all of int32 otherwise (wrapping). */
export function toInt32(a: NumberSet): NumberSet {
  if (hasRange(a) && a.lo > LEAST - 1 && a.hi < GREATEST + 1) {
    const lo = Math.trunc(a.lo);
    const hi = Math.trunc(a.hi);
    return keepRelations(a, a.nan ? Math.min(lo, 0) : lo, a.nan ? Math.max(hi, 0) : hi);
  }
  return hasRange(a) ? { ...integers(LEAST, GREATEST, a.reasons), grid: a.grid >= 0 ? Math.min(a.grid, 31) : 0 } : integers(0, 0);
}

/** ToUint32. */
export function toUint32(a: NumberSet): NumberSet {
  if (hasRange(a) && a.lo > -1 && a.hi < 2 ** 32) return keepRelations(a, a.nan ? 0 : Math.trunc(a.lo) + 0, Math.trunc(a.hi) + 0);
  return hasRange(a) ? integers(0, 2 ** 32 - 1, a.reasons) : integers(0, 0);
}

function keepRelations(a: NumberSet, lo: number, hi: number): NumberSet {
  const result = integers(lo + 0, hi + 0, a.reasons);
  const same = isInteger(a) && !a.nan;
  return { ...result, vague: a.vague, evidence: !a.vague, grid: isInteger(a) ? Math.max(result.grid, a.grid) : result.grid, nonZero: result.nonZero || (same && a.nonZero), below: same ? a.below : [], equals: same ? a.equals : null };
}

/** All ones up to the leading one of x ≥ 0. */
function filled(x: number): number {
  return x <= 0 ? 0 : 2 ** (32 - Math.clz32(x)) - 1;
}

export function bitwise(operator: string, operands: readonly NumberSet[]): NumberSet | null {
  const reasons = operands[0]?.reasons;
  const a = toInt32(operands[0]);
  if (operator === 'bitnot') return integers(~a.hi, ~a.lo, reasons);
  if (operator === 'clz32') {
    const u = toUint32(operands[0]);
    return integers(Math.clz32(u.hi), Math.clz32(u.lo), reasons);
  }
  if (operands.length < 2) return null;
  const b = toInt32(operands[1]);
  const x = single(a);
  const y = single(b);
  switch (operator) {
    case 'bitand':
      if (x !== undefined && y !== undefined) return integers(x & y, x & y, reasons);
      if (a.lo >= 0 && b.lo >= 0) return integers(0, Math.min(a.hi, b.hi), reasons);
      if (a.lo >= 0) return integers(0, a.hi, reasons);
      if (b.lo >= 0) return integers(0, b.hi, reasons);
      return integers(-filled(-Math.min(a.lo, b.lo) - 1) - 1, Math.max(filled(a.hi), filled(b.hi)), reasons);
    case 'bitor':
      if (x !== undefined && y !== undefined) return integers(x | y, x | y, reasons);
      if (y === 0) return a;
      if (x === 0) return b;
      if (a.lo >= 0 && b.lo >= 0) return { ...integers(Math.max(a.lo, b.lo), filled(Math.max(a.hi, b.hi)), reasons), nonZero: a.nonZero || b.nonZero };
      return { ...integers(Math.min(a.lo, b.lo, 0), a.hi < 0 || b.hi < 0 ? -1 : Math.max(filled(a.hi), filled(b.hi)), reasons), nonZero: a.nonZero || b.nonZero };
    case 'bitxor':
      if (x !== undefined && y !== undefined) return integers(x ^ y, x ^ y, reasons);
      if (a.lo >= 0 && b.lo >= 0) return integers(0, filled(Math.max(a.hi, b.hi)), reasons);
      return integers(-filled(Math.max(a.hi, b.hi, -a.lo - 1, -b.lo - 1)) - 1, filled(Math.max(a.hi, b.hi, -a.lo - 1, -b.lo - 1)), reasons);
    case 'shl': {
      const lo = y === undefined ? NaN : a.lo * 2 ** (y & 31);
      const hi = y === undefined ? NaN : a.hi * 2 ** (y & 31);
      if (lo >= LEAST && hi <= GREATEST) return { ...integers(lo, hi, reasons), nonZero: a.nonZero };
      const largest = a.lo >= 0 && b.lo >= 0 && b.hi <= 31 ? a.hi * 2 ** b.hi : Infinity;
      return largest <= GREATEST ? integers(0, largest, reasons) : integers(LEAST, GREATEST, reasons);
    }
    case 'shr':
      if (y !== undefined) return integers(a.lo >> y, a.hi >> y, reasons);
      return integers(Math.min(a.lo, 0), Math.max(a.hi, a.lo < 0 ? -1 : 0), reasons);
    case 'ushr': {
      const u = toUint32(operands[0]);
      if (y !== undefined) return (y & 31) === 0 ? u : integers(Math.floor(u.lo / 2 ** (y & 31)), Math.floor(u.hi / 2 ** (y & 31)), reasons);
      return integers(0, u.hi, reasons);
    }
    case 'imul': {
      const corners = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
      const lo = Math.min(...corners);
      const hi = Math.max(...corners);
      return lo >= LEAST && hi <= GREATEST ? integers(lo + 0, hi + 0, reasons) : integers(LEAST, GREATEST, reasons);
    }
    default: return null;
  }
}
