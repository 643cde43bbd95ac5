import type { Call, Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { childrenOf } from './engine/scene';
import { calledName, receiverOf } from './matching/accumulation';
import { callbackOf } from './matching/callbacks';
import { digitPattern, otherwiseText, textWhenUnreadable } from './matching/coercions';
import { bigIntegerOf, isShort, ledgerQuantity, rewrittenInBase } from './matching/big-integers';
import { anyContent } from './matching/foreign-json';
import { columnCases, columnDecoders, columnDescriptions, columnReader } from './matching/wide-columns';
import { capturedDigits, lateReviver, typedIdentifiers } from './matching/wide-digits';
import { replacement } from './matching/edits';
import { nameOf, receiverName, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, sameValue, within } from './matching/structure';
import { usesOf } from './matching/usage';

/** Identifiers that come as text of digits and may need more than 53 bits. */
const identifiers: ReadonlySet<string> = new Set(['snowflake', 'uid', 'bigint', 'int64', 'uint64', 'long', 'nonce', 'satoshi', 'wei', 'bigserial', 'int8', 'tweet', 'guild', 'lsn', 'oid', 'nanos', 'nanoseconds']);

export const unsafeIntegerParse: Hazard = {
  id: 'unsafe-integer-parse',
  * detect(c) {
    for (const call of c.calls()) {
      const name = calledName(c, call);
      if (!['Number', 'parseInt', 'parseFloat'].includes(name) || call.arguments.length === 0) continue;
      const argument = call.arguments[0];
      const around = c.parent(call);
      if (around?.kind === 'call' && calledName(c, around) === 'BigInt' && !isShort(c, argument) && argument.type.kind !== 'number' && resolve(c, argument).kind !== 'number') {
        yield { at: call, message: `${c.text(around)} rounds to a double before BigInt sees the digits: beyond 2^53 the last ones are wrong.`, remedy: 'Give the text to BigInt.', fixes: call.kind === 'call' && call.arguments.length === 1 ? [replacement(c, call, c.source(argument), 'Give the text to BigInt', false)] : [] };
        continue;
      }
      const written = resolve(c, argument);
      const digits = written.kind === 'constant' && typeof written.value === 'string' && /^\s*[+-]?\d{16,30}\s*$/.test(written.value) && radixOf(c, call) === 10 ? BigInt(written.value.trim().replace(/^\+/, '')) : null;
      if (digits !== null && BigInt(Number(digits)) !== digits && !checked(c, call)) { yield { at: call, message: `${c.text(call)} is ${BigInt(Number(digits))}: the text has more digits than a double keeps.`, remedy: 'Use BigInt.' }; continue; }
      // parseInt(x.toFixed(0)): the text of a number, which loses nothing more.
      if (argument.type.kind === 'number' || resolve(c, argument).type.kind === 'number' || /\.(toFixed|toPrecision)\([^()]*\)$/.test(c.source(resolve(c, argument)))) continue;
      // Number(nanos % 1_000_000_000n): no text, and small.
      if (isOperation(written, 'rem', 'bitand') || written.kind === 'opaque' && written.type.kind === 'bigint') continue;
      const big = radixOf(c, call) === 10 && !checked(c, call, argument) ? bigIntegerOf(c, call, argument) : null;
      if (big) { yield tooLate(c, call, big); continue; }
      const ledger = ledgerQuantity(c, argument);
      const reason = (ledger ? `the answer of ${ledger}, counted in 10^-18 of a coin,` : null) ?? wideInteger(c, call, argument) ?? (rewrittenInBase(c, call, radixOf(c, call)) ? `an identifier (${c.source(argument)})` : null) ?? identifier(c, argument, call) ?? digitsTest(c, call, argument) ?? digitsSchema(c, argument) ?? (radixOf(c, call) === 10 && otherwiseText(c, call, argument) ? 'any text of digits' : null);
      // parseInt(wei) / 1e18: shown in whole coins, where the lost digits are far behind the point.
      if (around && isOperation(around, 'div') && around.operands[0] === call && (constantOf(c, around.operands[1]) ?? 0) >= 1e6) continue;
      if (!reason || checked(c, call) || (around && isOperation(around, 'lt', 'le', 'gt', 'ge'))) continue;
      yield { at: call, message: `${c.text(call)} rounds ${reason} of more than 15 digits to a multiple of 2 or more.` };
    }
    for (const call of c.calls()) {
      if (textWhenUnreadable(c, call) && !checked(c, call)) yield { at: call, message: `${c.text(call)} rounds a text of more than 15 digits, and the text itself is the answer only when it is no JSON.` };
      if (rewritten(c, call) && !checked(c, call)) yield { at: call, message: `${c.text(call)} rounds whole numbers of more than 15 digits, and the text is written anew from them.`, remedy: 'Format the text itself, or keep the digits of numbers (a reviver with the source text).' };
      if (besideBigInt(c, call)) yield { at: call, message: `${c.text(call)} rounds the whole numbers inside, which are kept as BigInt where they come alone.`, remedy: 'Read the digits of numbers with a reviver.' };
      const long = longDigits(c, call);
      if (long && !checked(c, call, call.arguments[0])) yield { at: call, message: `${c.text(call)} rounds ${long} to 53 bits.`, remedy: 'Use BigInt, or compute with the digits in parts.' };
      const typed = typedIdentifiers(c, call);
      if (typed && !checked(c, call)) yield { at: call, message: `${c.text(call)} rounds ${typed}, an identifier of 64 bits: beyond 2^53 its last digits change.`, remedy: 'Have such identifiers sent as text, or read their digits with a reviver.' };
      const late = lateReviver(c, call);
      if (late) yield { at: late, message: `${c.text(late)} is given a number that JSON.parse has rounded already.`, remedy: 'Take the digits from the third parameter of the reviver (context.source), or have such numbers sent as text.' };
      const content = anyContent(c, call);
      if (content && !checked(c, call)) yield { at: call, message: `${c.text(call)} reads ${content}, and rounds its whole numbers beyond 2^53.`, remedy: 'Offer a reader that keeps such digits (a reviver with the source text, a JSON library with BigInt), or say that large numbers must be sent as text.' };
      const reader = columnReader(c, call);
      if (reader && !checked(c, reader)) yield { at: reader, message: `${c.text(reader)} rounds the 64-bit integers of this type beyond 2^53.`, remedy: 'Give the column to BigInt, or leave it text.' };
    }
    const columns = new Set([...columnDecoders(c), ...columnDescriptions(c), ...columnCases(c)]);
    for (const at of columns) if (!checked(c, at)) yield { at, message: `${c.text(at)} rounds the 64-bit integers of this type beyond 2^53.`, remedy: 'Give the column to BigInt, or leave it text.' };
    for (const e of c.operations('plus')) {
      const big = checked(c, e, e.operands[0]) ? null : bigIntegerOf(c, e, e.operands[0]);
      if (big) yield tooLate(c, e, big);
    }
    for (const e of [...c.operations('plus'), ...c.operations('sub').filter(o => constantOf(c, o.operands[1]) === 0), ...c.operations('mul').filter(o => constantOf(c, o.operands[1]) === 1)]) {
      const argument = e.operands[0];
      if (argument.type.kind === 'number') continue;
      const reason = digitsTest(c, e, argument) ?? digitsSchema(c, argument) ?? (argument.type.kind === 'string' ? identifier(c, argument, e) : null) ?? (otherwiseText(c, e, argument) ? 'any text of digits' : null);
      if (reason && !checked(c, e)) yield { at: e, message: `${c.text(e)} rounds ${reason} of more than 15 digits to a multiple of 2 or more.` };
    }
  },
};

function tooLate(c: HazardContext, at: Expression, big: Expression): Detection {
  return { at, message: `${c.text(at)} rounds to a double before ${c.text(big)} sees the digits: beyond 2^53 the last ones are wrong.`, remedy: 'Make the big integer of the text itself.' };
}

/** Number(id) where id was found to be a BigInt: somebody made it one because it needs more than 53 bits. */
function wideInteger(c: HazardContext, call: Expression, argument: Expression): string | null {
  if (argument.kind !== 'variable' && argument.kind !== 'property') return null;
  const text = c.source(argument);
  const tested = [...c.guards(call)].some(g => g.truth && isOperation(g.test, 'eq') && g.test.operands.some(o => isOperation(o, 'typeof') && c.source(o.operands[0]) === text) && g.test.operands.some(o => o.kind === 'constant' && o.value === 'bigint'));
  return tested && wordsOf(`${nameOf(c, argument)}`).some(w => w === 'id' || w === 'ids' || identifiers.has(w)) ? 'an integer' : null;
}

function identifier(c: HazardContext, argument: Expression, call: Expression): string | null {
  // interaction.user.id: identifiers of this library's objects have 64 bits.
  if (/\bid$/i.test(nameOf(c, argument)) && argument.kind === 'property' && c.says(/(?:from|require\() ?['"](?:discord\.js|eris|@discordjs\/|oceanic\.js)/)) return `an identifier (${c.source(argument)})`;
  for (const name of [nameOf(c, argument), nameOf(c, resolve(c, argument)), receiverName(c, call), c.function(call).name]) {
    if (/BigInt/.test(name) && /^(is|to|as)/.test(name)) continue;
    if (wordsOf(name).some(w => identifiers.has(w) && !(w === 'int8' && c.says(/\bu?int_?16\b|\buint_?8\b/i))) || /bigint|int64|snowflake|discord\w*_?ids?$|^(token|tweet|status|steam|guild)_?ids?$|(^|_)id_?str(ing)?$|Id_?[Ss]tr(ing)?$/i.test(name)) return `an identifier (${name})`;
  }
  return null;
}

/** A text that was tested to be digits, of any length: /^\d+$/.test(text). */
function digitsTest(c: HazardContext, at: Expression, argument: Expression): string | null {
  for (const guard of c.guards(at)) {
    const refused = isOperation(guard.test, 'not');
    const text = c.source(guard.test);
    if (guard.truth === refused || !text.includes(c.source(argument)) || !/test|match/.test(text)) continue;
    // The pattern may have a name: `const digits = /^\d+$/`.
    const test = isOperation(guard.test, 'not') ? guard.test.operands[0] : guard.test;
    const receiver = test.kind === 'call' && calledName(c, test) === 'test' ? receiverOf(test) : null;
    const pattern = receiver ? resolve(c, receiver) : null;
    const written = pattern?.kind === 'constant' && pattern.of === 'regexp' ? c.source(pattern) : text;
    // What may have a point is a quantity.
    if (digitPattern(written) && !/\\\./.test(written)) return 'a text of digits';
  }
  return null;
}

/** The callback of a schema that asked for digits only: `z.string().regex(/^\\d+$/).transform(Number)`, `.transform(s => Number(s))`. */
function digitsSchema(c: HazardContext, argument: Expression): string | null {
  if (argument.kind !== 'variable' || c.variable(argument.variable).kind !== 'parameter') return null;
  const call = callbackOf(c, c.variable(argument.variable).owner)?.call;
  const receiver = call && /^(transform|refine|then|pipe|preprocess|coerce)$/.test(calledName(c, call)) ? receiverOf(call) : null;
  if (!receiver) return null;
  const chain = c.source(receiver);
  return /regex|matches|pattern/i.test(chain) && /\\d[+*]|\[0-9\][+*]/.test(chain) && !/[sS]afe|\bmax\(|\{\d+(,\d+)?\}/.test(chain) ? 'a text of digits' : null;
}

/** `JSON.stringify(JSON.parse(text))` and the same over a local or a method of this file: a formatter, which is to keep what the text says. */
function rewritten(c: HazardContext, call: Call): boolean {
  if (!/^JSON\w*\.parse\(/.test(c.source(call)) || call.arguments.length !== 1 || call.arguments[0].kind !== 'variable' && call.arguments[0].kind !== 'property') return false;
  const text = resolve(c, call.arguments[0]);
  // Deep copies: JSON.parse(JSON.stringify(x)).
  if (text.kind === 'call' && calledName(c, text) === 'stringify') return false;
  const written = (user: Expression | null, operand: Expression, depth: number): boolean => {
    if (user?.kind !== 'call' || user.arguments.length === 0) return false;
    const place = user.arguments.indexOf(operand);
    if (calledName(c, user) === 'stringify') return place === 0;
    const own = depth > 0 && place >= 0 ? c.program.functions.filter(f => f.name.replace(/^.*\./, '') === calledName(c, user) && f.parameters.length > place) : [];
    return own.length === 1 && c.reads(own[0].parameters[place].variable).some(r => written(c.parent(r), r, depth - 1));
  };
  return [...usesOf(c, call)].some(({ user, operand }) => written(user, operand, 2));
}

/** In the same function the same text is given to BigInt in another case: its numbers may need it. */
function besideBigInt(c: HazardContext, call: Call): boolean {
  const text = call.arguments[0];
  if (!/^JSON\.parse\(/.test(c.source(call)) || call.arguments.length !== 1 || text.kind !== 'variable') return false;
  return c.calls().some(other => calledName(c, other) === 'BigInt' && c.position(other).function === c.position(call).function && other.arguments[0]?.kind === 'variable' && other.arguments[0].variable === text.variable);
}

/** Texts of digits that are long by what they are: an account number whose remainder by 97 is asked for, 14 and more hexadecimal digits, binary numbers of any length that are added, digits joined from a list. */
function longDigits(c: HazardContext, call: Call): string | null {
  if (!/^(Number|parseInt)$/.test(calledName(c, call)) || call.arguments.length === 0 || call.callee.kind === 'method') return null;
  const radix = radixOf(c, call);
  const text = resolve(c, call.arguments[0]);
  const user = c.parent(call);
  const cut = text.kind === 'call' && /^(slice|substr|substring)$/.test(calledName(c, text)) ? text : null;
  if (radix === 16 && cut) {
    const [from, to] = cut.arguments.map(a => constantOf(c, a));
    const digits = from !== null && from < 0 && to === undefined ? -from : from === null || to === null || to === undefined ? 0 : calledName(c, cut) === 'substr' ? to : to - from;
    return digits >= 14 ? `${digits} hexadecimal digits (${4 * digits} bits)` : null;
  }
  const captured = radix === 10 || radix === 16 ? capturedDigits(c, text) : 0;
  if (captured >= (radix === 16 ? 14 : 17)) return radix === 16 ? `${captured} hexadecimal digits (${4 * captured} bits)` : `a text of up to ${captured} digits`;
  if (radix === 16 && /(^|[a-z_])(trace|span|parent_?span)_?id$/i.test(nameOf(c, call.arguments[0]))) return '16 hexadecimal digits or more (64 bits)';
  if (radix === 16 && [nameOf(c, call.arguments[0]), text.kind === 'call' && calledName(c, text).startsWith('replace') ? nameOf(c, receiverOf(text) ?? text) : ''].some(n => wordsOf(n).some(w => w === 'uuid' || w === 'guid'))) return '32 hexadecimal digits (128 bits)';
  if (radix === 2 && text.kind === 'variable' && c.variable(text.variable).kind === 'parameter' && user && isOperation(user, 'add')) return 'a binary number of any length';
  if (radix !== 10) return null;
  if (user && isOperation(user, 'rem') && user.operands[0] === call && constantOf(c, user.operands[1]) === 97 && !cut && !/slice|substr/.test(c.source(text)) && (text.kind === 'variable' || text.kind === 'call')) return blockwise(c, call) ? null : 'an account number of up to 34 digits';
  if (text.kind === 'call' && calledName(c, text) === 'join' && text.arguments.length === 1 && text.arguments[0].kind === 'constant' && text.arguments[0].value === '') {
    const list = receiverOf(text);
    const source = list ? c.source(resolve(c, list)) : '';
    const plain = list && (list.kind === 'variable' || list.kind === 'call' && /^(reverse|map|concat)$/.test(calledName(c, list)));
    if (plain && !/match|split|slice|String\(|toString/.test(source + c.source(list)) && !((c.facts.lengths[list.id]?.hi ?? Infinity) <= 15) && /digit|num|^l\d$|^[ab]$|list|arr|plus_?one|add/i.test(`${nameOf(c, list.kind === 'call' ? receiverOf(list) ?? list : list)}`)) return 'as many digits as the list has';
  }
  return null;
}

/** The remainder is taken block after block of a text that is cut: a loop with slice or substring. */
function blockwise(c: HazardContext, call: Call): boolean {
  const fn = c.function(call);
  return /\.(slice|substr|substring)\(/.test(c.program.text.slice(fn.start, fn.end)) && /\b(while|for)\b|match\(|reduce\(/.test(c.program.text.slice(fn.start, fn.end));
}

/** The radix that parseInt is given; 10 for the functions that take none. */
function radixOf(c: HazardContext, call: Call): number | null {
  return calledName(c, call) === 'parseInt' && call.arguments[1] ? constantOf(c, call.arguments[1]) : 10;
}

/** Number.isSafeInteger, MAX_SAFE_INTEGER, BigInt (of the text, when it is given) or a limit of the text's length appears in the same function. */
function checked(c: HazardContext, at: Expression, text: Expression | null = null): boolean {
  const fn = c.function(at);
  // A random number below the largest safe integer asks nothing.
  const source = c.program.text.slice(fn.start, fn.end).replace(/random\(\) ?\* ?(Number\.)?MAX_SAFE_INTEGER/g, '');
  return /isSafeInteger|MAX_SAFE_INTEGER|9007199254740991/.test(source) || (text ? source.includes(`BigInt(${c.source(text)}`) : source.includes('BigInt(')) || [...c.guards(at)].some(g => shortText(c, g.test, at));
}

/** `text.length < 16`. The length of a list of texts says nothing of theirs. */
function shortText(c: HazardContext, test: Expression, at: Expression): boolean {
  if (!/\.length\s*[<>]=?\s*(9|1[0-9])\b/.test(c.source(test))) return false;
  const parsed = at.kind === 'call' ? at.arguments[0] : at.kind === 'operation' ? at.operands[0] : undefined;
  const value = parsed ? resolve(c, parsed) : undefined;
  const list = value?.kind === 'index' ? value.object : value?.kind === 'call' ? receiverOf(value) : null;
  return [...within(c, test, childrenOf)].some(e => e.kind === 'property' && e.name === 'length' && e.object.type.kind !== 'array' && !(list && e.object.type.kind !== 'string' && sameValue(c, list, e.object)));
}
