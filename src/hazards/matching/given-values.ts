import type { Call, Expression, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { callbackOf } from './callbacks';
import { argumentsOf } from './callers';
import { constantOf, isOperation, resolve, soleResult } from './structure';

/** Where values come from across functions: arguments of this file's calls, defaults, the parts of what a helper answers, the list that an index runs over. */

/** The default of a parameter, and what the calls in this file give it. */
function givenTo(c: HazardContext, variable: VariableId): Expression[] {
  const owner = c.program.functions[c.variable(variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === variable && !p.rest);
  if (place < 0) return [];
  const { initializer } = owner.parameters[place];
  const given = argumentsOf(c, owner, place);
  return initializer ? [initializer, ...given] : given;
}

/** Whether the predicate holds for the value or for one that it may come from: branches of a choice, defaults and arguments of a parameter. */
export function anyOrigin(c: HazardContext, e: Expression, accept: (e: Expression) => boolean): boolean {
  return search(c, e, accept, 4, { left: 200 });
}

/** `budget`: expressions that are still looked at, over all branches together. */
function search(c: HazardContext, e: Expression, accept: (e: Expression) => boolean, depth: number, budget: { left: number }): boolean {
  if (budget.left-- <= 0) return false;
  if (accept(e)) return true;
  const value = resolve(c, e);
  if (value !== e && accept(value)) return true;
  if (depth === 0) return false;
  const next = (o: Expression): boolean => search(c, o, accept, depth - 1, budget);
  switch (value.kind) {
    case 'conditional': return next(value.then) || next(value.otherwise);
    case 'logical': return value.operator !== 'and' && next(value.left) || next(value.right);
    case 'variable': return c.variable(value.variable).kind === 'parameter' && givenTo(c, value.variable).some(next);
    default: return false;
  }
}

/** The numbers of a list that the code asks the value to be among: `[8, 16, 32].includes(n)` holds at the expression, or its type is a union of literals. */
export function allowedNumbers(c: HazardContext, e: Expression): readonly number[] {
  if (e.type.kind === 'number' && e.type.literals) return e.type.literals;
  const name = c.source(e);
  for (const { test, truth } of c.guards(e)) {
    const call = isOperation(test, 'not') ? test.operands[0] : test;
    if (call.kind !== 'call' || truth === isOperation(test, 'not') || !/^(includes|has)$/.test(calledName(c, call)) || !call.arguments[0] || c.source(call.arguments[0]) !== name) continue;
    const receiver = receiverOf(call);
    let list = receiver ? resolve(c, receiver) : null;
    if (list?.kind === 'new' && list.name === 'Set' && list.arguments.length === 1) list = resolve(c, list.arguments[0]);
    if (list?.kind === 'array') return list.elements.flatMap(x => (k => k === null ? [] : [k])(x ? constantOf(c, x) : null));
  }
  return [];
}

/** The element or property of what a function of this file answers: `p[0]` of `p = project(q)` with `return [x, y]` is x. Otherwise the resolved expression. */
export function componentOf(c: HazardContext, e: Expression, depth = 4): Expression {
  const value = resolve(c, e);
  if (depth === 0 || value.kind !== 'index' && value.kind !== 'property') return value;
  let whole = componentOf(c, value.object, depth - 1);
  if (whole.kind === 'call' && whole.callee.kind === 'local') { const result = soleResult(c.program.functions[whole.callee.function]); if (result) whole = resolve(c, result); }
  if (value.kind === 'property') {
    const found = whole.kind === 'object' && !whole.properties.some(p => p.spread) ? whole.properties.filter(p => p.name === value.name) : [];
    return found.length === 1 ? componentOf(c, found[0].value, depth - 1) : value;
  }
  const place = constantOf(c, value.index);
  const element = whole.kind === 'array' && place !== null && !whole.spread.includes(true) ? whole.elements[place] : null;
  return element ? componentOf(c, element, depth - 1) : value;
}

/** Where the index stands among the parameters of the callback of an array method. */
const indexPlace: Readonly<Record<string, number>> = { map: 1, forEach: 1, filter: 1, some: 1, every: 1, find: 1, findIndex: 1, findLast: 1, flatMap: 1, from: 1, reduce: 2, reduceRight: 2 };

/** The largest index of the list that the value is an index of; null when it is none, or the length is not known. */
export function lastIndex(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  let list: Expression | null = null;
  if (value.kind === 'variable' && c.variable(value.variable).kind === 'parameter') {
    const owner = c.variable(value.variable).owner;
    const call = callbackOf(c, owner)?.call;
    if (!call) return null;
    const method = calledName(c, call);
    if (c.program.functions[owner].parameters.findIndex(p => p.variable === value.variable) !== indexPlace[method]) return null;
    list = method === 'from' ? call.arguments[0] : receiverOf(call);
  } else if (value.kind === 'index' && constantOf(c, value.index) === 0 && value.object.kind === 'variable') {
    // for (const [i, x] of list.entries())
    for (const d of c.definitions(value.object.variable)) if (d.kind === 'element') { const run = resolve(c, d.loop.iterable); if (run.kind === 'call' && calledName(c, run) === 'entries') list = receiverOf(run); }
  } else if (value.kind === 'call' && /^(indexOf|findIndex|lastIndexOf)$/.test(calledName(c, value))) list = receiverOf(value);
  const length = list ? knownLength(c, list) : null;
  return length === null ? null : length - 1;
}

/** The number of elements that a list written in this file certainly has. */
function knownLength(c: HazardContext, list: Expression): number | null {
  const known = c.facts.lengths[list.id];
  if (known && known.lo > 0 && known.lo === known.hi) return known.lo;
  const value = resolve(c, list);
  if (value.kind === 'array' && !value.spread.includes(true)) return value.elements.length;
  // Array.from({ length: 40 }, (_, i) => …)
  if (value.kind === 'object' && value.properties.length === 1 && value.properties[0].name === 'length') return constantOf(c, value.properties[0].value);
  if (value.kind !== 'call') return null;
  const table = /^Object\.(keys|values|entries)$/.test(libraryName(value)) ? resolve(c, value.arguments[0]) : null;
  if (table?.kind === 'object' && !table.properties.some(p => p.spread)) return table.properties.length;
  return libraryName(value) === 'Object.freeze' ? knownLength(c, value.arguments[0]) : null;
}

function libraryName(call: Call): string {
  return call.callee.kind === 'library' && call.arguments.length > 0 ? call.callee.name : '';
}
