import type { Call, Expression, FunctionId, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { functionsOf } from './callers';

export interface Handed {
  readonly call: Call;
  readonly at: number;
}

/** The call that a function is an argument of, written there (also as a branch of a choice) or by its name, and at which place. Null when there are several, or the function is called, too. */
export function callbackOf(c: HazardContext, fn: FunctionId): Handed | null {
  const literal = c.scene.literals.get(fn);
  let value: Expression | undefined = literal;
  let user = literal ? c.parent(literal) : null;
  for (; user?.kind === 'conditional'; user = c.parent(user)) value = user;
  const at = user?.kind === 'call' && value ? user.arguments.indexOf(value) : -1;
  if (user?.kind === 'call' && at >= 0) return { call: user, at };
  const byName = c.program.functions[fn].callSites.length > 0 ? [] : handedByName(c).get(fn) ?? [];
  return byName.length === 1 ? byName[0] : null;
}

const tables = new WeakMap<HazardContext, ReadonlyMap<FunctionId, readonly Handed[]>>();

function handedByName(c: HazardContext): ReadonlyMap<FunctionId, readonly Handed[]> {
  let table = tables.get(c);
  if (!table) tables.set(c, table = buildTable(c));
  return table;
}

function buildTable(c: HazardContext): ReadonlyMap<FunctionId, readonly Handed[]> {
  const table = new Map<FunctionId, Handed[]>();
  for (const call of c.calls()) for (const [at, x] of call.arguments.entries()) {
    if (x.kind !== 'variable') continue;
    for (const id of functionsOf(c, x)) { const list = table.get(id); if (list) list.push({ call, at }); else table.set(id, [{ call, at }]); }
  }
  return table;
}

/** Methods that hand each element to the first parameter of their callback; reductions hand it to the second. */
const each = /^(map|forEach|flatMap|filter|some|every|find|findIndex|findLast|findLastIndex|each|mapValues|times)$/;
const reducing = /^reduce(Right)?$/;
const ordering = /^(sort|toSorted)$/;

/** The place among a callback's parameters that takes an element, for a method of lists; null for other calls. Both parameters of a comparator do. */
export function takesElement(method: string, place: number): boolean {
  return each.test(method) && place === 0 || reducing.test(method) && place === 1 || ordering.test(method) && place < 2;
}

/** The list whose elements a callback's parameter takes: `xs.map(x => …)`, `xs.reduce((sum, x) => …)`, `Array.from(xs, x => …)`, `_.map(xs, x => …)`. Null for other parameters. */
export function iteratedBy(c: HazardContext, variable: VariableId): Expression | null {
  const owner = c.program.functions[c.variable(variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === variable);
  const given = place < 0 ? null : callbackOf(c, owner.id);
  if (!given) return null;
  const { call, at } = given;
  const name = calledName(c, call);
  if (name === 'from') return place === 0 && at === 1 ? call.arguments[0] : null;
  if (!takesElement(name, place)) return null;
  return at === 1 ? call.arguments[0] : at === 0 ? receiverOf(call) : null;
}

/** The call of `reduce` whose accumulator the variable is (a temporary, when the parameter is a pattern). */
export function reductionOf(c: HazardContext, variable: VariableId): Call | null {
  const owner = c.program.functions[c.variable(variable).owner];
  const call = owner.parameters[0]?.variable === variable ? callbackOf(c, owner.id)?.call ?? null : null;
  return call && reducing.test(calledName(c, call)) ? call : null;
}
