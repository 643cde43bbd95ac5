import type { Call, Expression, ValueType } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { nameOf } from './names';
import { constantOf, resolve } from './structure';
import { usesOf } from './usage';

/** Texts whose digits need more than 53 bits, by what the code says of them: the pattern they were cut with, the column they come from, the type they are given. */

/** `types.setTypeParser(20, text => parseInt(text, 10))`: what reads the columns of type int8, number 20 (1016 for arrays of it), in the driver of PostgreSQL. */
export function columnReader(c: HazardContext, call: Call): Expression | null {
  if (calledName(c, call) !== 'setTypeParser' || call.arguments.length < 2) return null;
  const [column, given] = call.arguments;
  if (![20, 1016].includes(constantOf(c, column) ?? 0) && !/int_?8|bigint/i.test(nameOf(c, column))) return null;
  return numberReader(c, given);
}

/** What makes a number of its text in a function that is to read one: `Number` itself, or the conversion of the parameter. */
function numberReader(c: HazardContext, given: Expression): Expression | null {
  const reader = resolve(c, given);
  if (reader.kind !== 'function') return /^(Number|parseInt|parseFloat)$/.test(c.source(given)) ? given : null;
  const own = (e: Expression | undefined): boolean => e?.kind === 'variable' && c.program.functions[reader.function].parameters.some(p => p.variable === e.variable);
  for (const inner of c.calls()) if (c.position(inner).function === reader.function && /^(Number|parseInt|parseFloat)$/.test(calledName(c, inner)) && own(inner.arguments[0])) return inner;
  return c.operations('plus').find(o => c.position(o).function === reader.function && own(o.operands[0])) ?? null;
}

/** Names of 64-bit integers among the types of databases and wire formats. */
const wideColumn = /^(_?t_?)?((big_?)?(int|integer|serial)_?8|u?int_?64|s?fixed_?64|big_?int(eger)?|big_?serial|long_?long|u?long)(_?(oid|type))?$/i;

/** Entries of a table of decoders for a column of 64 bits: `{ [OID.INT8]: text => +text, int4: … }`, `new Map([[20, Number]])`, `decoders.bigint = Number`. */
export function* columnDecoders(c: HazardContext): Generator<Expression> {
  // int8 is a byte where there are int16 and uint8 too.
  const bytes = /\bu?int_?16\b|\buint_?8\b/i.test(c.program.text);
  const wide = (name: string): boolean => wideColumn.test(name) && !(bytes && /8/.test(name));
  for (const o of c.scene.byKind.get('object') ?? []) {
    if (o.kind !== 'object') continue;
    for (const p of o.properties) {
      const [key, value] = p.value.kind === 'opaque' && p.value.reason === 'computed key' ? p.value.children : [null, p.value];
      if (!value || !wide(key ? nameOf(c, key) || String(key.kind === 'constant' ? key.value : '') : p.name ?? '') && !(key && postgres(c) && [20, 1016].includes(constantOf(c, key) ?? 0))) continue;
      const reader = numberReader(c, value);
      if (reader && ofText(reader)) yield reader;
    }
  }
  for (const a of c.assignments()) {
    const name = a.target.kind === 'property' ? a.target.name : a.target.kind === 'index' ? nameOf(c, a.target.index) || (a.target.index.kind === 'constant' ? String(a.target.index.value) : '') : '';
    const reader = wide(name) ? numberReader(c, a.value) : null;
    if (reader && ofText(reader)) yield reader;
  }
  for (const pair of c.scene.byKind.get('array') ?? []) {
    if (pair.kind !== 'array' || pair.elements.length !== 2) continue;
    const [key, value] = pair.elements;
    if (!key || !value || key.kind === 'variable' || !wide(nameOf(c, key) || (key.kind === 'constant' ? String(key.value) : '')) && !(postgres(c) && constantOf(c, key) === 20)) continue;
    const reader = numberReader(c, value);
    if (reader && ofText(reader)) yield reader;
  }
}

function postgres(c: HazardContext): boolean {
  return /postgres|\bpg\b|\boid\b|timestamptz/i.test(c.program.text);
}

function ofText(reader: Expression): boolean {
  const argument = reader.kind === 'call' ? reader.arguments[0] : reader.kind === 'operation' ? reader.operands[0] : null;
  return argument === null || argument.type.kind !== 'number' && argument.type.kind !== 'bigint';
}

