import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, calledName, placeOf, receiverOf, type Accumulation } from './matching/accumulation';
import { compensated, countBound, errorOfSum, exactSum, smallCount } from './matching/sums';
import { exactUse } from './matching/exact-use';
import { constantOf, resolve } from './matching/structure';
import { formatNumber } from './matching/text';

export const nonAssociativeReduction: Hazard = {
  id: 'non-associative-reduction',
  * detect(c) {
    for (const a of accumulationsOf(c)) {
      if (exactSum(c, a) || compensated(c, a) || a.terms.some(t => constantOf(c, t.value) !== null)) continue;
      const source = a.iterable ? unorderedSource(c, a.iterable) : null;
      const size = a.operator === 'add' ? reorderingError(c, a) : null;
      const reduced = a.form === 'reduce' && a.operator === 'add' && a.terms.length === 1 && !(a.iterable && sorted(c, a.iterable));
      if (smallCount(c, a) && countBound(c, a) <= 2) continue;
      const use = a.operator === 'add' && !(a.iterable && sorted(c, a.iterable)) ? exactUse(c, a.call ?? lastRead(c, a) ?? a.at) : null;
      if (!source && size === null && !reduced && use !== 'hashed') continue;
      if (smallCount(c, a) && size === null) continue;
      const what = a.operator === 'add' ? 'sum' : 'product';
      yield {
        at: placeOf(c, a),
        ...(use ? { severity: 'info' as const } : {}),
        message: size !== null ? `Reordering can change this ${what} by up to ${formatNumber(size.absolute)}${size.ulps === null ? '' : ` (${formatNumber(size.ulps)} ulp)`}.`
          : source ? `This ${what} runs over ${source}, whose order depends on how it was filled: the same values can give another ${what}.`
          : use ? `This sum depends on the order of its terms, and is ${use === 'hashed' ? 'hashed' : 'compared exactly'}: the same values in another order can give another one.`
          : `This ${what} depends on the order of its terms: + rounds after each step and is not associative.`,
        related: a.iterable && source ? [{ message: 'The order comes from here.', at: a.iterable }] : [],
      };
    }
  },
};

/** A read of the total after the loop. */
function lastRead(c: HazardContext, a: Accumulation): Expression | null {
  if (a.target.kind !== 'variable') return null;
  const end = a.repetition.kind === 'loop' ? a.repetition.loop.end : a.repetition.call.end;
  return c.reads(a.target.variable).find(r => r.start >= end) ?? null;
}

/** Twice the error bound of one order bounds the distance between two (both lie within it of the exact sum). */
function reorderingError(c: HazardContext, a: Accumulation): { absolute: number; ulps: number | null } | null {
  const error = errorOfSum(c, a);
  if (error === null) return null;
  const fact = c.fact(a.terms[0].value)!;
  const total = countBound(c, a) * Math.max(Math.abs(fact.lo), Math.abs(fact.hi));
  const ulp = 2 ** (Math.floor(Math.log2(total)) - 52);
  return { absolute: 2 * error, ulps: Math.ceil(2 * error / ulp) };
}

/** How a source of unspecified or data-dependent order is called, or null for arrays and loops by index. */
function unorderedSource(c: HazardContext, iterable: Expression): string | null {
  const value = resolve(c, iterable);
  const type = iterable.type.kind === 'unknown' ? value.type : iterable.type;
  if (type.kind === 'map') return 'a Map';
  if (type.kind === 'set') return 'a Set';
  if (value.kind === 'new' && (value.name === 'Map' || value.name === 'Set')) return `a ${value.name}`;
  if (value.kind === 'call') {
    const name = value.callee.kind === 'library' ? value.callee.name : calledName(c, value);
    if (name === 'Object.values' || name === 'Object.entries' || name === 'Object.keys') return `the result of ${name}`;
    const receiver = receiverOf(value);
    if (receiver && (calledName(c, value) === 'values' || calledName(c, value) === 'entries') && value.arguments.length === 0) return unorderedSource(c, receiver);
    if (name === 'Array.from' && value.arguments[0]) return unorderedSource(c, value.arguments[0]);
  }
  if (value.kind === 'array' && value.spread.length === 1 && value.spread[0] && value.elements[0]) return unorderedSource(c, value.elements[0]);
  return null;
}

/** The order was fixed on purpose: `.sort()` or `.toSorted()` in the chain. */
function sorted(c: HazardContext, iterable: Expression): boolean {
  const value = resolve(c, iterable);
  if (value.kind !== 'call') return false;
  if (/^(sort|toSorted)$/.test(calledName(c, value))) return true;
  const receiver = receiverOf(value);
  return receiver !== null && sorted(c, receiver);
}
