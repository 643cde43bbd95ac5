import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { factorsOf, isOperation } from './matching/structure';

export const factorialOverflow: Hazard = {
  id: 'factorial-overflow',
  * detect(c) {
    for (const e of c.operations('div')) {
      const parent = c.parent(e);
      if (parent && isOperation(parent, 'div', 'mul')) continue;
      const factors = factorsOf(c, e);
      const above = factors.filter(f => !f.inverted && overflowing(c, f.value));
      const below = factors.filter(f => f.inverted && overflowing(c, f.value));
      if (above.length === 0 || below.length === 0 || bounded(c, e, [...above, ...below].map(f => f.value))) continue;
      yield {
        at: e,
        message: `${c.text(e)} is NaN once ${c.text(above[0].value)} and ${c.text(below[0].value)} both overflow: 171! is Infinity.`,
        related: [{ message: 'Overflows.', at: above[0].value }, { message: 'Overflows too.', at: below[0].value }],
      };
    }
  },
};

function overflowing(c: HazardContext, e: Expression): boolean {
  return e.kind === 'call' && /^(fact|factorial|fac|gamma|gammafn|tgamma|doubleFactorial)$/i.test(calledName(c, e));
}

function bounded(c: HazardContext, at: Expression, calls: readonly Expression[]): boolean {
  const small = calls.every(e => e.kind === 'call' && e.arguments.every(a => { const f = c.fact(a); return f !== null && f.hi <= 170; }));
  if (small) return true;
  for (const guard of c.guards(at)) if (/\b1[5-7]\d\b/.test(c.source(guard.test))) return true;
  return false;
}
