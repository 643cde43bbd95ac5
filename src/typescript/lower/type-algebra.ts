import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { unionOf } from './library';

/** The type without null and undefined. */
export function stripNullish(type: ValueType): ValueType {
  if (type.kind !== 'union') return type;
  const members = type.members.filter(member => member.kind !== 'null' && member.kind !== 'undefined');
  return members.length === 1 ? members[0] : members.length === 0 ? UNKNOWN : { kind: 'union', members };
}

/**
 * Whether it matters which member of a union a value is. Not for the kinds of arrays (their elements and methods are the same to us, and narrowing among them makes the
 * checker compare all their methods), nor for one object or null.
 */
export function needsNarrowing(type: ValueType): boolean {
  if (type.kind !== 'union') return false;
  const inner = stripNullish(type);
  if (inner.kind !== 'union') return inner.kind !== 'object' && inner.kind !== 'unknown';
  return !inner.members.every(member => member.kind === 'array' || member.kind === 'typedArray' || member.kind === 'tuple');
}

/** Certainly a number at run time. */
export function isNumberType(type: ValueType): boolean {
  return type.kind === 'number' || type.kind === 'union' && type.members.every(isNumberType);
}

export function isTextType(type: ValueType): boolean {
  return type.kind === 'string' || type.kind === 'union' && type.members.every(isTextType);
}

/** Type of a variable initialised with a value of this type: literal types widen. */
export function widened(type: ValueType): ValueType {
  if (type.kind === 'number' && type.literals) return { kind: 'number' };
  if (type.kind === 'string' && type.literals) return { kind: 'string' };
  return type;
}

/** `1 | 2 | 'a'` → number with two literals, string with one. */
export function mergeLiterals(types: readonly ValueType[]): ValueType {
  const flat = types.flatMap(type => type.kind === 'union' ? type.members : [type]);
  const numbers = flat.filter(type => type.kind === 'number');
  const strings = flat.filter(type => type.kind === 'string');
  const merged: ValueType[] = flat.filter(type => type.kind !== 'number' && type.kind !== 'string');
  if (numbers.length) merged.push(numbers.every(n => n.literals) ? { kind: 'number', literals: numbers.flatMap(n => n.literals ?? []) } : NUMBER);
  if (strings.length) merged.push(strings.every(s => s.literals) ? { kind: 'string', literals: strings.flatMap(s => s.literals ?? []) } : { kind: 'string' });
  return unionOf(merged);
}
