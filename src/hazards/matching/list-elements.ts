import type { Call, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { unpacked } from './patterns';
import { constantOf, resolve } from './structure';

/** Methods that hand each element to the first parameter of their callback; reductions hand it to the second. */
const each = /^(map|forEach|flatMap|filter|some|every|find|findIndex|findLast|findLastIndex|each|mapValues|times)$/;
const reducing = /^reduce(Right)?$/;

/** The list that a value is an element of: `xs[i]`, the variable of `for (const x of xs)`, the parameter of `xs.map(x => …)` and `Array.from(xs, x => …)`, the value in `xs.entries()`. Null when it is no such. */
export function listOf(c: HazardContext, e: Expression): Expression | null {
  const value = unpacked(c, e);
  if (value.kind === 'index') {
    // const [i, x] of xs.entries()
    const pairs = constantOf(c, value.index) === 1 ? listOf(c, value.object) : null;
    const listed = pairs ? entriesOf(c, pairs) : null;
    return listed ?? (value.index.type.kind === 'string' ? null : value.object);
  }
  if (value.kind !== 'variable') return null;
  const definition = c.definitions(value.variable)[0];
  if (definition?.kind === 'element') return definition.loop.kind === 'for-of' ? valuesIn(c, definition.loop.iterable) : null;
  return c.variable(value.variable).kind === 'parameter' || c.variable(value.variable).kind === 'temporary' ? givenByCallback(c, value.variable) : null;
}

function entriesOf(c: HazardContext, list: Expression): Expression | null {
  const call = resolve(c, list);
  return call.kind === 'call' && calledName(c, call) === 'entries' ? receiverOf(call) ?? call.arguments[0] ?? null : null;
}

/** `xs.values()` runs over the same elements. */
function valuesIn(c: HazardContext, list: Expression): Expression {
  const call = resolve(c, list);
  return call.kind === 'call' && calledName(c, call) === 'values' && call.arguments.length === 0 ? receiverOf(call) ?? list : list;
}

function givenByCallback(c: HazardContext, variable: number): Expression | null {
  const owner = c.program.functions[c.variable(variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === variable);
  const call = callbackOf(c, owner.id);
  if (!call || place < 0) return null;
  const name = calledName(c, call.call);
  if (name === 'from') return place === 0 && call.at === 1 ? call.call.arguments[0] : null;
  if (!(each.test(name) && place === 0 || reducing.test(name) && place === 1)) return null;
  // _.map(xs, f)
  return call.at === 1 ? call.call.arguments[0] : receiverOf(call.call);
}

/** The call that a function literal is an argument of, and at which place. */
export function callbackOf(c: HazardContext, fn: number): { readonly call: Call; readonly at: number } | null {
  const literal = c.scene.literals.get(fn);
  let value: Expression | undefined = literal;
  let user = literal ? c.parent(literal) : null;
  for (; user?.kind === 'conditional'; user = c.parent(user)) value = user;
  return user?.kind === 'call' && value ? { call: user, at: user.arguments.indexOf(value) } : null;
}

/** The call of `reduce` whose accumulator the variable is (a temporary, when the parameter is a pattern). */
export function reductionOf(c: HazardContext, variable: number): Call | null {
  const owner = c.program.functions[c.variable(variable).owner];
  const call = owner.parameters[0]?.variable === variable ? callbackOf(c, owner.id)?.call ?? null : null;
  return call && reducing.test(calledName(c, call)) ? call : null;
}
