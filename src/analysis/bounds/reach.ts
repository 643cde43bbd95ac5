import type { Graph } from './graph';
import type { Case } from './box';
import type { SearchResult } from './search';
import { errorAt, PointRun } from './point-run';
import type { SweepOptions } from './sweep';

export interface ReachedPoint {
  readonly error: number;
  readonly at: readonly number[];
}

/**
 * Looks for a large actual error: the program is run in its format and in double-double at points of the box, most of them where the bound is largest, and the best
 * points are improved by local steps. A lower bound of the true worst error (to the accuracy of double-double), so that a reader sees how sharp the bound is.
 */
export function reach(graph: Graph, cases: readonly Case[], found: SearchResult, lo: Float64Array, hi: Float64Array, options: SweepOptions, milliseconds: number): ReachedPoint | null {
  const paths = cases.filter(c => !c.unstable);
  const runs = paths.map(c => new PointRun(graph, c, options));
  const until = performance.now() + milliseconds;
  let seed = 0x2545f491;
  const random = (): number => {
    seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5;
    return (seed >>> 0) / 2 ** 32;
  };
  const round = options.inputs.round;
  const place = (k: number, t: number, l: Float64Array, h: Float64Array): number => Math.min(hi[k], Math.max(lo[k], round(l[k] + t * (h[k] - l[k]))));
  let best: ReachedPoint | null = null;
  const tryPoint = (x: Float64Array): void => {
    const error = errorAt(runs, x).error;
    if (!best || error > best.error) best = { error, at: [...x] };
  };
  const near = found.worst ?? { lo, hi };
  for (let c = 0; c < Math.min(64, 1 << lo.length); c++) tryPoint(Float64Array.from(lo, (l, k) => round(c >> k & 1 ? hi[k] : l)));
  for (let n = 0; performance.now() < until; n++) {
    for (let j = 0; j < 16; j++) {
      const phase = (n * 16 + j) % 4;
      const b = best as ReachedPoint | null;
      if (phase === 0 || !b) tryPoint(Float64Array.from(lo, (_, k) => place(k, random(), near.lo, near.hi)));
      else if (phase === 1) tryPoint(Float64Array.from(lo, (_, k) => place(k, random(), lo, hi)));
      else {
        // A step of random size around the best point, in some of the coordinates.
        const scale = 2 ** (-random() * (phase === 2 ? 12 : 45));
        tryPoint(Float64Array.from(lo, (_, k) => (random() < 0.5 ? b.at[k] : Math.min(hi[k], Math.max(lo[k], round(b.at[k] + (random() - 0.5) * scale * (hi[k] - lo[k])))))));
      }
    }
  }
  const final = best as ReachedPoint | null;
  return final && final.error >= 0 ? final : null;
}
