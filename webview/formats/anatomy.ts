import type { BitField, Format } from '../../src/formats';
import { bitFields } from '../../src/formats/inspect';
import { decode } from '../../src/formats/encoding';
import { full, short } from '../shared/number-text';

/** A run of bits with one meaning, most significant first. */
export interface Field {
  readonly name: BitField['kind'];
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
  const fields = bitFields(format, code).map(({ kind, bits }) => ({ name: kind, bits: bits.length, value: BigInt(`0b${bits}`) }));
  const { layout } = format;
  switch (layout.kind) {
    case 'sign-magnitude': return floatAnatomy(format, layout, fields, code, value);
    case 'twos-complement': return gridAnatomy(format, layout.fractionBits, fields, code, value);
    case 'table': return {
      fields: fields.map(field => ({ ...field, words: `entry ${code} of the table` })),
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
  return bitFields(format, code).map(field => field.bits).join(' ');
}

type SignMagnitude = Extract<Format['layout'], { kind: 'sign-magnitude' }>;
type Wordless = Omit<Field, 'words'>;

function floatAnatomy(format: Format, layout: SignMagnitude, fields: readonly Wordless[], code: bigint, value: number): Anatomy {
  const { fractionBits, signBits, bias } = layout;
  const [exponent, fraction, sign] = (['exponent', 'significand', 'sign'] as const).map(name => fields.find(f => f.name === name)?.value ?? 0n);
  const hasZero = format.values.kind === 'lattice' && format.values.zero;
  const lowest = exponent === 0n && hasZero;
  const power = (lowest ? 1 : Number(exponent)) - bias;
  const denominator = 1n << BigInt(fractionBits);
  const kind = value !== value ? 'NaN' : Math.abs(value) === Infinity ? 'infinity' : value === 0 ? 'zero' : lowest ? 'subnormal' : 'normal';
  const words: Partial<Record<Field['name'], string>> = Number.isFinite(value) ? {
    sign: sign === 1n ? 'negative' : 'positive',
    exponent: lowest ? `0: ${kind === 'zero' ? 'zero' : 'subnormal'}, power ${power}` : `${exponent} − bias ${bias} = ${power}`,
    significand: `${lowest ? '' : '1 + '}${fraction}/${denominator} = ${short(Number(fraction) / Number(denominator) + (lowest ? 0 : 1), 8)}`,
  } : { sign: sign === 1n ? 'negative' : 'positive', exponent: `${exponent}, in the code of ${kind === 'NaN' ? 'NaN' : 'an infinity'}`, significand: kind === 'NaN' ? `payload ${fraction}` : `${fraction}` };
  const factor = signBits === 1 ? `(−1)${raised(sign)} · ` : '';
  const significand = lowest ? ` · ${fraction}/${denominator}` : fractionBits === 0 ? '' : ` · (1 + ${fraction}/${denominator})`;
  const formula = kind === 'NaN' ? `code ${code} is NaN` : kind === 'infinity' ? `${factor}∞` : `${factor}2${raised(power)}${significand} = ${full(value)}`;
  return { fields: fields.map(field => ({ ...field, words: words[field.name] ?? '' })), formula, kind };
}

function gridAnatomy(format: Format, fractionBits: number, fields: readonly Wordless[], code: bigint, value: number): Anatomy {
  const units = format.lowest < 0 ? BigInt.asIntN(format.bits, code) : code;
  const words = (field: Wordless): string => field.name === 'sign' ? `weight −2${raised(format.bits - 1 - fractionBits)}` : field.name === 'fraction' ? `${field.value}/${1n << BigInt(field.bits)}` : `${field.value}`;
  const formula = value !== value ? `${units} is outside the symmetric range` : fractionBits === 0 ? `${units}` : `${units} · 2${raised(-fractionBits)} = ${full(value)}`;
  return { fields: fields.map(field => ({ ...field, words: words(field) })), formula, kind: value !== value ? 'unused code' : value === 0 ? 'zero' : 'value' };
}

function raised(n: number | bigint): string {
  return String(n).replace(/./g, c => '⁻⁰¹²³⁴⁵⁶⁷⁸⁹'['-0123456789'.indexOf(c)] ?? c);
}
