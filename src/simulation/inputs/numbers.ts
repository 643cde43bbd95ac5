/** Where numbers come from. */
export interface Draw {
  /** Uniform in [0, 1). */
  readonly random: () => number;
  /** Share of edge cases. */
  readonly edge: number;
  /** Length of arrays, and value of counts. */
  readonly size: number;
  /** This case takes this end of every declared range. */
  readonly end: 'lo' | 'hi' | null;
}

/** Names that count or index: they get small positive integers, because such parameters usually bound loops. */
export function isCountName(name: string): boolean {
  return /^(n|m|k|i|j|count|size|length|len|order|degree|depth|level|levels|steps?|iterations?|iters?|maxIter(ations)?|terms|samples|rank|width|height|rows|cols|columns|dim|dimension|index|seed|bits|digits|precision)$/i.test(name)
    || /(Count|Size|Length|Steps|Iterations|Index|Terms)$/.test(name);
}

const edges = [0, -0, 1, -1, 2, 0.5, Number.MIN_VALUE, 2 ** -1022, 2 ** -24, 2 ** -14, 65504, 65520, 1e-8, 1e8, 2 ** 24 + 1, 2 ** 53 - 1, Number.MAX_VALUE, -Number.MAX_VALUE];

/** ±10^U(−4, 4) half the time, U(−10, 10) the other half: magnitudes that people use. Edge cases come from zeros, subnormals, thresholds of formats, extremes. */
export function everyday(draw: Draw): number {
  const u = draw.random();
  if (draw.random() < draw.edge) return edges[Math.floor(u * edges.length)];
  if (draw.edge === 0 || u < 0.5) return Math.round((draw.random() * 20 - 10) * 1e4) / 1e4;
  return (draw.random() < 0.5 ? -1 : 1) * 10 ** (draw.random() * 8 - 4);
}

/** A number of [lo, hi], ends included: uniform, or with the magnitude's logarithm uniform when the range spans more than three decades. Infinite ends stand for 1e30. */
export function numberIn(lo: number, hi: number, draw: Draw): number {
  const low = Math.max(lo, -1e30);
  const high = Math.min(hi, 1e30);
  if (draw.end !== null) return draw.end === 'lo' ? low : high;
  const u = draw.random();
  if (draw.random() < draw.edge) {
    const inside = [low, high, 0, 1, low + (high - low) / 2, low / 2, high / 2, Math.sign(high) * Math.min(Math.abs(high), 2 ** -24)].filter(x => x >= low && x <= high);
    return inside[Math.floor(u * inside.length)];
  }
  const largest = Math.max(Math.abs(low), Math.abs(high));
  const smallest = low > 0 ? low : high < 0 ? -high : largest * 1e-6;
  if (draw.edge > 0 && largest / smallest > 1e3 && draw.random() < 0.5) {
    const magnitude = Math.min(largest, smallest * (largest / smallest) ** u);
    const signed = low >= 0 || (high > 0 && draw.random() < 0.5) ? magnitude : -magnitude;
    if (signed >= low && signed <= high) return signed;
  }
  return Math.min(high, Math.max(low, low + u * (high - low)));
}

/** An integer of [lo, hi], ends included. */
export function integerOf(lo: number, hi: number, draw: Draw): number {
  if (draw.end !== null) return draw.end === 'lo' ? lo : hi;
  if (draw.random() < draw.edge) return draw.random() < 0.5 ? lo : hi;
  return Math.min(hi, lo + Math.floor(draw.random() * (hi - lo + 1)));
}
