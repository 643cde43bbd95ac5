import type { Expression } from '../../program';
import { fold, repeat } from './callbacks';
import { unknownCall } from './arguments';
import type { Engine } from './engine';
import { blur, elementsOf, heapArray, ITEM_LIMIT, type HeapObject } from './heap';
import { integers, joinNumbers, NO_NUMBER, type NumberSet } from './number-set';
import { lengthOf, readElement, storedNumber } from './objects';
import type { State } from './state';
import {
  ANY_LENGTH, ANY_TEXT, ANYTHING, FALSE, isImpossible, isNumeric, joinAll, joinValues, locationValue, NOTHING, numberValue, simpleValue, toNumber, TRUE, UNDEFINED, UNDEFINED_VALUE, valueOfType, type Value,
} from './value';

/** A call of a method of an array, typed array, map or set. */
export interface ArrayCall {
  readonly m: Engine;
  readonly e: Expression & { kind: 'call' };
  readonly object: Value;
  readonly receiver: Expression;
  readonly args: readonly Value[];
  readonly s: State;
}

type Method = (call: ArrayCall) => Value;

/** Certainly one of the functions of the program. */
export function isKnownFunction(callback: Value | undefined): callback is Value {
  return callback !== undefined && callback.functions.length > 0 && callback.outside.length === 0;
}

const BOOLEAN = simpleValue(TRUE | FALSE);

function countOf({ m, object, receiver, s }: ArrayCall): NumberSet {
  const length = lengthOf(m, object, m.key(receiver), s);
  return length === NO_NUMBER ? ANY_LENGTH : length;
}

function elementOf({ m, object, s }: ArrayCall): Value {
  return readElement(m, object, numberValue(integers(0, 2 ** 32 - 2)), null, { kind: 'unknown' }, s, true);
}

/** Index of some element. */
function anyIndex(length: NumberSet): Value {
  return numberValue({
    ...integers(0, Math.max(0, length.hi - 1), length.reasons), vague: length.vague, evidence: !length.vague,
    below: length.equals ? [{ symbol: length.equals.symbol, slack: -length.equals.slack }] : [],
  });
}

function positionOrMinusOne(call: ArrayCall): Value {
  const length = countOf(call);
  return numberValue({ ...integers(-1, Math.max(-1, length.hi - 1)), vague: length.vague, evidence: !length.vague, below: anyIndex(length).number.below });
}

/** Longest array whose elements are handed to a callback one by one. */
const ONE_BY_ONE = 16;

/** Number of elements, when they are known one by one and few. */
function itemsOf({ object, s }: ArrayCall): number | null {
  const array = object.locations.length === 1 && object.outside.length === 0 ? s.object(object.locations[0]) : undefined;
  return array?.items && array.items.length <= ONE_BY_ONE ? array.items.length : null;
}

/** Results of a callback for the elements one after the other, each as it is when its turn comes; stops when the callback never returns. */
function oneByOne({ object, s, e, m }: ArrayCall, count: number, once: (item: Value, i: number, s: State) => Value): Value[] {
  // Keeps the array and the results alive while callbacks allocate.
  const kept = -10 - e.id;
  const results: Value[] = [];
  for (let i = 0; i < count && !s.dead; i++) {
    s.refineVariable(kept, results.reduce(joinValues, object));
    const array = s.object(object.locations[0]);
    const item = array?.items?.[i] ?? joinValues(readElement(m, object, numberValue(integers(0, 2 ** 32 - 2)), null, { kind: 'unknown' }, s, true), UNDEFINED_VALUE);
    results.push(once(item, i, s));
  }
  s.dropVariable(kept);
  return results;
}

/** Call the callback with each element; gives the join of its results. */
function each(call: ArrayCall): Value {
  const { m, e, args: [callback], object } = call;
  const length = countOf(call);
  if (!isKnownFunction(callback)) return unknownCall(m, e, [object, ...call.args], call.s);
  const items = itemsOf(call);
  if (items !== null) return joinAll(oneByOne(call, items, (item, i, state) => m.apply(callback, [item, numberValue(integers(i, i)), object], state, e.id)));
  return repeat(m, e, callback, state => [elementOf({ ...call, s: state }), anyIndex(length), object], length, call.s);
}

function newArray({ m, e, object, s }: ArrayCall, element: Value, length: NumberSet): Value {
  const typed = typedName(object, s);
  if (typed) return locationValue(m.allocate(e, { ...heapArray({ kind: 'typedArray', name: typed as 'Float64Array' }, { element: numberValue(storedNumber(typed, toNumber(element))), length }), kind: 'typed', name: typed }, s));
  return locationValue(m.allocate(e, heapArray(e.type, { element, length }), s));
}

