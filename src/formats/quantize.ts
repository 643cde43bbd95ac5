import { affineCode, affineFromRange, affineValue, codeRange, type AffineParameters } from './affine';
import { entropyThreshold, extremes, mseThreshold, percentileThreshold } from './calibration';
import { encode } from './encoding';
import { findFormat } from './find';
import { FormatError } from './format';
import { mxArray, mxBlockSize, mxElement, type MxScaleRule } from './mx';
import { nf4, nf4BlockSize } from './normal-float';
import { nvfp4, nvfp4BlockSize, nvfp4TensorScale, type Nvfp4Convention } from './nvfp4';
import { binary, ternary } from './one-bit';

/** Which values share a scale: all, one row each, or runs of `size` within a row. */
export type Granularity = { readonly kind: 'tensor' } | { readonly kind: 'channel' } | { readonly kind: 'group'; readonly size: number };

export type Calibration = { readonly kind: 'minmax' | 'symmetric' | 'kl' | 'mse' } | { readonly kind: 'percentile'; readonly percent: number };

export interface QuantizeOptions {
  /** Affine, ternary and binary: default tensor. Block schemes have blocks of their own, whose size a group replaces. */
  readonly granularity?: Granularity;
  /** Affine only; default minmax. */
  readonly calibration?: Calibration;
  /** Fixes the scale (and zero point, default 0) of every group instead of calibrating. */
  readonly scale?: number;
  readonly zeroPoint?: number;
  readonly mxScale?: MxScaleRule;
  readonly nvfp4?: Nvfp4Convention;
  readonly doubleQuantization?: boolean;
  /** Makes `binary` stochastic. */
  readonly random?: () => number;
}

export interface QuantizationError {
  /** Largest and mean |x − y| over the values that are finite on both sides. */
  readonly max: number;
  readonly mean: number;
  /** Signal to quantization noise, 10·log10(Σx² / Σ(x − y)²) in decibels; infinite without error. */
  readonly sqnr: number;
}

export interface Quantized {
  /** Integers for integer schemes, ternary and binary; bit patterns for float elements; level numbers for NF4. */
  readonly codes: Int32Array;
  /** Dequantized. */
  readonly values: Float64Array;
  /** One for each group, in order. */
  readonly scales: Float64Array;
  /** One for each group; null where the scheme has none. */
  readonly zeroPoints: Int32Array | null;
  /** NVFP4's binary32 scale; else null. */
  readonly tensorScale: number | null;
  /** Clip threshold on |x| of each group under symmetric, percentile, KL and MSE calibration; else null. */
  readonly thresholds: Float64Array | null;
  readonly error: QuantizationError;
}

/** The fixed names; `intN` and `uintN` of 2 to 16 bits are accepted beside them. */
export const quantizationSchemes: readonly string[] = ['int8', 'uint8', 'int4', 'uint4', 'mxfp8-e4m3', 'mxfp8-e5m2', 'mxfp6-e3m2', 'mxfp6-e2m3', 'mxfp4', 'mxint8', 'nvfp4', 'nf4', 'ternary', 'binary'];

const mxElements: Readonly<Record<string, string>> = {
  'mxfp8-e4m3': 'fp8-e4m3fn', 'mxfp8-e5m2': 'fp8-e5m2', 'mxfp6-e3m2': 'fp6-e3m2fn', 'mxfp6-e2m3': 'fp6-e2m3fn', mxfp4: 'fp4-e2m1fn', mxint8: 'mxint8',
};

/**
 * Quantizes and dequantizes `input`, whose rows have the given lengths (default: one row). Throws `FormatError` for an unknown scheme, an option that the scheme
 * does not have, an empty input, and NaN where the scheme has no code for it (affine, NF4, ternary, binary). Infinities saturate there and are left out of
 * calibration; an MX or NVFP4 block with NaN or an infinity becomes NaN.
 */
