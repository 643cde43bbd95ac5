import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { isOperation, resolve } from './structure';

/** Delays that come as text, which says how long they are. */

/** What a time to wait is called, as a parameter, option or field. */
export const waits = /^(ms|millis|milli_?seconds|time_?out(_?ms|_?millis)?|delay(_?ms)?|time|sleep(_?time)?|wait_?(time|ms|for)|duration(_?ms)?|seconds|sec|after(_?ms)?)$/i;

/** Read from text, checked for being a number and for not being too small, and for nothing else. */
export function lowerBoundOnly(c: HazardContext, at: Expression, value: Expression): string | null {
  if (value.kind !== 'variable') return null;
  const text = c.definitions(value.variable).some(d => d.kind === 'value' && d.compound === null && readFromText(c, d.value));
  const same = (e: Expression): boolean => e.kind === 'variable' && e.variable === value.variable;
  const compared = (['lt', 'le', 'gt', 'ge'] as const).flatMap(operator => c.operations(operator).filter(t => c.position(t).function === c.position(at).function && t.operands.some(same)).map(t => (operator === 'lt' || operator === 'le') === same(t.operands[0])));
  // Only comparisons of the sense "is below": nothing says how large it may be.
  return text && compared.length > 0 && compared.every(below => below) && c.definitions(value.variable).length > 1 ? 'is bounded from below only' : null;
}

/** `Number(JSON.parse(text).timeoutSeconds)`, of which nothing asks how large it may be. */
export function saidByServer(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  const read = readFromText(c, value) ? value.kind === 'call' ? value.arguments[0] : isOperation(value, 'plus') ? value.operands[0] : null : value;
  return read?.kind === 'property' && read.object.kind === 'call' && /JSON\.parse$|\.json$/.test(c.source(read.object).replace(/\([^]*$/, '')) && waits.test(read.name.replace(/seconds$/i, m => read.name.length > m.length ? '' : m));
}

function readFromText(c: HazardContext, e: Expression): boolean {
  return isOperation(e, 'plus') && e.operands[0].type.kind !== 'number' && e.operands[0].kind !== 'new' || e.kind === 'call' && /^(Number|parseInt|parseFloat)$/.test(calledName(c, e));
}
