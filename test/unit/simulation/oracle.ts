/** An exact oracle that shares no code with the product: rationals on BigInt, rounded to a binary format by definition. */
export interface Rational { readonly n: bigint; readonly d: bigint }

export interface Binary { readonly p: number; readonly emin: number; readonly max: number; readonly overflow: 'infinity' | 'nan' }

export const fp16: Binary = { p: 11, emin: -14, max: 65504, overflow: 'infinity' };
export const bf16: Binary = { p: 8, emin: -126, max: (2 - 2 ** -7) * 2 ** 127, overflow: 'infinity' };
export const e4m3: Binary = { p: 4, emin: -6, max: 448, overflow: 'nan' };
export const e5m2: Binary = { p: 3, emin: -14, max: 57344, overflow: 'infinity' };

export function rational(x: number): Rational {
  if (x === 0) return { n: 0n, d: 1n };
  let e = 0;
  while (!Number.isInteger(x)) { x *= 2; e++; }
  return { n: BigInt(x), d: 1n << BigInt(e) };
}

export const add = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const sub = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d - b.n * a.d, d: a.d * b.d });
export const mul = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d });
export const div = (a: Rational, b: Rational): Rational => b.n < 0n ? { n: -a.n * b.d, d: a.d * -b.n } : { n: a.n * b.d, d: a.d * b.n };

/** Nearest value of the format, ties to even. */
export function round(r: Rational, f: Binary): number {
  if (r.n === 0n) return 0;
  const sign = r.n < 0n ? -1 : 1;
  const n = r.n < 0n ? -r.n : r.n;
  // 2^e ≤ n/d < 2^(e+1)
  let e = n.toString(2).length - r.d.toString(2).length;
  const atLeast = (k: number): boolean => k >= 0 ? n >= r.d << BigInt(k) : n << BigInt(-k) >= r.d;
  if (!atLeast(e)) e--;
  const quantum = Math.max(e, f.emin) - f.p + 1;
  const [top, bottom] = quantum >= 0 ? [n, r.d << BigInt(quantum)] : [n << BigInt(-quantum), r.d];
  let q = top / bottom;
  const rest = 2n * (top % bottom);
  if (rest > bottom || (rest === bottom && q % 2n === 1n)) q++;
  const value = Number(q) * 2 ** quantum;
  if (value > f.max) return f.overflow === 'nan' ? NaN : sign * Infinity;
  return sign * value;
}

/** √ of an exact rational, rounded once: the root is cut at far more bits than the format has, and a remainder is marked by an odd last bit. */
function sqrtOf(x: number, f: Binary): number {
  const r = rational(x);
  const scale = 4n ** 600n;
  const square = r.n * scale / r.d;
  let root = 1n << BigInt(Math.ceil(square.toString(2).length / 2));
  for (let next = (root + square / root) >> 1n; next < root; next = (root + square / root) >> 1n) root = next;
  const exact = root * root === square && (r.n * scale) % r.d === 0n;
  return round({ n: exact ? 2n * root : 2n * root + 1n, d: 2n * 2n ** 600n }, f);
}

/** Arithmetic of the format on doubles that are its values; NaN and infinities as IEEE says. */
export function arithmeticOf(f: Binary): { r: (x: number) => number; add: (a: number, b: number) => number; sub: (a: number, b: number) => number; mul: (a: number, b: number) => number; div: (a: number, b: number) => number; sqrt: (a: number) => number } {
  const finite = (a: number, b: number, plain: number, exact: () => Rational): number => Number.isFinite(a) && Number.isFinite(b) && Number.isFinite(plain) ? signed(round(exact(), f), plain) : plain;
  // A zero keeps the sign that the operation gives it.
  const signed = (y: number, plain: number): number => y === 0 ? plain * 0 : y;
  return {
    r: x => Number.isFinite(x) ? x === 0 ? x : round(rational(x), f) : x,
    add: (a, b) => finite(a, b, a + b, () => add(rational(a), rational(b))),
    sub: (a, b) => finite(a, b, a - b, () => sub(rational(a), rational(b))),
    mul: (a, b) => finite(a, b, a * b, () => mul(rational(a), rational(b))),
    sqrt: a => a > 0 && Number.isFinite(a) ? sqrtOf(a, f) : Math.sqrt(a),
    div: (a, b) => finite(a, b, a / b, () => div(rational(a), rational(b))),
  };
}
