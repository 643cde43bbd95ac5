/** Weights of one and 1.58 bits with one scale for each group. */
export interface FewLevels {
  /** −1, 0 or 1 (ternary), −1 or 1 (binary). */
  readonly codes: Int8Array;
  readonly scale: number;
}

/** Ternary by absmean (BitNet b1.58): s = mean |x|, q = clamp(roundHalfEven(x / s), −1, 1). `scale` fixes s. A group of zeros has s = 1. */
export function ternary(input: Float64Array, scale = meanMagnitude(input)): FewLevels {
  const s = scale > 0 ? scale : 1;
  return { codes: Int8Array.from(input, x => Math.abs(x) <= 0.5 * s ? 0 : Math.sign(x)), scale: s };
}

/**
 * Binary (BinaryConnect): 1 for x ≥ 0, else −1, scaled by mean |x|. With `random`, stochastic: 1 with probability clip((x + 1) / 2, 0, 1), the hard sigmoid. A group of zeros has
 * the scale 0, so that it comes back as zeros.
 */
export function binary(input: Float64Array, random?: () => number, scale = meanMagnitude(input)): FewLevels {
  const positive = random ? (x: number): boolean => random() < Math.min(Math.max((x + 1) / 2, 0), 1) : (x: number): boolean => x >= 0;
  return { codes: Int8Array.from(input, x => positive(x) ? 1 : -1), scale };
}

/** Mean magnitude of the finite values, rounded to binary32. */
export function meanMagnitude(input: Float64Array): number {
  let sum = 0;
  let count = 0;
  for (const x of input) if (Math.abs(x) < Infinity) { sum += Math.abs(x); count++; }
  return count === 0 ? 0 : Math.fround(sum / count);
}
