import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { sameTarget, updateOf } from './accumulation';
import { constantsOf } from './origins';
import { constantOf, isOperation, resolve, sameValue } from './structure';

/** A field or variable that is advanced elsewhere by a decimal fraction: comparing it exactly with its goal may never succeed. */
export function ramp(c: HazardContext, side: Expression): Expression | null {
  if (side.kind !== 'property' && side.kind !== 'variable') return null;
  for (const a of c.assignments()) {
    const terms = a.target.kind === side.kind && sameTarget(c, side, a.target) ? updateOf(c, a, 'add') : null;
    if (terms?.length === 1 && decimalSteps(c, terms[0].value)) return a;
  }
  return null;
}

/** Advanced by a decimal fraction as written: it never meets a whole number but by luck. */
export function literalSteps(c: HazardContext, a: Expression, goal: number): boolean {
  const terms = a.kind === 'assign' ? updateOf(c, a, 'add') : null;
  return terms !== null && terms.every(t => Math.abs(constantOf(c, t.value) ?? Infinity) < goal);
}

function decimalSteps(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return decimalSteps(c, value.then) || decimalSteps(c, value.otherwise);
  return fractional(c, value);
}

/** `x += (goal - x) * 0.1` against its goal: a part of the rest each time. The update, or null. */
export function approached(c: HazardContext, side: Expression, goal: Expression): Expression | null {
  if (side.kind !== 'property' && side.kind !== 'variable' || goal.kind !== 'property' && goal.kind !== 'variable' && constantOf(c, goal) === null) return null;
  for (const a of c.assignments()) {
    const terms = a.target.kind === side.kind && sameTarget(c, side, a.target) ? updateOf(c, a, 'add') : null;
    const part = terms?.length === 1 && !terms[0].negative ? resolve(c, terms[0].value) : null;
    if (!part || !isOperation(part, 'mul', 'div')) continue;
    const rest = part.operands.map(o => resolve(c, o)).find(o => isOperation(o, 'sub'));
    const share = part.operands.find(o => resolve(c, o) !== rest);
    if (rest && share && isOperation(rest, 'sub') && sameTarget(c, rest.operands[1], a.target) && sameValue(c, rest.operands[0], goal) && constantOf(c, share) !== 1) return a;
  }
  return null;
}

/** A number with digits after the point that no double has: as written, or as the file gives it to a parameter. */
export function fractional(c: HazardContext, e: Expression): boolean {
  const x = constantOf(c, e);
  if (x !== null) return !Number.isInteger(x * 2 ** 20);
  // (min, max, step = 0.1) => …: the file's own step.
  return (e.kind === 'variable' || e.kind === 'property') && !(c.fact(e)?.integer ?? false) && constantsOf(c, e).some(k => !Number.isInteger(k * 2 ** 20));
}
