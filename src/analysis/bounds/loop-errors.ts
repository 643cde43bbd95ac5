import type { Interval } from '../../exact';
import type { Body, BodyPath } from './loop-body';
import { rangeIn } from './loop-invariant';
import { OneRun } from './one-run';
import type { Tracer } from './tracer';
import { refuse } from './value';

/** Error bounds of the state of a loop. */
export interface Errors {
  /** After all iterations so far. */
  readonly now: readonly number[];
  /** After any number of iterations so far. */
  readonly most: readonly number[];
  /** Of the total of a compensated pair. */
  readonly compensated: number;
  /** They do not grow any more, however often the loop runs. */
  readonly settled?: boolean;
}

/** Rounds of e ← F(e) that are carried out one by one. */
const ROUNDS = 400;
/** Stands for an error whose size is asked for later. */
const SOME = 1e-290;

/** Errors after `trips` more iterations over the invariant range that is in the body's box. `any`: also after fewer. */
export function errorsAfter(t: Tracer, body: Body, trips: number, start: Errors, any: boolean, site: number): Errors {
  const pair = body.compensated;
  const free = start.now.map((_, k) => !pair || (k !== pair.sum && k !== pair.correction));
  const entry = start.now.map((e, k) => (free[k] ? e : 0));
  const carrying = carriers(body, entry, free);
  const map = affineMap(body, carrying.map(c => (c ? SOME : 0)), free);
  const unstable = unstablePairs(t, body, carrying.map(c => (c ? SOME : 0)));
  const others = map && unstable.length === 0 ? linear(map, trips, entry, any) : stepByStep(body, unstable, free, trips, entry, site);
  return pair ? withPair(body, trips, start, others) : others;
}

/** Which parts of the state come to carry an error. */
function carriers(body: Body, entry: readonly number[], free: readonly boolean[]): boolean[] {
  let carrying = entry.map(e => e > 0);
  for (;;) {
    const errors = carrying.map(c => (c ? SOME : 0));
    const next = carrying.map((c, k) => c || (free[k] && body.paths.some(p => enter(p, body, errors) && p.sweep.backward(p.sweep.at(p.after[k])) > 0)));
    if (next.every((c, k) => c === carrying[k])) return next;
    carrying = next;
  }
}

/** Evaluates a path on the invariant range with errors of the state; false when its guards leave nothing. */
export function enter({ sweep }: BodyPath, body: Body, errors: readonly number[]): boolean {
  body.inputs.forEach((n, k) => {
    if (!sweep.has(n)) return;
    const i = sweep.at(n);
    sweep.inputError[i] = errors[k];
    // Exact and computed values both stay in the invariant range.
    sweep.inputLo[i] = body.lo[body.slots[k]];
    sweep.inputHi[i] = body.hi[body.slots[k]];
  });
  const fine = sweep.forward(body.lo, body.hi);
  if (sweep.infeasible) return false;
  return fine || refuse(`has a long loop in which ${sweep.reason}`, sweep.node(sweep.trouble).site);
}

interface AffineMap {
  readonly matrix: readonly (readonly number[])[];
  readonly constant: readonly number[];
}

/** e ← |J|·e + h over all paths; null where an operation passes errors on in a way that is not linear. */
function affineMap(body: Body, errors: readonly number[], free: readonly boolean[]): AffineMap | null {
  const size = errors.length;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const constant = new Array<number>(size).fill(0);
  for (const p of body.paths) {
    if (!enter(p, body, errors)) continue;
    const { sweep } = p;
    if (sweep.cut) return null;
    p.after.forEach((n, k) => {
      if (!free[k]) return;
      constant[k] = Math.max(constant[k], sweep.backward(sweep.at(n)));
      body.inputs.forEach((input, j) => {
        const i = sweep.has(input) ? sweep.at(input) : -1;
        if (i >= 0 && i <= sweep.at(n) && errors[j] > 0) matrix[k][j] = Math.max(matrix[k][j], -sweep.alo[i], sweep.ahi[i]);
      });
    });
  }
  return { matrix, constant };
}

function linear(map: AffineMap, trips: number, entry: readonly number[], any: boolean): Errors {
  let limit = [...entry];
  for (let round = 0; round < Math.min(trips, ROUNDS); round++) {
    const next = apply(map, limit);
    const stable = next.every((e, k) => e <= limit[k]);
    if (stable) return { now: Math.min(trips, ROUNDS) === trips ? least(power(map, trips, entry), limit) : least(power(map, trips, entry), limit), most: limit, compensated: 0, settled: true };
    limit = next.map((e, k) => (e > limit[k] ? e * (1 + (round > 8 ? 1e-4 : 0)) : limit[k]));
  }
  const now = power(map, trips, entry);
  if (!any) return { now, most: now, compensated: 0 };
  const keeping = { matrix: map.matrix.map((row, k) => row.map((x, j) => (j === k ? Math.max(1, x) : x))), constant: map.constant };
  return { now, most: power(keeping, trips, entry), compensated: 0 };
}

function least(a: readonly number[], b: readonly number[]): number[] {
  return a.map((x, k) => Math.min(x, b[k]));
}

/** The map applied `trips` times, by repeated squaring. */
function power(map: AffineMap, trips: number, entry: readonly number[]): number[] {
  let square = map;
  let error = [...entry];
  for (let rest = trips; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) error = apply(square, error);
    const { matrix } = square;
    square = { matrix: matrix.map(row => matrix[0].map((_, j) => up(row.reduce((sum, x, k) => sum + x * matrix[k][j], 0)))), constant: apply(square, square.constant) };
  }
  return error;
}

