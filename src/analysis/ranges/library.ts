import type { Expression } from '../../program';
import { ARRAY_METHODS, isKnownFunction } from './array-methods';
import { unknownCall } from './arguments';
import type { Engine } from './engine';
import { heapArray, type HeapObject } from './heap';
import { repeat } from './callbacks';
import { ANY_NUMBER, integers, isInteger, joinNumbers, literal, NO_NUMBER, numberSet, type NumberSet } from './number-set';
import { lengthOf, readElement } from './objects';
import type { State } from './state';
import {
  ANY_LENGTH, ANY_TEXT, DATE, FALSE, joinAll, joinValues, locationValue, NOTHING, numberValue, simpleValue, toNumber, TRUE, UNDEFINED_VALUE, valueOfType, type Value,
} from './value';

type CallExpression = Expression & { kind: 'call' };

/** A function of the language's library: its result, and what it does to its arguments. Unlisted ones may do anything. */
type LibraryFunction = (m: Engine, args: readonly Value[], s: State, e: CallExpression) => Value;

const BOOLEAN = simpleValue(TRUE | FALSE);

const FUNCTIONS: Readonly<Record<string, LibraryFunction>> = {
  'Math.random': () => numberValue(numberSet(0, 1 - 2 ** -53, { grid: -53, reasons: ['from Math.random()'] })),
  'Date.now': () => numberValue(integers(0, 8.64e15, ['from Date.now()'])),
  'performance.now': () => numberValue(numberSet(0, 8.64e15, { reasons: ['from performance.now()'] })),
  'Date.parse': () => numberValue(DATE),
  'Date.UTC': () => numberValue(DATE),
  parseInt: (_, [x]) => parsedInteger(x),
  'Number.parseInt': (_, [x]) => parsedInteger(x),
  parseFloat: (_, [x]) => parsed(x, parseFloat),
  'Number.parseFloat': (_, [x]) => parsed(x, parseFloat),
  Number: (_, [x]) => numberValue(x ? toNumber(x) : literal(0)),
  String: () => ANY_TEXT,
  Boolean: () => BOOLEAN,
  'Array.isArray': () => BOOLEAN,
  'Object.is': () => BOOLEAN,
  'Number.isFinite': () => BOOLEAN, 'Number.isInteger': () => BOOLEAN, 'Number.isNaN': () => BOOLEAN, 'Number.isSafeInteger': () => BOOLEAN, isNaN: () => BOOLEAN, isFinite: () => BOOLEAN,
  'String.fromCharCode': () => ANY_TEXT, 'String.fromCodePoint': () => ANY_TEXT, 'JSON.stringify': () => joinValues(ANY_TEXT, UNDEFINED_VALUE),
  'Math.sumPrecise': (m, [x], s) => {
    const element = toNumber(readElement(m, x, numberValue(ANY_LENGTH), null, { kind: 'unknown' }, s, true));
    const count = lengthOf(m, x, null, s);
    const size = count === NO_NUMBER ? Infinity : count.hi;
    const bound = (end: number): number => end === 0 ? 0 : end * size;
    return numberValue(numberSet(Math.min(0, bound(element.lo)), Math.max(0, bound(element.hi)), { nan: element.nan || size === Infinity, negativeZero: true, vague: count.vague || element.vague, evidence: element.evidence && !count.vague }));
  },
  'Array.from': arrayFrom,
  'Array.of': (m, args, s, e) => locationValue(m.allocate(e, listOf(e, args), s)),
  'Object.keys': (m, [x], s, e) => locationValue(m.allocate(e, heapArray(e.type, { element: ANY_TEXT, length: fieldCount(x, s) }), s)),
  'Object.values': (m, [x], s, e) => {
    const values = x.outside.length === 0 && x.locations.length > 0 && x.locations.every(location => { const o = s.object(location); return o && !o.open && !o.shared && o.kind === 'object'; });
    if (!values) m.escape(x, s);
    const element = values ? joinAll(x.locations.flatMap(location => [...s.object(location)!.fields.values()])) : valueOfType(e.type.kind === 'array' ? e.type.element : { kind: 'unknown' });
    return locationValue(m.allocate(e, heapArray(e.type, { element, length: fieldCount(x, s) }), s));
  },
  'Object.freeze': (_, [x]) => x ?? UNDEFINED_VALUE,
  'structuredClone': (_m, _args, _s, e) => valueOfType(e.type),
};

