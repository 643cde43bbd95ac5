import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { mentionedInGuard } from './matching/guards';
import { nameOf } from './matching/names';
import { constantOf, isOperation, resolve } from './matching/structure';
import { formatNumber } from './matching/text';

const longest = 2 ** 31 - 1;

export const timerOverflow: Hazard = {
  id: 'timer-overflow',
  * detect(c) {
    for (const call of c.calls()) {
      const name = calledName(c, call);
      if (!/^(setTimeout|setInterval|delay|sleep|wait)$/.test(name)) continue;
      const delay = name === 'setTimeout' || name === 'setInterval' ? call.arguments[1] : null;
      if (!delay) continue;
      const reason = tooLong(c, call, delay, 5);
      if (reason) yield { at: call, message: `The delay ${c.text(delay)} ${reason}, and a delay beyond 2^31 − 1 ms (24.8 days) fires at once.` };
    }
  },
};

function tooLong(c: HazardContext, at: Expression, delay: Expression, depth: number): string | null {
  const fact = c.fact(delay);
  if (fact && fact.hi <= longest) return null;
  const constant = constantOf(c, delay);
  if (constant !== null) return constant > longest && Number.isFinite(constant) ? `is ${formatNumber(constant)} ms` : null;
  if (mentionedInGuard(c, at, delay)) return null;
  const value = resolve(c, delay);
  if (depth === 0) return null;
  if (isOperation(value, 'min')) return null;
  if (isOperation(value, 'max')) { const inner = value.operands.find(o => constantOf(c, o) === null); return inner ? tooLong(c, at, inner, depth - 1) : null; }
  if (value.kind === 'conditional') return tooLong(c, at, value.then, depth - 1) ?? tooLong(c, at, value.otherwise, depth - 1);
  if (isOperation(value, 'sub')) {
    const [left, right] = value.operands;
    // A moment given from outside, minus now: as far away as it likes. `start + timeout - now` stays within the timeout.
    const local = resolve(c, left);
    if (moment(c, right) && !isOperation(local, 'add') && (moment(c, left) || !/start|begin|last|prev|timeout|interval|delay|elapsed/i.test(nameOf(c, left)))) return 'is the distance to any moment in the future';
    return null;
  }
  if (isOperation(value, 'mul', 'add')) {
    for (const o of value.operands) {
      const inner = resolve(c, o);
      if (isOperation(inner, 'pow') && constantOf(c, inner.operands[0]) !== null && constantOf(c, inner.operands[1]) === null && !((c.fact(inner)?.hi ?? Infinity) <= longest) && !mentionedInGuard(c, at, inner.operands[1])) return 'doubles with each attempt and has no upper limit';
      const further = isOperation(inner, 'mul', 'add', 'sub') ? tooLong(c, at, o, depth - 1) : null;
      if (further) return further;
    }
  }
  if (value.kind === 'property' || value.kind === 'variable') { const doubled = doubling(c, value); if (doubled) return doubled; }
  if (isOperation(value, 'round', 'floor', 'ceil', 'abs')) return tooLong(c, at, value.operands[0], depth - 1);
  if (isOperation(value, 'pow')) return constantOf(c, value.operands[1]) === null ? 'grows with each attempt and has no upper limit' : null;
  if (value.kind === 'variable' && value === delay) {
    const definitions = c.definitions(value.variable);
    if (c.variable(value.variable).kind === 'parameter') return null;
    if (definitions.some(d => d.kind === 'value' && isOperation(d.value, 'min'))) return null;
    for (const d of definitions) if (d.kind === 'value' && d.value !== value) { const reason = d.compound === null ? tooLong(c, at, d.value, depth - 1) : null; if (reason) return reason; }
  }
  return null;
}

function moment(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(now|getTime|valueOf|parse|UTC|performance)$/.test(nameOf(c, value));
  if (isOperation(value, 'plus')) return value.operands[0].kind === 'new' && value.operands[0].name === 'Date';
  if (value.kind === 'new') return value.name === 'Date';
  return /^now$|date$|^time$/i.test(nameOf(c, value));
}

/** `delay *= 2` on each failure, with nothing that caps it. */
function doubling(c: HazardContext, e: Expression): string | null {
  const updates = c.assignments().filter(a => c.source(a.target) === c.source(e));
  if (!updates.some(a => isOperation(a.value, 'mul') && a.value.operands.some(o => (constantOf(c, o) ?? 0) > 1) && a.value.operands.some(o => c.source(o) === c.source(e) || a.compound === 'mul'))) return null;
  const capped = updates.some(a => isOperation(a.value, 'min') || a.value.kind === 'conditional' || c.position(a).guard !== null && c.source(c.position(a).guard!.test).includes(c.source(e)));
  return capped ? null : 'is doubled after each attempt and has no upper limit';
}
