import type { Expression } from '../../program';
import type { Branches, Engine } from './engine';
import type { Key } from './keys';
import {
  ANY_NUMBER, buildSet, FINEST_GRID, hasRange, isInteger, literal, mayBeInfinite, meetNumbers, NO_NUMBER, numberSet, single, TINY, type LengthRelation, type NumberSet,
} from './number-set';
import { narrow } from './narrow';
import { joinStates, type State } from './state';
import {
  FALSE, falsy, isImpossible, joinValues, meetValues, NOTHING, NULL, numberValue, simpleValue, toNumber, TRUE, truthValue, truthy, UNDEFINED, type Value,
} from './value';

const SWAPPED: Readonly<Record<string, string>> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq', ne: 'ne' };

/** The two outcomes of a condition, each with what it tells about the variables and paths in it. */
export function condition(m: Engine, e: Expression, s: State): Branches {
  if (s.dead) return { value: NOTHING, yes: null, no: null };
  const branches = split(m, e, s);
  if (e.kind === 'operation' || e.kind === 'logical') m.recorder?.record(e, branches.value, s);
  return branches;
}

function split(m: Engine, e: Expression, s: State): Branches {
  if (e.kind === 'logical' && e.operator !== 'nullish') return both(m, e, s);
  if (e.kind === 'operation') {
    switch (e.operator) {
      case 'not': {
        const { yes, no } = m.condition(e.operands[0], s);
        return { value: truthValue({ yes: no !== null, no: yes !== null }), yes: no, no: yes };
      }
      case 'lt': case 'le': case 'gt': case 'ge': case 'eq': case 'ne': return compare(m, e, s);
    }
  }
  if (e.kind === 'call' && e.callee.kind === 'library') {
    const tested = predicate(m, e, e.callee.name, s);
    if (tested) return tested;
  }
  const value = m.evaluate(e, s);
  if (s.dead) return { value: NOTHING, yes: null, no: null };
  const yes = branch(m, e, s, truthy(value), value);
  const no = branch(m, e, s, falsy(value), value);
  return { value, yes, no };
}

/** A copy of the state in which the expression has only these of its values; null when there are none. */
function branch(m: Engine, e: Expression, s: State, part: Value, whole: Value): State | null {
  if (isImpossible(part)) return null;
  const state = s.copy();
  if (part !== whole) narrow(m, e, state, part);
  return state.dead ? null : state;
}

function both(m: Engine, e: Expression & { kind: 'logical' }, s: State): Branches {
  const left = m.condition(e.left, s);
  const and = e.operator === 'and';
  const stop = and ? left.no : left.yes;
  const go = and ? left.yes : left.no;
  const kept = stop ? (and ? falsy(left.value) : truthy(left.value)) : NOTHING;
  const right: Branches = go ? m.condition(e.right, go) : { value: NOTHING, yes: null, no: null };
  const value = joinValues(kept, right.value);
  return and ? { value, yes: right.yes, no: joinStates(stop, right.no) } : { value, yes: joinStates(stop, right.yes), no: right.no };
}

/** Whether a comparison can come out true, and false. */
export function comparison(operator: string, a: Value, b: Value, loose: boolean): { yes: boolean; no: boolean } {
  if (operator === 'ne') { const { yes, no } = comparison('eq', a, b, loose); return { yes: no, no: yes }; }
  if (operator === 'eq') {
    const yes = mayBeEqual(a, b) || (loose && !mustDifferLoosely(a, b));
    const [x, y] = [onlyNumber(a), onlyNumber(b)];
    const sure = x !== undefined && y !== undefined && x === y;
    const sameSimple = isOnlySimple(a) && a.simple === b.simple && isOnlySimple(b) && (a.simple & (a.simple - 1)) === 0 && a.simple <= FALSE && a.simple > 0;
    const sameText = a.text?.literals?.length === 1 && b.text?.literals?.length === 1 && a.text.literals[0] === b.text.literals[0] && isOnlyTextual(a) && isOnlyTextual(b);
    return { yes, no: !(sure || sameSimple || sameText) };
  }
  if ((a.text || b.text)) return { yes: true, no: true };
  const x = toNumber(a);
  const y = toNumber(b);
  const nan = x.nan || y.nan || !hasRange(x) || !hasRange(y);
  const comparable = hasRange(x) && hasRange(y);
  switch (operator) {
    case 'lt': return { yes: comparable && x.lo < y.hi, no: nan || x.hi >= y.lo };
    case 'le': return { yes: comparable && x.lo <= y.hi, no: nan || x.hi > y.lo };
    case 'gt': return { yes: comparable && x.hi > y.lo, no: nan || x.lo <= y.hi };
    default: return { yes: comparable && x.hi >= y.lo, no: nan || x.lo < y.hi };
  }
}

