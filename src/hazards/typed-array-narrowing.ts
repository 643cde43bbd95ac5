import type { Assignment, Expression, TypedArrayName } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { copied, indexBuffer } from './matching/copied-indices';
import { isCounter, machineMade } from './matching/integers';
import { chosenByMaximum, mixed } from './matching/mixed-elements';
import { functionName, wordsOf, nameOf } from './matching/names';
import { adjusted, constantBeyond, otherStores, outgrowsByMeaning } from './matching/stores';
import { constantOf, isOperation, resolve } from './matching/structure';
import { formatNumber } from './matching/text';
import { wrongQuantity } from './matching/widths';

/** First and last value of the integer element types that wrap. `Uint8ClampedArray` saturates by design and is not among them. */
const ranges: Partial<Record<TypedArrayName, readonly [number, number]>> = {
  Int8Array: [-128, 127], Uint8Array: [0, 255], Int16Array: [-32768, 32767], Uint16Array: [0, 65535], Int32Array: [-(2 ** 31), 2 ** 31 - 1], Uint32Array: [0, 2 ** 32 - 1],
};

/** Quantities that outgrow 16 bits sooner or later: identifiers and positions in data. */
const growing: ReadonlySet<string> = new Set(['id', 'ids', 'index', 'indices', 'vertex', 'vertices', 'offset', 'counter', 'count', 'total', 'timestamp', 'coords', 'triangles', 'pointer', 'size', 'length']);

export const typedArrayNarrowing: Hazard = {
  id: 'typed-array-narrowing',
  * detect(c) {
    if (machineMade(c)) return;
    const named = new Set<number>();
    const stores = new Set<string>();
    for (const a of c.assignments()) {
      if (a.target.kind !== 'index') continue;
      const counted = narrowCount(c, a);
      if (counted) yield { at: a, message: `${c.text(a.target)} wraps to 0 after ${formatNumber(counted[1])} where ${c.text(a.target.object)} is a ${counted[0]}.`, remedy: 'Count in a Uint32Array, or stop at the largest value.' };
      const name = elementTypeOf(c, a.target.object);
      const range = name ? ranges[name] : undefined;
      if (!name || !range) continue;
      if (a.compound !== null) {
        if (name === 'Uint8Array' && !counted && !chosenByMaximum(c, a) && adjusted(c, a.value)) yield { at: a, message: `${c.text(a)} leaves the range of a byte, and ${c.text(a.target.object)} is a ${name}: what exceeds 255 wraps around.`, remedy: 'Clamp the sum, or take a Uint8ClampedArray.' };
        else if (!counted && !chosenByMaximum(c, a) && mixed(c, a, range)) yield mixedInto(c, a, name, range);
        continue;
      }
      const known = outgrows(c, a.value, range, name) ?? (masks(c, a.value) || chosenByMaximum(c, a.value) ? null : outgrowsByMeaning(c, a.value, name, range));
      const reason = known ?? indexStore(c, a, name, stores) ?? ownPlaces(c, a, name);
      if (known && a.target.object.kind === 'variable') named.add(a.target.object.variable);
      if (reason) yield { at: a, message: `${c.text(a.value)} ${reason}, and ${c.text(a.target.object)} is a ${name}: what exceeds ${formatNumber(range[1])} wraps around.` };
      else if (!chosenByMaximum(c, a) && mixed(c, a, range)) yield mixedInto(c, a, name, range);
    }
    yield* filled(c);
    yield* wrongQuantity(c);
    for (const { at, value, name } of otherStores(c)) {
      const range = ranges[name]!;
      const reason = masks(c, value) || chosenByMaximum(c, value) || constantOf(c, value) !== null ? null : outgrowsByMeaning(c, value, name, range) ?? identifies(c, at, value, range);
      if (reason) yield { at, message: `${c.text(value)} ${reason}, and what exceeds ${formatNumber(range[1])} wraps around.` };
    }
    for (const e of (c.scene.byKind.get('new') ?? [])) {
      if (e.kind !== 'new' || e.arguments.length !== 1 || !e.name) continue;
      const range = ranges[e.name as TypedArrayName];
      // new Int8Array([x])[0] is a conversion, and nothing but.
      const read = c.parent(e);
      if (!range || read?.kind === 'index' && read.object === e) continue;
      const source = resolve(c, e.arguments[0]);
      if (range[1] === 65535 && range[0] === 0 && !stored(c, e, named) && indexBuffer(c, e, e.arguments[0])) {
        yield { at: e, message: `${c.text(e)} holds indices up to 65,535, and nothing bounds their number: the 65,537th vertex wraps around to 0.`, remedy: 'Take a Uint32Array when there are more vertices than 65,536.' };
        continue;
      }
      yield* copied(c, e, e.arguments[0], source, e.name, range);
    }
  },
};

