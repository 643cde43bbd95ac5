import { extremes } from './calibration';
import { histogram, type Histogram } from './histogram';

/** A clip range. */
export interface ClipRange {
  readonly low: number;
  readonly high: number;
}

/**
 * ONNX Runtime's percentile calibration (`HistogramCalibrater`, method percentile): symmetric on a histogram of magnitudes; otherwise half of the cut share on
 * each side of a histogram over [−t, t], t the largest magnitude. The result never exceeds the data's own extremes.
 */
export function onnxPercentile(x: ArrayLike<number>, percent: number, symmetric: boolean, bins = 2048): ClipRange {
  const range = extremes(x);
  if (symmetric) {
    const magnitude = magnitudeRange(x);
    const h = histogram(x, bins, magnitude.low, magnitude.high, { absolute: true, single: true });
    const high = h.edges[rank(h, percent / 100)];
    return clip({ low: -high, high }, range);
  }
  const h = histogram(x, bins, -range.absolute, range.absolute, { single: true });
  const cut = (1 - percent / 100) / 2;
  return clip({ low: h.edges[rank(h, cut)], high: h.edges[rank(h, 1 - cut)] }, range);
}

/**
 * ONNX Runtime's entropy calibration: a histogram over [−t, t], windows of i bins on each side of the middle, the window's counts merged into `quantizedBins` and
 * spread back, both smoothed by 10⁻⁴; the first window with the least divergence wins. With its default of 128 bins and 128 quantized bins there is one candidate,
 * the whole range (microsoft/onnxruntime#9597).
 */
export function onnxEntropy(x: ArrayLike<number>, bins = 128, quantizedBins = 128): ClipRange {
  const range = extremes(x);
  const { counts, edges } = histogram(x, bins, -range.absolute, range.absolute, { single: true });
  const zero = Math.floor(bins / 2);
  const half = Math.floor(quantizedBins / 2);
  let best: ClipRange = { low: 0, high: 0 };
  let least = Infinity;
  let found = false;
  for (let i = half; i <= zero; i++) {
    const start = zero - i;
    const end = Math.min(zero + i + 1, bins);
    const divergence = windowDivergence(counts, start, end, quantizedBins);
    if (!found || divergence < least) { least = divergence; best = { low: edges[start], high: edges[end] }; found = true; }
  }
  return clip(best, range);
}

function clip(r: ClipRange, range: { min: number; max: number }): ClipRange {
  return { low: Math.max(r.low, range.min), high: Math.min(r.high, range.max) };
}

function magnitudeRange(x: ArrayLike<number>): ClipRange {
  let low = Infinity;
  let high = 0;
  for (let i = 0; i < x.length; i++) {
    const v = Math.abs(x[i]);
    if (v < low) low = v;
    if (v > high && v < Infinity) high = v;
  }
  return low > high ? { low: 0, high: 0 } : { low, high };
}

function rank(h: Histogram, share: number): number {
  let total = 0;
  for (const c of h.counts) total += c;
  let cumulated = 0;
  for (let i = 0; i < h.counts.length; i++) {
    cumulated += h.counts[i] / total;
    if (cumulated >= share) return i;
  }
  return h.counts.length;
}

function windowDivergence(counts: Float64Array, start: number, end: number, quantizedBins: number): number {
  const window = counts.slice(start, end);
  const p = window.slice();
  for (let i = 0; i < start; i++) p[0] += counts[i];
  for (let i = end; i < counts.length; i++) p[p.length - 1] += counts[i];
  const merged = Math.floor(window.length / quantizedBins);
  const q = new Float64Array(p.length);
  for (let index = 0; index < quantizedBins; index++) {
    const from = index * merged;
    const to = index === quantizedBins - 1 ? window.length : from + merged;
    let sum = 0;
    for (let i = from; i < to; i++) sum += window[i];
    let filled = 0;
    for (let i = from; i < from + merged; i++) if (p[i] !== 0) filled++;
    // The peer's array is of integers, so the spread count is truncated.
    if (filled !== 0) for (let i = from; i < from + merged; i++) q[i] = Math.trunc(sum / filled);
  }
  if (!smooth(p) || !smooth(q)) return Infinity;
  return Math.fround(divergenceOf(p, q));
}

/** Moves 10⁻⁴ to each empty bin from the others; false when every bin is empty. */
function smooth(p: Float64Array): boolean {
  const epsilon = 0.0001;
  let zeros = 0;
  for (const v of p) if (v === 0) zeros++;
  if (zeros === p.length) return false;
  const taken = epsilon * zeros / (p.length - zeros);
  for (let i = 0; i < p.length; i++) p[i] = Math.fround(p[i] + (p[i] === 0 ? epsilon : -taken));
  return true;
}

/**
 * KL divergence in the peer's own arithmetic, binary32 with pairwise sums: on flat histograms several windows differ by less than its rounding, so that
 * nothing else picks the same one.
 */
function divergenceOf(p: Float64Array, q: Float64Array): number {
  const sumP = pairwiseSum(p, 0, p.length);
  const sumQ = pairwiseSum(q, 0, q.length);
  const terms = p.map((v, i) => {
    const a = Math.fround(v / sumP);
    return Math.fround(a * Math.log(a / Math.fround(q[i] / sumQ)));
  });
  return pairwiseSum(terms, 0, terms.length);
}

/** NumPy's pairwise sum in binary32: eight running sums in blocks of up to 128, halves above. */
function pairwiseSum(x: Float64Array, from: number, n: number): number {
  const f = Math.fround;
  if (n < 8) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum = f(sum + x[from + i]);
    return sum;
  }
  if (n <= 128) {
    const r = x.slice(from, from + 8);
    let i = 8;
    for (; i < n - (n % 8); i += 8) for (let k = 0; k < 8; k++) r[k] = f(r[k] + x[from + i + k]);
    let sum = f(f(f(r[0] + r[1]) + f(r[2] + r[3])) + f(f(r[4] + r[5]) + f(r[6] + r[7])));
    for (; i < n; i++) sum = f(sum + x[from + i]);
    return sum;
  }
  const half = Math.floor(n / 2) - Math.floor(n / 2) % 8;
  return f(pairwiseSum(x, from, half) + pairwiseSum(x, from + half, n - half));
}
