import type { Expression } from '../../program';
import { assume } from './assume';
import { comparison } from './comparison';
import type { Branches, Engine } from './engine';
import type { Key } from './keys';
import { narrow } from './narrow';
import { ANY_NUMBER, literal, mayBeInfinite, meetNumbers, NO_NUMBER, type NumberSet } from './number-set';
import { joinStates, type State } from './state';
import { FALSE, falsy, isImpossible, joinValues, NOTHING, numberValue, simpleValue, toNumber, TRUE, truthValue, truthy, UNDEFINED, type Value } from './value';

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

