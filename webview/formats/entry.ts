import type { Format } from '../../src/formats';
import { decode } from '../../src/formats';
import type { ExactValue } from '../../src/formats/exact';
import { exactOf, exactQuotient } from '../../src/formats/exact';

/** What a user typed, read exactly. */
export type Entry =
  /** A real number, exact (or, for a fraction, with at least 192 bits and a sticky bit). */
  | { readonly kind: 'real'; readonly value: ExactValue; readonly read: string; readonly code: bigint | null }
  | { readonly kind: 'special'; readonly value: number; readonly read: string; readonly code: bigint | null }
  | { readonly kind: 'problem'; readonly message: string };

/** Exponents beyond this (powers of ten or two) are cut to it: far outside every format, and their digits need not be written out. */
const exponentLimit = 6000;
/** Digits that are read; an entry field is no place for more. */
const lengthLimit = 4000;

/**
 * Reads a value: decimal `0.1`, `-1.5e-3`; hexadecimal float `0x1.8p-3`; fraction `1/3`; `NaN`, `Infinity`, `-0`; or a code of `format` as bits
 * (`0b0011110000000000`, `0 01111 0000000000`) or hexadecimal digits (`0x3c00`).
 */
export function readEntry(text: string, format: Format): Entry {
  const plain = text.trim().replaceAll('−', '-').replace(/_/g, '');
  if (plain === '') return problem('Type a value, such as 0.1, 0x1.8p-3, 1/3 or 0b0011110000000000.');
  if (plain.length > lengthLimit) return problem(`That is more than ${lengthLimit} characters; type fewer digits.`);
  const special = /^([+-]?)(nan|inf(?:inity)?|∞)$/i.exec(plain);
  if (special) return { kind: 'special', value: /nan/i.test(special[2]) ? NaN : special[1] === '-' ? -Infinity : Infinity, read: 'a special value', code: null };
  const bits = /^0b([01 |]+)$/i.exec(plain)?.[1] ?? (/^[01]+([ |]+[01]+)+$/.test(plain) ? plain : undefined);
  if (bits !== undefined) return fromCode(BigInt(`0b${bits.replace(/[ |]/g, '')}`), bits.replace(/[ |]/g, '').length, format);
  if (/^0x[\da-f]+$/i.test(plain)) return fromCode(BigInt(plain), 0, format);
  const fraction = /^([^/]+)\/([^/]+)$/.exec(plain);
  if (!fraction) {
    const value = readNumber(plain);
    return value ? { kind: 'real', value, read: /0x/i.test(plain) ? 'a hexadecimal float' : 'a decimal', code: null } : problem(`“${plain.slice(0, 40)}” is not a value; type a decimal, a hexadecimal float (0x1.8p-3), a fraction (1/3) or bits (0b…).`);
  }
  const [above, below] = [readNumber(fraction[1].trim()), readNumber(fraction[2].trim())];
  if (!above || !below) return problem('A fraction is two numbers with a slash between them, such as 1/3.');
  if (below.n === 0n) return problem('The denominator is zero; type NaN or Infinity for those values.');
  return { kind: 'real', value: exactQuotient(above, below, -1400), read: 'a fraction', code: null };
}

function fromCode(code: bigint, digits: number, format: Format): Entry {
  if (digits > format.bits || code >> BigInt(format.bits) !== 0n) return problem(`${format.id} has ${format.bits} bits; this code has ${Math.max(digits, code.toString(2).length)}.`);
  const value = decode(format, format.bits <= 32 ? Number(code) : code);
  const read = `the bits of a ${format.id}`;
  return Number.isFinite(value) ? { kind: 'real', value: exactOf(value), read, code } : { kind: 'special', value, read, code };
}

/** Decimal or hexadecimal float, exactly: digits times a power of ten or two. */
function readNumber(text: string): ExactValue | undefined {
  const hex = /^([+-]?)0x([\da-f]*)\.?([\da-f]*)p([+-]?\d{1,9})$/i.exec(text);
  if (hex && hex[2] + hex[3] !== '') {
    return { negative: hex[1] === '-', n: BigInt(`0x${hex[2]}${hex[3]}`), e: clamp(Number(hex[4])) - 4 * hex[3].length, sticky: false };
  }
  const decimal = /^([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d{1,9}))?$/i.exec(text);
  if (!decimal || decimal[2] + decimal[3] === '') return undefined;
  const negative = decimal[1] === '-';
  const digits = BigInt(decimal[2] + decimal[3]);
  const power = clamp(Number(decimal[4] ?? 0)) - decimal[3].length;
  if (digits === 0n || power >= 0) return { negative, n: digits * 10n ** BigInt(Math.max(power, 0)), e: 0, sticky: false };
  const quotient = exactQuotient({ negative: false, n: digits, e: 0, sticky: false }, { negative: false, n: 10n ** BigInt(-power), e: 0, sticky: false }, -1400);
  return { ...quotient, negative };
}

function clamp(exponent: number): number {
  return Math.max(-exponentLimit, Math.min(exponentLimit, exponent));
}

function problem(message: string): Entry {
  return { kind: 'problem', message };
}
