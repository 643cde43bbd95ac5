import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName, receiverOf } from './accumulation';
import { chosenByMaximum } from './mixed-elements';
import { nameOf, receiverName, wordsOf } from './names';
import { elementsOf } from './origins';
import { constantOf, isOperation, resolve } from './structure';
import { formatNumber } from './text';
import { usualLargest } from './usual-maximum';

/** `new Uint16Array(ids)`: an array of numbers copied into narrower elements. */
export function* copied(c: HazardContext, at: Expression, argument: Expression, source: Expression, name: string, range: readonly [number, number]): Generator<Detection> {
  const elements = c.facts.elements[argument.id] ?? c.facts.elements[source.id];
  // Tables of 32-bit patterns (checksums, constants of hashes) are read as signed, or as unsigned, on purpose.
  if ((name === 'Int32Array' || name === 'Uint32Array') && elements?.integer && elements.lo >= -(2 ** 31) && elements.hi < 2 ** 32) return;
  if (elements?.evidence && (elements.hi > range[1] || elements.lo < range[0]) && (Number.isFinite(elements.hi) || elements.integer)) {
    yield { at, message: `The elements of ${c.text(argument)} reach ${formatNumber(elements.hi > range[1] ? elements.hi : elements.lo)}, and a ${name} holds ${formatNumber(range[0])} to ${formatNumber(range[1])}: the rest wraps around.` };
    return;
  }
  if (elements && elements.lo >= range[0] && elements.hi <= range[1]) return;
  const largest = range[1] - range[0] > 65535 || c.says(limitNamed) ? null : usualLargest(c, argument);
  if (largest !== null && largest > range[1] && !chosenByMaximum(c, at)) {
    yield { at, message: `The elements of ${c.text(argument)} reach ${formatNumber(largest)} with the numbers that this file gives, and a ${name} holds ${formatNumber(range[0])} to ${formatNumber(range[1])}: the rest wraps around.` };
    return;
  }
  const type = argument.type.kind === 'unknown' ? source.type : argument.type;
  const numbers = type.kind === 'array' && type.element.kind === 'number';
  if (range[1] - range[0] > 65535 || source.kind === 'number' || !collected(c, argument, source, range) && (source.kind === 'array' || !(numbers || type.kind === 'unknown'))) return;
  const list = source.kind === 'call' && /^(flat|flatMap|concat|slice|map)$/.test(calledName(c, source)) ? receiverOf(source) : null;
  if (![nameOf(c, argument), list ? nameOf(c, list) : ''].some(n => wordsOf(n).some(w => ['indices', 'ids', 'index', 'triangles', 'faces', 'offsets', 'positions', 'cells', 'timestamps'].includes(w)))) return;
  if (chosenByMaximum(c, at)) return;
  yield { at, message: `${c.text(argument)} is copied into a ${name}, which holds ${formatNumber(range[0])} to ${formatNumber(range[1])}: a larger element wraps around without an error.` };
}

/** Indices that the file collects from data one by one, `for (const f of faces) indices.push(f.a, f.b, f.c)`, and that it copies into 16 bits without a word about 65,536. */
function collected(c: HazardContext, argument: Expression, source: Expression, range: readonly [number, number]): boolean {
  if (source.kind !== 'array' || source.elements.length > 0 || range[0] !== 0 || range[1] !== 65535 || c.says(limitNamed)) return false;
  // faces.push(...words.map(Number))
  const read = c.calls().some(call => calledName(c, call) === 'push' && (o => o !== null && argument.kind === 'variable' && o.kind === 'variable' && o.variable === argument.variable)(receiverOf(call)) && call.spread?.some(Boolean) && call.arguments.some(x => /\b(parseInt|Number)\b/.test(c.source(x))));
  return read || elementsOf(c, argument).some(x => (x.kind === 'property' || x.kind === 'index') && constantOf(c, x) === null && !((c.fact(x)?.hi ?? Infinity) <= range[1]));
}

const limitNamed = /655[23]\d|0x1?0{0,4}ffff\b|0x10000|2 ?\*\* ?16|1 ?<< ?16|Uint32Array|UNSIGNED_INT\b/i;

/** An index buffer whose length comes from parameters, of a width that was chosen without looking at it. */
export function indexBuffer(c: HazardContext, at: Expression, length: Expression): boolean {
  const names = [receiverName(c, at), ...outerNames(c, at)];
  if (!names.some(n => wordsOf(n).some(w => ['index', 'indices', 'indexes', 'idx', 'triangles', 'faces', 'cells', 'elements'].includes(w)))) return false;
  const value = resolve(c, length);
  const type = length.type.kind === 'unknown' ? value.type : length.type;
  if (type.kind !== 'number' && !isOperation(value, 'mul', 'add', 'sub')) return false;
  const fact = c.fact(length);
  if ((fact && fact.hi <= 6 * 65536) || chosenByMaximum(c, at)) return false;
  const fn = c.function(at);
  return !/655[23]\d|0x1?0{0,4}ffff|0x10000|2 ?\*\* ?16|1 ?<< ?16|BYTES_PER_ELEMENT/i.test(c.program.text.slice(fn.start, fn.end));
}

/** `{ index: { data: new Uint16Array(n) } }`, `new BufferAttribute(new Uint16Array(n), 1)`. */
function outerNames(c: HazardContext, e: Expression): string[] {
  const names: string[] = [];
  for (let inner = e, parent = c.parent(e); parent && ['object', 'new', 'call'].includes(parent.kind); inner = parent, parent = c.parent(parent)) names.push(receiverName(c, inner), receiverName(c, parent));
  return names;
}
