import { findFormat } from '../../formats';
import { expressionAt, functionAt, literalAt, textOf, type Expression, type FunctionIr, type Program } from '../../program';
import { fromReal, toReal, type Real } from '../../protocol/real';
import { bound, BoundError, type BoundResult, type BoundSite } from '../bounds';
import type { Facts } from '../facts';
import { formatFates, type FormatFate } from './format-fate';
import { literalFacts, type LiteralFacts } from './literal';
import { localError, smallest } from './local-error';
import { overflowCause, type OverflowCause } from './overflow-cause';

export { formatFates, type FormatFate } from './format-fate';
export type { OverflowCause } from './overflow-cause';
export { literalFacts, LITERAL_FORMATS, type LiteralFacts } from './literal';

/** What a hover says of one numeric expression. Plain data; null: there is nothing to say. */
export interface NumberFacts {
  readonly kind: 'number';
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Format that the code computes in. */
  readonly format: string;
  /** Null when nothing but the type is known. */
  readonly range: readonly [Real, Real] | null;
  readonly integer: boolean;
  readonly maybeNaN: boolean;
  /** Where the range comes from: "from @range xs [0, 1000]". */
  readonly reason: string | null;
  readonly error: ErrorFacts | null;
  /** Why there is no error bound, as a phrase; null when there is one. */
  readonly noError: string | null;
  /** Correct significant decimal digits that are guaranteed; null when none can be, with the reason. */
  readonly digits: number | null;
  readonly noDigits: string | null;
  /** Factor by which the operation may magnify relative errors of its operands. */
  readonly condition: Real | null;
  readonly formats: readonly FormatFacts[];
}

export interface ErrorFacts {
  /** Bounds |computed − exact|. */
  readonly absolute: Real;
  readonly relative: Real | null;
  readonly ulps: Real | null;
  /** `function`: all rounding since the parameters of the enclosing function; `expression`: the rounding of this expression, what it reads taken as exact. */
  readonly scope: 'function' | 'expression';
  /** Where most of the function's error enters. */
  readonly largest: { readonly line: number; readonly share: number; readonly text: string } | null;
  readonly assumptions: readonly string[];
}

export interface FormatFacts extends FormatFate {
  /** Bound on the error of computing the expression in that format; null when there is none. */
  readonly computed: Real | null;
  /** Where it overflows, in terms of the one variable that the expression depends on. */
  readonly overflowsFor: OverflowCause | null;
  /** Decimal digits lost against the format that the code computes in; null when not known. */
  readonly digitsLost: number | null;
}

export interface HoverRequest {
  readonly formats?: readonly string[];
  /** Time for each bound of the enclosing function, in milliseconds; 0: only bounds of the expression itself. Default 40. */
  readonly milliseconds?: number;
}

export const HOVER_FORMATS: readonly string[] = ['fp32', 'fp16', 'bf16', 'int8'];

/** Facts for a hover at an offset: of the literal there, or of the innermost numeric expression. */
export function hoverFacts(program: Program, facts: Facts, offset: number, request: HoverRequest = {}): NumberFacts | LiteralFacts | null {
  const literal = literalAt(program, offset);
  if (literal) return literalFacts(textOf(program, literal), literal.value);
  const e = expressionAt(program, offset);
  return e && numberFacts(program, facts, e, request);
}

export function numberFacts(program: Program, facts: Facts, e: Expression, request: HoverRequest = {}): NumberFacts | null {
  const fact = facts.numbers[e.id];
  if (!fact) return null;
  const f = functionAt(program, e.start);
  const format = findFormat(f.format ?? 'fp64') ?? findFormat('fp64')!;
  const milliseconds = request.milliseconds ?? 40;
  const known = fact.lo <= fact.hi && (Number.isFinite(fact.lo) || Number.isFinite(fact.hi) || fact.evidence);
  const whole = milliseconds > 0 ? functionBound(program, f, format.id, milliseconds) : 'not asked for';
  const site = typeof whole === 'string' ? null : siteFor(program, whole, e);
  const local = localError(program, facts, e, format);
  const error = site && Number.isFinite(fromReal(site.absoluteError)) ? fromFunction(whole as BoundResult, site, e, f)
    : typeof local === 'string' ? null : { absolute: toReal(local.absolute), relative: null, ulps: null, scope: 'expression' as const, largest: null, assumptions: ['What the expression reads is taken as exact.'] };
  const least = smallest(fact, false);
  const relative = error === null ? NaN : fromReal(error.absolute) === 0 ? 0 : error.relative !== null ? fromReal(error.relative) : least > 0 ? fromReal(error.absolute) / least : Infinity;
  const most = Math.floor((format.significandBits ?? 53) * Math.log10(2));
  const digits = digitsOf(relative, most);
  const exactly = error !== null && fromReal(error.absolute) === 0;
  return {
    kind: 'number', start: e.start, end: e.end, text: textOf(program, e), format: format.id,
    range: known ? [toReal(fact.lo), toReal(fact.hi)] : null, integer: fact.integer, maybeNaN: fact.maybeNaN, reason: facts.reasons[e.id] ?? null,
    error: error && { ...error, relative: error.relative ?? (Number.isFinite(relative) ? toReal(relative) : null) },
    noError: error ? null : typeof local === 'string' ? local : null,
    digits: exactly ? most : digits, noDigits: error === null || exactly || digits !== null ? null : least === 0 ? 'the range contains 0' : 'the error may be as large as the value',
    condition: typeof local === 'string' || e.kind !== 'operation' ? null : toReal(local.condition),
    formats: formatFates(fact, request.formats ?? HOVER_FORMATS).map(fate => inFormat(program, facts, e, fate, { f, digits: exactly ? most : digits, least, milliseconds })),
  };
}

