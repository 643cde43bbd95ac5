import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { magnitudeOf } from './matching/magnitudes';
import { constantOf, isOperation } from './matching/structure';
import { formatNumber } from './matching/text';

/** Radians between neighbouring doubles from which the result itself is wrong in the third decimal. */
const coarse = 2 ** -10;

export const angleReductionLarge: Hazard = {
  id: 'angle-reduction-large',
  * detect(c) {
    for (const operator of ['sin', 'cos', 'tan'] as const) {
      for (const e of c.operations(operator)) {
        const size = sizeOf(c, e.operands[0]);
        if (size === null || size < 1e8 || hashing(c, e)) continue;
        const step = 2 ** (Math.floor(Math.log2(size)) - 52);
        yield { at: e, ...(step >= coarse ? { severity: 'info' as const } : {}), message: `${c.text(e.operands[0])} reaches ${formatNumber(size)} radians, where neighbouring doubles are ${formatNumber(step)} apart.` };
      }
    }
  },
};

/** What range analysis proves, and what the file says of the value's origin: constants, the clock, a unit of time since an epoch. */
function sizeOf(c: HazardContext, e: Expression): number | null {
  const shown = magnitudeOf(c, e);
  const fact = c.fact(e);
  const proven = fact?.evidence && Number.isFinite(fact.hi) && Number.isFinite(fact.lo) ? Math.max(fact.hi, -fact.lo) : null;
  // The clock's own range, ±8.64e15 ms, is no moment of this century.
  return shown ?? (proven !== null && proven < 1e300 ? proven : null);
}

/** sin(x) · 43758.5453 is a noise function that wants the digits to be random. */
function hashing(c: HazardContext, e: Expression): boolean {
  const parent = c.parent(e);
  return parent !== null && isOperation(parent, 'mul') && parent.operands.some(o => { const k = constantOf(c, o); return k !== null && Math.abs(k) > 1000; });
}
