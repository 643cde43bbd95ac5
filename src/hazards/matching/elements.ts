import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { resolve, soleResult } from './structure';

/** The expressions that become elements of a list, where the code that makes it is in this file: written out, pushed, stored by index, spread or answered by the callback of `map`. */
export function* elementsGiven(c: HazardContext, list: Expression, depth = 5): Generator<Expression> {
  if (depth === 0) return;
  const value = resolve(c, list);
  switch (value.kind) {
    case 'array':
      for (const [i, x] of value.elements.entries()) if (x) { if (value.spread[i]) yield* elementsGiven(c, x, depth - 1); else yield x; }
      if (value !== list && list.kind === 'variable') yield* added(c, list.variable, depth);
      break;
    case 'new':
      if (value.name === 'Array' && list.kind === 'variable') yield* added(c, list.variable, depth);
      break;
    case 'conditional': yield* elementsGiven(c, value.then, depth - 1); yield* elementsGiven(c, value.otherwise, depth - 1); break;
    case 'logical': yield* elementsGiven(c, value.right, depth - 1); break;
    case 'call': {
      if (value.callee.kind === 'local') { const result = soleResult(c.program.functions[value.callee.function]); if (result) yield* elementsGiven(c, result, depth - 1); break; }
      const method = calledName(c, value);
      const receiver = receiverOf(value);
      const given = /^(map|flatMap)$/.test(method) ? value.arguments[0] : method === 'from' ? value.arguments[1] : undefined;
      const callback = given ? resolve(c, given) : null;
      const answer = callback?.kind === 'function' ? soleResult(c.program.functions[callback.function]) : null;
      if (answer) { if (method === 'flatMap') yield* elementsGiven(c, answer, depth - 1); else yield answer; }
      else if (method === 'from' && value.arguments.length === 1) yield* elementsGiven(c, value.arguments[0], depth - 1);
      else if (/^(flat|slice|concat|reverse|filter)$/.test(method) && receiver) {
        for (const x of elementsGiven(c, receiver, depth - 1)) if (method === 'flat') yield* elementsGiven(c, x, depth - 1); else yield x;
        if (method === 'concat') for (const x of value.arguments) yield* elementsGiven(c, x, depth - 1);
      }
    }
  }
}

/** What `push`, `unshift` and stores by index put into the list of a local. */
function* added(c: HazardContext, variable: number, depth: number): Generator<Expression> {
  for (const read of c.reads(variable)) {
    const user = c.parent(read);
    if (user?.kind === 'call' && receiverOf(user) === read && /^(push|unshift)$/.test(calledName(c, user))) {
      for (const [i, x] of user.arguments.entries()) if (user.spread[i]) yield* elementsGiven(c, x, depth - 1); else yield x;
    } else if (user?.kind === 'index' && user.object === read) {
      const store = c.parent(user);
      if (store?.kind === 'assign' && store.target === user && store.compound === null) yield store.value;
    }
  }
}
