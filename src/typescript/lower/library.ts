import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';

/**
 * What the lowering knows of the language's library without asking the checker: which names are operators of the operator table, which are
 * namespaces, what common methods return. Everything else is the checker's.
 */

/** `Math.NAME` → operator id, with the number of operands (null: variadic). */
interface MathOperator {
  readonly operator: string;
  readonly arity: number | null;
}

export const mathOperators: ReadonlyMap<string, MathOperator> = new Map<string, MathOperator>([
  ...['abs', 'sqrt', 'cbrt', 'exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh',
    'asinh', 'acosh', 'atanh', 'floor', 'ceil', 'round', 'trunc', 'sign', 'fround', 'f16round', 'clz32'].map(name => [name, { operator: name, arity: 1 }] as const),
  ...['pow', 'atan2', 'imul'].map(name => [name, { operator: name, arity: 2 }] as const),
  ...['min', 'max', 'hypot'].map(name => [name, { operator: name, arity: null }] as const),
]);

const mathConstants = ['PI', 'E', 'LN2', 'LN10', 'LOG2E', 'LOG10E', 'SQRT2', 'SQRT1_2'] as const;
const numberConstants = ['EPSILON', 'MAX_VALUE', 'MIN_VALUE', 'MAX_SAFE_INTEGER', 'MIN_SAFE_INTEGER', 'POSITIVE_INFINITY', 'NEGATIVE_INFINITY', 'NaN'] as const;

/** Named numeric constants of the language, by full name. */
export const namedConstants: ReadonlyMap<string, number> = new Map<string, number>([
  ...mathConstants.map(name => [`Math.${name}`, Math[name]] as const),
  ...numberConstants.map(name => [`Number.${name}`, Number[name]] as const),
  ['Infinity', Infinity], ['NaN', NaN],
]);

const typedArrayNames = ['Float64Array', 'Float32Array', 'Float16Array', 'Int8Array', 'Uint8Array', 'Uint8ClampedArray', 'Int16Array', 'Uint16Array',
  'Int32Array', 'Uint32Array', 'BigInt64Array', 'BigUint64Array'] as const;

export function typedArrayType(name: string): ValueType | null {
  const found = typedArrayNames.find(each => each === name);
  return found ? { kind: 'typedArray', name: found } : null;
}

/** Objects whose members are library functions: `Math.random`, `Number.isFinite`, `Float64Array.from`. */
export const libraryNamespaces: ReadonlySet<string> = new Set(['Math', 'Number', 'Array', 'Object', 'JSON', 'Promise', 'Date', 'String', 'Reflect', 'Symbol',
  'BigInt', 'Atomics', 'console', 'Intl', 'performance', 'crypto', 'ArrayBuffer', 'Map', 'Set', 'Error', 'Proxy', ...typedArrayNames]);

/** Functions that are called by their plain name. */
export const libraryFunctions: ReadonlySet<string> = new Set(['parseInt', 'parseFloat', 'isNaN', 'isFinite', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Object',
  'Array', 'Date', 'Error', 'setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask', 'structuredClone', 'requestAnimationFrame', 'encodeURIComponent',
  'decodeURIComponent', 'fetch', 'require', 'eval']);

const STRING: ValueType = { kind: 'string' };
const BOOLEAN: ValueType = { kind: 'boolean' };
const UNDEFINED: ValueType = { kind: 'undefined' };
const STRINGS: ValueType = { kind: 'array', element: STRING };

const functionResults: ReadonlyMap<string, ValueType> = new Map<string, ValueType>([
  ...['parseInt', 'parseFloat', 'Number', 'Math.random', 'Math.sumPrecise', 'Number.parseFloat', 'Number.parseInt', 'Date.now', 'Date.UTC', 'Date.parse', 'performance.now',
    'setTimeout', 'setInterval'].map(name => [name, NUMBER] as const),
  ...['isNaN', 'isFinite', 'Boolean', 'Number.isFinite', 'Number.isNaN', 'Number.isInteger', 'Number.isSafeInteger', 'Array.isArray', 'Object.is', 'ArrayBuffer.isView']
    .map(name => [name, BOOLEAN] as const),
  ...['String', 'Date', 'JSON.stringify', 'String.fromCharCode', 'String.fromCodePoint', 'encodeURIComponent', 'decodeURIComponent'].map(name => [name, STRING] as const),
  ['BigInt', { kind: 'bigint' }], ['Object.keys', STRINGS], ['queueMicrotask', UNDEFINED], ['clearTimeout', UNDEFINED], ['clearInterval', UNDEFINED],
  ...[...mathOperators.keys()].map(name => [`Math.${name}`, NUMBER] as const),
]);

