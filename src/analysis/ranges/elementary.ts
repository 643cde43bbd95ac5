import type { Interval } from '../../exact/interval';
import { hasOperator, operator } from '../../operators';
import { absolute, add, divide, extreme, monotone, multiply, negate, remainder, square, squareRoot, subtract } from './arithmetic';
import { bitwise } from './integers';
import {
  FINEST_GRID, greatestMagnitude, hasRange, isInteger, leastMagnitude, literal, mayBeInfinite, mayBeZero, mergeReasons, NO_NUMBER, numberSet, ONLY_NAN, single, TINY, type NumberSet,
} from './number-set';

/** Values that no implementation of these functions exceeds, whatever its accuracy. */
const BOUNDED: Readonly<Record<string, readonly [number, number]>> = {
  sin: [-1, 1], cos: [-1, 1], tanh: [-1, 1], asin: [-Math.PI / 2, Math.PI / 2], acos: [0, Math.PI], atan: [-Math.PI / 2, Math.PI / 2], atan2: [-Math.PI, Math.PI],
  exp: [0, Infinity], expm1: [-1, Infinity], cosh: [1, Infinity], acosh: [0, Infinity], hypot: [0, Infinity],
};

/** Odd functions and others whose only zero is at 0. */
const ZERO_AT_ZERO = new Set(['sinh', 'tanh', 'asinh', 'atan', 'asin', 'expm1', 'log1p', 'cbrt', 'atanh']);

/** −0 for −0. */
const ODD = new Set([...ZERO_AT_ZERO, 'sin', 'tan', 'atan2']);

/** The value of an operator of the table on sets of numbers: contains what JavaScript computes for any of the members. Null: the operator does not yield a number. */
export function applyOperator(id: string, operands: readonly NumberSet[]): NumberSet | null {
  const [a, b] = operands;
  switch (id) {
    case 'add': return add(a, b);
    case 'sub': return subtract(a, b);
    case 'mul': return multiply(a, b);
    case 'div': return divide(a, b);
    case 'rem': return remainder(a, b);
    case 'neg': return negate(a);
    case 'plus': return a;
    case 'abs': return absolute(a);
    case 'min': case 'max':
      if (operands.length === 0) return literal(id === 'min' ? Infinity : -Infinity);
      return operands.reduce((x, y) => extreme(x, y, id));
    case 'sqrt': return squareRoot(a);
    case 'pow': return power(a, b);
    case 'floor': return monotone(a, Math.floor, { integral: true });
    case 'ceil': return monotone(a, Math.ceil, { integral: true });
    case 'round': return monotone(a, Math.round, { integral: true });
    case 'trunc': return monotone(a, Math.trunc, { integral: true });
    case 'sign': return { ...monotone({ ...a, grid: Math.min(a.grid, 0) }, Math.sign, { integral: true }), below: [], equals: null };
    case 'fround': return monotone(a, Math.fround, { integral: false });
    case 'bitand': case 'bitor': case 'bitxor': case 'bitnot': case 'shl': case 'shr': case 'ushr': case 'imul': case 'clz32': return bitwise(id, operands);
    case 'hypot': if (operands.length === 0) return literal(0);
  }
  return throughTable(id, operands);
}

