import type { Expression, Operation } from '../program';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { replacement, wrapping } from './matching/edits';
import { calledName } from './matching/accumulation';
import { boundedAbove, mentionedInGuard } from './matching/guards';
import { unsignedBound } from './matching/halves';
import { mixesBits } from './matching/integers';
import { enclosingNames, functionName, hashWords, nameOf, receiverName, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, soleResult, within } from './matching/structure';
import { usesOf } from './matching/usage';

export const shiftOverflow: Hazard = {
  id: 'shift-overflow',
  * detect(c) {
    for (const operator of ['shl', 'shr', 'ushr'] as const) {
      for (const e of c.operations(operator)) {
        const count = constantOf(c, e.operands[1]);
        if (count !== null && count >= 32 && e.type.kind !== 'bigint') yield byThirtyTwo(c, e, operator, count);
        else if (count === null && reaches32(c, e)) yield { at: e, message: `The count ${c.text(e.operands[1])} reaches ${c.fact(e.operands[1])!.hi}, and JavaScript takes shift counts modulo 32.`, remedy: 'Divide or multiply by 2 ** n instead.' };
        else if (operator === 'shl' && count !== 24) yield* unknownCount(c, e);
      }
    }
    yield* signBit(c);
    yield* gathered(c);
    yield* drained(c);
    yield* negativeIndex(c);
  },
};

/** A count that a loop takes to 32 and beyond: `n >> (i * 8)` for eight bytes. */
function reaches32(c: HazardContext, e: Operation): boolean {
  const fact = c.fact(e.operands[1]);
  return fact !== null && fact.evidence && fact.hi >= 32 && fact.hi <= 128 && fact.lo >= 0 && e.type.kind !== 'bigint' && (isOperation(resolve(c, e.operands[1]), 'mul') || fact.hi < 64 && isOperation(e, 'shr', 'ushr') && constantOf(c, e.operands[0]) === null && ['variable', 'property'].includes(e.operands[0].kind)) && !hashing(c, e);
}

function byThirtyTwo(c: HazardContext, e: Operation, operator: string, count: number): Detection {
  const token = operator === 'shl' ? '<<' : operator === 'shr' ? '>>' : '>>>';
  const operand = c.source(e.operands[0]);
  return {
    at: e, severity: 'error',
    message: `${c.text(e)} shifts by ${count % 32}, not by ${count}: JavaScript takes shift counts modulo 32.`,
    remedy: operator === 'shl' ? `Multiply by 2 ** ${count}.` : `Write Math.floor(… / 2 ** ${count}).`,
    fixes: e.end - e.start < 200 && token ? [replacement(c, e, operator === 'shl' ? `(${operand} * 2 ** ${count})` : `Math.floor(${operand} / 2 ** ${count})`, `Use 2 ** ${count}`, false)] : [],
  };
}

/** Bytes or groups of bits shifted into one number, round after round: `n = (n << 7) | (byte & 127)`, `n |= (byte & 127) << shift`, `parts.reduce((n, p) => (n << 8) + p, 0)`. */
function* gathered(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    const target = a.target;
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
    const growing = !own(operand) && terms.some(own) && width === null && stepped !== null && steppedInLoop(c, stepped, a, stepped !== (count.kind === 'variable' ? count.variable : -1)) && !boundedAbove(c, a, count) && !boundedSomewhere(c, a, stepped);
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

/** `list[(hash >> 3) % list.length]` of a hash that was made unsigned: the shift makes it signed again, and the index negative. */
function* negativeIndex(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('shr')) {
    const fact = c.fact(e.operands[0]);
    if (!fact?.evidence || fact.lo < 0 || fact.hi < 2 ** 31 || fact.hi >= 2 ** 32) continue;
    const user = c.parent(e);
    if (!user || !(isOperation(user, 'rem') && user.operands[0] === e || user.kind === 'index' && user.index === e)) continue;
    yield { at: e, message: `${c.text(e)} is negative when ${c.text(e.operands[0])} is 2^31 or more, and so is ${c.text(user)}.`, remedy: 'Shift with >>>.' };
  }
}

