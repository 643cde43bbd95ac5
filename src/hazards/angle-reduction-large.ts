import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { nameOf } from './matching/names';
import { constantOf, isOperation, resolve } from './matching/structure';
import { formatNumber } from './matching/text';

export const angleReductionLarge: Hazard = {
  id: 'angle-reduction-large',
  * detect(c) {
    for (const operator of ['sin', 'cos', 'tan'] as const) {
      for (const e of c.operations(operator)) {
        const size = sizeOf(c, e.operands[0]);
        if (size === null || size < 1e8 || hashing(c, e)) continue;
        const step = 2 ** (Math.floor(Math.log2(size)) - 52);
        yield { at: e, message: `${c.text(e.operands[0])} reaches ${formatNumber(size)} radians, where neighbouring doubles are ${formatNumber(step)} apart.` };
      }
    }
  },
};

function sizeOf(c: HazardContext, e: Expression): number | null {
  const constant = constantOf(c, e);
  if (constant !== null) return Math.abs(constant);
  const value = resolve(c, e);
  const now = dateFactor(c, value);
  if (now !== null) return now;
  const fact = c.fact(e);
  return fact?.evidence && Number.isFinite(fact.hi) && Number.isFinite(fact.lo) && Math.max(fact.hi, -fact.lo) < 1e300 ? Math.max(fact.hi, -fact.lo) : null;
}

/** Date.now() times what: 1.8e12 milliseconds since 1970. */
function dateFactor(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(now|getTime)$/.test(nameOf(c, value)) && /Date/.test(c.source(value)) ? 1.8e12 : null;
  if (!isOperation(value, 'mul', 'div')) return null;
  const inner = dateFactor(c, value.operands[0]) ?? (value.operator === 'mul' ? dateFactor(c, value.operands[1]) : null);
  const other = constantOf(c, value.operands[1]) ?? constantOf(c, value.operands[0]);
  return inner === null || other === null ? null : value.operator === 'mul' ? inner * Math.abs(other) : inner / Math.abs(other);
}

/** sin(x) · 43758.5453 is a noise function that wants the digits to be random. */
function hashing(c: HazardContext, e: Expression): boolean {
  const parent = c.parent(e);
  return parent !== null && isOperation(parent, 'mul') && parent.operands.some(o => { const k = constantOf(c, o); return k !== null && Math.abs(k) > 1000; });
}
