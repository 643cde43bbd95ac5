/** A scheme as pickers show it. Plain data. */
export interface SchemePreset {
  readonly id: string;
  readonly title: string;
  /** One line: what rounds where. */
  readonly detail: string;
  readonly group: 'Floating point' | 'Mixed precision' | 'Quantized integers' | 'Block scaled' | 'Fixed point' | 'Extreme';
}

export const schemePresets: readonly SchemePreset[] = [
  { id: 'fp64', title: 'fp64 (double)', detail: 'Plain JavaScript; the reference carries about 106 bits.', group: 'Floating point' },
  { id: 'fp32', title: 'fp32 (single)', detail: 'Every operation rounds to 24 significand bits.', group: 'Floating point' },
  { id: 'tf32', title: 'tf32', detail: 'Every operation rounds to 11 significand bits with the exponent range of fp32.', group: 'Floating point' },
  { id: 'fp16', title: 'fp16 (half)', detail: 'Every operation rounds to 11 significand bits; largest value 65504.', group: 'Floating point' },
  { id: 'bf16', title: 'bf16 (bfloat16)', detail: 'Every operation rounds to 8 significand bits with the exponent range of fp32.', group: 'Floating point' },
  { id: 'fp8-e4m3fn', title: 'fp8 e4m3fn', detail: 'Every operation rounds to 4 significand bits; largest value 448, beyond it NaN.', group: 'Floating point' },
  { id: 'fp8-e5m2', title: 'fp8 e5m2', detail: 'Every operation rounds to 3 significand bits; largest value 57344.', group: 'Floating point' },
  { id: 'fp6-e3m2fn', title: 'fp6 e3m2fn', detail: 'Every operation rounds to 3 significand bits and saturates at 28.', group: 'Floating point' },
  { id: 'fp6-e2m3fn', title: 'fp6 e2m3fn', detail: 'Every operation rounds to 4 significand bits and saturates at 7.5.', group: 'Floating point' },
  { id: 'fp4-e2m1fn', title: 'fp4 e2m1fn', detail: 'Every operation rounds to one of 0, 0.5, 1, 1.5, 2, 3, 4, 6 and saturates.', group: 'Floating point' },
  { id: 'fp16+fp32', title: 'fp16 with fp32 sums', detail: 'fp16 operands; products and sums of reductions in fp32, as tensor cores do.', group: 'Mixed precision' },
  { id: 'bf16+fp32', title: 'bf16 with fp32 sums', detail: 'bf16 operands; products and sums of reductions in fp32, as tensor cores do.', group: 'Mixed precision' },
  { id: 'fp8-e4m3fn+fp32', title: 'fp8 e4m3fn with fp32 sums', detail: 'fp8 operands; products and sums of reductions in fp32.', group: 'Mixed precision' },
  { id: 'int8', title: 'int8 (calibrated)', detail: 'Fake quantization: each value is rounded to 256 steps of a range calibrated by a run in double; sums of reductions are 32 bits wide.', group: 'Quantized integers' },
  { id: 'int8-integer-only', title: 'int8, integer only', detail: 'As int8, with symmetric integers and scales applied as 31-bit fixed-point multipliers: no real number at inference.', group: 'Quantized integers' },
  { id: 'int8-raw', title: 'int8 without scale', detail: 'Every operation rounds to an integer of −128 … 127 and saturates.', group: 'Quantized integers' },
  { id: 'int4-g32', title: 'int4 in groups of 32', detail: 'Arrays are rounded to 16 steps of a scale for each 32 elements; arithmetic in fp32.', group: 'Quantized integers' },
  { id: 'mxfp8', title: 'MXFP8 (e4m3)', detail: 'Arrays are fp8-e4m3fn with one power-of-two scale for each 32 elements; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'mxfp6', title: 'MXFP6 (e2m3)', detail: 'Arrays are fp6-e2m3fn with one power-of-two scale for each 32 elements; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'mxfp4', title: 'MXFP4', detail: 'Arrays are fp4-e2m1fn with one power-of-two scale for each 32 elements; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'mxint8', title: 'MXINT8', detail: 'Arrays are 8-bit fractions with one power-of-two scale for each 32 elements; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'nvfp4', title: 'NVFP4', detail: 'Arrays are fp4-e2m1fn with an fp8 scale for each 16 elements and one scale for the array; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'nf4', title: 'NF4', detail: 'Arrays are 16 normal quantiles scaled by the largest of each 64 elements; arithmetic in fp32.', group: 'Block scaled' },
  { id: 'fixed(1,6)', title: 'fixed point 1.6', detail: 'Stored values are multiples of 2^-6; sums of products are exact inside and rounded once, ties away from zero.', group: 'Fixed point' },
  { id: 'fixed(7,8)', title: 'fixed point 7.8', detail: 'Stored values are multiples of 2^-8 within ±128; sums of products are exact inside and rounded once, ties away from zero.', group: 'Fixed point' },
  { id: 'ternary', title: 'ternary weights', detail: 'Arrays are −1, 0 or 1 times the mean magnitude of the array; arithmetic in fp32.', group: 'Extreme' },
  { id: 'binary', title: 'binary weights', detail: 'Arrays are ±1 times the mean magnitude of the array; arithmetic in fp32.', group: 'Extreme' },
];
