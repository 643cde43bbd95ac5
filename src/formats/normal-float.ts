import { codebookFormat, type Format } from './format';
import { findFormat } from './find';
import { rounder } from './rounder';

/**
 * NF4 (QLoRA): blocks of 64 values are divided by their largest magnitude and go to the nearest of 16 normal quantiles; of two equally near levels the one with
 * the even code. The block constants are binary32, or quantized themselves ("double quantization").
 */
export const nf4BlockSize = 64;

export interface Nf4Result {
  readonly codes: Uint8Array;
  readonly values: Float64Array;
  /** Block constants as used for dequantization. */
  readonly scales: Float64Array;
}

/** Quantizes blocks along `input`, which must be finite. A block of zeros has the constant 0 and the code of 0. */
export function nf4(input: ArrayLike<number>, options: { readonly blockSize?: number; readonly doubleQuantization?: boolean } = {}): Nf4Result {
  const blockSize = options.blockSize ?? nf4BlockSize;
  const format = findFormat('nf4')!;
  const round = rounder(format);
  const blocks = Math.ceil(input.length / blockSize);
  const constants = new Float64Array(blocks);
  for (let i = 0; i < input.length; i++) {
    const b = Math.floor(i / blockSize);
    constants[b] = Math.max(constants[b], Math.fround(Math.abs(input[i])));
  }
  const scales = options.doubleQuantization ? quantizeConstants(constants) : constants;
  const codes = new Uint8Array(input.length);
  const values = new Float64Array(input.length);
  const codeOf = new Map(levelsOf(format).map((level, code) => [level, code]));
  for (let i = 0; i < input.length; i++) {
    const b = Math.floor(i / blockSize);
    const level = constants[b] === 0 ? 0 : round(Math.fround(Math.fround(input[i]) / constants[b]));
    codes[i] = codeOf.get(level)!;
    values[i] = Math.fround(level * scales[b]);
  }
  return { codes, values, scales };
}

function levelsOf(format: Format): readonly number[] {
  return format.values.kind === 'codebook' ? format.values.levels : [];
}

const constantBlockSize = 256;

/**
 * Double quantization of block constants: their mean is kept in binary32, the differences go in blocks of 256, scaled by their largest magnitude, to the nearest level
 * of the 8-bit dynamic codebook. Returns the constants as they come back.
 */
export function quantizeConstants(constants: Float64Array): Float64Array {
  let sum = 0;
  for (const c of constants) sum += c;
  const mean = Math.fround(constants.length === 0 ? 0 : sum / constants.length);
  const round = rounder(dynamicCodebook);
  const result = new Float64Array(constants.length);
  for (let start = 0; start < constants.length; start += constantBlockSize) {
    const block = constants.subarray(start, start + constantBlockSize).map(c => Math.fround(c - mean));
    const absolute = block.reduce((a, v) => Math.max(a, Math.abs(v)), 0);
    block.forEach((v, i) => { result[start + i] = Math.max(0, Math.fround(Math.fround((absolute === 0 ? 0 : round(v / absolute)) * absolute) + mean)); });
  }
  return result;
}

/**
 * Dettmers' signed dynamic 8-bit type: for exponents i = 0…6 the midpoints of 2^i equal cells of [0.1, 1], times 10^(i−6), with both signs, and 0 and 1.
 */
const dynamicCodebook: Format = codebookFormat({ id: 'dynamic8', title: 'Dynamic 8-bit', group: 'Codebooks', bits: 8, table: dynamicLevels() });

function dynamicLevels(): number[] {
  const levels = [0, 1];
  for (let i = 0; i < 7; i++) {
    const cells = 2 ** i;
    for (let k = 0; k < cells; k++) {
      const level = 10 ** (i - 6) * (0.1 + 0.9 * (k + 0.5) / cells);
      levels.push(level, -level);
    }
  }
  return levels.sort((a, b) => a - b);
}
