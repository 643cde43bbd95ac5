import type { FunctionId, ValueType } from '../../program';
import { ANY_NUMBER, integers, isNothing, joinNumbers, literal, mayBeZero, meetNumbers, NO_NUMBER, numberSet, ONLY_NAN, widenNumbers, type NumberSet } from './number-set';

/** Bits of `Value.simple`: which of these a value may be. */
export const UNDEFINED = 1;
export const NULL = 2;
export const TRUE = 4;
export const FALSE = 8;
/** A bigint, a symbol, or anything else that is not a number and that no other field describes. */
export const OTHER = 16;

/** Index into the heap of the state: the objects that one place of the program allocates. */
export type Location = number;

/** Set of the values an expression may have: the union of its fields. Immutable. */
export interface Value {
  readonly number: NumberSet;
  readonly simple: number;
  readonly text: TextSet | null;
  /** Objects allocated by the analysed code. */
  readonly locations: readonly Location[];
  readonly functions: readonly FunctionId[];
  /** Objects that come from outside: all that is known of them is their type, and the promised range of the numbers in them. */
  readonly outside: readonly Outside[];
}

export interface TextSet {
  /** All possible texts, when few are. */
  readonly literals: readonly string[] | null;
}

export interface Outside {
  readonly type: ValueType;
  /** From `@range`. */
  readonly promise: NumberSet | null;
}

const NONE: readonly never[] = [];
export const NOTHING: Value = { number: NO_NUMBER, simple: 0, text: null, locations: NONE, functions: NONE, outside: NONE };
export const ANYTHING: Value = { ...NOTHING, number: ANY_NUMBER, simple: UNDEFINED | NULL | TRUE | FALSE | OTHER, text: { literals: null }, outside: [{ type: { kind: 'unknown' }, promise: null }] };
export const ANY_TEXT: Value = { ...NOTHING, text: { literals: null } };
export const UNDEFINED_VALUE: Value = { ...NOTHING, simple: UNDEFINED };
export const SOME_NUMBER: Value = { ...NOTHING, number: ANY_NUMBER };

export function numberValue(number: NumberSet): Value {
  return { number, simple: 0, text: null, locations: NONE, functions: NONE, outside: NONE };
}

export function truthValue(may: { readonly yes: boolean; readonly no: boolean }): Value {
  return { ...NOTHING, simple: (may.yes ? TRUE : 0) | (may.no ? FALSE : 0) };
}

export function simpleValue(simple: number): Value {
  return { ...NOTHING, simple };
}

export function textValue(...literals: readonly string[]): Value {
  return { ...NOTHING, text: { literals } };
}

export function locationValue(location: Location): Value {
  return { ...NOTHING, locations: [location] };
}

export function isImpossible(a: Value): boolean {
  return isNothing(a.number) && a.simple === 0 && a.text === null && a.locations.length === 0 && a.functions.length === 0 && a.outside.length === 0;
}

/** Only numbers. */
export function isNumeric(a: Value): boolean {
  return a.simple === 0 && a.text === null && a.locations.length === 0 && a.functions.length === 0 && a.outside.length === 0;
}

/** No object of the program and no function of it. */
export function isScalar(a: Value): boolean {
  return a.locations.length === 0 && a.functions.length === 0;
}

/** Greatest number of entries of a union before it is blurred. */
const UNION_LIMIT = 12;

function union<T>(a: readonly T[], b: readonly T[]): readonly T[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const added = b.filter(x => !a.includes(x));
  return added.length === 0 ? a : [...a, ...added];
}

function joinTexts(a: TextSet | null, b: TextSet | null): TextSet | null {
  if (a === b || b === null) return a;
  if (a === null) return b;
  if (a.literals === null) return a;
  if (b.literals === null) return b;
  const literals = union(a.literals, b.literals);
  return literals === a.literals ? a : literals.length > UNION_LIMIT ? { literals: null } : { literals };
}

function joinOutside(a: readonly Outside[], b: readonly Outside[]): readonly Outside[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  const added = b.filter(x => !a.some(y => y === x || (y.type === x.type && y.promise === x.promise)));
  if (added.length === 0) return a;
  if (a.some(x => x.type.kind === 'unknown' && !x.promise)) return a;
  return a.length + added.length > 4 ? ANYTHING.outside : [...a, ...added];
}

/** Union; `a` itself when it contains `b`. */
export function joinValues(a: Value, b: Value): Value {
  return combine(a, b, joinNumbers(a.number, b.number));
}

/** Upper bound of an ascending chain; see `widenNumbers`. */
export function widenValues(a: Value, b: Value, thresholds: readonly number[] | null): Value {
  return combine(a, b, widenNumbers(a.number, b.number, thresholds));
}

function combine(a: Value, b: Value, number: NumberSet): Value {
  if (a === b) return a;
  const simple = a.simple | b.simple;
  const text = joinTexts(a.text, b.text);
  const locations = union(a.locations, b.locations);
  const functions = union(a.functions, b.functions);
  const outside = joinOutside(a.outside, b.outside);
  if (number === a.number && simple === a.simple && text === a.text && locations === a.locations && functions === a.functions && outside === a.outside) return a;
  return { number, simple, text, locations, functions, outside };
}

export function joinAll(values: readonly Value[]): Value {
  return values.reduce(joinValues, NOTHING);
}

export function withNumber(a: Value, number: NumberSet): Value {
  return number === a.number ? a : { number, simple: a.simple, text: a.text, locations: a.locations, functions: a.functions, outside: a.outside };
}

