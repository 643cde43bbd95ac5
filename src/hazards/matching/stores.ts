import type { Expression, TypedArrayName } from '../../program';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, calledName, receiverOf } from './accumulation';
import { countBound } from './sums';
import { enclosingNames, nameOf, wordsOf } from './names';
import { isCounter } from './integers';
import { constantOf, factorsOf, isOperation, resolve, soleResult, termsOf } from './structure';

/** Values that outgrow an integer element by what they are: constants, moments, samples scaled to full range, pixels moved by an amount, running sums, labels given one by one. The reason, or null. */
export function outgrowsByMeaning(c: HazardContext, value: Expression, name: TypedArrayName, range: readonly [number, number]): string | null {
  const constant = constantOf(c, value);
  if (constant !== null) return constantBeyond(constant, range);
  const fact = c.fact(value);
  if (fact && fact.lo >= range[0] && fact.hi <= range[1]) return null;
  const whole = resolve(c, value);
  if (moment(c, value)) return 'is a time in milliseconds, which takes 41 bits';
  if (fullScale(c, whole, name)) return 'leaves the range when the sample is beyond ±1';
  if (name === 'Uint8Array' && textLength(c, whole)) return 'is the length of a text or list, of any size';
  if (name === 'Uint8Array' && adjusted(c, whole)) return 'leaves the range of a byte when the sum does';
  if (range[1] - range[0] > 65535) return null;
  if (runningSum(c, value, range[1])) return 'is a running sum without a bound';
  return name === 'Uint8Array' && label(c, whole) && !(fact && fact.hi <= 255) ? 'is counted up without a bound' : null;
}

/** The constant that an integer element cannot hold. −1 is the usual mark of "none" in unsigned arrays, and 2^32 − 1 in signed ones. */
export function constantBeyond(constant: number, range: readonly [number, number]): string | null {
  if (!Number.isFinite(constant)) return 'becomes 0 in an array of integers';
  return constant > range[1] && constant !== 2 ** 32 - 1 && !(range[0] < 0 && constant <= 2 * range[1] + 1) || constant < range[0] && constant !== -1 ? 'does not fit' : null;
}

function moment(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(now|getTime|valueOf)$/.test(calledName(c, value)) && /Date/.test(c.source(value));
  return (value.kind === 'variable' || value.kind === 'property') && wordsOf(nameOf(c, value)).some(w => w === 'timestamp' || w === 'epoch' || w === 'millis') && !/sec|delta|diff|rel/i.test(nameOf(c, value));
}

/** The full scale of samples in an integer element, as written by programmers who mean the largest value or one more. */
const fullScales: Partial<Record<TypedArrayName, readonly number[]>> = { Int16Array: [32767, 32768, 0x7fff, 0x8000], Int8Array: [127, 128], Uint8Array: [128], Int32Array: [2 ** 31 - 1, 2 ** 31] };

/** x · 32767, (x + 1) · 128 where nothing has clamped x. Eight bits hold other scaled things too (directions): there the names must speak of sound. */
function fullScale(c: HazardContext, value: Expression, name: TypedArrayName, depth = 4): boolean {
  if (isOperation(value, 'round', 'floor', 'trunc', 'ceil', 'bitor')) return fullScale(c, resolve(c, value.operands[0]), name, depth);
  if (value.kind === 'conditional') return fullScale(c, value.then, name, depth) || fullScale(c, value.otherwise, name, depth);
  if (value.kind === 'variable' && depth > 0 && c.variable(value.variable).kind !== 'parameter') {
    const given = c.definitions(value.variable).flatMap(d => d.kind === 'value' && d.compound === null ? [d.value] : []);
    return given.length > 1 && !given.some(d => constantOf(c, d) !== null && Number.isFinite(constantOf(c, d)) && constantOf(c, d) !== 0 || isOperation(d, 'min', 'max') || d.kind === 'conditional') && given.some(d => d !== value && fullScale(c, resolve(c, d), name, depth - 1));
  }
  if (!isOperation(value, 'mul', 'div')) return false;
  const factors = factorsOf(c, value);
  const scale = factors.reduce((product, f) => { const k = constantOf(c, f.value); return k === null ? product : f.inverted ? product / k : product * k; }, 1);
  const samples = factors.filter(f => constantOf(c, f.value) === null);
  if (!fullScales[name]?.includes(scale) || samples.length === 0 || samples.every(f => f.inverted) || samples.length > 3) return false;
  if (name !== 'Int16Array' && ![...enclosingNames(c, value), ...samples.map(f => nameOf(c, f.value))].some(n => wordsOf(n).some(w => soundWords.has(w) || soundWords.has(w.replace(/s$/, ''))))) return false;
  return samples.filter(f => !f.inverted).some(f => {
    // (x + 1) * 128
    const parts = isOperation(f.value, 'add') && name === 'Uint8Array' ? f.value.operands.filter(o => constantOf(c, o) === null) : name === 'Uint8Array' ? [] : [f.value];
    return parts.some(part => unclamped(c, part));
  });
}

