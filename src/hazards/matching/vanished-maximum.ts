import type { Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { iteratedBy } from './callbacks';
import { isMaximum } from './exponentials';
import { elementsOf } from './origins';
import { constantOf, isOperation, resolve, sameValue, within } from './structure';
import { flowsTo } from './usage';

/**
 * `xs.map(x => x - max)` before exponentials, where every element of `xs` may be −Infinity: logarithms of a probability that is 0 when nothing is given (`log(p || 0)`). Then
 * the maximum is −Infinity, too, and the difference NaN. Answers such a logarithm.
 */
export function vanishedMaximum(c: HazardContext, e: Expression & { kind: 'operation' }): Expression | null {
  const [x, max] = e.operands;
  const list = x.kind === 'variable' ? iteratedBy(c, x.variable) : x.kind === 'index' ? x.object : null;
  if (!list || !isMaximum(c, max) || !maximumOf(c, max, list) || asked(c, max)) return null;
  const vanishing = elementsOf(c, list).flatMap(o => [...within(c, o, childrenOf, true)]).find(o => logarithmOfZero(c, o));
  return vanishing && exponentiated(c, e) ? vanishing : null;
}

function maximumOf(c: HazardContext, max: Expression, list: Expression): boolean {
  const value = resolve(c, max);
  const operands = value.kind === 'call' ? value.arguments : value.kind === 'operation' ? value.operands : [];
  return operands.some(o => sameValue(c, o, list)) || value.kind === 'call' && c.source(value).startsWith(c.source(list));
}

/** The maximum is compared with anything, or asked whether it is finite. */
function asked(c: HazardContext, max: Expression): boolean {
  if (max.kind !== 'variable') return false;
  return c.reads(max.variable).some(r => { const user = c.parent(r); return user !== null && (isOperation(user, 'eq', 'ne', 'lt', 'gt', 'le', 'ge') || user.kind === 'call' && /^(isFinite|isNaN)$/.test(calledName(c, user)) || user.kind === 'logical'); });
}

/** `log(p || 0)`, `ln(table[x] ?? 0)`, also by a function that the caller gives. */
function logarithmOfZero(c: HazardContext, e: Expression): boolean {
  const argument = e.kind === 'operation' && isOperation(e, 'log', 'log2', 'log10') ? e.operands[0] : e.kind === 'call' && /^(log|ln)([A-Z_0-9]|fn|func|$)/i.test(calledName(c, e)) ? e.arguments[0] : undefined;
  const value = argument ? resolve(c, argument) : null;
  return value?.kind === 'logical' && value.operator !== 'and' && constantOf(c, value.right) === 0;
}

/** The difference, or the list that it is put into, ends in an exponential. */
function exponentiated(c: HazardContext, e: Expression): boolean {
  if (flowsTo(c, e, user => isOperation(user, 'exp'))) return true;
  const fn = c.function(e);
  return c.operations('exp').some(x => { const o = x.operands[0]; const list = o.kind === 'variable' ? iteratedBy(c, o.variable) : o.kind === 'index' ? o.object : null; const made = list ? resolve(c, list) : null; return made?.kind === 'call' && made.arguments[0]?.kind === 'function' && made.arguments[0].function === fn.id; });
}
