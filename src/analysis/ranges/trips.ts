import type { Expression, FunctionId, Statement, VariableId } from '../../program';
import { visitExpression, visitStatements } from './effects';
import type { Engine } from './engine';
import { hasRange, integers, isInteger, type NumberSet } from './number-set';
import { peek } from './narrow';
import type { State } from './state';
import { numberValue, toNumber } from './value';

type LoopStatement = Statement & { kind: 'loop' };

/** A loop that counts: `variable` moves by `step` in every iteration and the loop ends when `variable operator bound` fails. */
export interface Induction {
  readonly variable: VariableId;
  readonly operator: string;
  /** Null: zero (`while (i--)`). */
  readonly bound: Expression | null;
  readonly change: 'add' | 'sub' | 'mul' | 'div' | 'shr' | 'shl';
  /** Null: one. */
  readonly step: Expression | null;
  /** The assignment that takes the step, once in every iteration. */
  readonly assignment: Expression;
  /** The test itself steps the variable, after reading it. */
  readonly inTest: boolean;
  /** The test is one of several conditions: the count is an upper bound only. */
  readonly partial: boolean;
}

const SWAPPED: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', ne: 'ne' };
const inductions = new WeakMap<Statement, readonly Induction[]>();

/**
 * How often the body runs, at least and at most, when that can be told. `entry`: the state before the loop; `invariant`: one that holds at every test.
 * Without an invariant only bounds that the loop cannot change are accepted.
 */
export function countTrips(m: Engine, loop: LoopStatement, entry: State, invariant?: State): NumberSet | null {
  let best: NumberSet | null = null;
  for (const induction of inductionsOf(m, loop)) {
    const count = countOf(m, loop, induction, entry, invariant);
    if (count && (!best || count.hi < best.hi)) best = count;
  }
  return best;
}

export function inductionsOf(m: Engine, loop: LoopStatement): readonly Induction[] {
  let found = inductions.get(loop);
  if (!found) inductions.set(loop, found = findInductions(m, loop));
  return found;
}

function countOf(m: Engine, loop: LoopStatement, { variable, operator, bound, change, step, inTest, partial }: Induction, entry: State, invariant?: State): NumberSet | null {
  const start = toNumber(entry.variable(variable) ?? numberValue(integers(0, 0)));
  const steady = (e: Expression | null): boolean => !e || e.kind === 'number' || (e.kind === 'variable' && m.program.variables[e.variable].assignments === 0);
  if (!invariant && !(steady(bound) && steady(step))) return null;
  const at = invariant ?? entry;
  const limit = bound ? toNumber(peek(m, bound, at)) : integers(0, 0);
  const size = step ? toNumber(peek(m, step, at)) : integers(1, 1);
  if (!hasRange(start) || !hasRange(limit) || !hasRange(size) || size.nan) return null;
  const nothing = start.nan || limit.nan ? 0 : undefined;
  const vague = limit.vague || start.vague;
  const finish = (lo: number, hi: number): NumberSet => {
    const extra = loop.form === 'do' && !inTest ? 1 : 0;
    const most = Math.max(0, hi) + extra;
    const least = partial ? extra : Math.max(0, Math.min(nothing ?? lo, most)) + extra;
    return { ...integers(Math.min(least, most), most), vague, evidence: !vague && most < Infinity };
  };
  if (change === 'mul' || change === 'shl' || change === 'div' || change === 'shr') return geometric(change, operator, start, limit, size, finish);
  const up = change === 'add' ? size.lo > 0 : size.hi < 0;
  const down = change === 'add' ? size.hi < 0 : size.lo > 0;
  const least = Math.min(Math.abs(size.lo), Math.abs(size.hi));
  const greatest = Math.max(Math.abs(size.lo), Math.abs(size.hi));
  const exact = isInteger(start) && isInteger(limit) && isInteger(size) && [start.lo, start.hi, limit.lo, limit.hi].every(x => Math.abs(x) <= 2 ** 53);
  const far = Math.max(...[start.lo, start.hi, limit.lo, limit.hi].map(x => Number.isFinite(x) ? Math.abs(x) : 0));
  if (!exact && far / least > 2 ** 40) return null;
  const count = (distance: number, by: number, inclusive: boolean, most: boolean): number => {
    if (distance < 0) return 0;
    if (distance === Infinity) return Infinity;
    const steps = distance / by;
    if (exact) return inclusive ? Math.floor(steps) + 1 : Math.ceil(steps);
    // Each of the additions is rounded: relative error of a step at most 2^−13 by the test above.
    return most ? Math.ceil(steps * (1 + 2 ** -11)) + 2 : Math.max(0, Math.floor(steps * (1 - 2 ** -11)) - 2);
  };
  if (up && (operator === 'lt' || operator === 'le')) {
    const inclusive = operator === 'le';
    return finish(count(limit.lo - start.hi, greatest, inclusive, false), count(limit.hi - start.lo, least, inclusive, true));
  }
  if (down && (operator === 'gt' || operator === 'ge')) {
    const inclusive = operator === 'ge';
    return finish(count(start.lo - limit.hi, greatest, inclusive, false), count(start.hi - limit.lo, least, inclusive, true));
  }
  if (operator === 'ne' && exact && least === 1 && greatest === 1) {
    if (up && start.hi <= limit.lo) return finish(limit.lo - start.hi, limit.hi - start.lo);
    if (down && start.lo >= limit.hi) return finish(start.lo - limit.hi, start.hi - limit.lo);
  }
  return null;
}

