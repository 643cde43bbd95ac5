import { UNKNOWN, type ValueType } from '../../program';
import type { Engine } from './engine';
import { blur, elementsOf, ITEM_LIMIT, missing, type HeapObject } from './heap';
import type { Key } from './keys';
import { hasRange, integers, isInteger, joinNumbers, literal, meetNumbers, NO_NUMBER, numberSet, single, type NumberSet } from './number-set';
import { toInt32, toUint32 } from './integers';
import { monotone } from './arithmetic';
import type { State } from './state';
import {
  ANY_LENGTH, ANY_TEXT, ANYTHING, joinValues, NOTHING, NULL, numberValue, typedArrayElement, UNDEFINED, UNDEFINED_VALUE, valueOfType, toNumber, type Outside, type Value,
} from './value';

/** Lengths of the array-like things a value may be; NO_NUMBER when it is none. With a key, related to the symbol of that length. */
export function lengthOf(m: Engine, value: Value, key: Key | null, s: State): NumberSet {
  let length = NO_NUMBER;
  if (value.text) {
    const literals = value.text.literals;
    length = literals ? literals.map(t => integers(t.length, t.length)).reduce(joinNumbers, length) : joinNumbers(length, TEXT_LENGTH);
  }
  for (const location of value.locations) {
    const object = s.object(location);
    if (object && object.kind !== 'object') length = joinNumbers(length, object.length);
  }
  for (const { type } of value.outside) {
    switch (type.kind) {
      case 'array': case 'typedArray': case 'set': case 'map': length = joinNumbers(length, ANY_LENGTH); break;
      case 'tuple': length = joinNumbers(length, integers(type.elements.length, type.elements.length)); break;
      case 'unknown': length = joinNumbers(length, ANY_LENGTH); break;
    }
  }
  if (length === NO_NUMBER || !key) return length;
  const refined = s.lengthRefinement(key)?.number;
  if (refined && refined !== NO_NUMBER) { const met = meetNumbers(length, refined); if (hasRange(met)) length = met; }
  const symbol = m.lengthSymbol(key, s);
  return symbol === null ? length : { ...length, equals: { symbol, slack: 0 } };
}

const TEXT_LENGTH: NumberSet = { ...integers(0, 2 ** 30, ['from the length of a string']), evidence: false, vague: true };

/** Whether an index is certainly that of an element. */
function isInBounds(index: NumberSet, object: Value, key: Key | null, s: State): boolean {
  if (!hasRange(index) || index.nan || !isInteger(index) || index.lo < 0 || index.negativeZero) return false;
  if (index.below.length > 0 && key) {
    const symbol = s.lengthSymbol(key);
    if (symbol !== undefined && index.below.some(r => r.symbol === symbol && r.slack >= 0)) return true;
  }
  return index.hi < Math.max(leastLength(object, s), (key && s.lengthRefinement(key)?.number.lo) ?? 0);
}

/** Lower bound of the length of what a value may be, without what guards say. */
function leastLength(value: Value, s: State): number {
  let least = value.text ? (value.text.literals?.length === 1 ? value.text.literals[0].length : 0) : Infinity;
  for (const location of value.locations) least = Math.min(least, s.object(location)?.length.lo ?? 0);
  for (const { type } of value.outside) least = Math.min(least, type.kind === 'tuple' ? type.elements.length : 0);
  return least === Infinity ? 0 : least;
}

/** `object[index]`. `inside`: the index is known to be that of an element. */
export function readElement(_m: Engine, object: Value, indexValue: Value, key: Key | null, type: ValueType, s: State, inside = false): Value {
  const index = indexValue.number;
  let result = NOTHING;
  const bounded = inside || (indexValue.text === null && indexValue.simple === 0 && isInBounds(index, object, key, s));
  for (const location of object.locations) {
    const target = s.object(location);
    if (!target) { result = joinValues(result, ANYTHING); continue; }
    result = joinValues(result, elementOf(target, index, indexValue, bounded));
  }
  for (const outside of object.outside) result = joinValues(result, outsideElement(outside, index, indexValue, bounded, type));
  if (object.text) result = joinValues(result, bounded ? ANY_TEXT : joinValues(ANY_TEXT, UNDEFINED_VALUE));
  if (object.functions.length) result = joinValues(result, ANYTHING);
  return result;
}

