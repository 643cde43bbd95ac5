import type { ValueType } from '../../program';
import { fromReal, type JsonValue, type Real } from '../../protocol/real';
import type { InputParameter } from './generate';

/** Whether written arguments are ones that a function's parameters admit: as many, of their types, numbers within their declared ranges. What is not known of a type admits everything. */
export function acceptsArguments(parameters: readonly InputParameter[], args: readonly JsonValue[]): boolean {
  const rest = parameters.length > 0 && parameters[parameters.length - 1].rest;
  if (args.length > parameters.length && !rest) return false;
  return parameters.every((p, i) => {
    if (!p.rest) return i < args.length ? accepts(p.type, args[i], p.range) || (p.optional && args[i] === null) : p.optional;
    const element: ValueType = p.type.kind === 'array' ? p.type.element : { kind: 'unknown' };
    return args.slice(i).every(a => accepts(element, a, p.range));
  });
}

function accepts(type: ValueType, value: JsonValue, range: InputParameter['range']): boolean {
  switch (type.kind) {
    case 'number': return isReal(value) && within(fromReal(value), range) && (!type.literals || type.literals.includes(fromReal(value)));
    case 'string': return typeof value === 'string' && (!type.literals || type.literals.includes(value));
    case 'boolean': return typeof value === 'boolean';
    case 'null': case 'undefined': return value === null;
    case 'array': case 'set': return Array.isArray(value) && value.every(v => accepts(type.element, v as JsonValue, range));
    case 'tuple': return Array.isArray(value) && value.length === type.elements.length && type.elements.every((e, i) => accepts(e, value[i] as JsonValue, range));
    case 'typedArray': return Array.isArray(value) && value.every(v => isReal(v as JsonValue) && within(fromReal(v as Real), range));
    case 'object': return typeof value === 'object' && value !== null && !Array.isArray(value)
      && Object.entries(type.properties).every(([key, t]) => { const v = (value as Readonly<Record<string, JsonValue>>)[key] as JsonValue | undefined; return v === undefined ? admitsNothing(t) : accepts(t, v, range); });
    case 'union': return type.members.some(m => accepts(m, value, range));
    case 'unknown': return true;
    default: return false;
  }
}

function admitsNothing(type: ValueType): boolean {
  return type.kind === 'undefined' || type.kind === 'unknown' || type.kind === 'function' || (type.kind === 'union' && type.members.some(m => m.kind === 'undefined'));
}

function isReal(value: JsonValue): value is Real {
  return typeof value === 'number' || value === 'NaN' || value === 'Infinity' || value === '-Infinity' || value === '-0';
}

function within(x: number, range: InputParameter['range']): boolean {
  return range === null || (x >= range[0] && x <= range[1]);
}
