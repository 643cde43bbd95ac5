import { bitLength, integerSqrt, shift } from './fixed-point';

/** The binary rational m·2^e, of any size. Zero is m = 0. Not normalised; `equalBig` compares values. */
export interface BigFloat {
  readonly m: bigint;
  readonly e: number;
}

export type BigRounding = 'nearest-even' | 'down' | 'up';

export const ZERO_BIG: BigFloat = { m: 0n, e: 0 };
export const ONE_BIG: BigFloat = { m: 1n, e: 0 };

/** The exact value of a finite double. */
export function bigFromNumber(x: number): BigFloat {
  if (!Number.isFinite(x)) throw new RangeError('A big float stands for a finite number.');
  if (x === 0) return ZERO_BIG;
  if (Number.isInteger(x) && Math.abs(x) <= Number.MAX_SAFE_INTEGER) return { m: BigInt(x), e: 0 };
  let e = Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 53);
  let scaled = e < -1000 ? x * 2 ** 1000 * 2 ** (-e - 1000) : x * 2 ** -e;
  while (!Number.isInteger(scaled)) { scaled *= 2; e--; }
  return { m: BigInt(scaled), e };
}

/** The exact value of a decimal literal of JavaScript (`0.1`, `1_000`, `6.02e23`, `.5`, `0xff`), as numerator and denominator; null when it is none. */
export function decimalFraction(text: string): { readonly numerator: bigint; readonly denominator: bigint } | null {
  const plain = text.replaceAll('_', '');
  if (/^0[xob][\da-f]+$/i.test(plain)) return { numerator: BigInt(plain.toLowerCase()), denominator: 1n };
  const match = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,5}))?$/i.exec(plain);
  if (!match || (match[2] + match[3]) === '') return null;
  const digits = BigInt(match[2] + match[3]) * (match[1] === '-' ? -1n : 1n);
  const power = Number(match[4] ?? 0) - match[3].length;
  return power >= 0 ? { numerator: digits * 10n ** BigInt(power), denominator: 1n } : { numerator: digits, denominator: 10n ** BigInt(-power) };
}

/** numerator/denominator to `bits` significant bits, rounded to nearest (ties away from zero). */
export function bigFromFraction(numerator: bigint, denominator: bigint, bits: number): BigFloat {
  if (numerator === 0n) return ZERO_BIG;
  const e = bitLength(numerator) - bitLength(denominator) - bits - 2;
  const n = e < 0 ? numerator << BigInt(-e) : numerator;
  const d = e > 0 ? denominator << BigInt(e) : denominator;
  return roundBig({ m: divideSticky(n, d), e: e - 1 }, bits);
}

/** 2·⌊n/d⌋ with the last bit set when the quotient is inexact, so that a later rounding sees the rest. */
function divideSticky(n: bigint, d: bigint): bigint {
  const negative = (n < 0n) !== (d < 0n);
  const a = n < 0n ? -n : n;
  const b = d < 0n ? -d : d;
  const q = a / b;
  const m = (q << 1n) | (q * b === a ? 0n : 1n);
  return negative ? -m : m;
}

export function addBig(x: BigFloat, y: BigFloat): BigFloat {
  if (x.m === 0n) return y;
  if (y.m === 0n) return x;
  const e = Math.min(x.e, y.e);
  return { m: (x.m << BigInt(x.e - e)) + (y.m << BigInt(y.e - e)), e };
}

export function negBig(x: BigFloat): BigFloat {
  return { m: -x.m, e: x.e };
}

export function absBig(x: BigFloat): BigFloat {
  return x.m < 0n ? negBig(x) : x;
}

export function subBig(x: BigFloat, y: BigFloat): BigFloat {
  return addBig(x, negBig(y));
}

export function mulBig(x: BigFloat, y: BigFloat): BigFloat {
  return x.m === 0n || y.m === 0n ? ZERO_BIG : { m: x.m * y.m, e: x.e + y.e };
}

/** x·2^k. */
export function scaleBig(x: BigFloat, k: number): BigFloat {
  return x.m === 0n ? x : { m: x.m, e: x.e + k };
}