function mixedInto(c: HazardContext, a: Assignment, name: TypedArrayName, range: readonly [number, number]): Detection {
  return { at: a, message: `${c.text(a)} adds to an element of ${name.startsWith('I') ? 'an' : 'a'} ${name}, and nothing clamps the sum: what exceeds ${formatNumber(range[1])} wraps around to ${formatNumber(range[0])}.`, remedy: 'Add in a number or a Float32Array, and clamp the sum when it is stored.' };
}

/** `Uint16Array.from(rows, row => row.id)`: identifiers and indices of any size. */
function identifies(c: HazardContext, at: Expression, value: Expression, range: readonly [number, number]): string | null {
  const whole = resolve(c, value);
  return at === value && range[1] <= 65535 && whole.kind === 'property' && wordsOf(whole.name).some(w => w === 'id' || w === 'index' || w === 'offset' || w === 'timestamp') && !((c.fact(value)?.hi ?? Infinity) <= range[1]) ? 'has no upper bound here' : null;
}

/** A table of as many bytes as the caller likes that holds places in itself: bit reversals, permutations, parents. */
function ownPlaces(c: HazardContext, a: Assignment, name: string): string | null {
  if (name !== 'Uint8Array' || a.target.kind !== 'index' || !/^_?(bit_?)?(rev(erse(d)?|ersal)?|perm(utation|utations|s)?|order|parents?|indices|indexes|bitrev(ersal)?|rev_?table|ranks?|labels)(_?table)?$/i.test(nameOf(c, a.target.object))) return null;
  const length = lengthGiven(c, a.target.object);
  const value = resolve(c, a.value);
  if (!length || constantOf(c, length) !== null || (c.fact(length)?.hi ?? Infinity) <= 256 || constantOf(c, value) !== null || isOperation(value, 'bitand', 'rem', 'min')) return null;
  return !(value.kind === 'variable' && c.variable(value.variable).kind === 'parameter') && value.kind !== 'call' ? 'is a place in a table of any length' : null;
}

/** n of the one `new …Array(n)` that a variable is given. */
function lengthGiven(c: HazardContext, array: Expression): Expression | null {
  const made = array.kind === 'variable' ? c.definitions(array.variable).flatMap(d => d.kind === 'value' && d.value.kind === 'new' && d.value.arguments.length === 1 ? [d.value.arguments[0]] : []) : [];
  return made.length === 1 && !['array', 'call'].includes(resolve(c, made[0]).kind) ? made[0] : null;
}

/** `counts[i]++`, `counts[i] += n` outside of a loop, method call after method call, in an array that may be of 8 or 16 bits: the type allows it, or the constructor was given. */
function narrowCount(c: HazardContext, a: Assignment): [string, number] | null {
  if (a.target.kind !== 'index' || a.compound !== 'add' || c.position(a).repetition !== null || !isOperation(a.value, 'add')) return null;
  const object = a.target.object;
  const type = object.type.kind === 'unknown' ? resolve(c, object).type : object.type;
  const kinds = type.kind === 'union' ? type.members.flatMap(m => m.kind === 'typedArray' ? [m.name] : []) : [];
  const own = elementTypeOf(c, object);
  const narrow = [...kinds, ...(own ? [own] : [])].find(n => /^Uint(8|16)Array$/.test(n));
  const range = narrow ? ranges[narrow] : undefined;
  const counts = wordsOf(nameOf(c, object)).some(w => /^(counts?|counters?|hits|histogram|hist|bins?|buckets?|freqs?|frequenc(y|ies)|tally|occurrences|totals?)$/.test(w));
  if (!narrow || !range || !counts || chosenByMaximum(c, a)) return null;
  // if (++hist[i] === 0) hist[i]--;
  const asked = c.parent(a);
  if (asked && isOperation(asked, 'eq', 'ne', 'gt', 'lt', 'ge', 'le')) return null;
  const fn = c.function(a);
  return /255|65535|0xff|MAX|max/.test(c.program.text.slice(fn.start, fn.end)) ? null : [narrow, range[1]];
}

