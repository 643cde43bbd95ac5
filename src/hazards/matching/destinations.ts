import type { Call, Expression, FunctionIr } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { callbackOf, takesElement } from './callbacks';
import { sitesOf } from './callers';
import { registryOf } from './registry';
import { isOperation } from './structure';
import { usesOf } from './usage';

/** A use of a value, or of a list that the value is an element of. */
export interface Destination {
  readonly user: Expression;
  readonly operand: Expression;
  readonly list: boolean;
}

/**
 * Where a value goes in this file: like `usesOf`, and on through functions that return it to their callers, arguments of functions of this file, fields that keep it, lists that
 * it is put into and the callbacks that run over these. Arithmetic ends the way.
 */
export function destinationsOf(c: HazardContext, e: Expression): readonly Destination[] {
  const found: Destination[] = [];
  follow({ c, seen: new Set(), budget: 200, found }, e, false);
  return found;
}

interface Way {
  readonly c: HazardContext;
  readonly seen: Set<string>;
  budget: number;
  readonly found: Destination[];
}

function follow(w: Way, e: Expression, list: boolean): void {
  const key = `${e.id}${list}`;
  if (w.budget-- <= 0 || w.seen.has(key)) return;
  w.seen.add(key);
  for (const { user, operand } of usesOf(w.c, e)) {
    if (user === null) { returned(w, operand, list); continue; }
    w.found.push({ user, operand, list });
    passOn(w, user, operand, list);
  }
}

function returned(w: Way, operand: Expression, list: boolean): void {
  const statement = w.c.position(operand).statement;
  if (list && statement?.kind === 'for-of' && statement.iterable === operand) for (const read of w.c.reads(statement.element)) follow(w, read, false);
  if (statement?.kind !== 'return') return;
  const fn = w.c.function(operand);
  for (const site of sitesOf(w.c, fn)) follow(w, site, list);
  // The answer of a callback is an element of the new list.
  const call = callbackOf(w.c, fn.id)?.call;
  if (call && /^(map|flatMap|from)$/.test(calledName(w.c, call))) follow(w, call, true);
}

function passOn(w: Way, user: Expression, operand: Expression, list: boolean): void {
  switch (user.kind) {
    case 'conditional': if (user.test !== operand) follow(w, user, list); break;
    case 'logical': case 'sequence': follow(w, user, list); break;
    case 'assign':
      if (user.value !== operand) break;
      if (user.target.kind === 'property') readsOfField(w, user.target.name, list);
      else if (user.target.kind === 'index' && !list) readsOfList(w, user.target.object);
      break;
    case 'object': { const p = user.properties.find(q => q.value === operand); if (p?.name) readsOfField(w, p.name, list); break; }
    case 'array': follow(w, user, !user.spread[user.elements.indexOf(operand)] || list); break;
    case 'index': if (list && user.object === operand) follow(w, user, false); break;
    case 'call': called(w, user, operand, list); break;
    case 'opaque': if (user.reason === 'await') follow(w, user, list); break;
  }
}

/** Fields are followed within classes and objects by their names. */
function readsOfField(w: Way, name: string, list: boolean): void {
  for (const e of registryOf(w.c).reads.get(name) ?? []) follow(w, e, list);
}

/** All that is done with a list into which the value has been put. */
function readsOfList(w: Way, list: Expression): void {
  if (list.kind === 'variable') for (const read of w.c.reads(list.variable)) follow(w, read, true);
  else if (list.kind === 'property') readsOfField(w, list.name, true);
}

function called(w: Way, call: Call, operand: Expression, list: boolean): void {
  const name = calledName(w.c, call);
  const receiver = receiverOf(call);
  if (receiver === operand) {
    if (!list) return;
    const literal = call.arguments[0];
    if (/^(filter|slice|sort|toSorted|reverse|toReversed|concat)$/.test(name)) follow(w, call, true);
    if (/^(at|pop|shift|find|findLast)$/.test(name)) follow(w, call, false);
    if (literal?.kind === 'function' && takesElement(name, 0)) parameterReads(w, w.c.program.functions[literal.function], 0);
    return;
  }
  const place = call.arguments.indexOf(operand);
  if (place < 0) return;
  if (call.callee.kind === 'local') parameterReads(w, w.c.program.functions[call.callee.function], place, list);
  else if (/^(push|unshift)$/.test(name) && receiver && !list) readsOfList(w, receiver);
}

function parameterReads(w: Way, fn: FunctionIr, place: number, list = false): void {
  const parameter = fn.parameters[place];
  if (parameter) for (const read of w.c.reads(parameter.variable)) follow(w, read, list);
}

/** Uses that tell a value from its neighbours: compared exactly or with a limit, looked up, kept as a key. */
export function decides(c: HazardContext, { user, operand, list }: Destination): boolean {
  if (list) return user.kind === 'call' && receiverOf(user) === operand && /^(indexOf|lastIndexOf|includes)$/.test(calledName(c, user));
  if (isOperation(user, 'eq', 'ne')) return true;
  if (user.kind === 'index') return user.index === operand;
  return user.kind === 'call' && user.arguments[0] === operand && receiverOf(user) !== null && /^(get|set|has|add|delete|indexOf|lastIndexOf|includes)$/.test(calledName(c, user)) && keyed(c, user);
}

/** `classList.add(x)` and the like are no keys of numbers; maps, sets and lists are known by the library. */
function keyed(c: HazardContext, call: Call): boolean {
  const receiver = receiverOf(call);
  return call.callee.kind === 'library' && /^(Map|Set|WeakMap|Array|TypedArray)\./.test(call.callee.name) || receiver !== null && receiver.type.kind === 'unknown' && /(map|set|index|lookup|cache|table|by[A-Z]\w*|keys|entries|seen)$/i.test(c.source(receiver));
}
