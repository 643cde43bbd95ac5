/**
 * @gallery A fully connected layer without real numbers
 * @lesson Integer-only inference replaces every scale by a fixed-point multiplier and a shift; it differs from fake quantization by at most one code.
 * @simulate compare fp32
 * @inputs {"cases": [[[0.5, -1.25, 2.0, 0.75], [[0.1, -0.2, 0.3, 0.4], [-0.5, 0.25, 0.125, -0.75]], [0.05, -0.1]]]}
 * @outcome `integerLayer` and `fakeQuantizedLayer` answer codes that differ by at most 1, and both are within a quantization step of `floatLayer`.
 * @source Jacob et al. 2018, Quantization and training of neural networks for efficient integer-arithmetic-only inference; the requantization of gemmlowp and TensorFlow Lite.
 *
 * Simulate `floatLayer` under `int8`: the simulator does by itself what `fakeQuantizedLayer` does in code. `requantize` is the saturating rounding doubling
 * high multiply followed by a rounding shift, bit for bit as the published kernels compute it.
 */

const SCALE_X = 1 / 32;
const SCALE_W = 1 / 128;
const SCALE_A = 1 / 40;
const ZERO_X = 3;
const ZERO_A = -5;

/** Σ w x + b in real numbers. */
export function floatLayer(x: number[], weights: number[][], bias: number[]): number[] {
  return weights.map((row, i) => {
    let sum = bias[i];
    for (let j = 0; j < row.length; j++) sum += row[j] * x[j];
    return sum;
  });
}

function quantize(value: number, scale: number, zero: number): number {
  return Math.max(-128, Math.min(127, Math.round(value / scale) + zero));
}

/** Quantize and dequantize inputs, weights and result; the arithmetic between is real. Answers the result's codes. */
export function fakeQuantizedLayer(x: number[], weights: number[][], bias: number[]): number[] {
  const xq = x.map(v => SCALE_X * (quantize(v, SCALE_X, ZERO_X) - ZERO_X));
  const wq = weights.map(row => row.map(v => SCALE_W * quantize(v, SCALE_W, 0)));
  return floatLayer(xq, wq, bias).map(a => quantize(a, SCALE_A, ZERO_A));
}

/** ⌊a·b / 2^31⌉ for int32 operands, ties toward +∞ for positive and toward −∞ for negative products; saturates for a = b = −2^31. */
export function saturatingRoundingDoublingHighMul(a: number, b: number): number {
  if (a === -2147483648 && b === -2147483648) return 2147483647;
  const product = BigInt(a) * BigInt(b);
  const nudge = product >= 0n ? 1073741824n : -1073741823n;
  return Number((product + nudge) / 2147483648n);
}

/** x / 2^exponent, rounded to nearest, ties away from zero. */
export function roundingDivideByPowerOfTwo(x: number, exponent: number): number {
  const mask = 2 ** exponent - 1;
  const remainder = ((x % (mask + 1)) + mask + 1) % (mask + 1);
  const threshold = Math.floor(mask / 2) + (x < 0 ? 1 : 0);
  return Math.floor(x / (mask + 1)) + (remainder > threshold ? 1 : 0);
}

/** A positive real below one as multiplier/2^31 · 2^shift with the multiplier in [2^30, 2^31). */
export function quantizedMultiplier(real: number): { multiplier: number; shift: number } {
  if (real === 0) return { multiplier: 0, shift: 0 };
  let shift = 0;
  let fraction = real;
  while (fraction < 0.5) {
    fraction *= 2;
    shift -= 1;
  }
  while (fraction >= 1) {
    fraction /= 2;
    shift += 1;
  }
  let multiplier = Math.round(fraction * 2147483648);
  if (multiplier === 2147483648) {
    multiplier /= 2;
    shift += 1;
  }
  return { multiplier, shift };
}

/** x · real with integers only. */
export function requantize(x: number, multiplier: number, shift: number): number {
  const left = shift > 0 ? x * 2 ** shift : x;
  return roundingDivideByPowerOfTwo(saturatingRoundingDoublingHighMul(left, multiplier), shift > 0 ? 0 : -shift);
}

/** Integer multiply, int32 accumulate, requantize, add the zero point, clamp. No real number after the offline part. */
export function integerLayer(x: number[], weights: number[][], bias: number[]): number[] {
  const xq = x.map(v => quantize(v, SCALE_X, ZERO_X));
  const wq = weights.map(row => row.map(v => quantize(v, SCALE_W, 0)));
  const bq = bias.map(v => Math.round(v / (SCALE_X * SCALE_W)));
  const { multiplier, shift } = quantizedMultiplier((SCALE_X * SCALE_W) / SCALE_A);
  return wq.map((row, i) => {
    let sum = bq[i];
    for (let j = 0; j < row.length; j++) sum += row[j] * (xq[j] - ZERO_X);
    return Math.max(-128, Math.min(127, requantize(sum, multiplier, shift) + ZERO_A));
  });
}

/** The real layer, and the codes of the two quantized ones. */
export function compare(x: number[], weights: number[][], bias: number[]): { real: number[]; fakeQuantized: number[]; integerOnly: number[] } {
  return { real: floatLayer(x, weights, bias), fakeQuantized: fakeQuantizedLayer(x, weights, bias), integerOnly: integerLayer(x, weights, bias) };
}
