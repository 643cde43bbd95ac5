import type { Expression, FunctionId, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { enclosingNames, functionName, nameOf, receiverName, wordsOf } from './matching/names';
import { replacement } from './matching/edits';
import { constantsOf, originsOf } from './matching/origins';
import { constantOf, factorsOf, isOperation, resolve, resolveDeep, soleResult, valuesOf } from './matching/structure';
import { flowsTo } from './matching/usage';

const dayMilliseconds = 864e5;

export const dateMsPerDay: Hazard = {
  id: 'date-ms-per-day',
  * detect(c) {
    // The length of a day is written in one of these ways.
    if (!c.says(/864|day|\b24\b|\b1440\b|\b3600|\b36e5/i)) return;
    for (const operator of ['floor', 'ceil', 'trunc', 'bitor'] as const) {
      for (const e of c.operations(operator)) {
        if (operator === 'bitor' && constantOf(c, e.operands[1]) !== 0) continue;
        const quotient = dayQuotient(c, e.operands[0]);
        if (!quotient || !isOperation(quotient, 'div') || !perDay(c, quotient)) continue;
        const difference = differenceIn(c, quotient.operands[0]);
        if (!difference || !isOperation(difference, 'sub') || universal(c, e, difference)) continue;
        const direct = quotient === e.operands[0] && c.source(e).startsWith(`Math.${operator}(`);
        yield { at: e, fixes: direct ? [replacement(c, e, `Math.round(${c.source(quotient)})`, 'Round to the nearest day', false)] : [], message: `${c.text(e)} is one day off across a change of summer time, when a day has 23 or 25 hours.` };
      }
    }
    for (const e of c.operations('bitnot')) {
      const inner = e.operands[0];
      const quotient = isOperation(inner, 'bitnot') ? dayQuotient(c, inner.operands[0]) : null;
      const difference = quotient && isOperation(quotient, 'div') && perDay(c, quotient) ? differenceIn(c, quotient.operands[0]) : null;
      if (difference && !universal(c, e, difference)) yield { at: e, message: `${c.text(e)} is one day off across a change of summer time, when a day has 23 or 25 hours.` };
    }
    yield* fractionOfDays(c);
    yield* steps(c);
  },
};

/** The difference of two times, also as an absolute value or in a chain of quotients. */
function differenceIn(c: HazardContext, e: Expression): (Expression & { kind: 'operation' }) | null {
  for (const f of factorsOf(c, e)) {
    const value = f.value.kind === 'variable' ? valuesOf(c, f.value).find(v => isOperation(v, 'sub')) ?? resolve(c, f.value) : resolve(c, f.value);
    if (isOperation(value, 'sub')) return value;
    if (isOperation(value, 'abs')) return differenceIn(c, value.operands[0]);
    // span(arrival, departure), of two midnights
    const answer = value.kind === 'call' ? resolveDeep(c, value) : value;
    if (isOperation(answer, 'sub') && answer.operands.some(o => localDate(c, o))) return answer;
  }
  return null;
}

/** The quotient itself, or the one among the terms of a week or day number: `((date − start) / dayMs + offset) / 7`. */
function dayQuotient(c: HazardContext, e: Expression, depth = 6): Expression | null {
  const value = resolve(c, e);
  if (isOperation(value, 'div') && perDay(c, value)) return value;
  if (depth === 0 || !isOperation(value, 'add', 'sub', 'div')) return null;
  for (const o of value.operands) { const found = dayQuotient(c, o, depth - 1); if (found) return found; }
  return null;
}

/** (midnight − midnight) / day without a rounding: 23 hours are 0.958 days. */
function* fractionOfDays(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('div')) {
    if (!perDay(c, e) || isOperation(resolve(c, e.operands[0]), 'div') && perDay(c, resolve(c, e.operands[0]) as Operation)) continue;
    const difference = differenceIn(c, e.operands[0]);
    if (!difference || universal(c, e, difference) || rounded(c, e) && !picks(c, e)) continue;
    const fn = c.function(e);
    // diff(other, unit): a table of quotients by the lengths of all units.
    const units = /^_?(date_?)?diff(erence)?$/i.test(functionName(c, e)) && /hour/i.test(c.program.text.slice(fn.start, fn.end)) && /week|month/i.test(c.program.text.slice(fn.start, fn.end));
    if (!units && !difference.operands.some(o => localDate(c, o)) && !/setHours\(0|startOf\(/.test(c.program.text.slice(fn.start, fn.end)) && !/nights?|days_?(between|diff|since|until|left|count)|(count|num(ber)?|total)_?(of_?)?days/i.test(`${[...enclosingNames(c, e)].join(' ')} ${receiverName(c, e)}`)) continue;
    yield { at: e, message: `${c.text(e)} is no whole number across a change of summer time, when a day has 23 or 25 hours.`, remedy: 'Round to the nearest whole number.' };
  }
}

function rounded(c: HazardContext, e: Expression): boolean {
  return flowsTo(c, e, user => isOperation(user, 'round', 'floor', 'ceil', 'trunc', 'bitor', 'lt', 'le', 'gt', 'ge') || user.kind === 'call' && /round|floor|ceil|toFixed|parseInt/i.test(calledName(c, user)), ['add', 'sub', 'mul', 'div', 'abs'], 5);
}

/** The quotient picks an element as it is: `days[(date - start) / dayMs]`. */
function picks(c: HazardContext, e: Expression): boolean {
  return flowsTo(c, e, (user, operand) => user.kind === 'index' && user.index === operand, ['add', 'sub'], 5);
}

/** The next day as 24 hours later, in functions that mean days of the calendar; one day as the distance of two local midnights. */
function* steps(c: HazardContext): Generator<Detection> {
  for (const operator of ['add', 'sub'] as const) {
    for (const e of c.operations(operator)) {
      const length = e.operands.find(o => wholeDays(c, o));
      const start = e.operands.find(o => o !== length);
      if (!length || !start || length === e.operands[0] && operator === 'sub') continue;
      const user = c.parent(e);
      const inLoop = user?.kind === 'assign' && user.compound !== null && c.position(e).repetition !== null;
      if (!(user?.kind === 'new' && user.name === 'Date') && !inLoop && !(user?.kind === 'call' && calledName(c, user) === 'setTime')) continue;
      const names = `${[...enclosingNames(c, e)].join(' ')} ${receiverName(c, user)}`;
      const fn = c.function(e);
      // for (t = start.getTime(); …; t += day): from one date of the caller to the other.
      const dated = inLoop && user?.kind === 'assign' && user.target.kind === 'variable' && c.definitions(user.target.variable).some(d => d.kind === 'value' && d.compound === null && d.value.kind === 'call' && /^(getTime|valueOf)$/.test(calledName(c, d.value))) && c.scene.byKind.get('new')?.some(n => n.kind === 'new' && n.name === 'Date' && n.arguments.length === 1 && n.arguments[0].kind === 'variable' && user.target.kind === 'variable' && n.arguments[0].variable === user.target.variable);
      if (!dated && !/(add|sub(tract)?|next|prev(ious)?|plus|minus|each|all|shift|step)_?days?|tomorrow|yesterday|day_?(before|after)|date_?range|days_?(in|of|between|from|array)|(start|end|first|last)_?(day_?)?of_?(the_?)?week|week_?(start|end)|monday|sunday|calendar|^dates?(_?(list|array|between))?$/i.test(names.replaceAll(' ', '\n')) || /expir|cookie|ttl|ago|since|retention|cache|token|limit|timeout/i.test(names) || /UTC|getTimezoneOffset|toISOString|'Z'|utc|setHours\(12/i.test(c.program.text.slice(fn.start, fn.end))) continue;
      yield { at: e, message: `${c.text(e)} is not the same hour of the next day across a change of summer time, and near midnight not the next date.`, remedy: 'Step the date: date.setDate(date.getDate() + 1).' };
    }
  }
  for (const operator of ['eq', 'ne'] as const) {
    for (const e of c.operations(operator)) {
      const day = e.operands.find(o => constantOf(c, o) === dayMilliseconds || dayNamed(c, o));
      const difference = day ? differenceIn(c, e.operands.find(o => o !== day) ?? day) : null;
      if (difference && !universal(c, e, difference)) yield { at: e, message: `${c.text(e)} fails across a change of summer time, when a day has 23 or 25 hours.`, remedy: 'Round the quotient to whole days first.' };
    }
  }
}

/** A whole number of days in milliseconds: 864e5, n * 864e5, n * 24 * 60 * 60 * 1000. */
function wholeDays(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e);
  const product = factors.reduce((p, f) => { const k = constantOf(c, f.value); return k === null ? p : f.inverted ? p / k : p * k; }, 1);
  return factors.every(f => !f.inverted) && (product >= dayMilliseconds && Number.isInteger(product / dayMilliseconds) && product < 32 * dayMilliseconds && factors.filter(f => constantOf(c, f.value) === null).length <= 1 || factors.some(f => dayNamed(c, f.value)));
}

/** A quotient by a day: by its milliseconds, by a name of them, or by its seconds when both sides of the difference above came down to seconds before. */
function perDay(c: HazardContext, quotient: Expression & { kind: 'operation' }): boolean {
  const divisor = divisorOf(c, quotient);
  // switch (unit) { case 'day': divisor = 864e5; … }
  if (quotient.operands[1].kind === 'variable' && valuesOf(c, quotient.operands[1]).some(v => constantOf(c, v) === dayMilliseconds)) return true;
  if (divisor === dayMilliseconds || divisor === 7 * dayMilliseconds || dayNamed(c, quotient.operands[1])) return true;
  // (to - from) / units[unit], where this file hands in dates of the local calendar
  const table = resolve(c, quotient.operands[1]);
  if ((table.kind === 'index' || table.kind === 'property') && constantOf(c, table) === null && constantsOf(c, table).includes(dayMilliseconds)) {
    const span = resolve(c, quotient.operands[0]);
    if (isOperation(span, 'sub') && span.operands.some(o => givenLocally(c, o))) return true;
  }
  if (divisor !== 86400) return false;
  const difference = differenceIn(c, quotient.operands[0]);
  return difference !== null && difference.operands.every(o => divisorOf(c, o) === 1000);
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

/** A parameter or field for which this file gives a day of the local calendar. */
function givenLocally(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  const receiver = value.kind === 'call' && /^(valueOf|getTime)$/.test(calledName(c, value)) ? receiverOf(value) : null;
  return originsOf(c, receiver ?? (isOperation(value, 'plus') ? value.operands[0] : value)).some(o => localDate(c, o));
}

/** A day of the local calendar: `new Date(2022, 0)`, `new Date(d.getFullYear(), 0, 1).getTime()`. */
function localDate(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return localDate(c, value.then) || localDate(c, value.otherwise);
  if (value.kind === 'new') return value.name === 'Date' && (value.arguments.length >= 2 || value.arguments.length === 1 && localText(c, value.arguments[0]));
  if (value.kind === 'call' && value.callee.kind === 'local') {
    const result = soleResult(c.program.functions[value.callee.function]);
    return result !== null ? localDate(c, result) : midnights(c, value.callee.function);
  }
  // now.setHours(0, 0, 0, 0) answers the midnight in milliseconds.
  if (value.kind === 'call' && calledName(c, value) === 'setHours' && value.arguments.length > 0 && constantOf(c, value.arguments[0]) === 0) return true;
  if (value.kind === 'call') { const receiver = receiverOf(value); return receiver !== null && /^(valueOf|getTime)$/.test(calledName(c, value)) && localDate(c, receiver); }
  return isOperation(value, 'plus') && localDate(c, value.operands[0]);
}

/** A function that sets a date to its local midnight. */
function midnights(c: HazardContext, fn: FunctionId): boolean {
  return c.calls().some(call => c.position(call).function === fn && calledName(c, call) === 'setHours' && call.arguments[0] !== undefined && constantOf(c, call.arguments[0]) === 0);
}

/** `'January 23, 2022 00:00'`: a text that Date reads as local time. Only `YYYY-MM-DD` alone means UTC without saying so. */
function localText(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind !== 'constant' || typeof value.value !== 'string') return false;
  const text = value.value.trim();
  return /\d{4}/.test(text) && !/^\d{4}(-\d\d){0,2}$/.test(text) && !/(Z|UTC|GMT|[A-Z]{2,4}T|[+-]\d\d:?\d\d)$/i.test(text);
}

/** UTC timestamps, offset corrections, ages and other durations. */
function universal(c: HazardContext, at: Expression, difference: Expression & { kind: 'operation' }): boolean {
  const fn = c.function(at);
  const text = c.program.text.slice(fn.start, fn.end);
  const calendar = difference.operands.some(o => localDate(c, o) || givenLocally(c, o));
  if (/UTC|getTimezoneOffset|toISOString|'Z'|tzOffset|utc|setHours\(12/i.test(text)) return true;
  if (calendar) return false;
  if (difference.operands.some(o => /now\(\)|performance/.test(c.source(resolve(c, o))))) return true;
  return wordsOf(fn.name).concat(difference.operands.flatMap(o => wordsOf(nameOf(c, resolve(c, o))))).some(w => ['now', 'elapsed', 'uptime', 'ago', 'age', 'expires', 'expiry', 'ttl', 'duration', 'relative', 'remaining', 'countdown'].includes(w));
}