/** An array of the arguments of a call. */
export function listOf(e: Expression & { kind: 'call' | 'new' }, args: readonly Value[]): HeapObject {
  return e.spread.some(Boolean) ? heapArray(e.type, { element: joinAll(args), length: ANY_LENGTH }) : heapArray(e.type, { element: NOTHING, items: args, length: integers(args.length, args.length) });
}

function fieldCount(x: Value | undefined, s: State): NumberSet {
  const object = x?.locations.length === 1 && x.outside.length === 0 ? s.object(x.locations[0]) : undefined;
  return object && object.kind === 'object' && !object.open && !object.shared && object.single ? integers(0, object.fields.size) : ANY_LENGTH;
}

/** Functions and methods that only read: whatever is handed to them stays as it was. */
const HARMLESS = /^(console\.|Math\.|Number\.|JSON\.stringify|String\.|Intl\.|performance\.|crypto\.randomUUID|Symbol|Object\.(keys|is|hasOwn|getPrototypeOf)|(String|Number|Boolean|RegExp|Date|Symbol|BigInt)\.prototype\.|encodeURIComponent|decodeURIComponent|clear(Timeout|Interval)|BigInt|ArrayBuffer\.isView)/;

/** `object` is the value of the receiver, NOTHING where there is none. */
export function libraryCall(m: Engine, e: CallExpression & { readonly callee: { readonly kind: 'library' } }, object: Value, args: readonly Value[], s: State): Value {
  const { name, receiver } = e.callee;
  const dot = name.lastIndexOf('.prototype.');
  if (dot >= 0 && receiver) {
    const owner = name.slice(0, dot);
    const method = name.slice(dot + '.prototype.'.length);
    const found = arrayMethod(owner, method) ?? METHODS[`${owner}.${method}`];
    if (found) {
      const result = found({ m, e, object, receiver, args, s });
      return s.dead ? NOTHING : result;
    }
  } else {
    const own = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (own) return own(m, args, s, e);
    const typed = /^(\w+Array)\.(from|of)$/.exec(name);
    if (typed && name !== 'Array.from' && name !== 'Array.of' && args.every(a => a.functions.length === 0)) return valueOfType(e.type);
  }
  if (HARMLESS.test(name) && args.every(a => a.functions.length === 0)) return valueOfType(e.type);
  return unknownCall(m, e, [object, ...args], s);
}

/** Methods of maps and sets have entries of their own: those of arrays do not fit them. */
function arrayMethod(owner: string, method: string): (typeof ARRAY_METHODS)[string] | undefined {
  const key = owner === 'Map' || owner === 'Set' ? `${owner}.${method}` : owner === 'Array' || owner === 'TypedArray' ? method : '';
  return Object.hasOwn(ARRAY_METHODS, key) ? ARRAY_METHODS[key] : undefined;
}

interface MethodCall {
  readonly m: Engine;
  readonly object: Value;
  readonly args: readonly Value[];
  readonly s: State;
}

const dateField = (lo: number, hi: number) => (): Value => numberValue({ ...integers(lo, hi, ['from the fields of a Date']), nan: true });

const METHODS: Readonly<Record<string, (call: MethodCall) => Value>> = {
  'String.charCodeAt': () => numberValue({ ...integers(0, 65535, ['from charCodeAt']), nan: true }),
  'String.codePointAt': () => joinValues(numberValue(integers(0, 0x10ffff, ['from codePointAt'])), UNDEFINED_VALUE),
  'String.indexOf': ({ m, object, s }) => numberValue(indexIn(m, object, s)),
  'String.lastIndexOf': ({ m, object, s }) => numberValue(indexIn(m, object, s)),
  'String.search': ({ m, object, s }) => numberValue(indexIn(m, object, s)),
  'String.localeCompare': () => numberValue(integers(-1, 1)),
  'Date.getTime': () => numberValue(DATE), 'Date.valueOf': () => numberValue(DATE),
  'Date.getHours': dateField(0, 23), 'Date.getUTCHours': dateField(0, 23), 'Date.getMinutes': dateField(0, 59), 'Date.getUTCMinutes': dateField(0, 59),
  'Date.getSeconds': dateField(0, 59), 'Date.getUTCSeconds': dateField(0, 59), 'Date.getMilliseconds': dateField(0, 999), 'Date.getUTCMilliseconds': dateField(0, 999),
  'Date.getDay': dateField(0, 6), 'Date.getUTCDay': dateField(0, 6), 'Date.getDate': dateField(1, 31), 'Date.getUTCDate': dateField(1, 31),
  'Date.getMonth': dateField(0, 11), 'Date.getUTCMonth': dateField(0, 11), 'Date.getFullYear': dateField(-271821, 275760), 'Date.getUTCFullYear': dateField(-271821, 275760),
  'Date.getTimezoneOffset': dateField(-1440, 1440),
  'Number.toFixed': () => ANY_TEXT, 'Number.toString': () => ANY_TEXT, 'Number.toPrecision': () => ANY_TEXT, 'Number.toExponential': () => ANY_TEXT,
};