/** Indices of vertices stored one by one in 16 bits, with no word about 65,536 in the file. One store a function and array; none where the array's making is reported. */
function indexStore(c: HazardContext, a: Assignment, name: string, stores: Set<string>): string | null {
  if (name !== 'Uint16Array' || a.target.kind !== 'index' || ![nameOf(c, a.target.object), functionName(c, a)].some(n => wordsOf(n).some(w => ['index', 'indices', 'indexes', 'triangles', 'faces', 'cells', 'tris'].includes(w)))) return null;
  const value = resolve(c, a.value);
  const fact = c.fact(a.value);
  if (fact && fact.hi <= 65535 || !['variable', 'property', 'index', 'call'].includes(value.kind) && !isOperation(value, 'add') || masks(c, value)) return null;
  if (c.says(/655[23]\d|0x1?0{0,4}ffff\b|0x10000|2 ?\*\* ?16|1 ?<< ?16|Uint32Array/i)) return null;
  const made = resolve(c, a.target.object);
  if (made.kind === 'new' && made.arguments.length === 1 && (made.arguments[0].kind === 'number' || indexBuffer(c, made, made.arguments[0]))) return null;
  const key = `${c.function(a).id} ${c.source(a.target.object)}`;
  if (stores.has(key)) return null;
  stores.add(key);
  return 'has no upper bound here';
}

/** `new Uint8Array(n).fill(1000)`, `distances.fill(Infinity)`. */
function* filled(c: HazardContext): Generator<Detection> {
  for (const call of c.calls()) {
    if (calledName(c, call) !== 'fill' || call.arguments.length === 0) continue;
    const receiver = receiverOf(call);
    const name = receiver ? elementTypeOf(c, receiver) : null;
    const range = name ? ranges[name] : undefined;
    const constant = constantOf(c, call.arguments[0]);
    if (!name || !range || constant === null) continue;
    const reason = constantBeyond(constant, range);
    if (reason) yield { at: call, message: `${c.text(call.arguments[0])} ${reason}: a ${name} holds ${formatNumber(range[0])} to ${formatNumber(range[1])}.` };
  }
}

/** The new array goes into a variable whose elements have been reported. */
function stored(c: HazardContext, e: Expression, reported: ReadonlySet<number>): boolean {
  const statement = c.position(e).statement;
  return statement?.kind === 'declare' && statement.value === e && reported.has(statement.variable);
}

/** The element type of a typed array, from types or from the `new` that made it. */
export function elementTypeOf(c: HazardContext, array: Expression): TypedArrayName | null {
  if (array.type.kind === 'typedArray') return array.type.name;
  const value = resolve(c, array);
  if (value.type.kind === 'typedArray') return value.type.name;
  if (value.kind === 'new' && value.name && /^(Big)?(Ui|I)nt\d+(Clamped)?Array$|^Float\d+Array$/.test(value.name)) return value.name as TypedArrayName;
  if (array.kind === 'variable' && c.variable(array.variable).kind !== 'parameter') {
    const made = c.definitions(array.variable).flatMap(d => d.kind !== 'value' ? [''] : d.value.kind === 'new' ? [d.value.name ?? ''] : d.value.kind === 'constant' || constantOf(c, d.value) === 0 ? [] : ['']);
    if (new Set(made).size === 1 && made[0] in ranges) return made[0] as TypedArrayName;
  }
  const field = array.kind === 'property' ? array : value;
  if (field.kind === 'property') {
    // A field: every assignment to it must make the same kind of array, but for an empty list that holds its place.
    const kinds = new Set<string>();
    for (const a of c.assignments()) if (a.target.kind === 'property' && a.target.name === field.name) { if (!(a.value.kind === 'array' && a.value.elements.length === 0)) kinds.add(a.value.kind === 'new' ? a.value.name ?? '' : ''); }
    if (kinds.size === 1) { const [only] = kinds; if (only in ranges || only.startsWith('Float')) return only as TypedArrayName; }
  }
  return null;
}