/** Loops that multiply or divide: the slowest sequence is run. Rounding is monotone, so no other start, factor or limit takes longer. */
function geometric(change: string, operator: string, start: NumberSet, limit: NumberSet, factor: NumberSet, finish: (lo: number, hi: number) => NumberSet): NumberSet | null {
  const base = change === 'shl' || change === 'shr' ? 2 ** factor.lo : factor.lo;
  if (!(base > 1)) return null;
  const growing = change === 'mul' || change === 'shl';
  let x = growing ? start.lo : start.hi;
  if (growing ? !(x > 0 && (operator === 'lt' || operator === 'le')) : !(limit.lo >= 0 && (operator === 'gt' || operator === 'ge'))) return null;
  if (!Number.isFinite(x) || (change === 'shl' && limit.hi >= 2 ** 31) || (change === 'shr' && x >= 2 ** 31)) return null;
  const goesOn = (): boolean => operator === 'lt' ? x < limit.hi : operator === 'le' ? x <= limit.hi : operator === 'gt' ? x > limit.lo : x >= limit.lo;
  let count = 0;
  for (; goesOn(); count++) {
    const next = growing ? x * base : change === 'shr' ? Math.floor(x / base) : x / base;
    if (next === x || count > 2200) return null;
    x = next;
  }
  return finish(0, count);
}

function findInductions(m: Engine, loop: LoopStatement): readonly Induction[] {
  if (!loop.test) return [];
  const found: Induction[] = [];
  const conditions: Expression[] = [];
  const flatten = (e: Expression): void => {
    if (e.kind === 'logical' && e.operator === 'and') { flatten(e.left); flatten(e.right); } else conditions.push(e);
  };
  flatten(loop.test);
  const partial = conditions.length > 1;
  for (const test of conditions) {
    if (test.kind === 'assign') {
      const stepped = stepOf(test);
      if (stepped && test.result === 'old' && stepped.change === 'sub' && onlyStep(m, loop, stepped.variable, test)) {
        found.push({ ...stepped, operator: 'gt', bound: null, inTest: true, partial: true });
      }
      continue;
    }
    if (test.kind === 'variable') continue;
    if (test.kind !== 'operation' || !(test.operator in SWAPPED)) continue;
    for (const [side, other, operator] of [[test.operands[0], test.operands[1], test.operator], [test.operands[1], test.operands[0], SWAPPED[test.operator]]] as const) {
      if (side.kind === 'assign') {
        const stepped = stepOf(side);
        if (stepped && side.result === 'old' && onlyStep(m, loop, stepped.variable, side)) found.push({ ...stepped, operator, bound: other, inTest: true, partial });
        continue;
      }
      if (side.kind !== 'variable') continue;
      const step = singleStep(m, loop, side.variable);
      if (step && step.variable === side.variable) found.push({ ...step, operator, bound: other, inTest: false, partial });
    }
  }
  return found;
}