/** `v >>= 8` for each of eight bytes: after four rounds nothing of the upper half has come, only copies of the sign or zeros. */
function* drained(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    if (!isOperation(a.value, 'shr', 'ushr')) continue;
    const own = a.target.kind === 'variable' && a.value.operands[0].kind === 'variable' && a.value.operands[0].variable === a.target.variable;
    const count = own || a.compound !== null ? constantOf(c, a.value.operands[1]) : null;
    const repetition = c.position(a).repetition;
    if (count === null || count < 4 || repetition?.kind !== 'loop') continue;
    const trips = c.facts.trips[repetition.loop.start];
    if (!trips || trips.lo !== trips.hi || trips.hi > 64 || trips.hi * count < 40) continue;
    yield { at: a, message: `${c.text(a)} in ${trips.hi} rounds takes ${trips.hi * count} bits from a number that has 32 in bit operations.`, remedy: 'Divide: v = Math.floor(v / 256), or take the upper half by itself.' };
  }
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
  return ['lt', 'le', 'gt', 'ge', 'eq', 'ne'].some(operator => c.operations(operator).some(t => t !== ownTest && c.position(t).function === c.position(at).function && t.operands.some(o => o.kind === 'variable' && o.variable === variable)));
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

/** Numbers that grow with every failure and are not capped in practice. */
const attempts: ReadonlySet<string> = new Set(['attempt', 'attempts', 'retry', 'retries', 'tries', 'failures', 'errors']);

/** `1 << n` used as a number 2^n, with n up to 31 or more. */
function* unknownCount(c: HazardContext, e: Operation): Generator<Detection> {
  const retries = [...enclosingNames(c, e)].some(name => /back_?off|retry_?(delay|after|time|interval)|reconnect_?(delay|time|interval)/i.test(name));
  if (constantOf(c, e.operands[0]) !== null && [...within(c, e.operands[1], childrenOf)].some(o => (wordsOf(nameOf(c, o)).some(w => attempts.has(w)) || retries) && !(isOperation(o, 'min')) && (o.kind === 'variable' || o.kind === 'property'))
    && ![...within(c, e.operands[1], childrenOf)].some(o => isOperation(o, 'min') || boundedAbove(c, e, o)) && !((c.fact(e.operands[1])?.hi ?? Infinity) < 31)) {
    yield { at: e, message: `${c.text(e)} is negative for a count of 31 and starts again at ${c.text(e.operands[0])} for 32, and nothing bounds ${c.text(e.operands[1])}.`, remedy: 'Write 2 ** n, or bound the count.' };
    return;
  }
  const entry = largestEntry(c, e.operands[1]);
  if (entry >= 32 && constantOf(c, e.operands[0]) !== null) {
    yield { at: e, severity: 'error', message: `${c.text(e)} shifts by ${entry % 32} where ${c.text(e.operands[1])} is ${entry}: JavaScript takes shift counts modulo 32.`, remedy: 'Use BigInt, 1n << BigInt(n), for flags beyond the 31st.' };
    return;
  }
  const prefix = addressMask(c, e);
  if (prefix) {
    yield { at: e, message: `${c.text(e)} has all bits set when ${c.text(prefix)} is 0, where none should be: a shift by 32 is a shift by 0.`, remedy: 'Answer the case of 0 by itself.' };
    return;
  }
  if (wideCount(c, e) && numericUse(c, e)) {
    yield { at: e, message: `${c.text(e)} is negative for a count of 31 and starts again for 32: JavaScript takes shift counts modulo 32.`, remedy: 'Multiply by 2 ** n.' };
    return;
  }
  const fact = c.fact(e.operands[1]);
  if (constantOf(c, e.operands[0]) !== 1 || !fact?.evidence || fact.hi < 31 || fact.hi > 128 || fact.lo > 31) return;
  const parent = c.parent(e);
  if (!parent || !isOperation(parent, 'mul', 'div', 'sub', 'add', 'lt', 'le', 'gt', 'ge')) return;
  yield { at: e, message: `${c.text(e)} is negative for a count of 31 and starts again at 1 for 32; ${c.text(e.operands[1])} reaches ${fact.hi}.`, remedy: 'Write 2 ** n.' };
}

