import type { Expression } from '../../program';
import { childrenOf } from '../engine/scene';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, calledName, receiverOf, sameTarget, type Accumulation } from './accumulation';
import { dyadic } from './dyadic';
import { integral, likelyIntegral } from './integers';
import { countWords, moneyWords, nameOf, wordsOf } from './names';
import { answerOf, constantOf, isOperation, nested, resolve, sameValue, termsOf, within } from './structure';
import { exactSum } from './sums';

/** Names of parts of a whole, and of texts made numbers. */
export const shareWords: ReadonlySet<string> = new Set(['percent', 'percentage', 'pct', 'weight', 'weightage', 'weighting', 'share', 'ratio', 'fraction', 'allocation', 'probability', 'proportion', 'split', 'parse', 'parsefloat']);

/** Things that come in whole numbers. */
const wholes: ReadonlySet<string> = new Set(['vote', 'point', 'score', 'cell', 'card', 'die', 'dice', 'roll', 'seat', 'piece', 'unit', 'item', 'ticket', 'flag', 'qty', 'quantity', 'nums', 'int', 'integer', 'digit', 'stock', 'year', 'day', 'player', 'span', 'colspan', 'bit', 'byte', 'one', 'pin', 'frame', 'mine', 'user', 'coin']);

/**
 * A sum of rounded numbers that a literal is compared with: added up in a loop, by `reduce`, by a function of the file that does nothing else, or several such sums added.
 * Sums of whole numbers are exact and none; of what is not known to have fractions, only 1 and 100, which shares make, and goals with a decimal fraction count.
 */
export function addedUp(c: HazardContext, side: Expression, goal: number): Accumulation | null {
  if (goal === 0 || !Number.isFinite(goal)) return null;
  const terms = termsOf(answerOf(c, side)).map(t => t.value);
  const sums = terms.flatMap(t => { const sum = sumBehind(c, t); return sum ? [sum] : []; });
  if (sums.length < terms.length || sums.some(s => s.sum.terms.some(t => t.negative))) return null;
  const rounded = sums.find(s => !whole(c, s.sum, [side, s.read, ...s.given]));
  if (!rounded) return null;
  const decimal = !dyadic(goal);
  return decimal || goal === 1 || goal === 100 || sums.some(s => fractions(c, s.sum)) ? rounded.sum : null;
}

interface SumBehind {
  readonly sum: Accumulation;
  readonly read: Expression;
  /** What a function that adds up was given. */
  readonly given: readonly Expression[];
}

function sumBehind(c: HazardContext, e: Expression): SumBehind | null {
  const value = answerOf(c, e);
  const adds = accumulationsOf(c).filter(a => a.operator === 'add');
  if (value.kind === 'call' && value.callee.kind === 'local') {
    // for (const w of weights) sum += w; return sum
    const last = [...nested(c.program.functions[value.callee.function].body)].filter(s => s.kind === 'return');
    const answer = last.length === 1 && last[0].kind === 'return' && last[0].value ? sumBehindRead(c, last[0].value, adds) : null;
    return answer && { sum: answer, read: e, given: value.arguments };
  }
  const sum = sumBehindRead(c, value, adds);
  return sum && { sum, read: e, given: [] };
}

function sumBehindRead(c: HazardContext, e: Expression, adds: readonly Accumulation[]): Accumulation | null {
  const value = answerOf(c, e);
  const own = adds.filter(a => a.call ? a.call === value : (value.kind === 'variable' || value.kind === 'property') && a.target.kind === value.kind && sameTarget(c, value, a.target));
  if (own.length === 0) return null;
  // sum = Math.round(sum) and Number(sum.toFixed(2)) before the comparison make it exact, or as good as exact.
  const others = value.kind === 'variable' ? c.definitions(value.variable).flatMap(d => d.kind === 'value' ? [resolve(c, d.value)] : []) : value.kind === 'property' ? c.assignments().filter(a => a.target.kind === 'property' && a.target.name === value.name).map(a => a.value) : [];
  return others.some(o => isOperation(o, 'round', 'floor', 'ceil', 'trunc', 'bitor') || /toFixed|\.round\(/.test(c.source(o))) ? null : own[0];
}

/** By their kind, type or name the terms are whole numbers, so that the sum is exact. */
function whole(c: HazardContext, a: Accumulation, named: readonly Expression[]): boolean {
  if (exactSum(c, a) || a.terms.some(t => constantOf(c, t.value) !== null || integral(c, t.value) || likelyIntegral(c, t.value) || truth(c, t.value))) return true;
  if (a.iterable && digitsOnly(c, a.iterable)) return true;
  if (fractions(c, a)) return false;
  const names = [...named, ...(a.iterable ? [a.iterable] : []), ...a.terms.flatMap(t => [...within(c, t.value, childrenOf)])].flatMap(e => wordsOf(nameOf(c, e)));
  return names.some(w => w.length > 1 && [w, w.replace(/s$/, '')].some(one => wholes.has(one) || countWords.has(one)));
}

/** `parts.map(Number)` of texts that a pattern has found to be digits and nothing else: `parts.every(p => /^\d+$/.test(p))`. */
function digitsOnly(c: HazardContext, list: Expression): boolean {
  const made = resolve(c, list);
  const texts = made.kind === 'call' && calledName(c, made) === 'map' && /^(Number|parseInt)$/.test(made.arguments[0] ? nameOf(c, made.arguments[0]) : '') ? receiverOf(made) : null;
  return texts !== null && c.calls().some(call => /^(every|some)$/.test(calledName(c, call)) && (r => r !== null && sameValue(c, r, texts))(receiverOf(call)) && /\/\^(\\d|\[0-9\])[+*]\$\/\w*\.test\(/.test(c.source(call)));
}

/** `Number(row.done)`, `+row.done` */
function truth(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  const inner = value.kind === 'call' && calledName(c, value) === 'Number' ? value.arguments[0] : isOperation(value, 'plus') ? value.operands[0] : value;
  return inner !== undefined && inner.type.kind === 'boolean';
}

/** Shares, money, quotients, decimal factors and texts with a decimal point are what is added. */
function fractions(c: HazardContext, a: Accumulation): boolean {
  return a.terms.some(t => [...within(c, t.value, childrenOf, true)].some(e => {
    const constant = constantOf(c, e);
    if (constant !== null) return !dyadic(constant);
    if (isOperation(e, 'div')) return !integral(c, e);
    if (e.kind === 'call') return calledName(c, e) === 'parseFloat';
    return wordsOf(nameOf(c, e)).some(w => [w, w.replace(/s$/, '')].some(one => one !== 'cent' && (shareWords.has(one) || moneyWords.has(one))));
  }));
}
