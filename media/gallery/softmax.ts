/**
 * @gallery Softmax, log-sum-exp and their overflow
 * @lesson Subtract the maximum before exp: the quotient is the same real number and nothing overflows.
 * @simulate compare fp64 fp32 bf16 fp16
 * @inputs {"cases": [[[1, 2, 12]], [[10, 11, 12]]]}
 * @outcome In fp16 exp(12) overflows (65504 is the largest finite value, exp passes it at 11.09), so the naive quotient is NaN; the stable one is right to 3 digits.
 * @source Blanchard, Higham and Higham 2021, Accurately computing the log-sum-exp and softmax functions.
 *
 * `compare` runs `naiveSoftmax` and `stableSoftmax` on the same logits. The NaN is born at the division Infinity / Infinity, but the blame is at Math.exp.
 */

/** exp(x_i) / Σ exp(x_j), as in the textbook. */
export function naiveSoftmax(logits: number[]): number[] {
  const exps = logits.map(x => Math.exp(x));
  let total = 0;
  for (const e of exps) total += e;
  return exps.map(e => e / total);
}

/** The same quotient after numerator and denominator are divided by exp(max): every exponent is ≤ 0, the largest term is 1. */
export function stableSoftmax(logits: number[]): number[] {
  let max = -Infinity;
  for (const x of logits) max = Math.max(max, x);
  const exps = logits.map(x => Math.exp(x - max));
  let total = 0;
  for (const e of exps) total += e;
  return exps.map(e => e / total);
}

/** log Σ exp(x_j) without the shift: overflows together with its largest term. */
export function naiveLogSumExp(logits: number[]): number {
  let total = 0;
  for (const x of logits) total += Math.exp(x);
  return Math.log(total);
}

/** log Σ exp(x_j) = max + log Σ exp(x_j - max). */
export function stableLogSumExp(logits: number[]): number {
  let max = -Infinity;
  for (const x of logits) max = Math.max(max, x);
  let total = 0;
  for (const x of logits) total += Math.exp(x - max);
  return max + Math.log(total);
}

/** The naive and the stable quotient of the same logits. */
export function compare(logits: number[]): { naive: number[]; stable: number[] } {
  return { naive: naiveSoftmax(logits), stable: stableSoftmax(logits) };
}