/** `0xffffffff << (32 - prefix)`, `-1 << (32 - prefix)`: the prefix, unless the code keeps it from 0. */
function addressMask(c: HazardContext, e: Operation): Expression | null {
  const ones = constantOf(c, e.operands[0]);
  const count = resolve(c, e.operands[1]);
  if (ones !== -1 && ones !== 0xffffffff || !isOperation(count, 'sub') || constantOf(c, count.operands[0]) !== 32 || constantOf(c, count.operands[1]) !== null) return null;
  const prefix = count.operands[1];
  return (c.fact(prefix)?.lo ?? 0) > 0 || mentionedInGuard(c, e, prefix) ? null : prefix;
}

/** The largest number in the table of constants that the count is read from; 0 when it is no such table. */
function largestEntry(c: HazardContext, count: Expression): number {
  const value = resolve(c, count);
  if (value.kind !== 'index' && value.kind !== 'property') return 0;
  const table = resolve(c, value.object);
  const entries = table.kind === 'object' ? table.properties.filter(p => value.kind === 'index' || p.name === value.name).map(p => p.value) : table.kind === 'array' && value.kind === 'index' ? table.elements : [];
  return Math.max(0, ...entries.slice(0, 256).map(x => x ? constantOf(c, x) ?? 0 : 0));
}

/** `1 << (32 - prefix)`, `1 << (8 * bytes)`: counts that reach 31 and 32 by their form. */
function wideCount(c: HazardContext, e: Operation): boolean {
  const start = constantOf(c, e.operands[0]);
  const count = resolve(c, e.operands[1]);
  // The range of a number of as many bits as the caller says.
  if (start === 1 && !((c.fact(e.operands[1])?.hi ?? Infinity) < 31) && widthNamed(c, e.operands[1]) && /max|min|range|limit|unsigned|signed|capacity|bound/i.test(functionName(c, e) + receiverOfRange(c, e)) && !boundedAbove(c, e, e.operands[1])) return true;
  if (start === null || start <= 0 || (c.fact(e.operands[1])?.hi ?? Infinity) < 31) return false;
  if (isOperation(count, 'sub')) return constantOf(c, count.operands[0]) === 32 && constantOf(c, count.operands[1]) === null;
  return isOperation(count, 'mul') && count.operands.some(o => { const k = constantOf(c, o); return k !== null && k >= 7; }) && count.operands.some(o => constantOf(c, o) === null);
}

function widthNamed(c: HazardContext, e: Expression): boolean {
  const value = isOperation(e, 'sub') && constantOf(c, e.operands[1]) === 1 ? e.operands[0] : e;
  return /^(n_?|num_?)?(bits|bit_?(depth|width|length|size|count|s?_?per_?sample)|width|precision)$/i.test(nameOf(c, value));
}

/** `{ max: (1 << bits) - 1 }`, `const maxValue = (1 << bits) - 1`. */
function receiverOfRange(c: HazardContext, e: Expression): string {
  for (let place = e, depth = 0; depth < 3; depth++) {
    const name = receiverName(c, place);
    const parent = c.parent(place);
    if (name || !parent || !isOperation(parent, 'sub', 'neg')) return name;
    place = parent;
  }
  return '';
}

/** The power of two is a number of things: returned, added, compared; not a mask for another bit operation. */
function numericUse(c: HazardContext, e: Expression): boolean {
  let any = false;
  for (const { user, operand } of usesOf(c, e)) {
    if (user && isOperation(user, 'bitand', 'bitor', 'bitxor', 'bitnot', 'ushr', 'shl', 'shr')) return false;
    if (user && isOperation(user, 'sub', 'add') && !numericUse(c, user) && c.parent(user) !== null) return false;
    if (user === null || isOperation(user, 'mul', 'div', 'sub', 'add', 'lt', 'le', 'gt', 'ge', 'min', 'max') || user.kind === 'assign' || (operand.kind !== 'variable' && user.kind === 'call')) any = true;
  }
  return any;
}

