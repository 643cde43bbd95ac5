import type { Interval } from '../../exact';
import type { Assignment, Expression, Loop, Statement, VariableId } from '../../program';
import { evaluate, refuse } from './evaluate';
import { Kind } from './graph';
import { Sweep } from './sweep';
import type { Tracer } from './tracer';

/** A loop `for (i = start; i < end; i += stride)` with known numbers. */
export interface CountedLoop {
  readonly counter: VariableId;
  readonly trips: number;
  readonly first: number;
  readonly last: number;
  /** Value of the counter after the loop. */
  readonly after: number;
}

/** Reads a counted loop, its counter being set already; null when it is none. */
export function countedLoop(t: Tracer, s: Loop): CountedLoop | null {
  const { test, update } = s;
  if (s.form === 'do' || test?.kind !== 'operation' || update?.kind !== 'assign' || update.target.kind !== 'variable') return null;
  const [left, right] = test.operands;
  if (left?.kind !== 'variable' || left.variable !== update.target.variable || !['lt', 'le', 'gt', 'ge'].includes(test.operator)) return null;
  const step = update.value;
  if (step.kind !== 'operation' || (step.operator !== 'add' && step.operator !== 'sub') || step.operands[0]?.kind !== 'variable' || step.operands[0].variable !== left.variable) return null;
  if (right.kind !== 'number' && right.kind !== 'variable' && right.kind !== 'property') return null;
  if (assignedIn(s.body).has(left.variable)) return null;
  const [start, end, width] = [left, right, step.operands[1]].map(e => exactNumber(t, e));
  const stride = step.operator === 'add' ? width : -width;
  const up = test.operator === 'lt' || test.operator === 'le';
  if (![start, end, stride].every(Number.isInteger) || (up ? stride <= 0 : stride >= 0)) return null;
  const inclusive = test.operator === 'le' || test.operator === 'ge';
  const trips = Math.max(0, inclusive ? Math.floor((end - start) / stride) + 1 : Math.ceil((end - start) / stride));
  return { counter: left.variable, trips, first: start, last: start + Math.max(0, trips - 1) * stride, after: start + trips * stride };
}

function exactNumber(t: Tracer, e: Expression): number {
  const value = evaluate(t, e);
  return value.kind === 'number' ? t.graph.exactValue(value.node) : NaN;
}

/** Variables that statements assign (declarations of their own left out). */
export function assignedIn(body: readonly Statement[]): Set<VariableId> {
  const found = new Set<VariableId>();
  // The IR is plain data: every assignment in it is found by walking the objects.
  const walk = (x: unknown): void => {
    if (Array.isArray(x)) { x.forEach(walk); return; }
    if (typeof x !== 'object' || x === null) return;
    const node = x as Partial<Assignment>;
    if (node.kind === 'assign' && node.target?.kind === 'variable') found.add(node.target.variable);
    for (const value of Object.values(x)) walk(value);
  };
  walk(body);
  return found;
}

const ROUNDS = 60;

/**
 * A counted loop that is too long to unroll, as an error transformer: with X a range of the state that one iteration does not leave, J the interval Jacobian of the body
 * over X and h the error that one iteration adds, e ← |J|·e + h is iterated `trips` times. Sums s += g are given the range s₀ + trips·g. The state after the loop is a new
 * input with that range and error. Refuses bodies that branch on the state, store into arrays, or whose range grows without end.
 */
export function summarise(t: Tracer, s: Loop, loop: CountedLoop, run: () => void, site: number): void {
  const state = [...assignedIn(s.body)].filter(v => t.environment.has(v));
  const before = state.map(v => t.number(t.environment.get(v)!, site));
  const key = `loop ${s.start} ${before.join(' ')}`;
  const inputs = state.map((v, k) => {
    const node = t.hiddenInput(`${key} in ${k}`, [-Infinity, Infinity], 0, site);
    t.environment.set(v, { kind: 'number', node });
    return node;
  });
  const counter = t.hiddenInput(`${key} counter`, [Math.min(loop.first, loop.last), Math.max(loop.first, loop.last)], 0, site);
  t.environment.set(loop.counter, { kind: 'number', node: counter });
  const decided = t.decisions.length;
  run();
  if (t.decisions.length !== decided) refuse('branches inside a loop that is too long to unroll', site);
  const after = state.map(v => t.number(t.environment.get(v)!, site));
  const sweep = new Sweep(t.graph, [...after, ...before], t.options);
  const lo = Float64Array.from(t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input), i => i.range[0]);
  const hi = Float64Array.from(t.inputs.filter(i => t.graph.nodes[i.node].kind === Kind.Input), i => i.range[1]);
  const slot = inputs.map(n => t.graph.nodes[n].a);
  const invariant = findInvariant(t, sweep, loop, { before, inputs, after, slot }, lo, hi, site);
  const error = errorAfter(sweep, loop.trips, before, inputs, after);
  state.forEach((v, k) => {
    const { lo: l, hi: h } = invariant[k];
    if (!(error[k] <= 1e-3 * Math.max(-l, h)) && error[k] !== 0) refuse('has a long loop whose error grows beyond its values', site);
    const node = t.hiddenInput(`${key} out ${k}`, [l, h], error[k], site);
    t.environment.set(v, { kind: 'number', node });
  });
  t.environment.set(loop.counter, { kind: 'number', node: t.graph.exact(loop.after, site) });
  t.notes.add(`A loop of ${loop.trips} iterations is summarised: its error per iteration is bounded over a range that its variables never leave, and carried through all iterations.`);
}

