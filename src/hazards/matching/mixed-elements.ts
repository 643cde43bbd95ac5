import type { Assignment, Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, updateOf } from './accumulation';
import { mixesBits } from './integers';
import { enclosingNames, hashWords, nameOf, wordsOf } from './names';
import { constantOf, isOperation, resolve, within, type Term } from './structure';

/** Elements that a loop adds to: samples that are mixed, pixels that are made lighter, weights that are gathered. */

/** Arithmetic that means to wrap: ciphers, predictors of image formats, memories of machines. */
export const wrapping: ReadonlySet<string> = new Set(['cipher', 'crypt', 'encrypt', 'decrypt', 'rc4', 'salsa', 'salsa20', 'chacha', 'aes', 'key', 'keystream', 'sbox', 'scramble', 'permute', 'shuffle', 'sum8', 'unfilter', 'defilter', 'paeth', 'predict', 'predictor', 'prediction', 'delta',
  'undelta', 'decode', 'decompress', 'inflate', 'reconstruct', 'differencing', 'previous', 'prev', 'prior', 'above', 'memory', 'mem', 'ram', 'tape', 'heap', 'stack', 'reg', 'regs', 'registers', 'opcode', 'interpret', 'emulate', 'bignum', 'digits', 'limbs', 'carry']);
/** Counts that stay small: neighbours on a grid, edges at a node. */
const few: ReadonlySet<string> = new Set(['neighbor', 'neighbour', 'adjacent', 'adjacency', 'mine', 'degree', 'indegree', 'outdegree', 'alive', 'live', 'life', 'bit', 'len', 'length', 'depth', 'flag', 'mask', 'code', 'rank', 'level']);
/** Light and sound, whose 8 bits are a scale with two ends. */
const lightAndSound: ReadonlySet<string> = new Set(['pixel', 'px', 'image', 'img', 'rgb', 'rgba', 'bitmap', 'gray', 'grey', 'grayscale', 'luma', 'luminance', 'texture', 'heightmap', 'brightness', 'brighten', 'lighten', 'contrast', 'exposure', 'tint', 'glow', 'sample', 'pcm', 'audio', 'wave', 'mix', 'blend', 'overlay', 'gain', 'volume']);

/** A mixer of sound is no mixer of bits, and noise may be heard. */
const hashes: ReadonlySet<string> = new Set([...hashWords].filter(w => w !== 'mix' && w !== 'noise'));

const has = (words: ReadonlySet<string>, names: readonly string[]): boolean => names.some(n => wordsOf(n).some(w => words.has(w) || words.has(w.replace(/s$/, ''))));

/**
 * `out[i] += streams[j][i]`, `pixels[i] += amount` in a loop, with elements of 8 or 16 bits, where nothing clamps or masks the sum and the addend may be large.
 * Of 8 bits, elements that are each met once must be light or sound by their names: bytes are shifted and coded by sums that mean to wrap.
 */
