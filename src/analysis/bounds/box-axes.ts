import { evaluateCase, type Box, type Measure } from './box';

/** Middle of an interval; the geometric one where the ends have one sign and differ by more than a factor of 8. */
export function splitPoint(lo: number, hi: number): number {
  if (lo > 0 && hi > 8 * lo) return Math.sqrt(lo) * Math.sqrt(hi);
  if (hi < 0 && lo < 8 * hi) return -Math.sqrt(-lo) * Math.sqrt(-hi);
  const m = lo / 2 + hi / 2;
  return Math.min(hi, Math.max(lo, m));
}

/** The side that is widest against the whole box, or, for one sign and a large ratio of ends, by its number of octaves. */
export function widestAxis(box: Box, width: Float64Array): number {
  let best = -1;
  let most = 0;
  for (let k = 0; k < width.length; k++) {
    const w = box.hi[k] - box.lo[k];
    const m = splitPoint(box.lo[k], box.hi[k]);
    if (!(w > 0) || m <= box.lo[k] || m >= box.hi[k]) continue;
    const ratio = box.lo[k] > 0 ? box.hi[k] / box.lo[k] : box.hi[k] < 0 ? box.lo[k] / box.hi[k] : 1;
    const score = Math.max(w / width[k], ratio > 2 ? Math.min(1, Math.log2(ratio) / 8) : 0);
    if (score > most) { most = score; best = k; }
  }
  return best;
}

/** The axis whose halves have the smallest sum of bounds. */
export function bestAxis(box: Box, width: Float64Array, measure: Measure): number {
  let best = -1;
  let least = Infinity;
  for (let k = 0; k < width.length; k++) {
    const middle = splitPoint(box.lo[k], box.hi[k]);
    if (middle <= box.lo[k] || middle >= box.hi[k]) continue;
    let sum = 0;
    for (const side of [0, 1]) {
      const half: Box = { ...box, lo: box.lo.slice(), hi: box.hi.slice(), bound: 0, rangeLo: Infinity, rangeHi: -Infinity };
      if (side === 0) half.hi[k] = middle; else half.lo[k] = middle;
      evaluateCase(half, measure);
      sum += half.bound;
    }
    if (sum < least) { least = sum; best = k; }
  }
  return best >= 0 ? best : widestAxis(box, width);
}
