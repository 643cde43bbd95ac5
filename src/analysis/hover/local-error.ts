import { parseValue, ulp, type Format } from '../../formats';
import { hasOperator, operator } from '../../operators';
import type { Interval } from '../../exact/interval';
import { textOf, type Expression, type Program } from '../../program';
import type { Facts, NumberFact } from '../facts';

/** Error that the rounding inside one expression makes when what it reads (variables, elements, results of calls) is taken as exact. */
export interface LocalError {
  /** Contains every real and every computed value. */
  readonly range: Interval;
  /** Bounds |computed − exact|. */
  readonly absolute: number;
  /** Largest factor by which the last operation magnifies a relative error of an operand; Infinity when its result may be 0. */
  readonly condition: number;
}

/** Why there is no bound: one phrase. */
export type NoError = string;

/**
 * Forward error analysis of an expression's tree in a format: each operation adds the error of its operands, magnified by at most the size of its derivative over
 * the range (interval enclosures), and half an ulp of its largest result. Sound under the facts it is given.
 */
export function localError(program: Program, facts: Facts, e: Expression, format: Format): LocalError | NoError {
  switch (e.kind) {
    case 'number': return { range: { lo: e.value, hi: e.value }, absolute: literalError(e.text, e.value, e.named, format), condition: 1 };
    case 'operation': return hasOperator(e.operator) && operator(e.operator).family !== 'comparison' && !e.spread?.some(Boolean) ? operationError(program, facts, e, format) : leaf(program, facts, e);
    case 'assign': return e.result === 'new' ? localError(program, facts, e.value, format) : leaf(program, facts, e);
    case 'conditional': {
      const exact = e.test.kind === 'operation' && e.test.operands.every(x => { const error = localError(program, facts, x, format); return typeof error !== 'string' && error.absolute === 0; });
      if (!exact) return `"${shortText(program, e.test)}" may be decided differently`;
      const then = localError(program, facts, e.then, format);
      const otherwise = localError(program, facts, e.otherwise, format);
      if (typeof then === 'string') return then;
      if (typeof otherwise === 'string') return otherwise;
      return {
        range: { lo: Math.min(then.range.lo, otherwise.range.lo), hi: Math.max(then.range.hi, otherwise.range.hi) },
        absolute: Math.max(then.absolute, otherwise.absolute), condition: Math.max(then.condition, otherwise.condition),
      };
    }
    default: return leaf(program, facts, e);
  }
}

function leaf(program: Program, facts: Facts, e: Expression): LocalError | NoError {
  const fact = facts.numbers[e.id];
  if (!fact || !Number.isFinite(fact.lo) || !Number.isFinite(fact.hi)) return `the range of ${shortText(program, e)} is not known`;
  return { range: { lo: fact.lo, hi: fact.hi }, absolute: 0, condition: 1 };
}

function operationError(program: Program, facts: Facts, e: Expression & { kind: 'operation' }, format: Format): LocalError | NoError {
  const row = operator(e.operator);
  const operands: LocalError[] = [];
  for (const x of e.operands) {
    const error = localError(program, facts, x, format);
    if (typeof error === 'string') return error;
    operands.push(error);
  }
  const inputs = operands.map(o => o.range);
  if (row.domain(...inputs) !== 'yes') return `"${shortText(program, e)}" is not defined on all of the range`;
  const real = row.enclosure(...inputs);
  if (!Number.isFinite(real.lo) || !Number.isFinite(real.hi)) return `"${shortText(program, e)}" has no finite range`;
  // The facts know more of the computed values than the enclosure of the real ones: guards, and operands that belong together.
  const size = magnitude(real);
  const fact = facts.numbers[e.id];
  const rounding = isExact(e.operator, row.exactness.kind, fact, format, size) ? 0 : ulp(format, size) * (row.exactness.kind === 'library' ? row.exactness.ulps : 0.5);
  const derivatives = row.derivativeEnclosure(inputs, real);
  let absolute = rounding;
  let condition = 0;
  const least = fact ? smallest({ lo: Math.max(real.lo, fact.lo), hi: Math.min(real.hi, fact.hi) }, fact.nonZero && format.id === 'fp64') : smallest(real, false);
  operands.forEach((o, i) => {
    const slope = magnitude(derivatives[i]);
    if (o.absolute > 0) absolute += slope * o.absolute * (1 + 1e-15);
    const factor = magnitude(o.range) === 0 ? 0 : slope * magnitude(o.range) / least;
    condition = Math.max(condition, factor === factor ? factor : Infinity);
  });
  if (!Number.isFinite(absolute)) return `a small error of an operand of "${shortText(program, e)}" may change it by any amount`;
  return { range: { lo: real.lo - rounding, hi: real.hi + rounding }, absolute: absolute * (1 + 1e-15), condition };
}

/** The operation does not round: choices and sign changes, and sums and products on a common grid that fit the significand. */
function isExact(id: string, kind: string, fact: NumberFact | null, format: Format, size: number): boolean {
  if (kind === 'exact') return true;
  const p = format.significandBits;
  return (id === 'add' || id === 'sub' || id === 'mul') && fact !== null && p !== null && fact.grid > -1000 && size <= 2 ** (p + fact.grid) && size <= format.maxFinite
    && format.minPositive <= 2 ** fact.grid;
}

/** |exact decimal − stored|, bounded; 0 when the text is a value of the format. */
function literalError(text: string, value: number, named: boolean, format: Format): number {
  if (named) return ulp(format, value) / 2;
  if (Number.isInteger(value) && /^[\d_]+$/.test(text) && Math.abs(value) <= 2 ** Math.min(53, format.significandBits ?? 0)) return 0;
  const typed = /^0[xob]/i.test(text) ? null : parseValue(text.replaceAll('_', ''), format);
  if (typed?.kind === 'finite' && !typed.value.sticky) {
    let { n, e } = typed.value;
    while (n !== 0n && n % 2n === 0n) { n /= 2n; e++; }
    const bits = n.toString(2).length;
    if (n === 0n || (bits <= (format.significandBits ?? 0) && 2 ** e >= format.minPositive && Math.abs(value) <= format.maxFinite)) return 0;
  }
  return ulp(format, value) / 2;
}

export function magnitude(x: Interval): number {
  return Math.max(Math.abs(x.lo), Math.abs(x.hi));
}

/** Least |x|; 0 when the interval holds 0, unless it is known not to be taken. */
export function smallest(x: Interval, nonZero: boolean): number {
  return x.lo > 0 ? x.lo : x.hi < 0 ? -x.hi : nonZero ? 5e-324 : 0;
}

export function shortText(program: Program, e: Expression): string {
  const text = textOf(program, e).replace(/\s+/g, ' ');
  return text.length > 40 ? text.slice(0, 39) + '…' : text;
}
