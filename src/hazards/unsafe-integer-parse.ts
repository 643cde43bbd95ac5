import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { replacement } from './matching/edits';
import { functionName, nameOf, wordsOf } from './matching/names';
import { isOperation, nested, resolve, soleResult } from './matching/structure';

/** Identifiers that come as text of digits and may need more than 53 bits. */
const identifiers: ReadonlySet<string> = new Set(['snowflake', 'uid', 'bigint', 'int64', 'uint64', 'long', 'nonce', 'satoshi', 'wei', 'bigserial', 'int8', 'tweet', 'guild', 'lsn', 'oid']);

export const unsafeIntegerParse: Hazard = {
  id: 'unsafe-integer-parse',
  * detect(c) {
    for (const call of c.calls()) {
      const name = calledName(c, call);
      if (!['Number', 'parseInt', 'parseFloat'].includes(name) || call.arguments.length === 0) continue;
      const argument = call.arguments[0];
      const around = c.parent(call);
      if (around?.kind === 'call' && calledName(c, around) === 'BigInt' && argument.type.kind !== 'number' && resolve(c, argument).kind !== 'number') {
        yield { at: call, message: `${c.text(around)} rounds to a double before BigInt sees the digits: beyond 2^53 the last ones are wrong.`, remedy: 'Give the text to BigInt.', fixes: call.kind === 'call' && call.arguments.length === 1 ? [replacement(c, call, c.source(argument), 'Give the text to BigInt', false)] : [] };
        continue;
      }
      if (argument.type.kind === 'number' || resolve(c, argument).type.kind === 'number') continue;
      const reason = wideInteger(c, call, argument) ?? identifier(c, argument, call) ?? digitsTest(c, call, argument) ?? digitsSchema(c, argument) ?? coercion(c, call, argument) ?? otherwiseText(c, call, argument);
      if (!reason || checked(c, call) || (around && isOperation(around, 'lt', 'le', 'gt', 'ge'))) continue;
      yield { at: call, message: `${c.text(call)} rounds ${reason} of more than 15 digits to a multiple of 2 or more.` };
    }
    for (const e of c.operations('plus')) {
      const argument = e.operands[0];
      if (argument.type.kind === 'number') continue;
      const reason = digitsTest(c, e, argument) ?? digitsSchema(c, argument) ?? (argument.type.kind === 'string' ? identifier(c, argument, e) : null) ?? otherwiseText(c, e, argument);
      if (reason && !checked(c, e)) yield { at: e, message: `${c.text(e)} rounds ${reason} of more than 15 digits to a multiple of 2 or more.` };
    }
  },
};

/** Number(id) where id was found to be a BigInt: somebody made it one because it needs more than 53 bits. */
function wideInteger(c: HazardContext, call: Expression, argument: Expression): string | null {
  if (argument.kind !== 'variable' && argument.kind !== 'property') return null;
  const text = c.source(argument);
  const tested = [...c.guards(call)].some(g => g.truth && isOperation(g.test, 'eq') && g.test.operands.some(o => isOperation(o, 'typeof') && c.source(o.operands[0]) === text) && g.test.operands.some(o => o.kind === 'constant' && o.value === 'bigint'));
  return tested && wordsOf(`${nameOf(c, argument)}`).some(w => w === 'id' || w === 'ids' || identifiers.has(w)) ? 'an integer' : null;
}

function identifier(c: HazardContext, argument: Expression, call: Expression): string | null {
  const statement = c.position(call).statement;
  const receiver = c.parent(call) === null && statement?.kind === 'declare' ? c.variable(statement.variable).name : '';
  for (const name of [nameOf(c, argument), nameOf(c, resolve(c, argument)), receiver, c.function(call).name]) {
    if (/BigInt/.test(name) && /^(is|to|as)/.test(name)) continue;
    if (wordsOf(name).some(w => identifiers.has(w)) || /bigint|int64|snowflake/i.test(name)) return `an identifier (${name})`;
  }
  return null;
}

