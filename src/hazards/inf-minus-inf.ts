import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { mentionedInGuard } from './matching/guards';
import { constantOf, isOperation, resolve, termsOf } from './matching/structure';

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
    yield* impossible(c);
  },
};

/** `m = Math.max(a, b); Math.exp(a - m)`: −Infinity − (−Infinity) when both are logarithms of 0. */
function* impossible(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('log')) {
    const terms = termsOf(resolve(c, e.operands[0]));
    if (terms.length !== 2) continue;
    const shifts = terms.map(t => { const v = resolve(c, t.value); const d = isOperation(v, 'exp') ? resolve(c, v.operands[0]) : null; return d && isOperation(d, 'sub') ? d : null; });
    const most = shifts[0] ? resolve(c, shifts[0].operands[1]) : null;
    if (shifts.some(s => s === null) || !most || !isOperation(most, 'max') || [...c.guards(e)].length > 0) continue;
    yield { at: e, severity: 'hint', message: `${c.text(e)} is NaN when both logarithms are −Infinity, those of a probability of 0.`, remedy: 'Answer −Infinity when the larger one is −Infinity.' };
  }
}

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
