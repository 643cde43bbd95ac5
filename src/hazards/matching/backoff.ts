import type { Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { enclosingNames, nameOf, wordsOf } from './names';
import { constantOf, isOperation, within } from './structure';

/** Waits that grow with each attempt. */

/** A power of a factor with the number of attempts as its exponent. */
export function growing(c: HazardContext, exponent: Expression, power: Expression & { kind: 'operation' }, at: Expression): boolean {
  if (exponent.kind === 'variable' && [...enclosingNames(c, at)].some(n => /back_?off|retry|reconnect/i.test(n))) return true;
  for (const inner of within(c, exponent, childrenOf)) if (wordsOf(nameOf(c, inner)).some(w => /^(attempts?|retry|retries|retried|tries|failures|errors|reconnects?|reconnections?|count)$/.test(w))) return true;
  return /factor|multiplier|base|backoff/i.test(nameOf(c, power.operands[0]));
}

/** A parameter that the function hands to itself doubled: `retry(f, delay * 2)`. */
function handedOn(c: HazardContext, e: Expression): string | null {
  if (e.kind !== 'variable' || c.variable(e.variable).kind !== 'parameter') return null;
  const owner = c.variable(e.variable).owner;
  const index = c.program.functions[owner].parameters.findIndex(p => p.variable === e.variable);
  for (const id of c.program.functions[owner].callSites) {
    const call = c.program.expressions[id];
    const given = call.kind === 'call' ? call.arguments[index] : undefined;
    if (!given || !isOperation(given, 'mul') || !given.operands.some(o => (constantOf(c, o) ?? 0) > 1) || !given.operands.some(o => o.kind === 'variable' && o.variable === e.variable)) continue;
    let inside: number | null = c.position(call).function;
    while (inside !== null && inside !== owner) inside = c.program.functions[inside].enclosing;
    const counted = [...c.guards(call)].length > 0;
    if (inside === owner && !counted) return 'is doubled after each attempt and has no upper limit';
  }
  return null;
}

/** `delay *= 2` on each failure, with nothing that caps it. */
export function doubling(c: HazardContext, e: Expression): string | null {
  const updates = c.assignments().filter(a => c.source(a.target) === c.source(e));
  const branches = updates.flatMap(a => a.value.kind === 'conditional' ? [a.value.then, a.value.otherwise] : a.value.kind === 'logical' ? [a.value.left, a.value.right] : []);
  const twice = branches.map(v => isOperation(v, 'round', 'floor', 'ceil', 'trunc') ? v.operands[0] : v).find(v => isOperation(v, 'mul') && v.operands.some(o => (constantOf(c, o) ?? 0) > 1) && v.operands.some(o => c.source(o) === c.source(e)));
  if (twice && updates.length === 1) return 'is doubled after each attempt and has no upper limit';
  const recursive = handedOn(c, e);
  if (recursive) return recursive;
  if (!updates.some(a => isOperation(a.value, 'mul') && a.value.operands.some(o => (constantOf(c, o) ?? 0) > 1) && a.value.operands.some(o => c.source(o) === c.source(e) || a.compound === 'mul'))) return null;
  const capped = updates.some(a => isOperation(a.value, 'min') || a.value.kind === 'conditional' || c.position(a).guard !== null && c.source(c.position(a).guard!.test).includes(c.source(e)));
  return capped ? null : 'is doubled after each attempt and has no upper limit';
}
