import type { Call, Expression } from '../program';
import type { Fix } from '../protocol/finding';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { replacement } from './matching/edits';
import { functionName, nameOf, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, sameValue } from './matching/structure';
import { usesOf } from './matching/usage';

/** Arguments that every engine takes; V8's default stack gives out at about 120,000. */
const safeCount = 10_000;

export const spreadMinmax: Hazard = {
  id: 'spread-minmax',
  * detect(c) {
    for (const operator of ['max', 'min', 'hypot'] as const) {
      for (const e of c.operations(operator)) {
        const index = e.spread?.findIndex(Boolean) ?? -1;
        if (index < 0 || short(c, e.operands[index], 6) || lengthTested(c, e, e.operands[index]) || windowed(c, e.operands[index], 3) || onlyShifts(c, e)) continue;
        yield { at: e, fixes: operator === 'hypot' ? [] : oneList(c, e, index), message: `${c.text(e)} passes every element of ${c.text(e.operands[index])} as an argument: beyond about 120,000 it throws a RangeError, and of an empty array it is ${operator === 'max' ? '-Infinity' : operator === 'min' ? 'Infinity' : '0'}.` };
      }
    }
    for (const call of c.calls()) {
      const list = applied(c, call);
      if (!list || short(c, list, 6) || lengthTested(c, call, list)) continue;
      yield { at: call, message: `${c.text(call)} passes every element of ${c.text(list)} as an argument: beyond about 120,000 it throws a RangeError.` };
    }
  },
};

