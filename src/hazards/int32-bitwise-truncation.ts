import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { replacement } from './matching/edits';
import { beyondInt32, mentionsTime } from './matching/epoch';
import { wideFlags, wideTables } from './matching/flags';
import { countWords, enclosingNames, functionName, hashWords, moneyWords, named, nameOf, receiverName, stepWords, timeWords, wordsOf } from './matching/names';
import { machineMade, mixesBits } from './matching/integers';
import { signedResults } from './matching/signs';
import { constantOf, factorsOf, isOperation, resolve, resolveDeep } from './matching/structure';
import { formatNumber } from './matching/text';
import { usesOf } from './matching/usage';
import { byteWords, shiftedWide } from './matching/wide-shifts';

const limit = 2 ** 31;

export const int32BitwiseTruncation: Hazard = {
  id: 'int32-bitwise-truncation',
  * detect(c) {
    if (machineMade(c)) return;
    yield* shiftedWide(c);
    yield* wideFlags(c);
    yield* wideTables(c);
    yield* signedResults(c);
    for (const [e, operand] of truncations(c)) {
      const reason = tooLarge(c, e, operand);
      if (!reason) continue;
      const code = `Math.trunc(${c.source(operand)})`;
      yield {
        at: e,
        message: `${c.text(e)} keeps the low 32 bits of ${c.text(operand)}, ${reason}: beyond 2^31 the result is another number.`,
        fixes: [replacement(c, e, code, 'Use Math.trunc', false)],
      };
    }
    // (a | b) === 0, (a & b) === a as tests of whole numbers are the same loss.
    for (const operator of ['eq', 'ne'] as const) {
      for (const e of c.operations(operator)) {
        const [a, b] = e.operands;
        const bits = resolve(c, a);
        if (!isOperation(bits, 'bitor', 'bitxor') || constantOf(c, b) !== 0 || bits.operands.some(o => constantOf(c, o) !== null)) continue;
        const wide = orOperands(bits).find(o => beyondInt32(c, o) || wideTime(c, o) || o.kind === 'property' && wordsOf(o.name).some(w => w === 'size' || w === 'filesize') && !((c.fact(o)?.hi ?? Infinity) < limit));
        if (wide) yield { at: e, message: `${c.text(e)} looks at the low 32 bits of ${c.text(wide)} only.`, remedy: 'Compare each number with 0 instead.' };
      }
    }
  },
};

/** `x | 0`, `~~x`, `x >> 0`, `x << 0`, `x ^ 0`: bit operators used to drop the fraction. */
function* truncations(c: HazardContext): Generator<[Operation, Expression]> {
  for (const operator of ['bitor', 'shr', 'shl', 'bitxor']) {
    for (const e of c.operations(operator)) {
      if (constantOf(c, e.operands[1]) === 0) yield [e, e.operands[0]];
      else if ((operator === 'bitor' || operator === 'bitxor') && constantOf(c, e.operands[0]) === 0) yield [e, e.operands[1]];
    }
  }
  for (const e of c.operations('bitnot')) if (isOperation(e.operands[0], 'bitnot')) yield [e, e.operands[0].operands[0]];
}

const wideWords: ReadonlySet<string> = new Set([...timeWords, 'value', 'val', 'number', 'num', 'nanoseconds', 'microseconds', 'big', 'long', 'amount', 'total', 'x', 'input']);

