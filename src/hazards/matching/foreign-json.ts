import type { Call, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { callbackOf } from './callbacks';
import { classOf } from './callers';
import { originsOf } from './origins';
import { resolve } from './structure';

/** Readers of JSON of any content: what a class for the format answers, and what a table or server keeps for the content type. */

const reader = /^(parse|decode|deseriali[sz]e|unmarshal|read|fromPayload|fromBody)(_?(json|body|payload|data|message|content|value|text|string))?$/i;
const format = /^(\w+_)?JSON(Body|Payload|Message|Event|Text|Content|Data)?(Parser|Decoder|Deseriali[sz]er|Seriali[sz]er|Codec|Converter|Format|Transcoder|Encoding)$|Json(Body|Payload|Message|Event|Text|Content|Data)?(Parser|Decoder|Deseriali[sz]er|Seriali[sz]er|Codec|Converter|Format|Transcoder|Encoding)$/;

/** What the parser is for, or null: `class JsonCodec { decode(text) { return JSON.parse(text); } }`, `parsers['application/json'] = text => JSON.parse(text)`. */
export function anyContent(c: HazardContext, call: Call): string | null {
  if (!/^JSON\.parse\(/.test(c.source(call)) || call.arguments.length !== 1 || !ofParameter(c, call.arguments[0])) return null;
  // What the same class writes itself, it reads again as it was.
  const own = classOf(c, call);
  const writes = own !== '' && c.calls().some(x => /^JSON\.stringify\(/.test(c.source(x)) && classOf(c, x) === own);
  if (!writes && isHandedOut(c, call) && [...methodsAround(c, call)].some(([owner, name]) => format.test(owner) && reader.test(name))) return 'any message in this format';
  const key = keyAround(c, call);
  return key !== null && /^(application|text)\/([\w.-]+\+)?json\b/i.test(key) ? `any body of type ${key}` : null;
}

/** The text that the function is given, or what it makes of the bytes. */
function ofParameter(c: HazardContext, text: Expression): boolean {
  const value = resolve(c, text);
  const bytes = value.kind === 'call' && /^(toString|decode|String)$/.test(calledName(c, value)) ? value.arguments.find(x => x.kind !== 'constant') ?? receiverOf(value) : null;
  return [...originsOf(c, bytes ?? value), bytes ?? value].some(o => o.kind === 'variable' && c.variable(o.variable).kind === 'parameter');
}

/** The answer leaves the class as it is: a record whose fields are read here has a shape. */
function isHandedOut(c: HazardContext, call: Call): boolean {
  for (let e: Expression | null = call; e; e = c.parent(e)) {
    const parent = c.parent(e);
    if (parent === null) return c.position(e).statement?.kind === 'return';
    if (parent.kind !== 'conditional' && parent.kind !== 'logical') return false;
  }
  return false;
}

/** Class and method names around an expression. */
function* methodsAround(c: HazardContext, e: Expression): Generator<readonly [string, string]> {
  for (let fn: ReturnType<HazardContext['function']> | null = c.function(e); fn; fn = fn.enclosing === null ? null : c.program.functions[fn.enclosing]) {
    const dot = fn.name.lastIndexOf('.');
    if (fn.kind === 'method' && dot > 0) yield [fn.name.slice(0, dot), fn.name.slice(dot + 1)];
  }
}

/** The key of the table entry, or the first argument of the call, that the function around an expression is given with. */
function keyAround(c: HazardContext, e: Expression): string | null {
  const fn = c.function(e);
  const literal = c.scene.literals.get(fn.id);
  const handed = callbackOf(c, fn.id)?.call;
  if (handed) { const first = handed.arguments[0]; const list = first?.kind === 'array' ? first.elements[0] : first; return list?.kind === 'constant' && typeof list.value === 'string' ? list.value : null; }
  const user = literal ? c.parent(literal) : null;
  if (user?.kind === 'assign' && user.target.kind === 'property') return user.target.name;
  if (user?.kind === 'assign' && user.target.kind === 'index') { const key = user.target.index; return key.kind === 'constant' && typeof key.value === 'string' ? key.value : null; }
  return user?.kind === 'object' ? user.properties.find(p => p.value === literal)?.name ?? null : null;
}