/** Result of a library function by full name; unknown when it depends on more than the name. */
export function functionResult(name: string, argumentTypes: readonly ValueType[]): ValueType {
  const known = functionResults.get(name);
  if (known) return known;
  const first = argumentTypes[0] ?? UNKNOWN;
  if (name === 'Array.of') return { kind: 'array', element: first };
  if (name.endsWith('.from') || name.endsWith('.of')) {
    const typed = typedArrayType(name.slice(0, name.lastIndexOf('.')));
    if (typed) return typed;
  }
  if (name === 'Array.from') {
    const mapper = argumentTypes[1];
    if (mapper?.kind === 'function' && mapper.result.kind !== 'unknown') return { kind: 'array', element: mapper.result };
    const element = elementOf(first);
    return mapper === undefined && element.kind !== 'unknown' ? { kind: 'array', element } : UNKNOWN;
  }
  if (name === 'Object.values' && first.kind === 'object') return UNKNOWN;
  return UNKNOWN;
}

/** Type of the elements that iteration yields. */
export function elementOf(type: ValueType): ValueType {
  switch (type.kind) {
    case 'array': case 'set': return type.element;
    case 'typedArray': return type.name.startsWith('Big') ? { kind: 'bigint' } : NUMBER;
    case 'string': return STRING;
    case 'map': return { kind: 'tuple', elements: [type.key, type.value] };
    case 'tuple': return unionOf(type.elements);
    case 'union': return unionOf(type.members.filter(m => m.kind !== 'undefined' && m.kind !== 'null').map(elementOf));
    default: return UNKNOWN;
  }
}

/** Equal keys mean equal types; objects with a name go by it. */
function kindKey(type: ValueType): string {
  switch (type.kind) {
    case 'number': case 'string': return type.literals ? `${type.kind}:${type.literals.join()}` : type.kind;
    case 'array': case 'set': return `${type.kind}<${kindKey(type.element)}>`;
    case 'typedArray': return type.name;
    case 'object': return type.name !== undefined ? `object:${type.name}` : JSON.stringify(type);
    case 'tuple': case 'map': case 'promise': case 'function': case 'union': return JSON.stringify(type);
    default: return type.kind;
  }
}

/** Union without duplicates; unknown when any member is. */
export function unionOf(types: readonly ValueType[]): ValueType {
  if (types.length === 0) return UNKNOWN;
  const [first] = types;
  if (types.every(type => type === first || type.kind === 'number' && first.kind === 'number' && !type.literals && !first.literals)) return first;
  const flat = types.flatMap(type => type.kind === 'union' ? type.members : [type]);
  if (flat.some(type => type.kind === 'unknown')) return UNKNOWN;
  const seen = new Map<string, ValueType>();
  for (const type of flat) if (type.kind !== 'never') seen.set(kindKey(type), type);
  const members = [...seen.values()];
  return members.length === 0 ? { kind: 'never' } : members.length === 1 ? members[0] : { kind: 'union', members };
}

/** The name before `.prototype.` of the methods of a type; null when the type has no library methods or is not known. */
export function prototypeOf(type: ValueType): string | null {
  switch (type.kind) {
    case 'array': case 'tuple': return 'Array';
    case 'typedArray': return 'TypedArray';
    case 'string': return 'String';
    case 'number': return 'Number';
    case 'boolean': return 'Boolean';
    case 'bigint': return 'BigInt';
    case 'map': return 'Map';
    case 'set': return 'Set';
    case 'promise': return 'Promise';
    case 'regexp': return 'RegExp';
    case 'date': return 'Date';
    case 'symbol': return 'Symbol';
    case 'function': return 'Function';
    case 'union': {
      const names = new Set(type.members.filter(m => m.kind !== 'undefined' && m.kind !== 'null').map(prototypeOf));
      // Arrays and typed arrays have most methods in common; a union of them goes by the plain array's.
      if (names.size === 2 && names.has('Array') && names.has('TypedArray')) return 'Array';
      return names.size === 1 ? [...names][0] : null;
    }
    default: return null;
  }
}

/** Methods that only one library type has, so that the name alone tells. */
export const unambiguousMethods: ReadonlyMap<string, string> = new Map([
  ['toFixed', 'Number'], ['toPrecision', 'Number'], ['toExponential', 'Number'], ['charCodeAt', 'String'], ['codePointAt', 'String'], ['reduceRight', 'Array'],
  ['toUpperCase', 'String'], ['toLowerCase', 'String'], ['padStart', 'String'], ['padEnd', 'String'], ['getTime', 'Date'], ['getTimezoneOffset', 'Date'],
]);

const numberMethods = new Set(['indexOf', 'lastIndexOf', 'findIndex', 'findLastIndex', 'push', 'unshift', 'charCodeAt', 'localeCompare', 'search', 'getTime', 'getFullYear', 'getMonth', 'getDate', 'getDay', 'getHours',
  'getMinutes', 'getSeconds', 'getMilliseconds', 'getTimezoneOffset', 'setTime']);