interface Comparison {
  readonly f: FunctionIr;
  readonly digits: number | null;
  readonly least: number;
  readonly milliseconds: number;
}

function inFormat(program: Program, facts: Facts, e: Expression, fate: FormatFate, { f, digits, least, milliseconds }: Comparison): FormatFacts {
  const none: FormatFacts = { ...fate, computed: null, digitsLost: null, overflowsFor: null };
  if (fate.fate === 'overflows') return { ...none, overflowsFor: overflowCause(program, facts, e, findFormat(fate.format)!) };
  if (fate.fate === 'unknown' || fate.scale) return none;
  const format = findFormat(fate.format)!;
  const whole = milliseconds > 0 ? functionBound(program, f, format.id, milliseconds / 2) : 'not asked for';
  const site = typeof whole === 'string' ? null : siteFor(program, whole, e);
  const local = site ? null : localError(program, facts, e, format);
  const error = site ? fromReal(site.absoluteError) : local && typeof local !== 'string' ? local.absolute : NaN;
  if (!Number.isFinite(error)) return none;
  // The function's own relative error is far below its largest absolute error over its smallest value; the digits of both formats are counted the same way.
  const ofResult = site && typeof whole !== 'string' && isResult(f, e) ? fromReal(whole.result.relativeError) : NaN;
  const relative = Number.isFinite(ofResult) ? ofResult : error === 0 ? 0 : least > 0 ? error / least : Infinity;
  const left = digitsOf(relative, Math.floor((format.significandBits ?? 0) * Math.log10(2)));
  return { ...none, computed: toReal(error), digitsLost: digits === null ? null : Math.max(0, digits - (left ?? 0)) };
}

function digitsOf(relative: number, most: number): number | null {
  if (relative === 0) return most;
  if (!(relative < 1)) return null;
  return Math.min(most, Math.floor(-Math.log10(relative)));
}

/** Bound of a function over the ranges of its parameters, for lenses and inlay hints; the reason as a sentence when there is none. Remembered per program. */
export function functionBound(program: Program, f: FunctionIr, format = 'fp64', milliseconds = 40): BoundResult | string {
  let known = bounds.get(program);
  if (!known) bounds.set(program, known = new Map());
  const key = `${f.id} ${format}`;
  let result = known.get(key);
  if (result === undefined) known.set(key, result = tryBound(program, f, format, milliseconds));
  return result;
}

const bounds = new WeakMap<Program, Map<string, BoundResult | string>>();

function tryBound(program: Program, f: FunctionIr, format: string, milliseconds: number): BoundResult | string {
  if (f.kind === 'module' || f.kind === 'initializer') return 'There is no function around it.';
  try {
    return bound(f, program, { format, budget: { milliseconds, evaluations: 1000 } });
  } catch (error) {
    if (error instanceof BoundError) return error.message;
    throw error;
  }
}

/** The expression's entry in a bound. */
function siteFor(program: Program, result: BoundResult, e: Expression): Pick<BoundSite, 'absoluteError'> | null {
  const f = functionAt(program, e.start);
  if (!isStraight(program, f)) {
    // Code that runs several times, or in several ways, has one entry for many values; only the result is known over all of them.
    return isResult(f, e) ? { absoluteError: result.result.absoluteError } : null;
  }
  return result.sites.find(site => site.start === e.start && site.end === e.end) ?? null;
}

function fromFunction(whole: BoundResult, site: Pick<BoundSite, 'absoluteError'>, e: Expression, f: FunctionIr): ErrorFacts {
  const returned = isResult(f, e);
  const largest = [...whole.sites].sort((a, b) => b.share - a.share)[0];
  const better = returned && fromReal(whole.result.absoluteError) <= fromReal(site.absoluteError);
  return {
    absolute: better ? whole.result.absoluteError : site.absoluteError,
    relative: returned && Number.isFinite(fromReal(whole.result.relativeError)) ? whole.result.relativeError : null,
    ulps: returned && Number.isFinite(fromReal(whole.result.ulps)) ? whole.result.ulps : null,
    scope: 'function', largest: returned && largest && largest.share > 0 ? { line: largest.line, share: largest.share, text: largest.text } : null,
    assumptions: whole.assumptions,
  };
}

/** Every expression of the function is evaluated once, whatever the values. */
function isStraight(program: Program, f: FunctionIr): boolean {
  if (!f.body.every(s => s.kind === 'declare' || s.kind === 'expression' || s.kind === 'return')) return false;
  return !program.expressions.some(x => x.start >= f.start && x.end <= f.end && (x.kind === 'conditional' || x.kind === 'logical' || x.kind === 'function'));
}

/** The expression is what the function returns, at its only return. */
function isResult(f: FunctionIr, e: Expression): boolean {
  const last = f.body[f.body.length - 1];
  return last?.kind === 'return' && last.value === e && JSON.stringify(f.body.slice(0, -1).map(s => s.kind)).includes('return') === false && f.body.every(s => s === last || s.kind === 'declare' || s.kind === 'expression' || s.kind === 'loop');
}