export function mixed(c: HazardContext, a: Assignment, range: readonly [number, number]): boolean {
  if (a.target.kind !== 'index' || range[1] > 65535 || c.position(a).repetition === null) return false;
  const terms = updateOf(c, a, 'add');
  if (!terms || terms.some(t => t.negative) || !terms.some(t => outgrowing(c, t, range)) || terms.some(t => modular(c, t.value))) return false;
  const array = a.target.object;
  const own = c.source(array);
  const read = terms.flatMap(t => [...within(c, t.value, childrenOf, true)]);
  if (read.some(e => e.kind === 'index' && (c.source(e.object) === own || sameBase(c, e.object, array)))) return false;
  const fact = c.fact(a.value);
  if (fact?.evidence && fact.lo >= range[0] && fact.hi <= range[1]) return false;
  const fn = c.function(a);
  const text = c.program.text.slice(fn.start, fn.end);
  if (mixesBits(c, a) || /0xff|[&%] ?\(?(255|256|65535|65536)\b|clamp|saturat|carry|borrow|overflow|modul/i.test(text) || limited(c, a, own)) return false;
  const around = [...enclosingNames(c, a)];
  const names = [nameOf(c, array), ...around, ...read.map(e => nameOf(c, e))];
  if (has(wrapping, names) || has(hashes, around) || has(few, [nameOf(c, array)])) return false;
  return range[1] > 255 || gathered(c, a) || has(lightAndSound, [own, ...names]);
}

/** Nothing keeps the addend to a small part of the range. */
function outgrowing(c: HazardContext, term: Term, range: readonly [number, number]): boolean {
  const value = resolve(c, term.value);
  if (constantOf(c, value) !== null || value.type.kind === 'bigint' || value.type.kind === 'string' || value.type.kind === 'boolean') return false;
  if (value.kind === 'conditional' && [value.then, value.otherwise].every(o => constantOf(c, o) !== null)) return false;
  const fact = c.fact(term.value) ?? c.fact(value);
  return !(fact && fact.hi <= range[1] / 4 && fact.lo >= Math.min(range[0] / 4, -range[1] / 4));
}

function modular(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return isOperation(value, 'bitand', 'rem', 'min', 'max', 'shr', 'ushr', 'bitor', 'bitxor', 'bitnot', 'shl', 'lt', 'gt', 'le', 'ge', 'eq', 'ne', 'not') || isOperation(value, 'mul', 'add', 'sub', 'plus') && value.operands.some(o => modular(c, o));
}

/** Two views of one array: `row = rows[i]` and `rows`. */
function sameBase(c: HazardContext, one: Expression, other: Expression): boolean {
  const [x, y] = [resolve(c, one), resolve(c, other)];
  return x === y || x.kind === 'variable' && y.kind === 'variable' && x.variable === y.variable;
}

/** Elsewhere in the function an element of the array is compared, masked, or stored as a choice between two. */
function limited(c: HazardContext, a: Assignment, array: string): boolean {
  const here = c.position(a).function;
  const element = (e: Expression): boolean => (v => v.kind === 'index' && c.source(v.object) === array)(resolve(c, e));
  for (const operator of ['lt', 'le', 'gt', 'ge', 'bitand', 'rem', 'min', 'max', 'shr', 'ushr', 'bitxor']) {
    if (c.operations(operator).some(o => c.position(o).function === here && o.operands.some(element))) return true;
  }
  return c.assignments().some(other => other !== a && c.position(other).function === here && element(other.target) && (other.compound === 'rem' || other.compound === 'bitand' || other.compound === 'sub' || (v => v.kind === 'conditional' || isOperation(v, 'min', 'max'))(resolve(c, other.value))));
}

/** The element takes more than one addend: an inner loop comes back to it, or its place is looked up. */
function gathered(c: HazardContext, a: Assignment): boolean {
  if (accumulationsOf(c).some(x => x.assignment === a)) return true;
  return a.target.kind === 'index' && ['index', 'call'].includes(resolve(c, a.target.index).kind);
}

/** `n > 65535 ? Uint32Array : Uint16Array` and guards of the same sense: the width was chosen for the data. */
export function chosenByMaximum(c: HazardContext, at: Expression): boolean {
  for (const guard of c.guards(at)) {
    const test = c.source(guard.test);
    if (/655[23]\d|0x1?0{0,4}ffff|0x10000|2 ?\*\* ?16|1 ?<< ?16|\b25[56]\b/i.test(test)) return true;
    // if (x > max) max = x keeps the largest, and bounds nothing.
    if (!(guard.repaired && guard.test.kind === 'operation' && guard.test.operands.every(o => constantOf(c, o) === null)) && /\b(MAX|max)(_?(u?int|index|indices|vert|value|val|id|16|8|num|count|size|len|short|byte|elem)|\b)|[a-z]Max\b/.test(test)) return true;
  }
  return false;
}
