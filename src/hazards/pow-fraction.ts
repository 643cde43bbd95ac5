import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { defaultOf } from './matching/defaults';
import { replacement } from './matching/edits';
import { relationsOf } from './matching/guards';
import { nonNegative } from './matching/integers';
import { functionName, nameOf, wordsOf } from './matching/names';
import { constantsOf } from './matching/origins';
import { constantOf, isOperation, resolve } from './matching/structure';
import { mayBeNegative } from './matching/polarity';
import { usesOf } from './matching/usage';

export const powFraction: Hazard = {
  id: 'pow-fraction',
  * detect(c) {
    for (const e of c.operations('pow')) {
      const [base, exponent] = e.operands;
      const root = shaping(c, exponent) && mayBeNegative(c, e, base) ? null : rootOf(c, exponent);
      if (root === null && (fraction(c, exponent) && (mayBeNegative(c, e, base) || cutAtZero(c, e)) || (adjustable(c, exponent) || shaping(c, exponent)) && mayBeNegative(c, e, base)) && !positive(c, e, base) && !nonNegative(c, base)) {
        yield { at: e, message: `${c.text(e)} is NaN for a negative ${c.text(base)}, which this code allows.`, why: 'A negative number has no real power with a fractional exponent.', remedy: `Take the sign out: Math.sign(${c.text(base)}) * Math.abs(${c.text(base)}) ** ${c.text(exponent)}.` };
        continue;
      }
      if (root === null || (positive(c, e, base) && !cut(c, e) && !(root === 0 && isOperation(resolve(c, base), 'abs')))) continue;
      if (root === 0 && !/root|nth/i.test(functionName(c, e)) && !asksForParity(c, e, exponent)) continue;
      if (estimate(c, e) || nonNegative(c, base) && onlyRounded(c, e)) continue;
      const cube = root === 3;
      yield {
        at: e,
        message: positive(c, e, base) ? `${c.text(e)} misses exact powers by an ulp: 64 ** (1 / 3) is 3.9999999999999996.` : cube ? `${c.text(e)} is NaN for a negative ${c.text(base)} and misses exact cubes: 64 gives 3.9999999999999996.` : `${c.text(e)} is NaN for a negative ${c.text(base)} and misses exact powers by an ulp.`,
        remedy: cube ? `Write Math.cbrt(${c.text(base)}).` : 'Take the sign of the base out for odd roots, and round to the nearest whole root when its power gives the base back.',
        fixes: cube ? [replacement(c, e, `Math.cbrt(${c.source(base)})`, 'Use Math.cbrt', true)] : [],
      };
    }
  },
};

/** The function asks whether n of the exponent 1 / n is even: roots of negative numbers are meant to be found for odd ones. */
function asksForParity(c: HazardContext, e: Expression, exponent: Expression): boolean {
  const quotient = resolve(c, exponent);
  const n = isOperation(quotient, 'div') ? c.source(quotient.operands[1]) : null;
  return n !== null && c.operations('rem').some(r => c.position(r).function === c.position(e).function && constantOf(c, r.operands[1]) === 2 && c.source(r.operands[0]) === n);
}

/** A constant exponent that is no whole number: 0.5, 1.5, 2.2. */
function fraction(c: HazardContext, exponent: Expression): boolean {
  const k = constantOf(c, exponent);
  return k !== null && Number.isFinite(k) && !Number.isInteger(k);
}

/** `Math.max(0, x ** 3.6)`: the maximum is to take negative values away, and NaN stays. */
function cutAtZero(c: HazardContext, e: Expression): boolean {
  const user = c.parent(e);
  return user !== null && isOperation(user, 'max') && user.operands.some(o => constantOf(c, o) === 0);
}

