import type { Call, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { nameOf, wordsOf } from './names';
import { resolve } from './structure';

/** Operations on whole arrays by their usual names, as functions or methods: `log(sum(exp(x)))`, `tf.log(tf.sum(tf.exp(x)))`, `x.exp().sum().log()`. */

/** The value that a function or method of that name is applied to, through locals; null for other expressions. */
function appliedTo(c: HazardContext, e: Expression, name: RegExp): Expression | null {
  const value = resolve(c, e);
  if (value.kind !== 'call' || !name.test(calledName(c, value))) return null;
  const receiver = receiverOf(value);
  const chained = receiver !== null && receiver.kind !== 'constant' && (value.arguments.length === 0 || resolve(c, receiver).kind === 'call');
  return chained ? receiver : value.arguments[0] ?? null;
}

/** What is exponentiated in a logarithm of a sum of exponentials from which no maximum was taken; null when the call is none. */
export function tensorLogSumExp(c: HazardContext, call: Call): Expression | null {
  // console.log and other logs.
  if (/^(this\.)?(console|_?log(ger)?|debug)\b\s*\./i.test(c.source(call))) return null;
  const sum = appliedTo(c, call, /^log$/);
  const exponential = sum && appliedTo(c, sum, /^(reduce_?)?sum(_?(along|over|of)?_?(axis|axes|all))?$/i);
  const exponent = exponential && appliedTo(c, exponential, /^exp$/);
  return exponent && !reduced(c, exponent) ? exponent : null;
}

/** Something has been subtracted, or the values are limited. */
function reduced(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(sub|subtract|minus|clip|clamp|minimum|clip_?by_?value|neg(ative)?)$/i.test(calledName(c, value));
  return value.kind === 'operation' || wordsOf(nameOf(c, e)).some(w => /^(shift(ed)?|stable|stabili[sz]ed|normali[sz]ed|cent(e)?red|diff|clipped|clamped)$/.test(w));
}
