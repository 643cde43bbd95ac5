/**
 * Integer-only requantization as TFLite and gemmlowp do it: a real multiplier 2^shift · m/2^31 is applied to an int32 accumulator with integer operations.
 * Two builds exist and differ: one rounds twice (high multiply, then shift), one rounds once.
 */
export interface Multiplier {
  /** Q31 significand in [2^30, 2^31), or 0. */
  readonly multiplier: number;
  /** Left shift; negative shifts right. */
  readonly shift: number;
}

const minInt32 = -2147483648;
const maxInt32 = 2147483647;

/** Splits a real multiplier ≥ 0 into Q31 significand and shift (TFLite's QuantizeMultiplier). Multipliers below 2^−32 become 0; throws `RangeError` for NaN, negatives and infinities. */
export function quantizeMultiplier(real: number): Multiplier {
  if (!(real >= 0 && real < Infinity)) throw new RangeError(`A requantization multiplier is a finite number of at least 0, not ${real}.`);
  if (real === 0) return { multiplier: 0, shift: 0 };
  let shift = 0;
  let significand = real;
  while (significand >= 1) { significand /= 2; shift++; }
  while (significand < 0.5) { significand *= 2; shift--; }
  // Round half away from zero, as std::round does; the product is an exact double.
  let multiplier = Math.floor(significand * 2147483648 + 0.5);
  if (multiplier === 2147483648) { multiplier /= 2; shift++; }
  if (shift < -31) return { multiplier: 0, shift: 0 };
  if (shift > 30) return { multiplier: maxInt32, shift: 30 };
  return { multiplier, shift };
}

/** (a·b + nudge) / 2^31 truncated, nudge 2^30 or 1 − 2^30 by the sign of the product; saturates the one overflow, both operands −2^31. */
export function saturatingRoundingDoublingHighMul(a: number, b: number): number {
  if (a === minInt32 && b === minInt32) return maxInt32;
  const product = BigInt(a) * BigInt(b);
  const nudge = product >= 0n ? 1n << 30n : 1n - (1n << 30n);
  return Number((product + nudge) / (1n << 31n));
}

/** x / 2^exponent to the nearest integer, ties away from zero; 0 ≤ exponent ≤ 31. */
export function roundingDivideByPowerOfTwo(x: number, exponent: number): number {
  const mask = 2 ** exponent - 1;
  const remainder = ((x % (mask + 1)) + mask + 1) % (mask + 1);
  const threshold = Math.floor(mask / 2) + (x < 0 ? 1 : 0);
  return Math.floor(x / 2 ** exponent) + (remainder > threshold ? 1 : 0);
}

/** The build with two roundings: saturating high multiply, then a rounding shift. The left shift wraps to 32 bits, as in C. */
export function multiplyDoubleRounding(x: number, { multiplier, shift }: Multiplier): number {
  const left = Math.max(shift, 0);
  const right = Math.max(-shift, 0);
  const shifted = Number(BigInt.asIntN(32, BigInt(x) << BigInt(left)));
  return roundingDivideByPowerOfTwo(saturatingRoundingDoublingHighMul(shifted, multiplier), right);
}

/** The build with one rounding: (x·m + 2^(30 − shift)) >> (31 − shift), ties up, saturated to int32. */
export function multiplySingleRounding(x: number, { multiplier, shift }: Multiplier): number {
  const total = BigInt(31 - shift);
  const result = Number((BigInt(x) * BigInt(multiplier) + (1n << (total - 1n))) >> total);
  return Math.min(Math.max(result, minInt32), maxInt32);
}

export interface Requantization {
  readonly multiplier: Multiplier;
  /** Added after scaling. */
  readonly outputOffset: number;
  /** Activation clamp. */
  readonly lowest: number;
  readonly highest: number;
  /** Default `double`, TFLite's default build. */
  readonly rounding?: 'double' | 'single';
}

/** int32 accumulator → output code: scale, offset, clamp. */
export function requantize(accumulator: number, r: Requantization): number {
  const scaled = r.rounding === 'single' ? multiplySingleRounding(accumulator, r.multiplier) : multiplyDoubleRounding(accumulator, r.multiplier);
  return Math.min(Math.max(scaled + r.outputOffset, r.lowest), r.highest);
}
