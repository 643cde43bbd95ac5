import { doubleDouble, toDoubleDouble, type DoubleDouble } from '../exact/double-double';
import { interval, isEmpty, isPoint, point, type Interval } from '../exact/interval';
import { absInterval, maxInterval, minInterval, negInterval } from '../exact/interval-arithmetic';
import type { Operator } from './operator';
import { EXACT, ONE, ZERO, row, stepDerivative } from './row';

const { compare } = doubleDouble;
const MINUS_ONE = point(-1);

/** Index of the operand that a min (sign 1) or max (sign −1) returns. */
function chosen(operands: readonly number[], sign: 1 | -1): number {
  let best = 0;
  for (let i = 1; i < operands.length; i++) if (operands[i] * sign < operands[best] * sign) best = i;
  return best;
}

function select(sign: 1 | -1, xs: readonly DoubleDouble[]): DoubleDouble {
  if (xs.length === 0) return toDoubleDouble(sign * Infinity);
  if (xs.some(x => x.hi !== x.hi)) return toDoubleDouble(NaN);
  return xs.reduce((best, x) => (compare(x, best) * sign < 0 ? x : best));
}

/** Derivative enclosure of min/max: 0 for an operand that is never chosen, 1 for one that always is, [0, 1] between. */
function selectionSlopes(operands: readonly Interval[], sign: 1 | -1): Interval[] {
  const key = (x: Interval): Interval => (sign === 1 ? x : negInterval(x));
  return operands.map((x, i) => {
    const others = operands.filter((_, j) => j !== i).map(key);
    const mine = key(x);
    if (others.every(o => mine.hi < o.lo)) return ONE;
    if (others.some(o => mine.lo > o.hi)) return ZERO;
    return others.length === 0 ? ONE : { lo: 0, hi: 1 };
  });
}

function signInterval(x: Interval): Interval {
  return isEmpty(x) ? x : { lo: Math.sign(x.lo), hi: Math.sign(x.hi) };
}

/** The result is one of the operands, perhaps with its sign changed: no rounding in any format that has the operands. */
export const selection: readonly Operator[] = [
  row('selection', EXACT, {
    id: 'neg', arity: 1, spelling: { kind: 'prefix', token: '-' },
    value: a => -a,
    reference: doubleDouble.neg,
    enclosure: negInterval,
    derivative: () => [-1],
    derivativeEnclosure: () => [MINUS_ONE],
    monotone: [-1],
  }),
  row('selection', EXACT, {
    id: 'plus', arity: 1, spelling: { kind: 'prefix', token: '+' },
    value: a => +a,
    reference: a => a,
    enclosure: a => a,
    derivative: () => [1],
    derivativeEnclosure: () => [ONE],
    monotone: [1],
  }),
  row('selection', EXACT, {
    id: 'abs', arity: 1,
    value: Math.abs,
    reference: doubleDouble.abs,
    enclosure: absInterval,
    derivative: ([a]) => [a < 0 ? -1 : 1],
    derivativeEnclosure: ([a]) => [a.lo >= 0 ? ONE : a.hi <= 0 ? MINUS_ONE : { lo: -1, hi: 1 }],
  }),
  row('selection', EXACT, {
    id: 'min', arity: 'variadic',
    value: Math.min,
    reference: (...xs) => select(1, xs),
    enclosure: (...xs) => (xs.length === 0 ? point(Infinity) : xs.reduce(minInterval)),
    derivative: xs => { const best = chosen(xs, 1); return xs.map((_, i) => (i === best ? 1 : 0)); },
    derivativeEnclosure: xs => selectionSlopes(xs, 1),
  }),
  row('selection', EXACT, {
    id: 'max', arity: 'variadic',
    value: Math.max,
    reference: (...xs) => select(-1, xs),
    enclosure: (...xs) => (xs.length === 0 ? point(-Infinity) : xs.reduce(maxInterval)),
    derivative: xs => { const best = chosen(xs, -1); return xs.map((_, i) => (i === best ? 1 : 0)); },
    derivativeEnclosure: xs => selectionSlopes(xs, -1),
  }),
  row('selection', EXACT, {
    id: 'sign', arity: 1,
    value: Math.sign,
    reference: a => toDoubleDouble(Math.sign(a.hi)),
    enclosure: signInterval,
    derivative: () => [0],
    derivativeEnclosure: stepDerivative(signInterval),
    monotone: [1],
  }),
];

const TRUE = ONE;
const FALSE = ZERO;
const EITHER: Interval = { lo: 0, hi: 1 };

interface Comparison {
  readonly id: string;
  readonly token: string;
  readonly holds: (a: number, b: number) => boolean;
  /** On the sign of a − b. */
  readonly ofOrder: (order: number) => boolean;
}

const comparisons: readonly Comparison[] = [
  { id: 'lt', token: '<', holds: (a, b) => a < b, ofOrder: d => d < 0 },
  { id: 'le', token: '<=', holds: (a, b) => a <= b, ofOrder: d => d <= 0 },
  { id: 'gt', token: '>', holds: (a, b) => a > b, ofOrder: d => d > 0 },
  { id: 'ge', token: '>=', holds: (a, b) => a >= b, ofOrder: d => d >= 0 },
  { id: 'eq', token: '===', holds: (a, b) => a === b, ofOrder: d => d === 0 },
  { id: 'ne', token: '!==', holds: (a, b) => a !== b, ofOrder: d => d !== 0 },
];

/** Truth of a comparison over a box as [0, 0], [1, 1] or [0, 1]: true and false are 1 and 0, as in `+(a < b)`. */
function truth({ ofOrder }: Comparison, a: Interval, b: Interval): Interval {
  if (isEmpty(a) || isEmpty(b)) return interval(NaN, NaN);
  const orders: number[] = [];
  if (a.lo < b.hi) orders.push(-1);
  if (a.lo <= b.hi && a.hi >= b.lo) orders.push(0);
  if (a.hi > b.lo) orders.push(1);
  if (orders.includes(0) && isPoint(a) && isPoint(b)) return ofOrder(0) ? TRUE : FALSE;
  const outcomes = orders.map(ofOrder);
  return outcomes.every(Boolean) ? TRUE : outcomes.some(Boolean) ? EITHER : FALSE;
}

/** Comparisons; the value is 1 or 0. */
export const comparison: readonly Operator[] = comparisons.map(c => row('comparison', EXACT, {
  id: c.id, arity: 2, spelling: { kind: 'infix', token: c.token, precedence: c.id === 'eq' || c.id === 'ne' ? 9 : 10 },
  value: (a, b) => (c.holds(a, b) ? 1 : 0),
  reference: (a, b) => toDoubleDouble(a.hi !== a.hi || b.hi !== b.hi ? (c.id === 'ne' ? 1 : 0) : c.ofOrder(compare(a, b) || 0) ? 1 : 0),
  enclosure: (a, b) => truth(c, a, b),
  derivative: () => [0, 0],
  derivativeEnclosure: stepDerivative((a, b) => truth(c, a, b)),
}));