function typedName(object: Value, s: State): string | null {
  const names = new Set<string | null>([
    ...object.locations.map(location => { const o = s.object(location); return o?.kind === 'typed' ? o.name : null; }),
    ...object.outside.map(o => o.type.kind === 'typedArray' ? o.type.name : null),
  ]);
  return names.size === 1 ? [...names][0] : null;
}

function upTo(length: NumberSet): NumberSet {
  return { ...integers(0, length.hi, length.reasons), vague: length.vague, evidence: !length.vague };
}

/** Replace what is known of every array that the receiver may be. `change` gives null for what code outside owns. */
function update({ m, object, s, args }: ArrayCall, change: (array: HeapObject, strong: boolean) => HeapObject): void {
  s.forgetElements();
  for (const location of object.locations) {
    const target = s.object(location);
    if (!target || target.shared) { for (const value of args) m.escape(value, s); continue; }
    s.setObject(location, change(target, target.single && object.locations.length === 1 && object.outside.length === 0));
  }
  if (object.outside.length > 0) for (const value of args) m.escape(value, s);
  m.mayThrow(s);
}

function grow(array: HeapObject, added: readonly Value[], strong: boolean): HeapObject {
  if (strong && array.items && array.items.length + added.length <= ITEM_LIMIT) {
    const items = [...array.items, ...added];
    return { ...array, items, length: integers(items.length, items.length) };
  }
  const whole = blur(array);
  const length = { ...integers(whole.length.lo + (strong ? added.length : 0), Math.min(2 ** 32 - 1, whole.length.hi + added.length)), vague: whole.length.vague };
  return { ...whole, element: added.reduce(joinValues, whole.element), length };
}

function shrink(array: HeapObject, strong: boolean): HeapObject {
  const whole = blur(array);
  const least = Math.max(0, whole.length.lo - 1);
  const most = strong ? Math.max(0, whole.length.hi - 1) : whole.length.hi;
  return { ...whole, length: { ...integers(Math.min(least, most), most), vague: whole.length.vague, evidence: !whole.length.vague } };
}

function anyLength(array: HeapObject): HeapObject {
  return { ...blur(array), length: ANY_LENGTH };
}

function takeOne(call: ArrayCall): Value {
  const length = countOf(call);
  const element = elementOf(call);
  update(call, shrink);
  call.s.forgetLengths();
  return length.lo > 0 ? element : joinValues(element, UNDEFINED_VALUE);
}

/** A callback of sort compares any two elements; the elements stay the same ones. */
function compareAll(call: ArrayCall): void {
  const { m, e, args: [callback], object, s } = call;
  if (!callback || (callback.simple === UNDEFINED && callback.number === NO_NUMBER && isNumeric({ ...callback, simple: 0 }))) return;
  if (!isKnownFunction(callback)) unknownCall(m, e, [object, callback], s);
  else repeat(m, e, callback, state => { const x = elementOf({ ...call, s: state }); return [x, x]; }, countOf(call), s);
}

function reduce(call: ArrayCall): Value {
  const { m, e, args: [callback, initial], object, s } = call;
  const length = countOf(call);
  if (!isKnownFunction(callback)) return unknownCall(m, e, [object, ...call.args], s);
  const explicit = e.arguments.length > 1;
  const items = itemsOf(call);
  if (items !== null && e.callee.kind === 'library' && e.callee.name.endsWith('.reduce') && (explicit || items > 0)) {
    let accumulator = explicit ? initial : NOTHING;
    oneByOne(call, items, (item, i, state) => accumulator = i === 0 && !explicit ? item : m.apply(callback, [accumulator, item, numberValue(integers(i, i)), object], state, e.id));
    return accumulator;
  }
  // Without an initial value the first element is it; an empty array throws.
  const start = explicit ? initial : elementOf(call);
  const count = explicit ? length : { ...length, equals: null };
  return fold(m, e, callback, start, (accumulator, state) => [accumulator, elementOf({ ...call, s: state }), anyIndex(length), object], count, s);
}

function map(call: ArrayCall): Value {
  const { m, e, args: [callback], object, s } = call;
  const count = itemsOf(call);
  if (count !== null && isKnownFunction(callback) && !typedName(object, s)) {
    const items = oneByOne(call, count, (item, i, state) => m.apply(callback, [item, numberValue(integers(i, i)), object], state, e.id));
    return s.dead ? NOTHING : locationValue(m.allocate(e, heapArray(e.type, { element: NOTHING, items, length: integers(count, count) }), s));
  }
  const length = countOf(call);
  const element = each(call);
  return newArray(call, element, { ...length, equals: null });
}