function throughTable(id: string, operands: readonly NumberSet[]): NumberSet | null {
  if (!hasOperator(id)) return null;
  const row = operator(id);
  if (row.family === 'comparison') return null;
  const nan = operands.some(a => a.nan);
  if (operands.some(a => !hasRange(a))) {
    // hypot is infinite as soon as one operand is, whatever the others.
    if (id === 'hypot' && operands.some(a => hasRange(a) && mayBeInfinite(a))) return numberSet(Infinity, Infinity, { nan: true });
    return nan ? ONLY_NAN : NO_NUMBER;
  }
  const evidence = operands.every(a => a.evidence);
  const reasons = operands.reduce<readonly string[]>((all, a) => mergeReasons(all, a.reasons), []);
  if (row.family === 'conversion') return { ...monotone(operands[0], row.value as (x: number) => number, { integral: false }), reasons };
  const intervals: Interval[] = operands.map(({ lo, hi }) => ({ lo, hi }));
  const enclosure = row.enclosure(...intervals);
  const ulps = row.exactness.kind === 'library' ? 2 * row.exactness.ulps : 1;
  let { lo, hi } = enclosure;
  if (lo !== lo || hi !== hi) return atCorners(id, operands);
  lo = lo === 0 && exactZero(id) ? 0 : lower(lo, ulps);
  hi = hi === 0 && exactZero(id) ? 0 : -lower(-hi, ulps);
  const bounds = BOUNDED[id];
  if (bounds) { lo = Math.max(lo, bounds[0]); hi = Math.min(hi, bounds[1]); }
  // Every implementation gives e^0 = 1 and log 1 = 0, and keeps to the right side of them.
  if (id === 'exp') { if (operands[0].hi <= 0) hi = Math.min(hi, 1); if (operands[0].lo >= 0) lo = Math.max(lo, 1); }
  if (id === 'atan2' && mayBeZero(operands[0]) && (operands[1].lo < 0 || operands[1].negativeZero)) ({ lo, hi } = withSignedZeros(operands[0], lo, hi));
  if (mayBeInfinite(operands[0]) || (operands[1] && mayBeInfinite(operands[1]))) ({ lo, hi } = withLimits(row.value, operands, lo, hi));
  return numberSet(lo, hi, {
    nan: nan || row.domain(...intervals) !== 'yes' || infiniteIsUndefined(id, operands), evidence, reasons, vague: !(bounds && bounds[1] < Infinity) && operands.some(a => a.vague),
    negativeZero: ODD.has(id) && (operands[0].negativeZero || (id === 'atan2' && operands[0].lo < 0)),
    nonZero: (ZERO_AT_ZERO.has(id) && operands[0].nonZero && leastMagnitude(operands[0]) > 1e-300) || (id === 'hypot' && operands.some(a => leastMagnitude(a) > 1e-300)),
  });
}

/** atan2(±0, x) is ±π for negative x and for x = −0, where the real function has a jump or no value. */
function withSignedZeros(y: NumberSet, lo: number, hi: number): { lo: number; hi: number } {
  return { lo: y.negativeZero ? -Math.PI : lo, hi: Math.max(hi, Math.PI) };
}

/** The real function is 0 there and every implementation says so. */
function exactZero(id: string): boolean {
  return id !== 'sin' && id !== 'cos' && id !== 'tan';
}

function atCorners(id: string, operands: readonly NumberSet[]): NumberSet {
  // The real function is defined nowhere on the box; JavaScript may still answer with an infinity (log 0, atanh 1).
  const row = operator(id);
  const values = corners(operands).map(point => row.value(...point)).filter(v => v === v);
  return values.length === 0 ? ONLY_NAN : numberSet(Math.min(...values), Math.max(...values), { nan: true, negativeZero: true });
}

/** Enclosures speak of real points; at infinite ends the value JavaScript gives is included as well (exp(−∞) = 0, atan(∞)). */
function withLimits(value: (...x: number[]) => number, operands: readonly NumberSet[], lo: number, hi: number): { lo: number; hi: number } {
  for (const point of corners(operands)) {
    const y = value(...point);
    if (y < lo) lo = y;
    if (y > hi) hi = y;
  }
  return { lo, hi };
}

function corners(operands: readonly NumberSet[]): number[][] {
  let points: number[][] = [[]];
  for (const a of operands.slice(0, 4)) points = points.flatMap(point => a.lo === a.hi ? [[...point, a.lo]] : [[...point, a.lo], [...point, a.hi]]);
  return points;
}

function infiniteIsUndefined(id: string, operands: readonly NumberSet[]): boolean {
  return (id === 'sin' || id === 'cos' || id === 'tan') && mayBeInfinite(operands[0]);
}

/** `x` moved down by that many ulps, and by as many subnormal steps. */
function lower(x: number, ulps: number): number {
  return Number.isFinite(x) ? Math.max(-Infinity, x - Math.abs(x) * ulps * 2.3e-16 - ulps * TINY) : x;
}