export function quantize(input: Float64Array, scheme: string, options: QuantizeOptions = {}, rows: readonly number[] = [input.length]): Quantized {
  if (input.length === 0) throw new FormatError('There is nothing to quantize: the input has no numbers.');
  const affine = affineScheme(scheme);
  if (options.scale !== undefined && !(options.scale > 0 && options.scale < Infinity)) throw new FormatError(`A scale is a positive number, not ${options.scale}.`);
  if (options.zeroPoint !== undefined && options.scale === undefined) throw new FormatError('A zero point needs a scale: give both, or neither.');
  if (affine) return quantizeAffine(input, affine, options, groups(rows, options.granularity ?? { kind: 'tensor' }), scheme);
  if (mxElements[scheme]) return quantizeMx(input, mxElements[scheme], options, rows);
  switch (scheme) {
    case 'nvfp4': return quantizeNvfp4(input, options, rows);
    case 'nf4': return quantizeNf4(input, options, rows);
    case 'ternary': case 'binary': return quantizeFewLevels(input, scheme, options, groups(rows, options.granularity ?? { kind: 'tensor' }));
    default: throw new FormatError(`There is no quantization scheme "${scheme}"; the schemes are ${quantizationSchemes.join(', ')}.`);
  }
}

function affineScheme(scheme: string): { bits: number; signed: boolean } | undefined {
  const m = /^(u?)int(\d+)$/.exec(scheme);
  if (!m) return undefined;
  const bits = Number(m[2]);
  if (bits < 2 || bits > 16) throw new FormatError(`Quantization to ${scheme} is not offered: affine schemes have 2 to 16 bits, as in int8.`);
  return { bits, signed: m[1] === '' };
}

/** Ends of the groups, ascending; each starts where the one before ended. */
function groups(rows: readonly number[], granularity: Granularity): number[] {
  const total = rows.reduce((a, b) => a + b, 0);
  if (granularity.kind === 'tensor') return [total];
  const size = granularity.kind === 'group' ? granularity.size : Infinity;
  if (!(size >= 1) || (size !== Infinity && !Number.isInteger(size))) throw new FormatError(`A group holds a whole number of values, at least 1, not ${size}.`);
  const ends: number[] = [];
  let start = 0;
  for (const length of rows) {
    for (let at = size; at < length; at += size) ends.push(start + at);
    if (length > 0) ends.push(start + length);
    start += length;
  }
  return ends;
}

function quantizeAffine(input: Float64Array, { bits, signed }: { bits: number; signed: boolean }, options: QuantizeOptions, ends: readonly number[], scheme: string): Quantized {
  refuseNaN(input, scheme);
  const result = { codes: new Int32Array(input.length), values: new Float64Array(input.length), scales: new Float64Array(ends.length), zeroPoints: new Int32Array(ends.length) };
  const calibrated = options.scale === undefined && (options.calibration?.kind ?? 'minmax') !== 'minmax';
  const thresholds = calibrated ? new Float64Array(ends.length) : null;
  let start = 0;
  ends.forEach((end, g) => {
    const group = input.subarray(start, end);
    const { parameters, threshold } = calibrate(group, bits, signed, options);
    if (thresholds) thresholds[g] = threshold;
    result.scales[g] = parameters.scale;
    result.zeroPoints[g] = parameters.zeroPoint;
    for (let i = start; i < end; i++) {
      result.codes[i] = affineCode(input[i], parameters);
      result.values[i] = affineValue(result.codes[i], parameters);
    }
    start = end;
  });
  return { ...result, tensorScale: null, thresholds, error: quantizationError(input, result.values) };
}

/**
 * Symmetric code ranges are ONNX Runtime's: −127…127 and 0…254 for 8 bits (likewise 16), the full range below 8. A threshold t stands for the range [−t, t] in signed
 * schemes, and for the data's own range cut at ±t in unsigned ones.
 */
