import type { Expression, TypedArrayName } from '../../program';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, calledName } from './accumulation';
import { countBound } from './sums';
import { enclosingNames, nameOf, wordsOf } from './names';
import { isCounter } from './integers';
import { constantOf, isOperation, resolve, termsOf } from './structure';

/** Values that outgrow an integer element by what they are: constants, moments, samples scaled to full range, pixels moved by an amount, running sums, labels given one by one. The reason, or null. */
export function outgrowsByMeaning(c: HazardContext, value: Expression, name: TypedArrayName, range: readonly [number, number]): string | null {
  const constant = constantOf(c, value);
  if (constant !== null) return constantBeyond(constant, range);
  const fact = c.fact(value);
  if (fact && fact.lo >= range[0] && fact.hi <= range[1]) return null;
  const whole = resolve(c, value);
  if (moment(c, value)) return 'is a time in milliseconds, which takes 41 bits';
  if (name === 'Int16Array' && fullScale(c, whole)) return 'leaves the range when the sample is beyond ±1';
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

/** x · 32767 where nothing has clamped x. */
function fullScale(c: HazardContext, value: Expression): boolean {
  if (isOperation(value, 'round', 'floor', 'trunc')) return fullScale(c, resolve(c, value.operands[0]));
  if (!isOperation(value, 'mul') || value.operands.length !== 2) return false;
  const sample = value.operands.find(o => constantOf(c, o) === null);
  const scale = value.operands.find(o => o !== sample);
  if (!sample || !scale || ![32767, 32768].includes(constantOf(c, scale) ?? 0)) return false;
  const source = resolve(c, sample);
  const fact = c.fact(sample);
  return (source.kind === 'index' || source.kind === 'variable') && !(fact && fact.hi <= 1 && fact.lo >= -1) && !(source.kind === 'variable' && c.definitions(source.variable).some(d => d.kind === 'value' && d.value.kind === 'conditional'));
}

const amounts: ReadonlySet<string> = new Set(['brightness', 'contrast', 'delta', 'gain', 'exposure', 'adjust', 'adjustment', 'amount', 'level', 'noise', 'brighten', 'darken', 'lighten']);

/** An element plus an amount of light. */
function adjusted(c: HazardContext, value: Expression): boolean {
  if (!isOperation(value, 'add', 'sub') || value.operands.length !== 2) return false;
  const [left, right] = value.operands.map(o => resolve(c, o));
  const element = left.kind === 'index' ? left : right.kind === 'index' ? right : null;
  const amount = element === left ? right : left;
  if (!element || (amount.kind !== 'variable' && amount.kind !== 'property')) return false;
  return [nameOf(c, amount), ...enclosingNames(c, value)].some(n => wordsOf(n).some(w => amounts.has(w)));
}

function runningSum(c: HazardContext, e: Expression, top: number): boolean {
  return termsOf(resolve(c, e)).some(({ value }) => value.kind === 'variable' && accumulationsOf(c).some(a => a.operator === 'add' && a.target.kind === 'variable' && a.target.variable === value.variable
    && a.terms.every(t => !t.negative && constantOf(c, t.value) === null && (resolve(c, t.value).kind === 'index' || resolve(c, t.value).kind === 'property')) && !a.terms.some(t => (c.fact(t.value)?.hi ?? Infinity) * countBound(c, a) <= top)));
}

/** `next++`, or a counter that a loop raises. */
function label(c: HazardContext, value: Expression): boolean {
  return value.kind === 'assign' && value.target.kind === 'variable' && value.compound === 'add' && isCounter(c, value.target.variable);
}