function tooLarge(c: HazardContext, e: Operation, operand: Expression): string | null {
  const fact = c.fact(operand);
  // What fits 32 unsigned bits is read as signed on purpose: `0x8f1bbcdc | 0`, `words[i] | 0`.
  if (fact && fact.lo >= -limit && (fact.hi < limit || (fact.integer && fact.hi < 2 ** 32))) return null;
  const around = c.parent(e);
  if (around?.kind === 'call' && calledName(c, around) === 'BigInt' && !(fact && fact.lo >= -limit && fact.hi < limit)) return 'which is about to become a BigInt of any size';
  // The high half of a negative number: −1 / 2^32 is cut to 0, not to −1.
  const quotient = resolve(c, operand);
  if (isOperation(quotient, 'div') && constantOf(c, quotient.operands[1]) === 2 ** 32 && !((c.fact(quotient.operands[0])?.lo ?? -1) >= 0) && [...enclosingNames(c, e)].some(n => /(^|[^u])int64|signed64|sint64|i64/i.test(n) && !/uint/i.test(n))) return 'whose fraction is cut towards 0, which is wrong for negative numbers';
  // (n / 2^32) | 0 is the upper half of n.
  const by = isOperation(quotient, 'div') ? c.fact(quotient.operands[1]) : null;
  if (by && by.lo === 2 ** 32 && by.hi === 2 ** 32) return null;
  // ~~(Date.now() / 1000): whatever is done with it, the whole number was asked for here.
  if (isOperation(quotient, 'div') && constantOf(c, quotient.operands[1]) === 1000 && beyondInt32(c, quotient.operands[0]) && !mixesBits(c, e) && ![functionName(c, e), receiverName(c, e)].some(n => wordsOf(n).some(w => hashWords.has(w)))) return 'a time in seconds since 1970, which passes 2^31 in January 2038';
  if (isOperation(quotient, 'div') && constantOf(c, quotient.operands[1]) === 1000 && named(c, quotient.operands[0], new Set(['msec', 'ms', 'msecs'])) && /utc|gmt|zulu|epoch|unix|date|stamp/i.test(functionName(c, e)) && returned(c, e)) return 'a time in seconds since 1970, which passes 2^31 in January 2038';
  // new Date(x | 0)
  if (around?.kind === 'new' && around.name === 'Date' && around.arguments.length === 1 || around?.kind === 'call' && calledName(c, around) === 'setTime') return 'a time in milliseconds';
  if (intendsWrap(c, e, operand) || small32(c, operand) || wordSum(c, quotient)) return null;
  // (amount * unit) | 0
  if (isOperation(quotient, 'mul') && quotient.operands.some(o => named(c, o, moneyWords)) && !(fact && fact.hi < limit) && !index(c, e)) return 'an amount in its smallest unit, which passes 2^31 at 21 million of hundredths';
  if (fact?.evidence && Number.isFinite(fact.hi) && fact.hi >= limit) return `which reaches ${formatNumber(fact.hi)}`;
  if (fact?.evidence && Number.isFinite(fact.lo) && fact.lo < -limit) return `which reaches ${formatNumber(fact.lo)}`;
  if (beyondInt32(c, operand) || quotient.kind === 'new' && quotient.name === 'Date') return 'a time in milliseconds';
  if (byteCount(c, e, operand)) return 'a count of bytes, which passes 2^31 with 2 GiB';
  const value = resolve(c, operand);
  // n / 10 | 0: the digits of a number, of which nobody says how many they are.
  if (isOperation(value, 'div') && value.operands[0].kind === 'variable' && c.variable(value.operands[0].variable).kind === 'parameter' && !(fact && fact.hi < limit) && (constantOf(c, value.operands[1]) === 10 || (p => isOperation(p, 'pow') && constantOf(c, p.operands[0]) === 10)(resolve(c, value.operands[1]))) && !index(c, e)) return 'a number with any count of digits';
  // hi * 2 ** 32 + lo
  if (isOperation(value, 'add') && value.operands.some(o => { const part = resolve(c, o); return isOperation(part, 'mul') && part.operands.some(x => (constantOf(c, x) ?? 0) >= 2 ** 31); })) return 'which is put together from two words';
  // A delay that grows with each attempt, capped by nothing but a setting.
  if (isOperation(value, 'min') && value.operands.every(o => constantOf(c, o) === null) && value.operands.some(o => mentionsTime(c, o) || named(c, o, new Set(['delay', 'timeout', 'wait', 'backoff'])))) return 'a time in milliseconds that has no limit but another one';
  if (isOperation(value, 'div') && beyondInt32(c, value.operands[0])) return 'a time in seconds since 1970, which passes 2^31 in January 2038';
  if (textOfAnySize(c, e, value)) return 'parsed from text of any size';
  if (index(c, e)) return null;
  // ~~(v / step + 0.5) * step
  const parts = isOperation(value, 'add', 'sub') ? value.operands.map(o => resolve(c, o)) : [value];
  if (parts.some(p => isOperation(p, 'div') && wordsOf(nameOf(c, p.operands[1])).some(w => stepWords.has(w)) && constantOf(c, p.operands[1]) === null && !((c.fact(p.operands[0])?.hi ?? Infinity) < limit))) return 'a quotient by a step of any size';
  // this.value: the number that an object of a class wraps.
  if (value.kind === 'property' && value.object.kind === 'opaque' && value.object.reason === 'this' && /^_?(value|amount|total)$/.test(value.name) && returned(c, e)) return 'about whose size nothing is known';
  if (value.kind === 'variable' && c.variable(value.variable).kind === 'parameter') {
    // A place on a screen or in a grid.
    if (/^_?x\d?$/i.test(c.variable(value.variable).name) && c.program.functions[c.variable(value.variable).owner].parameters.some(p => /^_?y\d?$/i.test(c.variable(p.variable).name))) return null;
    // It was cut to 32 bits before: num >>>= 7.
    if (c.definitions(value.variable).some(d => d.kind === 'value' && isOperation(d.value, 'ushr', 'shr', 'bitand'))) return null;
    // round(value, digits): digits are few.
    if (/^(precision|digits?|decimals?|places|dp|scale|exp(onent)?|radix|base|index|count|len(gth)?|mode)$/i.test(c.variable(value.variable).name) && c.function(e).parameters.length > 1) return null;
    // A parameter of a general numeric function: whatever callers pass.
    if (/^(round|ceil|floor|trunc|truncate|to_?int|toInteger|int|integer|fix|idiv|intDiv|div)$/i.test(functionName(c, e))) return 'about whose size nothing is known';
    return named(c, value, wideWords) || c.function(e).parameters.length === 1 ? (!/isInt|integer|whole|trunc|toInt|floor/i.test(functionName(c, e)) && named(c, value, countWords) && !named(c, value, wideWords) ? null : 'about whose size nothing is known') : null;
  }
  if (fact?.evidence !== true && (isOperation(value, 'add', 'sub') ? value.operands.some(term => passesEarly(c, resolve(c, term), 1e8)) : passesEarly(c, value, 1e6))) return 'which passes 2^31 early';
  if (isOperation(value, 'div', 'add', 'mul') && (returned(c, e) || isOperation(c.parent(e) ?? e, 'div')) && /^(round|ceil|floor|trunc|truncate|to_?int|toInteger|int|integer|idiv|int_?div(ide)?|div|quotient|quot|floor_?div(ide)?|div_?floor|truncate_?decimals?|to_?fixed)$/i.test(functionName(c, e)) && value.operands.some(o => o.kind === 'variable' && c.variable(o.variable).kind === 'parameter')) return 'about whose size nothing is known';
  if ((isOperation(value, 'div', 'mul', 'sub', 'add', 'plus', 'rem') || value.kind === 'call') && mentionsTime(c, value)) return 'a time in milliseconds or a product of one';
  if (value.kind === 'call' && /^(Number|parseFloat)$/.test(calledName(c, value))) return 'parsed from text of any size';
  return null;
}

