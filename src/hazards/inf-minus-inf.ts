import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { mentionedInGuard } from './matching/guards';
import { constantOf, resolve } from './matching/structure';

export const infMinusInf: Hazard = {
  id: 'inf-minus-inf',
  * detect(c) {
    for (const e of c.operations('sub')) {
      const [left, right] = e.operands;
      const a = startsInfinite(c, left);
      const b = startsInfinite(c, right);
      if (a === 0 || a !== b || mentionedInGuard(c, e, left) || mentionedInGuard(c, e, right)) continue;
      yield { at: e, message: `${c.text(e)} is NaN while ${c.text(left)} and ${c.text(right)} both still hold the ${a > 0 ? 'Infinity' : '-Infinity'} they started with.` };
    }
  },
};

/** The sign of the Infinity that the variable is initialised with, 0 otherwise. */
function startsInfinite(c: HazardContext, e: Expression): number {
  const value = resolve(c, e);
  if (value.kind !== 'variable') return 0;
  const definitions = c.definitions(value.variable);
  if (definitions.length < 2) return 0;
  const fact = c.fact(e);
  if (fact && Number.isFinite(fact.lo) && Number.isFinite(fact.hi)) return 0;
  for (const d of definitions) {
    if (d.kind !== 'value' || d.assignment !== null) continue;
    const start = constantOf(c, d.value);
    if (start === Infinity || start === -Infinity) return Math.sign(start);
  }
  return 0;
}
