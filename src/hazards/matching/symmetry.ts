import type { Expression, FunctionIr } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { sitesOf } from './callers';
import { destinationsOf } from './destinations';
import { nameOf } from './names';
import { constantsOf, originsOf, storedAs } from './origins';
import { constantOf, isOperation, resolve, sameValue, within } from './structure';

/** Where the code relies on a rounding that treats x and −x alike, and how. */
export interface Mirror {
  readonly at: Expression;
  readonly reason: string;
}

/** Whether both a value and its negative pass through a rounding, or the result of it and its negative are both used: then −round(x) must be round(−x), which Math.round is not. */
export function mirrored(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  return zoneOffset(c, rounding) ?? negatedBeside(c, rounding) ?? swappedArguments(c, rounding) ?? bothSigns(c, rounding) ?? negatedResult(c, rounding) ?? negatedOperand(c, rounding);
}

/** `Math.round(x)` and `Math.round(-x)` in one function. */
function negatedBeside(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  const value = resolve(c, rounding.operands[0]);
  if (!isOperation(value, 'neg')) return null;
  const plain = c.operations('round').find(o => o !== rounding && c.position(o).function === c.position(rounding).function && sameValue(c, o.operands[0], value.operands[0]));
  return plain ? { at: plain, reason: `it need not be −${c.text(plain)}` } : null;
}

/** Hours of a time zone: −5.5 and 5.5 are both in use. */
function zoneOffset(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  const quotient = resolve(c, rounding.operands[0]);
  if (!isOperation(quotient, 'div') || constantOf(c, quotient.operands[1]) !== 60) return null;
  const offset = [...within(c, quotient.operands[0], childrenOf, true)].find(e => e.kind === 'call' && /^(getTimezoneOffset|utcOffset)$/.test(calledName(c, e)));
  return offset ? { at: offset, reason: 'zones of half an hour go to different sides west and east of Greenwich' } : null;
}

/** The function around, when the rounding is what it answers. */
function answering(c: HazardContext, rounding: Expression): FunctionIr | null {
  const statement = c.position(rounding).statement;
  if (statement?.kind !== 'return' || !statement.value) return null;
  const value = resolve(c, statement.value);
  const sides = isOperation(value, 'mul', 'div') ? value.operands.map(o => resolve(c, o)) : [];
  const parts = value.kind === 'object' ? value.properties.map(p => resolve(c, p.value)) : [];
  return value === rounding || sides.includes(rounding) || parts.includes(rounding) ? c.function(rounding) : null;
}

/** `gain(white, black)` and `gain(black, white)`: what one wins the other loses. The result is a difference of what depends on the two. */
function swappedArguments(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  const fn = answering(c, rounding);
  if (!fn || ![...within(c, rounding.operands[0], childrenOf, true)].some(e => isOperation(e, 'sub'))) return null;
  const sites = sitesOf(c, fn).filter(s => s.arguments.length >= 2);
  for (const s of sites) {
    const other = sites.find(o => o !== s && c.position(o).function === c.position(s).function && sameValue(c, o.arguments[0], s.arguments[1]) && sameValue(c, o.arguments[1], s.arguments[0]) && !sameValue(c, s.arguments[0], s.arguments[1]));
    if (other) return { at: other, reason: `${c.text(s)} and ${c.text(other)} need not add up to 0` };
  }
  return null;
}

/** `snap(x)` and `snap(-x)`. */
function bothSigns(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  const fn = answering(c, rounding);
  if (!fn) return null;
  const read = [...within(c, rounding.operands[0], childrenOf, true)].flatMap(e => e.kind === 'variable' ? [e.variable] : []);
  const place = Math.max(0, fn.parameters.findIndex(p => read.includes(p.variable)));
  const sites = sitesOf(c, fn).filter(s => s.arguments.length > place);
  for (const s of sites) {
    const given = resolve(c, s.arguments[place]);
    if (!isOperation(given, 'neg') || sites.every(o => o === s || !sameValue(c, o.arguments[place], given.operands[0]))) continue;
    return { at: s, reason: `${c.text(s)} need not be the negative of what ${c.text(given.operands[0])} gives` };
  }
  return null;
}

