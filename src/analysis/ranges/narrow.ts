import type { Expression } from '../../program';
import { add, subtract } from './arithmetic';
import type { Engine } from './engine';
import { bothBelow, hasRange, isInteger, meetNumbers, NO_NUMBER, numberSet, single, type LengthRelation, type NumberSet } from './number-set';
import type { State } from './state';
import { isImpossible, numberValue, toNumber, valueOfType, type Value } from './value';

/**
 * In this state the expression has only the values `part`. Stores that for variables and paths, and reasons backwards through invertible operations:
 * from |x| < 3 to x in (−3, 3).
 */
export function narrow(m: Engine, e: Expression, s: State, part: Value): void {
  if (isImpossible(part)) { s.dead = true; return; }
  switch (e.kind) {
    case 'variable':
      s.refineVariable(e.variable, part);
      if (part.number.equals) narrowLengths(s, part.number.equals, part.number);
      return;
    case 'assign':
      if (e.result === 'new' && e.target.kind !== 'opaque') narrow(m, e.target, s, part);
      return;
    case 'sequence':
      narrow(m, e.expressions[e.expressions.length - 1], s, part);
      return;
    case 'property': case 'index': case 'operation': {
      const key = m.key(e);
      if (key && (key.variables.length > 0 || key.text.includes('this'))) s.refine(key, part);
      if (part.number.equals) narrowLengths(s, part.number.equals, part.number);
      if (e.kind === 'property' && e.optional) dropNullish(m, e.object, s, part);
      if (e.kind === 'operation') backwards(m, e, s, part.number);
      return;
    }
  }
}

/** `p?.x` is not undefined: neither is p. */
function dropNullish(m: Engine, object: Expression, s: State, part: Value): void {
  if (part.simple & 1 || object.kind !== 'variable') return;
  const value = s.variable(object.variable);
  if (value && value.simple & 3) narrow(m, object, s, { ...value, simple: value.simple & ~3 });
}

/** The length behind a symbol is known better: so are the variables and expressions that stand for it. */
function narrowLengths(s: State, relation: LengthRelation, number: NumberSet): void {
  const length = number.lo <= number.hi ? { lo: number.lo - relation.slack, hi: number.hi - relation.slack } : null;
  if (!length) return;
  s.forEachVariable((id, value) => {
    const other = value.number.equals;
    if (other?.symbol !== relation.symbol || (other.slack === relation.slack && value.number === number)) return;
    if (other.slack === relation.slack) tighten(s, id, value, number.lo, number.hi, number);
    else tighten(s, id, value, length.lo + other.slack, length.hi + other.slack, number);
  });
  for (const key of s.lengthKeys(relation.symbol)) {
    const known = s.refinement(key);
    const set = numberSet(length.lo, length.hi, { grid: 0, nonZero: relation.slack === 0 && number.nonZero, vague: number.vague, reasons: number.reasons });
    s.refine(key, numberValue(known && known.number !== NO_NUMBER ? meetNumbers(known.number, set) : set));
  }
}

function tighten(s: State, id: number, value: Value, lo: number, hi: number, source: NumberSet): void {
  const met = meetNumbers(value.number, numberSet(lo, hi, { grid: value.number.grid, nan: true, negativeZero: true, vague: source.vague, reasons: source.reasons }));
  if (met !== value.number && hasRange(met)) s.refineVariable(id, { ...value, number: met });
}

/** Value of an expression in a state, leaving no trace. */
export function peek(m: Engine, e: Expression, s: State): Value {
  if (e.kind === 'variable') return s.variable(e.variable) ?? valueOfType(e.type);
  const recorder = m.recorder;
  m.recorder = null;
  const value = m.evaluate(e, s.copy());
  m.recorder = recorder;
  return value;
}

/** Widens for the rounding of the operation that is undone. */
function loosely(ends: readonly number[], scale: number): { lo: number; hi: number } {
  // `scale`: factor from the result to the operand; what the result lost to underflow is as much larger there.
  const slack = (x: number): number => Math.abs(x) * 4.5e-16 + 1e-307 * Math.max(1, scale);
  const lo = Math.min(...ends);
  const hi = Math.max(...ends);
  return { lo: Number.isFinite(lo) ? lo - slack(lo) : lo, hi: Number.isFinite(hi) ? hi + slack(hi) : hi };
}

function constrain(m: Engine, e: Expression, s: State, range: { lo: number; hi: number }, result: NumberSet, nonZero = false): void {
  const value = peek(m, e, s);
  if (value.number === NO_NUMBER || !isImpossible({ ...value, number: NO_NUMBER })) return;
  const met = meetNumbers(value.number, numberSet(range.lo, range.hi, { nan: result.nan, negativeZero: true, nonZero, vague: result.vague, reasons: result.reasons }));
  if (met === value.number) return;
  narrow(m, e, s, numberValue(met));
}