function apply(map: AffineMap, e: readonly number[]): number[] {
  return map.matrix.map((row, k) => up(row.reduce((sum, x, j) => sum + (e[j] === 0 ? 0 : x * e[j]), map.constant[k])));
}

/** Beyond the rounding of a sum of a few products. */
function up(x: number): number {
  return x * (1 + 2 ** -44);
}

/** Two ways through the body that rounding can confuse. */
interface UnstablePair {
  readonly path: BodyPath;
  readonly difference: number;
  /** For each part of the state the two runs; null where both paths give the same node. */
  readonly runs: readonly ({ readonly exact: OneRun; readonly computed: OneRun } | null)[];
}

function unstablePairs(t: Tracer, body: Body, errors: readonly number[]): UnstablePair[] {
  const found: UnstablePair[] = [];
  for (const exact of body.paths) {
    for (const computed of body.paths) {
      if (exact === computed) continue;
      const k = exact.decisions.findIndex((d, i) => d !== computed.decisions[i]);
      const { difference } = exact.guards[k];
      if (body.compensated?.collects || !enter(exact, body, errors) || exact.sweep.error[exact.sweep.at(difference)] === 0) continue;
      found.push({
        path: exact, difference,
        runs: exact.after.map((root, i) => (root === computed.after[i] ? null : {
          exact: new OneRun(t.graph, root, exact.guards, difference, 'exact', t.options), computed: new OneRun(t.graph, computed.after[i], computed.guards, difference, 'computed', t.options),
        })),
      });
    }
  }
  return found;
}

/** e ← F(e) one by one, the largest error so far kept: until it settles, or as often as the loop runs. */
function stepByStep(body: Body, unstable: readonly UnstablePair[], free: readonly boolean[], trips: number, entry: readonly number[], site: number): Errors {
  let errors = [...entry];
  for (let round = 0; round < trips; round++) {
    if (round >= ROUNDS) return refuse('has a long loop whose error keeps growing through branches or functions without a bounded slope', site);
    const next = oneStep(body, unstable, free, errors, site);
    if (next.every((e, k) => e <= errors[k])) return { now: errors, most: errors, compensated: 0, settled: true };
    // Once it grows slowly, a little more than asked for ends the growth, if anything does.
    errors = next.map((e, k) => (e <= errors[k] ? errors[k] : e <= errors[k] * 1.001 ? e * 1.02 : e));
  }
  return { now: errors, most: errors, compensated: 0 };
}

function oneStep(body: Body, unstable: readonly UnstablePair[], free: readonly boolean[], errors: readonly number[], site: number): number[] {
  const next = errors.map(() => 0);
  for (const p of body.paths) {
    if (!enter(p, body, errors)) continue;
    p.after.forEach((n, k) => { if (free[k]) next[k] = Math.max(next[k], p.sweep.backward(p.sweep.at(n))); });
  }
  for (const { path, difference, runs } of unstable) {
    if (!enter(path, body, errors)) continue;
    const band = path.sweep.error[path.sweep.at(difference)];
    runs.forEach((pair, k) => {
      if (!pair || !free[k]) return;
      const exact = pair.exact.range(body.lo, body.hi, band);
      const computed = pair.computed.range(body.lo, body.hi, band);
      if (exact === 'never' || computed === 'never') return;
      for (const run of [exact, computed]) if ('reason' in run) refuse(`has a long loop in which ${run.reason}`, site);
      const [e, c] = [exact as Interval, computed as Interval];
      next[k] = Math.max(next[k], (c.hi - e.lo) * (1 + 2 ** -52), (e.hi - c.lo) * (1 + 2 ** -52));
    });
  }
  return next;
}

/**
 * The errors of a compensated pair after n additions, u the unit roundoff, S and X bounds of the partial sums and of the terms. Kahan: with y = x − c rounded, t = s + y + ε, |ε| ≤ u·S, and
 * c = ε + γ(y + ε) rounded, s − c moves by x + u(X + C) + |ε − c| in each step (Goldberg 1991, theorem 8, with all orders kept). Neumaier: (s − t) + x is −ε exactly (Dekker 1971), so that s + c
 * errs by the roundings of the sum of corrections alone.
 */
function withPair(body: Body, n: number, start: Errors, others: Errors): Errors {
  const { sum, correction, term, step, collects } = body.compensated!;
  const u = step.half(1);
  let [size, largest, brought] = [Math.max(-body.lo[body.slots[sum]], body.hi[body.slots[sum]]), 0, 0];
  for (const p of body.paths) {
    if (!enter(p, body, others.most)) continue;
    const x = rangeIn(p.sweep, term);
    largest = Math.max(largest, -x.lo, x.hi);
    brought = Math.max(brought, p.sweep.backward(p.sweep.at(term)));
  }
  size += largest;
  const rough = 4 * u * size;
  const c = collects ? n * u * size * (1 + 2 * n * u) : (u * size + u * (largest + rough + u * size)) * (1 + 4 * u);
  const each = collects ? u * c : u * (largest + c) + u * (largest + c + u * size) * (1 + 2 * u) + u * u * size;
  const total = (start.now[sum] + start.now[correction] + n * (brought + each)) * (1 + 1e-9);
  const put = (list: readonly number[]): number[] => list.map((e, k) => (k === sum ? total + c * (1 + 1e-9) : k === correction ? c * (1 + 1e-9) : e));
  return { now: put(others.now), most: put(others.most), compensated: total };
}