const soundWords: ReadonlySet<string> = new Set(['sample', 'samples', 'audio', 'pcm', 'wav', 'wave', 'waveform', 'amplitude', 'channel', 'sound', 'volume', 'voice', 'mic', 'record', 'peak']);

/** An element or a variable of unknown size that nothing brings between −1 and 1. */
function unclamped(c: HazardContext, e: Expression): boolean {
  const source = resolve(c, e);
  const fact = c.fact(e);
  if (source.kind !== 'index' && source.kind !== 'variable' || fact && fact.hi <= 1 && fact.lo >= -1) return false;
  return source.kind !== 'variable' || !c.definitions(source.variable).some(d => d.kind === 'value' && (d.value.kind === 'conditional' || isOperation(d.value, 'min', 'max') || Math.abs(constantOf(c, d.value) ?? 0) === 1));
}

const amounts: ReadonlySet<string> = new Set(['brightness', 'contrast', 'delta', 'gain', 'exposure', 'adjust', 'adjustment', 'amount', 'level', 'noise', 'brighten', 'darken', 'lighten']);

/** An element plus an amount of light, or scaled by one: `k * (px[i] - 128) + 128 + brightness`. */
export function adjusted(c: HazardContext, value: Expression): boolean {
  if (isOperation(value, 'mul', 'div')) return scaledLight(c, value);
  if (!isOperation(value, 'add', 'sub') || value.operands.length !== 2) return false;
  const [left, right] = value.operands.map(o => resolve(c, o));
  const element = left.kind === 'index' ? left : right.kind === 'index' ? right : null;
  const amount = element === left ? right : left;
  if (!element) return scaledLight(c, value);
  if (amount.kind !== 'variable' && amount.kind !== 'property') return false;
  return [nameOf(c, amount), ...enclosingNames(c, value)].some(n => wordsOf(n).some(w => amounts.has(w)));
}

/** Elements, constants, and amounts that nothing bounds, put together by +, −, × and ÷, where a name speaks of an adjustment of light. */
function scaledLight(c: HazardContext, value: Expression): boolean {
  const parts: Expression[] = [];
  const take = (e: Expression): void => { const v = resolve(c, e); if (isOperation(v, 'add', 'sub', 'mul', 'div', 'neg')) v.operands.forEach(take); else if (constantOf(c, v) === null) parts.push(v); };
  take(value);
  const amount = parts.filter(p => p.kind === 'variable' || p.kind === 'property');
  const elements = parts.filter(p => p.kind === 'index');
  if (elements.length === 0 || amount.length === 0 || amount.length + elements.length !== parts.length) return false;
  if (amount.every(p => (f => f !== null && Number.isFinite(f.hi) && Number.isFinite(f.lo))(c.fact(p)))) return false;
  return [...amount.map(p => nameOf(c, p)), ...enclosingNames(c, value)].some(n => wordsOf(n).some(w => amounts.has(w)));
}

