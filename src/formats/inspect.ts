import { encode } from './encoding';
import { exactDifference, type ExactValue } from './exact';
import type { Format } from './format';
import { bracket, neighbours, ulp } from './spacing';
import { exactDecimal, hexFloat } from './text';

/** One group of bits of a code, most significant first. */
export interface BitField {
  readonly kind: 'sign' | 'exponent' | 'significand' | 'integer' | 'fraction' | 'index';
  readonly bits: string;
  /** What the field says, in words: "exponent 15 − bias 15 = 0". */
  readonly words: string;
}

/** Everything an interface shows about one value of a format. */
export interface Inspection {
  readonly value: number;
  readonly kind: 'zero' | 'subnormal' | 'normal' | 'infinity' | 'nan' | 'level';
  /** The code as a non-negative integer. */
  readonly code: bigint;
  readonly fields: readonly BitField[];
  readonly hexCode: string;
  readonly hexFloat: string;
  readonly exactDecimal: string;
  /** Spacing at the value; NaN for NaN and infinities. */
  readonly ulp: number;
  readonly down: number;
  readonly up: number;
}

/** Describes a value that the format holds. Throws `FormatError` for any other: round first. */
export function inspect(format: Format, value: number): Inspection {
  const code = BigInt(encode(format, value));
  const { down, up } = neighbours(format, value);
  return {
    value, kind: kindOf(format, value), code, fields: bitFields(format, code), hexCode: '0x' + code.toString(16).padStart(Math.ceil(format.bits / 4), '0'),
    hexFloat: hexFloat(value), exactDecimal: exactDecimal(value), ulp: ulp(format, value), down, up,
  };
}

/** The bits of a code, grouped by meaning: sign, exponent and significand, or integer and fraction, or one index. */
export function bitFields(format: Format, code: bigint): BitField[] {
  const text = code.toString(2).padStart(format.bits, '0');
  const layout = format.layout;
  if (layout.kind === 'table') return [{ kind: 'index', bits: text, words: `level ${code}` }];
  if (layout.kind === 'twos-complement') {
    const signBits = format.lowest < 0 ? 1 : 0;
    const integerBits = format.bits - signBits - layout.fractionBits;
    return fields([
      ['sign', text.slice(0, signBits), text.startsWith('1') ? 'negative (two’s complement)' : 'not negative'],
      ['integer', text.slice(signBits, signBits + Math.max(integerBits, 0)), `${integerBits} integer bits`],
      ['fraction', text.slice(signBits + Math.max(integerBits, 0)), `${layout.fractionBits} fraction bits, step 2^${-layout.fractionBits}`],
    ]);
  }
  const exponent = text.slice(layout.signBits, layout.signBits + layout.exponentBits);
  const significand = text.slice(layout.signBits + layout.exponentBits);
  const field = parseInt(exponent || '0', 2);
  const pure = format.values.kind === 'lattice' && !format.values.zero;
  const subnormal = field === 0 && !pure;
  return fields([
    ['sign', text.slice(0, layout.signBits), text.startsWith('1') ? 'negative' : 'positive'],
    ['exponent', exponent, subnormal ? `0: subnormal, exponent ${1 - layout.bias}` : `${field} − bias ${layout.bias} = ${field - layout.bias}`],
    ['significand', significand, significand ? `${subnormal ? '0' : '1'}.${significand} in binary = ${(subnormal ? 0 : 1) + parseInt(significand, 2) / 2 ** significand.length}` : ''],
  ]);
}

function fields(parts: readonly (readonly [BitField['kind'], string, string])[]): BitField[] {
  return parts.filter(([, bits]) => bits !== '').map(([kind, bits, words]) => ({ kind, bits, words }));
}

function kindOf(format: Format, value: number): Inspection['kind'] {
  if (value !== value) return 'nan';
  if (Math.abs(value) === Infinity) return 'infinity';
  if (value === 0) return 'zero';
  if (format.minNormal === null) return 'level';
  return Math.abs(value) < format.minNormal ? 'subnormal' : 'normal';
}

/** How far a stored value is from the exact one. */
export interface StorageError {
  /** stored − exact. */
  readonly absolute: number;
  /** In ulps of the format at the exact value. */
  readonly ulps: number;
  /** Relative to the exact value; NaN when that is zero. */
  readonly relative: number;
}

/** The error of storing `exact` as `stored`, from the exact difference; infinite when the store overflowed, NaN when it has no answer. */
export function storageError(format: Format, exact: ExactValue, stored: number): StorageError {
  if (!Number.isFinite(stored)) return { absolute: stored, ulps: Math.abs(stored), relative: Math.abs(stored) };
  const { difference, reference } = exactDifference(stored, exact);
  return { absolute: difference, ulps: difference / ulp(format, reference), relative: difference === 0 ? 0 : difference / Math.abs(reference) };
}

/** The number line around x: values of the format from `count` below to `count` above, in order, without infinities. */
export function neighbourhood(format: Format, x: number, count: number): number[] {
  const start = bracket(format, x);
  const below: number[] = [];
  for (let v = start.down; below.length < count && Number.isFinite(v); v = neighbours(format, v).down) below.unshift(v);
  const above: number[] = [];
  for (let v = start.up === start.down ? neighbours(format, start.up).up : start.up; above.length < count && Number.isFinite(v); v = neighbours(format, v).up) above.push(v);
  return [...below, ...above];
}