/** A text that was tested to be digits, of any length: /^\d+$/.test(text). */
function digitsTest(c: HazardContext, at: Expression, argument: Expression): string | null {
  for (const guard of c.guards(at)) {
    const text = c.source(guard.test);
    if (guard.truth && /\\d[+*]|\[0-9\][+*]/.test(text) && text.includes(c.source(argument)) && !/\{\d+(,\d+)?\}/.test(text) && /test|match/.test(text)) return 'a text of digits';
    // A regular expression of its own name: INTEGER.test(value), isNumeric(value).
    if (guard.truth && /\b(NUMBER|NUMERIC|INTEGER|DIGITS|INT|NUM|FLOAT|DECIMAL)\w*\.test\(/i.test(text) && text.includes(c.source(argument))) return 'a text of digits';
  }
  return null;
}

/** A function that answers the number when the text looks like one and the text itself when it does not: it does so for identifiers too. */
function coercion(c: HazardContext, call: Expression, argument: Expression): string | null {
  if (argument.kind !== 'variable') return null;
  const fn = c.function(call);
  if (!/isNaN|isFinite|isNumeric/.test(c.program.text.slice(fn.start, fn.end))) return null;
  const answers: Expression[] = [];
  const sole = soleResult(fn);
  if (sole) answers.push(sole); else for (const s of nested(fn.body)) if (s.kind === 'return' && s.value) answers.push(s.value);
  const flat = answers.flatMap(a => { const v = resolve(c, a); return v.kind === 'conditional' ? [resolve(c, v.then), resolve(c, v.otherwise)] : [v]; });
  return flat.includes(call) && flat.some(v => v.kind === 'variable' && v.variable === argument.variable) ? 'any text of digits' : null;
}

/** `isNaN(text) ? text : Number(text)`, and a function that reads parameters and answers the number as soon as the text looks like one. */
function otherwiseText(c: HazardContext, at: Expression, argument: Expression): string | null {
  const text = c.source(argument);
  const looks = (test: Expression): boolean => test.kind === 'logical' ? looks(test.left) || looks(test.right) : isOperation(test, 'not') ? looks(test.operands[0]) : test.kind === 'call' && /^(isNaN|isFinite|isNumeric)$/.test(calledName(c, test)) && c.source(test).includes(text);
  const same = (e: Expression): boolean => e.kind === 'conditional' ? same(e.then) || same(e.otherwise) : c.source(e) === text;
  const choice = c.parent(at);
  if (choice?.kind === 'conditional' && choice.test !== at && (looks(choice.test) || c.source(choice.test).includes(text)) && (choice.then === at ? same(choice.otherwise) : same(choice.then))) return 'any text of digits';
  // if (isNumber(value)) value = Number(value)
  let outer: Expression | null = choice;
  while (outer?.kind === 'conditional') outer = c.parent(outer);
  if (outer?.kind === 'assign' && outer.compound === null && c.source(outer.target) === text && argument.kind === 'variable' && [...c.guards(at)].some(g => g.truth && (numericTest(c, g.test, text) || isOperation(g.test, 'not') && looks(g.test)))) return 'any text of digits';
  if (argument.kind !== 'variable' || c.parent(at) !== null || c.position(at).statement?.kind !== 'return' || !/parse|coerce|cast|convert|param|query|decode|deserial|typed/i.test(functionName(c, at))) return null;
  return [...c.guards(at)].some(g => g.truth && looks(g.test) && isOperation(g.test, 'not')) ? 'any text of digits' : null;
}

/** `isNumber(text)`, `isNumeric(text)`, alone or among other conditions that must hold. */
function numericTest(c: HazardContext, test: Expression, text: string): boolean {
  if (test.kind === 'logical' && test.operator === 'and') return numericTest(c, test.left, text) || numericTest(c, test.right, text);
  return test.kind === 'call' && /^_?(is_?(number|numeric|num|digits)|looks_?like_?(a_?)?number)$/i.test(calledName(c, test)) && test.arguments.some(x => c.source(x) === text);
}

/** The callback of a schema that asked for digits only: `z.string().regex(/^\\d+$/).transform(Number)`, `.transform(s => Number(s))`. */
function digitsSchema(c: HazardContext, argument: Expression): string | null {
  if (argument.kind !== 'variable' || c.variable(argument.variable).kind !== 'parameter') return null;
  const literal = c.scene.literals.get(c.variable(argument.variable).owner);
  const call = literal ? c.parent(literal) : null;
  const receiver = call?.kind === 'call' && /^(transform|refine|then|pipe|preprocess|coerce)$/.test(calledName(c, call)) ? receiverOf(call) : null;
  if (!receiver) return null;
  const chain = c.source(receiver);
  return /regex|matches|pattern/i.test(chain) && /\\d[+*]|\[0-9\][+*]/.test(chain) && !/[sS]afe|\bmax\(|\{\d+(,\d+)?\}/.test(chain) ? 'a text of digits' : null;
}

/** Number.isSafeInteger, MAX_SAFE_INTEGER or a length limit appears in the same function. */
function checked(c: HazardContext, at: Expression): boolean {
  const fn = c.function(at);
  const text = c.program.text.slice(fn.start, fn.end);
  return /isSafeInteger|MAX_SAFE_INTEGER|9007199254740991|BigInt\(/.test(text);
}