function sliceLength(call: ArrayCall): NumberSet {
  const length = countOf(call);
  const [from, to] = call.args.map(toNumber);
  if (to && to.lo >= 0 && from && from.lo >= 0 && !to.nan) {
    const most = Math.min(length.hi, Math.max(0, Math.floor(to.hi) - Math.max(0, Math.floor(from.lo))));
    return { ...integers(0, most), vague: length.vague && most === length.hi, evidence: true };
  }
  if (!from || (from.lo === 0 && from.hi === 0 && !to)) return { ...length, equals: null };
  if (!to && from.lo === from.hi && from.lo < 0) return integers(0, Math.min(-from.lo, length.hi));
  if (!to && from.lo === from.hi && from.lo > 0) return { ...integers(Math.max(0, length.lo - from.lo), Math.max(0, length.hi - from.lo)), vague: length.vague, evidence: !length.vague };
  return upTo(length);
}

/** Arrays among the arguments give their elements; everything else, typed arrays included, becomes one element. */
function concat(call: ArrayCall): Value {
  const { m, e, object, args, s } = call;
  let element = typedName(object, s) ? NOTHING : elementOf(call);
  let length = e.spread.some(Boolean) ? ANY_LENGTH : countOf(call);
  for (const value of args) {
    const lists: Value = { ...NOTHING, locations: value.locations.filter(l => s.object(l)?.kind === 'array'), outside: value.outside.filter(o => ['array', 'tuple', 'unknown'].includes(o.type.kind)) };
    const single: Value = { ...value, locations: value.locations.filter(l => s.object(l)?.kind !== 'array'), outside: value.outside.filter(o => o.type.kind !== 'array' && o.type.kind !== 'tuple') };
    const more = lengthOf(m, lists, null, s);
    if (more !== NO_NUMBER) element = joinValues(element, readElement(m, lists, numberValue(integers(0, 2 ** 32 - 2)), null, { kind: 'unknown' }, s, true));
    element = joinValues(element, single);
    const extra = more === NO_NUMBER ? integers(1, 1) : isImpossible(single) ? more : joinNumbers(more, integers(1, 1));
    length = { ...integers(length.lo + extra.lo, Math.min(2 ** 32 - 1, length.hi + extra.hi)), vague: length.vague || extra.vague };
  }
  return newArray(call, element, { ...length, equals: null });
}

