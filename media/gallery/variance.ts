/**
 * @gallery Variance: textbook formula against Welford
 * @lesson Subtracting two large, nearly equal numbers keeps only their rounding errors.
 * @simulate naiveVariance fp64 fp32 fp16
 * @inputs {"cases": [[[100.1, 100.2, 100.3, 100.4]], [[1, 2, 3, 4]]]}
 * @outcome In fp32 the naive variance of 100.1 … 100.4 is 0.0146 instead of 0.0125; Welford's has four correct digits, as many as the rounded data allow. In fp16 the naive one is 0.
 * @source Chan, Golub and LeVeque 1983; Welford 1962; Kahan 1965; Higham 2002, sections 1.9 and 4.
 *
 * Simulate `naiveVariance`: the error is born in `squares` and becomes visible at the subtraction, which cancels the leading bits. `welfordVariance` and
 * `twoPassVariance` never form large squares. `naiveSum`, `kahanSum` and `pairwiseSum` show the same for plain sums.
 */

/** E[x²] − E[x]²: one pass, and a subtraction of two numbers near mean². */
export function naiveVariance(xs: number[]): number {
  let sum = 0;
  let squares = 0;
  for (const x of xs) {
    sum += x;
    squares += x * x;
  }
  const mean = sum / xs.length;
  return squares / xs.length - mean * mean;
}

/** Welford's update: the running mean and the running sum of squared deviations from it. */
export function welfordVariance(xs: number[]): number {
  let mean = 0;
  let deviations = 0;
  let n = 0;
  for (const x of xs) {
    n++;
    const delta = x - mean;
    mean += delta / n;
    deviations += delta * (x - mean);
  }
  return deviations / xs.length;
}

/** The mean first, then the mean of squared deviations. */
export function twoPassVariance(xs: number[]): number {
  let sum = 0;
  for (const x of xs) sum += x;
  const mean = sum / xs.length;
  let deviations = 0;
  for (const x of xs) deviations += (x - mean) * (x - mean);
  return deviations / xs.length;
}

/** count × value, one addition at a time: in fp16 a sum of ones stops at 2048. */
export function naiveSum(value: number, count: number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += value;
  return sum;
}

/** Kahan's compensated sum: `lost` carries what each addition rounded away into the next one. */
export function kahanSum(value: number, count: number): number {
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < count; i++) {
    const term = value - lost;
    const next = sum + term;
    lost = (next - sum) - term;
    sum = next;
  }
  return sum;
}

/** Halves first: the error grows with log2(n) instead of n. */
export function pairwiseSum(xs: number[]): number {
  if (xs.length === 0) return 0;
  if (xs.length === 1) return xs[0];
  const middle = xs.length >> 1;
  return pairwiseSum(xs.slice(0, middle)) + pairwiseSum(xs.slice(middle));
}