/** A product whose constants, those of small helper functions included, are so large that a few hundreds of the rest pass 2^31. Degrees are 180 at most. */
function passesEarly(c: HazardContext, value: Expression, least: number): boolean {
  let scale = 1;
  const rest: Expression[] = [];
  const take = (e: Expression, inverted: boolean, depth: number): void => {
    for (const factor of factorsOf(c, e)) {
      const flipped = factor.inverted !== inverted;
      const k = constantOf(c, factor.value);
      const inner = depth > 0 && factor.value.kind === 'call' ? resolveDeep(c, factor.value) : factor.value;
      if (k !== null && k !== 0) scale *= flipped ? 1 / k : k;
      else if (inner !== factor.value && isOperation(inner, 'mul', 'div')) take(inner, flipped, depth - 1);
      else if (!flipped) rest.push(factor.value);
    }
  };
  take(value, false, 3);
  if (!isOperation(value, 'mul', 'div') || rest.length !== 1 || !(Math.abs(scale) >= least) || !['variable', 'property'].includes(rest[0].kind) && !(rest[0].kind === 'index' && Math.abs(scale) >= 1e8)) return false;
  const fact = c.fact(rest[0]);
  const bound = wordsOf(nameOf(c, rest[0])).some(w => /^(lat|lng|lon|latitude|longitude|deg|degrees)$/.test(w)) ? 180 : Infinity;
  return !(Math.min(bound, fact ? Math.max(Math.abs(fact.lo), Math.abs(fact.hi)) : Infinity) * Math.abs(scale) < limit);
}

