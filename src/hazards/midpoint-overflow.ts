import type { Hazard } from './engine/hazard';
import { constantOf, isOperation, resolve } from './matching/structure';
import { formatNumber } from './matching/text';

export const midpointOverflow: Hazard = {
  id: 'midpoint-overflow',
  * detect(c) {
    for (const [operator, count] of [['div', 2], ['shr', 1], ['bitor', 0]] as const) {
      for (const e of c.operations(operator)) {
        if (constantOf(c, e.operands[1]) !== count) continue;
        let sum = resolve(c, e.operands[0]);
        if (operator === 'bitor') {
          if (!isOperation(sum, 'div') || constantOf(c, sum.operands[1]) !== 2) continue;
          sum = resolve(c, sum.operands[0]);
        }
        if (!isOperation(sum, 'add')) continue;
        const facts = sum.operands.map(o => c.fact(o));
        if (facts.some(f => !f?.evidence || !Number.isFinite(f.hi) || !Number.isFinite(f.lo))) continue;
        const top = facts[0]!.hi + facts[1]!.hi;
        const limit = operator === 'shr' ? 2 ** 31 : operator === 'div' ? Infinity : 2 ** 32;
        if (top < limit) continue;
        yield { at: e, message: `${c.text(sum)} reaches ${formatNumber(top)}, beyond ${limit === Infinity ? '1.8e308' : formatNumber(limit)}, before it is halved.` };
      }
    }
  },
};