/** The most digits that the group of a regular expression lets through which the text was cut with, when the pattern counts them: 20 for `match[1]` of `/^<@(\d{17,20})>$/`; 0 when it does not. */
export function capturedDigits(c: HazardContext, text: Expression, depth = 4): number {
  let value = resolve(c, text);
  if (value.kind === 'property' && depth > 0 && !/^groups$/.test(nameOf(c, value.object))) {
    // The one value that object literals of this file give a property of that name.
    const name = value.name;
    const given = (c.scene.byKind.get('object') ?? []).flatMap(o => o.kind === 'object' ? o.properties.filter(p => p.name === name).map(p => p.value) : []);
    return given.length === 1 && !c.assignments().some(a => a.target.kind === 'property' && a.target.name === name) ? capturedDigits(c, given[0], depth - 1) : 0;
  }
  let group: number | string | null = null;
  if (value.kind === 'property') { group = value.name; value = resolve(c, value.object.kind === 'property' ? value.object.object : value.object); }
  else if (value.kind === 'index') { group = constantOf(c, value.index); value = resolve(c, value.object); }
  while (value.kind === 'logical') value = resolve(c, value.left);
  if (value.kind !== 'call' || group === null || !/^(exec|match)$/.test(calledName(c, value))) return 0;
  const pattern = calledName(c, value) === 'exec' ? receiverOf(value) : value.arguments[0];
  const regexp = pattern ? resolve(c, pattern) : null;
  if (regexp?.kind !== 'constant' || regexp.of !== 'regexp') return 0;
  return digitsOfGroup(c.source(regexp), group);
}

/** The count of digits of a group that holds digits and nothing else. */
function digitsOfGroup(pattern: string, group: number | string): number {
  let number = 0;
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === '\\') { i++; continue; }
    if (pattern[i] === '[') { while (i < pattern.length && pattern[i] !== ']') i += pattern[i] === '\\' ? 2 : 1; continue; }
    if (pattern[i] !== '(') continue;
    const name = /^\(\?<([A-Za-z_$][\w$]*)>/.exec(pattern.slice(i));
    if (!name && pattern[i + 1] === '?') continue;
    number++;
    if (group !== (typeof group === 'string' ? name?.[1] : number)) continue;
    const digits = /^\((?:\?<[\w$]+>)?(?:\\d|\[[0-9a-fA-F-]+\])\{(\d+)(,(\d*))?\}\)/.exec(pattern.slice(i));
    return digits ? Number(digits[2] !== undefined && digits[3] !== '' ? digits[3] : digits[1]) : 0;
  }
  return 0;
}

/** Identifiers that services make of 64 bits. */
const wideIdentifiers = /^(tweet|guild|snowflake|steam|interaction|retweet(ed)?|in_?reply_?to_?(status|user))_?ids?$|^id_?(64|snowflake)$|^steam_?id_?64$/i;

/** `JSON.parse(text, (key, value) => key === 'id' ? BigInt(value) : value)`: the conversion in the reviver, unless it knows that the value is text. */
export function lateReviver(c: HazardContext, call: Call): Expression | null {
  const reviver = /^JSON\.parse\(/.test(c.source(call)) && call.arguments.length === 2 ? resolve(c, call.arguments[1]) : null;
  const parameters = reviver?.kind === 'function' ? c.program.functions[reviver.function].parameters : [];
  if (reviver?.kind !== 'function' || parameters.length !== 2) return null;
  const value = (e: Expression | undefined): boolean => e?.kind === 'variable' && e.variable === parameters[1].variable;
  for (const inner of c.calls()) {
    if (c.position(inner).function !== reviver.function || !/^(BigInt|String)$/.test(calledName(c, inner)) || !value(inner.arguments[0])) continue;
    if (![...c.guards(inner)].some(g => /typeof|isSafeInteger|MAX_SAFE/.test(c.source(g.test)) && !/'number'|"number"/.test(c.source(g.test)))) return inner;
  }
  return null;
}

/** `JSON.parse(text) as Frame` and `await response.json() as Frame` where the frame has a field `channel_id: number`. The name of the field, or null. */
export function typedIdentifiers(c: HazardContext, call: Call): string | null {
  const awaited = calledName(c, call) === 'json' && call.arguments.length === 0 ? c.parent(call) : null;
  if (awaited?.kind === 'opaque' && awaited.reason === 'await') {
    for (const { operand } of usesOf(c, awaited)) { const field = wideField(operand.type); if (field) return field; }
    return null;
  }
  if (!/^JSON\.parse\(/.test(c.source(call)) || call.arguments.length !== 1) return null;
  const source = resolve(c, call.arguments[0]);
  // Deep copies: JSON.parse(JSON.stringify(x)).
  if (source.kind === 'call' && calledName(c, source) === 'stringify') return null;
  const types = [call.type, ...[...usesOf(c, call)].map(u => u.operand.type)];
  for (const type of types) { const field = wideField(type); if (field) return field; }
  return null;
}

function wideField(type: ValueType): string | null {
  switch (type.kind) {
    case 'array': return wideField(type.element);
    case 'union': for (const member of type.members) { const found = wideField(member); if (found) return found; } return null;
    case 'object':
      // Messages in channels: a shop has channels too, but no messages in them.
      const ids = ['channel', 'message'].map(of => Object.keys(type.properties).find(name => type.properties[name].kind === 'number' && new RegExp(`^${of}_?id$`, 'i').test(name)));
      if (ids[0] !== undefined && ids[1] !== undefined) return ids[0];
      for (const [name, of] of Object.entries(type.properties)) { const found = of.kind === 'number' ? wideIdentifiers.test(name) && !of.literals ? name : null : wideField(of); if (found) return found; }
      return null;
    default: return null;
  }
}
