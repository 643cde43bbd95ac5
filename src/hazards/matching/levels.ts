import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { integral, likelyIntegral } from './integers';
import { nameOf, wordsOf } from './names';
import { constantOf, isOperation, resolve, termsOf } from './structure';

const stepNames = /(^|_|[a-z](?=[A-Z]))(tick(_?size)?|step(_?size)?|increment|pip|lot_?size|spacing|precision)$/i;
const priceNames = /^(price|bid|ask|strike|quote)s?$/;
const wholeNames = /^(cents?|pence|minor|wei|sats?|ticks|points|bps|micros|lots)$/;

/** `best + i * tick` against a price that somebody else gives: a level computed twice in different ways. */
export function priceLevel(c: HazardContext, side: Expression, other: Expression): boolean {
  const terms = termsOf(resolve(c, side)).map(t => t.value);
  const given = resolve(c, other);
  if (terms.length !== 2 || given.kind !== 'property' && given.kind !== 'variable' && given.kind !== 'index') return false;
  const steps = terms.flatMap(t => { const v = resolve(c, t); return isOperation(v, 'mul') && v.operands.some(o => likelyIntegral(c, o)) ? v.operands.filter(o => constantOf(c, o) === null && !integral(c, o) && stepNames.test(nameOf(c, o))) : []; });
  const words = [side, other, ...terms, ...steps].flatMap(e => wordsOf(nameOf(c, e)));
  return steps.length > 0 && !words.some(w => wholeNames.test(w)) && words.some(w => priceNames.test(w));
}