/** A summand that loops raise by elements or lengths, also a constant part of it: `at / 3 + index`. */
function runningSum(c: HazardContext, e: Expression, top: number): boolean {
  return termsOf(resolve(c, e)).some(term => factorsOf(c, term.value).some(({ value, inverted }) => !inverted && value.kind === 'variable' && accumulationsOf(c).some(a => a.operator === 'add' && a.target.kind === 'variable' && a.target.variable === value.variable
    && a.terms.every(t => !t.negative && constantOf(c, t.value) === null && (resolve(c, t.value).kind === 'index' || resolve(c, t.value).kind === 'property')) && !a.terms.some(t => (c.fact(t.value)?.hi ?? Infinity) * countBound(c, a) <= top)))
    && factorsOf(c, term.value).filter(f => constantOf(c, f.value) === null).length === 1);
}

/** `next++`, or a counter that a loop raises. */
function label(c: HazardContext, value: Expression): boolean {
  return value.kind === 'assign' && value.target.kind === 'variable' && value.compound === 'add' && isCounter(c, value.target.variable);
}

/** `bytes[0] = name.length`, with no word about 255 in the function. */
function textLength(c: HazardContext, value: Expression): boolean {
  if (value.kind !== 'property' || value.name !== 'length' && value.name !== 'byteLength') return false;
  const fn = c.function(value);
  return !/25[56]|0xff|\b127\b|throw|assert|MAX|max/i.test(c.program.text.slice(fn.start, fn.end)) && ['variable', 'property'].includes(resolve(c, value.object).kind) && !((c.facts.lengths[value.object.id]?.hi ?? Infinity) <= 255);
}

/** A value that is put into integer elements without an assignment to one: `view.setInt16(at, v)`, `Int16Array.from(xs, x => v)`, `new Uint8Array(xs.map(x => v))`. */
export interface OtherStore {
  readonly at: Expression;
  readonly value: Expression;
  readonly name: TypedArrayName;
}

export function* otherStores(c: HazardContext): Generator<OtherStore> {
  for (const call of c.calls()) {
    const name = calledName(c, call);
    const width = /^set(Uint|Int)(8|16|32)$/.exec(name);
    if (width && call.arguments.length >= 2) { yield { at: call, value: call.arguments[1], name: `${width[1]}${width[2]}Array` as TypedArrayName }; continue; }
    const receiver = receiverOf(call);
    const kind = name === 'from' && call.arguments.length === 2 ? /^(Ui|I)nt(8|16|32)Array(?=\.)/.exec(c.source(call))?.[0] : undefined;
    const value = kind ? mapped(c, call.arguments[1]) : null;
    const list = name === 'from' && call.arguments.length === 1 ? resolve(c, call.arguments[0]) : null;
    const single = list?.kind === 'call' && calledName(c, list) === 'map' && list.arguments[0] ? /^(Ui|I)nt(8|16|32)Array(?=\.)/.exec(c.source(call))?.[0] : undefined;
    const element = single && list?.kind === 'call' ? mapped(c, list.arguments[0]) : null;
    if (element) yield { at: element, value: element, name: single as TypedArrayName };
    if (value && (receiver !== null || kind)) yield { at: value, value, name: kind as TypedArrayName };
  }
  for (const e of c.scene.byKind.get('new') ?? []) {
    if (e.kind !== 'new' || e.arguments.length !== 1 || !/^(Ui|I)nt(8|16|32)Array$/.test(e.name ?? '')) continue;
    const list = resolve(c, e.arguments[0]);
    const value = list.kind === 'call' && calledName(c, list) === 'map' && list.arguments[0] ? mapped(c, list.arguments[0]) : null;
    if (value) yield { at: value, value, name: e.name as TypedArrayName };
  }
}

function mapped(c: HazardContext, e: Expression): Expression | null {
  const literal = resolve(c, e);
  return literal.kind === 'function' ? soleResult(c.program.functions[literal.function]) : null;
}
