import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { nameOf } from './names';
import { constantOf, isOperation, resolve } from './structure';

/** Moments in time, and those that are never more than a few days away. */

/** `const t = new Date(); t.setHours(24, 0, 0, 0)`: today's, and not beyond the next midnight. */
export function sameDay(c: HazardContext, e: Expression): boolean {
  const inner = isOperation(e, 'plus') ? e.operands[0] : e.kind === 'call' && isReceiver(c, e) ? isReceiver(c, e)! : e;
  if (inner.kind !== 'variable') return false;
  const made = resolve(c, inner);
  const setters = c.calls().filter(call => /^set/.test(calledName(c, call)) && (r => r?.kind === 'variable' && r.variable === inner.variable)(receiverOf(call)));
  return made.kind === 'new' && made.name === 'Date' && made.arguments.length === 0 && setters.length > 0 && setters.every(call => tomorrow(c, call) || /^set(UTC)?(Hours|Minutes|Seconds|Milliseconds)$/.test(calledName(c, call)) && (constantOf(c, call.arguments[0]) !== null || call.arguments[0].kind === 'variable'));
}

/** next.setDate(next.getDate() + 1) */
function tomorrow(c: HazardContext, call: Expression & { kind: 'call' }): boolean {
  const day = /^set(UTC)?Date$/.test(calledName(c, call)) ? call.arguments[0] : undefined;
  return day !== undefined && isOperation(day, 'add') && day.operands.some(o => /get(UTC)?Date\(\)/.test(c.source(o))) && day.operands.some(o => (k => k !== null && k >= 0 && k <= 7)(constantOf(c, o)));
}

export function isReceiver(c: HazardContext, call: Expression & { kind: 'call' }): Expression | null {
  return /^(getTime|valueOf)$/.test(calledName(c, call)) ? receiverOf(call) : null;
}

export function moment(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(now|getTime|valueOf|parse|UTC|performance)$/.test(nameOf(c, value));
  if (isOperation(value, 'plus')) return value.operands[0].kind === 'new' && value.operands[0].name === 'Date';
  if (isOperation(value, 'div', 'floor', 'round', 'ceil', 'trunc')) return moment(c, value.operands[0]);
  if (value.kind === 'new') return value.name === 'Date';
  return /^now$|date$|^time$/i.test(nameOf(c, value));
}

/** `moment(ms).subtract(5, 'minutes').valueOf()`: the number that a date library was given, a little more or less of it. */
export function shiftedSpan(c: HazardContext, e: Expression): Expression | null {
  let value: Expression | null = e.kind === 'call' && /^(valueOf|getTime|toMillis|asMilliseconds)$/.test(calledName(c, e)) ? receiverOf(e) : null;
  for (let depth = 0; value && depth < 6; depth++) {
    const call: Expression = resolve(c, value);
    if (call.kind !== 'call') return null;
    const name = calledName(c, call);
    if (/^(add|subtract|plus|minus)$/.test(name)) { value = receiverOf(call); continue; }
    return /^(moment|dayjs|fromMillis|duration|default)$/.test(name) && call.arguments.length === 1 ? call.arguments[0] : null;
  }
  return null;
}