function calibrate(group: Float64Array, bits: number, signed: boolean, options: QuantizeOptions): { parameters: AffineParameters; threshold: number } {
  const full = codeRange(bits, signed);
  if (options.scale !== undefined) {
    const zeroPoint = options.zeroPoint ?? 0;
    if (!Number.isInteger(zeroPoint) || zeroPoint < full.lowest || zeroPoint > full.highest) throw new FormatError(`The zero point ${zeroPoint} is not a code: codes are the integers from ${full.lowest} to ${full.highest}.`);
    return { parameters: { scale: Math.fround(options.scale), zeroPoint, ...full }, threshold: NaN };
  }
  const range = extremes(group);
  const calibration = options.calibration ?? { kind: 'minmax' };
  if (calibration.kind === 'minmax') return { parameters: affineFromRange(range.min, range.max, full), threshold: NaN };
  const symmetricCodes = bits < 8 ? full : signed ? codeRange(bits, true, true) : { lowest: 0, highest: full.highest - 1 };
  const threshold = range.absolute === 0 ? 0 : thresholdOf(group, calibration, bits, signed);
  if (calibration.kind === 'symmetric' || signed) return { parameters: affineFromRange(-threshold, threshold, symmetricCodes, true), threshold };
  return { parameters: affineFromRange(Math.max(range.min, -threshold), Math.min(range.max, threshold), full), threshold };
}

function thresholdOf(group: Float64Array, calibration: Calibration, bits: number, signed: boolean): number {
  switch (calibration.kind) {
    case 'percentile':
      if (!(calibration.percent > 0 && calibration.percent <= 100)) throw new FormatError(`A percentile is more than 0 and at most 100, not ${calibration.percent}.`);
      return percentileThreshold(group, calibration.percent);
    case 'kl': return entropyThreshold(group, { bits, unsigned: !signed });
    case 'mse': return mseThreshold(group, 2 ** (bits - 1) - 1);
    default: return extremes(group).absolute;
  }
}

function quantizeMx(input: Float64Array, elementId: string, options: QuantizeOptions, rows: readonly number[]): Quantized {
  const format = findFormat(elementId)!;
  const element = mxElement(format);
  const size = options.granularity?.kind === 'group' ? options.granularity.size : mxBlockSize;
  const ends = groups(rows, { kind: 'group', size });
  const values = new Float64Array(input.length);
  const codes = new Int32Array(input.length);
  const scales = new Float64Array(ends.length);
  const codeOf = new Map<number, number>();
  let start = 0;
  ends.forEach((end, g) => {
    const block = values.subarray(start, end);
    mxArray(input.subarray(start, end), block, scales.subarray(g, g + 1), element, options.mxScale, end - start);
    for (let i = start; i < end; i++) codes[i] = elementCode(values[i] / scales[g]);
    start = end;
  });
  return { codes, values, scales, zeroPoints: null, tensorScale: null, thresholds: null, error: quantizationError(input, values) };

  /** Bit pattern, or the integer of MXINT8; 0 in a block that is NaN. The map cannot tell the zeros apart. */
  function elementCode(x: number): number {
    if (x !== x) return 0;
    if (format.layout.kind === 'twos-complement') return x * 2 ** format.layout.fractionBits;
    if (x === 0) return Object.is(x, -0) ? 2 ** (format.bits - 1) : 0;
    let code = codeOf.get(x);
    if (code === undefined) codeOf.set(x, code = Number(encode(format, x)));
    return code;
  }
}

