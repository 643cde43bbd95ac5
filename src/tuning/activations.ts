import { activationNames, type ActivationName } from '../protocol/expressiveness';

/** An activation function by its usual name; `erf`-based GELU, not the tanh approximation. */
export interface Activation {
  readonly id: ActivationName;
  readonly title: string;
  readonly value: (x: number) => number;
}

/**
 * erf to an error of a few ulps: for |x| < 3 the series e^(−x²) Σ 2ⁿ x^(2n+1)/(2n+1)!! (all terms positive), else 1 − erfc by its continued fraction.
 * Abramowitz and Stegun 7.1.6 and 7.1.14.
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < 6)) return x !== x ? NaN : Math.sign(x);
  if (a < 3) {
    let term = a;
    let sum = a;
    for (let n = 1; term > 1e-18 * sum; n++) {
      term *= (2 * a * a) / (2 * n + 1);
      sum += term;
    }
    return Math.sign(x) * (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a) * sum;
  }
  let fraction = a;
  for (let n = 60; n >= 1; n--) fraction = a + n / 2 / fraction;
  return Math.sign(x) * (1 - Math.exp(-a * a) / Math.sqrt(Math.PI) / fraction);
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

const values: Record<ActivationName, (x: number) => number> = {
  relu: x => Math.max(0, x),
  elu: x => (x > 0 ? x : Math.expm1(x)),
  silu: x => x / (1 + Math.exp(-x)),
  mish: x => x * Math.tanh(softplus(x)),
  gelu: x => (x / 2) * (1 + erf(x / Math.SQRT2)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  tanh: Math.tanh,
};

export const activations: readonly Activation[] = activationNames.map(({ id, title }) => ({ id, title, value: values[id] }));

export function findActivation(id: string): Activation | undefined {
  return activations.find(a => a.id === id.toLowerCase());
}