type Step = Pick<Induction, 'variable' | 'change' | 'step' | 'assignment'>;

/** `i += c`, `i -= c`, `i *= c`, `i /= c`, `i >>= c`, `i = i + c`. */
function stepOf(e: Expression): Step | null {
  if (e.kind !== 'assign' || e.target.kind !== 'variable') return null;
  const { value, target } = e;
  const change = value.kind === 'operation' ? value.operator : '';
  if (value.kind !== 'operation' || !['add', 'sub', 'mul', 'div', 'shr', 'shl'].includes(change)) return null;
  const [x, y] = value.operands;
  const kind = change as Induction['change'];
  if (x.kind === 'variable' && x.variable === target.variable) return { variable: target.variable, change: kind, step: y, assignment: e };
  if ((change === 'add' || change === 'mul') && y.kind === 'variable' && y.variable === target.variable) return { variable: target.variable, change: kind, step: x, assignment: e };
  return null;
}

function assignments(loop: LoopStatement, variable: VariableId): Expression[] {
  const found: Expression[] = [];
  const visit = (e: Expression): void => { if (e.kind === 'assign' && e.target.kind === 'variable' && e.target.variable === variable) found.push(e); };
  if (loop.test) visitExpression(loop.test, visit);
  if (loop.update) visitExpression(loop.update, visit);
  visitStatements(loop.body, visit);
  return found;
}

function onlyStep(m: Engine, loop: LoopStatement, variable: VariableId, step: Expression): boolean {
  const all = assignments(loop, variable);
  return all.length === 1 && all[0] === step && !writtenElsewhere(m, variable);
}

/** A function other than the owner (and `but`) assigns it: any call may. */
export function writtenElsewhere(m: Engine, variable: VariableId, but?: FunctionId): boolean {
  return m.program.variables[variable].captured && m.effects.written.has(variable) && m.effects.writes.some((set, id) => id !== but && set.has(variable));
}

/** The one step that every iteration takes: in the update, or as a statement of the body that nothing skips. */
function singleStep(m: Engine, loop: LoopStatement, variable: VariableId): Step | null {
  if (writtenElsewhere(m, variable)) return null;
  const all = assignments(loop, variable);
  if (all.length !== 1) return null;
  const step = stepOf(all[0]);
  if (!step) return null;
  const updates = loop.update?.kind === 'sequence' ? loop.update.expressions : loop.update ? [loop.update] : [];
  if (updates.includes(all[0])) return step;
  const direct = loop.body.some(statement => statement.kind === 'expression' && statement.expression === all[0]);
  return direct && !contains(loop.body, 'continue') ? step : null;
}

/** A jump of that kind anywhere inside, nested loops included. */
function contains(statements: readonly Statement[], kind: 'continue' | 'break' | 'return' | 'throw'): boolean {
  return statements.some(s => {
    switch (s.kind) {
      case 'if': return contains(s.then, kind) || contains(s.otherwise, kind);
      case 'loop': case 'for-of': case 'for-in': case 'block': return contains(s.body, kind);
      case 'try': return contains(s.body, kind) || contains(s.handler ?? [], kind) || contains(s.finalizer ?? [], kind);
      case 'switch': return s.cases.some(c => contains(c.body, kind));
      default: return s.kind === kind;
    }
  });
}

/** The loop may be left before its test fails. */
export function hasEarlyExit(loop: { readonly body: readonly Statement[] }): boolean {
  return contains(loop.body, 'break') || contains(loop.body, 'return') || contains(loop.body, 'throw');
}