/** The rounded value is booked on one side and its negative on the other, while the value itself may have either sign: `entry.cents` that is stored as −share. */
function negatedResult(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  if (!signedField(c, sourceOf(c, rounding.operands[0]))) return null;
  const negation = destinationsOf(c, rounding).find(d => !d.list && isOperation(d.user, 'neg'))?.user;
  return negation === undefined ? null : { at: negation, reason: `${c.text(negation)} is stored where the value came from, and rounded again it goes the other way` };
}

/** The field that is rounded is stored negated elsewhere, as by a mirroring: `{ x: -p.x }`. */
function negatedOperand(c: HazardContext, rounding: Expression & { kind: 'operation' }): Mirror | null {
  const field = sourceOf(c, rounding.operands[0]);
  if (field?.kind !== 'property') return null;
  const mirror = storedAs(c, field.name).map(v => resolve(c, v)).find(v => isOperation(v, 'neg') && nameOf(c, v.operands[0]) === field.name);
  return mirror ? { at: mirror, reason: `what ${c.text(mirror)} mirrors is rounded to the other side` } : null;
}

/** A field that receives negated values somewhere in the file. */
function signedField(c: HazardContext, field: Expression | null): boolean {
  return field?.kind === 'property' && storedAs(c, field.name).some(v => isOperation(resolve(c, v), 'neg'));
}

/** The field that a quotient or product rounds: x of `p.x / grid`, of a parameter what the file hands in for it. */
function sourceOf(c: HazardContext, e: Expression): Expression | null {
  const value = resolve(c, e);
  const inner = isOperation(value, 'div', 'mul') ? resolve(c, value.operands[0]) : null;
  if (inner?.kind === 'property') return inner;
  if (inner?.kind !== 'variable') return null;
  const owner = c.program.functions[c.variable(inner.variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === inner.variable);
  const given = place < 0 ? [] : sitesOf(c, owner).flatMap(s => s.arguments[place] ? [resolve(c, s.arguments[place])] : []);
  if (place >= 0) return given.find(g => g.kind === 'property') ?? null;
  // ({ x }) => …: destructured.
  const read = c.definitions(inner.variable)[0];
  return read?.kind === 'value' && read.value.kind === 'property' ? read.value : null;
}

/**
 * Where the function itself says that the rounded value may be negative: it compares the value or the result with a negative number, or asks a range with a negative end for it.
 * Null for decimal places, of which another rule speaks.
 */
export function negativeEnd(c: HazardContext, rounding: Expression & { kind: 'operation' }): Expression | null {
  const scale = resolve(c, rounding.operands[0]);
  if (isOperation(scale, 'mul') && scale.operands.some(o => constantOf(c, o) !== null)) return null;
  const rounded = isOperation(scale, 'div') ? scale.operands[0] : rounding.operands[0];
  const user = c.parent(rounding);
  const kept = user?.kind === 'assign' && user.value === rounding && user.compound === null ? user.target : null;
  const same = (o: Expression): boolean => sameValue(c, o, rounded) || kept !== null && sameValue(c, o, kept);
  const here = c.position(rounding).function;
  for (const operator of ['lt', 'le', 'gt', 'ge'] as const) {
    const test = c.operations(operator).find(t => c.position(t).function === here && t.operands.some(same) && t.operands.some(o => (constantOf(c, o) ?? 0) < 0));
    if (test) return test;
  }
  for (const { test, truth } of c.guards(rounding)) {
    if (!truth || test.kind !== 'call' || test.arguments.length !== 1 || !same(test.arguments[0]) || !/^(contains|includes|in_?range|is_?(in|within)(_?range)?|within)$/i.test(calledName(c, test))) continue;
    const range = 'receiver' in test.callee ? test.callee.receiver : null;
    const ends = range ? originsOf(c, range).flatMap(o => o.kind === 'new' || o.kind === 'call' ? o.arguments : []) : [];
    if (ends.some(end => constantsOf(c, end).some(k => k < 0))) return test;
  }
  return null;
}
