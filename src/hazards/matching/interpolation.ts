import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { callbackOf } from './callbacks';
import { sitesOf } from './callers';
import { decides, destinationsOf, type Destination } from './destinations';
import { relationsOf } from './guards';
import { constantOf, isOperation, resolve, sameValue, type Factor } from './structure';

/** Whether the weight is below 1 throughout: a range that ends before it, or a counter below n divided by n. */
export function staysBelowOne(c: HazardContext, at: Expression, weight: readonly Factor[]): boolean {
  if (weight.length === 1 && !weight[0].inverted && (c.fact(weight[0].value)?.hi ?? 1) < 1) return true;
  const above = weight.filter(f => !f.inverted);
  const below = weight.filter(f => f.inverted);
  if (above.length !== 1 || below.length !== 1) return false;
  const [i, n] = [above[0].value, below[0].value];
  return relationsOf(c, at, i).some(r => r.operator === 'lt' && sameValue(c, r.right, n)) || isIndexBelow(c, i, n);
}

/** `Array.from({ length: n }, (_, i) => …)`, `new Array(n).fill().map((_, i) => …)` */
function isIndexBelow(c: HazardContext, i: Expression, n: Expression): boolean {
  if (i.kind !== 'variable') return false;
  const fn = c.program.functions[c.variable(i.variable).owner];
  const call = callbackOf(c, fn.id)?.call;
  if (!call || fn.parameters[1]?.variable !== i.variable || calledName(c, call) !== 'from') return false;
  const shape = resolve(c, call.arguments[0]);
  const length = shape.kind === 'object' ? shape.properties.find(p => p.name === 'length')?.value : undefined;
  return length !== undefined && sameValue(c, length, n);
}

/** The weight comes to 1 by the code's own words: capped there, or a distance over the whole distance. */
function endsAtOne(c: HazardContext, weight: readonly Factor[]): boolean {
  const capped = (e: Expression): boolean => { const v = resolve(c, e); return isOperation(v, 'min') && v.operands.some(o => constantOf(c, o) === 1) || v.kind === 'conditional' && [v.then, v.otherwise].some(o => constantOf(c, o) === 1 || capped(o)); };
  if (weight.some(f => !f.inverted && capped(f.value))) return true;
  const below = weight.filter(f => f.inverted).map(f => f.value);
  const above = weight.filter(f => !f.inverted).map(f => f.value);
  // i / (n − 1), (x − from) / (to − from)
  return below.length === 1 && above.length === 1 && isOperation(below[0], 'sub') && (constantOf(c, below[0].operands[1]) === 1 || isOperation(above[0], 'sub') && sameValue(c, above[0].operands[1], below[0].operands[1]));
}

/** The place that takes the last interpolated value for the end itself, and how; null when nothing in this file does. */
export function missedEnd(c: HazardContext, e: Expression, end: Expression, weight: readonly Factor[]): { readonly at: Expression; readonly reason: string } | null {
  for (const d of destinationsOf(c, e)) {
    const { user } = d;
    if (isOperation(user, 'eq', 'ne', 'ge', 'le', 'gt', 'lt')) {
      const other = user.operands.find(o => o !== d.operand);
      if (!other) continue;
      if (isEnd(c, e, other, end)) return { at: user, reason: `${c.text(user)} waits for it` };
      const call = searching(c, user);
      if (call && endsAtOne(c, weight)) return { at: user, reason: `${c.text(user)} searches for a value up to it` };
    } else if (decides(c, d)) return { at: user, reason: d.list ? 'the values are looked up exactly' : `${c.text(user)} takes it for a key` };
    else if (sensitive(d) && endsAtOne(c, weight)) return { at: user, reason: `${c.text(user)} depends on its relative error` };
  }
  return null;
}

/** The end as the interpolation sees it, or what a caller of its function hands in as the end. */
function isEnd(c: HazardContext, e: Expression, other: Expression, end: Expression): boolean {
  if (constantOf(c, other) !== null && constantOf(c, end) !== constantOf(c, other)) return false;
  if (sameValue(c, other, end)) return true;
  const fn = c.function(e);
  const place = end.kind === 'variable' ? fn.parameters.findIndex(p => p.variable === end.variable) : -1;
  return place >= 0 && sitesOf(c, fn).some(site => site.arguments[place] !== undefined && sameValue(c, site.arguments[place], other));
}

/** A comparison that decides a search: the callback of `find`, `findIndex`, … over the interpolated values. */
function searching(c: HazardContext, comparison: Expression): boolean {
  const call = callbackOf(c, c.function(comparison).id)?.call;
  return call !== undefined && /^(find|findIndex|findLast|findLastIndex)$/.test(calledName(c, call));
}

/** Logarithms, for which an error the size of the start's ulp is not small when the end is: of a fade to 0 it makes any number of decibels. */
function sensitive({ user }: Destination): boolean {
  return isOperation(user, 'log', 'log10', 'log2');
}
