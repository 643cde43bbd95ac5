import type { Expression, FunctionIr, Statement } from '../../program';
import { accumulate } from './accumulators';
import type { Engine } from './engine';
import { greatestMagnitude, hasRange, meetNumbers, NO_NUMBER, numberSet, type NumberSet } from './number-set';
import type { Recorder } from './recorder';
import type { State } from './state';
import { joinValues, NOTHING, type Value } from './value';

/** Pseudo-variables that hold what a library method keeps between the calls of its callback. */
function keptBy(e: Expression): number {
  return -10 - e.id;
}

/**
 * A callback is called some number of times (at most `count`), each time with arguments made from the state at that time. Gives the join of its results.
 */
export function repeat(m: Engine, e: Expression, callback: Value, args: (s: State) => readonly Value[], count: NumberSet, s: State): Value {
  const kept = keptBy(e);
  s.refineVariable(kept, NOTHING);
  const once = (state: State): State | null => {
    const result = m.apply(callback, args(state), state, e.id);
    if (state.dead) return null;
    state.refineVariable(kept, joinValues(state.variable(kept) ?? NOTHING, result));
    return state;
  };
  if (count.hi === 0) return NOTHING;
  let last: State | null = null;
  const entry = s.copy();
  const [only] = callback.functions;
  m.stabilize(s, -e.id, start => last = once(start), {
    refine: (invariant, scratch) => {
      if (callback.functions.length === 1) accumulate(m, m.program.functions[only], { entry, invariant, scratch, trips: count, callback: only });
    },
  });
  let result = s.variable(kept) ?? NOTHING;
  last = last as State | null;
  if (last) { result = joinValues(result, last.variable(kept)!); s.include(last); }
  else if (count.lo > 0) s.dead = true;
  s.dropVariable(kept);
  return result;
}

/** reduce and reduceRight: the accumulator goes from call to call. */
export function fold(m: Engine, e: Expression, callback: Value, initial: Value, args: (accumulator: Value, s: State) => readonly Value[], count: NumberSet, s: State): Value {
  const kept = keptBy(e);
  s.refineVariable(kept, initial);
  const once = (state: State): State | null => {
    const result = m.apply(callback, args(state.variable(kept)!, state), state, e.id);
    if (state.dead) return null;
    state.refineVariable(kept, result);
    return state;
  };
  const start = initial.number;
  let last: State | null = null;
  m.stabilize(s, -e.id, start => last = once(start), {
    refine: (invariant, scratch) => {
      const sum = callback.functions.length === 1 ? sumBound(m, m.program.functions[callback.functions[0]], start, count, scratch) : null;
      const now = invariant.variable(kept);
      if (!sum || !now) return;
      const number = meetNumbers(now.number, sum);
      if (hasRange(number)) invariant.refineVariable(kept, { ...now, number: { ...number, vague: sum.vague, evidence: sum.evidence } });
    },
  });
  last = last as State | null;
  let result = s.variable(kept)!;
  if (last) {
    result = count.lo > 0 && initial !== NOTHING ? last.variable(kept)! : joinValues(result, last.variable(kept)!);
    s.include(last);
  } else if (count.lo > 0) s.dead = true;
  s.dropVariable(kept);
  return result;
}

/** For `(a, b) => a + f(b)`: the initial value plus count times the range of f(b). */
function sumBound(m: Engine, f: FunctionIr, start: NumberSet, count: NumberSet, scratch: Recorder): NumberSet | null {
  const accumulator = f.parameters[0]?.variable;
  const value = onlyResult(f.body);
  if (accumulator === undefined || !value || !Number.isFinite(count.hi) || start === NO_NUMBER || m.program.variables[accumulator].assignments > 0) return null;
  let { lo, hi } = start;
  let size = greatestMagnitude(start);
  let grid = start.grid;
  let vague = start.vague;
  let terms = 0;
  let rest = value;
  const isAccumulator = (e: Expression): boolean => e.kind === 'variable' && e.variable === accumulator;
  while (!isAccumulator(rest)) {
    if (rest.kind !== 'operation' || (rest.operator !== 'add' && rest.operator !== 'sub')) return null;
    const [x, y] = rest.operands;
    const [next, term] = rest.operator === 'add' && isAccumulator(y) ? [y, x] : [x, y];
    const range = scratch.number(term.id);
    if (!range || !hasRange(range) || scratch.mixed(term.id)) return null;
    const [down, up] = rest.operator === 'add' ? [range.lo, range.hi] : [-range.hi, -range.lo];
    lo += Math.min(0, down) === 0 ? 0 : count.hi * down;
    hi += Math.max(0, up) === 0 ? 0 : count.hi * up;
    size += greatestMagnitude(range) * count.hi;
    grid = Math.min(grid, range.grid);
    vague ||= range.vague || count.vague;
    terms++;
    rest = next;
  }
  if (lo !== lo || hi !== hi || terms === 0) return null;
  const relative = terms * count.hi * 2 ** -52 * 1.1;
  if (!(size <= 2 ** (53 + Math.min(grid, 900)))) {
    if (!(relative < 0.01) || !Number.isFinite(size)) return null;
    if (lo < start.lo) lo -= size * relative;
    if (hi > start.hi) hi += size * relative;
  }
  return numberSet(lo, hi, { nan: true, negativeZero: true, vague, evidence: !vague });
}

/** The expression that a function returns, when that is all it does. */
export function onlyResult(body: readonly Statement[]): Expression | null {
  const [statement] = body;
  return body.length === 1 && statement.kind === 'return' ? statement.value : null;
}
