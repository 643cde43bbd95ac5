import type { Assignment, Call, Expression, FunctionIr, VariableRead } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, updateOf } from './matching/accumulation';
import { integral, likelyIntegral } from './matching/integers';
import { constantOf } from './matching/structure';

export const parallelReductionOrder: Hazard = {
  id: 'parallel-reduction-order',
  * detect(c) {
    for (const a of c.assignments()) {
      const terms = updateOf(c, a, 'add') ?? updateOf(c, a, 'mul');
      if (!terms || terms.some(t => constantOf(c, t.value) !== null) || terms.every(t => integral(c, t.value) || likelyIntegral(c, t.value) || /count|length|size|bytes/i.test(c.source(t.value)))) continue;
      if (terms.some(t => t.value.type.kind === 'string' || t.value.type.kind === 'bigint' || t.value.kind === 'constant' || t.value.kind === 'template')) continue;
      const arrival = arrivesBy(c, a);
      if (arrival) yield { at: a, message: `${c.text(a)} adds each part when ${arrival}, in an order that changes from run to run.` };
    }
  },
};

/** How the update is scheduled, when that is by completion: in `then`, after `await` in concurrent callbacks, in a message handler. */
function arrivesBy(c: HazardContext, a: Assignment): string | null {
  const target = a.target;
  const fn = c.function(a);
  const root = rootOf(target);
  if (target.kind === 'opaque' || (root ? c.variable(root.variable).owner === fn.id : target.kind !== 'property')) return null;
  for (let f: FunctionIr | null = fn; f; f = f.enclosing === null ? null : c.program.functions[f.enclosing]) {
    const literal = c.scene.literals.get(f.id);
    const user = literal ? c.parent(literal) : null;
    if (user?.kind === 'call') {
      const name = calledName(c, user);
      if (name === 'then' && repeatedThen(c, user)) return 'its promise settles';
      if ((name === 'map' || name === 'forEach') && f.async) return 'its promise settles';
      if ((name === 'addEventListener' || name === 'on') && user.arguments[0]?.kind === 'constant' && user.arguments[0].value === 'message') return 'its worker answers';
    }
    if (user?.kind === 'assign' && user.target.kind === 'property' && user.target.name === 'onmessage') return 'its worker answers';
    if (root && c.variable(root.variable).owner === f.id) break;
  }
  return null;
}

/** The variable that holds the total, also as an element of an array. */
function rootOf(e: Expression): VariableRead | null {
  return e.kind === 'variable' ? e : e.kind === 'index' ? rootOf(e.object) : null;
}

/** `then` inside a loop or a map over many promises; one promise has no order. */
function repeatedThen(c: HazardContext, call: Call): boolean {
  return c.position(call).repetition !== null;
}
