import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { constantsOf, elementsOf, originsOf } from './origins';
import { constantOf, isOperation } from './structure';

/** How large the elements of a list become with the defaults and arguments that this file gives: `row * (segments + 1) + col` of a grid of 512 by 512. Null when nothing is known. */
export function usualLargest(c: HazardContext, list: Expression): number | null {
  const budget = { left: 200 };
  const sizes = elementsOf(c, list).map(e => usualMaximum(c, e, budget)).filter(k => k !== null);
  return sizes.length > 0 ? Math.max(...sizes) : null;
}

/** Of sums and products of numbers that are not negative. Evidence of what happens, never a bound. */
function usualMaximum(c: HazardContext, e: Expression, budget: { left: number }): number | null {
  if (budget.left-- <= 0) return null;
  const constant = constantOf(c, e);
  if (constant !== null) return constant;
  if (isOperation(e, 'add', 'mul')) {
    const parts = e.operands.map(o => usualMaximum(c, o, budget));
    if (parts.some(p => p === null || p < 0)) return null;
    return (parts as number[]).reduce((a, b) => e.operator === 'add' ? a + b : a * b);
  }
  if (isOperation(e, 'sub')) { const less = constantOf(c, e.operands[1]); const from = usualMaximum(c, e.operands[0], budget); return less === null || from === null ? null : from - less; }
  if (e.kind !== 'variable' && e.kind !== 'property') return null;
  const last = e.kind === 'variable' ? lastOfCounter(c, e, budget) : null;
  if (last !== null) return last;
  const given = originsOf(c, e).filter(o => o !== e).map(o => usualMaximum(c, o, budget)).filter(k => k !== null);
  return given.length > 0 ? Math.max(...given, ...constantsOf(c, e)) : null;
}

/** The last value of a loop's own counter: `for (let i = 0; i <= n; i++)`. */
function lastOfCounter(c: HazardContext, read: Expression & { kind: 'variable' }, budget: { left: number }): number | null {
  for (const r of c.repetitions(read)) {
    if (r.kind !== 'loop' || r.loop.kind !== 'loop' || !r.loop.test || !r.loop.init.some(s => s.kind === 'declare' && s.variable === read.variable)) continue;
    const { test } = r.loop;
    if (!isOperation(test, 'lt', 'le') || !(test.operands[0].kind === 'variable' && test.operands[0].variable === read.variable)) return null;
    const end = usualMaximum(c, test.operands[1], budget);
    return end === null ? null : isOperation(test, 'lt') ? end - 1 : end;
  }
  return null;
}
