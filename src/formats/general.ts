import type { Codebook, Format, Lattice } from './format';
import { checkRounding, finish, step, type Rounding } from './rounding';
import { xoshiro } from './random';

/**
 * The general rounder: any format, any mode, no generated code. It is the definition that the fast paths are tested against.
 * NaN results in a format without NaN mean "the format has no answer".
 */
export function generalRounder(format: Format, rounding: Rounding = {}): (x: number) => number {
  checkRounding(format, rounding);
  return format.values.kind === 'lattice' ? latticeRounder(format.values, rounding) : codebookRounder(format.values, rounding);
}

/**
 * Split |x| = (f + r)·q with q the spacing at |x| in the unbounded format, f an integer and r in [0, 1); decide on r; scale back. Division by the
 * power of two q and the two subtractions are exact in double arithmetic.
 */
export function latticeRounder(lattice: Lattice, rounding: Rounding): (x: number) => number {
  const up = step(rounding, rounding.random ?? xoshiro(1));
  const done = finish(lattice, rounding);
  const quantum = spacing(lattice);
  return x => {
    if (x !== x) return NaN;
    const magnitude = Math.abs(x);
    if (magnitude === Infinity) return done(x, true);
    if (magnitude === 0 && !lattice.zero) return rounding.overflow === 'saturate' ? lattice.lowest : NaN;
    const q = quantum(magnitude);
    const scaled = magnitude / q;
    const f = Math.floor(scaled);
    const r = scaled - f;
    // Beyond 2^53 spacings every double is on the lattice (and the quotient may be infinite): r is then 0 or NaN.
    const rounded = r > 0 ? (up(r, isOdd(lattice, f, q), x < 0) ? f + 1 : f) * q : magnitude;
    return done(x < 0 ? -rounded : x === 0 ? x : rounded, false);
  };
}

/** Code parity of the magnitude f·q. With one significand bit it is the parity of the exponent field. */
export function isOdd(lattice: Lattice, f: number, q: number): boolean {
  if (lattice.precision === 1) return f > 0 && isSquarePower(f * q) !== (lattice.bias % 2 === 0);
  const half = f * 0.5;
  return Math.floor(half) !== half;
}

/** Whether 2^k has an even k: its square root is then a power of two too, which Veltkamp's one-bit split leaves as it is. */
export function isSquarePower(power: number): boolean {
  const root = Math.sqrt(power);
  const t = root * 4503599627370497;
  return t - (t - root) === root;
}

/** Spacing of the lattice, with unbounded exponent, at a finite magnitude: max(2^(⌊log2 x⌋ − p + 1), 2^quantum). */
export function spacing(lattice: Lattice): (magnitude: number) => number {
  const least = 2 ** lattice.quantum;
  if (!Number.isFinite(lattice.precision)) return () => least;
  const relative = 2 ** (1 - lattice.precision);
  return magnitude => Math.max(powerBelow(magnitude) * relative, least);
}

/**
 * The power of two at or below a magnitude: 0.75·x lies in [0.75·2^k, 1.5·2^k), and Veltkamp's split with the constant 2^52 + 1 rounds it to one bit, 2^k (the
 * tie at the lower end goes up). Scaled away from the ends of the range.
 */
export function powerBelow(magnitude: number): number {
  if (magnitude > 1e150) return powerBelow(magnitude * 2 ** -520) * 2 ** 520;
  if (magnitude < 1e-150) return magnitude === 0 ? 0 : powerBelow(magnitude * 2 ** 600) * 2 ** -600;
  const v = magnitude * 0.75;
  const t = v * 4503599627370497;
  return t - (t - v);
}

/** Levels are found by bisection. The fraction between two levels is exact when their difference is; its comparison with ½ always is. */
function codebookRounder(book: Codebook, rounding: Rounding): (x: number) => number {
  const up = step(rounding, rounding.random ?? xoshiro(1));
  const { codes } = book;
  const levels = Float64Array.from(book.levels);
  const last = levels.length - 1;
  const exactChance = rounding.mode === 'stochastic' && rounding.randomBits === undefined;
  const truncates = rounding.mode === 'toward-zero';
  return x => {
    if (x !== x) return NaN;
    if (x >= levels[last]) return levels[last];
    if (x <= levels[0]) return levels[0];
    const i = floorIndex(levels, x);
    if (levels[i] === x) return levels[i];
    // The step is asked in magnitude; between a negative and a positive level "away" is away from the level nearer to zero.
    const straddles = levels[i] < 0 && levels[i + 1] > 0 && truncates;
    const inner = (straddles ? x < 0 : Math.abs(levels[i]) <= Math.abs(levels[i + 1])) ? i : i + 1;
    const outer = inner === i ? i + 1 : i;
    const negative = outer < inner;
    const fraction = exactChance ? (x - levels[inner]) / (levels[outer] - levels[inner]) : codebookFraction(x, levels[inner], levels[outer]);
    const odd = codes[inner] % 2 !== 0 && (book.tie === 'even-code' || rounding.mode === 'to-odd');
    return levels[up(fraction, odd, negative) ? outer : inner];
  };
}

/** Index of the greatest level ≤ x, for x within the levels. */
export function floorIndex(levels: ArrayLike<number>, x: number): number {
  let lo = 0;
  let hi = levels.length - 1;
  while (hi - lo > 1) {
    const middle = (lo + hi) >> 1;
    if (levels[middle] <= x) lo = middle; else hi = middle;
  }
  return levels[hi] <= x ? hi : lo;
}

/** (x − inner) / (outer − inner) with an exact comparison against ½: the midpoint is held as an unevaluated sum of two doubles. */
export function codebookFraction(x: number, inner: number, outer: number): number {
  const high = inner / 2 + outer / 2;
  const part = high - inner / 2;
  const low = (inner / 2 - (high - part)) + (outer / 2 - part);
  const side = x === high ? -Math.sign(low) : Math.sign(x - high);
  const signed = side * Math.sign(outer - inner);
  const fraction = (x - inner) / (outer - inner);
  if (signed === 0) return 0.5;
  return signed > 0 ? Math.max(fraction, 0.5 + 2 ** -53) : Math.min(Math.max(fraction, 2 ** -60), 0.5 - 2 ** -54);
}
