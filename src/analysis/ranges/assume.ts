import { nextDown, nextUp } from '../../exact';
import type { Expression } from '../../program';
import { isOnlySimple, isOnlyTextual } from './comparison';
import type { Engine } from './engine';
import type { Key } from './keys';
import { narrow } from './narrow';
import {
  ANY_NUMBER, buildSet, FINEST_GRID, hasRange, isInteger, meetNumbers, NO_NUMBER, numberSet, single, TINY, type LengthRelation, type NumberSet,
} from './number-set';
import type { State } from './state';
import { isImpossible, meetValues, NULL, numberValue, simpleValue, toNumber, UNDEFINED, type Value } from './value';

const SWAPPED: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq', ne: 'ne' };

/** What is known of a comparison, and where it holds. */
export interface Assumption {
  readonly state: State;
  /** The comparison came out true; otherwise it came out false, which NaN operands do too. */
  readonly holds: boolean;
  readonly loose: boolean;
  readonly reasons: readonly string[];
  /** Of left − right and right − left; null when they have no key. */
  readonly keys: readonly [Key, Key] | null;
}

/** Narrow both sides of a comparison that is known to hold (or whose opposite failed). */
export function assume(m: Engine, operator: string, sides: readonly [Expression, Expression], values: readonly [Value, Value], how: Assumption): void {
  const { state } = how;
  const limits = values.map(toNumber);
  for (const i of [0, 1] as const) {
    const op = i === 0 ? operator : SWAPPED[operator];
    const part = restrict(op, values[i], limits[i], values[1 - i], limits[1 - i], how);
    if (isImpossible(part)) { state.dead = true; return; }
    if (part !== values[i]) narrow(m, sides[i], state, part);
    if (state.dead) return;
  }
  if (how.keys) remember(operator, how.keys, how);
}

/** The values of one side of `a op b`. */
function restrict(operator: string, a: Value, x: NumberSet, b: Value, y: NumberSet, how: Assumption): Value {
  const equality = operator === 'eq' || operator === 'ne';
  if (operator === 'eq' && !how.loose) return equalTo(a, b, how);
  if (operator === 'ne' && !how.loose) return differentFrom(a, b, how);
  if (equality) {
    // x == null and x != null mean both null and undefined.
    const nullish = isImpossible({ ...b, simple: b.simple & ~(UNDEFINED | NULL) }) && b.simple !== 0;
    if (nullish) return operator === 'eq' ? { ...simpleValue(a.simple & (UNDEFINED | NULL)), outside: a.outside.filter(o => o.type.kind === 'unknown') } : { ...a, simple: a.simple & ~(UNDEFINED | NULL) };
    const numeric = isImpossible({ ...a, number: NO_NUMBER }) && isImpossible({ ...b, number: NO_NUMBER });
    return !numeric ? a : operator === 'eq' ? equalTo(a, b, how) : differentFrom(a, b, how);
  }
  if (a.number === NO_NUMBER && !(a.simple & (UNDEFINED | NULL))) return a;
  // Text compares as text with text alone: a number on this side compares as a number with whatever is on the other.
  // A comparison that fails may fail because of a NaN: then nothing is known of the other side's order.
  const nanElsewhere = !how.holds && (y.nan || !hasRange(y));
  let lo = -Infinity;
  let hi = Infinity;
  let below: readonly LengthRelation[] = [];
  if (!nanElsewhere) {
    const integer = isInteger(x) && x.grid !== Infinity || (x.grid === Infinity && isInteger(y));
    switch (operator) {
      case 'lt': hi = before(y.hi, integer); break;
      case 'le': hi = y.hi; break;
      case 'gt': lo = -before(-y.lo, integer); break;
      case 'ge': lo = y.lo; break;
    }
    if ((operator === 'lt' || operator === 'le') && (y.equals || y.below.length > 0)) {
      below = y.equals ? [...y.below, { symbol: y.equals.symbol, slack: -y.equals.slack - (operator === 'le' ? 1 : 0) }] : y.below;
    }
  }
  const constraint = buildSet(lo, hi, FINEST_GRID, !how.holds, true, false, false, y.vague, how.reasons, below, null);
  const number = meetNumbers(a.number, constraint);
  // undefined compares false to everything; null compares as 0.
  const simple = how.holds ? a.simple & ~UNDEFINED : a.simple;
  return number === a.number && simple === a.simple ? a : { ...a, number, simple };
}

