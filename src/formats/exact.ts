import type { Codebook, Format, Lattice } from './format';
import { checkRounding, finish, step, type Rounding } from './rounding';
import { xoshiro } from './random';
import { codebookFraction } from './general';

/**
 * An exact rational, or a truncated one: ±(n + ε)·2^e with n ≥ 0 and ε = 0, or 0 < ε < 1 when `sticky`. A sticky value carries at least 64 bits
 * more than any format's significand, so that ε never decides anything but "not exact".
 */
export interface ExactValue {
  readonly negative: boolean;
  readonly n: bigint;
  readonly e: number;
  readonly sticky: boolean;
}

/** The double as an exact value. It must be finite. */
export function exactOf(x: number): ExactValue {
  scratch[0] = x;
  const bits = words[0];
  const field = Number((bits >> 52n) & 0x7ffn);
  const fraction = bits & 0xfffffffffffffn;
  return { negative: bits >> 63n === 1n, n: field === 0 ? fraction : fraction | 0x10000000000000n, e: Math.max(field, 1) - 1075, sticky: false };
}

export function exactSum(a: ExactValue, b: ExactValue): ExactValue {
  const e = Math.min(a.e, b.e);
  const sum = signed(a) * 2n ** BigInt(a.e - e) + signed(b) * 2n ** BigInt(b.e - e);
  return { negative: sum < 0n, n: sum < 0n ? -sum : sum, e, sticky: false };
}

export function exactProduct(a: ExactValue, b: ExactValue): ExactValue {
  return { negative: a.negative !== b.negative, n: a.n * b.n, e: a.e + b.e, sticky: false };
}

/** a / b for b ≠ 0 and neither sticky, with at least `guardBits` bits of quotient and its last bit below 2^`floor`. */
export function exactQuotient(a: ExactValue, b: ExactValue, floor = -1200): ExactValue {
  const shift = BigInt(Math.max(guardBits + bitLength(b.n) - bitLength(a.n), a.e - b.e - floor, 0));
  const n = (a.n << shift) / b.n;
  return { negative: a.negative !== b.negative, n, e: a.e - b.e - Number(shift), sticky: n * b.n !== a.n << shift };
}

/** √a for a ≥ 0, not sticky. */
export function exactSqrt(a: ExactValue, floor = -1200): ExactValue {
  let shift = Math.max(2 * guardBits - bitLength(a.n), a.e - 2 * floor, 0);
  if ((a.e - shift) % 2 !== 0) shift += 1;
  const scaled = a.n << BigInt(shift);
  const n = integerSqrt(scaled);
  return { negative: false, n, e: (a.e - shift) / 2, sticky: n * n !== scaled };
}

const guardBits = 192;
const scratch = new Float64Array(1);
const words = new BigUint64Array(scratch.buffer);

function signed(a: ExactValue): bigint {
  return a.negative ? -a.n : a.n;
}

export function bitLength(n: bigint): number {
  return n === 0n ? 0 : n.toString(2).length;
}

function integerSqrt(n: bigint): bigint {
  if (n < 2n) return n;
  let x = 1n << BigInt((bitLength(n) + 1) >> 1);
  for (;;) {
    const y = (x + n / x) >> 1n;
    if (y >= x) return x;
    x = y;
  }
}

/** Rounds exact values to a format, once, by the same rules as `rounder`. Slow (microseconds) and right for every format. */
export function exactRounder(format: Format, rounding: Rounding = {}): (value: ExactValue) => number {
  checkRounding(format, rounding);
  return format.values.kind === 'lattice' ? exactLattice(format.values, rounding) : exactCodebook(format.values, rounding);
}

function exactLattice(lattice: Lattice, rounding: Rounding): (value: ExactValue) => number {
  const up = step(rounding, rounding.random ?? xoshiro(1));
  const done = finish(lattice, rounding);
  return value => {
    const { n, e, negative, sticky } = value;
    if (n === 0n && !sticky) {
      if (!lattice.zero) return rounding.overflow === 'saturate' ? lattice.lowest : NaN;
      return done(negative ? -0 : 0, false);
    }
    const exponent = Math.max(bitLength(n) + e - lattice.precision, lattice.quantum);
    const drop = exponent - e;
    let f = drop > 0 ? n >> BigInt(drop) : n << BigInt(-drop);
    const fraction = drop > 0 ? discarded(n, drop, sticky) : 0;
    const odd = lattice.precision === 1 ? f > 0n && (exponent + lattice.bias) % 2 !== 0 : (f & 1n) === 1n;
    if (fraction > 0 && up(fraction, odd, negative)) f += 1n;
    if (rounding.overflow === 'wrap') f = wrapUnits(negative ? -f : f, lattice);
    const magnitude = scale(f, exponent);
    return done(negative && rounding.overflow !== 'wrap' ? -magnitude : magnitude, false);
  };
}