/** The list in `Math.max.apply(null, list)`, `Reflect.apply(Math.max, null, list)`, also through another name of the function. */
function applied(c: HazardContext, call: Call): Expression | null {
  if (calledName(c, call) !== 'apply') return null;
  const receiver = receiverOf(call) ?? (call.callee.kind === 'dynamic' && call.callee.callee.kind === 'property' ? call.callee.callee.object : null);
  if (receiver && extreme(c, receiver)) return call.arguments[1] ?? null;
  if (/^Math\.(max|min)\.apply\s*\(/.test(c.source(call))) return call.arguments[1] ?? null;
  return c.source(call).startsWith('Reflect.apply') && call.arguments.length === 3 && extreme(c, call.arguments[0]) ? call.arguments[2] : null;
}

function extreme(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'property' && (value.name === 'max' || value.name === 'min') && (c.source(value.object) === 'Math' || c.source(resolve(c, value.object)) === 'Math');
}

/** A loop over the elements: the same answer for every array, with no limit on its length. Iterables that are no arrays have no `reduce`. */
function oneList(c: HazardContext, e: Expression & { kind: 'operation' }, index: number): Fix[] {
  const list = e.operands[index];
  if (e.operands.length !== 1 || !['variable', 'property', 'call'].includes(list.kind)) return [];
  const type = list.type.kind === 'unknown' ? resolve(c, list).type : list.type;
  if (type.kind === 'set' || type.kind === 'map') return [];
  const [name, seed] = e.operator === 'max' ? ['max', '-Infinity'] : ['min', 'Infinity'];
  return [replacement(c, e, `${c.source(list)}.reduce((a, b) => Math.${name}(a, b), ${seed})`, 'Reduce instead of spreading', (type.kind === 'array' && type.element.kind === 'number') || type.kind === 'typedArray')];
}

/** Whether the array is known to be short: by its type, its length, or how it was made. */
function short(c: HazardContext, array: Expression, depth: number): boolean {
  const length = c.facts.lengths[array.id];
  if (length && length.hi <= safeCount) return true;
  const value = resolve(c, array);
  // Arguments that came one by one may go on one by one.
  if (value.kind === 'variable' && c.program.functions[c.variable(value.variable).owner].parameters.some(p => p.rest && p.variable === value.variable)) return true;
  if (array.type.kind === 'tuple' || value.type.kind === 'tuple') return true;
  if (array.kind === 'variable' && grown(c, array.variable)) return false;
  if (c.source(array) === 'arguments') return true;
  if (value.kind === 'array') return value.spread.every((s, i) => !s || short(c, value.elements[i]!, depth - 1));
  if (value.kind === 'new' && value.name === 'Array') return value.arguments.length === 1 && (constantOf(c, value.arguments[0]) ?? Infinity) <= safeCount;
  if (depth > 0 && value.kind === 'call') return shortResult(c, value, depth - 1);
  return /^(rgb|rgba|hsl|components|channels|corners|tuple|args|arguments|vec\d?|coordinate|coord)$/i.test(value.kind === 'variable' ? c.variable(value.variable).name : value.kind === 'property' ? value.name : '');
}

/** A condition around it keeps the list short: `xs.length <= 1000 ? Math.max(...xs) : …`, `if (!xs || xs.length !== 3) throw …`. */
function lengthTested(c: HazardContext, at: Expression, list: Expression): boolean {
  for (const guard of c.guards(at)) if (keepsShort(c, guard.test, guard.truth, list)) return true;
  return false;
}

function keepsShort(c: HazardContext, test: Expression, truth: boolean, list: Expression): boolean {
  if (test.kind === 'logical') return (test.operator === 'and') === truth && (keepsShort(c, test.left, truth, list) || keepsShort(c, test.right, truth, list));
  if (test.kind !== 'operation' || test.operands.length !== 2) return false;
  const side = test.operands.findIndex(o => o.kind === 'property' && o.name === 'length' && sameValue(c, o.object, list));
  const bound = side < 0 ? null : constantOf(c, test.operands[1 - side]);
  if (bound === null || bound > 1e5 || bound < 2) return false;
  if (isOperation(test, 'eq', 'ne')) return (test.operator === 'eq') === truth;
  return isOperation(test, 'lt', 'le', 'gt', 'ge') && (isOperation(test, 'lt', 'le') === (side === 0)) === truth;
}

/** The largest logit, taken off before exponentials: one for each class. Of a list that is not called so, nothing says that it is short. */
function onlyShifts(c: HazardContext, e: Expression & { kind: 'operation' }): boolean {
  const users = [...usesOf(c, e)];
  const list = e.operands[e.spread?.findIndex(Boolean) ?? 0];
  if (!/log_?sum_?exp/i.test(functionName(c, e)) && ![list, resolve(c, list), mappedFrom(c, list)].some(x => wordsOf(nameOf(c, x)).some(w => /^(logits?|scores?|energy|energies|class|classes|utilit(y|ies)|scaled|quantities|outcomes)$/.test(w)))) return false;
  return e.operator === 'max' && users.length > 0 && users.every(({ user, operand }) => user !== null && (isOperation(user, 'sub') && user.operands[1] === operand && (outer => outer !== null && isOperation(outer, 'exp', 'pow'))(c.parent(user)) || isOperation(user, 'add') && user.operands.some(o => isOperation(resolve(c, o), 'log'))));
}

/** The list of `xs.map(…)`, as long as its result. */
function mappedFrom(c: HazardContext, list: Expression): Expression {
  const value = resolve(c, list);
  const from = value.kind === 'call' && calledName(c, value) === 'map' ? receiverOf(value) : null;
  return from ? mappedFrom(c, from) : value;
}

/** A list from which the same file takes the oldest away again, or what is mapped from one. */
function windowed(c: HazardContext, list: Expression, depth: number): boolean {
  const value = resolve(c, list);
  if (value.kind === 'call' && depth > 0) { const from = receiverOf(value); return from !== null && /^(map|filter|slice|reverse|sort|concat)$/.test(calledName(c, value)) && windowed(c, from, depth - 1); }
  const name = c.source(value);
  return value.kind === 'property' && c.calls().some(call => calledName(c, call) === 'shift' && (r => r !== null && c.source(r) === name)(receiverOf(call)));
}

/** A list that a loop or callback adds to. */
function grown(c: HazardContext, variable: number): boolean {
  return c.reads(variable).some(r => {
    const user = c.parent(r);
    return user?.kind === 'call' && receiverOf(user) === r && /^(push|unshift|splice)$/.test(calledName(c, user)) && (c.position(user).repetition !== null || user.spread.some(Boolean));
  });
}

function shortResult(c: HazardContext, call: Call, depth: number): boolean {
  const name = calledName(c, call);
  const receiver = receiverOf(call);
  switch (name) {
    case 'slice': case 'subarray': { const end = call.arguments[1] ? constantOf(c, call.arguments[1]) : null; return end !== null && Math.abs(end) <= safeCount && end >= 0 || (call.arguments.length === 1 && (constantOf(c, call.arguments[0]) ?? 0) < 0); }
    case 'map': case 'filter': case 'sort': case 'reverse': case 'toSorted': case 'concat':
      return receiver !== null && short(c, receiver, depth) && (name !== 'concat' || call.arguments.every(a => short(c, a, depth)));
    case 'keys': case 'values': case 'entries': {
      const first = call.arguments[0] ? resolve(c, call.arguments[0]) : receiver ? resolve(c, receiver) : null;
      return first?.kind === 'object';
    }
    default: return false;
  }
}
