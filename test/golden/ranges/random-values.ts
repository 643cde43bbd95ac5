import type { ValueType } from '../../../src/program';
import { interesting, type Random } from '../../unit/ranges/random-program';

/** Classes whose instances stand for objects of that name. */
export type Classes = Readonly<Record<string, (random: Random) => unknown>>;

/** A random value of the type. What the type leaves open is made of numbers, and lists and objects of numbers. */
export function randomValue(type: ValueType, random: Random, classes: Classes = {}, depth = 0): unknown {
  const below = (n: number): number => Math.floor(random.next() * n);
  const length = (): number => random.next() < 0.1 ? below(2) : 2 + below(24);
  const inner = (t: ValueType): unknown => randomValue(t, random, classes, depth + 1);
  switch (type.kind) {
    case 'number': return type.literals ? type.literals[below(type.literals.length)] : someNumber(random);
    case 'string': return type.literals ? type.literals[below(type.literals.length)] : ['', 'a', '12', 'euclidean', 'linear', '#ff8800'][below(6)];
    case 'boolean': return random.next() < 0.5;
    case 'null': return null;
    case 'undefined': return undefined;
    case 'array': return list(type.element, random, length(), inner);
    case 'tuple': return type.elements.map(inner);
    case 'typedArray': return typed(type.name, random, length());
    case 'set': return new Set(Array.from({ length: length() }, () => inner(type.element)));
    case 'map': return new Map(Array.from({ length: length() }, () => [inner(type.key), inner(type.value)]));
    case 'date': return new Date(below(2e9) * 1000);
    case 'function': return () => inner(type.result.kind === 'unknown' ? { kind: 'number' } : type.result);
    case 'union': return inner(type.members[below(type.members.length)]);
    case 'object': {
      if (type.name !== undefined && Object.hasOwn(classes, type.name)) return classes[type.name](random);
      return Object.fromEntries(Object.entries(type.properties).map(([name, member]) => [name, inner(member)]));
    }
    case 'unknown': return depth > 2 ? someNumber(random) : open(random, classes, depth);
    default: return undefined;
  }
}

/** Mostly of moderate size, so that computations get somewhere; now and then a number that finds mistakes. */
export function someNumber(random: Random): number {
  const r = random.next();
  if (r < 0.12) {
    const x = interesting(random);
    // As a length it would ask for gigabytes.
    return Math.abs(x) > 1e5 && Math.abs(x) < 1e30 ? 1000 : x;
  }
  if (r < 0.5) return Math.floor(random.next() * 12) - 2;
  if (r < 0.7) return random.next();
  return (random.next() - 0.4) * 10 ** Math.floor(random.next() * 5 - 1);
}

function list(element: ValueType, random: Random, length: number, inner: (type: ValueType) => unknown): unknown[] {
  const items = Array.from({ length }, () => inner(element));
  // Much code expects its samples in order, and of one size.
  if (random.next() < 0.4 && items.every(x => typeof x === 'number')) items.sort((a, b) => a - b);
  return items;
}

function typed(name: string, random: Random, length: number): unknown {
  const make = (globalThis as unknown as Record<string, { from(values: readonly number[]): unknown } | undefined>)[name];
  return name.startsWith('Big') || !make ? new Float64Array(length) : make.from(Array.from({ length }, () => someNumber(random)));
}

function open(random: Random, classes: Classes, depth: number): unknown {
  const names = Object.keys(classes);
  const number: ValueType = { kind: 'number' };
  const r = random.next();
  if (names.length > 0 && r < 0.5) return classes[names[Math.floor(random.next() * names.length)]](random);
  if (r < 0.55) return randomValue({ kind: 'array', element: number }, random, classes, depth + 1);
  if (r < 0.65) return randomValue({ kind: 'array', element: { kind: 'array', element: number } }, random, classes, depth + 1);
  if (r < 0.7) return typed('Float64Array', random, 4);
  if (r < 0.75) return { x: someNumber(random), y: someNumber(random), z: someNumber(random), w: someNumber(random) };
  if (r < 0.8) return (...args: unknown[]) => typeof args[1] === 'number' && typeof args[0] === 'number' ? args[0] - args[1] : typeof args[0] === 'number' ? args[0] : someNumber(random);
  return r < 0.84 ? undefined : someNumber(random);
}
