import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { childrenOf } from '../engine/scene';
import { calledName, receiverOf } from './accumulation';
import { mentionedInGuard } from './guards';
import { nameOf } from './names';
import { registryOf } from './registry';
import { constantOf, isOperation, resolve, resolveDeep, within } from './structure';

/** Keys of comparators that are no numbers at times. */

/** Keys read from text or from dates of text, and keys of what may be missing: `a?.rank`. */
export function maybeNaN(c: HazardContext, e: Expression): boolean {
  const value = resolveDeep(c, e);
  if (value.kind === 'property' && value.optional) return true;
  // new Date(a.due?.date): no date at all.
  const date = dateOf(c, value);
  if (date !== null && optionalPath(resolve(c, date.arguments[0])) && ![...c.guards(date)].some(g => g.test.start > c.function(date).start)) return true;
  // Number(a.createdAt ?? 0): what may be missing may be anything.
  if (value.kind === 'call' && calledName(c, value) === 'Number' && value.arguments[0]?.kind === 'logical' && value.arguments[0].type.kind !== 'number') return true;
  if (value.kind === 'call') return calledName(c, value) === 'parseFloat' || calledName(c, value) === 'parseInt' && !/(_ms|time|date|year|id|count|index|order|num)\b/i.test(value.arguments[0] ? nameOf(c, value.arguments[0]) : '') || (calledName(c, value) === 'parse' && /Date\.parse/.test(c.source(value)));
  return false;
}

/** `new Date(x)` of one argument, also as a number: `+new Date(x)`, `new Date(x).getTime()`. */
function dateOf(c: HazardContext, value: Expression): (Expression & { kind: 'new' }) | null {
  const date = isOperation(value, 'plus') ? resolve(c, value.operands[0]) : value.kind === 'call' && /^(getTime|valueOf)$/.test(calledName(c, value)) ? receiverOf(value) : value;
  const made = date && resolve(c, date);
  return made?.kind === 'new' && made.name === 'Date' && made.arguments.length === 1 ? made : null;
}

/** `a.due?.date`: undefined when there is no `due`. */
function optionalPath(e: Expression): boolean {
  return (e.kind === 'property' || e.kind === 'index') && (e.optional || optionalPath(e.object));
}

/** Dates of text in a field that is missing at times, as the code says itself: a condition before asks one of the two for being there, and only that one. */
export function datesMissing(c: HazardContext, difference: Expression & { kind: 'operation' }): boolean {
  const [first, second] = difference.operands.map(o => { const date = dateOf(c, resolveDeep(c, o)); return date ? resolve(c, date.arguments[0]) : null; });
  if (first?.kind !== 'property' || second?.kind !== 'property' || first.name !== second.name || !textual(first) || !textual(second)) return false;
  return mentionedInGuard(c, difference, first) !== mentionedInGuard(c, difference, second);
}

/** Where the file stores, in the field that a key is read from, what may be NaN: a number or date read from text and not asked for being one. */
export function storedNaN(c: HazardContext, e: Expression): Expression | null {
  const value = resolveDeep(c, e);
  const key = value.kind === 'logical' && value.operator === 'nullish' ? resolve(c, value.left) : value;
  if (key.kind !== 'property') return null;
  const { stores, values } = registryOf(c);
  const found = [...(values.get(key.name) ?? []).map(v => v.value), ...(stores.get(key.name) ?? []).map(a => a.value)].find(v => fromText(c, v, 4));
  const tested = (x: Expression): boolean => [...within(c, x, childrenOf)].some(o => o.kind === 'property' && o.name === key.name);
  return found && !c.calls().some(call => asksForNumber(c, call) && call.arguments.some(tested)) ? found : null;
}

function asksForNumber(c: HazardContext, e: Expression): boolean {
  return e.kind === 'call' && /^(isFinite|isNaN|isInteger|isSafeInteger|isValid)$/.test(calledName(c, e));
}

function fromText(c: HazardContext, e: Expression, depth: number): boolean {
  const value = resolve(c, e);
  if (depth === 0) return false;
  if (value.kind === 'conditional') return ![...within(c, value.test, childrenOf)].some(o => o.kind === 'call') && [value.then, value.otherwise].some(x => fromText(c, x, depth - 1));
  if (value.kind === 'logical') return value.operator === 'nullish' && fromText(c, value.left, depth - 1);
  if (isOperation(value, 'mul', 'div', 'floor', 'round', 'trunc')) return value.operands.every(o => constantOf(c, o) !== null || fromText(c, o, depth - 1)) && constantOf(c, value) === null;
  const date = isOperation(value, 'plus') || value.kind === 'call' ? dateOf(c, value) : null;
  const read = date ? date.arguments[0] : value.kind === 'call' && /^(Number|parseFloat|parse)$/.test(calledName(c, value)) && (calledName(c, value) !== 'parse' || /^Date\.parse/.test(c.source(value))) ? value.arguments[0] : undefined;
  return read !== undefined && external(c, resolve(c, read), date !== null || value.kind === 'call' && calledName(c, value) === 'parse') && asksNobody(c, e);
}

/** Text that this file takes out of a document, a line or what a caller gives: a call's answer, a text parameter, the contents of an element; for dates also the column of a row. What records hold is taken for what it is called. */
function external(c: HazardContext, e: Expression, date: boolean): boolean {
  if (!textual(e)) return false;
  if (e.kind === 'property') return /^(textContent|innerText|innerHTML|nodeValue|value)$/.test(e.name);
  if (e.kind === 'variable') return e.type.kind === 'string';
  const found = e.kind === 'index' ? resolve(c, e.object) : e;
  return e.kind === 'call' || date && e.kind === 'index' && !(found.kind === 'call' && /^(match|exec|next)$/.test(calledName(c, found))) && !/^(m|match(es)?|groups)$/i.test(nameOf(c, e.object));
}

function textual(e: Expression): boolean {
  return (e.type.kind === 'string' || e.type.kind === 'unknown') && ['call', 'property', 'variable', 'index'].includes(e.kind);
}

/** The local that holds the number is asked nowhere whether it is one. */
function asksNobody(c: HazardContext, e: Expression): boolean {
  return e.kind !== 'variable' || !c.reads(e.variable).some(read => { const user = c.parent(read); return user !== null && asksForNumber(c, user); });
}
