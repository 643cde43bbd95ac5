import type { Format, Lattice } from './format';
import { exactOf, exactProduct, exactQuotient, exactRounder, exactSqrt, exactSum, type ExactValue } from './exact';
import { latticeRounder, spacing } from './general';
import type { NearestOperations } from './generate';
import { nearestOperations, rounder } from './rounder';
import { checkRounding, finish, type Rounding } from './rounding';
import { xoshiro } from './random';

/** The basic operations of a format. Operands are values of the format (any double is accepted and taken as it is). */
export interface Arithmetic extends NearestOperations {
  /** a·b + c, rounded once. */
  fma(a: number, b: number, c: number): number;
}

/**
 * Correctly rounded arithmetic in any format and mode: the result is the exact result rounded once (IEEE 754-2019, clause 4).
 *
 * The operation is done in double, which leaves the exact value as z + t with t the rounding error (TwoSum, TwoProduct, or the remainder of a division or
 * root). When t ≠ 0 the double is moved to its neighbour with an odd significand in the direction of t (round to odd), and that is rounded once more. With
 * at least two bits to spare this never double-rounds (Boldo and Melquiond, 2008). For + − × ÷ √ to nearest with 2p + 2 ≤ 53 the double result itself will
 * do (Figueroa, 1995). Formats of more than 51 bits, or of exponents so wide that the remainder could underflow, take the exact path on big integers.
 */
export function arithmetic(format: Format, rounding: Rounding = {}): Arithmetic {
  checkRounding(format, rounding);
  const mode = rounding.mode ?? 'nearest-even';
  const settled: Rounding = { ...rounding, random: rounding.random ?? xoshiro(1) };
  if (isBinary64(format) && mode === 'nearest-even' && (rounding.overflow ?? 'ieee') === 'ieee' && rounding.subnormals !== 'flush') return binary64(format, settled);
  const exact = exactArithmetic(format, settled);
  const width = effectiveBits(format);
  if (width === null) return exact;
  const round = rounder(format, settled);
  const zeroSum = mode === 'down' && format.signedZero ? -0 : 0;
  const nearest = mode === 'nearest-even' || mode === 'nearest-away';
  if (nearest && width <= 24) return { ...nearestOperations(format, settled), fma: fmaWith((z, error) => round(toOdd(z, error)), round, exact, 0, Infinity) };
  // Wrapping needs every bit of the integer part, which a double holds only up to 2^53 units.
  const limit = rounding.overflow === 'wrap' ? 2 ** 51 * format.minPositive : Infinity;
  const tail = mode === 'stochastic' && rounding.randomBits === undefined && format.values.kind === 'lattice'
    ? stochasticSum(format.values, settled) : (z: number, error: number): number => round(toOdd(z, error));
  return directedArithmetic(tail, round, exact, zeroSum, limit);
}

/** Bits that values and midpoints of the format need, or null when the double path does not apply. */
function effectiveBits(format: Format): number | null {
  const values = format.values;
  if (values.kind === 'codebook') return values.levels.every(level => Math.fround(level) === level && (level === 0 || Math.abs(level) > 2 ** -30 && Math.abs(level) < 2 ** 30)) ? 25 : null;
  if (Number.isFinite(values.precision)) return values.precision <= 40 && values.quantum >= -400 && values.highest <= 2 ** 400 ? values.precision : null;
  return format.bits <= 40 ? Math.max(format.bits, 25) : null;
}

function isBinary64(format: Format): boolean {
  return format.values.kind === 'lattice' && format.values.precision === 53 && format.values.quantum === -1074 && format.values.highest === Number.MAX_VALUE;
}

function binary64(format: Format, rounding: Rounding): Arithmetic {
  const { fma } = exactArithmetic(format, rounding);
  return { add: (a, b) => a + b, sub: (a, b) => a - b, mul: (a, b) => a * b, div: (a, b) => a / b, fma, sqrt: Math.sqrt };
}

/** Rounds the real z + error, where z is its nearest double. */
type SumRounder = (z: number, error: number) => number;

/** Stochastic rounding of z + error with the exact probability (to 2^−53): the error takes part in the discarded fraction. */
function stochasticSum(lattice: Lattice, rounding: Rounding): SumRounder {
  const random = rounding.random!;
  const quantum = spacing(lattice);
  const done = finish(lattice, rounding);
  const plain = latticeRounder(lattice, rounding);
  return (z, error) => {
    if (error === 0 || !Number.isFinite(z)) return plain(z);
    // The odd neighbour lies strictly inside the cell of the exact value, z itself may be its edge.
    const inside = toOdd(z, error);
    const magnitude = Math.abs(inside);
    const q = quantum(magnitude);
    const scaled = magnitude / q;
    const f = Math.floor(scaled);
    const rest = ((z - inside) + error) / q;
    const fraction = (scaled - f) + (inside < 0 ? -rest : rest);
    const rounded = (random() < fraction ? f + 1 : f) * q;
    return done(inside < 0 ? -rounded : rounded, false);
  };
}

