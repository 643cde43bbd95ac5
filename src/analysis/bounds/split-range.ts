import type { Tracer } from './tracer';

/** Ranges up to here are not split further. */
const SMALL = 8;

/**
 * The range of an exact number on the current path. A wide one splits the path until its ends differ by a factor of two at most, so that the error of many iterations is not charged to
 * few. Null when it has no end.
 */
export function splitRange(t: Tracer, node: number, site: number): readonly [number, number] | null {
  for (;;) {
    const { lo, hi } = t.rangeHere(node);
    if (!(hi - lo < Infinity)) return null;
    if (hi <= SMALL || (lo > 0 && hi <= 2 * lo)) return [lo, hi];
    const middle = lo >= 1 ? Math.ceil(Math.sqrt(lo) * Math.sqrt(hi)) : SMALL;
    t.compare('lt', node, t.graph.exact(middle), site);
  }
}
