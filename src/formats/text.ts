import { exactOf } from './exact';

/** The exact decimal expansion of a double, every digit: 0.1 is 0.1000000000000000055511151231257827021181583404541015625. */
export function exactDecimal(x: number): string {
  if (!Number.isFinite(x)) return x !== x ? 'NaN' : x > 0 ? 'Infinity' : '-Infinity';
  const { n, e, negative } = exactOf(x);
  const sign = negative ? '-' : '';
  if (e >= 0) return sign + (n << BigInt(e)).toString();
  // n·2^e = n·5^−e / 10^−e, so the digits are those of n·5^−e.
  const digits = (n * 5n ** BigInt(-e)).toString().padStart(1 - e, '0');
  const point = digits.length + e;
  const fraction = digits.slice(point).replace(/0+$/, '');
  return sign + digits.slice(0, point) + (fraction ? '.' + fraction : '');
}

/** Hexadecimal floating point as C's `%a` writes it: 0x1.999999999999ap-4; subnormals keep the exponent −1022. */
export function hexFloat(x: number): string {
  if (!Number.isFinite(x)) return exactDecimal(x);
  const { n, e, negative } = exactOf(x);
  const sign = negative ? '-' : '';
  if (n === 0n) return sign + '0x0p+0';
  const lead = n >> 52n;
  const fraction = (n & 0xfffffffffffffn).toString(16).padStart(13, '0').replace(/0+$/, '');
  const exponent = e + 52;
  return `${sign}0x${lead}${fraction ? '.' + fraction : ''}p${exponent < 0 ? '-' : '+'}${Math.abs(exponent)}`;
}
