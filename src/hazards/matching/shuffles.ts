import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import type { Repetition } from '../engine/scene';
import { calledName } from './accumulation';
import { tableOf } from './callers';
import { drawn } from './random';
import { constantOf, isOperation, resolve, sameValue, soleResult } from './structure';

/** Shuffles whose orders are not equally likely. */

/** for each i: swap a[i] with a[floor(random · n)]: n^n outcomes for n! orders. */
export function* fullRangeSwap(c: HazardContext): Generator<Detection> {
  for (const { at: e, range } of drawnIndices(c)) {
    const repetition = c.position(e).repetition;
    if (repetition === null || (repetition.kind === 'loop' ? repetition.loop.kind !== 'loop' : repetition.method !== 'forEach')) continue;
    const bound = resolve(c, range);
    const array = bound.kind === 'property' && bound.name === 'length' ? bound.object : null;
    if (array === null && !wholeLoop(c, repetition, range)) continue;
    const statement = c.position(e).statement;
    if (c.parent(e)?.kind === 'call') { if (swappedElsewhere(c, repetition, array, a => a === e)) yield drawnFromAll(c, e); continue; }
    if (statement?.kind !== 'declare') continue;
    const swapped = c.assignments().filter(a => a.target.kind === 'index' && (array === null || sameValue(c, a.target.object, array)) && c.position(a).repetition === repetition && !byChance(c, a));
    const uses = swapped.some(a => a.target.kind === 'index' && a.target.index.kind === 'variable' && a.target.index.variable === statement.variable);
    if (swapped.length >= 2 && uses || swappedElsewhere(c, repetition, array, a => a.kind === 'variable' && a.variable === statement.variable)) yield drawnFromAll(c, e);
  }
}

function drawnFromAll(c: HazardContext, e: Expression): Detection {
  return { at: e, severity: 'info', message: `${c.text(e)} draws from the whole array in every round: some orders come up more often than others.`, remedy: 'Draw from the part that is not yet placed: Math.floor(Math.random() * (i + 1)).' };
}

/** `Math.floor(Math.random() * n)`, and calls of functions of this file that answer it of their parameter: `pick(n)`. */
function* drawnIndices(c: HazardContext): Generator<{ readonly at: Expression; readonly range: Expression }> {
  const helpers = new Map<number, number>();
  for (const e of c.operations('floor')) {
    const product = resolve(c, e.operands[0]);
    const random = isOperation(product, 'mul') ? product.operands.find(o => drawn(c, o)) : undefined;
    const range = isOperation(product, 'mul') ? product.operands.find(o => o !== random) : undefined;
    if (!random || !range) continue;
    yield { at: e, range };
    const fn = c.function(e);
    const place = fn.parameters.findIndex(p => range.kind === 'variable' && p.variable === range.variable);
    if (place >= 0 && soleResult(fn) === e) helpers.set(fn.id, place);
  }
  if (helpers.size === 0) return;
  for (const call of c.calls()) {
    const id = call.callee.kind === 'local' ? call.callee.function : tableOf(c, call)[0];
    const range = id === undefined ? undefined : call.arguments[helpers.get(id) ?? -1];
    if (range) yield { at: call, range };
  }
}

/** The loop's own counter, or the index that a callback is given. */
function counts(c: HazardContext, repetition: Repetition, variable: number): boolean {
  if (repetition.kind === 'callback') return c.program.functions[repetition.literal.function].parameters[1]?.variable === variable;
  return repetition.loop.kind === 'loop' && repetition.loop.init.some(s => s.kind === 'declare' && s.variable === variable);
}

/** `if (random() < rate) swap(…)`: a mutation here and there, and no shuffle. */
function byChance(c: HazardContext, e: Expression): boolean {
  return [...c.guards(e)].some(g => /rand(om)?|rng/i.test(c.source(g.test)));
}

/** for (i = 0; i < n; i++) with the same n. */
function wholeLoop(c: HazardContext, repetition: Repetition, n: Expression): boolean {
  const test = repetition.kind === 'loop' && repetition.loop.kind === 'loop' ? repetition.loop.test : null;
  return test !== null && isOperation(test, 'lt') && sameValue(c, test.operands[1], n) && repetition.kind === 'loop' && repetition.loop.kind === 'loop' && repetition.loop.init.some(s => s.kind === 'declare' && s.value !== null && constantOf(c, s.value) === 0);
}

/** A function that swaps two elements is given the array, the counter and the draw: `swap(cards, i, j)`, `this.swap(i, j)`. */
function swappedElsewhere(c: HazardContext, repetition: Repetition, array: Expression | null, draw: (e: Expression) => boolean): boolean {
  return c.calls().some(call => {
    if (c.position(call).repetition !== repetition || !call.arguments.some(draw)) return false;
    const others = call.arguments.filter(a => !draw(a) && !(array !== null ? sameValue(c, a, array) : a.type.kind === 'array'));
    if (others.length !== 1 || others[0].kind !== 'variable' || !counts(c, repetition, others[0].variable) || byChance(c, call)) return false;
    const id = call.callee.kind === 'local' ? call.callee.function : tableOf(c, call)[0];
    return id === undefined ? /^(swap|exchange)/i.test(calledName(c, call)) : c.assignments().filter(a => a.target.kind === 'index' && c.position(a).function === id).length === 2;
  });
}
