/**
 * Elementary functions on BigInt fixed point: a value x stands for x / 2^n. Every function works with guard bits and answers with an absolute error
 * below 2^(4−n) (stated where it differs). They are the ground under the big floats and under the tables of the double-double functions.
 */

const GUARD = 24;

export function bitLength(x: bigint): number {
  const a = x < 0n ? -x : x;
  const text = a.toString(16);
  return a === 0n ? 0 : text.length * 4 - Math.clz32(parseInt(text[0], 16)) + 28;
}

/** x·2^k, rounded toward −∞ for k < 0. */
export function shift(x: bigint, k: number): bigint {
  return k >= 0 ? x << BigInt(k) : x >> BigInt(-k);
}

/** ⌊√x⌋ for x ≥ 0. */
export function integerSqrt(x: bigint): bigint {
  if (x < 2n) return x;
  const bits = bitLength(x);
  // A 52-bit estimate from the leading bits, then Newton steps that double its digits, from above.
  const drop = Math.max(0, bits - 104) & ~1;
  let r = BigInt(Math.ceil(Math.sqrt(Number(x >> BigInt(drop))))) + 1n << BigInt(drop / 2);
  for (;;) {
    const next = (r + x / r) >> 1n;
    if (next >= r) return r;
    r = next;
  }
}

const cache = new Map<string, { readonly n: number; readonly value: bigint }>();

/** Keeps the most precise value computed so far of a constant. */
function constant(name: string, n: number, compute: (n: number) => bigint): bigint {
  let known = cache.get(name);
  if (!known || known.n < n) {
    const bits = Math.max(n + GUARD, known ? known.n * 2 : 0);
    known = { n: bits, value: compute(bits) };
    cache.set(name, known);
  }
  return known.value >> BigInt(known.n - n);
}

/** arctan(1/k) for an integer k ≥ 2. */
function arctanInverse(k: bigint, n: number): bigint {
  return inverseSeries(k, n, true);
}

/** artanh(1/k) for an integer k ≥ 2. */
function artanhInverse(k: bigint, n: number): bigint {
  return inverseSeries(k, n, false);
}

function inverseSeries(k: bigint, n: number, alternate: boolean): bigint {
  const square = k * k;
  let term = (1n << BigInt(n)) / k;
  let sum = 0n;
  for (let i = 0; term !== 0n; i++) {
    const part = term / BigInt(2 * i + 1);
    sum += alternate && i % 2 === 1 ? -part : part;
    term /= square;
  }
  return sum;
}

/** π (Machin 1706). */
export function piFixed(n: number): bigint {
  return constant('pi', n, bits => {
    const w = bits + GUARD;
    return (16n * arctanInverse(5n, w) - 4n * arctanInverse(239n, w)) >> BigInt(GUARD);
  });
}

/** ln 2 = 18 artanh(1/26) − 2 artanh(1/4801) + 8 artanh(1/8749). */
export function ln2Fixed(n: number): bigint {
  return constant('ln2', n, bits => {
    const w = bits + GUARD;
    return (18n * artanhInverse(26n, w) - 2n * artanhInverse(4801n, w) + 8n * artanhInverse(8749n, w)) >> BigInt(GUARD);
  });
}

/** ln 10 = 46 artanh(1/31) + 34 artanh(1/49) + 20 artanh(1/161). */
export function ln10Fixed(n: number): bigint {
  return constant('ln10', n, bits => {
    const w = bits + GUARD;
    return (46n * artanhInverse(31n, w) + 34n * artanhInverse(49n, w) + 20n * artanhInverse(161n, w)) >> BigInt(GUARD);
  });
}

/** e^x for |x| < 1 (or little more). */
export function expFixed(x: bigint, n: number): bigint {
  return (1n << BigInt(n)) + expm1Fixed(x, n);
}

/** e^x − 1 for |x| < 1. Argument halved s times, Taylor series, then (1 + y)² − 1 = y(2 + y) s times. */
export function expm1Fixed(x: bigint, n: number): bigint {
  const s = Math.ceil(Math.sqrt(n / 2)) + 2;
  const w = n + GUARD + 2 * s;
  const r = shift(x, w - n - s);
  let sum = r;
  let term = r;
  for (let i = 2n; term !== 0n && term !== -1n; i++) {
    term = (term * r >> BigInt(w)) / i;
    sum += term;
  }
  for (let i = 0; i < s; i++) sum = (sum << 1n) + (sum * sum >> BigInt(w));
  return sum >> BigInt(w - n);
}

/** ln x for x > 0 within [1/4, 4]: Halley steps y += 2(x − e^y)/(x + e^y), each tripling the digits of the double it starts from. */
export function logFixed(x: bigint, n: number): bigint {
  const start = Math.log(Number(shift(x, 60 - n)) * 2 ** -60);
  let y = BigInt(Math.round(start * 2 ** 60));
  let w = 60;
  for (let digits = 48; digits < n + GUARD; digits *= 3) {
    const next = Math.min(n + GUARD, digits * 3 + 8) + 8;
    y = shift(y, next - w);
    w = next;
    const scaled = shift(x, w - n);
    const e = y >= 0n ? expFixed(y >> 1n, w) : expFixed(-(-y >> 1n), w);
    const square = e * e >> BigInt(w);
    // The half argument was rounded down to a multiple of 2^-w: its missing half unit is added back as a first-order factor.
    y += (scaled - square << BigInt(w + 1)) / (scaled + square);
  }
  return shift(y, n - w);
}

/** sin x and cos x for |x| ≤ 1 (or little more), by Taylor series. */
export function sinCosFixed(x: bigint, n: number): { readonly sin: bigint; readonly cos: bigint } {
  const w = n + GUARD;
  const r = shift(x, w - n);
  const square = r * r >> BigInt(w);
  let sinTerm = r;
  let cosTerm = 1n << BigInt(w);
  let sin = sinTerm;
  let cos = cosTerm;
  for (let k = 1n; cosTerm !== 0n || (sinTerm !== 0n && sinTerm !== -1n); k++) {
    cosTerm = (cosTerm * square >> BigInt(w)) / ((2n * k - 1n) * (2n * k));
    sinTerm = sinTerm < 0n ? -((-sinTerm * square >> BigInt(w)) / (2n * k * (2n * k + 1n))) : (sinTerm * square >> BigInt(w)) / (2n * k * (2n * k + 1n));
    if (k % 2n === 1n) { cos -= cosTerm; sin -= sinTerm; } else { cos += cosTerm; sin += sinTerm; }
    if (cosTerm === 0n && sinTerm === 0n) break;
  }
  return { sin: sin >> BigInt(GUARD), cos: cos >> BigInt(GUARD) };
}

/** arctan(y/x) for 0 ≤ y ≤ x, x > 0: the double arctangent t, then arctan of the small rest (y cos t − x sin t)/(x cos t + y sin t). */
export function atanFixed(y: bigint, x: bigint, n: number): bigint {
  const w = n + GUARD;
  const ratio = Number((y << 60n) / x) * 2 ** -60;
  const t = BigInt(Math.round(Math.atan(ratio) * 2 ** 60)) << BigInt(w - 60);
  const { sin, cos } = sinCosFixed(t, w);
  const u = (y * cos - x * sin << BigInt(w)) / (x * cos + y * sin);
  const square = u * u >> BigInt(w);
  let term = u;
  let sum = u;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = -(term * square >> BigInt(w));
    sum += term / (2n * k + 1n);
  }
  return t + sum >> BigInt(GUARD);
}