function elementOf(object: HeapObject, index: NumberSet, indexValue: Value, bounded: boolean): Value {
  if (object.kind === 'object') {
    const names = indexValue.text?.literals;
    if (names && index === NO_NUMBER) return names.map(name => object.fields.get(name) ?? missing(object)).reduce(joinValues, NOTHING);
    let all = joinValues(object.element, missing(object));
    for (const field of object.fields.values()) all = joinValues(all, field);
    return joinValues(all, UNDEFINED_VALUE);
  }
  const odd = isNamed({ ...indexValue, simple: 0 });
  // A name that is not an index: a field, a method, or an element by its text. Elements may be objects that nobody outside knows.
  if (object.kind === 'map' || odd) return joinValues(ANYTHING, contentsOf(object));
  if (indexValue.simple !== 0) return joinValues(joinValues(contentsOf(object), UNDEFINED_VALUE), object.shared ? ANYTHING : NOTHING);
  if (object.items && hasRange(index)) {
    const from = Math.max(0, Math.ceil(index.lo));
    const to = Math.min(object.items.length - 1, Math.floor(index.hi));
    let result = bounded || (isInteger(index) && index.lo >= 0 && index.hi < object.items.length && !index.nan) ? NOTHING : UNDEFINED_VALUE;
    for (let i = from; i <= to; i++) result = joinValues(result, object.items[i]);
    return result;
  }
  const element = elementsOf(object);
  return bounded ? element : joinValues(element, UNDEFINED_VALUE);
}

/** All that is in an object: elements and fields. */
function contentsOf(object: HeapObject): Value {
  let all = elementsOf(object);
  for (const field of object.fields.values()) all = joinValues(all, field);
  return all;
}

function outsideElement({ type, promise }: Outside, index: NumberSet, indexValue: Value, bounded: boolean, expected: ValueType): Value {
  const orUndefined = (value: Value): Value => bounded ? value : joinValues(value, UNDEFINED_VALUE);
  switch (type.kind) {
    case 'array': return orUndefined(valueOfType(type.element, promise));
    case 'typedArray': return orUndefined(numberValue(promise ? meetNumbers(typedArrayElement(type.name), promise) : typedArrayElement(type.name)));
    case 'tuple': {
      const i = single(index);
      if (i !== undefined && type.elements[i]) return valueOfType(type.elements[i], promise);
      const all = type.elements.map(member => valueOfType(member, promise)).reduce(joinValues, NOTHING);
      return isInteger(index) && index.lo >= 0 && index.hi < type.elements.length && !index.nan ? all : orUndefined(all);
    }
    case 'object': {
      const name = indexValue.text?.literals?.length === 1 ? indexValue.text.literals[0] : undefined;
      if (name !== undefined && Object.hasOwn(type.properties, name)) return valueOfType(type.properties[name], promise);
      return joinValues(valueOfType(expected, promise), UNDEFINED_VALUE);
    }
    default: return promise ? orUndefined(valueOfType(credible(expected), promise)) : joinValues(valueOfType(credible(expected)), UNDEFINED_VALUE);
  }
}

/** What the checker says of a member of something unknown stems from an assertion; "nothing" (`(x as [])[0]`, `(x as {}).y`) is a way to silence it. */
function credible(type: ValueType): ValueType {
  return type.kind === 'undefined' || type.kind === 'never' || type.kind === 'null' ? UNKNOWN : type;
}

