import type { ExactValue, Format } from '../../src/formats';
import { FormatError } from '../../src/formats/format';
import { parseValue } from '../../src/formats/input';

/** What a user typed, read exactly; `read` says as what, and `code` is what was typed as bits of the format. */
export type Entry =
  | { readonly kind: 'real'; readonly value: ExactValue; readonly read: string; readonly code: bigint | null }
  | { readonly kind: 'special'; readonly value: number; readonly read: string; readonly code: bigint | null }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * Reads a value as `parseValue` does (decimal, hexadecimal float, fraction, special values, a code as `0b…` or `0x…`), and bits in their groups
 * without a prefix, `0 01111 0000000000`.
 */
export function readEntry(text: string, format: Format): Entry {
  const plain = text.trim();
  if (plain === '') return { kind: 'problem', message: 'Type a value, such as 0.1, 0x1.8p-3, 1/3 or 0b0011110000000000.' };
  const typed = /^[01]+([ |]+[01]+)+$/.test(plain) ? `0b${plain}` : plain;
  const digits = /^0(b[01_\s|]+|x[\da-f_\s]+)$/i.exec(typed)?.[0].replace(/[\s|_]/g, '');
  try {
    const value = parseValue(typed, format);
    const code = digits ? BigInt(digits) : null;
    const read = digits ? `the bits of a ${format.id}` : value.kind === 'special' ? 'a special value' : typed.includes('/') ? 'a fraction' : /0x/i.test(typed) ? 'a hexadecimal float' : 'a decimal';
    return value.kind === 'special' ? { kind: 'special', value: value.value, read, code } : { kind: 'real', value: value.value, read, code };
  } catch (error) {
    if (error instanceof FormatError) return { kind: 'problem', message: error.message };
    throw error;
  }
}