/** The greatest number below y. */
function before(y: number, integer: boolean): number {
  if (integer && Number.isFinite(y) && Math.abs(y) <= 2 ** 53) return Math.ceil(y) - 1;
  return nextDown(y);
}

function equalTo(a: Value, b: Value, how: Assumption): Value {
  const blind = b.outside.some(x => x.type.kind === 'unknown');
  const other: Value = { ...b, number: b.number === NO_NUMBER ? NO_NUMBER : numberSet(b.number.lo, b.number.hi, {
    grid: b.number.grid, negativeZero: true, nonZero: b.number.nonZero, evidence: b.number.evidence, vague: b.number.vague, reasons: how.reasons, below: b.number.below, equals: b.number.equals,
  }) };
  if (blind) return a;
  const met = meetValues(a, other);
  // Objects are compared by identity; keep those of `a` unless the other side has none at all.
  const objects = b.locations.length || b.outside.length || b.functions.length;
  return { ...met, locations: objects ? a.locations : [], functions: objects ? a.functions : [], outside: objects ? a.outside : a.outside.filter(x => x.type.kind === 'unknown') };
}

function differentFrom(a: Value, b: Value, how: Assumption): Value {
  if (isImpossible({ ...b, number: NO_NUMBER })) {
    const y = single({ ...b.number, negativeZero: false });
    if (y === undefined) return a;
    const x = a.number;
    if (y === 0) {
      const number = meetNumbers(x, { ...ANY_NUMBER, nonZero: true, negativeZero: false, reasons: how.reasons });
      return { ...a, number };
    }
    const integer = isInteger(x);
    if (x.lo === y) return { ...a, number: numberSet(integer ? y + 1 : nextUp(y), x.hi, x) };
    if (x.hi === y) return { ...a, number: numberSet(x.lo, integer ? y - 1 : nextDown(y), x) };
    return a;
  }
  if (isOnlySimple(b) && (b.simple & (b.simple - 1)) === 0) return a.simple & b.simple ? { ...a, simple: a.simple & ~b.simple } : a;
  if (b.text?.literals?.length === 1 && isOnlyTextual(b) && a.text?.literals) {
    const literals = a.text.literals.filter(t => t !== b.text!.literals![0]);
    return { ...a, text: literals.length ? { literals } : null };
  }
  return a;
}

/** Keep the order of two expressions, as a range of their difference. */
function remember(operator: string, [key, back]: readonly [Key, Key], { state, holds }: Assumption): void {
  const range = orderRange(operator);
  if (!range) return;
  // After a comparison that failed the operands may be NaN, and the difference with them; ∞ − ∞ is NaN even when both are equal.
  const nan = !holds || operator === 'eq' || operator === 'le' || operator === 'ge' || operator === 'ne';
  for (const [k, lo, hi] of [[key, range.lo, range.hi], [back, -range.hi, -range.lo]] as const) {
    const fact = numberValue(numberSet(lo, hi, { nan, nonZero: range.nonZero, negativeZero: true, grid: FINEST_GRID }));
    const old = state.refinement(k);
    const met = old ? meetValues(old, fact) : fact;
    if (!isImpossible(met)) state.refine(k, met);
  }
}

function orderRange(operator: string): { lo: number; hi: number; nonZero: boolean } | null {
  switch (operator) {
    case 'lt': return { lo: -Infinity, hi: -TINY, nonZero: true };
    case 'le': return { lo: -Infinity, hi: 0, nonZero: false };
    case 'gt': return { lo: TINY, hi: Infinity, nonZero: true };
    case 'ge': return { lo: 0, hi: Infinity, nonZero: false };
    case 'eq': return { lo: 0, hi: 0, nonZero: false };
    case 'ne': return { lo: -Infinity, hi: Infinity, nonZero: true };
    default: return null;
  }
}
