/** Numbers in messages: three significant digits, no trailing zeros, powers of two above 2^31 by name. */
export function formatNumber(x: number): string {
  if (!Number.isFinite(x)) return x > 0 ? 'Infinity' : x < 0 ? '−Infinity' : 'NaN';
  const exponent = Math.log2(Math.abs(x));
  if (Number.isInteger(exponent) && exponent >= 31) return `${x < 0 ? '−' : ''}2^${exponent}`;
  if (Number.isInteger(x) && Math.abs(x) < 1e7) return String(x).replace('-', '−').replace(/\B(?=(\d{3})+$)/g, ',');
  // 1.13e17, which String writes out in eighteen digits.
  return Math.abs(x) >= 1e15 ? x.toPrecision(3).replace(/\.?0+e/, 'e').replace('e+', 'e') : String(Number(x.toPrecision(3)));
}