/** `a` restricted to what a refinement of the same expression allows. */
export function meetValues(a: Value, b: Value): Value {
  if (a === b) return a;
  const number = meetNumbers(a.number, b.number);
  return {
    number, simple: a.simple & b.simple,
    text: a.text && b.text ? (a.text.literals ? a.text : b.text) : null,
    locations: b.locations.length && a.locations.length ? a.locations.filter(x => b.locations.includes(x)) : b.outside.length ? a.locations : NONE,
    functions: b.functions.length && a.functions.length ? a.functions.filter(x => b.functions.includes(x)) : b.outside.length ? a.functions : NONE,
    outside: b.outside.length ? a.outside : NONE,
  };
}

/** The part of a value that counts as true. */
export function truthy(a: Value): Value {
  const number = a.number === NO_NUMBER ? a.number : meetNumbers(a.number, { ...a.number, nan: false, nonZero: true, negativeZero: false });
  return { ...a, number, simple: a.simple & ~(UNDEFINED | NULL | FALSE), text: a.text?.literals ? nonEmpty(a.text.literals.filter(t => t !== '')) : a.text };
}

function nonEmpty(literals: readonly string[]): TextSet | null {
  return literals.length > 0 ? { literals } : null;
}

/** The part of a value that counts as false. */
export function falsy(a: Value): Value {
  const number = mayBeZero(a.number) ? { ...literal(0), negativeZero: a.number.negativeZero, nan: a.number.nan } : a.number.nan ? ONLY_NAN : NO_NUMBER;
  const text = a.text && (a.text.literals?.includes('') ?? true) ? { literals: [''] } : null;
  const unknown = a.outside.filter(x => x.type.kind === 'unknown');
  return { ...NOTHING, number, simple: a.simple & ~TRUE, text, outside: unknown };
}

/** ToNumber: what the value is when arithmetic reads it. */
export function toNumber(a: Value): NumberSet {
  let result = a.number;
  if (a.simple & UNDEFINED) result = joinNumbers(result, ONLY_NAN);
  if (a.simple & (NULL | FALSE)) result = joinNumbers(result, literal(0));
  if (a.simple & TRUE) result = joinNumbers(result, literal(1));
  if (a.simple & OTHER) result = joinNumbers(result, ANY_NUMBER);
  if (a.text) {
    if (a.text.literals) for (const text of a.text.literals) result = joinNumbers(result, literal(Number(text)));
    else result = joinNumbers(result, ANY_NUMBER);
  }
  if (a.locations.length || a.functions.length) result = joinNumbers(result, ANY_NUMBER);
  for (const { type } of a.outside) result = joinNumbers(result, type.kind === 'date' ? DATE : ANY_NUMBER);
  return result;
}

/** Milliseconds of a Date; NaN when it is invalid. */
export const DATE: NumberSet = { ...integers(-8.64e15, 8.64e15), nan: true };

const TYPED_ARRAYS: Readonly<Record<string, NumberSet>> = {
  Int8Array: integers(-128, 127, ['from the elements of an Int8Array']),
  Uint8Array: integers(0, 255, ['from the elements of a Uint8Array']),
  Uint8ClampedArray: integers(0, 255, ['from the elements of a Uint8ClampedArray']),
  Int16Array: integers(-32768, 32767, ['from the elements of an Int16Array']),
  Uint16Array: integers(0, 65535, ['from the elements of a Uint16Array']),
  Int32Array: integers(-(2 ** 31), 2 ** 31 - 1, ['from the elements of an Int32Array']),
  Uint32Array: integers(0, 2 ** 32 - 1, ['from the elements of a Uint32Array']),
  Float16Array: numberSet(-Infinity, Infinity, { nan: true, negativeZero: true, grid: -24 }),
  Float32Array: numberSet(-Infinity, Infinity, { nan: true, negativeZero: true, grid: -149 }),
};

/** Every number that an element of this typed array can be. */
export function typedArrayElement(name: string): NumberSet {
  return TYPED_ARRAYS[name] ?? ANY_NUMBER;
}

/** Lengths that arrays, typed arrays and strings can have. */
export const ANY_LENGTH: NumberSet = { ...integers(0, 2 ** 32 - 1, ['from the length of an array']), evidence: false, vague: true };

const types = new WeakMap<ValueType, Value>();

/** All values of a type; the numbers in it keep the promise of a `@range`, when there is one. */
export function valueOfType(type: ValueType, promise: NumberSet | null = null): Value {
  if (promise) return fromType(type, promise);
  let value = types.get(type);
  if (!value) types.set(type, value = fromType(type, null));
  return value;
}

function fromType(type: ValueType, promise: NumberSet | null): Value {
  switch (type.kind) {
    case 'number': {
      const all = type.literals?.length ? type.literals.map(literal).reduce(joinNumbers) : ANY_NUMBER;
      const number = type.literals?.length ? { ...all, reasons: ['from the literal type'] } : all;
      return numberValue(promise ? meetNumbers(number, promise) : number);
    }
    case 'string': return { ...NOTHING, text: { literals: type.literals && type.literals.length <= UNION_LIMIT ? type.literals : null } };
    case 'boolean': return simpleValue(TRUE | FALSE);
    case 'null': return simpleValue(NULL);
    case 'undefined': return UNDEFINED_VALUE;
    case 'bigint': case 'symbol': return simpleValue(OTHER);
    case 'never': return NOTHING;
    case 'union': return type.members.map(member => fromType(member, promise)).reduce(joinValues, NOTHING);
    case 'unknown': return promise ? { ...ANYTHING, number: promise, outside: [{ type, promise }] } : ANYTHING;
    default: return { ...NOTHING, outside: [{ type, promise }] };
  }
}