/** `object.name`. */
export function readProperty(m: Engine, object: Value, name: string, key: Key | null, type: ValueType, s: State, optional: boolean): Value {
  let result = NOTHING;
  const isLength = name === 'length' || name === 'size';
  if (isLength) {
    const length = lengthOf(m, object, key, s);
    if (length !== NO_NUMBER) result = numberValue(length);
  }
  for (const location of object.locations) {
    const target = s.object(location);
    if (!target) { result = joinValues(result, valueOfType(type)); continue; }
    if (isLength && target.kind !== 'object') continue;
    result = joinValues(result, target.fields.get(name) ?? (target.kind === 'object' ? (target.shared ? valueOfType(type) : missing(target)) : valueOfType(type)));
  }
  for (const { type: from, promise } of object.outside) {
    if (isLength && ['array', 'typedArray', 'tuple', 'set', 'map', 'unknown'].includes(from.kind) && !(name === 'size' && from.kind === 'unknown')) continue;
    const member = from.kind === 'object' && Object.hasOwn(from.properties, name) ? from.properties[name] : from.kind === 'unknown' ? credible(type) : type;
    result = joinValues(result, valueOfType(member, promise));
  }
  if (object.functions.length || (object.text && !isLength)) result = joinValues(result, valueOfType(type));
  if (optional && object.simple & (UNDEFINED | NULL)) result = joinValues(result, UNDEFINED_VALUE);
  return result === NOTHING ? valueOfType(type) : result;
}

/** What a typed array holds after a number is stored in it. */
export function storedNumber(name: string, number: NumberSet): NumberSet {
  if (!hasRange(number) && !number.nan) return number;
  const zeroForNaN = number.nan ? joinNumbers({ ...number, nan: false }, literal(0)) : number;
  const all = typedArrayElement(name);
  switch (name) {
    case 'Float64Array': return number;
    case 'Float32Array': return monotone(number, Math.fround, { integral: false });
    case 'Float16Array': return isInteger(number) && number.lo >= -2048 && number.hi <= 2048 ? number : numberSet(-Infinity, Infinity, { nan: number.nan, negativeZero: true });
    case 'Uint8ClampedArray': return monotone({ ...zeroForNaN, grid: Math.min(zeroForNaN.grid, 0), below: [], equals: null }, x => Math.min(255, Math.max(0, Math.round(x))), { integral: true });
    case 'Uint32Array': return toUint32(zeroForNaN);
    case 'Int32Array': return toInt32(zeroForNaN);
    default: {
      const truncated = toInt32(zeroForNaN);
      return truncated.lo >= all.lo && truncated.hi <= all.hi && zeroForNaN.lo > -(2 ** 31) && zeroForNaN.hi < 2 ** 31 ? truncated : all;
    }
  }
}

/** `object[index] = value`. */
export function writeElement(m: Engine, object: Value, indexValue: Value, value: Value, s: State): Value {
  let stored = value;
  const index = indexValue.number;
  if (object.locations.length > 0) s.forgetElements();
  for (const location of object.locations) {
    const target = s.object(location);
    if (!target || target.shared) { if (target?.kind !== 'typed') m.escape(value, s); else stored = numberValue(storedNumber(target.name, toNumber(value))); continue; }
    const strong = target.single && object.locations.length === 1 && object.outside.length === 0;
    if (target.kind !== 'object' && isNamed(indexValue)) s.setObject(location, { ...target, fields: new Map(target.fields).set('', joinValues(target.fields.get('') ?? UNDEFINED_VALUE, value)) });
    switch (target.kind) {
      case 'typed':
        stored = numberValue(storedNumber(target.name, toNumber(value)));
        s.setObject(location, writeTyped(s.object(location) ?? target, index, stored, strong));
        break;
      case 'object': s.setObject(location, writeComputed(target, indexValue, value, strong)); break;
      default: s.setObject(location, writeArray(s.object(location) ?? target, index, value, strong)); s.forgetLengths();
    }
  }
  if (object.outside.length > 0 || object.locations.length === 0) {
    s.forgetObjects();
    const typed = object.outside.length === 1 && object.outside[0].type.kind === 'typedArray' ? object.outside[0].type.name : null;
    if (typed) stored = numberValue(storedNumber(typed, toNumber(value)));
    else {
      m.escape(value, s);
      s.forgetLengths();
    }
  }
  return stored;
}

