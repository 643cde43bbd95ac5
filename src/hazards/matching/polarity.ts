import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { nonNegative } from './integers';
import { nameOf } from './names';
import { constantsOf, originsOf } from './origins';
import { constantOf, isOperation, resolve, sameValue, termsOf } from './structure';

/** Whether the file itself shows that a value takes negative numbers: it asks for the sign or the absolute value, hands negative ones in, or maps [0, 1] to [−1, 1]. */
export function mayBeNegative(c: HazardContext, at: Expression, e: Expression): boolean {
  if (nonNegative(c, e) || e.kind === 'variable' && c.definitions(e.variable).some(d => d.kind === 'value' && isOperation(d.value, 'abs'))) return false;
  if (signAsked(c, at, e)) return true;
  return originsOf(c, e).some(o => negativeByForm(c, o));
}

/** `Math.abs(x)`, `Math.sign(x)` or `x < 0` elsewhere in the function. */
function signAsked(c: HazardContext, at: Expression, e: Expression): boolean {
  const own = c.position(at).function;
  const here = (o: Expression): boolean => c.position(o).function === own;
  for (const operator of ['abs', 'sign'] as const) if (c.operations(operator).some(o => here(o) && sameValue(c, o.operands[0], e) && o.start < at.start)) return true;
  return false;
}

/** Negative constants and negated values, symmetric mappings such as 2 * t − 1, and readings that are centred on 0 by their interface. */
function negativeByForm(c: HazardContext, e: Expression): boolean {
  const constant = constantOf(c, e);
  if (constant !== null) return constant < 0;
  // navigator.getGamepads()[0].axes[1]
  if (e.kind === 'index' && /^axes$/.test(nameOf(c, e.object))) return true;
  if (!isOperation(e, 'sub', 'add', 'neg')) return false;
  if (isOperation(e, 'neg')) return nonNegative(c, e.operands[0]) && constantOf(c, e.operands[0]) === null;
  const terms = termsOf(e);
  // A row of a matrix, with negative entries, times a vector.
  if (terms.length > 1 && terms.every(t => isOperation(resolve(c, t.value), 'mul')) && terms.some(t => weighedDown(c, t.value))) return true;
  const offset = terms.find(t => t.negative && (constantOf(c, t.value) ?? 0) > 0);
  const scaled = terms.find(t => t !== offset && !t.negative);
  if (!offset || !scaled || terms.length !== 2) return false;
  const k = constantOf(c, offset.value)!;
  return doubled(c, resolve(c, scaled.value), k);
}

/** An element of a table with negative entries, times something else. */
function weighedDown(c: HazardContext, product: Expression): boolean {
  const value = resolve(c, product);
  return isOperation(value, 'mul') && value.operands.some(o => o.kind === 'index' && constantsOf(c, o).some(k => k < 0));
}

/** 2k · t, 2k · i / n, i / n · 2k: what is mapped to [−k, k] by taking k off. */
function doubled(c: HazardContext, e: Expression, k: number): boolean {
  if (!isOperation(e, 'mul', 'div')) return false;
  if (isOperation(e, 'mul') && e.operands.some(o => constantOf(c, o) === 2 * k)) return true;
  return e.operands.slice(0, isOperation(e, 'div') ? 1 : 2).some(o => doubled(c, resolve(c, o), k));
}
