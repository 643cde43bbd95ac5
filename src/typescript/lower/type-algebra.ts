import type { ValueType } from '../../program';
import { UNKNOWN } from '../../program';

/** The type without null and undefined. */
export function stripNullish(type: ValueType): ValueType {
  if (type.kind !== 'union') return type;
  const members = type.members.filter(member => member.kind !== 'null' && member.kind !== 'undefined');
  return members.length === 1 ? members[0] : members.length === 0 ? UNKNOWN : { kind: 'union', members };
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