/** Sizes of files and positions in them: by the name of the number, or of the function that formats or checks it. */
function byteCount(c: HazardContext, e: Operation, operand: Expression): boolean {
  const value = resolve(c, operand);
  if (value.kind !== 'variable' && value.kind !== 'property') return false;
  // (value / 2^32) | 0 of a signed 64-bit number is in `tooLarge`; here only whole operands.
  const words = wordsOf(nameOf(c, operand));
  const formats = [...enclosingNames(c, e)].some(name => /format_?(file_?)?size|size_?format|(file|byte|human)_?size|format_?bytes|pretty_?bytes|humanize/i.test(name));
  if (formats) return true;
  const refused = c.parent(e);
  // offset !== (offset | 0): a check that refuses what is beyond 2 GiB.
  if (refused && isOperation(refused, 'ne') && words.some(w => w === 'offset' || w === 'position' || w === 'pos' || w === 'length' || byteWords.has(w))) return true;
  return words.some(w => w === 'bytes' || w === 'filesize') && !index(c, e);
}

/** Digits cut from a text (a match, a split, an attribute) for a quantity that outgrows 31 bits: a size in bytes, a time. */
function textOfAnySize(c: HazardContext, e: Operation, value: Expression): boolean {
  if ([...c.guards(e)].some(g => g.truth && /index/i.test(c.source(g.test)))) return false;
  const text = value.type.kind === 'string' || (value.kind === 'index' && /match|exec|split|parts|fields|cols|columns|tokens/i.test(c.source(resolve(c, value.object)).slice(0, 200) + nameOf(c, value.object)));
  if (!text) return false;
  let outer: Expression = e;
  for (let parent = c.parent(outer); parent && isOperation(parent, 'mul', 'add'); parent = c.parent(parent)) outer = parent;
  return [receiverName(c, outer), nameOf(c, value)].some(name => wordsOf(name).some(w => outgrowing.has(w)));
}

const outgrowing: ReadonlySet<string> = new Set([...timeWords, 'size', 'bytes', 'filesize', 'total', 'id', 'blocks', 'inode', 'uid', 'serial', 'nonce']);

/** (a + b) | 0 of 32-bit integers: 32-bit arithmetic, which wraps. */
function wordSum(c: HazardContext, e: Expression): boolean {
  return isOperation(e, 'add', 'sub') && e.operands.every(o => (f => f !== null && f.integer && f.lo >= -limit && f.hi < 2 ** 32)(c.fact(o))) && e.operands.some(o => isOperation(resolve(c, o), 'bitor', 'bitand', 'bitxor', 'shl', 'shr', 'ushr', 'bitnot', 'imul') || resolve(c, o).kind === 'index');
}

