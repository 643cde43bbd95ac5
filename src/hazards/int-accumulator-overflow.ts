import type { Expression, TypedArrayName } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, updateOf } from './matching/accumulation';
import { constantOf } from './matching/structure';
import { countBound } from './matching/sums';
import { formatNumber } from './matching/text';
import { elementTypeOf } from './typed-array-narrowing';

const largest: Partial<Record<TypedArrayName, number>> = { Int8Array: 127, Uint8Array: 255, Int16Array: 32767, Uint16Array: 65535, Int32Array: 2 ** 31 - 1 };

export const intAccumulatorOverflow: Hazard = {
  id: 'int-accumulator-overflow',
  * detect(c) {
    const reductions = new Set(accumulationsOf(c).map(a => a.at));
    for (const a of c.assignments()) {
      if (a.target.kind !== 'index' || (a.compound !== 'add' && a.compound !== null)) continue;
      const terms = updateOf(c, a, 'add');
      const name = elementTypeOf(c, a.target.object);
      const top = name ? largest[name] : undefined;
      if (!terms || !name || top === undefined || !c.position(a).repetition) continue;
      const step = stepOf(c, terms);
      const reduction = accumulationsOf(c).find(r => r.at === a);
      const rounds = Math.min(reduction ? countBound(c, reduction) : Infinity, roundsOf(c, a, a.target.object));
      if (step === null || rounds * step <= top) continue;
      // Unknown numbers of rounds overflow 8 and 16 bits soon; 32 bits only with large steps.
      if (!Number.isFinite(rounds) && top > 65535 && step * 1e6 < top) continue;
      // Arrays that are written element by element (filters, pixels) are updates, not counts, unless the step is 1.
      if (!reductions.has(a) && terms.some(t => constantOf(c, t.value) !== 1)) continue;
      yield { at: a, message: `${c.text(a.target)} wraps beyond ${formatNumber(top)} (${name})${Number.isFinite(rounds) ? `, and ${formatNumber(rounds)} rounds add up to ${formatNumber(rounds * step)}` : `, and the number of rounds has no bound here`}.` };
    }
  },
};

/** How often an assignment runs while the array in a local lives: the rounds of the loops around it that are inside the one that makes the array. Infinity when that is not known. */
function roundsOf(c: HazardContext, a: Expression, array: Expression): number {
  const made = array.kind === 'variable' ? c.definitions(array.variable) : [];
  const only = made.length === 1 && made[0].kind === 'value' ? made[0].value : null;
  if (only?.kind !== 'new' || c.position(only).function !== c.position(a).function) return Infinity;
  const home = c.position(only).repetition;
  let rounds = 1;
  for (let place = c.position(a).repetition; place !== home; place = place.outer) {
    if (place?.kind !== 'loop') return Infinity;
    const trips = c.facts.trips[place.loop.start]?.hi ?? Infinity;
    // A length of which nothing is known.
    rounds *= trips < 2 ** 31 ? trips : Infinity;
  }
  return rounds;
}

function stepOf(c: Parameters<typeof updateOf>[0], terms: readonly { readonly value: Expression; readonly negative: boolean }[]): number | null {
  let step = 0;
  for (const t of terms) {
    const constant = constantOf(c, t.value);
    const fact = c.fact(t.value);
    if (t.negative) return null;
    if (constant !== null) step += Math.abs(constant);
    else if (fact && Number.isFinite(fact.hi) && fact.evidence) step += Math.max(Math.abs(fact.lo), Math.abs(fact.hi));
    else return null;
  }
  return step;
}
