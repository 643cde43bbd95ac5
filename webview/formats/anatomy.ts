import type { Format } from '../../src/formats';
import { decode } from '../../src/formats';
import { full, short } from '../shared/number-text';

/** A run of bits with one meaning, most significant first. */
export interface Field {
  readonly name: 'sign' | 'exponent' | 'significand' | 'integer' | 'fraction' | 'code';
  readonly bits: number;
  readonly value: bigint;
  /** What this field says, in words. */
  readonly words: string;
}

export interface Anatomy {
  readonly fields: readonly Field[];
  /** The value from the fields with their numbers filled in. */
  readonly formula: string;
  /** `normal`, `subnormal`, `zero`, `infinity`, `NaN`, or the place in a codebook. */
  readonly kind: string;
}

/** Takes a code apart: its fields in words, and the formula that makes its value. */
export function anatomy(format: Format, code: bigint): Anatomy {
  const value = decode(format, format.bits <= 32 ? Number(code) : code);
  const { layout } = format;
  switch (layout.kind) {
    case 'sign-magnitude': return floatAnatomy(format, layout, code, value);
    case 'twos-complement': return gridAnatomy(format, layout.fractionBits, code, value);
    case 'table': return {
      fields: [{ name: 'code', bits: format.bits, value: code, words: `entry ${code} of the table` }],
      formula: value === value ? `table[${code}] = ${full(value)}` : `table[${code}] has no value`, kind: value === value ? 'level' : 'unused code',
    };
  }
}

/** All bits of a code, most significant first. */
export function bitText(format: Format, code: bigint): string {
  return code.toString(2).padStart(format.bits, '0');
}

/** Bits in the groups of their fields, `0 01001 0110011010`. */
export function groupedBits(format: Format, code: bigint): string {
  const bits = bitText(format, code);
  let at = 0;
  return anatomy(format, code).fields.map(field => bits.slice(at, at += field.bits)).join(' ');
}

type SignMagnitude = Extract<Format['layout'], { kind: 'sign-magnitude' }>;

function floatAnatomy(format: Format, layout: SignMagnitude, code: bigint, value: number): Anatomy {
  const { exponentBits, fractionBits, signBits, bias } = layout;
  const mask = (n: number): bigint => (1n << BigInt(n)) - 1n;
  const fraction = code & mask(fractionBits), exponent = (code >> BigInt(fractionBits)) & mask(exponentBits), sign = code >> BigInt(fractionBits + exponentBits);
  const hasZero = format.values.kind === 'lattice' && format.values.zero;
  const lowest = exponent === 0n && hasZero;
  const power = (lowest ? 1 : Number(exponent)) - bias;
  const denominator = 1n << BigInt(fractionBits);
  const kind = value !== value ? 'NaN' : Math.abs(value) === Infinity ? 'infinity' : value === 0 ? 'zero' : lowest ? 'subnormal' : 'normal';
  const finite = Number.isFinite(value);
  const fields: Field[] = [];
  if (signBits === 1) fields.push({ name: 'sign', bits: 1, value: sign, words: sign === 1n ? 'negative' : 'positive' });
  if (exponentBits > 0) {
    fields.push({ name: 'exponent', bits: exponentBits, value: exponent, words: !finite ? `${exponent}, part of the code of ${kind === 'NaN' ? 'NaN' : 'an infinity'}`
      : lowest ? `0: ${kind === 'zero' ? 'zero' : 'subnormal'}, power ${power}` : `${exponent} − bias ${bias} = ${power}` });
  }
  if (fractionBits > 0) {
    fields.push({ name: 'significand', bits: fractionBits, value: fraction, words: !finite ? kind === 'NaN' ? `payload ${fraction}` : `${fraction}`
      : `${lowest ? '' : '1 + '}${fraction}/${denominator} = ${short(Number(fraction) / Number(denominator) + (lowest ? 0 : 1), 8)}` });
  }
  const factor = signBits === 1 ? `(−1)${raised(sign)} · ` : '';
  const significand = lowest ? ` · ${fraction}/${denominator}` : fractionBits === 0 ? '' : ` · (1 + ${fraction}/${denominator})`;
  const formula = kind === 'NaN' ? `code ${code} is NaN` : kind === 'infinity' ? `${factor}∞` : `${factor}2${raised(power)}${significand} = ${full(value)}`;
  return { fields, formula, kind };
}

function gridAnatomy(format: Format, fractionBits: number, code: bigint, value: number): Anatomy {
  const signed = format.lowest < 0;
  const units = signed ? BigInt.asIntN(format.bits, code) : code;
  const fields: Field[] = [];
  const integerBits = format.bits - (signed ? 1 : 0) - Math.min(fractionBits, format.bits - (signed ? 1 : 0));
  const rest = format.bits - (signed ? 1 : 0) - integerBits;
  if (signed) fields.push({ name: 'sign', bits: 1, value: code >> BigInt(format.bits - 1), words: `weight −2${raised(format.bits - 1)}` });
  const low = code & ((1n << BigInt(format.bits - (signed ? 1 : 0))) - 1n);
  if (integerBits > 0) fields.push({ name: 'integer', bits: integerBits, value: low >> BigInt(rest), words: `${low >> BigInt(rest)}` });
  if (rest > 0) fields.push({ name: 'fraction', bits: rest, value: low & ((1n << BigInt(rest)) - 1n), words: `${low & ((1n << BigInt(rest)) - 1n)}/${1n << BigInt(rest)}` });
  const formula = value !== value ? `${units} is outside the symmetric range` : fractionBits === 0 ? `${units}` : `${units} · 2${raised(-fractionBits)} = ${full(value)}`;
  return { fields, formula, kind: value !== value ? 'unused code' : value === 0 ? 'zero' : 'value' };
}

function raised(n: number | bigint): string {
  return String(n).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)] ?? c);
}
