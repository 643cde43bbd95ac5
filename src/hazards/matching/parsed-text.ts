import type { Expression, ValueType } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { listOf } from './list-elements';
import { nameOf, wordsOf } from './names';
import { unpacked } from './patterns';
import { isOperation, resolve, soleResult } from './structure';

/**
 * The text that a number was read from by `Number`, `parseFloat` or a unary plus, and which may be no number: then the number is NaN. Followed through locals, small helper functions,
 * elements of lists made by `map(Number)` and the fields of records made by `map`. Null when it was not read from text, or from one that is a number by construction.
 */
export function parsedFrom(c: HazardContext, e: Expression, depth = 5): Expression | null {
  if (depth === 0) return null;
  const value = unpacked(c, e);
  if (isOperation(value, 'plus')) return given(value.operands[0].type) && !numeric(c, value.operands[0]) && outside(c, value.operands[0]) ? value.operands[0] : null;
  if (value.kind === 'call') {
    const argument = value.arguments[0];
    if (value.callee.kind === 'library' && argument && /^(Number|parseFloat|Number\.parseFloat)$/.test(value.callee.name)) return given(argument.type) && !numeric(c, argument) ? argument : null;
    const result = value.callee.kind === 'local' ? soleResult(c.program.functions[value.callee.function]) : null;
    return result ? parsedFrom(c, result, depth - 1) : null;
  }
  if (value.kind === 'property') {
    const list = listOf(c, value.object);
    const made = list ? mappedTo(c, list) : null;
    const record = made ? resolve(c, made) : null;
    const field = record?.kind === 'object' ? record.properties.find(p => p.name === value.name) : undefined;
    return field ? parsedFrom(c, field.value, depth - 1) : null;
  }
  const list = listOf(c, value);
  return list ? parsedElements(c, list, depth - 1) : null;
}

/** The text behind the elements of a list of numbers. A `filter` on the way has taken out what is no number. */
function parsedElements(c: HazardContext, list: Expression, depth: number): Expression | null {
  const value = resolve(c, list);
  if (value.kind !== 'call') return pushed(c, list, depth);
  const name = calledName(c, value);
  const receiver = receiverOf(value);
  if (/^(slice|sort|toSorted|reverse|toReversed)$/.test(name)) return receiver ? parsedElements(c, receiver, depth) : null;
  const source = name === 'from' ? value.arguments[0] : receiver;
  const mapper = value.arguments.at(-1);
  if (!/^(map|flatMap|from)$/.test(name) || !source || !mapper) return null;
  if (/^(Number|parseFloat|Number\.parseFloat)$/.test(c.source(mapper))) return numericList(c, source) ? null : source;
  const made = mappedTo(c, value);
  return made ? parsedFrom(c, made, depth) : null;
}

/** What the callback of a `map` answers for each element. */
function mappedTo(c: HazardContext, list: Expression): Expression | null {
  const value = resolve(c, list);
  if (value.kind !== 'call' || !/^(map|flatMap|from)$/.test(calledName(c, value))) return null;
  const mapper = value.arguments.length > 0 ? resolve(c, value.arguments[value.arguments.length - 1]) : null;
  return mapper?.kind === 'function' ? soleResult(c.program.functions[mapper.function]) : null;
}

/** `xs.push(Number(text))`, not tested before it. */
function pushed(c: HazardContext, list: Expression, depth: number): Expression | null {
  if (list.kind !== 'variable') return null;
  for (const call of c.calls()) {
    const receiver = receiverOf(call);
    if (calledName(c, call) !== 'push' || call.arguments.length !== 1 || receiver?.kind !== 'variable' || receiver.variable !== list.variable) continue;
    const text = parsedFrom(c, call.arguments[0], depth);
    if (text && c.position(call).guard === null) return text;
  }
  return null;
}

/** May be text, or something missing. */
function given(type: ValueType): boolean {
  return type.kind === 'unknown' || type.kind === 'string' && type.literals === undefined || type.kind === 'undefined' || type.kind === 'union' && type.members.some(m => given(m));
}

/** A number by construction: digits that a pattern has picked out, the key of a table, what a number was printed as. */
function numeric(c: HazardContext, text: Expression): boolean {
  const value = unpacked(c, text);
  if (value.type.kind === 'date' || wordsOf(nameOf(c, value)).some(w => /^(date|time|timestamp)$/.test(w))) return true;
  if (value.kind === 'constant' || value.kind === 'template' || value.kind === 'new' || value.kind === 'number') return true;
  if (value.kind === 'variable' && c.definitions(value.variable).some(d => d.kind === 'element' && d.loop.kind === 'for-in')) return true;
  if (value.kind === 'call') {
    if (/^(toFixed|toPrecision|toExponential|toString|String|charCodeAt|codePointAt|getTime|valueOf|BigInt|now|replace|replaceAll)$/.test(calledName(c, value))) return true;
    const receiver = receiverOf(value);
    return receiver !== null && /^(trim|slice|substring|substr|at|pop|shift)$/.test(calledName(c, value)) && (numeric(c, receiver) || numericList(c, receiver));
  }
  const list = listOf(c, value);
  if (list && numericList(c, list)) return true;
  return value.kind === 'property' && value.object.kind !== 'opaque' ? matched(c, value.object) : value.kind === 'index' && matched(c, value.object);
}

function numericList(c: HazardContext, list: Expression): boolean {
  const value = resolve(c, list);
  return matched(c, value) || value.kind === 'call' && /^(keys|entries|getOwnPropertyNames|filter)$/.test(calledName(c, value));
}

/** The groups of a match: the pattern says what they look like. */
function matched(c: HazardContext, e: Expression, depth = 6): boolean {
  const value = unpacked(c, e);
  if (depth === 0) return false;
  if (value.kind === 'property' || value.kind === 'index') return matched(c, value.object, depth - 1);
  if (value.kind === 'logical') return matched(c, value.left, depth - 1);
  const matching = (x: Expression): boolean => x.kind === 'call' && /^(match|matchAll|exec)$/.test(calledName(c, x));
  if (value.kind === 'call') { const receiver = receiverOf(value); return matching(value) || receiver !== null && /^(slice|map|shift)$/.test(calledName(c, value)) && matched(c, receiver, depth - 1); }
  if (value.kind !== 'variable') return false;
  if (c.definitions(value.variable).some(d => d.kind === 'value' && matching(d.value))) return true;
  const list = listOf(c, value);
  return list !== null && matched(c, list, depth - 1);
}

const sources = /^(split|parse|csvParse|tsvParse|csvParseRows|tsvParseRows|csv|tsv|json|text|getAttribute|querySelector|querySelectorAll|getElementById|getItem|prompt|readFileSync|readFile|get)$/;

/** Text from outside by where it comes from: a document, a table, a message. A unary plus alone says nothing of that. */
function outside(c: HazardContext, e: Expression, depth = 8): boolean {
  const value = unpacked(c, e);
  if (value.type.kind === 'string') return true;
  if (depth === 0) return false;
  switch (value.kind) {
    case 'property': return /^(textContent|innerText|innerHTML|dataset)$/.test(value.name) || outside(c, value.object, depth - 1);
    case 'index': return outside(c, value.object, depth - 1);
    case 'call': { if (sources.test(calledName(c, value))) return true; const receiver = receiverOf(value); return receiver !== null && outside(c, receiver, depth - 1); }
    case 'logical': return outside(c, value.left, depth - 1);
    case 'opaque': return value.reason === 'await' && value.children.some(x => outside(c, x, depth - 1));
    case 'variable': { const list = listOf(c, value); return list !== null && outside(c, list, depth - 1); }
    default: return false;
  }
}
