import type { Interval } from '../../exact';
import { compensated } from './compensated';
import { Kind } from './graph';
import type { Guard } from './guard';
import { errorsAfter, type Errors } from './loop-errors';
import type { Body, BodyPath, LongLoop } from './loop-body';
import { findInvariant, rangeIn } from './loop-invariant';
import { Sweep } from './sweep';
import type { Tracer } from './tracer';
import { refuse } from './value';

/** Parts that a long loop is cut into, so that a sum is charged for the size that it has by then. */
const PARTS = 32;
const MAX_PATHS = 16;

/**
 * A long loop as an error transformer: with X a range of the state that an iteration does not leave, J the interval Jacobian of the body over X and h the error that one
 * iteration adds, e ← |J|·e + h is iterated. Sums s += g are given the range s₀ + n·g. A body that branches takes the worst of its ways, and where rounding decides the way,
 * the difference of their results. The state after the loop is new inputs with that range and error. Refuses what stores into arrays or objects that outlive an iteration,
 * and loops whose range or error grows without end.
 */
export function summarise(t: Tracer, loop: LongLoop, site: number): number[] {
  const { before, trips: [least, most] } = loop;
  const outer = t.guards;
  const key = `${loop.key} from ${before.join(' ')} where ${outer.map(g => `${g.difference} ${g.relation}`).join(' ')}`;
  const inputs = before.map((_, k) => t.hiddenInput(`${key} in ${k}`, [-Infinity, Infinity], 0, site));
  const traced = tracePaths(t, loop, inputs, site);
  const { lo, hi, slots } = boxOf(t, inputs);
  const paths = traced.map(p => ({ ...p, sweep: sweepUnder(t, [...p.after, ...before], [...outer, ...p.guards]) }));
  const given = loop.counter?.();
  const counter = given && paths.some(p => p.sweep.has(given.node)) ? { ...given, slot: t.graph.nodes[given.node].a } : null;
  const body: Body = { before, inputs, slots, paths, compensated: compensated(t.graph, before, inputs, paths), lo, hi };
  const entry = sweepUnder(t, before, outer);
  if (!entry.forward(lo, hi) && !entry.infeasible) refuse(`has a long loop before which ${entry.reason}`, site);
  let start: readonly Interval[] = before.map(n => (entry.infeasible ? { lo: 0, hi: 0 } : rangeIn(entry, n)));
  let errors: Errors = { now: before.map(n => entry.error[entry.at(n)]), most: before.map(() => 0), compensated: 0 };
  let range = before.map((_, k) => ({ lo: least === 0 ? start[k].lo : Infinity, hi: least === 0 ? start[k].hi : -Infinity }));
  let worst = before.map((_, k) => (least === 0 ? errors.now[k] : 0));
  for (let done = 0; done < most;) {
    // Small parts first: what settles does so at the beginning.
    const count = body.compensated ? most : Math.min(most - done, Math.max(1, Math.floor(done / 4)), Math.max(1, Math.ceil(most / PARTS)));
    if (counter) {
      const ends = [counter.first + done * counter.stride, counter.first + (done + count - 1) * counter.stride];
      lo[counter.slot] = Math.min(...ends);
      hi[counter.slot] = Math.max(...ends);
    }
    const found = findInvariant(t, body, count, start, site);
    const next = errorsAfter(t, body, count, errors, least < most, site);
    done += count;
    if (done >= least) {
      range = range.map((r, k) => ({ lo: Math.min(r.lo, found.ranges[k].lo), hi: Math.max(r.hi, found.ranges[k].hi) }));
      worst = worst.map((w, k) => Math.max(w, least < most ? next.most[k] : next.now[k]));
    }
    errors = next;
    start = found.ranges;
    if (found.settled && next.settled && !counter && done < most) {
      // Neither ranges nor errors change any more.
      range = range.map((r, k) => ({ lo: Math.min(r.lo, start[k].lo), hi: Math.max(r.hi, start[k].hi) }));
      worst = worst.map((w, k) => Math.max(w, next.most[k]));
      done = most;
    }
  }
  t.longest = Math.max(t.longest, most);
  return outputs(t, body, `${key} to ${paths.map(p => p.after.join(' ')).join('; ')} x ${least} ${most}`, range, worst, errors, site);
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

/** Every way through the body, by the decisions it takes. */
function tracePaths(t: Tracer, loop: LongLoop, inputs: readonly number[], site: number): Omit<BodyPath, 'sweep'>[] {
  const { guards, decisions, forced } = t;
  const found: Omit<BodyPath, 'sweep'>[] = [];
  const pending: (readonly boolean[])[] = [[]];
  while (pending.length > 0) {
    const start = pending.pop()!;
    t.guards = [];
    t.decisions = [];
    t.forced = start;
    const after = loop.run(inputs);
    found.push({ after, guards: t.guards, decisions: t.decisions });
    for (let i = start.length; i < t.decisions.length; i++) pending.push([...t.decisions.slice(0, i), !t.decisions[i]]);
    if (found.length + pending.length > MAX_PATHS) refuse(`branches in more than ${MAX_PATHS} ways inside a loop that is too long to unroll`, site);
  }
  t.guards = guards;
  t.decisions = decisions;
  t.forced = forced;
  return found;
}
