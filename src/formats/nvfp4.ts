import { findFormat } from './find';
import { rounder } from './rounder';

/**
 * NVFP4: E2M1 elements in blocks of 16 with an E4M3 scale per block and a binary32 scale per tensor. Two published conventions differ in details:
 * `torchao` clamps block scales to at least 2^−6, multiplies by reciprocals and keeps the sign of zero; `modelopt` (NVIDIA Model Optimizer) divides, lets a scale
 * underflow to zero (its elements then divide by zero and become ±6) and gives +0 for −0 inputs. All arithmetic is binary32.
 */
export type Nvfp4Convention = 'torchao' | 'modelopt';

export const nvfp4BlockSize = 16;

export interface Nvfp4Result {
  /** Block scales, E4M3 values. */
  readonly scales: Float64Array;
  /** Codes of the elements, 0…15 (sign in bit 3). */
  readonly codes: Uint8Array;
  readonly values: Float64Array;
}

/** Tensor scale amax / (6·448) in binary32; 1 for a tensor of zeros. */
export function nvfp4TensorScale(amax: number): number {
  const scale = Math.fround(Math.fround(amax) / 2688);
  return scale > 0 ? scale : 1;
}

/**
 * Quantizes blocks of 16 along `input`. `tensorScale` undefined means a single level of scaling (torchao only). A block with NaN or an infinity is NaN throughout,
 * scale included.
 */
export function nvfp4(input: ArrayLike<number>, tensorScale: number | undefined, convention: Nvfp4Convention = 'torchao', blockSize = nvfp4BlockSize): Nvfp4Result {
  const blocks = Math.ceil(input.length / blockSize);
  const result = { scales: new Float64Array(blocks), codes: new Uint8Array(input.length), values: new Float64Array(input.length) };
  const scaleBlock = convention === 'torchao' ? torchaoBlock : modeloptBlock;
  for (let b = 0; b < blocks; b++) {
    const start = b * blockSize;
    const end = Math.min(start + blockSize, input.length);
    let amax = 0;
    for (let i = start; i < end; i++) amax = Math.abs(input[i]) <= amax ? amax : Math.abs(Math.fround(input[i]));
    const { scale, quotient, step } = scaleBlock(amax, tensorScale);
    result.scales[b] = scale;
    for (let i = start; i < end; i++) {
      const scaled = quotient(Math.fround(input[i]));
      const undefinedQuotient = scaled !== scaled && convention === 'torchao';
      const magnitude = undefinedQuotient ? torchaoNaN : magnitudeCode(Math.abs(scaled));
      const negative = convention === 'torchao' ? undefinedQuotient || scaled < 0 || Object.is(scaled, -0) : scaled < 0;
      result.codes[i] = magnitude + (negative ? 8 : 0);
      const value = Math.fround(levels[magnitude] * step);
      result.values[i] = scale === scale ? (negative ? -value : value) : NaN;
    }
  }
  return result;
}

interface BlockScale {
  /** E4M3 value; NaN for a block that is not finite. */
  readonly scale: number;
  /** x over the full scale. */
  readonly quotient: (x: number) => number;
  /** Value of the element 1. */
  readonly step: number;
}

const e4m3 = findFormat('fp8-e4m3fn')!;
const roundScale = rounder(e4m3, { overflow: 'saturate' });
const f = Math.fround;
const smallestScale = 2 ** -6;

function torchaoBlock(amax: number, tensorScale: number | undefined): BlockScale {
  if (!(amax < Infinity)) return notFinite;
  const wanted = f(amax / 6);
  if (tensorScale === undefined) {
    const scale = roundScale(Math.min(Math.max(wanted, smallestScale), 448));
    return { scale, quotient: x => f(x / scale), step: scale };
  }
  const scale = roundScale(Math.min(Math.max(f(wanted / tensorScale), smallestScale), 448));
  const reciprocal = f(f(1 / tensorScale) / scale);
  return { scale, quotient: x => f(x * reciprocal), step: f(tensorScale * scale) };
}

function modeloptBlock(amax: number, tensorScale: number | undefined): BlockScale {
  if (!(amax < Infinity)) return notFinite;
  const wanted = f(f(amax / 6) / (tensorScale ?? 1));
  const scale = roundScale(wanted === 0 ? 1 : wanted);
  const step = f(scale * (tensorScale ?? 1));
  return { scale, quotient: x => f(x / step), step };
}

const notFinite: BlockScale = { scale: NaN, quotient: () => 0, step: NaN };

/** Magnitudes of E2M1 in code order, and the midpoints between them; a midpoint goes to the even code. */
const levels = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
const midpoints = [0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5];

/** Zero times a reciprocal that overflowed (a tensor scale below 2^−128): torchao's conversion of that NaN has magnitude code 3 and the sign set. */
const torchaoNaN = 3;

/** NaN (0/0 under a zero scale) gives the largest magnitude, as a search in ascending bounds does. */
function magnitudeCode(magnitude: number): number {
  let code = 0;
  while (code < 7 && !(magnitude < midpoints[code] || (magnitude === midpoints[code] && code % 2 === 0))) code++;
  return code;
}
