import { FormatError, type Format } from './format';
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
  /** 1.5·2^52 spacings, over the power of two below a normal value, and at least. */
  readonly relativeMagic: number;
  readonly leastMagic: number;
  readonly signedZero: boolean;
  /** For formats whose midpoints are few: the rounded value at index 2·x/unit (odd between two multiples of the unit), from the centre; else undefined. */
  readonly table: Float64Array | undefined;
  /** Smallest spacing over 2, of which every midpoint is a multiple. */
  readonly unit: number;
}

/**
 * The constants of an element format. MXINT8 keeps to ±127/64: the code −128 is left out so that the range is symmetric, as in the reference implementation. Throws
 * `FormatError` for a codebook or an unsigned format.
 */
export function mxElement(format: Format): MxElement {
  const { values } = format;
  if (values.kind !== 'lattice' || format.lowest >= 0 || values.precision > 24 && values.precision < Infinity) throw new FormatError(`${format.id} cannot be an MX element: it takes a signed float of up to 24 bits of significand, or a signed integer.`);
  const isFloat = Number.isFinite(values.precision);
  return {
    format, largest: format.maxFinite, largestPower: powerBelow(format.maxFinite), fractionBits: (format.significandBits ?? format.bits - 1) - 1,
    relativeMagic: isFloat ? 1.5 * 2 ** (53 - values.precision) : 0, leastMagic: 1.5 * 2 ** (52 + values.quantum), signedZero: format.signedZero,
    table: tableOf(format), unit: format.minPositive / 2,
  };
}

const longestTable = 4096;

function tableOf(format: Format): Float64Array | undefined {
  const unit = format.minPositive / 2;
  const reach = 2 * format.maxFinite / unit;
  if (reach > longestTable || !format.signedZero) return undefined;
  const round = rounder(format, { overflow: 'saturate' });
  // An odd index stands for the open interval between two multiples, which holds no midpoint: any inner value decides.
  return Float64Array.from({ length: 2 * reach + 1 }, (_, i) => round(i === reach ? 0 : (i - reach) * unit / 2));
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
 *
 * Elements are clamped (their largest value is in the format, so that clamping first changes nothing) and rounded by adding and subtracting 1.5·2^52·q, where the
 * spacing q follows from the power of two at or below the magnitude, or is fixed for integers. FP4 and FP6 look their values up instead.
 */
export function mxArray(input: Float64Array, output: Float64Array, scales: Float64Array, element: MxElement, rule: MxScaleRule = 'floor', blockSize = mxBlockSize): void {
  const { largest, relativeMagic, leastMagic, signedZero, table, unit } = element;
  for (let start = 0, block = 0; start < input.length; start += blockSize, block++) {
    const end = Math.min(start + blockSize, input.length);
    let amax = 0;
    for (let i = start; i < end; i++) {
      const magnitude = Math.abs(input[i]);
      if (magnitude > amax) amax = magnitude;
      else if (magnitude !== magnitude) amax = Infinity;
    }
    const scale = mxScale(amax, element, rule);
    scales[block] = scale;
    const inverse = 1 / scale;
    if (table && inverse < Infinity) {
      // Rounding by table: ⌊f⌋ + ⌈f⌉ is 2f for a multiple of the unit and odd between two, so that ties are told apart exactly.
      const perUnit = inverse / unit;
      const centre = (table.length - 1) / 2;
      const bound = largest / unit;
      for (let i = start; i < end; i++) {
        let f = input[i] * perUnit;
        if (f > bound) f = bound;
        else if (f < -bound) f = -bound;
        output[i] = input[i] === 0 ? input[i] : table[(Math.floor(f) + Math.ceil(f) + centre) | 0] * scale;
      }
      continue;
    }
    for (let i = start; i < end; i++) {
      let a = input[i] * inverse;
      if (a > largest) a = largest;
      else if (a < -largest) a = -largest;
      const v = Math.abs(a) * 0.75;
      const t = v * 4503599627370497;
      const w = (t - (t - v)) * relativeMagic;
      const magic = w > leastMagic ? w : leastMagic;
      const r = (a + magic) - magic;
      output[i] = r === 0 ? (signedZero ? a * 0 : 0) : r * scale;
    }
  }
}