/** An exponent that somebody sets to shape a curve. */
function adjustable(c: HazardContext, exponent: Expression): boolean {
  return (exponent.kind === 'variable' || exponent.kind === 'property') && constantOf(c, exponent) === null && !(c.fact(exponent)?.integer ?? false)
    && wordsOf(nameOf(c, exponent)).some(w => /^(exponent|exponential|expo|gamma|power|curve|curvature|rate|falloff|sharpness)$/.test(w)) && constantsOf(c, exponent).every(k => !Number.isInteger(k));
}

/** 1 / gamma, with a gamma that this file gives as 1.8, 2.2 and the like. */
function shaping(c: HazardContext, exponent: Expression): boolean {
  const value = resolve(c, exponent);
  if (!isOperation(value, 'div') || constantOf(c, value.operands[0]) !== 1 || constantOf(c, value.operands[1]) !== null) return false;
  const given = constantsOf(c, value.operands[1]);
  return given.length > 0 && given.every(k => !Number.isInteger(k));
}

/** The root is cut to a whole number or compared: an ulp below 4 becomes 3. */
function cut(c: HazardContext, e: Expression): boolean {
  for (const { user } of usesOf(c, e)) if (user && isOperation(user, 'floor', 'ceil', 'trunc', 'eq', 'rem')) return true;
  return false;
}

/** Rounded to the nearest whole number, which an ulp does not change. */
function onlyRounded(c: HazardContext, e: Expression): boolean {
  const users = [...usesOf(c, e)];
  return users.length > 0 && users.every(({ user }) => user !== null && isOperation(user, 'round'));
}

/** A first guess that more precise arithmetic starts from: it goes on as text, or is scaled by its own sign. */
function estimate(c: HazardContext, e: Expression & { kind: 'operation' }): boolean {
  const base = resolve(c, e.operands[0]);
  if (base.type.kind === 'string' || (isOperation(base, 'mul') && base.operands.some(o => o.kind === 'property' && /^s(ign)?$/.test(o.name)))) return true;
  for (const { operand } of usesOf(c, e)) if (operand.kind === 'variable' && leavesAsText(c, operand.variable)) return true;
  const parent = c.parent(e);
  return parent?.kind === 'assign' && parent.target.kind === 'variable' && leavesAsText(c, parent.target.variable);
}

function leavesAsText(c: HazardContext, variable: number): boolean {
  return c.reads(variable).some(r => { const user = c.parent(r); return user?.kind === 'call' && calledName(c, user) === 'toExponential'; });
}

/** n of an exponent 1 / n: 3, 5, … for odd literals, 0 for a variable; null for others (even roots and gamma exponents). */
function rootOf(c: HazardContext, exponent: Expression): number | null {
  const value = resolve(c, exponent);
  if (isOperation(value, 'div')) {
    if (constantOf(c, value.operands[0]) !== 1) return null;
    const n = constantOf(c, value.operands[1]);
    if (n === null) return 0;
    return Number.isInteger(n) && n % 2 === 1 && n > 1 ? n : null;
  }
  if (value.kind === 'number') return Math.abs(value.value - 1 / 3) < 1e-3 && !value.named ? 3 : null;
  // ({ exponent = 1 / 3 })
  const usual = value.kind === 'variable' || value.kind === 'property' ? defaultOf(c, value) : null;
  return usual !== null && Math.abs(usual - 1 / 3) < 1e-3 ? 3 : null;
}

function positive(c: HazardContext, at: Expression, base: Expression): boolean {
  const fact = c.fact(base);
  if (fact && fact.lo > 0) return true;
  const value = resolve(c, base);
  if (constantOf(c, base) !== null || isOperation(value, 'abs', 'sqrt', 'exp', 'hypot')) return true;
  // -pow(-v, 1/3) on the side where v is negative.
  if (isOperation(value, 'neg') && relationsOf(c, at, value.operands[0]).some(r => (r.operator === 'lt' || r.operator === 'le') && (constantOf(c, r.right) ?? 1) <= 0)) return true;
  return relationsOf(c, at, base).some(r => (r.operator === 'gt' || r.operator === 'ge') && (constantOf(c, r.right) ?? 1) >= 0);
}