/** x/y correctly rounded to `bits` significant bits; y ≠ 0. */
export function divBig(x: BigFloat, y: BigFloat, bits: number, rounding: BigRounding = 'nearest-even'): BigFloat {
  if (y.m === 0n) throw new RangeError('Division of a big float by zero.');
  if (x.m === 0n) return ZERO_BIG;
  const k = Math.max(0, bits + 2 - (bitLength(x.m) - bitLength(y.m)));
  return roundBig({ m: divideSticky(x.m << BigInt(k), y.m), e: x.e - y.e - k - 1 }, bits, rounding);
}

/** √x correctly rounded to `bits` significant bits; x ≥ 0. */
export function sqrtBig(x: BigFloat, bits: number, rounding: BigRounding = 'nearest-even'): BigFloat {
  if (x.m < 0n) throw new RangeError('Square root of a negative big float.');
  if (x.m === 0n) return ZERO_BIG;
  let k = Math.max(0, 2 * bits + 4 - bitLength(x.m));
  if ((x.e - k) % 2 !== 0) k++;
  const n = x.m << BigInt(k);
  const root = integerSqrt(n);
  return roundBig({ m: (root << 1n) | (root * root === n ? 0n : 1n), e: (x.e - k) / 2 - 1 }, bits, rounding);
}

/** x rounded to `bits` significant bits, exponent unbounded. */
export function roundBig(x: BigFloat, bits: number, rounding: BigRounding = 'nearest-even'): BigFloat {
  const excess = bitLength(x.m) - bits;
  return excess <= 0 ? x : { m: roundShift(x.m, excess, rounding), e: x.e + excess };
}

/** m / 2^k to an integer, in the given direction. */
function roundShift(m: bigint, k: number, rounding: BigRounding): bigint {
  const s = BigInt(k);
  const floor = m >> s;
  const rest = m - (floor << s);
  if (rest === 0n || rounding === 'down') return floor;
  if (rounding === 'up') return floor + 1n;
  const half = 1n << (s - 1n);
  return rest > half || (rest === half && (floor & 1n) === 1n) ? floor + 1n : floor;
}

/** The double nearest to x (or directed), with subnormals, ±∞ beyond the range (directed: the largest finite double on the inner side). */
export function bigToNumber(x: BigFloat, rounding: BigRounding = 'nearest-even'): number {
  if (x.m === 0n) return 0;
  const top = bitLength(x.m) + x.e;
  const e = Math.max(top - 53, -1074);
  const m = x.e >= e ? x.m << BigInt(x.e - e) : roundShift(x.m, e - x.e, rounding);
  if (m === 0n) return x.m < 0n ? -0 : 0;
  if (bitLength(m) + e > 1024) {
    const inward = rounding === (x.m > 0n ? 'down' : 'up');
    return (x.m > 0n ? 1 : -1) * (inward ? Number.MAX_VALUE : Infinity);
  }
  const significand = Number(m);
  return e < -1022 ? significand * 2 ** (e + 52) * 2 ** -52 : e > 971 ? significand * 2 ** (e - 60) * 2 ** 60 : significand * 2 ** e;
}

/** −1, 0 or 1 as x < y, x = y, x > y. */
export function compareBig(x: BigFloat, y: BigFloat): number {
  const d = subBig(x, y).m;
  return d < 0n ? -1 : d > 0n ? 1 : 0;
}

export function equalBig(x: BigFloat, y: BigFloat): boolean {
  return compareBig(x, y) === 0;
}

/** ⌊log2 |x|⌋; −∞ for zero. */
export function exponentBig(x: BigFloat): number {
  return x.m === 0n ? -Infinity : bitLength(x.m) + x.e - 1;
}

/** ⌊x·2^n⌋: the fixed-point form that the elementary functions work on. */
export function toFixedPoint(x: BigFloat, n: number): bigint {
  return shift(x.m, x.e + n);
}

/** x as hi + lo: hi the nearest double, lo the nearest double of the rest. */
export function bigToDoubleDouble(x: BigFloat): { readonly hi: number; readonly lo: number } {
  const hi = bigToNumber(x);
  return Number.isFinite(hi) ? { hi, lo: bigToNumber(subBig(x, bigFromNumber(hi))) } : { hi, lo: 0 };
}
