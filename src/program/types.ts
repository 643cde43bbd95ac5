/** What the type checker (or the syntax alone) knows of a value, cut off at depth 4. Plain data. */
export type ValueType =
  | { readonly kind: 'number'; readonly literals?: readonly number[] }
  | { readonly kind: 'string'; readonly literals?: readonly string[] }
  | { readonly kind: 'boolean' | 'bigint' | 'null' | 'undefined' | 'symbol' | 'regexp' | 'date' | 'never' }
  | { readonly kind: 'array'; readonly element: ValueType }
  | { readonly kind: 'tuple'; readonly elements: readonly ValueType[] }
  | { readonly kind: 'typedArray'; readonly name: TypedArrayName }
  | { readonly kind: 'map'; readonly key: ValueType; readonly value: ValueType }
  | { readonly kind: 'set'; readonly element: ValueType }
  | { readonly kind: 'promise'; readonly value: ValueType }
  | { readonly kind: 'object'; readonly name?: string; readonly properties: Readonly<Record<string, ValueType>> }
  | { readonly kind: 'function'; readonly parameters: readonly ValueType[]; readonly result: ValueType }
  | { readonly kind: 'union'; readonly members: readonly ValueType[] }
  /** any, unknown, unresolved, or too deep. Never a licence to conclude something. */
  | { readonly kind: 'unknown' };

export type TypedArrayName =
  | 'Float64Array' | 'Float32Array' | 'Float16Array' | 'Int8Array' | 'Uint8Array' | 'Uint8ClampedArray'
  | 'Int16Array' | 'Uint16Array' | 'Int32Array' | 'Uint32Array' | 'BigInt64Array' | 'BigUint64Array';

export const UNKNOWN: ValueType = { kind: 'unknown' };
export const NUMBER: ValueType = { kind: 'number' };
