/** Loops and sums over arrays, many of them of unknown length: summarised, not unrolled. Run and bounded by `array-kernels.test.ts`. */

/** @range xs [0, 1] @range xs.length [1, 3000] */
export function sum(xs: number[]): number {
  let s = 0;
  for (let i = 0; i < xs.length; i++) s += xs[i];
  return s;
}

/** @range xs [0, 1] @range xs.length [1, 3000] */
export function mean(xs: number[]): number {
  let s = 0;
  for (const x of xs) s += x;
  return s / xs.length;
}

/** @range xs [-1, 1] @range xs.length [3000, 3000] */
export function sumOfSquares(xs: number[]): number {
  return xs.reduce((s, x) => s + x * x, 0);
}

/** @range xs [0, 1] @range xs.length [2, 3000] */
export function kahan(xs: number[]): number {
  let s = 0, c = 0;
  for (const x of xs) {
    const y = x - c;
    const t = s + y;
    c = t - s - y;
    s = t;
  }
  return s;
}

/** @range xs [-1, 1] @range xs.length [3000, 3000] */
export function neumaier(xs: number[]): number {
  let s = 0, c = 0;
  for (const x of xs) {
    const t = s + x;
    if (Math.abs(s) >= Math.abs(x)) c += s - t + x;
    else c += x - t + s;
    s = t;
  }
  return s + c;
}

/** @range xs [-5, 5] @range xs.length [1, 2000] */
export function smoothed(xs: number[]): number {
  let m = 0;
  for (const x of xs) m = 0.9 * m + 0.1 * x;
  return m;
}

/** @range xs [-1, 1] @range xs.length [1, 2000] */
export function secondOrder(xs: number[]): number {
  let y1 = 0, y2 = 0, x1 = 0, x2 = 0;
  for (const x of xs) {
    const y = 0.2 * x + 0.4 * x1 + 0.2 * x2 + 0.5 * y1 - 0.2 * y2;
    x2 = x1;
    x1 = x;
    y2 = y1;
    y1 = y;
  }
  return y1;
}

/** @range xs [0, 10] @range xs.length [10, 1000] */
export function sampleVariance(xs: number[]): number {
  let mean = 0;
  for (const x of xs) mean += x;
  mean /= xs.length;
  let v = 0;
  for (const x of xs) v += (x - mean) ** 2;
  return v / (xs.length - 1);
}

/** @range xs [0.5, 1] @range xs.length [1, 500] */
export function product(xs: number[]): number {
  return xs.reduce((p, x) => p * x, 1);
}

/** @range xs [0.5, 1] @range xs.length [2, 500] */
export function spread(xs: number[]): number {
  let lo = Infinity, hi = -Infinity;
  for (const x of xs) {
    lo = Math.min(lo, x);
    hi = Math.max(hi, x);
  }
  return hi - lo;
}

/** @range xs [0, 1] @range xs.length [1, 3000] */
export function saturating(xs: number[]): number {
  let s = 0;
  for (const x of xs) {
    s = 0.9 * s + 0.3 * x;
    if (s > 1) s = 1;
  }
  return s;
}

/** @range xs [-1, 1] @range xs.length [1, 3000] */
export function alternating(xs: number[]): number {
  let s = 0;
  for (let i = 0; i < xs.length; i++) {
    if (i % 2 === 0) s += xs[i] / 3;
    else s -= xs[i] / 3;
  }
  return s;
}

/** @range xs [0, 1] @range xs.length [1, 3000] */
export function singleSum(xs: Float32Array): number {
  let s = 0;
  for (let i = 0; i < xs.length; i++) s = Math.fround(s + xs[i]);
  return s;
}

/** @range c [-1, 1] @range c.length [1, 30] @range x [-0.5, 0.5] */
export function horner(c: number[], x: number): number {
  let s = 0;
  for (let i = c.length - 1; i >= 0; i--) s = s * x + c[i];
  return s;
}

/** @range n [1, 5000] */
export function harmonic(n: number): number {
  let s = 0;
  for (let k = 1; k <= n; k++) s += 1 / k;
  return s;
}

/** @range r [0.01, 0.05] @range n [1, 40] */
export function compound(r: number, n: number): number {
  let p = 1;
  for (let k = 0; k < n; k++) p = p * (1 + r);
  return p;
}

/** @range x [0.5, 1] @range v [-0.1, 0.1] */
export function damped(x: number, v: number): number {
  for (let i = 0; i < 5000; i++) {
    const a = -x - 0.5 * v;
    v = v + 0.1 * a;
    x = x + 0.1 * v;
  }
  return x;
}

/** @range x [0, 1] */
export function contraction(x: number): number {
  let s = x;
  for (let i = 0; i < 5000; i++) s = 0.5 * Math.sin(s) + 0.3;
  return s;
}

/** @range m [-10, 10] */
export function controlled(m: number): number {
  let integral = 0, last = 0, t = 0;
  while (t < 5.9) {
    const e = 5 - m;
    integral = integral + 0.138 * e;
    m = m + 0.01 * (9.4514 * e + integral + 2.8454 * 5 * (e - last));
    last = e;
    t = t + 0.2;
  }
  return m;
}

/** @range xs [0, 1] @range xs.length [8, 8] */
export function inPlace(xs: number[]): number {
  for (let i = 1; i < xs.length; i++) xs[i] = 0.5 * xs[i] + 0.5 * xs[i - 1];
  return xs[7];
}
