import { hasRange, NO_NUMBER } from './number-set';
import { FALSE, isImpossible, NULL, toNumber, UNDEFINED, type Value } from './value';

/** Whether a comparison can come out true, and false. */
export function comparison(operator: string, a: Value, b: Value, loose: boolean): { yes: boolean; no: boolean } {
  if (operator === 'ne') { const { yes, no } = comparison('eq', a, b, loose); return { yes: no, no: yes }; }
  if (operator === 'eq') {
    const yes = mayBeEqual(a, b) || (loose && !mustDifferLoosely(a, b));
    const [x, y] = [onlyNumber(a), onlyNumber(b)];
    const sure = x !== undefined && y !== undefined && x === y;
    const sameSimple = isOnlySimple(a) && a.simple === b.simple && isOnlySimple(b) && (a.simple & (a.simple - 1)) === 0 && a.simple <= FALSE && a.simple > 0;
    const sameText = a.text?.literals?.length === 1 && b.text?.literals?.length === 1 && a.text.literals[0] === b.text.literals[0] && isOnlyTextual(a) && isOnlyTextual(b);
    return { yes, no: !(sure || sameSimple || sameText) };
  }
  if ((a.text || b.text)) return { yes: true, no: true };
  const x = toNumber(a);
  const y = toNumber(b);
  const nan = x.nan || y.nan || !hasRange(x) || !hasRange(y);
  const comparable = hasRange(x) && hasRange(y);
  switch (operator) {
    case 'lt': return { yes: comparable && x.lo < y.hi, no: nan || x.hi >= y.lo };
    case 'le': return { yes: comparable && x.lo <= y.hi, no: nan || x.hi > y.lo };
    case 'gt': return { yes: comparable && x.hi > y.lo, no: nan || x.lo <= y.hi };
    default: return { yes: comparable && x.hi >= y.lo, no: nan || x.lo < y.hi };
  }
}

function onlyNumber(a: Value): number | undefined {
  return isImpossible({ ...a, number: NO_NUMBER }) ? (a.number.lo === a.number.hi && !a.number.nan ? a.number.lo : undefined) : undefined;
}

export function isOnlySimple(a: Value): boolean {
  return isImpossible({ ...a, simple: 0 });
}

export function isOnlyTextual(a: Value): boolean {
  return isImpossible({ ...a, text: null });
}

function mayBeEqual(a: Value, b: Value): boolean {
  if (a.outside.some(x => x.type.kind === 'unknown') || b.outside.some(x => x.type.kind === 'unknown')) return true;
  if (a.simple & b.simple) return true;
  if (a.text && b.text && (!a.text.literals || !b.text.literals || a.text.literals.some(t => b.text!.literals!.includes(t)))) return true;
  if ((a.locations.length || a.outside.length || a.functions.length) && (b.locations.length || b.outside.length || b.functions.length)) return true;
  const [x, y] = [a.number, b.number];
  return hasRange(x) && hasRange(y) && x.lo <= y.hi && y.lo <= x.hi && !(x.nonZero && y.lo === 0 && y.hi === 0) && !(y.nonZero && x.lo === 0 && x.hi === 0);
}

function mustDifferLoosely(a: Value, b: Value): boolean {
  const numeric = (v: Value): boolean => isImpossible({ ...v, number: NO_NUMBER });
  return (numeric(a) && numeric(b)) || (isOnlySimple(b) && !(b.simple & ~(UNDEFINED | NULL)) && !(a.simple & (UNDEFINED | NULL)) && !a.outside.some(x => x.type.kind === 'unknown'));
}
