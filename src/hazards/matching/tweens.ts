import type { Assignment, Call, Expression, FunctionIr } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { sitesOf } from './callers';
import { relationsOf } from './guards';
import { nameOf, wordsOf } from './names';
import { constantOf, isOperation, nested, resolve, sameValue, type Factor } from './structure';
import { usesOf } from './usage';

/** Interpolations that the code itself takes to the end: animations that stop on the value of weight 1, and samplers of keyframes, which answer the keys' own values. */

/** What is seen and not computed with. */
const shown: ReadonlySet<string> = new Set(['x', 'y', 'z', 'left', 'top', 'right', 'bottom', 'width', 'height', 'opacity', 'alpha', 'scale', 'rotation', 'angle', 'position', 'style', 'transform', 'color', 'colour', 'r', 'g', 'b', 'volume', 'zoom', 'radius', 'progress', 'scrolltop', 'scrollleft', 'fill', 'stroke', 'text']);

/** The place that ends an animation on the interpolated value that a field keeps: nothing stores the end itself afterwards. Null when there is none. */
export function endsOn(c: HazardContext, e: Expression, end: Expression, weight: readonly Factor[]): Expression | null {
  const told = toldTo(c, e);
  if (told) return reached(c, c.function(e), told, weight);
  const store = c.parent(e);
  if (store?.kind !== 'assign' || store.value !== e || store.target.kind !== 'property' && store.target.kind !== 'index' || wordsOf(nameOf(c, store.target)).some(w => shown.has(w)) || /\bstyle\b/.test(c.source(store.target))) return null;
  const fn = c.function(e);
  const corrected = c.assignments().some(a => a.start > e.end && a.compound === null && c.function(a) === fn && sameValue(c, a.target, store.target) && sameValue(c, a.value, end));
  return corrected ? null : flagged(c, fn, store, weight) ?? reached(c, fn, store, weight);
}

/** The callback that is told each value: `this.onUpdate(value)`. What it does with the last one is not known to be showing it. */
function toldTo(c: HazardContext, e: Expression): Call | null {
  for (const { user, operand } of usesOf(c, e)) {
    if (user?.kind !== 'call' || !user.arguments.includes(operand) || user.callee.kind === 'local' || user.callee.kind === 'library') continue;
    if (/^_?on_?(update|change|value|step|tick|frame|progress)$|^(callback|cb|setter|apply)$/i.test(calledName(c, user))) return user;
  }
  return null;
}

/** `const k = done ? 1 : ease(p)`, with other uses of `done` after it. */
function flagged(c: HazardContext, fn: FunctionIr, store: Assignment, weight: readonly Factor[]): Expression | null {
  if (weight.length !== 1 || weight[0].inverted) return null;
  const value = resolve(c, weight[0].value);
  if (value.kind !== 'conditional' || constantOf(c, value.then) !== 1 && constantOf(c, value.otherwise) !== 1) return null;
  const test = isOperation(value.test, 'not') ? value.test.operands[0] : value.test;
  if (test.kind === 'variable') return c.reads(test.variable).find(r => r.start > store.end && c.function(r) === fn) ?? null;
  return [...tests(fn)].find(t => t.start > store.end && sameValue(c, t, test)) ?? null;
}

/** `t = Math.min(d, t + dt); x = a + (b − a) · f(t / d); if (t === d) …`, and the same with a weight that is capped at 1. */
function reached(c: HazardContext, fn: FunctionIr, store: Assignment | Call, weight: readonly Factor[]): Expression | null {
  const [time, whole] = ratioOf(c, weight) ?? [];
  if (!time) return null;
  const ends = (o: Expression): boolean => whole ? sameValue(c, o, whole) : constantOf(c, o) === 1;
  const capped = (v: Expression): boolean => isOperation(v, 'min') && v.operands.some(ends) || v.kind === 'call' && /^(min|clamp\w*)$/i.test(calledName(c, v)) && (v.arguments.some(ends) || v.arguments.length === 1);
  const bounded = capped(resolve(c, time)) || c.assignments().some(a => a.compound === null && a.end < store.start && c.function(a) === fn && sameValue(c, a.target, time) && capped(a.value));
  if (!bounded) return null;
  return [...tests(fn)].find(t => t.start > store.end && isOperation(t, 'eq', 'ge', 'le') && t.operands.some(o => sameValue(c, o, time)) && t.operands.some(ends)) ?? null;
}

/** The time and the whole time that a weight is made of, or the weight alone; through one function of it, as an easing is. */
function ratioOf(c: HazardContext, weight: readonly Factor[]): readonly [Expression, Expression?] | null {
  const above = weight.filter(f => !f.inverted).map(f => f.value);
  const below = weight.filter(f => f.inverted).map(f => f.value);
  if (above.length !== 1 || below.length > 1) return null;
  if (below.length === 1) return [above[0], below[0]];
  const value = resolve(c, above[0]);
  const inner = value.kind === 'call' && value.arguments.length === 1 ? resolve(c, value.arguments[0]) : value;
  if (isOperation(inner, 'div')) return [inner.operands[0], inner.operands[1]];
  return value.kind === 'call' && value.arguments.length === 1 ? [value.arguments[0]] : [above[0]];
}

function* tests(fn: FunctionIr): Generator<Expression> {
  for (const s of nested(fn.body)) if (s.kind === 'if') yield s.test;
}

/** The place where a function of this file interpolates between two keys up to and including the second, and answers the value of a key itself elsewhere. */
export function samplesKeys(c: HazardContext, fn: FunctionIr, end: Expression, weight: Expression, depth = 3): Expression | null {
  const place = (e: Expression): number => e.kind === 'variable' ? fn.parameters.findIndex(p => p.variable === e.variable) : -1;
  const [to, by] = [place(end), place(weight)];
  if (depth === 0 || to < 0 || by < 0) return null;
  for (const site of sitesOf(c, fn)) {
    const [b, t] = [site.arguments[to], site.arguments[by]];
    if (!b || !t) continue;
    const inner = c.function(site);
    if (b.kind === 'property') { if (answersKey(inner, b.name) && included(c, site, t)) return site; continue; }
    const found = samplesKeys(c, inner, b, t, depth - 1);
    if (found) return found;
  }
  return null;
}

/** `return keys[0].value`, beside the interpolated one. */
function answersKey(fn: FunctionIr, name: string): boolean {
  return [...nested(fn.body)].some(s => s.kind === 'return' && s.value?.kind === 'property' && s.value.name === name);
}

/** The weight is (t − from) / span, also eased, where `t <= to` holds: at the second key it is 1. */
function included(c: HazardContext, at: Expression, weight: Expression, depth = 4): boolean {
  const value = resolve(c, weight);
  if (depth === 0) return false;
  if (value.kind === 'conditional') return included(c, at, value.then, depth - 1) || included(c, at, value.otherwise, depth - 1);
  if (value.kind === 'call') return value.arguments.some(x => included(c, at, x, depth - 1));
  if (!isOperation(value, 'div')) return false;
  const above = resolve(c, value.operands[0]);
  return isOperation(above, 'sub') && relationsOf(c, at, above.operands[0]).some(r => r.operator === 'le');
}