export const ARRAY_METHODS: Readonly<Record<string, Method>> = {
  forEach: call => { each(call); return UNDEFINED_VALUE; },
  map,
  filter: call => { const length = countOf(call); each(call); return newArray(call, elementOf(call), upTo(length)); },
  flatMap: call => { call.m.escape(each(call), call.s); return valueOfType(call.e.type); },
  some: call => { each(call); return BOOLEAN; },
  every: call => { each(call); return BOOLEAN; },
  find: call => { each(call); return joinValues(elementOf(call), UNDEFINED_VALUE); },
  findLast: call => { each(call); return joinValues(elementOf(call), UNDEFINED_VALUE); },
  findIndex: call => { each(call); return positionOrMinusOne(call); },
  findLastIndex: call => { each(call); return positionOrMinusOne(call); },
  reduce, reduceRight: reduce,
  sort: call => { compareAll(call); update({ ...call, args: [] }, array => blur(array)); return call.object; },
  toSorted: call => { compareAll(call); return newArray(call, elementOf(call), { ...countOf(call), equals: null }); },
  reverse: call => { update(call, array => blur(array)); return call.object; },
  toReversed: call => newArray(call, elementOf(call), { ...countOf(call), equals: null }),
  push: call => {
    const before = countOf(call);
    const added = call.e.spread.some(Boolean) ? null : call.args;
    update(call, (array, strong) => added ? grow(array, added, strong) : { ...anyLength(array), element: call.args.reduce(joinValues, elementsOf(array)) });
    call.s.forgetLengths();
    return numberValue(added ? { ...integers(before.lo + added.length, before.hi + added.length), vague: before.vague, evidence: !before.vague } : ANY_LENGTH);
  },
  unshift: call => {
    update(call, array => ({ ...anyLength(array), element: call.args.reduce(joinValues, elementsOf(array)) }));
    call.s.forgetLengths();
    return numberValue(ANY_LENGTH);
  },
  pop: takeOne, shift: takeOne,
  splice: call => {
    const removed = newArray(call, elementOf(call), upTo(countOf(call)));
    update(call, array => ({ ...anyLength(array), element: call.args.slice(2).reduce(joinValues, elementsOf(array)) }));
    call.s.forgetLengths();
    return removed;
  },
  fill: call => {
    const whole = call.args.length === 1;
    const [value] = call.args;
    update({ ...call, args: [value] }, (array, strong) => {
      const stored = array.kind === 'typed' ? numberValue(storedNumber(array.name, toNumber(value))) : value;
      const element = whole && strong ? stored : joinValues(elementsOf(array), stored);
      const count = array.length.lo === array.length.hi && array.length.lo <= ITEM_LIMIT && whole && strong ? array.length.lo : null;
      return { ...array, element, items: count === null ? null : new Array<Value>(count).fill(stored) };
    });
    return call.object;
  },
  slice: call => newArray(call, elementOf(call), sliceLength(call)),
  subarray: view,
  concat,
  at: call => { const length = countOf(call); const index = toNumber(call.args[0] ?? UNDEFINED_VALUE); const inside = index.lo >= -length.lo && index.hi < length.lo && !index.nan; return inside ? elementOf(call) : joinValues(elementOf(call), UNDEFINED_VALUE); },
  with: call => newArray(call, joinValues(elementOf(call), call.args[1] ?? UNDEFINED_VALUE), { ...countOf(call), equals: null }),
  indexOf: positionOrMinusOne, lastIndexOf: positionOrMinusOne,
  includes: () => BOOLEAN,
  join: () => ANY_TEXT,
  toString: () => ANY_TEXT,
  keys: call => valueOfType(call.e.type), entries: view, values: view, flat: view,
  'Map.get': call => joinValues(mapValue(call), UNDEFINED_VALUE),
  'Map.set': call => { for (const key of call.args.slice(0, 1)) call.m.escape(key, call.s); update({ ...call, args: call.args.slice(1) }, map => ({ ...map, element: joinValues(map.element, call.args[1] ?? UNDEFINED_VALUE), length: ANY_LENGTH })); call.s.forgetLengths(); return call.object; },
  'Set.add': call => { update(call, set => ({ ...set, element: joinValues(set.element, call.args[0] ?? UNDEFINED_VALUE), length: ANY_LENGTH })); call.s.forgetLengths(); return call.object; },
  'Map.has': () => BOOLEAN, 'Set.has': () => BOOLEAN,
  'Map.delete': call => { update({ ...call, args: [] }, map => ({ ...map, length: ANY_LENGTH })); call.s.forgetLengths(); return BOOLEAN; },
  'Set.delete': call => { update({ ...call, args: [] }, map => ({ ...map, length: ANY_LENGTH })); call.s.forgetLengths(); return BOOLEAN; },
  'Map.clear': call => { update({ ...call, args: [] }, map => ({ ...map, length: integers(0, map.length.hi) })); call.s.forgetLengths(); return UNDEFINED_VALUE; },
  'Map.keys': view, 'Map.entries': view, 'Map.values': view, 'Set.values': view, 'Set.keys': view, 'Set.entries': view,
  'Map.forEach': call => {
    const [callback] = call.args;
    if (!isKnownFunction(callback)) return unknownCall(call.m, call.e, [call.object, ...call.args], call.s);
    repeat(call.m, call.e, callback, state => [mapValue({ ...call, s: state }), ANYTHING, call.object], ANY_LENGTH, call.s);
    return UNDEFINED_VALUE;
  },
  'Set.forEach': call => {
    const [callback] = call.args;
    if (!isKnownFunction(callback)) return unknownCall(call.m, call.e, [call.object, ...call.args], call.s);
    repeat(call.m, call.e, callback, state => { const x = elementOf({ ...call, s: state }); return [x, x, call.object]; }, ANY_LENGTH, call.s);
    return UNDEFINED_VALUE;
  },
};

/** What is read through a view that the analysis does not follow may be changed by whoever holds the view. */
function view({ m, object, s, e }: ArrayCall): Value {
  m.escape(object, s);
  return valueOfType(e.type);
}

function mapValue({ object, s, e }: ArrayCall): Value {
  let value = NOTHING;
  for (const location of object.locations) { const map = s.object(location); value = joinValues(value, map && !map.shared ? map.element : valueOfType(e.type)); }
  for (const { type, promise } of object.outside) value = joinValues(value, type.kind === 'map' ? valueOfType(type.value, promise) : valueOfType(e.type));
  return object.locations.length + object.outside.length === 0 ? valueOfType(e.type) : value;
}
