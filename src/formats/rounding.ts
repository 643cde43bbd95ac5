import { FormatError, type Format, type Lattice } from './format';

export type RoundingMode = 'nearest-even' | 'nearest-away' | 'toward-zero' | 'up' | 'down' | 'to-odd' | 'stochastic';

export const roundingModes: readonly RoundingMode[] = ['nearest-even', 'nearest-away', 'toward-zero', 'up', 'down', 'to-odd', 'stochastic'];

/** How a real becomes a value of the format. Every field has a default. */
export interface Rounding {
  /** Default `nearest-even`. */
  readonly mode?: RoundingMode;
  /**
   * `ieee` (default) is the format's own rule: in the nearest, to-odd, stochastic and outward modes infinity, or NaN in formats without it; in the others the
   * extreme finite value; codebooks take their extreme level. `saturate` gives the extreme finite value, for infinities too. `wrap` is for integers
   * and fixed point: the result modulo the number of values.
   */
  readonly overflow?: 'ieee' | 'saturate' | 'wrap';
  /** `flush` makes a result that is subnormal after rounding a zero of its sign. */
  readonly subnormals?: 'keep' | 'flush';
  /** Source of stochastic rounding, uniform in [0, 1). Default: a generator seeded with 1 for each rounder. */
  readonly random?: () => number;
  /** Random bits per rounding, as hardware has them; without it the probability of the upper neighbour is exact to 2^−53. */
  readonly randomBits?: number;
  /** How r random bits meet the discarded fraction: see `stochasticStep`. Default `nearest-even`. */
  readonly randomRule?: RandomRule;
}

export type RandomRule = 'nearest-even' | 'nearest-odd' | 'midpoint' | 'truncate';

/**
 * Whether a magnitude between two neighbours goes to the larger one.
 * @param fraction distance from the lower neighbour over the gap, in (0, 1), correct in its comparison with ½
 * @param odd whether the lower neighbour's code is odd
 */
export type Step = (fraction: number, odd: boolean, negative: boolean) => boolean;

/** The decision of each mode. `toward` results need no randomness; stochastic takes its source from `rounding`. */
export function step(rounding: Rounding, random: () => number): Step {
  switch (rounding.mode ?? 'nearest-even') {
    case 'nearest-even': return (fraction, odd) => fraction > 0.5 || (fraction === 0.5 && odd);
    case 'nearest-away': return fraction => fraction >= 0.5;
    case 'toward-zero': return () => false;
    case 'up': return (_, __, negative) => !negative;
    case 'down': return (_, __, negative) => negative;
    case 'to-odd': return (_, odd) => !odd;
    case 'stochastic': return stochasticStep(rounding, random);
  }
}

/**
 * Stochastic rounding. Exact: away with probability `fraction`. With r random bits, word w uniform in [0, 2^r): `nearest-even` and `nearest-odd`
 * round fraction·2^r to the nearest integer, ties to even or to odd, and step when it plus w reaches 2^r; `midpoint` steps when ⌊fraction·2^(r+1)⌋ + 2w + 1 ≥ 2^(r+1);
 * `truncate` when ⌊fraction·2^r⌋ + w ≥ 2^r (biased towards zero by half a unit of the random word).
 */
function stochasticStep(rounding: Rounding, random: () => number): Step {
  const bits = rounding.randomBits;
  if (bits === undefined) return fraction => random() < fraction;
  if (!Number.isInteger(bits) || bits < 1 || bits > 32) throw new FormatError(`Stochastic rounding takes 1 to 32 random bits, not ${bits}.`);
  const words = 2 ** bits;
  const word = (): number => Math.floor(random() * words);
  switch (rounding.randomRule ?? 'nearest-even') {
    case 'nearest-even': return fraction => nearestInteger(fraction * words, 1) + word() >= words;
    case 'nearest-odd': return fraction => nearestInteger(fraction * words, 0) + word() >= words;
    case 'midpoint': return fraction => Math.floor(fraction * 2 * words) + 2 * word() + 1 >= 2 * words;
    case 'truncate': return fraction => Math.floor(fraction * words) + word() >= words;
  }
}

/** The integer nearest to x ≥ 0; a tie goes up from an integer of the given parity. */
function nearestInteger(x: number, upFrom: 0 | 1): number {
  const low = Math.floor(x);
  const rest = x - low;
  return rest > 0.5 || (rest === 0.5 && low % 2 === upFrom) ? low + 1 : low;
}

/** Refuses a combination that has no meaning, once, when a rounder is made. */
export function checkRounding(format: Format, rounding: Rounding): void {
  const mode = rounding.mode ?? 'nearest-even';
  if (!roundingModes.includes(mode)) throw new FormatError(`There is no rounding mode "${mode}"; the modes are ${roundingModes.join(', ')}.`);
  if (rounding.overflow === 'wrap' && format.family !== 'integer' && format.family !== 'fixed') {
    throw new FormatError(`Overflow "wrap" is for integers and fixed point; ${format.id} takes "ieee" or "saturate".`);
  }
}

/**
 * The value of a lattice for the signed real that rounded to `rounded` on the unbounded lattice: overflow rule, flushing, the sign of zero.
 * Every path ends here, fast or exact, so the rules exist once.
 * The function takes `rounded`, the result with unbounded range, sign included (−0 for a negative real that rounded to zero), and whether the
 * real itself was infinite.
 */
export function finish(lattice: Lattice, rounding: Rounding): (rounded: number, infinite: boolean) => number {
  const { lowest, highest, signedZero, zero, infinities } = lattice;
  const mode = rounding.mode ?? 'nearest-even';
  const none = NaN;
  const truncates = mode === 'toward-zero';
  const above = rounding.overflow === 'saturate' || truncates || mode === 'down' ? highest : infinities ? Infinity : none;
  const below = rounding.overflow === 'saturate' || truncates || mode === 'up' ? lowest : infinities && lowest < 0 ? -Infinity : none;
  const infiniteAbove = rounding.overflow === 'saturate' ? highest : infinities ? Infinity : none;
  const infiniteBelow = rounding.overflow === 'saturate' ? lowest : infinities && lowest < 0 ? -Infinity : none;
  const wraps = rounding.overflow === 'wrap';
  const spacing = 2 ** lattice.quantum;
  const count = (highest - lowest) / spacing + 1;
  const smallest = rounding.subnormals === 'flush' && Number.isFinite(lattice.precision) && zero ? 2 ** (lattice.quantum + lattice.precision - 1) : 0;
  return (rounded, infinite) => {
    if (rounded > highest) {
      if (wraps) return wrap(rounded, lowest, spacing, count);
      return infinite ? infiniteAbove : above;
    }
    if (rounded < lowest) {
      if (wraps) return wrap(rounded, lowest, spacing, count);
      if (!zero) return rounding.overflow === 'saturate' || 1 / rounded > 0 ? lowest : none;
      return infinite ? infiniteBelow : below;
    }
    if (smallest > 0 && rounded > -smallest && rounded < smallest) return signedZero ? rounded * 0 : 0;
    return signedZero ? rounded : rounded + 0;
  };
}

/** Modular reduction into [lowest, highest]; infinities have no residue and give NaN. Exact: every operand is an integer below 2^1024. */
function wrap(rounded: number, lowest: number, spacing: number, count: number): number {
  if (!Number.isFinite(rounded)) return NaN;
  const low = lowest / spacing;
  let residue = (rounded / spacing) % count;
  // Both are integers of magnitude below 2^54, so the shifts by one period are exact.
  while (residue < low) residue += count;
  while (residue >= low + count) residue -= count;
  return residue * spacing + 0;
}