/** May be no number: then it names a field, not an element (`xs[undefined]`). Such fields of arrays are one, without a name. */
function isNamed(index: Value): boolean {
  return index.simple !== 0 || index.text !== null || index.outside.length > 0 || index.locations.length > 0 || index.functions.length > 0;
}

function writeComputed(target: HeapObject, indexValue: Value, value: Value, strong: boolean): HeapObject {
  const names = indexValue.text?.literals;
  if (names && indexValue.number === NO_NUMBER) {
    const fields = new Map(target.fields);
    for (const name of names) fields.set(name, strong && names.length === 1 ? value : joinValues(fields.get(name) ?? missing(target), value));
    return { ...target, fields };
  }
  const fields = new Map([...target.fields].map(([name, old]) => [name, joinValues(old, value)]));
  return { ...target, fields, element: joinValues(target.element, value), open: true };
}

function writeTyped(target: HeapObject, index: NumberSet, stored: Value, strong: boolean): HeapObject {
  if (!target.items) return { ...target, element: joinValues(target.element, stored) };
  const i = single(index);
  const inside = (k: number): boolean => !hasRange(index) || (k >= index.lo && k <= index.hi);
  return { ...target, items: target.items.map((old, k) => strong && i === k ? stored : inside(k) ? joinValues(old, stored) : old) };
}

function writeArray(target: HeapObject, index: NumberSet, value: Value, strong: boolean): HeapObject {
  const i = single(index);
  if (target.items && i !== undefined && Number.isInteger(i) && i >= 0 && i <= target.items.length && i < ITEM_LIMIT) {
    const items = [...target.items];
    if (strong) items[i] = value;
    else if (i < items.length) items[i] = joinValues(items[i], value);
    if (strong || i < target.items.length) return { ...target, items, length: strong ? integers(items.length, items.length) : target.length };
  }
  const whole = blur(target);
  const holes = !hasRange(index) || index.hi > whole.length.lo;
  const reach = hasRange(index) && isInteger(index) ? index.hi + 1 : 2 ** 32 - 1;
  const least = strong && i !== undefined && i >= 0 ? Math.max(whole.length.lo, i + 1) : whole.length.lo;
  const length = integers(least, Math.min(2 ** 32 - 1, Math.max(whole.length.hi, reach, least)), whole.length.reasons);
  const element = joinValues(whole.element, value);
  return { ...whole, element: holes ? joinValues(element, UNDEFINED_VALUE) : element, length };
}

/** `object.name = value`. */
export function writeProperty(m: Engine, object: Value, name: string, value: Value, s: State): void {
  s.forgetProperty(name);
  s.forgetElements();
  if (name === 'length') s.forgetLengths();
  for (const location of object.locations) {
    const target = s.object(location);
    if (!target || target.shared) { m.escape(value, s); continue; }
    if (name === 'length' && target.kind === 'array') {
      const length = meetNumbers(toNumber(value), ANY_LENGTH);
      s.setObject(location, { ...blur(target), length: hasRange(length) ? joinNumbers(target.single ? length : target.length, length) : ANY_LENGTH, element: joinValues(blur(target).element, UNDEFINED_VALUE) });
      continue;
    }
    const strong = target.single && object.locations.length === 1 && object.outside.length === 0;
    const fields = new Map(target.fields);
    fields.set(name, strong ? value : joinValues(fields.get(name) ?? missing(target), value));
    s.setObject(location, { ...target, fields });
  }
  if (object.outside.length > 0 || object.locations.length === 0) m.escape(value, s);
}
