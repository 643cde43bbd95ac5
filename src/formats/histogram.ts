/** Counts over equal bins of [low, high], the last bin closed: NumPy's `histogram`, whose edges decide where the scaled index is off by a rounding error. */
export interface Histogram {
  readonly counts: Float64Array;
  /** One more than there are counts. */
  readonly edges: Float64Array;
}

/** Values outside [low, high] and NaN are left out. `single` rounds the edges and the index arithmetic to binary32, as NumPy does for float32 data. */
export function histogram(x: ArrayLike<number>, bins: number, low: number, high: number, options: { readonly absolute?: boolean; readonly single?: boolean } = {}): Histogram {
  const round = options.single ? Math.fround : (v: number): number => v;
  const [first, last] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  const step = round(round(last - first) / bins);
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => i === bins ? last : round(round(i * step) + first));
  const counts = new Float64Array(bins);
  const width = round(last - first);
  for (let k = 0; k < x.length; k++) {
    const v = options.absolute ? Math.abs(x[k]) : x[k];
    if (!(v >= first && v <= last)) continue;
    let index = Math.floor(round(round(round(v - first) / width) * bins));
    if (index === bins) index--;
    if (v < edges[index]) index--;
    else if (index !== bins - 1 && v >= edges[index + 1]) index++;
    counts[index]++;
  }
  return { counts, edges };
}