function onlyNumber(a: Value): number | undefined {
  return isImpossible({ ...a, number: NO_NUMBER }) ? (a.number.lo === a.number.hi && !a.number.nan ? a.number.lo : undefined) : undefined;
}

function isOnlySimple(a: Value): boolean {
  return isImpossible({ ...a, simple: 0 });
}

function isOnlyTextual(a: Value): boolean {
  return isImpossible({ ...a, text: null });
}

function mayBeEqual(a: Value, b: Value): boolean {
  if (a.outside.some(x => x.type.kind === 'unknown') || b.outside.some(x => x.type.kind === 'unknown')) return true;
  if (a.simple & b.simple) return true;
  if (a.text && b.text && (!a.text.literals || !b.text.literals || a.text.literals.some(t => b.text!.literals!.includes(t)))) return true;
  if ((a.locations.length || a.outside.length || a.functions.length) && (b.locations.length || b.outside.length || b.functions.length)) return true;
  const [x, y] = [a.number, b.number];
  return hasRange(x) && hasRange(y) && x.lo <= y.hi && y.lo <= x.hi && !(x.nonZero && y.lo === 0 && y.hi === 0) && !(y.nonZero && x.lo === 0 && x.hi === 0);
}

function mustDifferLoosely(a: Value, b: Value): boolean {
  const numeric = (v: Value): boolean => isImpossible({ ...v, number: NO_NUMBER });
  return (numeric(a) && numeric(b)) || (isOnlySimple(b) && !(b.simple & ~(UNDEFINED | NULL)) && !(a.simple & (UNDEFINED | NULL)) && !a.outside.some(x => x.type.kind === 'unknown'));
}

function compare(m: Engine, e: Expression & { kind: 'operation' }, s: State): Branches {
  const [left, right] = e.operands;
  const a = m.evaluate(left, s);
  const b = m.evaluate(right, s);
  if (s.dead) return { value: NOTHING, yes: null, no: null };
  let { yes, no } = comparison(e.operator, a, b, e.loose ?? false);
  const keys = m.orderKeys(e);
  const order = keys && known(keys[0], e.operator, s);
  if (order != null && !toNumber(a).nan && !toNumber(b).nan) { yes &&= order; no &&= !order; }
  const reasons = m.guardReasons(e);
  const take = (operator: string, holds: boolean): State | null => {
    const state = s.copy();
    assume(m, operator, [left, right], [a, b], { state, holds, loose: e.loose ?? false, reasons, keys });
    return state.dead ? null : state;
  };
  const opposite: Readonly<Record<string, string>> = { lt: 'ge', le: 'gt', gt: 'le', ge: 'lt', eq: 'ne', ne: 'eq' };
  return { value: truthValue({ yes, no }), yes: yes ? take(e.operator, true) : null, no: no ? take(opposite[e.operator], false) : null };
}

/** What an earlier guard says of the order of the same two expressions. */
function known(key: Key, operator: string, s: State): boolean | undefined {
  const difference = s.refinement(key)?.number;
  if (!difference || difference === NO_NUMBER) return undefined;
  switch (operator) {
    case 'lt': return difference.hi < 0 ? true : difference.lo >= 0 ? false : undefined;
    case 'le': return difference.hi <= 0 ? true : difference.lo > 0 ? false : undefined;
    case 'gt': return difference.lo > 0 ? true : difference.hi <= 0 ? false : undefined;
    case 'ge': return difference.lo >= 0 ? true : difference.hi < 0 ? false : undefined;
    case 'eq': return difference.nonZero ? false : undefined;
    case 'ne': return difference.nonZero ? true : undefined;
    default: return undefined;
  }
}

