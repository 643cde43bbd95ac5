import type { Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { constantOf, resolve, sameValue, within } from './structure';

/** One comparison that is known to hold: `left operator right`, with operator as after applying the truth value. */
export interface Relation {
  readonly operator: 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne';
  readonly left: Expression;
  readonly right: Expression;
  readonly repaired: boolean;
}

const negated = { lt: 'ge', le: 'gt', gt: 'le', ge: 'lt', eq: 'ne', ne: 'eq' } as const;
const mirrored = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le', eq: 'eq', ne: 'ne' } as const;

/** Whether any condition that dominates the expression mentions the value: the least that "guarded" can mean. */
export function mentionedInGuard(c: HazardContext, at: Expression, value: Expression): boolean {
  // A condition may have a name: const known = total > 0; known ? part / total : 0.
  for (const guard of c.guards(at)) if (mentions(c, guard.test, value) || mentions(c, resolve(c, guard.test), value)) return true;
  return false;
}

/** Whether `value`, or the local that stands for it, occurs in the expression. */
export function mentions(c: HazardContext, e: Expression, value: Expression): boolean {
  for (const inner of within(c, e, childrenOf)) if (sameValue(c, inner, value)) return true;
  return false;
}

/** Comparisons with `value` on the left that hold at `at`, from all dominating conditions, `&&` and `!` taken apart. */
export function relationsOf(c: HazardContext, at: Expression, value: Expression): Relation[] {
  const found: Relation[] = [];
  for (const guard of c.guards(at)) collect(c, guard.test, guard.truth, guard.repaired, value, found);
  return found;
}

function collect(c: HazardContext, test: Expression, truth: boolean, repaired: boolean, value: Expression, found: Relation[]): void {
  if (test.kind === 'logical' && test.operator !== 'nullish') {
    if ((test.operator === 'and') === truth) { collect(c, test.left, truth, repaired, value, found); collect(c, test.right, truth, repaired, value, found); }
    return;
  }
  if (sameValue(c, test, value)) {
    // A number tested for truth: true means not 0 and not NaN.
    const zero: Expression = { kind: 'number', id: -1, start: test.start, end: test.start, type: { kind: 'number' }, value: 0, text: '0', named: false };
    found.push({ operator: truth ? 'ne' : 'eq', left: value, right: zero, repaired });
    return;
  }
  if (test.kind !== 'operation') return;
  if (test.operator === 'not') { collect(c, test.operands[0], !truth, repaired, value, found); return; }
  if (!(test.operator in negated)) return;
  const operator = test.operator as keyof typeof negated;
  const holds = truth ? operator : negated[operator];
  if (sameValue(c, test.operands[0], value)) found.push({ operator: holds, left: test.operands[0], right: test.operands[1], repaired });
  else if (sameValue(c, test.operands[1], value)) found.push({ operator: mirrored[holds], left: test.operands[1], right: test.operands[0], repaired });
}

/** Whether a comparison that dominates, or one that repairs the value, bounds it from above. */
export function boundedAbove(c: HazardContext, at: Expression, value: Expression): boolean {
  if (relationsOf(c, at, value).some(r => r.operator === 'lt' || r.operator === 'le' || r.operator === 'eq')) return true;
  for (const guard of c.guards(at)) if (guard.repaired && mentions(c, guard.test, value) && !repairsSmall(c, guard.test, value)) return true;
  return false;
}

/** `if (x < 10) x = …`: what was repaired is a small value, so nothing is said of large ones. */
function repairsSmall(c: HazardContext, test: Expression, value: Expression): boolean {
  if (test.kind !== 'operation' || !['lt', 'le', 'gt', 'ge'].includes(test.operator)) return false;
  const left = sameValue(c, test.operands[0], value);
  if (!left && !sameValue(c, test.operands[1], value)) return false;
  return left === (test.operator === 'lt' || test.operator === 'le');
}

/** Whether a comparison that dominates keeps the value, or its absolute value, at a distance from 0 of at least `distance`. */
export function awayFromZero(c: HazardContext, at: Expression, value: Expression, distance: number): boolean {
  const far = (r: Relation): boolean => { const k = constantOf(c, r.right); return k !== null && ((r.operator === 'gt' || r.operator === 'ge') && k >= distance || (r.operator === 'lt' || r.operator === 'le') && k <= -distance); };
  if (relationsOf(c, at, value).some(far)) return true;
  // Not between two small bounds: `x > -1e-8 && x < 1e-8 ? series : …`.
  for (const guard of c.guards(at)) {
    if (guard.truth || guard.test.kind !== 'logical' || guard.test.operator !== 'and') continue;
    const near: Relation[] = [];
    collect(c, guard.test, true, false, value, near);
    const bounds = near.map(r => constantOf(c, r.right));
    if (near.length === 2 && bounds.every(k => k !== null && Math.abs(k) >= distance) && bounds.some(k => k! < 0) && bounds.some(k => k! > 0)) return true;
  }
  for (const guard of c.guards(at)) {
    for (const inner of within(c, guard.test, childrenOf)) {
      if (inner.kind === 'operation' && inner.operator === 'abs' && sameValue(c, inner.operands[0], value) && relationsOf(c, at, inner).some(far)) return true;
      // A guard that was already an absolute value in a local: `const a = Math.abs(x); if (a < 1e-3)`.
      const whole = resolve(c, inner);
      if (inner.kind === 'variable' && whole.kind === 'operation' && whole.operator === 'abs' && sameValue(c, whole.operands[0], value) && relationsOf(c, at, inner).some(far)) return true;
    }
  }
  return false;
}

/** Whether the value is known not to be 0: by its range, by a comparison that dominates, or by its form (`x || 1`, `Math.max(1, x)`, a non-zero literal). */
export function knownNonZero(c: HazardContext, at: Expression, value: Expression): boolean {
  const fact = c.fact(value);
  if (fact && (fact.lo > 0 || fact.hi < 0)) return true;
  const literal = constantOf(c, value);
  if (literal !== null) return literal !== 0;
  if (value.kind === 'logical' && value.operator === 'or') {
    const fallback = constantOf(c, value.right);
    if (fallback !== null && fallback !== 0) return true;
  }
  for (const relation of relationsOf(c, at, value)) {
    const bound = constantOf(c, relation.right);
    switch (relation.operator) {
      case 'ne': if (bound === 0) return true; break;
      case 'gt': if (bound === null || bound >= 0) return true; break;
      case 'ge': if (bound === null || bound > 0) return true; break;
      case 'lt': if (bound !== null && bound <= 0) return true; break;
      case 'le': if (bound !== null && bound < 0) return true; break;
      case 'eq': if (bound !== 0 && bound !== null) return true; break;
    }
  }
  return false;
}
