import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { nameOf, wordsOf } from './matching/names';
import { replacement } from './matching/edits';
import { constantOf, factorsOf, isOperation, resolve } from './matching/structure';

const dayMilliseconds = 864e5;

export const dateMsPerDay: Hazard = {
  id: 'date-ms-per-day',
  * detect(c) {
    for (const operator of ['floor', 'ceil', 'trunc', 'bitor'] as const) {
      for (const e of c.operations(operator)) {
        if (operator === 'bitor' && constantOf(c, e.operands[1]) !== 0) continue;
        const quotient = dayQuotient(c, e.operands[0]);
        if (!quotient || !isOperation(quotient, 'div') || !perDay(c, quotient)) continue;
        const difference = factorsOf(c, quotient.operands[0]).map(f => resolve(c, f.value)).find(v => isOperation(v, 'sub')) ?? null;
        if (!difference || !isOperation(difference, 'sub') || universal(c, e, difference)) continue;
        const direct = quotient === e.operands[0] && c.source(e).startsWith(`Math.${operator}(`);
        yield { at: e, fixes: direct ? [replacement(c, e, `Math.round(${c.source(quotient)})`, 'Round to the nearest day', false)] : [], message: `${c.text(e)} is one day off across a change of summer time, when a day has 23 or 25 hours.` };
      }
    }
  },
};

/** The quotient itself, or the one among the terms of a week or day number: `((date − start) / dayMs + offset) / 7`. */
function dayQuotient(c: HazardContext, e: Expression, depth = 6): Expression | null {
  const value = resolve(c, e);
  if (isOperation(value, 'div') && perDay(c, value)) return value;
  if (depth === 0 || !isOperation(value, 'add', 'sub', 'div')) return null;
  for (const o of value.operands) { const found = dayQuotient(c, o, depth - 1); if (found) return found; }
  return null;
}

/** A quotient by a day: by its milliseconds, by a name of them, or by its seconds when both sides of the difference above came down to seconds before. */
function perDay(c: HazardContext, quotient: Expression & { kind: 'operation' }): boolean {
  const divisor = divisorOf(c, quotient);
  if (divisor === dayMilliseconds || dayNamed(c, quotient.operands[1])) return true;
  if (divisor !== 86400) return false;
  const difference = factorsOf(c, quotient.operands[0]).map(f => resolve(c, f.value)).find(v => isOperation(v, 'sub'));
  return difference !== undefined && isOperation(difference, 'sub') && difference.operands.every(o => divisorOf(c, o) === 1000);
}

/** The product of the constants that the difference is divided by: /1000/60/60/24 counts like /864e5. */
function divisorOf(c: HazardContext, e: Expression): number {
  let divisor = 1;
  for (const { value, inverted } of factorsOf(c, e)) {
    const constant = constantOf(c, value);
    if (constant !== null) divisor *= inverted ? constant : 1 / constant;
  }
  return divisor;
}

function dayNamed(c: HazardContext, e: Expression): boolean {
  const name = nameOf(c, e);
  return /(ms|millis|milliseconds|milli)\w*day|one_?day|day_?(in_)?(ms|millis)|^day$/i.test(name);
}

/** A day of the local calendar: `new Date(2022, 0)`, `new Date(d.getFullYear(), 0, 1).getTime()`. */
function localDate(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return localDate(c, value.then) || localDate(c, value.otherwise);
  if (value.kind === 'new') return value.name === 'Date' && value.arguments.length >= 2;
  if (value.kind === 'call') { const receiver = receiverOf(value); return receiver !== null && /^(valueOf|getTime)$/.test(calledName(c, value)) && localDate(c, receiver); }
  return isOperation(value, 'plus') && localDate(c, value.operands[0]);
}

/** UTC timestamps, offset corrections, ages and other durations. */
function universal(c: HazardContext, at: Expression, difference: Expression & { kind: 'operation' }): boolean {
  const fn = c.function(at);
  const text = c.program.text.slice(fn.start, fn.end);
  const calendar = difference.operands.some(o => localDate(c, o));
  if (/UTC|getTimezoneOffset|toISOString|'Z'|tzOffset|utc|setHours\(12/i.test(text)) return true;
  if (calendar) return false;
  if (difference.operands.some(o => /now\(\)|performance/.test(c.source(resolve(c, o))))) return true;
  return wordsOf(fn.name).concat(difference.operands.flatMap(o => wordsOf(nameOf(c, resolve(c, o))))).some(w => ['now', 'elapsed', 'uptime', 'ago', 'age', 'expires', 'expiry', 'ttl', 'duration', 'relative', 'remaining', 'countdown'].includes(w));
}
