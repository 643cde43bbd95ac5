import type { Interval } from '../../exact';
import { compensated } from './compensated';
import { Kind } from './graph';
import type { Guard } from './guard';
import { CentredForm } from './centred-form';
import { enter, errorsAfter, type Errors } from './loop-errors';
import type { Body, BodyPath, LongLoop } from './loop-body';
import { findInvariant, rangeIn } from './loop-invariant';
import { Sweep } from './sweep';
import type { Tracer } from './tracer';
import { TraceRefusal, refuse } from './value';

/** Parts that a long loop is cut into, so that a sum is charged for the size that it has by then. */
const PARTS = 32;
const MAX_PATHS = 16;

/**
 * A long loop as an error transformer: with X a range of the state that an iteration does not leave, J the interval Jacobian of the body over X and h the error that one
 * iteration adds, e ← |J|·e + h is iterated. Sums s += g are given the range s₀ + n·g. A body that branches takes the worst of its ways, and where rounding decides the way,
 * the difference of their results. The state after the loop is new inputs with that range and error. Refuses what stores into arrays or objects that outlive an iteration,
 * and loops whose range or error grows without end.
 */
export function summarise(t: Tracer, given: LongLoop, site: number): number[] {
  const loop = withoutInfinities(t, given);
  const { guards, decisions, forced } = t;
  let first: TraceRefusal | null = null;
  for (const together of TOGETHER) {
    if (first && loop.trips[1] < 2 * together) break;
    try {
      return summariseBy(t, loop, together, site);
    } catch (error) {
      if (!(error instanceof TraceRefusal)) throw error;
      first ??= error;
      Object.assign(t, { guards, decisions, forced });
    }
  }
  throw first!;
}

/** A minimum or maximum that starts at an infinity is finite after one iteration. */
function withoutInfinities(t: Tracer, loop: LongLoop): LongLoop {
  const { trips: [least, most], before, counter } = loop;
  if (least === 0 || before.every(n => t.graph.constantOf(n) === null || Number.isFinite(t.graph.constantOf(n)!.computed))) return loop;
  const decided = t.decisions.length;
  const after = loop.run(before, -1);
  if (t.decisions.length !== decided) return loop;
  const next: LongLoop['counter'] = counter && (turn => { const { node, first, stride } = counter(turn); return { node, first: first + stride, stride }; });
  return { ...loop, key: `${loop.key} after one`, trips: [least - 1, most - 1], before: after, ...(next ? { counter: next } : {}) };
}

/**
 * Iterations that are taken as one. What one iteration lets grow, as it turns or mixes its variables, several may shrink: the adjoints of a long stretch know what cancels, and ranges by the mean
 * value theorem do.
 */
const TOGETHER = [1, 8, 64];

function summariseBy(t: Tracer, loop: LongLoop, together: number, site: number): number[] {
  const { before, trips: [least, most] } = loop;
  const outer = t.guards;
  const key = `${loop.key} by ${together} from ${before.join(' ')} where ${outer.map(g => `${g.difference} ${g.relation}`).join(' ')}`;
  const inputs = before.map((_, k) => t.hiddenInput(`${key} in ${k}`, [-Infinity, Infinity], 0, site));
  const traced = tracePaths(t, loop, inputs, together, site);
  const { lo, hi, slots } = boxOf(t, inputs);
  const paths = traced.map(p => {
    const sweep = sweepUnder(t, [...p.after, ...before, ...p.stages.flat()], [...outer, ...p.guards]);
    if (together > 1) sweep.centred = new CentredForm(sweep, lo.length);
    return { ...p, sweep };
  });
  const given = together === 1 ? loop.counter?.(0) : undefined;
  const counter = given && paths.some(p => p.sweep.has(given.node)) ? { ...given, slot: t.graph.nodes[given.node].a } : null;
  const body: Body = { before, inputs, slots, paths, compensated: together === 1 ? compensated(t.graph, before, inputs, paths) : null, lo, hi };
  const entry = sweepUnder(t, before, outer);
  if (!entry.forward(lo, hi) && !entry.infeasible) refuse(`has a long loop before which ${entry.reason}`, site);
  let start: readonly Interval[] = before.map(n => (entry.infeasible ? { lo: 0, hi: 0 } : rangeIn(entry, n)));
  let errors: Errors = { now: before.map(n => entry.error[entry.at(n)]), most: before.map(() => 0), compensated: 0 };
  let range = before.map((_, k) => ({ lo: least === 0 ? start[k].lo : Infinity, hi: least === 0 ? start[k].hi : -Infinity }));
  let worst = before.map((_, k) => (least === 0 ? errors.now[k] : 0));
  const any = least < most || together > 1;
  const [from, to] = [Math.floor(least / together), Math.ceil(most / together)];
  for (let done = 0; done < to;) {
    // Small parts first: what settles does so at the beginning.
    const count = body.compensated ? to : Math.min(to - done, Math.max(1, Math.floor(done / 4)), Math.max(1, Math.ceil(to / PARTS)));
    if (counter) {
      const ends = [counter.first + done * counter.stride, counter.first + (done + count - 1) * counter.stride];
      lo[counter.slot] = Math.min(...ends);
      hi[counter.slot] = Math.max(...ends);
    }
    const found = findInvariant(t, body, count, start, site);
    const next = errorsAfter(t, body, count, errors, any, site);
    done += count;
    const settled = found.settled && next.settled && !counter && done < to;
    if (settled) done = to;
    if (done >= from) {
      const within = together > 1 ? stagesOf(body, next.most) : null;
      range = range.map((r, k) => join(r, within ? within[k].range : found.ranges[k]));
      worst = worst.map((w, k) => Math.max(w, within ? within[k].error : 0, settled || any ? next.most[k] : next.now[k]));
    }
    errors = next;
    start = found.ranges;
  }
  t.longest = Math.max(t.longest, most);
  return outputs(t, body, `${key} to ${paths.map(p => p.after.join(' ')).join('; ')} x ${least} ${most}`, range, worst, errors, site);
}