/**
 * a ** b. The result of a power is not correctly rounded (2 ulps are allowed for), but integer powers of integers are exact below 2^53, and ends are
 * reached at corners because the power is monotone in each operand while the base is positive.
 */
export function power(a: NumberSet, b: NumberSet): NumberSet {
  const flags = { evidence: a.evidence && b.evidence, vague: a.vague || b.vague, reasons: mergeReasons(a.reasons, b.reasons) };
  const exponent = single(b);
  if (exponent === 0) return literal(1);
  if (!hasRange(b)) return b.nan ? ONLY_NAN : NO_NUMBER;
  // NaN ** 0 is 1.
  if (!hasRange(a)) return a.nan ? (mayBeZero(b) ? numberSet(1, 1, { nan: true }) : ONLY_NAN) : NO_NUMBER;
  if (exponent === 1) return a;
  if (exponent === 0.5) return { ...squareRoot(extendLow(a)), ...(a.lo === -Infinity ? { hi: Infinity } : {}) };
  if (exponent === 2) return looser(square(a), 2);
  const nan = a.nan || b.nan || (a.lo < 0 && !isInteger(b)) || (mayBeInfinite(b) && a.lo <= 1 && a.hi >= -1);
  const magnitude = absolute(a);
  const [lo, hi] = positivePower(magnitude, b);
  const integral = isInteger(a) && isInteger(b) && b.lo >= 0;
  const result = numberSet(lo, hi, { ...flags, nan, grid: integral ? 0 : FINEST_GRID, nonZero: lo > 0 || (integral && a.nonZero) });
  if (a.lo >= 0 && !a.negativeZero) return looser(result, 2);
  const even = exponent !== undefined && exponent % 2 === 0;
  const odd = exponent !== undefined && Math.abs(exponent % 2) === 1;
  if (even) return looser(result, 2);
  if (odd) {
    const [from] = a.hi > 0 ? [0] : positivePower(numberSet(-a.hi, -a.lo), b);
    const least = a.lo < 0 ? -positivePower(numberSet(Math.max(0, -a.hi), -a.lo), b)[1] : 0;
    const greatest = a.hi > 0 ? positivePower(numberSet(Math.max(0, a.lo), a.hi), b)[1] : exponent > 0 ? -from : 0;
    return looser(numberSet(mayBeZero(a) && exponent < 0 ? -Infinity : least, mayBeZero(a) && exponent < 0 ? Infinity : greatest, {
      ...flags, nan, grid: integral ? 0 : FINEST_GRID, negativeZero: true, nonZero: integral && a.nonZero,
    }), 2);
  }
  return looser(numberSet(-hi, hi, { ...flags, nan, grid: integral ? 0 : FINEST_GRID, negativeZero: true, nonZero: result.nonZero }), 2);
}

/** For x ** 0.5: −∞ gives ∞ there, the rest of the negative numbers NaN. */
function extendLow(a: NumberSet): NumberSet {
  return a.negativeZero ? { ...a, negativeZero: false } : a;
}

/** Range of x ** y for x in a (which is ≥ 0). */
function positivePower(a: NumberSet, b: NumberSet): [number, number] {
  const points = [a.lo ** b.lo, a.lo ** b.hi, a.hi ** b.lo, a.hi ** b.hi].filter(v => v === v);
  if (b.lo <= 0 && b.hi >= 0) points.push(1);
  if (mayBeInfinite(b) && a.lo <= 1 && a.hi >= 1) points.push(1);
  return [Math.min(...points), Math.max(...points)];
}

function looser(a: NumberSet, ulps: number): NumberSet {
  if (!hasRange(a)) return a;
  const widen = (x: number): number => Number.isInteger(x) && a.grid >= 0 && Math.abs(x) <= 2 ** 53 ? x : lower(x, ulps);
  const lo = a.lo >= 0 ? Math.max(0, widen(a.lo)) : widen(a.lo);
  const hi = a.hi <= 0 ? Math.min(0, -widen(-a.hi)) : -widen(-a.hi);
  return numberSet(lo, hi, { ...a, nonZero: a.nonZero && (lo > 0 || hi < 0 || greatestMagnitude(a) > 0 && a.grid >= 0) });
}