function indexIn(m: Engine, object: Value, s: State): NumberSet {
  const length = lengthOf(m, object, null, s);
  return length === NO_NUMBER ? integers(-1, 2 ** 32 - 2) : { ...integers(-1, Math.max(-1, length.hi - 1)), vague: length.vague, evidence: !length.vague };
}

function parsed(x: Value | undefined, parse: (text: string) => number): Value {
  if (!x) return numberValue(literal(NaN));
  const literals = x.text?.literals;
  if (literals && x.number === NO_NUMBER && x.simple === 0) return numberValue(literals.map(t => literal(parse(t))).reduce(joinNumbers, NO_NUMBER));
  return numberValue(ANY_NUMBER);
}

function parsedInteger(x: Value | undefined): Value {
  // parseInt goes through text: numbers from 1e21 and below 1e-6 come out as their first digits.
  const n = x?.number;
  const simple = n && isInteger(n) && Math.abs(n.lo) < 1e21 && Math.abs(n.hi) < 1e21 && !n.nan && !x.text && !x.simple && !x.outside.length;
  return numberValue(simple ? n : { ...ANY_NUMBER, grid: 0 });
}

function arrayFrom(m: Engine, args: readonly Value[], s: State, e: CallExpression): Value {
  const [source, callback] = args;
  let element = NOTHING;
  let length = NO_NUMBER;
  const record = source.outside.length === 0 && source.locations.length === 1 ? s.object(source.locations[0]) : undefined;
  if (record?.kind === 'object') {
    const count = toNumber(record.fields.get('length') ?? UNDEFINED_VALUE);
    length = numberSet(Math.max(0, Math.floor(count.lo)), Math.min(2 ** 32 - 1, Math.max(0, Math.floor(count.hi))), { grid: 0, vague: count.vague, equals: isInteger(count) ? count.equals : null });
    if (count.nan || count.lo > count.hi) length = joinNumbers(length, integers(0, 0));
    element = joinAll([UNDEFINED_VALUE, record.element, ...record.fields.values()]);
    if (record.open || record.shared) element = joinValues(element, valueOfType({ kind: 'unknown' }));
  } else {
    length = lengthOf(m, source, null, s);
    const lists = source.outside.every(o => ['array', 'typedArray', 'tuple', 'set'].includes(o.type.kind)) && source.locations.every(location => s.object(location)?.kind !== 'map');
    element = lists ? readElement(m, source, numberValue(ANY_LENGTH), null, { kind: 'unknown' }, s, true) : valueOfType(e.type.kind === 'array' && !callback ? e.type.element : { kind: 'unknown' });
  }
  if (length === NO_NUMBER) length = ANY_LENGTH;
  if (callback) element = isKnownFunction(callback) ? repeat(m, e, callback, () => [element, numberValue(indices(length))], length, s) : unknownCall(m, e, [callback], s);
  return locationValue(m.allocate(e, heapArray(e.type, { element, length: { ...length, equals: null } }), s));
}

/** The indices of an array of that length. */
export function indices(length: NumberSet): NumberSet {
  return { ...integers(0, Math.max(0, length.hi - 1)), vague: length.vague, evidence: !length.vague, below: length.equals ? [{ symbol: length.equals.symbol, slack: -length.equals.slack }] : [] };
}

