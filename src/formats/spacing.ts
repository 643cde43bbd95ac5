import type { Format } from './format';
import { floorIndex, spacing } from './general';
import { rounder } from './rounder';

/**
 * Spacing of the format at x, the weight of one ulp: for floats max(2^(⌊log2 |x|⌋ − p + 1), smallest spacing), also beyond the largest value;
 * for integers and fixed point the step; for codebooks the gap that holds x, the larger of the two when x is a level. NaN for NaN and infinities.
 */
export function ulp(format: Format, x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < Infinity)) return NaN;
  const values = format.values;
  if (values.kind === 'lattice') return spacing(values)(magnitude);
  const { levels } = values;
  const last = levels.length - 1;
  const clamped = Math.min(Math.max(x, levels[0]), levels[last]);
  const i = Math.min(floorIndex(levels, clamped), last - 1);
  const gap = levels[i + 1] - levels[i];
  return levels[i] === clamped && i > 0 ? Math.max(gap, levels[i] - levels[i - 1]) : gap;
}

export interface Neighbours {
  /** Greatest value below x; −∞ where the format has it, else NaN. */
  readonly down: number;
  /** Least value above x. */
  readonly up: number;
}

/** The values of the format strictly below and strictly above x. Both zeros count as one. */
export function neighbours(format: Format, x: number): Neighbours {
  if (x !== x) return { down: NaN, up: NaN };
  return { down: below(format, x), up: above(format, x) };
}

/** Greatest value ≤ x and least value ≥ x: equal when x is a value of the format. NaN where there is none. */
export function bracket(format: Format, x: number): Neighbours {
  if (contains(format, x)) return { down: x, up: x };
  return neighbours(format, x);
}

/** Whether x is a value of the format (−0 counts as 0). */
export function contains(format: Format, x: number): boolean {
  if (x !== x) return format.nans;
  if (Math.abs(x) === Infinity) return format.infinities && (x > 0 || format.lowest < 0);
  if (x > format.maxFinite || x < format.lowest) return false;
  return rounder(format, { mode: 'toward-zero' })(x) === x;
}

/** The real halfway between x and its upper neighbour, as a double where that is exact (formats of up to 52 bits). */
export function midpointAbove(format: Format, x: number): number {
  const { up } = neighbours(format, x);
  return x / 2 + up / 2;
}

function above(format: Format, x: number): number {
  const infinity = format.infinities ? Infinity : NaN;
  if (x >= format.maxFinite) return x === Infinity ? NaN : infinity;
  if (x < format.lowest) return format.lowest;
  if (format.values.kind === 'codebook') return format.values.levels[floorIndex(format.values.levels, x) + 1];
  const { values } = format;
  const magnitude = Math.abs(x);
  const q = spacing(values)(magnitude);
  if (x >= 0) return (Math.floor(magnitude / q) + 1) * q;
  // Toward zero the spacing halves below a power of two.
  const f = Math.ceil(magnitude / q) - 1;
  const result = f * q < magnitude && magnitude / q === Math.floor(magnitude / q) && isFirst(magnitude / q, values.precision) ? magnitude - Math.max(q / 2, 2 ** values.quantum) : f * q;
  return result === 0 ? 0 : -result;
}

/** Whether n is the first integer of its binade, 2^(p − 1), where the spacing below is half of that above. */
function isFirst(n: number, precision: number): boolean {
  return n === 2 ** (precision - 1);
}

function below(format: Format, x: number): number {
  if (format.values.kind === 'codebook') {
    const { levels } = format.values;
    if (x <= levels[0]) return NaN;
    const i = x > levels[levels.length - 1] ? levels.length - 1 : floorIndex(levels, x);
    return levels[i] < x ? levels[i] : levels[i - 1];
  }
  if (x > format.maxFinite) return format.maxFinite;
  if (x <= format.lowest) return x === -Infinity || !format.infinities || format.lowest >= 0 ? NaN : -Infinity;
  const { values } = format;
  const magnitude = Math.abs(x);
  const q = spacing(values)(magnitude);
  if (x <= 0) return -((Math.floor(magnitude / q) + 1) * q);
  const scaled = magnitude / q;
  return isFirst(scaled, values.precision) ? magnitude - Math.max(q / 2, 2 ** values.quantum) : (Math.ceil(scaled) - 1) * q;
}
