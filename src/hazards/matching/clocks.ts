import type { Call, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { originsOf, resultsOf, storedAs } from './origins';
import { constantOf, resolve } from './structure';

/** A call of what the file itself fills with a clock, as tests like it: `clock = Date.now`, `this.now = () => Date.now()`. `direct` says what a clock is when nothing is handed in. */
export function givenClock(c: HazardContext, call: Call, direct: (e: Expression) => boolean): boolean {
  if (call.arguments.length > 0) return false;
  const { callee } = call;
  const held = callee.kind === 'dynamic' ? [callee.callee] : callee.kind === 'method' ? storedAs(c, callee.name) : [];
  return held.slice(0, 4).some(h => originsOf(c, h).some(o => c.source(o) === 'Date.now' || o.kind === 'function' && resultsOf(c.program.functions[o.function]).some(r => direct(resolve(c, r)))));
}

/** Milliseconds since 1970 of a moment that is written down: `Date.UTC(2015, 0, 1)`, `Date.parse('2015-01-01')`, `new Date(2015, 0, 1).getTime()`. */
export function writtenMoment(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  const constant = constantOf(c, value);
  if (constant !== null) return constant;
  if (value.kind === 'new' && value.name === 'Date') return ofParts(c, value.arguments);
  if (value.kind !== 'call') return null;
  const { callee } = value;
  if (callee.kind === 'library' && (callee.name === 'Date.UTC' || callee.name === 'Date.parse')) return ofParts(c, value.arguments);
  const receiver = 'receiver' in callee && /(^|\.)(getTime|valueOf)$/.test('name' in callee ? callee.name : '') ? callee.receiver : null;
  return receiver ? writtenMoment(c, receiver) : null;
}

/** Local dates are taken as universal ones: half a day does not matter here. */
function ofParts(c: HazardContext, parts: readonly Expression[]): number | null {
  const first = parts[0] ? resolve(c, parts[0]) : null;
  if (first?.kind === 'constant' && typeof first.value === 'string' && parts.length === 1) { const at = Date.parse(first.value); return Number.isNaN(at) ? null : at; }
  const numbers = parts.map(p => constantOf(c, p));
  if (numbers.length === 0 || numbers.some(n => n === null)) return null;
  const [year, month = 0, day = 1] = numbers as number[];
  return numbers.length === 1 ? year : Date.UTC(year, month, day);
}