const booleanMethods = new Set(['includes', 'some', 'every', 'has', 'startsWith', 'endsWith', 'test', 'delete', 'hasOwnProperty']);
const stringMethods = new Set(['toFixed', 'toPrecision', 'toExponential', 'join', 'toString', 'toLocaleString', 'charAt', 'padStart', 'padEnd', 'repeat', 'replace', 'replaceAll', 'substring', 'substr', 'toLowerCase',
  'toUpperCase', 'trim', 'trimStart', 'trimEnd', 'normalize', 'toISOString']);
const sameArrayMethods = new Set(['slice', 'filter', 'reverse', 'toReversed', 'sort', 'toSorted', 'fill', 'copyWithin', 'with', 'splice', 'toSpliced', 'subarray']);

/** Result of a method of a library type. */
export function methodResult(receiver: ValueType, method: string, argumentTypes: readonly ValueType[]): ValueType {
  if (receiver.kind === 'union') return unionOf(receiver.members.filter(m => m.kind !== 'undefined' && m.kind !== 'null').map(m => methodResult(m, method, argumentTypes)));
  if (numberMethods.has(method)) return NUMBER;
  if (booleanMethods.has(method)) return BOOLEAN;
  if (receiver.kind === 'string' && (method === 'slice' || method === 'concat' || method === 'at')) return STRING;
  if (receiver.kind === 'string' && method === 'split') return STRINGS;
  if (stringMethods.has(method)) return STRING;
  if (method === 'forEach') return UNDEFINED;
  const element = elementOf(receiver);
  if (receiver.kind === 'array' || receiver.kind === 'tuple' || receiver.kind === 'typedArray') {
    const callback = argumentTypes[0];
    if (sameArrayMethods.has(method)) return receiver.kind === 'tuple' ? { kind: 'array', element } : receiver;
    if (method === 'map' && receiver.kind === 'typedArray') return receiver;
    if (method === 'map' && callback?.kind === 'function' && callback.result.kind !== 'unknown') return { kind: 'array', element: callback.result };
    if (method === 'reduce' || method === 'reduceRight') {
      if (argumentTypes.length === 1) return element;
      if (callback?.kind === 'function' && callback.result.kind === 'number' && argumentTypes[1]?.kind === 'number') return NUMBER;
    }
    if (method === 'concat' && argumentTypes.every(type => kindKey(type) === kindKey(receiver))) return receiver;
    if ((method === 'at' || method === 'pop' || method === 'shift' || method === 'find' || method === 'findLast') && element.kind !== 'unknown') return unionOf([element, UNDEFINED]);
  }
  if (receiver.kind === 'map' && method === 'get') return receiver.value.kind === 'unknown' ? UNKNOWN : unionOf([receiver.value, UNDEFINED]);
  if (receiver.kind === 'map' && method === 'set') return receiver;
  if (receiver.kind === 'set' && method === 'add') return receiver;
  return UNKNOWN;
}

/** Types that a method of an array gives to its callback's parameters. */
export function callbackParameters(receiver: ValueType, method: string, initial: ValueType | null): readonly ValueType[] | null {
  const element = elementOf(receiver);
  if (receiver.kind === 'map') return method === 'forEach' ? [receiver.value, receiver.key, receiver] : null;
  if (receiver.kind === 'set') return method === 'forEach' ? [element, element, receiver] : null;
  if (!['array', 'tuple', 'typedArray', 'union'].includes(receiver.kind) || element.kind === 'unknown') return null;
  switch (method) {
    case 'map': case 'forEach': case 'filter': case 'some': case 'every': case 'find': case 'findIndex': case 'findLast': case 'findLastIndex': case 'flatMap':
      return [element, NUMBER, receiver];
    case 'reduce': case 'reduceRight': return [initial ?? element, element, NUMBER, receiver];
    case 'sort': case 'toSorted': return [element, element];
    default: return null;
  }
}

/** Type of a property of a library type; unknown otherwise. */
export function propertyType(object: ValueType, name: string): ValueType {
  switch (object.kind) {
    case 'array': case 'tuple': case 'string': return name === 'length' ? NUMBER : UNKNOWN;
    case 'typedArray': return name === 'length' || name === 'byteLength' || name === 'byteOffset' || name === 'BYTES_PER_ELEMENT' ? NUMBER : UNKNOWN;
    case 'map': case 'set': return name === 'size' ? NUMBER : UNKNOWN;
    case 'function': return name === 'length' ? NUMBER : UNKNOWN;
    case 'union': { const types = object.members.map(member => propertyType(member, name)); return types.some(t => t.kind === 'unknown') ? UNKNOWN : unionOf(types); }
    case 'object': return Object.hasOwn(object.properties, name) ? object.properties[name] : UNKNOWN;
    default: return UNKNOWN;
  }
}
