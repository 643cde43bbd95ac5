import type { Interval } from '../../exact';
import { CentredForm } from './centred-form';
import { certainlyFails, type Guard } from './guard';
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
/** A part of the inputs' box for one case, with what `evaluateCase` finds there. */
export interface Box {
  readonly of: Case;
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  bound: number;
  rangeLo: number;
  rangeHi: number;
  trouble: { readonly site: number; readonly reason: string } | null;
  depth: number;
}
/** Fills bound, range and trouble of a box. A box that no run of the case can meet has bound 0 and an empty range. */
export function evaluateCase(box: Box, measure: Measure): void {
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
