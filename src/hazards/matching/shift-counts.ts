import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { mentionedInGuard, relationsOf } from './guards';
import { mixesBits } from './integers';
import { hashWords, wordsOf } from './names';
import { allowedNumbers, anyOrigin, lastIndex } from './given-values';
import { constantOf, factorsOf, isOperation, resolve, sameValue } from './structure';

/** The largest count that the code itself names: the last index of a list of known length, or a number that a call gives or a test allows. 0 when nothing in the code tells, or the shift means to wrap. */
export function widestCount(c: HazardContext, e: Operation): number {
  const count = e.operands[1];
  if (constantOf(c, e.operands[0]) === null || wordsOf(c.function(e).name).some(w => hashWords.has(w)) || mixesBits(c, e) || wordOfBits(c, e, count)) return 0;
  const round = lastRound(c, e, count);
  if (round >= 32 || mentionedInGuard(c, e, count)) return round;
  let widest = lastIndex(c, count) ?? 0;
  anyOrigin(c, count, o => {
    for (const k of [constantOf(c, o) ?? 0, ...allowedNumbers(c, o)]) if (k <= 128 && Number.isInteger(k) && !relationsOf(c, o, o).some(r => r.operator === 'ne' && constantOf(c, r.right) === k)) widest = Math.max(widest, k);
    return false;
  });
  return widest;
}

/** The last value of the counter of the loop around, when the loop runs a known number of times from 0 and no condition in it leaves out the last. */
function lastRound(c: HazardContext, e: Operation, count: Expression): number {
  const loop = c.position(e).repetition;
  const trips = loop?.kind === 'loop' ? c.facts.trips[loop.loop.start] : undefined;
  const fact = c.fact(count);
  return count.kind === 'variable' && trips && trips.lo === trips.hi && fact?.evidence && fact.lo === 0 && fact.hi === trips.hi - 1 ? fact.hi : 0;
}

/** `words[i >> 5] |= 1 << i`: the place within a word, for which the count is meant to be taken modulo 32. */
function wordOfBits(c: HazardContext, e: Operation, count: Expression): boolean {
  const here = c.position(e).function;
  return ['shr', 'ushr', 'div', 'bitand', 'rem'].some(operator => c.operations(operator).some(o => c.position(o).function === here && sameValue(c, o.operands[0], count) && [5, 31, 32].includes(constantOf(c, o.operands[1]) ?? 0)));
}

/** The largest number in the table of constants that the count is read from; 0 when it is no such table. */
export function largestEntry(c: HazardContext, count: Expression): number {
  const value = resolve(c, count);
  if (value.kind !== 'index' && value.kind !== 'property') return 0;
  const table = resolve(c, value.object);
  const entries = table.kind === 'object' ? table.properties.filter(p => value.kind === 'index' || p.name === value.name).map(p => p.value) : table.kind === 'array' && value.kind === 'index' ? table.elements : [];
  return Math.max(0, ...entries.slice(0, 256).map(x => x ? constantOf(c, x) ?? 0 : 0));
}

/** `min(unit, 8) * 10`: the largest count that a limit written in the code, times a constant, allows; 0 when there is none, or a condition before speaks of the count. */
export function cappedCount(c: HazardContext, e: Operation): number {
  const factors = factorsOf(c, e.operands[1]).filter(f => constantOf(c, f.value) === null);
  const [only] = factors;
  const limit = factors.length === 1 && !only.inverted ? resolve(c, only.value) : null;
  if (!limit || !isOperation(limit, 'min') || e.type.kind === 'bigint' || (c.fact(e.operands[1])?.hi ?? Infinity) < 32 || mentionedInGuard(c, e, e.operands[1]) || mentionedInGuard(c, e, limit)) return 0;
  const scale = factorsOf(c, e.operands[1]).reduce((product, f) => { const k = constantOf(c, f.value); return k === null ? product : f.inverted ? product / k : product * k; }, 1);
  // SIZES.length - 1 of a list as written, too.
  const end = (o: Expression): number => constantOf(c, o) ?? (f => f && f.lo === f.hi ? f.hi : Infinity)(c.fact(o));
  const most = Math.min(...limit.operands.map(end)) * scale;
  return scale !== 1 && most <= 128 ? most : 0;
}

/** `32 - bits` of the same number of bits, to put them at the upper end of a word: there may be 32 of them. Null where that is the other half of a rotation. */
export function wholeWord(c: HazardContext, e: Operation): Operation | null {
  const bits = resolve(c, e.operands[1]);
  if (constantOf(c, e.operands[0]) !== 1 || bits.kind !== 'variable' && bits.kind !== 'property' || (c.fact(e.operands[1])?.hi ?? Infinity) < 32 || mentionedInGuard(c, e, bits) || mixesBits(c, e)) return null;
  const near = (o: Operation): boolean => bits.kind === 'property' || c.position(o).function === c.position(e).function;
  return c.operations('sub').find(o => constantOf(c, o.operands[0]) === 32 && near(o) && (user => user !== null && isOperation(user, 'shl', 'shr', 'ushr') && user.operands[1] === o)(c.parent(o)) && sameCount(c, o.operands[1], bits)) ?? null;
}

function sameCount(c: HazardContext, a: Expression, b: Expression): boolean {
  const value = resolve(c, a);
  return sameValue(c, value, b) || value.kind === 'property' && b.kind === 'property' && value.name === b.name && value.object.kind === 'opaque' && b.object.kind === 'opaque';
}