function quantizeNvfp4(input: Float64Array, options: QuantizeOptions, rows: readonly number[]): Quantized {
  const size = options.granularity?.kind === 'group' ? options.granularity.size : nvfp4BlockSize;
  const ends = groups(rows, { kind: 'group', size });
  const tensorScale = options.scale === undefined ? nvfp4TensorScale(extremes(input).absolute) : Math.fround(options.scale);
  const values = new Float64Array(input.length);
  const codes = new Int32Array(input.length);
  const scales = new Float64Array(ends.length);
  let start = 0;
  ends.forEach((end, g) => {
    const block = nvfp4(input.subarray(start, end), tensorScale, options.nvfp4, end - start);
    values.set(block.values, start);
    codes.set(block.codes, start);
    scales[g] = block.scales[0];
    start = end;
  });
  return { codes, values, scales, zeroPoints: null, tensorScale, thresholds: null, error: quantizationError(input, values) };
}

/** NF4 blocks run through the whole tensor, as bitsandbytes has them; a group size keeps them within rows. */
function quantizeNf4(input: Float64Array, options: QuantizeOptions, rows: readonly number[]): Quantized {
  refuseNaN(input, 'nf4');
  const { absolute } = extremes(input);
  const finite = input.map(x => Math.abs(x) === Infinity ? Math.sign(x) * absolute : x);
  const size = options.granularity?.kind === 'group' ? options.granularity.size : nf4BlockSize;
  const ends = groups(options.granularity?.kind === 'group' ? rows : [input.length], { kind: 'group', size });
  const equal = ends.every((end, i) => i === ends.length - 1 || end === (i + 1) * size);
  if (!equal && options.doubleQuantization) throw new FormatError(`Double quantization needs rows that are multiples of the group of ${size}.`);
  const parts = equal ? [{ from: 0, to: input.length }] : ends.map((to, i) => ({ from: i === 0 ? 0 : ends[i - 1], to }));
  const values = new Float64Array(input.length);
  const codes = new Int32Array(input.length);
  const scales: number[] = [];
  for (const { from, to } of parts) {
    const part = nf4(finite.subarray(from, to), { blockSize: size, doubleQuantization: options.doubleQuantization });
    values.set(part.values, from);
    codes.set(part.codes, from);
    for (const scale of part.scales) scales.push(scale);
  }
  return { codes, values, scales: Float64Array.from(scales), zeroPoints: null, tensorScale: null, thresholds: null, error: quantizationError(input, values) };
}

function quantizeFewLevels(input: Float64Array, scheme: 'ternary' | 'binary', options: QuantizeOptions, ends: readonly number[]): Quantized {
  refuseNaN(input, scheme);
  const values = new Float64Array(input.length);
  const codes = new Int32Array(input.length);
  const scales = new Float64Array(ends.length);
  let start = 0;
  ends.forEach((end, g) => {
    const group = input.subarray(start, end);
    const fixed = options.scale === undefined ? undefined : Math.fround(options.scale);
    const part = scheme === 'ternary' ? ternary(group, fixed) : binary(group, options.random, fixed);
    codes.set(part.codes, start);
    for (let i = start; i < end; i++) values[i] = codes[i] * part.scale + 0;
    scales[g] = part.scale;
    start = end;
  });
  return { codes, values, scales, zeroPoints: null, tensorScale: null, thresholds: null, error: quantizationError(input, values) };
}

function refuseNaN(input: Float64Array, scheme: string): void {
  const at = input.findIndex(x => x !== x);
  if (at >= 0) throw new FormatError(`Value ${at + 1} is NaN, for which ${scheme} has no code: remove it, or take an MX scheme.`);
}

function quantizationError(x: Float64Array, y: Float64Array): QuantizationError {
  let max = 0;
  let sum = 0;
  let signal = 0;
  let noise = 0;
  let count = 0;
  for (let i = 0; i < x.length; i++) {
    const difference = Math.abs(x[i] - y[i]);
    if (!(difference < Infinity)) continue;
    count++;
    if (difference > max) max = difference;
    sum += difference;
    signal += x[i] * x[i];
    noise += difference * difference;
  }
  return { max, mean: count === 0 ? NaN : sum / count, sqnr: noise === 0 ? Infinity : 10 * Math.log10(signal / noise) };
}
