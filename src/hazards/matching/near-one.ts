import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { inEasing } from './names';
import { constantOf, isOperation, resolveDeep } from './structure';
import { usesOf } from './usage';

/** `√(1 ± y) − 1`, `1 / √(1 − y) − 1`, `1 − √(1 − y)`, `cosh(y) − 1`: for small y both sides are near 1, and the difference is y times a factor. */
export interface NearOne {
  /** What is near 1. */
  readonly value: Expression;
  /** The small quantity. */
  readonly small: Expression;
  /** The same difference without cancellation. */
  readonly form: string;
}

export function nearOne(c: HazardContext, e: Operation): NearOne | null {
  const one = e.operands.findIndex(o => constantOf(c, o) === 1);
  if (one < 0 || inEasing(c, e)) return null;
  const value = e.operands[1 - one];
  const found = rootOfNearOne(c, value);
  if (!found || !relative(c, e)) return null;
  const fact = c.fact(found.small);
  return constantOf(c, found.small) !== null || fact !== null && (fact.lo >= 0.01 || fact.hi <= -0.01) ? null : { value, ...found };
}

function rootOfNearOne(c: HazardContext, e: Expression): { small: Expression; form: string } | null {
  const value = resolveDeep(c, e);
  if (isOperation(value, 'cosh')) return { small: value.operands[0], form: '2 * Math.sinh(y / 2) ** 2' };
  if (isOperation(value, 'div') && constantOf(c, value.operands[0]) === 1) {
    const root = rootOfNearOne(c, value.operands[1]);
    return root && { small: root.small, form: 'y / (s * (1 + s)), with s the square root' };
  }
  const inner = isOperation(value, 'sqrt') ? value.operands[0] : isOperation(value, 'pow') && Math.abs(constantOf(c, value.operands[1]) ?? 0) === 0.5 ? value.operands[0] : null;
  const sum = inner && resolveDeep(c, inner);
  if (!sum || !isOperation(sum, 'add', 'sub') || sum.operands.length !== 2) return null;
  const unit = sum.operands.findIndex(o => constantOf(c, o) === 1);
  // √(y − 1) is not near 1.
  if (unit < 0 || isOperation(sum, 'sub') && unit === 1) return null;
  return { small: sum.operands[1 - unit], form: 'y / (1 + s), with s the square root' };
}

/** The difference is scaled: there its relative error counts. */
function relative(c: HazardContext, e: Operation): boolean {
  for (const { user } of usesOf(c, e)) if (user && isOperation(user, 'mul', 'div', 'log')) return true;
  return false;
}
