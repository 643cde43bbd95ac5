import type { Format } from './format';
import { powerBelow } from './general';
import { rounder } from './rounder';

/**
 * Microscaling (OCP MX 1.0): blocks of 32 elements share a power-of-two scale in E8M0; elements round to nearest-even and saturate.
 *
 * Four rules for the scale are in use, with a = largest magnitude of the block, e = exponent of the element's largest power of two, m = its largest value:
 * `floor` 2^(⌊log2 a⌋ − e), the OCP text and microxcaling; `ceil` 2^(⌈log2 a⌉ − e); `rceil` 2^⌈log2(a/m)⌉, NVIDIA's; `even` as `floor` after a is rounded to the
 * element's significand, half up. Exponents come from the number itself, never from a rounded logarithm, and clamp to −127…127.
 */
export type MxScaleRule = 'floor' | 'ceil' | 'rceil' | 'even';

export const mxScaleRules: readonly MxScaleRule[] = ['floor', 'ceil', 'rceil', 'even'];

export const mxBlockSize = 32;

/** What an MX element format needs: its largest power of two and its largest magnitude. */
export interface MxElement {
  readonly format: Format;
  readonly largestPower: number;
  readonly largest: number;
  /** Fraction bits at the top of the range, for the rule `even`. */
  readonly fractionBits: number;
  readonly round: (x: number) => number;
}

/** MXINT8 keeps to ±127/64: the code −128 is left out so that the range is symmetric, as in the reference implementation. */
export function mxElement(format: Format): MxElement {
  const round = rounder(format, { overflow: 'saturate' });
  const largest = format.maxFinite;
  const symmetric = format.lowest < -largest;
  return {
    format, largest, largestPower: powerBelow(largest), fractionBits: (format.significandBits ?? format.bits - 1) - 1,
    round: symmetric ? x => Math.max(round(x), -largest) : round,
  };
}

/** Scale of a block whose largest magnitude is `amax`; NaN when that is not finite (the whole block is then NaN). A zero block gets the smallest scale. */
export function mxScale(amax: number, element: MxElement, rule: MxScaleRule): number {
  if (!(amax < Infinity)) return NaN;
  if (amax === 0) return smallest;
  const scale = unclamped(amax, element, rule);
  return scale !== scale ? NaN : Math.min(Math.max(scale, smallest), largestScale);
}

/** Where the rule `even`, done in binary32 by its peers, rounds the largest magnitude to infinity: the scale is then NaN. */
const beyondSingle = 2 ** 128;
const smallest = 2 ** -127;
const largestScale = 2 ** 127;

function unclamped(amax: number, element: MxElement, rule: MxScaleRule): number {
  const power = powerBelow(amax);
  switch (rule) {
    case 'floor': return power / element.largestPower;
    case 'ceil': return (power === amax ? power : power * 2) / element.largestPower;
    case 'rceil': {
      // a/m in (2^(k−1), 2^k] ⇔ m·2^(k−1) < a ≤ m·2^k, compared exactly.
      const k = power / powerBelow(element.largest);
      return amax <= element.largest * k ? (amax <= element.largest * (k / 2) ? k / 2 : k) : k * 2;
    }
    case 'even': {
      // Rounding half up at the element's last place carries into the exponent exactly when a ≥ 2^(k+1)·(1 − 2^−(m+2)).
      const carry = 2 * power * (1 - 2 ** -(element.fractionBits + 2));
      const rounded = amax >= carry ? power * 2 : power;
      return rounded === beyondSingle ? NaN : rounded / element.largestPower;
    }
  }
}

/**
 * Quantizes and dequantizes `input` in blocks along it into `output`; `scales` receives one scale per block (⌈n/blockSize⌉). Products with the scale are exact.
 */
export function mxArray(input: Float64Array, output: Float64Array, scales: Float64Array, element: MxElement, rule: MxScaleRule = 'floor', blockSize = mxBlockSize): void {
  const { round } = element;
  for (let start = 0, block = 0; start < input.length; start += blockSize, block++) {
    const end = Math.min(start + blockSize, input.length);
    let amax = 0;
    for (let i = start; i < end; i++) {
      const magnitude = Math.abs(input[i]);
      amax = magnitude > amax ? magnitude : magnitude === magnitude ? amax : Infinity;
    }
    const scale = mxScale(amax, element, rule);
    scales[block] = scale;
    const inverse = 1 / scale;
    for (let i = start; i < end; i++) output[i] = round(input[i] * inverse) * scale;
  }
}