/** Hashes, generators and coded integers want exactly the low 32 bits. */
function intendsWrap(c: HazardContext, e: Operation, operand: Expression): boolean {
  const value = resolve(c, operand);
  if (isOperation(value, 'imul', 'shl', 'shr', 'ushr', 'bitxor', 'bitand', 'bitor', 'bitnot')) return true;
  if (isOperation(value, 'mul', 'add', 'sub') && value.operands.some(o => isOperation(resolve(c, o), 'imul', 'shl', 'shr', 'ushr', 'bitxor', 'bitand', 'bitor'))) return true;
  const fn = c.function(e);
  if (mixesBits(c, e)) return true;
  // h = (31 * h + x) | 0, also as the answer of a reducer. What is taken times 10 is a number in decimal digits.
  const step = c.parent(e);
  const own = step?.kind === 'assign' && step.target.kind === 'variable' && c.position(e).repetition !== null ? step.target.variable : step === null && c.position(e).repetition?.kind === 'callback' ? fn.parameters[0]?.variable : undefined;
  if (own !== undefined && isOperation(value, 'add', 'sub') && value.operands.some(o => isOperation(o, 'mul') && o.operands.some(x => x.kind === 'variable' && x.variable === own) && o.operands.some(x => (k => k !== null && Number.isInteger(k) && k !== 10)(constantOf(c, x))))) return true;
  if (wordsOf(fn.name).some(w => hashWords.has(w)) || wordsOf(nameOf(c, operand)).some(w => hashWords.has(w))) return true;
  const uses = [...usesOf(c, e)].filter(({ user }) => user !== e);
  for (const { user } of uses) {
    if (user?.kind === 'operation' && ['bitxor', 'imul', 'ushr', 'shl', 'bitand', 'bitor'].includes(user.operator)) return true;
    // (x | 0) === x asks whether x is a 32-bit integer: right as the test of a fast path, wrong as a test for integers of any size.
    if (user?.kind === 'operation' && (user.operator === 'eq' || user.operator === 'ne') && (c.parent(e) === user || uses.length === 1) && !byteCount(c, e, operand) && (/int32|integer32/i.test(fn.name) || !/isInt|integer|whole/i.test(fn.name) && ![...c.guards(e)].some(g => /'integer'|"integer"|isInt|'int'|"int"/.test(c.source(g.test))))) return true;
    if (user?.kind === 'assign' && user.target.kind === 'variable' && wordsOf(c.variable(user.target.variable).name).some(w => hashWords.has(w))) return true;
    if (user?.kind === 'assign' && user.target.kind === 'index' && user.target.object.type.kind === 'typedArray') return true;
  }
  return /^(hash|h)\d?$/.test(nameOf(c, operand));
}

/** The value is what the function answers. */
function returned(c: HazardContext, e: Expression): boolean {
  return c.parent(e) === null && c.position(e).statement?.kind === 'return';
}

/** Used as an index, or computed from lengths and counts. */
function index(c: HazardContext, e: Operation): boolean {
  for (const { user, operand } of usesOf(c, e)) if (user?.kind === 'index' && user.index === operand) return true;
  return false;
}

function wideTime(c: HazardContext, e: Expression): boolean {
  const fact = c.fact(e);
  return (named(c, e, timeWords) || wordsOf(nameOf(c, e)).some(w => /^(year|month|week|day|hour|nanosecond|microsecond)s$/.test(w))) && !(fact && fact.lo >= -limit && fact.hi < limit);
}

/** Milliseconds divided by a second or more: 31 bits until 2038. A remainder is as small as its divisor, which is not known here. Middles of indices fit too. */
function small32(c: HazardContext, operand: Expression): boolean {
  const value = resolve(c, operand);
  // The middle of two indices.
  if (isOperation(value, 'div') && constantOf(c, value.operands[1]) === 2 && isOperation(resolve(c, value.operands[0]), 'add')) return true;
  if (isOperation(value, 'rem')) return true;
  // Seconds since 1970 pass 2^31 in January 2038; days and hours do not.
  if (isOperation(value, 'div') && beyondInt32(c, value.operands[0])) return (constantOf(c, value.operands[1]) ?? 0) > 1000;
  return isOperation(value, 'div') && (constantOf(c, value.operands[1]) ?? 0) >= 1000;
}

function orOperands(e: Expression): Expression[] {
  return isOperation(e, 'bitor', 'bitxor') ? e.operands.flatMap(orOperands) : [e];
}
