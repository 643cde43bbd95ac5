/**
 * Affine (uniform) quantization as ONNX's QuantizeLinear and DequantizeLinear define it: q = clamp(round(x / s) + z), y = (q − z)·s, with x, s, the quotient and
 * the product in binary32 and ties to even.
 */
export interface AffineParameters {
  /** Step between two codes; positive, a binary32 value. */
  readonly scale: number;
  /** Code of zero. */
  readonly zeroPoint: number;
  /** Smallest and largest code. */
  readonly lowest: number;
  readonly highest: number;
}

/** Code of x. Infinities clamp to the ends; NaN has no code and must be refused by the caller. */
export function affineCode(x: number, p: AffineParameters): number {
  const q = roundHalfEven(Math.fround(Math.fround(x) / p.scale)) + p.zeroPoint;
  return q < p.lowest ? p.lowest : q > p.highest ? p.highest : q;
}

export function affineValue(code: number, p: AffineParameters): number {
  return Math.fround((code - p.zeroPoint) * p.scale);
}

/** The nearest integer, ties to even; −0 becomes 0. */
export function roundHalfEven(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 4503599627370496)) return x;
  const y = (magnitude + 4503599627370496) - 4503599627370496;
  return x < 0 ? 0 - y : y;
}

/** Integer code range of a width. `narrow` leaves out the most negative code, so that the range is symmetric. */
export function codeRange(bits: number, signed: boolean, narrow = false): { lowest: number; highest: number } {
  const highest = 2 ** (signed ? bits - 1 : bits) - 1;
  return { lowest: signed ? (narrow ? -highest : -highest - 1) : 0, highest };
}

/**
 * Scale and zero point that map the real range to the codes, as ONNX Runtime's `compute_scale_zp`: the range is widened to contain 0, and made symmetric first
 * when asked; s = (max − min) / (highest − lowest) in double from a binary32 difference, z = roundHalfEven(lowest − min / s) with that double, then s is rounded to binary32.
 * A range of zero width gives s = 1 and z = 0 (or the nearest code).
 */
export function affineFromRange(min: number, max: number, codes: { lowest: number; highest: number }, symmetric = false): AffineParameters {
  let low = Math.min(min, 0);
  let high = Math.max(max, 0);
  if (symmetric) {
    high = Math.max(-low, high);
    low = -high;
  }
  const { lowest, highest } = codes;
  const exact = Math.fround(high - low) / (highest - lowest);
  const scale = Math.fround(exact);
  if (scale < smallestScale || !Number.isFinite(scale)) {
    return { scale: Number.isFinite(scale) ? 1 : largestScale, zeroPoint: Math.min(Math.max(0, lowest), highest), lowest, highest };
  }
  return { scale, zeroPoint: Math.min(Math.max(roundHalfEven(lowest - low / exact), lowest), highest), lowest, highest };
}

/** Smallest normal binary32: below it a quotient by the scale loses its digits. */
const smallestScale = 2 ** -126;
const largestScale = (2 - 2 ** -23) * 2 ** 127;

/**
 * ONNX's DynamicQuantizeLinear: uint8 over the range of the data itself, all in binary32: s = (max − min)/255, z = saturate(roundHalfEven(−min/s)).
 */
export function dynamicParameters(x: ArrayLike<number>): AffineParameters {
  let low = 0;
  let high = 0;
  for (let i = 0; i < x.length; i++) {
    if (x[i] < low) low = x[i];
    if (x[i] > high) high = x[i];
  }
  const scale = Math.fround(Math.fround(high - low) / 255);
  if (scale === 0) return { scale: 1, zeroPoint: 0, lowest: 0, highest: 255 };
  const zeroPoint = Math.min(Math.max(roundHalfEven(Math.fround(-low / scale)), 0), 255);
  return { scale, zeroPoint, lowest: 0, highest: 255 };
}

/**
 * ONNX's QLinearMatMul after the integer accumulation: y = saturate(roundHalfEven(accumulator · (aScale · bScale / yScale)) + yZero), the multiplier and
 * the product in binary32.
 */
export function qlinearOutput(accumulator: number, aScale: number, bScale: number, y: AffineParameters): number {
  const multiplier = Math.fround(Math.fround(aScale * bScale) / y.scale);
  const q = roundHalfEven(Math.fround(Math.fround(accumulator) * multiplier)) + y.zeroPoint;
  return Math.min(Math.max(q, y.lowest), y.highest);
}
