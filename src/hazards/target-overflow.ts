import type { Format } from '../formats';
import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { anyTarget, targetsAt } from './matching/targets';
import { formatNumber } from './matching/text';

export const targetOverflow: Hazard = {
  id: 'target-overflow',
  * detect(c) {
    if (!anyTarget(c)) return;
    for (const e of c.program.expressions) {
      if (!c.scene.positions[e.id] || !rounds(e) || c.facts.reachable[e.id] === false) continue;
      const fact = c.fact(e);
      if (!fact?.evidence || fact.lo > fact.hi) continue;
      const size = Math.max(Math.abs(fact.lo), Math.abs(fact.hi));
      const exceeded = targetsAt(c, e).filter(f => f.family === 'float' && f.maxFinite !== null && size > f.maxFinite);
      if (exceeded.length === 0 || exceeded.every(f => fromInside(c, e, f))) continue;
      const f = exceeded[0];
      yield {
        at: e,
        message: `${c.text(e)} reaches ${formatNumber(Math.abs(fact.lo) > Math.abs(fact.hi) ? fact.lo : fact.hi)}, and ${exceeded.map(x => `${x.id} ends at ${formatNumber(x.maxFinite!)}`).join(', ')}.`,
        remedy: e.kind === 'operation' && e.operator === 'exp' ? `In ${f.id} exp overflows above ${Math.log(f.maxFinite!).toFixed(2)}: subtract a maximum first, or keep this part in a wider format.` : undefined,
      };
    }
  },
};

/** Data arithmetic and literals; counters and comparisons stay exact. */
function rounds(e: Expression): boolean {
  if (e.kind === 'number') return Number.isFinite(e.value) && !e.named;
  return e.kind === 'operation' && ['add', 'sub', 'mul', 'div', 'pow', 'exp', 'cosh', 'sinh', 'expm1', 'hypot', 'tan'].includes(e.operator);
}

/** An operand already exceeds the format: the finding stands there. Integer arithmetic on indices is not data. */
function fromInside(c: HazardContext, e: Expression, format: Format): boolean {
  if (e.kind !== 'operation') { const parent = c.parent(e); return parent?.kind === 'operation' && ['lt', 'le', 'gt', 'ge', 'eq', 'ne', 'bitand', 'bitor'].includes(parent.operator); }
  if (c.fact(e)?.integer && e.operands.every(o => c.fact(o)?.integer)) {
    const parent = c.parent(e);
    if (parent?.kind === 'index' || (parent?.kind === 'assign' && parent.compound !== null && e.operands.some(o => o.kind === 'number' && o.value === 1))) return true;
  }
  return e.operands.some(o => { const f = c.fact(o); return f?.evidence === true && Math.max(Math.abs(f.lo), Math.abs(f.hi)) > format.maxFinite! && o.kind !== 'variable'; });
}