function outgrows(c: HazardContext, value: Expression, range: readonly [number, number], name: string): string | null {
  const fact = c.fact(value);
  if (fact) {
    if (fact.lo >= range[0] && fact.hi <= range[1]) return null;
    if (masks(c, value)) return null;
    if (fact.evidence && Number.isFinite(fact.hi) && fact.hi > range[1] && fact.hi < 2 ** 31 - 1 && !codes(c, value) && range[1] < 2 ** 30) return `reaches ${formatNumber(fact.hi)}`;
    if (fact.evidence && Number.isFinite(fact.lo) && fact.lo < range[0] && range[0] < 0 && range[1] < 2 ** 30) return `reaches ${formatNumber(fact.lo)}`;
  }
  if (name === 'Uint8Array' && scaledElement(c, value)) return 'scales an element by a factor that nothing bounds';
  const stored = propertyFact(c, value) ?? readWidth(c, value);
  if (stored && range[1] < 2 ** 30 && !masks(c, value) && !chosenByMaximum(c, value) && stored.hi > range[1]) return `reaches ${formatNumber(stored.hi)}`;
  if (range[1] > 65535 || name === 'Uint8Array' || chosenByMaximum(c, value) || masks(c, value)) return null;
  const resolved = resolve(c, value);
  if (resolved.kind === 'logical' && resolved.operator !== 'and') return outgrows(c, resolved.right, range, name);
  if (resolved.kind === 'assign' && resolved.compound && resolved.target.kind === 'variable') return growingCounter(c, resolved.target.variable);
  if (resolved.kind === 'variable') {
    const grows = growingCounter(c, resolved.variable);
    if (grows) return grows;
  }
  return wordsOf(nameOf(c, value)).some(w => growing.has(w)) && (resolved.kind === 'variable' || resolved.kind === 'property' || resolved.kind === 'call') ? 'has no upper bound here' : null;
}

/** What is known of the one value that object literals of this file give a property of that name. */
function propertyFact(c: HazardContext, e: Expression): { readonly hi: number } | null {
  const value = resolve(c, e);
  if (value.kind !== 'property') return null;
  const given: Expression[] = [];
  for (const o of c.scene.byKind.get('object') ?? []) if (o.kind === 'object') for (const p of o.properties) if (p.name === value.name) given.push(p.value);
  if (given.length !== 1 || c.assignments().some(a => a.target.kind === 'property' && a.target.name === value.name)) return null;
  return readWidth(c, given[0]) ?? boundedFact(c, given[0]);
}

/** `px[i] * gain`, put back where it was read. */
function scaledElement(c: HazardContext, value: Expression): boolean {
  const parent = c.parent(value);
  if (parent?.kind !== 'assign' || parent.compound !== null || !isOperation(value, 'mul') || value.operands.length !== 2) return false;
  const element = value.operands.find(o => o.kind === 'index' && c.source(o) === c.source(parent.target));
  const factor = value.operands.find(o => o !== element);
  if (!element || !factor || chosenByMaximum(c, value)) return false;
  const fact = c.fact(factor);
  return (factor.kind === 'variable' || factor.kind === 'property') && !(fact && fact.lo >= 0 && fact.hi <= 1);
}

/** Numbers read from bytes by a method that says how many bits it reads. */
function readWidth(c: HazardContext, e: Expression): { readonly hi: number } | null {
  const value = resolve(c, e);
  const width = value.kind === 'call' ? /^(?:get|read)(U?)int(\d+)/i.exec(calledName(c, value)) : null;
  return width ? { hi: 2 ** (Number(width[2]) - (width[1] === '' ? 1 : 0)) - 1 } : null;
}

function boundedFact(c: HazardContext, e: Expression): { readonly hi: number } | null {
  const fact = c.fact(e);
  return fact?.evidence && Number.isFinite(fact.hi) && fact.hi < 2 ** 53 ? fact : null;
}

/** A counter that loops increment and nothing resets. */
function growingCounter(c: HazardContext, variable: number): string | null {
  if (!isCounter(c, variable)) return null;
  const fact = c.facts.variables[variable];
  return fact && fact.hi <= 65535 ? null : 'grows without a bound';
}

function masks(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return isOperation(value, 'bitand', 'rem', 'min', 'shr', 'ushr', 'bitor', 'bitxor', 'bitnot', 'shl');
}

/** charCodeAt of what is a string of bytes (atob, binary strings), also counted from a letter: 16 bits by type, 8 in fact. */
function codes(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return codes(c, value.then) || codes(c, value.otherwise);
  if (isOperation(value, 'add', 'sub')) return value.operands.some(o => codes(c, o)) && value.operands.some(o => constantOf(c, o) !== null);
  return value.kind === 'call' && /^(charCodeAt|codePointAt)$/.test(nameOf(c, value));
}
