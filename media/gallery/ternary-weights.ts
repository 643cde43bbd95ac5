/**
 * @gallery Ternary weights
 * @lesson With weights in {−1, 0, 1} and one scale, products become additions.
 * @simulate ternaryDot fp32 fp16
 * @inputs {"cases": [[[0.9, -0.1, 0.05, -1.2], [1, 2, 3, 4]]]}
 * @outcome ternaryDot needs one multiplication; its relative error against the real dot product is moderate and it keeps the sign of large results.
 * @source Ma et al. 2024, The era of 1-bit LLMs (absmean scale); Li et al. 2016, Ternary weight networks.
 */

/** Scale = mean |w|, codes = round(w / scale) clamped to −1 … 1. */
export function ternarize(weights: number[]): { scale: number; codes: number[] } {
  let scale = 0;
  for (const w of weights) scale += Math.abs(w) / weights.length;
  if (scale === 0) return { scale, codes: weights.map(() => 0) };
  return { scale, codes: weights.map(w => Math.max(-1, Math.min(1, Math.round(w / scale)))) };
}

/** Σ w x with ternary weights: additions and subtractions, then one product. */
export function ternaryDot(weights: number[], x: number[]): number {
  const { scale, codes } = ternarize(weights);
  let sum = 0;
  for (let i = 0; i < x.length; i++) {
    if (codes[i] > 0) sum += x[i];
    else if (codes[i] < 0) sum -= x[i];
  }
  return scale * sum;
}

/** Correlation between real and ternary dot products over pseudo-random normal vectors: how much of the layer survives. */
export function fidelity(size: number, count: number, seed: number): number {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const weights = Array.from({ length: size }, normal);
  let products = 0;
  let exactSquares = 0;
  let ternarySquares = 0;
  for (let n = 0; n < count; n++) {
    const x = Array.from({ length: size }, normal);
    let exact = 0;
    for (let i = 0; i < size; i++) exact += weights[i] * x[i];
    const ternary = ternaryDot(weights, x);
    products += exact * ternary;
    exactSquares += exact * exact;
    ternarySquares += ternary * ternary;
  }
  return products / Math.sqrt(exactSquares * ternarySquares);
}
