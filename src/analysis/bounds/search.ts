import type { Interval } from '../../exact';
import { certainlyFails, type Guard } from './guard';
import { CentredForm } from './centred-form';
import type { NearGap } from './near-gap';
import type { OneRun } from './one-run';
import type { Sweep } from './sweep';

/**
 * One thing whose error counts: a path taken by the exact and the computed run alike, or the pair of paths of an unstable guard, where `difference` is so close to 0
 * that the computed run may go the other way. `runs` then gives the ranges of the two results; it is null where both paths return the same node, `root`.
 */
export interface Case {
  readonly sweep: Sweep;
  /** Local index in the sweep. */
  readonly root: number;
  readonly guards: readonly Guard[];
  readonly unstable: { readonly difference: number; readonly runs: { readonly exact: OneRun; readonly computed: OneRun; readonly near: NearGap } | null } | null;
}

export type Measure = 'absolute' | 'relative' | 'ulps';

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

interface Box {
  readonly of: Case;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  bound: number;
  rangeLo: number;
  rangeHi: number;
  trouble: { readonly site: number; readonly reason: string } | null;
  depth: number;
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

/** Fills bound, range and trouble of a box. A box that no run of the case can meet has bound 0 and an empty range. */
function evaluateCase(box: Box, measure: Measure): void {
  if (box.lo === box.hi) {
    box.of.sweep.centred = null;
    evaluateOnce(box, measure);
    return;
  }
  let choice = choices.get(box.of);
  if (!choice) choices.set(box.of, choice = { form: null, on: false, count: 0, next: 6 });
  const { sweep } = box.of;
  sweep.centred = choice.on ? choice.form : null;
  evaluateOnce(box, measure);
  if (++choice.count < choice.next || sweep.order.length * box.lo.length > MOST_DERIVATIVES) return;
  // Now and then the other way is tried on the same box; the better one is kept for some time.
  choice.next = Math.ceil(choice.count * 1.5) + 6;
  choice.form ??= new CentredForm(sweep, box.lo.length);
  const other: Box = { ...box, bound: 0, rangeLo: Infinity, rangeHi: -Infinity, trouble: null };
  sweep.centred = choice.on ? null : choice.form;
  evaluateOnce(other, measure);
  const [plain, sharp] = choice.on ? [other.bound, box.bound] : [box.bound, other.bound];
  choice.on = sharp < 0.93 * plain;
  if (other.bound < box.bound) Object.assign(box, other);
}

/** Derivatives of values by inputs that are worth keeping. */
const MOST_DERIVATIVES = 40_000;

/** Whether the centred form pays for a case. */
interface Choice {
  form: CentredForm | null;
  on: boolean;
  count: number;
  next: number;
}

const choices = new WeakMap<Case, Choice>();

function evaluateOnce(box: Box, measure: Measure): void {
  const { of } = box;
  const { sweep, root } = of;
  const fine = sweep.forward(box.lo, box.hi);
  if (sweep.infeasible) return;
  // A guard that fails before the trouble still rules the box out: its nodes come first when they do not depend on the troubled one.
  const limit = fine ? Infinity : sweep.trouble;
  if (guardsFail(of, sweep, limit) || outsideBand(of, limit)) return;
  if (!fine) {
    box.bound = Infinity;
    box.trouble = { site: sweep.node(sweep.trouble).site, reason: sweep.reason };
    return;
  }
  let bound: number;
  const runs = of.unstable?.runs;
  if (runs) {
    const gap = gapOf(of, box);
    if (gap === null) return;
    bound = gap;
  } else {
    box.rangeLo = sweep.vlo[root];
    box.rangeHi = sweep.vhi[root];
    bound = sweep.backward(root);
  }
  if (measure !== 'absolute' && bound > 0) {
    const least = box.rangeLo > 0 ? box.rangeLo : box.rangeHi < 0 ? -box.rangeHi : 0;
    bound = measure === 'relative' ? bound / least * (1 + 1e-15) : bound / (2 * (sweep.node(root).step ?? of.sweep.options.inputs).half(least)) * (1 + 1e-15);
  }
  box.bound = bound;
}

/** Whether the guard of an unstable pair is too far from 0 for rounding to flip it. */
function outsideBand({ unstable, sweep }: Case, limit: number): boolean {
  if (!unstable || unstable.difference >= limit) return false;
  const d = unstable.difference;
  const error = sweep.error[d];
  return error === 0 || sweep.vlo[d] > error || sweep.vhi[d] < -error;
}

/** Largest difference of the two results of an unstable pair; fills the box's range. Null where one of the runs does not come here. */
function gapOf({ sweep, unstable }: Case, box: Box): number | null {
  const band = sweep.error[unstable!.difference];
  const near = unstable!.runs!.near.bound(box.lo, box.hi, band);
  if (near < 0) return null;
  const exact = unstable!.runs!.exact.range(box.lo, box.hi, band);
  if (exact === 'never') return null;
  const computed = unstable!.runs!.computed.range(box.lo, box.hi, band);
  if (computed === 'never') return null;
  for (const run of [exact, computed]) {
    if ('reason' in run) { box.trouble = run; return Infinity; }
  }
  const [e, c] = [exact as Interval, computed as Interval];
  box.rangeLo = Math.min(e.lo, c.lo);
  box.rangeHi = Math.max(e.hi, c.hi);
  return Math.min(near, Math.max(c.hi - e.lo, e.hi - c.lo) * (1 + 2 ** -52));
}

/** Whether some guard certainly does not hold on the box, for the exact and the computed run alike; nodes from `limit` on have not been evaluated. */
function guardsFail({ guards }: Case, sweep: Sweep, limit: number): boolean {
  for (const { difference, relation } of guards) {
    if (difference >= limit) continue;
    if (certainlyFails(relation, sweep.vlo[difference], sweep.vhi[difference])) return true;
  }
  return false;
}

/** Middle of an interval; the geometric one where the ends have one sign and differ by more than a factor of 8. */
function splitPoint(lo: number, hi: number): number {
  if (lo > 0 && hi > 8 * lo) return Math.sqrt(lo) * Math.sqrt(hi);
  if (hi < 0 && lo < 8 * hi) return -Math.sqrt(-lo) * Math.sqrt(-hi);
  const m = lo / 2 + hi / 2;
  return Math.min(hi, Math.max(lo, m));
}

/** The side that is widest against the whole box, or, for one sign and a large ratio of ends, by its number of octaves. */
function widestAxis(box: Box, width: Float64Array): number {
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
function bestAxis(box: Box, width: Float64Array, measure: Measure): number {
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

/** Binary heap of boxes, largest bound first. */
class BoxHeap {
  private readonly items: Box[] = [];

  get size(): number {
    return this.items.length;
  }

  top(): Box {
    return this.items[0];
  }

  all(): readonly Box[] {
    return this.items;
  }

  push(box: Box): void {
    const { items } = this;
    let i = items.push(box) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(items[i], items[parent])) break;
      [items[i], items[parent]] = [items[parent], items[i]];
      i = parent;
    }
  }

  pop(): Box {
    const { items } = this;
    const top = items[0];
    const last = items.pop()!;
    if (items.length > 0) {
      items[0] = last;
      for (let i = 0; ;) {
        let next = 2 * i + 1;
        if (next >= items.length) break;
        if (next + 1 < items.length && before(items[next + 1], items[next])) next++;
        if (!before(items[next], items[i])) break;
        [items[i], items[next]] = [items[next], items[i]];
        i = next;
      }
    }
    return top;
  }
}

/** Larger bound first; among infinite ones the larger box. */
function before(a: Box, b: Box): boolean {
  return a.bound === b.bound ? a.depth < b.depth : a.bound > b.bound;
}
