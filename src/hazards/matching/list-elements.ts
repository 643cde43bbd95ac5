import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { iteratedBy } from './callbacks';
import { unpacked } from './patterns';
import { constantOf, resolve } from './structure';

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
  return c.variable(value.variable).kind === 'parameter' || c.variable(value.variable).kind === 'temporary' ? iteratedBy(c, value.variable) : null;
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
