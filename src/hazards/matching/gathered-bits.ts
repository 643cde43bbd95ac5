import type { Assignment, Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName } from './accumulation';
import { boundedAbove, relationsOf } from './guards';
import { mixesBits } from './integers';
import { constantOf, isOperation, resolve, soleResult, within } from './structure';
import { hashing, madeUnsigned, signed } from './words';

/** Bytes or groups of bits shifted into one number, round after round: `n = (n << 7) | (byte & 127)`, `n |= (byte & 127) << shift`, `parts.reduce((n, p) => (n << 8) + p, 0)`. */
export function* gatheredBits(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    const target = a.target;
    if (target.kind === 'index') yield* gatheredInList(c, a, target.index);
    if (target.kind !== 'variable' || c.position(a).repetition === null) continue;
    const terms = bitTerms(a.value);
    // `n <<= 8; n += byte`: the two halves of a step in two statements.
    if (isOperation(a.value, 'shl') && a.compound === 'shl' && (constantOf(c, a.value.operands[1]) ?? 0) >= 4 && startsAtZero(c, target.variable) && joinedApart(c, a, target.variable)
      && !(bitsOf(c, a, constantOf(c, a.value.operands[1])!) <= 31) && !unsignedLater(c, target.variable) && !hashing(c, a) && !mixesBits(c, a) && !signed(c, a)) {
      yield { at: a, message: `${c.text(a)} keeps 32 bits: from the value 2^31 on ${c.variable(target.variable).name} is negative, and what is shifted beyond is lost.`, remedy: 'Multiply by a power of two instead, or end with >>> 0 when 32 bits are enough.' };
      continue;
    }
    if (terms.length !== 2) continue;
    const shifted = terms.find(t => isOperation(t, 'shl'));
    if (!shifted || !isOperation(shifted, 'shl')) continue;
    const [operand, count] = shifted.operands;
    const width = constantOf(c, count);
    const own = (e: Expression): boolean => e.kind === 'variable' && e.variable === target.variable;
    const horner = own(operand) && width !== null && width >= 3 && startsAtZero(c, target.variable);
    const stepped = countVariable(c, count);
    const growing = !own(operand) && terms.some(own) && width === null && stepped !== null && steppedInLoop(c, stepped, a, stepped !== (count.kind === 'variable' ? count.variable : -1)) && !bounded(c, a, count) && !boundedSomewhere(c, a, stepped) && a.value.type.kind !== 'bigint';
    if (!horner && !growing) continue;
    if (horner && bitsOf(c, a, width) <= 31) continue;
    if (unsignedLater(c, target.variable) || hashing(c, a) || mixesBits(c, a) || signed(c, a)) continue;
    yield { at: a, message: `${c.text(a)} keeps 32 bits: from the value 2^31 on ${c.variable(target.variable).name} is negative, and what is shifted beyond is lost.`, remedy: 'Multiply by a power of two instead, or end with >>> 0 when 32 bits are enough.' };
  }
  for (const call of c.calls()) {
    const literal = call.arguments[0] && calledName(c, call) === 'reduce' ? resolve(c, call.arguments[0]) : null;
    if (literal?.kind !== 'function') continue;
    const fn = c.program.functions[literal.function];
    const result = soleResult(fn);
    const parameter = (e: Expression, i: number): boolean => e.kind === 'variable' && e.variable === fn.parameters[i]?.variable;
    const shifted = result ? bitTerms(result).find(t => isOperation(t, 'shl') && (parameter(t.operands[0], 0) && (constantOf(c, t.operands[1]) ?? 0) >= 4 || bitTerms(result).some(o => parameter(o, 0)) && byIndex(c, t.operands[1], e => parameter(e, 2)))) : undefined;
    if (!shifted || !isOperation(shifted, 'shl') || madeUnsigned(c, call) || hashing(c, call) || bitTerms(result!).length !== 2) continue;
    const parent = c.parent(call);
    if (parent && isOperation(parent, 'ushr', 'bitand', 'bitor')) continue;
    yield { at: shifted, message: `${c.text(shifted)} keeps 32 bits: from the value 2^31 on the result is negative.`, remedy: 'Multiply by a power of two instead, or end with >>> 0 when 32 bits are enough.' };
  }
}

/** `words[k] |= byte << (8 * i)` with a count that grows beyond the word, unless each four bytes have a word of their own. */
function* gatheredInList(c: HazardContext, a: Assignment, index: Expression): Generator<Detection> {
  const shifted = a.compound === 'bitor' || a.compound === 'add' ? bitTerms(a.value).find(t => isOperation(t, 'shl')) : undefined;
  if (!shifted || !isOperation(shifted, 'shl') || hashing(c, a) || mixesBits(c, a)) return;
  const count = resolve(c, shifted.operands[1]);
  const stepped = isOperation(count, 'mul') ? countVariable(c, count) : null;
  if (stepped === null || !steppedInLoop(c, stepped, a, true) || boundedAbove(c, a, count) || (c.fact(count)?.evidence && c.fact(count)!.hi < 32)) return;
  const perWord = (e: Expression): boolean => isOperation(e, 'shr', 'ushr') && constantOf(c, e.operands[1]) === 2 || isOperation(e, 'div') && constantOf(c, e.operands[1]) === 4;
  if ([...within(c, index, childrenOf)].some(e => perWord(resolve(c, e)))) return;
  yield { at: a, message: `${c.text(shifted)} shifts by ${c.text(shifted.operands[1])} modulo 32: from the fifth byte on, bytes land on those before them.`, remedy: 'Take four bytes to a word, or multiply by 2 ** n.' };
}