function directedArithmetic(roundSum: SumRounder, round: (x: number) => number, exact: Arithmetic, zeroSum: number, limit: number): Arithmetic {
  const add = (a: number, b: number): number => {
    const z = a + b;
    if (!(Math.abs(z) < limit)) return exact.add(a, b);
    if (z === 0) return round(a === 0 && b === 0 && Object.is(a, b) ? a : zeroSum);
    return roundSum(z, sumError(a, b, z));
  };
  return {
    add,
    sub: (a, b) => add(a, -b),
    mul: (a, b) => {
      const z = a * b;
      if (!(Math.abs(z) < limit)) return exact.mul(a, b);
      return roundSum(z, productError(a, b, z));
    },
    div: (a, b) => {
      const z = a / b;
      // b·z is within a rounding error of a, so that a − b·z is a double: the remainder is exact.
      const p = z * b;
      return Number.isFinite(p) && z !== 0 ? roundSum(z, ((a - p) - productError(z, b, p)) / b) : round(z);
    },
    fma: fmaWith(roundSum, round, exact, zeroSum, limit),
    sqrt: a => {
      const z = Math.sqrt(a);
      const p = z * z;
      return z > 0 && z < Infinity ? roundSum(z, ((a - p) - productError(z, z, p)) / (2 * z)) : round(z);
    },
  };
}

function fmaWith(roundSum: SumRounder, round: (x: number) => number, exact: Arithmetic, zeroSum: number, limit: number): Arithmetic['fma'] {
  return (a, b, c) => {
    const p = a * b;
    if (!Number.isFinite(p) || !Number.isFinite(c)) return round(p + c);
    if (productError(a, b, p) !== 0) return exact.fma(a, b, c);
    const z = p + c;
    if (z === 0) return round(p === 0 && c === 0 && Object.is(p, c) ? p : zeroSum);
    if (!(Math.abs(z) < limit)) return exact.fma(a, b, c);
    return roundSum(z, sumError(p, c, z));
  };
}

/** TwoSum (Knuth): a + b = z + error exactly. */
function sumError(a: number, b: number, z: number): number {
  const bb = z - a;
  return (a - (z - bb)) + (b - bb);
}

/** TwoProduct (Dekker, Veltkamp split): a·b = z + error exactly while nothing overflows or underflows. */
function productError(a: number, b: number, z: number): number {
  const ta = a * 134217729;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = b * 134217729;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return ((ah * bh - z) + ah * bl + al * bh) + al * bl;
}

const scratch = new Float64Array(1);
const words = new Int32Array(scratch.buffer);
const lowWord = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

/** The double z moved to odd when the exact value is z + error with error ≠ 0. */
export function toOdd(z: number, error: number): number {
  if (error === 0 || z === 0 || error !== error || Math.abs(z) === Infinity) return z;
  scratch[0] = z;
  if ((words[lowWord] & 1) !== 0) return z;
  if ((error > 0) === (z > 0)) words[lowWord] |= 1;
  else {
    if (words[lowWord] === 0) words[1 - lowWord] -= 1;
    words[lowWord] -= 1;
  }
  return scratch[0];
}

/** Every operation on big integers, rounded once; specials first. */
function exactArithmetic(format: Format, rounding: Rounding): Arithmetic {
  const round = exactRounder(format, rounding);
  const special = rounder(format, rounding);
  const down = rounding.mode === 'down' && format.signedZero;
  const finite = (...xs: number[]): boolean => xs.every(Number.isFinite);
  const sum = (x: ExactValue, y: ExactValue, z: number): number => {
    const s = exactSum(x, y);
    if (s.n !== 0n) return round(s);
    return special(x.n === 0n && y.n === 0n && x.negative === y.negative ? (x.negative ? -0 : 0) : down ? -0 : z * 0);
  };
  const add = (a: number, b: number): number => finite(a, b) ? sum(exactOf(a), exactOf(b), 0) : special(a + b);
  return {
    add,
    sub: (a, b) => add(a, -b),
    mul: (a, b) => finite(a, b) && a !== 0 && b !== 0 ? round(exactProduct(exactOf(a), exactOf(b))) : special(a * b),
    div: (a, b) => finite(a, b) && a !== 0 && b !== 0 ? round(exactQuotient(exactOf(a), exactOf(b))) : special(a / b),
    fma: (a, b, c) => finite(a, b, c) ? sum(exactProduct(exactOf(a), exactOf(b)), exactOf(c), 0) : special(a * b + c),
    sqrt: a => a > 0 && finite(a) ? round(exactSqrt(exactOf(a))) : special(Math.sqrt(a)),
  };
}
