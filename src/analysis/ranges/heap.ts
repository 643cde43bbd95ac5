import type { ValueType } from '../../program';
import { integers, joinNumbers, widenNumbers, type NumberSet } from './number-set';
import { ANY_LENGTH, joinValues, NOTHING, typedArrayElement, valueOfType, numberValue, widenValues, type Value } from './value';

/** What is known of the objects that one place of the program allocates. Immutable; the state holds the current one for each location. */
export interface HeapObject {
  readonly kind: 'array' | 'typed' | 'object' | 'map' | 'set';
  /** Name of a typed array's constructor. */
  readonly name: string;
  readonly type: ValueType;
  /** Join of all elements: of an array, of a set, the values of a map; of an object with computed keys, those. */
  readonly element: Value;
  /** The elements one by one, when they are known so. */
  readonly items: readonly Value[] | null;
  /** Length, or size of a map or set. */
  readonly length: NumberSet;
  readonly fields: ReadonlyMap<string, Value>;
  /** Other fields may exist (spread, computed keys); they hold `element` or a value of their type. */
  readonly open: boolean;
  /** At most one such object is alive: writes replace instead of adding. */
  readonly single: boolean;
  /** Code outside the analysis can reach it: its contents are all that its type allows. */
  readonly shared: boolean;
}

const NO_FIELDS: ReadonlyMap<string, Value> = new Map();
/** Most elements that are kept one by one. */
export const ITEM_LIMIT = 64;

export function heapArray(type: ValueType, contents: { readonly element: Value; readonly length: NumberSet; readonly items?: readonly Value[] | null }): HeapObject {
  return { kind: 'array', name: 'Array', type, items: null, fields: NO_FIELDS, open: false, single: true, shared: false, ...contents };
}

export function heapTyped(name: string, length: NumberSet, element: NumberSet): HeapObject {
  return {
    kind: 'typed', name, type: { kind: 'typedArray', name: name as 'Float64Array' }, element: numberValue(element), items: null, length,
    fields: NO_FIELDS, open: false, single: true, shared: false,
  };
}

export function heapObject(type: ValueType, fields: ReadonlyMap<string, Value>, open: boolean): HeapObject {
  return { kind: 'object', name: 'Object', type, element: NOTHING, items: null, length: integers(0, 0), fields, open, single: true, shared: false };
}

export function heapCollection(kind: 'map' | 'set', type: ValueType, element: Value, length: NumberSet): HeapObject {
  return { kind, name: kind === 'map' ? 'Map' : 'Set', type, element, items: null, length, fields: NO_FIELDS, open: false, single: true, shared: false };
}

export function elementType(type: ValueType): ValueType {
  if (type.kind === 'array' || type.kind === 'set') return type.element;
  if (type.kind === 'tuple') return { kind: 'union', members: type.elements };
  if (type.kind === 'map') return type.value;
  return { kind: 'unknown' };
}

/** The object once code outside can reach it. The length of a typed array stays. */
export function share(object: HeapObject): HeapObject {
  if (object.shared) return object;
  const element = object.kind === 'typed' ? numberValue(typedArrayElement(object.name)) : valueOfType(elementType(object.type));
  return {
    ...object, shared: true, single: false, items: null, fields: NO_FIELDS, open: true, element,
    length: object.kind === 'typed' ? object.length : ANY_LENGTH,
  };
}

/** Every element together. */
export function elementsOf(object: HeapObject): Value {
  return object.items ? object.items.reduce(joinValues, NOTHING) : object.element;
}

/** Without knowledge of single elements. */
export function blur(object: HeapObject): HeapObject {
  return object.items ? { ...object, element: elementsOf(object), items: null } : object;
}

/** Union; `a` itself when it contains `b`. `thresholds`: widen. */
export function joinObjects(a: HeapObject, b: HeapObject, thresholds?: readonly number[] | null): HeapObject {
  if (a === b) return a;
  const join = thresholds === undefined ? joinValues : (x: Value, y: Value): Value => widenValues(x, y, thresholds);
  const joinCount = thresholds === undefined ? joinNumbers : (x: NumberSet, y: NumberSet): NumberSet => widenNumbers(x, y, thresholds);
  const shared = a.shared || b.shared;
  if (shared && !a.shared) a = { ...share(a), length: a.length };
  if (shared && !b.shared) b = { ...share(b), length: b.length };
  const sameItems = a.items && b.items && a.items.length === b.items.length;
  if (a.items && !sameItems) a = blur(a);
  if (b.items && !sameItems) b = blur(b);
  const element = join(a.element, b.element);
  const length = joinCount(a.length, b.length);
  let items = a.items;
  if (a.items && b.items) {
    const joined = a.items.map((item, i) => join(item, b.items![i]));
    if (joined.some((item, i) => item !== a.items![i])) items = joined;
  }
  const fields = joinFields(a, b, join);
  const open = a.open || b.open;
  const single = a.single && b.single;
  if (element === a.element && length === a.length && items === a.items && fields === a.fields && open === a.open && single === a.single && shared === a.shared) return a;
  return { ...a, element, length, items, fields, open, single, shared };
}

function joinFields(a: HeapObject, b: HeapObject, join: (x: Value, y: Value) => Value): ReadonlyMap<string, Value> {
  if (a.fields === b.fields) return a.fields;
  let result: Map<string, Value> | null = null;
  for (const name of new Set([...a.fields.keys(), ...b.fields.keys()])) {
    const old = a.fields.get(name);
    const joined = join(old ?? missing(a), b.fields.get(name) ?? missing(b));
    if (joined !== old) (result ??= new Map(a.fields)).set(name, joined);
  }
  return result ?? a.fields;
}

const ABSENT: Value = { ...NOTHING, simple: 1 };

/** What reading a field that is not listed gives. */
export function missing(object: HeapObject): Value {
  if (!object.open) return ABSENT;
  return object.shared || object.element === NOTHING ? valueOfType({ kind: 'unknown' }) : joinValues(object.element, ABSENT);
}
