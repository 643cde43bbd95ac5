import { histogram, type Histogram } from './histogram';

/** The largest magnitude and the extremes of the finite values. */
export interface Extremes {
  readonly min: number;
  readonly max: number;
  readonly absolute: number;
}

export function extremes(x: ArrayLike<number>): Extremes {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < x.length; i++) {
    const v = x[i];
    if (v < min && v > -Infinity) min = v;
    if (v > max && v < Infinity) max = v;
  }
  return min > max ? { min: 0, max: 0, absolute: 0 } : { min, max, absolute: Math.max(-min, max) };
}

/** Bins of the magnitude histograms, as TensorRT's calibrators have them. */
export const calibrationBins = 2048;

function magnitudes(x: ArrayLike<number>, bins: number): Histogram {
  return histogram(x, bins, 0, extremes(x).absolute, { absolute: true, single: true });
}

/** Clip threshold below which at least `percent` % of the magnitudes lie, on a histogram (NVIDIA's rule). */
export function percentileThreshold(x: ArrayLike<number>, percent: number, bins = calibrationBins): number {
  const { counts, edges } = magnitudes(x, bins);
  return Math.fround(edges[rankIndex(counts, percent / 100)]);
}

/** First bin whose cumulative share reaches `share`; the number of bins when rounding keeps the total below it. */
function rankIndex(counts: Float64Array, share: number): number {
  let total = 0;
  for (const c of counts) total += c;
  let cumulated = 0;
  for (let i = 0; i < counts.length; i++) {
    cumulated += counts[i] / total;
    if (cumulated >= share) return i;
  }
  return counts.length;
}

/**
 * Clip threshold that minimises KL(P‖Q) between the magnitudes clipped at i bins and their quantization to 2^(bits−1) levels (2^bits when unsigned), as
 * NVIDIA's calibrators compute it: 2048 bins, i = 128, 128 + stride, …; bin 0 is replaced by bin 1 (so that exact zeros do not dominate), outliers are added
 * to the last kept bin, empty bins stay empty; of equal divergences the last wins. A window without any value has no divergence (0/0); there NVIDIA's minimum picks it,
 * the largest of them, which clips everything when no value is near zero. `emptyWindows: 'skipped'` leaves such windows out.
 */
export function entropyThreshold(x: ArrayLike<number>, options: { readonly bits?: number; readonly unsigned?: boolean; readonly stride?: number; readonly startBin?: number; readonly bins?: number; readonly emptyWindows?: 'chosen' | 'skipped' } = {}): number {
  const { bits = 8, unsigned = false, stride = 4, startBin = 128, bins = calibrationBins, emptyWindows = 'chosen' } = options;
  const { counts, edges } = magnitudes(x, bins);
  if (bins > 1) counts[0] = counts[1];
  const levels = 2 ** (bits - 1 + (unsigned ? 1 : 0));
  const tail = new Float64Array(bins + 1);
  for (let i = bins - 1; i >= 0; i--) tail[i] = tail[i + 1] + counts[i];
  let best = bins;
  let least = Infinity;
  for (let i = Math.min(startBin, bins); i <= bins; i += stride) {
    const empty = tail[i] === tail[0];
    const divergence = empty ? (emptyWindows === 'chosen' ? -Infinity : Infinity) : clippedDivergence(counts, i, tail[i], levels);
    if (divergence <= least) { least = divergence; best = i; }
  }
  return Math.fround(edges[best]);
}

/** KL divergence of the first `kept` bins (outliers in the last) from their image on `levels` equal cells. */
function clippedDivergence(counts: Float64Array, kept: number, outliers: number, levels: number): number {
  const sums = new Float64Array(levels);
  const filled = new Float64Array(levels);
  const cell = (i: number): number => cellOf(i, kept, levels);
  for (let i = 0; i < kept; i++) {
    if (counts[i] === 0) continue;
    sums[cell(i)] += counts[i];
    filled[cell(i)]++;
  }
  if (outliers > 0 && counts[kept - 1] === 0) return Infinity;
  let total = outliers;
  let image = 0;
  for (let i = 0; i < kept; i++) {
    total += counts[i];
    if (counts[i] !== 0) image += sums[cell(i)] / filled[cell(i)];
  }
  let divergence = 0;
  for (let i = 0; i < kept; i++) {
    const p = (counts[i] + (i === kept - 1 ? outliers : 0)) / total;
    if (p > 0) divergence += p * Math.log(p / (sums[cell(i)] / filled[cell(i)] / image));
  }
  return divergence;
}

/** Index of the cell of [0, kept] in `levels` equal parts that holds the integer i (a point on an edge belongs to the cell above). */
function cellOf(i: number, kept: number, levels: number): number {
  return Math.min(Math.floor(i * levels / kept), levels - 1);
}

/**
 * Clip threshold with the least squared quantization error, for `levels` steps on each side of zero (127 for symmetric int8): candidates are the edges of 2048
 * bins; small arrays are measured exactly, large ones through the bins' centres.
 */
export function mseThreshold(x: ArrayLike<number>, levels: number): number {
  const { absolute } = extremes(x);
  if (absolute === 0) return 0;
  const { counts, edges } = magnitudes(x, calibrationBins);
  const exact = x.length <= calibrationBins;
  const values = exact ? Float64Array.from({ length: x.length }, (_, i) => Math.abs(x[i])).filter(v => v < Infinity) : edges.subarray(0, calibrationBins).map((edge, i) => (edge + edges[i + 1]) / 2);
  let best = absolute;
  let least = Infinity;
  const first = Math.min(calibrationBins, Math.max(1, Math.floor(calibrationBins / 16)));
  for (let k = first; k <= calibrationBins; k++) {
    const threshold = k === calibrationBins ? absolute : edges[k];
    const error = squaredError(values, exact ? undefined : counts, threshold, threshold / levels, least);
    if (error <= least) { least = error; best = threshold; }
  }
  return best;
}

function squaredError(values: Float64Array, weights: Float64Array | undefined, threshold: number, step: number, stopAt: number): number {
  let error = 0;
  for (let i = 0; i < values.length && error <= stopAt; i++) {
    const y = values[i] >= threshold ? threshold : Math.round(values[i] / step) * step;
    error += (weights ? weights[i] : 1) * (values[i] - y) ** 2;
  }
  return error;
}