interface Assumption {
  readonly state: State;
  /** The comparison came out true; otherwise it came out false, which NaN operands do too. */
  readonly holds: boolean;
  readonly loose: boolean;
  readonly reasons: readonly string[];
  /** Of left − right and right − left; null when they have no key. */
  readonly keys: readonly [Key, Key] | null;
}

/** Narrow both sides of a comparison that is known to hold (or whose opposite failed). */
function assume(m: Engine, operator: string, sides: readonly [Expression, Expression], values: readonly [Value, Value], how: Assumption): void {
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
  return nextBelow(y);
}

/** The greatest double less than x. */
export function nextBelow(x: number): number {
  if (x === -Infinity || x !== x) return x;
  if (x === Infinity) return Number.MAX_VALUE;
  if (x === 0) return -TINY;
  buffer.setFloat64(0, x);
  buffer.setBigInt64(0, buffer.getBigInt64(0) + (x > 0 ? -1n : 1n));
  return buffer.getFloat64(0);
}
const buffer = new DataView(new ArrayBuffer(8));

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
    if (x.lo === y) return { ...a, number: numberSet(integer ? y + 1 : -nextBelow(-y), x.hi, x) };
    if (x.hi === y) return { ...a, number: numberSet(x.lo, integer ? y - 1 : nextBelow(y), x) };
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

/** Number.isFinite(x), isNaN(x), Array.isArray(x), … as conditions. */
function predicate(m: Engine, e: Expression & { kind: 'call' }, name: string, s: State): Branches | null {
  const x = e.arguments[0];
  if (!x || e.spread[0]) return null;
  const parts = PREDICATES[name];
  if (!parts) return null;
  const value = m.evaluate(x, s);
  for (const rest of e.arguments.slice(1)) m.evaluate(rest, s);
  if (s.dead) return { value: NOTHING, yes: null, no: null };
  const [whenTrue, whenFalse] = parts(value);
  const yes = branch(m, x, s, whenTrue, value);
  const no = branch(m, x, s, whenFalse, value);
  const result = { value: simpleValue((yes ? TRUE : 0) | (no ? FALSE : 0)), yes, no };
  m.recorder?.record(e, result.value, s);
  return result;
}

const FINITE: NumberSet = { ...ANY_NUMBER, lo: -Number.MAX_VALUE, hi: Number.MAX_VALUE, nan: false, evidence: false };
const INTEGER: NumberSet = { ...FINITE, grid: 0 };
const SAFE: NumberSet = { ...INTEGER, lo: -Number.MAX_SAFE_INTEGER, hi: Number.MAX_SAFE_INTEGER };

function onlyNumbers(value: Value, number: NumberSet): Value {
  const met = meetNumbers(value.outside.some(x => x.type.kind === 'unknown') && value.number === NO_NUMBER ? ANY_NUMBER : value.number, number);
  return { ...NOTHING, number: met };
}

const PREDICATES: Readonly<Record<string, (value: Value) => readonly [Value, Value]>> = {
  'Number.isFinite': v => [onlyNumbers(v, FINITE), mayBeInfinite(v.number) || v.number.nan ? v : { ...v, number: NO_NUMBER }],
  isFinite: v => [v.number === NO_NUMBER || v.simple ? v : { ...v, number: meetNumbers(v.number, FINITE) }, v],
  'Number.isInteger': v => [onlyNumbers(v, INTEGER), v],
  'Number.isSafeInteger': v => [onlyNumbers(v, SAFE), v],
  'Number.isNaN': v => [v.number.nan ? numberValue(literal(NaN)) : v.outside.length ? v : NOTHING, { ...v, number: meetNumbers(v.number, { ...v.number, nan: false }) }],
  isNaN: v => [v.simple || v.text || v.outside.length ? v : numberValue(v.number.nan ? literal(NaN) : NO_NUMBER), { ...v, simple: v.simple & ~UNDEFINED, number: meetNumbers(v.number, { ...v.number, nan: false }) }],
  'Array.isArray': v => [
    { ...NOTHING, locations: v.locations, outside: v.outside },
    { ...v, outside: v.outside.filter(x => x.type.kind !== 'array' && x.type.kind !== 'tuple') },
  ],
};

