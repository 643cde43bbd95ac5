import type { Interval } from '../../exact';
import { bestAxis, splitPoint, widestAxis } from './box-axes';
import { BoxHeap } from './box-heap';
import { evaluateCase, type Box, type Case, type Measure } from './box';

export interface Budget {
  readonly evaluations: number;
  /** Milliseconds by the clock `now`; the search ends at the first box after it. */
  readonly milliseconds: number;
  readonly now: () => number;
  readonly cancelled?: () => boolean;
}

export interface SearchResult {
  /** Sound bound of the measure over the whole box. */
  readonly upper: number;
  /** Value of the same bound at one point: what no further search can get below. */
  readonly lower: number;
  readonly evaluations: number;
  /** Box where the bound is reached, and its case. */
  readonly worst: { readonly lo: Float64Array; readonly hi: Float64Array; readonly of: Case } | null;
  /** Hull of exact and computed results over all boxes; empty ends when no path is feasible. */
  readonly range: Interval;
  readonly troubles: readonly { readonly site: number; readonly reason: string; readonly lo: Float64Array; readonly hi: Float64Array }[];
  readonly complete: boolean;
}
/** The search ends when the bound is this close to its value at a point … */
const STOP_RATIO = 1.02;
/** … or this close, and the last `LOOK` evaluations have gained less than this. */
const NEAR = 1.05;
const GAIN = 0.985;
const LOOK = 200;

/** Evaluations between two yields of the search: a millisecond or so. */
const SLICE = 32;

/** Best-first branch and bound over boxes of inputs; sound whenever it is stopped. Yields the best bound so far, often enough for a caller that shares its thread. */
export function* searching(cases: readonly Case[], lo: Float64Array, hi: Float64Array, measure: Measure, budget: Budget, tryAll = false): Generator<number, SearchResult, void> {
  const width = Float64Array.from(lo, (l, k) => hi[k] - l);
  const heap = new BoxHeap();
  let lower = 0;
  let evaluations = 0;
  let rangeLo = Infinity;
  let rangeHi = -Infinity;
  const started = budget.now();
  const evaluate = (of: Case, boxLo: Float64Array, boxHi: Float64Array, depth: number): Box => {
    evaluations++;
    const box: Box = { of, lo: boxLo, hi: boxHi, bound: 0, rangeLo: Infinity, rangeHi: -Infinity, trouble: null, depth };
    evaluateCase(box, measure);
    return box;
  };
  const keep = (box: Box): void => {
    if (box.rangeLo > box.rangeHi && box.bound < Infinity) return;
    if (box.bound > 0 || box.trouble) heap.push(box);
    else leaf(box);
  };
  const leaf = (box: Box): void => {
    if (box.rangeLo < rangeLo) rangeLo = box.rangeLo;
    if (box.rangeHi > rangeHi) rangeHi = box.rangeHi;
  };
  const probe = (of: Case, at: Float64Array): void => {
    const box = evaluate(of, at, at, 0);
    if (box.bound < Infinity && box.bound > lower) lower = box.bound;
  };
  for (const of of cases) {
    keep(evaluate(of, lo, hi, 0));
    if (lo.length <= 4 && measure === 'absolute') for (let c = 0; c < 1 << lo.length; c++) probe(of, Float64Array.from(lo, (l, k) => (c >> k & 1 ? hi[k] : l)));
  }
  const splittable = width.some(w => w > 0);
  const finished: Box[] = [];
  let complete = true;
  let nextYield = SLICE;
  let popped = 0;
  let nextLook = LOOK;
  let lookBound = Infinity;
  while (heap.size > 0) {
    const top = heap.top();
    if (top.bound <= lower * STOP_RATIO) break;
    if (evaluations >= budget.evaluations || ((evaluations & 15) === 0 && (budget.now() - started > budget.milliseconds || budget.cancelled?.()))) { complete = false; break; }
    if (evaluations >= nextLook) {
      // Where many places are equally bad, what is left to gain is not worth refining them all.
      if (top.bound > GAIN * lookBound && top.bound <= lower * NEAR) break;
      nextLook = evaluations + LOOK;
      lookBound = top.bound;
    }
    heap.pop();
    if (evaluations >= nextYield) {
      nextYield = evaluations + SLICE;
      yield top.bound;
    }
    const axis = splittable ? (tryAll ? bestAxis(top, width, measure) : widestAxis(top, width)) : -1;
    if (axis < 0) {
      finished.push(top);
      if (top.bound === Infinity) { complete = false; break; }
      lower = Math.max(lower, top.bound);
      continue;
    }
    const middle = splitPoint(top.lo[axis], top.hi[axis]);
    const leftHi = top.hi.slice();
    leftHi[axis] = middle;
    const rightLo = top.lo.slice();
    rightLo[axis] = middle;
    popped++;
    let better: Box | null = null;
    for (const [l, h] of [[top.lo, leftHi], [rightLo, top.hi]]) {
      const box = evaluate(top.of, l, h, top.depth + 1);
      if (box.bound > top.bound) {
        // What holds for the whole holds for the part.
        box.bound = top.bound;
        box.trouble = null;
      }
      if (box.bound === top.bound && !(box.rangeLo <= box.rangeHi)) {
        box.rangeLo = top.rangeLo;
        box.rangeHi = top.rangeHi;
      }
      if (!better || box.bound > better.bound) better = box;
      keep(box);
    }
    if (better && better.bound > lower) {
      const { lo: l, hi: h } = better;
      probe(top.of, Float64Array.from(l, (x, k) => ((popped & 1) === 0 || l.length === 1 ? splitPoint(x, h[k]) : corner(popped, k) ? h[k] : x)));
    }
  }
  let worst: Box | null = null;
  const troubles: { site: number; reason: string; lo: Float64Array; hi: Float64Array }[] = [];
  for (const box of [...heap.all(), ...finished]) {
    leaf(box);
    if (box.trouble && !troubles.some(t => t.site === box.trouble!.site && t.reason === box.trouble!.reason)) troubles.push({ ...box.trouble, lo: box.lo, hi: box.hi });
    if (!worst || box.bound > worst.bound) worst = box;
  }
  return {
    upper: Math.max(worst ? worst.bound : 0, lower), lower, evaluations, worst: worst && { lo: worst.lo, hi: worst.hi, of: worst.of },
    range: rangeLo <= rangeHi ? { lo: rangeLo, hi: rangeHi } : { lo: NaN, hi: NaN }, troubles, complete,
  };
}

/** A changing choice of corners. */
function corner(seed: number, k: number): boolean {
  return (Math.imul(seed + 77, 0x9e3779b1) >>> (k % 24) & 1) === 1;
}
