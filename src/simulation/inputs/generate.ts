import { xoshiro } from '../../formats';
import type { ValueType } from '../../program';
import { toReal, type JsonValue } from '../../protocol/real';
import { everyday, integerOf, isCountName, numberIn, type Draw } from './numbers';

/** What a generator needs to know of a parameter. */
export interface InputParameter {
  readonly name: string;
  readonly type: ValueType;
  /** From `@range`: of the number, or of the elements of an array. */
  readonly range: readonly [number, number] | null;
  readonly optional: boolean;
  readonly rest: boolean;
}

export interface GeneratedInputs {
  readonly cases: readonly (readonly JsonValue[])[];
  /** What was assumed: "x has no type; taken as a number". */
  readonly notes: readonly string[];
}

/** A parameter for which no value can be made up; the message names it and the remedy. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/**
 * Makes up `count` argument lists, the same for the same seed. The first is an everyday one, the second and the third take the lower and the upper ends of all declared ranges; then about one number in eight is an edge case (ends of its range, zeros,
 * subnormals, powers of two, extremes where no range forbids them). Arrays of one case have one length, matrices are square of it, so that dot products and
 * matrix products work. Arrays have 4 to 12 elements, counts are small.
 */
export function generateCases(parameters: readonly InputParameter[], count: number, seed: number): GeneratedInputs {
  const random = xoshiro(seed);
  const notes = new Set<string>();
  const cases = Array.from({ length: count }, (_, index) => {
    const draw: Draw = { random, edge: index === 0 ? 0 : 1 / 8, size: index === 0 ? 8 : 4 + Math.floor(random() * 9), end: index === 1 ? 'lo' : index === 2 ? 'hi' : null };
    return parameters.flatMap((p): JsonValue[] => {
      if (!p.rest) return [valueOf(p.type, p.name, p.range, draw, notes, 0)];
      const element: ValueType = p.type.kind === 'array' ? p.type.element : { kind: 'number' };
      return Array.from({ length: draw.size }, () => valueOf(element, p.name, p.range, draw, notes, 0));
    });
  });
  return { cases, notes: [...notes] };
}

function valueOf(type: ValueType, name: string, range: InputParameter['range'], draw: Draw, notes: Set<string>, depth: number): JsonValue {
  const inner = (t: ValueType, n = name): JsonValue => valueOf(t, n, range, draw, notes, depth + 1);
  switch (type.kind) {
    case 'number': return toReal(numberOf(type.literals, name, range, draw));
    case 'boolean': return draw.random() < 0.5;
    case 'string': return type.literals && type.literals.length > 0 ? pick(type.literals, draw) : 'text';
    case 'null': case 'undefined': return null;
    case 'array': case 'set': return Array.from({ length: draw.size }, () => inner(type.element));
    case 'tuple': return type.elements.map(element => inner(element));
    case 'typedArray': return Array.from({ length: draw.size }, () => toReal(elementOf(type.name, range, draw)));
    case 'object': return Object.fromEntries(Object.entries(type.properties).filter(([, t]) => t.kind !== 'function').map(([key, t]) => [key, inner(t, key)]));
    case 'union': {
      const members = type.members.filter(m => m.kind !== 'undefined' && m.kind !== 'null' && m.kind !== 'never');
      const numeric = members.find(m => m.kind === 'number' && !m.literals);
      return inner(numeric ?? (members.length > 0 ? pick(members, draw) : { kind: 'undefined' }));
    }
    case 'unknown':
      notes.add(`${name} has no type that is known here; it is taken as a number.`);
      return toReal(numberOf(undefined, name, range, draw));
    case 'date': return toReal(Math.floor(1.6e12 + draw.random() * 1e11));
    case 'bigint': case 'function': case 'map': case 'promise': case 'regexp': case 'symbol': case 'never':
      throw new InputError(`No value can be made up for ${name}, which is a ${type.kind}; call the function from one whose parameters are numbers, arrays or plain objects, and simulate that.`);
  }
}

function numberOf(literals: readonly number[] | undefined, name: string, range: InputParameter['range'], draw: Draw): number {
  if (literals && literals.length > 0) return pick(literals, draw);
  if (range) return isCountName(name) && Math.floor(range[1]) >= Math.ceil(range[0]) ? integerOf(Math.ceil(range[0]), Math.floor(range[1]), draw) : numberIn(range[0], range[1], draw);
  return isCountName(name) ? draw.size : everyday(draw);
}

const elementRanges: Readonly<Record<string, readonly [number, number]>> = {
  Int8Array: [-128, 127], Uint8Array: [0, 255], Uint8ClampedArray: [0, 255], Int16Array: [-32768, 32767], Uint16Array: [0, 65535],
  Int32Array: [-2147483648, 2147483647], Uint32Array: [0, 4294967295], BigInt64Array: [-1000, 1000], BigUint64Array: [0, 1000],
};

function elementOf(name: string, range: InputParameter['range'], draw: Draw): number {
  const limits = elementRanges[name];
  if (!limits) {
    const x = range ? numberIn(range[0], range[1], draw) : everyday(draw);
    return name === 'Float32Array' ? Math.fround(x) : x;
  }
  return integerOf(Math.max(limits[0], Math.ceil(range?.[0] ?? limits[0])), Math.min(limits[1], Math.floor(range?.[1] ?? limits[1])), draw);
}

function pick<T>(options: readonly T[], draw: Draw): T {
  return options[Math.min(options.length - 1, Math.floor(draw.random() * options.length))];
}
