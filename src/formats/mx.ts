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

const longestTable = 8192;

/** The table reaches to twice the largest power of two: with the OCP scale no element lies beyond it, and those above the largest value saturate. */
function tableOf(format: Format): Float64Array | undefined {
  const unit = format.minPositive / 2;
  const reach = 4 * powerBelow(format.maxFinite) / unit;
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
  const { table } = element;
  const leading = littleEndian && (rule === 'floor' || rule === 'even');
  const words = new Int32Array(input.buffer, input.byteOffset, 2 * input.length);
  for (let start = 0, block = 0; start < input.length; start += blockSize, block++) {
    const end = Math.min(start + blockSize, input.length);
    const amax = leading ? leadingMagnitude(input, words, start, end) : largestMagnitude(input, start, end);
    const scale = mxScale(amax, element, rule);
    scales[block] = scale;
    const inverse = 1 / scale;
    // Beyond the table, by a scale that could not grow further, elements saturate; the other loop does that.
    if (table && inverse < Infinity && powerBelow(amax) * inverse <= element.largestPower) lookUp(input, output, start, end, table, inverse / element.unit, scale);
    else roundBlock(input, output, start, end, scale, element);
  }
}

function largestMagnitude(input: Float64Array, start: number, end: number): number {
  let amax = 0;
  for (let i = start; i < end; i++) {
    const magnitude = Math.abs(input[i]);
    if (magnitude > amax) amax = magnitude;
    else if (magnitude !== magnitude) amax = Infinity;
  }
  return amax;
}

/**
 * The largest magnitude, its low 32 bits cleared: what depends on its power of two and on fewer than 20 fraction bits, as the rules `floor` and `even` do, needs no more.
 * Without a branch on the data, m becomes max(m, h) as m − min(m − h, 0). Subnormal numbers and infinities take the exact way.
 */
function leadingMagnitude(input: Float64Array, words: Int32Array, start: number, end: number): number {
  let even = 0;
  let odd = 0;
  let i = start;
  for (; i + 1 < end; i += 2) {
    const d = (even - (words[2 * i + 1] & 0x7fffffff)) | 0;
    even = (even - (d & (d >> 31))) | 0;
    const e = (odd - (words[2 * i + 3] & 0x7fffffff)) | 0;
    odd = (odd - (e & (e >> 31))) | 0;
  }
  if (i < end) even = Math.max(even, words[2 * i + 1] & 0x7fffffff);
  const high = Math.max(even, odd);
  if (high < 0x00100000 || high >= 0x7ff00000) return largestMagnitude(input, start, end);
  scratchWords[1] = high;
  return scratch[0];
}

const scratch = new Float64Array(1);
const scratchWords = new Int32Array(scratch.buffer);
const littleEndian = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

/** Rounding by table: ⌊f⌋ + ⌈f⌉ is 2f for a multiple of the unit and odd between two, so that ties are told apart exactly. */
function lookUp(input: Float64Array, output: Float64Array, start: number, end: number, table: Float64Array, perUnit: number, scale: number): void {
  const centre = (table.length - 1) / 2;
  for (let i = start; i < end; i++) {
    const x = input[i];
    const f = x * perUnit;
    output[i] = x === 0 ? x : table[(Math.floor(f) + Math.ceil(f) + centre) | 0] * scale;
  }
}

function roundBlock(input: Float64Array, output: Float64Array, start: number, end: number, scale: number, element: MxElement): void {
  const { largest, relativeMagic, leastMagic, signedZero } = element;
  const inverse = 1 / scale;
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
