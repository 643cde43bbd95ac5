export function kahan(xs: number[]): number {
  let sum = 0;
  let c = 0;
  for (const x of xs) {
    const y = x - c;
    const t = sum + y;
    c = (t - sum) - y;
    sum = t;
  }
  return sum;
}

export function neumaier(xs: Iterable<number>): number {
  let sum = 0;
  let correction = 0;
  for (const x of xs) {
    const t = sum + x;
    if (Math.abs(sum) >= Math.abs(x)) correction += (sum - t) + x;
    else correction += (x - t) + sum;
    sum = t;
  }
  return sum + correction;
}

export function pairwise(xs: number[], from = 0, to = xs.length): number {
  if (to - from === 1) return xs[from];
  if (to === from) return 0;
  const middle = (from + to) >> 1;
  return pairwise(xs, from, middle) + pairwise(xs, middle, to);
}

export class Adder {
  private readonly partials = new Float64Array(32);
  private n = 0;
  add(x: number): this {
    const p = this.partials;
    let i = 0;
    for (let j = 0; j < this.n && j < 32; j++) {
      const y = p[j];
      const hi = x + y;
      const lo = Math.abs(x) < Math.abs(y) ? x - (hi - y) : y - (hi - x);
      if (lo) p[i++] = lo;
      x = hi;
    }
    p[i] = x;
    this.n = i + 1;
    return this;
  }
}

export class Welford {
  private count = 0;
  private mean = 0;
  private m2 = 0;
  push(x: number): void {
    this.count++;
    const delta = x - this.mean;
    this.mean += delta / this.count;
    this.m2 += delta * (x - this.mean);
  }
  variance(): number { return this.count > 1 ? this.m2 / (this.count - 1) : 0; }
}

export function twoPassVariance(xs: number[]): number {
  if (xs.length === 0) return NaN;
  const mean = neumaier(xs) / xs.length;
  let squares = 0;
  for (const x of xs) squares += (x - mean) ** 2;
  return squares / xs.length;
}

export function logSumExp(xs: number[]): number {
  let max = -Infinity;
  for (const x of xs) if (x > max) max = x;
  if (max === -Infinity) return -Infinity;
  let sum = 0;
  for (const x of xs) sum += Math.exp(x - max);
  return max + Math.log(sum);
}

export function softmax(xs: Float64Array): Float64Array {
  let max = -Infinity;
  for (let i = 0; i < xs.length; i++) max = Math.max(max, xs[i]);
  const out = new Float64Array(xs.length);
  let sum = 0;
  for (let i = 0; i < xs.length; i++) {
    out[i] = Math.exp(xs[i] - max);
    sum += out[i];
  }
  for (let i = 0; i < xs.length; i++) out[i] /= sum;
  return out;
}

export function geometricMean(xs: number[]): number {
  if (xs.length === 0) return NaN;
  let logs = 0;
  for (const x of xs) logs += Math.abs(Math.log(x));
  return Math.exp(logs / xs.length);
}

export function twoSum(a: number, b: number): [number, number] {
  const s = a + b;
  const bb = s - a;
  return [s, (a - (s - bb)) + (b - bb)];
}

export function countWords(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

export function totalCount(counts: Map<string, number>): number {
  let total = 0;
  for (const count of counts.values()) total += count;
  return total;
}

export function exponentialMovingAverage(xs: number[], alpha: number): number[] {
  let value = xs[0];
  return xs.map(x => { value += alpha * (x - value); return value; });
}