/** Units of 2^quantum modulo the number of values; `exponent` is the quantum in every lattice that wraps. */
function wrapUnits(units: bigint, lattice: Lattice): bigint {
  const low = BigInt(lattice.lowest * 2 ** -lattice.quantum);
  const count = BigInt(lattice.highest * 2 ** -lattice.quantum) - low + 1n;
  const residue = (units - low) % count;
  return (residue < 0n ? residue + count : residue) + low;
}

/** f·2^exponent for f below 2^54 (or any size on the way to overflow), exact where the result is a double. */
function scale(f: bigint, exponent: number): number {
  const head = Number(f);
  return exponent < -1000 ? head * 2 ** -1000 * 2 ** (exponent + 1000) : exponent > 900 ? head * 2 ** 900 * 2 ** (exponent - 900) : head * 2 ** exponent;
}

/** The discarded bits as a fraction in (0, 1): exact comparison with 0 and ½, else correct to 2^−60 relative. */
function discarded(n: bigint, drop: number, sticky: boolean): number {
  const rest = n & ((1n << BigInt(drop)) - 1n);
  if (rest === 0n) return sticky ? 2 ** -200 : 0;
  const half = 1n << BigInt(drop - 1);
  if (rest === half) return sticky ? 0.5 + 2 ** -53 : 0.5;
  const length = bitLength(rest);
  const fraction = length > 60 ? Number(rest >> BigInt(length - 60)) * 2 ** (length - 60 - drop) : Number(rest) * 2 ** -drop;
  return rest > half ? Math.min(Math.max(fraction, 0.5 + 2 ** -53), 1 - 2 ** -53) : Math.min(Math.max(fraction, 2 ** -200), 0.5 - 2 ** -54);
}

function exactCodebook(book: Codebook, rounding: Rounding): (value: ExactValue) => number {
  const { levels, codes } = book;
  const up = step(rounding, rounding.random ?? xoshiro(1));
  const exactLevels = levels.map(exactOf);
  return value => {
    const side = (i: number): number => compare(value, exactLevels[i]);
    const last = levels.length - 1;
    if (side(last) >= 0) return levels[last];
    if (side(0) <= 0) return levels[0];
    let i = 0;
    let hi = last;
    while (hi - i > 1) {
      const middle = (i + hi) >> 1;
      if (side(middle) >= 0) i = middle; else hi = middle;
    }
    if (side(i) === 0) return levels[i];
    const straddles = levels[i] < 0 && levels[hi] > 0 && rounding.mode === 'toward-zero';
    const inner = (straddles ? value.negative : Math.abs(levels[i]) <= Math.abs(levels[hi])) ? i : hi;
    const outer = inner === i ? hi : i;
    const sum = exactSum(exactLevels[i], exactLevels[hi]);
    const beyondMiddle = compare(value, { ...sum, e: sum.e - 1 }) * (outer - inner);
    const approximate = codebookFraction(toDouble(value), levels[inner], levels[outer]);
    const fraction = beyondMiddle === 0 ? 0.5 : beyondMiddle > 0 ? Math.max(approximate, 0.5 + 2 ** -53) : Math.min(Math.max(approximate, 2 ** -60), 0.5 - 2 ** -54);
    const odd = codes[inner] % 2 !== 0 && (book.tie === 'even-code' || rounding.mode === 'to-odd');
    return levels[up(fraction, odd, outer < inner) ? outer : inner];
  };
}

/** Sign of a − b; b is not sticky. */
function compare(a: ExactValue, b: ExactValue): number {
  const difference = exactSum({ ...a, sticky: false }, { ...b, negative: !b.negative });
  const stickySign = a.sticky ? (a.negative ? -1 : 1) : 0;
  return difference.n === 0n ? stickySign : difference.negative ? -1 : 1;
}

/** The value truncated to 60 bits and rounded to a double. */
function toDouble(value: ExactValue): number {
  const drop = Math.max(bitLength(value.n) - 60, 0);
  const magnitude = scale(value.n >> BigInt(drop), value.e + drop);
  return value.negative ? -magnitude : magnitude;
}

/** stored − exact and the exact value itself, each rounded to a double (relative error below 2^−52). */
export function exactDifference(stored: number, exact: ExactValue): { difference: number; reference: number } {
  return { difference: toDouble(exactSum(exactOf(stored), { ...exact, negative: !exact.negative })), reference: toDouble(exact) };
}
