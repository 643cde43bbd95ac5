/**
 * @gallery What a fixed-point network can express
 * @lesson Whether a quantized network can reach every value depends on one greatest common divisor.
 * @simulate reachable fp64
 * @inputs {"cases": [["relu", 3, 2], ["sigmoid", 1, 1], ["tanh", 2, 1]]}
 * @outcome ReLU reaches every value of Q(3,2); the verdict is `missing: 0` exactly when the activation's differences have a product on the finest grid.
 * @source Universal approximation under fixed-point arithmetic: condition S = Q(p,s) with S° = b + g·ℤ; Cybenko 1989, Leshno et al. 1993, Yarotsky 2017 for the real case.
 *
 * Q(p,s) are the values q / 2^s with |q| ≤ 2^p − 1. `differences` are all ⌊σ⌉(x) − ⌊σ⌉(y); sums Σ w·v with weights in Q(p,s) reach the multiples of g, the greatest
 * common divisor of the products on the grid of step 2^−2s. Every value of Q(p,s) is reached when those multiples, rounded, meet every cell.
 */

type Activation = 'relu' | 'elu' | 'silu' | 'mish' | 'gelu' | 'sigmoid' | 'tanh';

/** Abramowitz and Stegun 7.1.26 is too coarse here: a series for small arguments and a continued fraction for large ones. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  let term = a;
  let sum = a;
  for (let n = 1; n < 120; n++) {
    term *= (-a * a) / n;
    sum += term / (2 * n + 1);
  }
  return Math.sign(x) * Math.min(1, (2 / Math.sqrt(Math.PI)) * sum);
}

function activate(kind: Activation, x: number): number {
  switch (kind) {
    case 'relu': return Math.max(0, x);
    case 'elu': return x > 0 ? x : Math.expm1(x);
    case 'silu': return x / (1 + Math.exp(-x));
    case 'mish': return x * Math.tanh(Math.log1p(Math.exp(x)));
    case 'gelu': return (x / 2) * (1 + erf(x / Math.SQRT2));
    case 'sigmoid': return 1 / (1 + Math.exp(-x));
    case 'tanh': return Math.tanh(x);
  }
}

/** Nearest multiple of 2^−s as an integer count, ties away from zero, clamped to |q| ≤ 2^p − 1. */
function code(x: number, p: number, s: number): number {
  const scaled = x * 2 ** s;
  const rounded = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
  const limit = 2 ** p - 1;
  return Math.max(-limit, Math.min(limit, rounded));
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** g in units of 2^−2s, and how many values of Q(p,s) no rounded multiple of g (with the best offset b on the grid 2^−s) meets. */
export function reachable(kind: Activation, p: number, s: number): { g: number; missing: number } {
  const limit = 2 ** p - 1;
  const images: number[] = [];
  for (let q = -limit; q <= limit; q++) images.push(code(activate(kind, q / 2 ** s), p, s));
  let g = 0;
  for (const a of images) for (const b of images) g = gcd(g, Math.abs(a - b));
  const unit = 2 ** s;
  let best = 2 * limit + 1;
  for (let offset = 0; offset < Math.max(1, Math.ceil(g / unit)); offset++) {
    let missing = 0;
    for (let q = -limit; q <= limit; q++) {
      const nearest = g === 0 ? offset * unit : offset * unit + g * Math.round((q * unit - offset * unit) / g);
      if (code(nearest / (unit * unit), p, s) !== q) missing += 1;
    }
    best = Math.min(best, missing);
  }
  return { g, missing: best };
}
