import type { Call, Expression, ValueType, VariableId } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { callbackOf, iteratedBy } from './callbacks';
import { nameOf } from './names';
import { constantOf, resolve } from './structure';
import { usesOf } from './usage';

/** Texts whose digits need more than 53 bits, by what the code says of them: the pattern they were cut with, the type they are given. */

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
  else if (value.kind === 'variable') return digitsOfReplacer(c, value.variable);
  while (value.kind === 'logical') value = resolve(c, value.left);
  const all = value.kind === 'variable' ? matchesOf(c, value.variable) : null;
  if (all && group !== null) return digitsOfPattern(c, all, group);
  if (value.kind !== 'call' || group === null || !/^(exec|match)$/.test(calledName(c, value))) return 0;
  const pattern = calledName(c, value) === 'exec' ? receiverOf(value) : value.arguments[0];
  return pattern ? digitsOfPattern(c, pattern, group) : 0;
}

function digitsOfPattern(c: HazardContext, pattern: Expression, group: number | string): number {
  const regexp = resolve(c, pattern);
  return regexp.kind === 'constant' && regexp.of === 'regexp' ? digitsOfGroup(c.source(regexp), group) : 0;
}

/** The pattern whose matches a variable runs over: `for (const m of text.matchAll(pattern))`, `[...text.matchAll(pattern)].map(m => …)`. */
function matchesOf(c: HazardContext, variable: VariableId): Expression | null {
  const element = c.definitions(variable).find(d => d.kind === 'element');
  const list = element?.kind === 'element' ? element.loop.iterable : iteratedBy(c, variable);
  let run = list ? resolve(c, list) : null;
  if (run?.kind === 'array' && run.elements.length === 1 && run.spread[0] && run.elements[0]) run = resolve(c, run.elements[0]);
  if (run?.kind === 'call' && calledName(c, run) === 'from' && run.arguments[0]) run = resolve(c, run.arguments[0]);
  return run?.kind === 'call' && calledName(c, run) === 'matchAll' ? run.arguments[0] ?? null : null;
}

/** `text.replace(/<@(\d{17,19})>/g, (whole, id) => …)`: the groups follow the whole match. */
function digitsOfReplacer(c: HazardContext, variable: VariableId): number {
  const owner = c.program.functions[c.variable(variable).owner];
  const place = owner.parameters.findIndex(p => p.variable === variable);
  const handed = place > 0 ? callbackOf(c, owner.id) : null;
  return handed && handed.at === 1 && /^replace(All)?$/.test(calledName(c, handed.call)) ? digitsOfPattern(c, handed.call.arguments[0], place) : 0;
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