interface Body {
  readonly before: readonly number[];
  readonly inputs: readonly number[];
  readonly after: readonly number[];
  readonly slot: readonly number[];
}

/** Ranges of the state that contain its values before the loop and are not left by an iteration; also left in `lo`, `hi` and the sweep. */
function findInvariant(t: Tracer, sweep: Sweep, loop: CountedLoop, body: Body, lo: Float64Array, hi: Float64Array, site: number): Interval[] {
  const { before, inputs, after, slot } = body;
  const start = before.map(n => t.rangeOf(n));
  const set = (ranges: readonly Interval[]): boolean => {
    ranges.forEach((r, k) => { lo[slot[k]] = r.lo; hi[slot[k]] = r.hi; });
    return sweep.forward(lo, hi);
  };
  // Sums s + g with g free of s.
  const terms = after.map((n, k) => {
    const node = t.graph.nodes[n];
    if (node.kind !== Kind.Add || (node.a !== inputs[k] && node.b !== inputs[k])) return -1;
    const g = node.a === inputs[k] ? node.b : node.a;
    return new Sweep(t.graph, [g], t.options).order.includes(inputs[k]) ? -1 : g;
  });
  let ranges: Interval[] = start.map(r => ({ ...r }));
  for (let round = 0; round < ROUNDS; round++) {
    if (!set(ranges)) refuse(`has a long loop in which ${sweep.reason}`, site);
    let stable = true;
    ranges = ranges.map((r, k) => {
      let next: Interval;
      if (terms[k] >= 0) {
        const g = t.graph.exactValue(terms[k]);
        const i = g === g ? -1 : sweep.at(terms[k]);
        const [gl, gh] = i < 0 ? [g, g] : [sweep.vlo[i], sweep.vhi[i]];
        const total = { lo: start[k].lo + Math.min(0, loop.trips * gl), hi: start[k].hi + Math.max(0, loop.trips * gh) };
        const room = 1e-3 * Math.max(-total.lo, total.hi);
        next = { lo: total.lo - room, hi: total.hi + room };
      } else {
        const i = sweep.at(after[k]);
        next = { lo: Math.min(r.lo, sweep.vlo[i]), hi: Math.max(r.hi, sweep.vhi[i]) };
      }
      if (next.lo >= r.lo && next.hi <= r.hi) return r;
      stable = false;
      // A little more than asked for, soon much more: the iteration has to end.
      const grow = round < 4 ? 1e-9 : 2 ** (round - 12);
      const by = grow * Math.max(Math.abs(next.lo), Math.abs(next.hi));
      return { lo: next.lo < r.lo ? next.lo - by : r.lo, hi: next.hi > r.hi ? next.hi + by : r.hi };
    });
    if (stable) return ranges;
  }
  return refuse('has a long loop whose values are not bounded by their ranges', site);
}

/** Errors after `trips` iterations of e ← |J|·e + h, by repeated squaring of the affine map. */
function errorAfter(sweep: Sweep, trips: number, before: readonly number[], inputs: readonly number[], after: readonly number[]): number[] {
  const size = after.length;
  const entry = before.map(n => sweep.error[sweep.at(n)]);
  const constant = new Float64Array(size);
  const matrix = after.map((n, k) => {
    constant[k] = sweep.backward(sweep.at(n));
    return inputs.map(input => {
      const i = sweep.has(input) ? sweep.at(input) : -1;
      return i < 0 || i > sweep.at(n) ? 0 : Math.max(-sweep.alo[i], sweep.ahi[i]);
    });
  });
  let power = { matrix, constant: [...constant] };
  let error = entry;
  for (let rest = trips; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) error = apply(power, error);
    power = { matrix: power.matrix.map(row => power.matrix[0].map((_, j) => up(row.reduce((sum, x, k) => sum + x * power.matrix[k][j], 0)))), constant: apply(power, power.constant) };
  }
  return error;
}

function apply(map: { readonly matrix: readonly (readonly number[])[]; readonly constant: readonly number[] }, e: readonly number[]): number[] {
  return map.matrix.map((row, k) => up(row.reduce((sum, x, j) => sum + x * e[j], map.constant[k])));
}

/** Beyond the rounding of a sum of a few products. */
function up(x: number): number {
  return x * (1 + 2 ** -44);
}