/** b3 << 24 | b2 << 16 | … read as an unsigned number: negative when b3 ≥ 128. */
function* signBit(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('shl')) {
    const count = constantOf(c, e.operands[1]);
    if (count === null || count < 8 || count > 31) continue;
    const top = topOfChain(c, e);
    if (count < 24) { if (!halfWord(c, e, count, top)) continue; } else if (count !== 24 && !(spills(c, e, count) && decodes(c, e))) continue;
    if (madeUnsigned(c, top) || hashing(c, e) || signed(c, e)) continue;
    const fact = c.fact(e.operands[0]);
    if (fact && fact.hi <= 127 && fact.lo >= 0) continue;
    const masked = resolve(c, e.operands[0]);
    if (isOperation(masked, 'bitand') && masked.operands.some(o => (constantOf(c, o) ?? 256) < 128)) continue;
    if (!usedAsNumber(c, top)) continue;
    yield {
      at: e,
      message: `${c.text(e)} sets the sign bit when ${c.text(e.operands[0])} is 128 or more, and the result is negative.`,
      remedy: 'End the expression with >>> 0.',
      fixes: [wrapping(c, top, '(', ') >>> 0', 'Read it as unsigned', false)],
    };
  }
}

/** `(this.high << 16) | this.low` with 16 known bits in the upper half, answered as the number it is. */
function halfWord(c: HazardContext, e: Operation, count: number, top: Expression): boolean {
  if (top === e || mixesBits(c, e)) return false;
  const bound = unsignedBound(c, e.operands[0]);
  return bound !== null && Number.isFinite(bound) && bound * 2 ** count >= 2 ** 31 && bound < 2 ** 32;
}

/** The operand has more bits than fit below the sign. */
function spills(c: HazardContext, e: Operation, count: number): boolean {
  const fact = c.fact(e.operands[0]);
  return fact === null || fact.hi * 2 ** count >= 2 ** 31 || fact.lo < 0;
}

/** Inside a function that reads numbers from bytes. */
function decodes(c: HazardContext, e: Expression): boolean {
  return [...enclosingNames(c, e)].some(name => /varint|decode|uncompress|decompress|leb|unpack|read|parse/i.test(name)) && !/sign|zig/i.test([...enclosingNames(c, e)].join(' '));
}

function topOfChain(c: HazardContext, e: Expression): Expression {
  for (let top = e; ;) {
    const parent = c.parent(top);
    if (!parent || !isOperation(parent, 'bitor', 'add', 'bitxor')) return top;
    top = parent;
  }
}

function madeUnsigned(c: HazardContext, top: Expression): boolean {
  const parent = c.parent(top);
  if (parent && isOperation(parent, 'ushr', 'bitand', 'shr', 'shl', 'imul')) return true;
  if (parent?.kind === 'assign' && parent.target.kind === 'index') return true;
  const statement = c.position(top).statement;
  const variable = parent?.kind === 'assign' && parent.target.kind === 'variable' ? parent.target.variable : statement?.kind === 'declare' && statement.value === top ? statement.variable : null;
  if (variable === null) return false;
  // n < 0 ? n + 2 ** 32 : n
  if (c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'lt', 'ge') && constantOf(c, user.operands[1]) === 0; })
    && c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'add') && user.operands.some(o => constantOf(c, o) === 2 ** 32); })) return true;
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'ushr', 'bitand', 'bitxor', 'shr'); });
}

function usedAsNumber(c: HazardContext, top: Expression): boolean {
  if (/unsigned|uint|u32|toInt|parse|read|length|size|ip|crc|address|word|long|number|decode|uncompress|unpack|valueOf/i.test(functionName(c, top))) return true;
  const statement = c.position(top).statement;
  const parent = c.parent(top);
  if (parent && isOperation(parent, 'mul', 'div', 'sub', 'lt', 'le', 'gt', 'ge')) return true;
  const variable = statement?.kind === 'declare' && statement.value === top ? statement.variable : parent?.kind === 'assign' && parent.compound === null && parent.value === top && parent.target.kind === 'variable' ? parent.target.variable : null;
  if (variable === null) return false;
  return /len|length|size|offset|count|id|ip|address|timestamp|time|seq|value|num/i.test(c.variable(variable).name);
}

function signed(c: HazardContext, e: Expression): boolean {
  if (/unsigned|uint/i.test(c.function(e).name) && !/(^|[^n])signed/i.test(c.function(e).name)) return false;
  return /(^|[^u])int32|signed(?!.*unsigned)|(read|get)Int\d|i32/i.test(c.function(e).name.replace(/uint|unsigned/gi, ''));
}

function hashing(c: HazardContext, e: Expression): boolean {
  return wordsOf(c.function(e).name).some(w => hashWords.has(w) || ['color', 'colour', 'rgba', 'argb', 'abgr', 'pixel', 'hex'].includes(w));
}