function backwards(m: Engine, e: Expression & { kind: 'operation' }, s: State, given: NumberSet): void {
  // What overflowed was finite: x / 1e-300 is Infinity for x far below it.
  const result = given.lo === Infinity || given.hi === -Infinity ? { ...given, lo: Math.min(given.lo, Number.MAX_VALUE), hi: Math.max(given.hi, -Number.MAX_VALUE) } : given;
  // What is undone is read again: an operand that assigns or calls would have another value by now (`-i++`).
  if (!hasRange(result) || !e.operands.every(isRepeatable)) return;
  const [x, y] = e.operands;
  switch (e.operator) {
    case 'neg': return constrain(m, x, s, { lo: -result.hi, hi: -result.lo }, result, result.nonZero);
    case 'plus': return constrain(m, x, s, result, result, result.nonZero);
    case 'abs':
      constrain(m, x, s, { lo: -result.hi, hi: result.hi }, result, result.nonZero);
      return;
    case 'sqrt': return constrain(m, x, s, { lo: result.nan ? -Infinity : 0, ...(result.hi === Infinity ? { hi: Infinity } : { hi: result.hi ** 2 * (1 + 1e-15) }) }, result, result.nonZero && !result.nan);
    case 'floor': return constrain(m, x, s, { lo: result.lo, hi: result.hi + 1 }, result);
    case 'ceil': return constrain(m, x, s, { lo: result.lo - 1, hi: result.hi }, result);
    case 'max': if (result.hi < Infinity) for (const operand of e.operands) constrain(m, operand, s, { lo: -Infinity, hi: result.hi }, result); return;
    case 'min': if (result.lo > -Infinity) for (const operand of e.operands) constrain(m, operand, s, { lo: result.lo, hi: Infinity }, result); return;
    case 'add': case 'sub': {
      if (e.spread?.some(Boolean)) return;
      const a = toNumber(peek(m, x, s));
      const b = toNumber(peek(m, y, s));
      if (!hasRange(a) || !hasRange(b)) return;
      const exact = isInteger(a) && isInteger(b) && Math.max(Math.abs(a.lo), Math.abs(a.hi), Math.abs(b.lo), Math.abs(b.hi)) < 2 ** 52;
      // The rounding of x + y is relative to the sum, whose size at a finite end is known.
      const size = (n: NumberSet): number => Math.max(...[n.lo, n.hi].map(end => Number.isFinite(end) ? Math.abs(end) : 0));
      const around = (n: NumberSet, constant: NumberSet): { lo: number; hi: number } => {
        const slack = exact ? 0 : Math.max(size(result), size(constant)) * 9e-16 + 5e-324;
        return { lo: n.lo - slack, hi: n.hi + slack };
      };
      if (single(b) !== undefined) {
        const undone = e.operator === 'add' ? subtract(result, b) : add(result, b);
        constrain(m, x, s, around(undone, b), result);
      }
      if (single(a) !== undefined) {
        const undone = e.operator === 'add' ? subtract(result, a) : subtract(a, result);
        constrain(m, y, s, around(undone, a), result);
      }
      relate(m, e, s, result);
      return;
    }
    case 'mul': {
      const factor = single(toNumber(peek(m, y, s)));
      if (factor === undefined || factor === 0 || !Number.isFinite(factor)) return;
      return constrain(m, x, s, loosely([result.lo / factor, result.hi / factor], 1 / Math.abs(factor)), result, result.nonZero);
    }
    case 'div': {
      const divisor = single(toNumber(peek(m, y, s)));
      if (divisor === undefined || divisor === 0 || !Number.isFinite(divisor)) return;
      return constrain(m, x, s, loosely([result.lo * divisor, result.hi * divisor], Math.abs(divisor)), result, result.nonZero);
    }
  }
}

function isRepeatable(e: Expression): boolean {
  switch (e.kind) {
    case 'number': case 'constant': case 'variable': return true;
    case 'property': return isRepeatable(e.object);
    case 'index': return isRepeatable(e.object) && isRepeatable(e.index);
    case 'operation': return e.operands.every(isRepeatable);
    case 'conditional': return isRepeatable(e.test) && isRepeatable(e.then) && isRepeatable(e.otherwise);
    case 'logical': return isRepeatable(e.left) && isRepeatable(e.right);
    case 'opaque': return e.reason === 'this' && e.children.length === 0;
    case 'call': return e.callee.kind === 'library' && /^(Math|Number)\./.test(e.callee.name) && e.arguments.every(isRepeatable);
    default: return false;
  }
}

/** i + k < length: then i + k is below the length, and so is i with that slack. */
function relate(m: Engine, e: Expression & { kind: 'operation' }, s: State, result: NumberSet): void {
  const [x, y] = e.operands;
  if (x.kind !== 'variable' || result.below.length === 0) return;
  const shift = single(toNumber(peek(m, y, s)));
  const value = s.variable(x.variable);
  if (shift === undefined || !Number.isInteger(shift) || !value || !isInteger(value.number)) return;
  const k = e.operator === 'add' ? shift : -shift;
  const below = result.below.map(r => ({ symbol: r.symbol, slack: r.slack + k }));
  s.refineVariable(x.variable, { ...value, number: { ...value.number, below: bothBelow(value.number.below, below) } });
}
