import type { ValueType } from '../../program/types';
import type { JsonValue } from '../../protocol/real';
import type { Encoded } from '../runtime/decode';

/** A value of a case on its way into a run: what its parameter's type says about typed arrays, maps and missing values, JSON does not. See `runtime/decode.ts`. */
export function encodeArgument(value: JsonValue | undefined, type: ValueType): Encoded {
  if (value === undefined) return ['u'];
  if (type.kind === 'union') return encodeArgument(value, type.members.find(m => fits(value, m)) ?? { kind: 'unknown' });
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0') return type.kind === 'string' ? value : ['n', value];
  if (type.kind === 'function') return ['f', typeof value === 'string' ? value : type.parameters.length === 2 ? 'compare' : 'identity'];
  if (type.kind === 'bigint' && (typeof value === 'string' || typeof value === 'number')) return ['b', String(value)];
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) {
    if (type.kind === 'typedArray') return ['t', type.name, value.map(v => encodeArgument(v, { kind: 'number' }))];
    if (type.kind === 'set') return ['s', value.map(v => encodeArgument(v, type.element))];
    if (type.kind === 'map') return ['m', value.map(v => encodeArgument(isList(v) ? v[0] : null, type.key)), value.map(v => encodeArgument(isList(v) ? v[1] : null, type.value))];
    const element = (i: number): ValueType => type.kind === 'array' ? type.element : type.kind === 'tuple' ? type.elements[i] ?? { kind: 'unknown' } : { kind: 'unknown' };
    return ['a', value.map((v, i) => encodeArgument(v, element(i)))];
  }
  const object = value as Readonly<Record<string, JsonValue>>;
  const keys = Object.keys(object);
  if (type.kind === 'map') return ['m', keys, keys.map(k => encodeArgument(object[k], type.value))];
  return ['o', keys, keys.map(k => encodeArgument(object[k], type.kind === 'object' ? type.properties[k] ?? { kind: 'unknown' } : { kind: 'unknown' }))];
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function fits(value: JsonValue, type: ValueType): boolean {
  switch (type.kind) {
    case 'number': return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0';
    case 'string': return typeof value === 'string';
    case 'boolean': return typeof value === 'boolean';
    case 'null': return value === null;
    case 'array': case 'tuple': case 'typedArray': case 'set': return Array.isArray(value);
    case 'object': case 'map': return typeof value === 'object' && value !== null && !Array.isArray(value);
    default: return false;
  }
}
