import { exactOf } from '../../src/formats/exact';

/** Every decimal digit of a double: 0.1 is 0.1000000000000000055511151231257827021181583404541015625. */
export function decimalText(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  const { negative, n, e } = exactOf(x);
  const sign = negative ? '-' : '';
  if (e >= 0) return sign + (n << BigInt(e)).toString();
  const places = -e;
  const digits = (n * 5n ** BigInt(places)).toString().padStart(places + 1, '0');
  const fraction = digits.slice(-places).replace(/0+$/, '');
  return sign + digits.slice(0, -places) + (fraction ? `.${fraction}` : '');
}

/** A double as a hexadecimal float, `0x1.999999999999ap-4`; subnormals are normalised. */
export function hexText(x: number): string {
  if (x !== x || Math.abs(x) === Infinity) return String(x);
  const { negative, n, e } = exactOf(x);
  const sign = negative ? '-' : '';
  if (n === 0n) return `${sign}0x0p+0`;
  const bits = n.toString(2).length;
  const fraction = (n - (1n << BigInt(bits - 1))) << BigInt((4 - (bits - 1) % 4) % 4);
  const digits = bits === 1 ? '' : fraction.toString(16).padStart(Math.ceil((bits - 1) / 4), '0').replace(/0+$/, '');
  const exponent = e + bits - 1;
  return `${sign}0x1${digits ? `.${digits}` : ''}p${exponent < 0 ? '' : '+'}${exponent}`;
}
