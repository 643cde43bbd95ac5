import type { Interval } from '../../exact';
import { Kind } from './graph';
import { certainlyFails } from './guard';
import type { Body, BodyPath } from './loop-body';
import { Sweep } from './sweep';
import type { Tracer } from './tracer';
import { refuse } from './value';

const ROUNDS = 60;

/**
 * Ranges of the state that contain `start` and are not left by `trips` iterations, exact and computed values alike; they are left in the body's box. `settled`: they are not left by any
 * number of iterations.
 */
export function findInvariant(t: Tracer, body: Body, trips: number, start: readonly Interval[], site: number): { readonly ranges: readonly Interval[]; readonly settled: boolean } {
  if (trips === 1 && !body.compensated) return { ranges: afterOne(body, start, site), settled: false };
  const terms = start.map((_, k) => termsOf(t, body, k));
  const products = start.map((_, k) => (terms[k] ? null : factorsOf(t, body, k)));
  const steps = body.paths.flatMap(p => [...p.sweep.order.keys()].map(i => p.sweep.node(i).step)).filter(x => x !== null);
  // Relative and absolute rounding of one iteration's additions.
  const roundoffs = { relative: 3 * Math.max(0, ...steps.map(x => x.half(1))), absolute: 3 * Math.max(0, ...steps.map(x => x.half(0))) };
  let ranges: Interval[] = start.map(r => ({ ...r }));
  for (let round = 0; round < ROUNDS; round++) {
    ranges.forEach((r, k) => { body.lo[body.slots[k]] = r.lo; body.hi[body.slots[k]] = r.hi; });
    const paths = body.paths.filter(p => feasible(p, body, site));
    if (paths.length === 0) refuse('has a long loop that no iteration goes through', site);
    let stable = true;
    const old = ranges;
    ranges = old.map((r, k) => {
      const product = products[k];
      const next = body.compensated && (k === body.compensated.sum || k === body.compensated.correction) ? compensatedRange(body, k, trips, start, old)
        : terms[k] ? sumRange(terms[k], paths, trips, start[k], roundoffs) : product ? productRange(product, paths, trips, start[k], roundoffs.relative) : join(paths.map(p => rangeIn(p.sweep, p.after[k])), r);
      if (next.lo >= r.lo && next.hi <= r.hi) return r;
      stable = false;
      // A little more than asked for, soon much more: the iteration has to end.
      const grow = round <= 20 ? 2 ** (2 * round - 46) : 2 ** (round - 26);
      const by = grow * Math.max(Math.abs(next.lo), Math.abs(next.hi));
      // Zero is kept as an end as long as may be: signs matter to what comes after.
      return { lo: next.lo < r.lo ? (next.lo === 0 ? 0 : next.lo - by) : r.lo, hi: next.hi > r.hi ? (next.hi === 0 ? 0 : next.hi + by) : r.hi };
    });
    if (stable) return { ranges, settled: terms.every(x => x === null) && products.every(x => x === null) && !body.compensated };
  }
  return refuse('has a long loop whose values are not bounded by their ranges', site);
}

/** Ranges after one iteration, which need not stay where they were. */
function afterOne(body: Body, start: readonly Interval[], site: number): Interval[] {
  start.forEach((r, k) => { body.lo[body.slots[k]] = r.lo; body.hi[body.slots[k]] = r.hi; });
  const paths = body.paths.filter(p => feasible(p, body, site));
  if (paths.length === 0) refuse('has a long loop that no iteration goes through', site);
  return start.map((_, k) => join(paths.map(p => rangeIn(p.sweep, p.after[k])), { lo: Infinity, hi: -Infinity }));
}

/** Evaluates a path of the body; false when its guards rule it out. */
function feasible({ sweep, guards }: BodyPath, body: Body, site: number): boolean {
  // The range is that of exact and computed values alike: no error comes on top.
  for (const n of body.inputs) if (sweep.has(n)) sweep.inputError[sweep.at(n)] = 0;
  const fine = sweep.forward(body.lo, body.hi);
  if (sweep.infeasible) return false;
  for (const { difference, relation } of guards) {
    const i = sweep.at(difference);
    if (!fine && i >= sweep.trouble) continue;
    if (certainlyFails(relation, sweep.vlo[i], sweep.vhi[i])) return false;
  }
  return fine || refuse(`has a long loop in which ${sweep.reason}`, site);
}

type Term = { readonly node: number; readonly sign: 1 | -1 } | null;

