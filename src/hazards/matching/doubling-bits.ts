import type { Assignment, Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { nameOf, wordsOf } from './names';
import { constantOf, isOperation, resolve, within } from './structure';

const highest = 2 ** 30;
/** What is counted in memory: far below 2^30. */
const sizes = /^(length|size|width|height|count|capacity|len|cap|dim|dimension|depth|order|samples?|frames?|bins?|buckets?|stride|rows|cols|columns|points|entries|items|nodes|slots|channels|blocks?|w|h)$/i;

/** A power of two doubled by shifts until it passes a number that may lie beyond 2^30, or equals 2^31: it turns negative, then 0, and the search never ends. */
export function* doublingBits(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    if (!isOperation(a.value, 'shl') || constantOf(c, a.value.operands[1]) !== 1) continue;
    const name = c.source(a.target);
    if (a.compound !== 'shl' && c.source(a.value.operands[0]) !== name) continue;
    const goal = chased(c, a, name);
    if (goal) yield { at: a, message: `${c.text(a)} is −2^31 after 2^30, and then 0: for ${c.text(goal)} beyond 2^30 the loop does not end.`, remedy: 'Double by multiplication, or compute the exponent with Math.ceil(Math.log2(x)).' };
    else if (a.target.kind === 'property' && comparedWithTop(c, name)) yield { at: a, message: `${c.text(a)} makes −2^31 of 2^30, never 2^31, so that the comparison with it does not hold.`, remedy: 'Compare with -2147483648, or write >>> 0 after the shift.' };
  }
}

/** The bound that the loop around waits for, when nothing keeps it small. */
function chased(c: HazardContext, a: Assignment, name: string): Expression | null {
  const repetition = c.position(a).repetition;
  if (repetition?.kind !== 'loop' || repetition.loop.kind !== 'loop' || !repetition.loop.test) return null;
  const test = repetition.loop.test;
  if (!isOperation(test, 'lt', 'le', 'gt', 'ge')) return null;
  const side = test.operands.findIndex(o => c.source(o) === name);
  if (side < 0 || (test.operator === 'lt' || test.operator === 'le') !== (side === 0)) return null;
  const goal = test.operands[1 - side];
  if (constantOf(c, goal) !== null || (c.fact(goal)?.hi ?? Infinity) <= highest) return null;
  const counted = [...within(c, goal, childrenOf), ...within(c, resolve(c, goal), childrenOf), a.target].some(x => (x.kind === 'property' && (x.name === 'length' || x.name === 'size')) || wordsOf(nameOf(c, x)).some(w => sizes.test(w)));
  return counted ? null : goal;
}

/** `next === 0x80000000` somewhere. */
function comparedWithTop(c: HazardContext, name: string): boolean {
  return [...c.operations('eq'), ...c.operations('ne')].some(e => e.operands.some(o => c.source(o) === name) && e.operands.some(o => constantOf(c, o) === 2 ** 31));
}