/** Eight bits, or so, times the index of the element. */
function byIndex(c: HazardContext, count: Expression, index: (e: Expression) => boolean): boolean {
  const value = resolve(c, count);
  return isOperation(value, 'mul') && value.operands.some(index) && value.operands.some(o => (constantOf(c, o) ?? 0) >= 4);
}

/** The operands of a chain of | and +. An exclusive or is the mark of a checksum and no part of it. */
function bitTerms(e: Expression): Expression[] {
  return isOperation(e, 'bitor', 'add') && e.operands.length === 2 ? e.operands.flatMap(bitTerms) : [e];
}

/** The variable that a count grows with: `shift`, `7 * i`, `7 * i++`. */
function countVariable(c: HazardContext, count: Expression): number | null {
  if (count.kind === 'variable') return count.variable;
  if (count.kind === 'assign') return count.target.kind === 'variable' ? count.target.variable : null;
  if (!isOperation(count, 'mul')) return null;
  const factor = count.operands.find(o => (constantOf(c, o) ?? 0) >= 4);
  const index = count.operands.find(o => o !== factor);
  return factor && index ? countVariable(c, index) : null;
}

/** In the same round something is added to, or set in, what has been shifted. */
function joinedApart(c: HazardContext, shift: Expression, variable: number): boolean {
  return c.definitions(variable).some(d => d.kind === 'value' && d.assignment !== null && d.assignment !== shift && (d.compound === 'add' || d.compound === 'bitor') && c.position(d.assignment).repetition === c.position(shift).repetition);
}

function startsAtZero(c: HazardContext, variable: number): boolean {
  return c.definitions(variable).some(d => d.kind === 'value' && d.compound === null && d.assignment === null && constantOf(c, d.value) === 0);
}

function steppedInLoop(c: HazardContext, variable: number, at: Expression, multiplied: boolean): boolean {
  return c.definitions(variable).some(d => d.kind === 'value' && d.compound === 'add' && d.assignment !== null && c.position(d.assignment).repetition === c.position(at).repetition && isOperation(d.value, 'add') && (constantOf(c, d.value.operands[1]) ?? 0) > (multiplied ? 0 : 1));
}

/** A comparison in the same function that stops the shift count: `if (shift > 28) throw`, `while (shift < 32)`. */
function boundedSomewhere(c: HazardContext, at: Expression, variable: number): boolean {
  const repetition = c.position(at).repetition;
  const ownTest = repetition?.kind === 'loop' && repetition.loop.kind === 'loop' && !(c.facts.trips[repetition.loop.start]?.hi <= 8) && lengthTest(repetition.loop.test) ? repetition.loop.test : null;
  return ['lt', 'le', 'gt', 'ge', 'eq', 'ne'].some(operator => c.operations(operator).some(t => t !== ownTest && !t.operands.some(o => wideLimit(c, o)) && c.position(t).function === c.position(at).function && t.operands.some(o => o.kind === 'variable' && o.variable === variable)));
}

/** Five groups of seven bits make 35: a limit above says that the number has more bits than a word. */
function wideLimit(c: HazardContext, e: Expression): boolean {
  const k = constantOf(c, e);
  return k !== null && k > 35 && k <= 128;
}

/** A condition that holds there keeps the count within a word. */
function bounded(c: HazardContext, at: Expression, count: Expression): boolean {
  return boundedAbove(c, at, count) && !relationsOf(c, at, count).some(r => (r.operator === 'lt' || r.operator === 'le') && wideLimit(c, r.right));
}

/** `i < bytes.length`: as many as there are. */
function lengthTest(test: Expression | null): boolean {
  return test !== null && isOperation(test, 'lt', 'gt', 'ne') && test.operands.some(o => o.kind === 'property' && o.name === 'length');
}

/** Bits gathered in all rounds of the loop; Infinity when their number has no bound. */
function bitsOf(c: HazardContext, at: Expression, width: number): number {
  const repetition = c.position(at).repetition;
  if (repetition?.kind !== 'loop') return Infinity;
  const trips = c.facts.trips[repetition.loop.start];
  if (trips && trips.hi < 64) return trips.hi * width;
  // A count of bytes that is a parameter: the caller knows.
  const test = repetition.loop.kind === 'loop' ? repetition.loop.test : null;
  return test && isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => { const v = resolve(c, o); return v.kind === 'variable' && c.variable(v.variable).kind === 'parameter'; }) && width < 8 ? 0 : Infinity;
}

function unsignedLater(c: HazardContext, variable: number): boolean {
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'ushr', 'bitxor', 'bitand', 'shr'); })
    || c.definitions(variable).some(d => d.kind === 'value' && d.assignment !== null && isOperation(d.value, 'ushr', 'bitxor', 'bitand'));
}