/** Ranges and errors of the state between the iterations that are taken together. */
function stagesOf(body: Body, errors: readonly number[]): { readonly range: Interval; readonly error: number }[] {
  return body.inputs.map((_, k) => {
    let range: Interval = { lo: Infinity, hi: -Infinity };
    let error = 0;
    for (const p of body.paths) {
      if (!enter(p, body, errors)) continue;
      for (const stage of [...p.stages, p.after]) {
        range = join(range, rangeIn(p.sweep, stage[k]));
        error = Math.max(error, p.sweep.backward(p.sweep.at(stage[k])));
      }
    }
    return { range, error };
  });
}

function join(a: Interval, b: Interval): Interval {
  return { lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) };
}

/** Inputs for the state after the loop. The sum of a compensated pair is known better than its parts: the one is the sum minus the other. */
function outputs(t: Tracer, body: Body, key: string, range: readonly Interval[], worst: readonly number[], errors: Errors, site: number): number[] {
  const out = range.map(({ lo, hi }, k) => {
    if (!(worst[k] <= 0.1 * Math.max(-lo, hi)) && worst[k] !== 0 && k !== body.compensated?.correction) refuse('has a long loop whose error grows beyond its values', site);
    return t.hiddenInput(`${key} out ${k}`, [lo, hi], worst[k], site);
  });
  const pair = body.compensated;
  if (pair) {
    const [s, c] = [range[pair.sum], range[pair.correction]];
    const total = t.hiddenInput(`${key} sum`, [s.lo - Math.max(-c.lo, c.hi), s.hi + Math.max(-c.lo, c.hi)], errors.compensated, site);
    out[pair.sum] = t.graph.apply(pair.sign > 0 ? 'sub' : 'add', [total, out[pair.correction]], null, site);
  }
  return out;
}

function sweepUnder(t: Tracer, roots: readonly number[], guards: readonly Guard[]): Sweep {
  return new Sweep(t.graph, [...roots, ...guards.map(g => g.difference)], t.options, guards);
}

function boxOf(t: Tracer, inputs: readonly number[]): { lo: Float64Array; hi: Float64Array; slots: number[] } {
  const all = t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input);
  return { lo: Float64Array.from(all, i => i.range[0]), hi: Float64Array.from(all, i => i.range[1]), slots: inputs.map(n => t.graph.nodes[n].a) };
}

/** Every way through the body, by the decisions it takes. Several iterations are taken together only where there is one. */
function tracePaths(t: Tracer, loop: LongLoop, inputs: readonly number[], together: number, site: number): Omit<BodyPath, 'sweep'>[] {
  const { guards, decisions, forced } = t;
  const found: Omit<BodyPath, 'sweep'>[] = [];
  const pending: (readonly boolean[])[] = [[]];
  const most = together === 1 ? MAX_PATHS : 1;
  while (pending.length > 0) {
    const start = pending.pop()!;
    t.guards = [];
    t.decisions = [];
    t.forced = start;
    const stages: (readonly number[])[] = [];
    let after: readonly number[] = inputs;
    for (let turn = 0; turn < together; turn++) {
      stages.push(after);
      after = loop.run(after, turn);
    }
    found.push({ after, stages: together === 1 ? [] : stages, guards: t.guards, decisions: t.decisions });
    for (let i = start.length; i < t.decisions.length; i++) pending.push([...t.decisions.slice(0, i), !t.decisions[i]]);
    if (found.length + pending.length > most) refuse(`branches in more than ${MAX_PATHS} ways inside a loop that is too long to unroll`, site);
  }
  t.guards = guards;
  t.decisions = decisions;
  t.forced = forced;
  return found;
}
