import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { givenClock, writtenMoment } from './clocks';
import { anyOrigin } from './given-values';
import { named, nameOf, wordsOf } from './names';
import { constantOf, isOperation, resolve, valuesOf } from './structure';

/** Milliseconds since 1970: `Date.now()`, `date.getTime()`, `+new Date()`, `Date.parse(…)`, `performance.timeOrigin`. */
export function isClock(c: HazardContext, e: Expression): boolean {
  if (isOperation(e, 'plus')) return e.operands[0].type.kind === 'date' || e.operands[0].kind === 'new' && e.operands[0].name === 'Date';
  if (e.kind === 'property') return e.name === 'timeOrigin';
  if (e.kind !== 'call') return false;
  const name = calledName(c, e);
  if (/^(now|parse|UTC)$/.test(name) && e.callee.kind !== 'method' && e.callee.kind !== 'dynamic') return e.callee.kind === 'library' && e.callee.name === `Date.${name}` || /^Date\./.test(c.source(e));
  const receiver = receiverOf(e);
  if (givenClock(c, e, o => o.kind === 'call' && o.callee.kind === 'library' && o.callee.name === 'Date.now')) return true;
  return receiver !== null && (name === 'getTime' || name === 'valueOf' && (receiver.type.kind === 'date' || receiver.kind === 'new' && receiver.name === 'Date'));
}

/** Milliseconds since 1970 take 41 bits: what a clock answers, and what is called a time or moment in milliseconds. */
export function beyondInt32(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isClock(c, value)) return true;
  if (value.kind === 'call') return /^(now|getTime|valueOf|UTC|parse)$/.test(nameOf(c, value)) && /Date|date|time|now/i.test(c.source(value));
  return /^[acm]time(ms)?$|^birthtime(ms)?$|^last_?modified$|(time|stamp|date)_?ms$|^epoch_?(time|ms|millis|now)$/i.test(nameOf(c, isOperation(value, 'plus') ? value.operands[0] : e)) || wordsOf(nameOf(c, e)).some(w => w === 'timestamp' || w === 'millis' || w === 'milliseconds');
}

export function mentionsTime(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (beyondInt32(c, value) || named(c, value, new Set(['ms', 'millis', 'milliseconds', 'timestamp', 'nanoseconds']))) {
    return true;
  }
  if (!isOperation(value, 'mul', 'add', 'sub', 'plus', 'div')) return false;
  // Divided by a second or more, 41 bits come down to 31.
  if (value.operator === 'div') { const d = constantOf(c, value.operands[1]); if (d !== null && d >= 1000) return false; }
  return value.operands.some(o => mentionsTime(c, o));
}

/** Date.now() and its like, also as the default of a parameter or as what a call in this file gives for it. */
export function sinceEpoch(c: HazardContext, e: Expression): boolean {
  return anyOrigin(c, e, o => beyondInt32(c, o));
}

/** The year 2036, in milliseconds since 1970. */
const soon = 2.1e12;

/** How large a time in milliseconds gets within the years to come: what a clock answers, or its distance from a constant moment of reference. Null when it is no such time. */
export function clockBound(c: HazardContext, e: Expression, depth = 4): number | null {
  let bound: number | null = null;
  anyOrigin(c, e, o => {
    // let tick = clock() - start; while (…) tick = clock() - start;
    const values = valuesOf(c, o);
    const value = values.length > 1 && values.every(v => c.source(v) === c.source(values[0])) ? values[0] : resolve(c, o);
    if (isClock(c, value)) bound = soon;
    else if (depth > 0 && isOperation(value, 'sub')) {
      const start = writtenMoment(c, value.operands[1]);
      const clock = start !== null && start >= 1e11 && start < soon ? clockBound(c, value.operands[0], depth - 1) : null;
      if (clock !== null && start !== null) bound = clock - start;
    } else if (depth > 0 && isOperation(value, 'add')) {
      // (ms + 11644473600000) * 10000: counted from 1601.
      const start = value.operands.map(o => constantOf(c, o)).find(k => k !== null && k >= 1e12 && k < 1e14);
      bound = start ?? value.operands.map(o => clockBound(c, o, depth - 1)).find(b => b !== null) ?? null;
    }
    return bound !== null;
  });
  return bound;
}
