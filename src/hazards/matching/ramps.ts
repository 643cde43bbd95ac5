import type { Expression, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import { sameTarget, updateOf } from './accumulation';
import { decimalStep, dyadic } from './dyadic';
import { likelyIntegral } from './integers';
import { constantsOf, originsOf } from './origins';
import { stateUpdates, stepOf } from './states';
import { constantOf, isOperation, resolve, sameValue } from './structure';

/** A field or variable that is advanced elsewhere by a decimal fraction: comparing it exactly with its goal may never succeed. */
export function ramp(c: HazardContext, side: Expression, goal: Expression): Expression | null {
  if (side.kind !== 'property' && side.kind !== 'variable') return null;
  for (const a of c.assignments()) {
    const terms = a.target.kind === side.kind && sameTarget(c, side, a.target) ? updateOf(c, a, 'add') : null;
    if (terms?.length === 1 && decimalStep(c, terms[0].value)) return a;
  }
  return side.kind === 'variable' ? stateRamp(c, side.variable, goal) : null;
}

/** The call that steps a component's state by a decimal fraction. A state that some step clamps at the goal meets it. */
function stateRamp(c: HazardContext, state: VariableId, goal: Expression): Expression | null {
  const steps = stateUpdates(c).flatMap(u => { const found = u.state === state ? stepOf(c, u) : null; return found ? [{ ...found, call: u.call }] : []; });
  const wanted = constantOf(c, goal);
  if (steps.some(s => s.bounds.some(b => sameValue(c, b, goal) || wanted !== null && constantOf(c, b) === wanted))) return null;
  return steps.find(s => decimalStep(c, s.step))?.call ?? null;
}

/** Advanced by a decimal fraction as written: it never meets a whole number but by luck. */
export function literalSteps(c: HazardContext, a: Expression, goal: number): boolean {
  const below = (e: Expression): boolean => { const v = resolve(c, e); return v.kind === 'conditional' ? below(v.then) && below(v.otherwise) : Math.abs(constantOf(c, v) ?? Infinity) < goal; };
  if (a.kind === 'call') {
    const stepped = stateUpdates(c).find(u => u.call === a);
    const step = stepped ? stepOf(c, stepped) : null;
    return step !== null && below(step.step);
  }
  const terms = a.kind === 'assign' ? updateOf(c, a, 'add') : null;
  return terms !== null && terms.every(t => below(t.value));
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

/**
 * A field that each step multiplies by a decimal factor, `this.scale = clamp(this.scale * 1.1)`, against the number it started from: 1.1 · (1 / 1.1) need not come back to it. The
 * step, or null where some other store sets it to that number.
 */
export function multiplied(c: HazardContext, side: Expression, goal: Expression): Expression | null {
  const wanted = constantOf(c, goal);
  if (side.kind !== 'property' && side.kind !== 'variable' || wanted === null || wanted === 0) return null;
  const stores = c.assignments().filter(a => a.target.kind === side.kind && sameTarget(c, side, a.target) && !['constructor', 'initializer', 'module'].includes(c.function(a).kind));
  if (stores.some(a => constantOf(c, a.value) !== null || constantsOf(c, a.value).includes(wanted))) return null;
  return stores.find(a => clamped(c, a.value).some(o => isOperation(o, 'mul') && o.operands.some(x => sameTarget(c, x, a.target)) && o.operands.some(x => constantsOf(c, x).some(k => !dyadic(k))))) ?? null;
}

/** The values inside of minima and maxima. */
function clamped(c: HazardContext, e: Expression, depth = 4): Expression[] {
  const value = resolve(c, e);
  return depth > 0 && isOperation(value, 'min', 'max') ? value.operands.flatMap(o => clamped(c, o, depth - 1)) : [value];
}

/** `low + i * step` with a decimal step, against a number that was written in digits: 3 * 0.1 is not 0.3. The computed level, or null. */
export function decimalLevel(c: HazardContext, side: Expression, other: Expression): Expression | null {
  if (!['variable', 'property', 'call'].includes(side.kind) || !['variable', 'property', 'index'].includes(other.kind) || !writtenDecimals(c, other)) return null;
  // A field of any object may be another's in another call.
  const value = resolve(c, side);
  if (value.kind === 'property' && value.object.kind !== 'opaque') return null;
  for (const origin of originsOf(c, side)) for (const level of clamped(c, origin)) {
    const terms = isOperation(level, 'add') ? level.operands.map(o => resolve(c, o)) : [level];
    const product = terms.find(t => isOperation(t, 'mul') && t.operands.some(o => writtenDecimals(c, o)) && t.operands.some(o => constantOf(c, o) === null && counted(c, o)));
    if (product) return product;
  }
  return null;
}

/** Some of the numbers that this file gives are decimal fractions as people write them, 0.3 or 12.75, and none is the constant of a formula. */
function writtenDecimals(c: HazardContext, e: Expression): boolean {
  const given = constantsOf(c, e);
  return given.some(k => !dyadic(k)) && given.every(k => String(Math.abs(k)).length <= 6);
}

/** A whole number by its name or form, or by all that the file stores in it. */
function counted(c: HazardContext, e: Expression): boolean {
  const stored = constantsOf(c, e);
  return likelyIntegral(c, e) || stored.length > 0 && stored.every(k => Number.isInteger(k));
}
