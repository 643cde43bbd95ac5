import type { Expression } from '../../program';
import type { Engine } from './engine';
import { integers } from './number-set';
import { readElement } from './objects';
import type { State } from './state';
import { ANYTHING, joinAll, joinValues, numberValue, UNDEFINED_VALUE, valueOfType, type Value } from './value';

/** Code that is not known runs with these values in its hands. */
export function unknownCall(m: Engine, e: Expression, values: readonly Value[], s: State): Value {
  for (const value of values) m.escape(value, s);
  m.unknownCode(s);
  m.mayThrow(s);
  return valueOfType(e.type);
}

const openEnds = new WeakSet<Value>();

/** The list ends with a spread of unknown length: the last values stand for any number of arguments. */
export function isOpenEnded(args: readonly Value[]): boolean {
  return args.length > 0 && openEnds.has(args[args.length - 1]);
}

/** Arguments one by one; a spread stands for any number of them (see `isOpenEnded`). */
export function evaluateArguments(m: Engine, e: { readonly arguments: readonly Expression[]; readonly spread: readonly boolean[] }, s: State): Value[] {
  const values: Value[] = [];
  for (const [i, x] of e.arguments.entries()) {
    const value = m.evaluate(x, s);
    if (!e.spread[i]) { values.push(value); continue; }
    const items = value.locations.length === 1 && value.outside.length === 0 ? s.object(value.locations[0])?.items : null;
    if (items) { values.push(...items); continue; }
    const tuple = value.outside.length === 1 && value.locations.length === 0 && value.outside[0].type.kind === 'tuple' ? value.outside[0] : null;
    if (tuple?.type.kind === 'tuple') { values.push(...tuple.type.elements.map(type => valueOfType(type, tuple.promise))); continue; }
    const element = joinValues(readElement(m, value, numberValue(integers(0, 2 ** 32 - 2)), null, { kind: 'unknown' }, s, true), UNDEFINED_VALUE);
    // From here on positions are not known: every later argument may be in any place.
    const rest = e.arguments.slice(i + 1).map((y, j) => { const v = m.evaluate(y, s); return e.spread[i + 1 + j] ? ANYTHING : v; });
    const any = joinAll([element, ...rest]);
    for (let k = 0; k < 11; k++) values.push(any);
    const end = { ...any };
    openEnds.add(end);
    values.push(end);
    break;
  }
  return values;
}