/** For every path what it adds to state k, which must not depend on it; null when some path does something else. */
function termsOf(t: Tracer, body: Body, k: number): readonly Term[] | null {
  const input = body.inputs[k];
  const terms: Term[] = [];
  for (const p of body.paths) {
    const n = p.after[k];
    if (n === input) { terms.push(null); continue; }
    // A sum that is stored in another format is still a sum.
    const rounded = t.graph.nodes[n];
    const node = rounded.kind === Kind.Round ? t.graph.nodes[rounded.a] : rounded;
    const added = node.kind === Kind.Add && (node.a === input || node.b === input);
    if (!added && !(node.kind === Kind.Sub && node.a === input)) return null;
    const g = node.a === input ? node.b : node.a;
    if (new Sweep(t.graph, [g], t.options).order.includes(input)) return null;
    terms.push({ node: g, sign: added ? 1 : -1 });
  }
  return terms.some(x => x !== null) ? terms : null;
}

/** For every path the factor that state k is multiplied by, −1 for none; null when some path does something else. */
function factorsOf(t: Tracer, body: Body, k: number): readonly number[] | null {
  const input = body.inputs[k];
  const factors: number[] = [];
  for (const p of body.paths) {
    const n = p.after[k];
    if (n === input) { factors.push(-1); continue; }
    const rounded = t.graph.nodes[n];
    const node = rounded.kind === Kind.Round ? t.graph.nodes[rounded.a] : rounded;
    if (node.kind !== Kind.Mul || (node.a !== input && node.b !== input)) return null;
    const g = node.a === input ? node.b : node.a;
    if (new Sweep(t.graph, [g], t.options).order.includes(input)) return null;
    factors.push(g);
  }
  return factors.some(g => g >= 0) ? factors : null;
}

/** p₀·gⁿ(1 + u)ⁿ, between p₀ and what n factors make of it. */
function productRange(factors: readonly number[], paths: readonly BodyPath[], trips: number, start: Interval, roundoff: number): Interval {
  let [least, most] = [1, 1];
  for (const p of paths) {
    for (const g of factors) {
      if (g < 0 || !p.sweep.has(g)) continue;
      const r = rangeIn(p.sweep, g);
      least = Math.min(least, r.lo);
      most = Math.max(most, r.hi, -r.lo);
    }
  }
  const size = Math.max(-start.lo, start.hi) * most ** trips * Math.exp(trips * roundoff) * (1 + 1e-12);
  return { lo: least >= 0 && start.lo >= 0 ? Math.max(0, start.lo * least ** trips * Math.exp(-trips * roundoff) * (1 - 1e-12) - 1e-300) : -size, hi: least >= 0 && start.hi <= 0 ? 0 : size };
}

/** (s₀ + n·g)(1 + u)ⁿ. */
function sumRange(terms: readonly Term[], paths: readonly BodyPath[], trips: number, start: Interval, roundoffs: { readonly relative: number; readonly absolute: number }): Interval {
  let [least, most] = [0, 0];
  for (const p of paths) {
    for (const term of terms) {
      if (!term || !p.sweep.has(term.node)) continue;
      const r = rangeIn(p.sweep, term.node);
      least = Math.min(least, term.sign > 0 ? r.lo : -r.hi);
      most = Math.max(most, term.sign > 0 ? r.hi : -r.lo);
    }
  }
  const total = { lo: start.lo + trips * least, hi: start.hi + trips * most };
  const room = Math.max(1e-12, Math.expm1(trips * roundoffs.relative)) * Math.max(-total.lo, total.hi) + trips * roundoffs.absolute;
  // A sum of terms of one sign that starts at 0 keeps it.
  return { lo: least >= 0 && start.lo >= 0 ? start.lo : total.lo - room, hi: most <= 0 && start.hi <= 0 ? start.hi : total.hi + room };
}

/** The sum of a compensated pair is that of the terms, and its correction is a few roundings of it, plus, where corrections are collected, one for each term. */
function compensatedRange(body: Body, k: number, trips: number, start: readonly Interval[], ranges: readonly Interval[]): Interval {
  const pair = body.compensated!;
  const u = pair.step.half(1);
  const term = body.paths.map(p => rangeIn(p.sweep, pair.term)).reduce((a, b) => ({ lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }));
  const size = Math.max(-ranges[pair.sum].lo, ranges[pair.sum].hi) + Math.max(-term.lo, term.hi);
  const correction = 4 * u * size * (pair.collects ? trips : 1);
  if (k === pair.correction) return { lo: -correction, hi: correction };
  const first = start[pair.sum];
  const room = Math.max(1e-9, Math.expm1(8 * trips * u)) * size;
  return { lo: first.lo + trips * Math.min(0, term.lo) - room, hi: first.hi + trips * Math.max(0, term.hi) + room };
}

export function rangeIn(sweep: Sweep, node: number): Interval {
  const i = sweep.at(node);
  return { lo: sweep.vlo[i], hi: sweep.vhi[i] };
}

function join(parts: readonly Interval[], with_: Interval): Interval {
  return parts.reduce((a, b) => ({ lo: Math.min(a.lo, b.lo), hi: Math.max(a.hi, b.hi) }), with_);
}
