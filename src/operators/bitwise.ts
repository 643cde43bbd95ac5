import { isEmpty, isPoint, point, type Interval } from '../exact/interval';
import type { Operator, Spelling } from './operator';
import { EXACT, onDoubles, row, stepDerivative } from './row';

const INT32: Interval = { lo: -(2 ** 31), hi: 2 ** 31 - 1 };
const UINT32: Interval = { lo: 0, hi: 2 ** 32 - 1 };

type Integers = (a: Interval, b: Interval) => Interval;

/** ToInt32 of every point: exact where nothing wraps. */
function toInt32(x: Interval): Interval {
  const lo = Math.trunc(x.lo) + 0;
  const hi = Math.trunc(x.hi) + 0;
  if (lo >= INT32.lo && hi <= INT32.hi) return { lo, hi };
  return lo === hi && Number.isFinite(lo) ? point(lo | 0) : INT32;
}

/** 2^k − 1 ≥ x, for x ≥ 0: what bits can be set in any number up to x. */
function mask(x: number): number {
  return 2 ** (32 - Math.clz32(x)) - 1;
}

function and(a: Interval, b: Interval): Interval {
  if (a.lo >= 0) return { lo: 0, hi: b.lo >= 0 ? Math.min(a.hi, b.hi) : a.hi };
  if (b.lo >= 0) return { lo: 0, hi: b.hi };
  return { lo: INT32.lo, hi: Math.max(a.hi, b.hi, -1) };
}

function or(a: Interval, b: Interval): Interval {
  if (b.lo === 0 && b.hi === 0) return a;
  if (a.lo === 0 && a.hi === 0) return b;
  if (a.lo >= 0 && b.lo >= 0) return { lo: Math.max(a.lo, b.lo), hi: mask(a.hi) | mask(b.hi) };
  return INT32;
}

function xor(a: Interval, b: Interval): Interval {
  if (b.lo === 0 && b.hi === 0) return a;
  if (a.lo >= 0 && b.lo >= 0) return { lo: 0, hi: mask(a.hi) | mask(b.hi) };
  return INT32;
}

/** A shift count is taken modulo 32; a count that is not one known number may be any. */
function count(b: Interval): number | null {
  return isPoint(b) ? b.lo & 31 : null;
}

function shiftLeft(a: Interval, b: Interval): Interval {
  const k = count(b);
  if (k === null) return INT32;
  const factor = 2 ** k;
  return a.lo * factor >= INT32.lo && a.hi * factor <= INT32.hi ? { lo: a.lo * factor, hi: a.hi * factor } : INT32;
}

function shiftRight(a: Interval, b: Interval): Interval {
  const k = count(b);
  return k === null ? { lo: Math.min(a.lo, 0), hi: Math.max(a.hi, a.lo < 0 ? -1 : 0) } : { lo: a.lo >> k, hi: a.hi >> k };
}

function shiftRightUnsigned(a: Interval, b: Interval): Interval {
  const k = count(b);
  if (k === null) return a.lo >= 0 ? { lo: 0, hi: a.hi } : UINT32;
  return a.lo >= 0 || a.hi < 0 ? { lo: a.lo >>> k, hi: a.hi >>> k } : { lo: 0, hi: UINT32.hi >>> k };
}

function multiply(a: Interval, b: Interval): Interval {
  const products = [a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi];
  const lo = Math.min(...products);
  const hi = Math.max(...products);
  return lo >= INT32.lo && hi <= INT32.hi ? { lo: lo + 0, hi: hi + 0 } : INT32;
}

function bitwiseRow(id: string, spelling: Spelling, value: (a: number, b: number) => number, integers: Integers, arity: 1 | 2 = 2): Operator {
  const enclosure = (a: Interval, b: Interval = point(0)): Interval => {
    if (isEmpty(a) || isEmpty(b)) return a.lo !== a.lo ? a : b;
    const [x, y] = [toInt32(a), toInt32(b)];
    if (isPoint(x) && isPoint(y)) return point(value(x.lo, y.lo));
    return id === 'ushr' && a.lo >= 0 && a.hi <= UINT32.hi ? shiftUnsignedRange(a, y) : integers(x, y);
  };
  return row('bitwise', EXACT, {
    id, arity, spelling,
    value: value as Operator['value'],
    reference: onDoubles(value as Operator['value']),
    enclosure,
    derivative: operands => operands.map(() => 0),
    derivativeEnclosure: stepDerivative(enclosure),
  });
}

/** `>>>` of numbers that are in the unsigned range already: no wrap at 2^31. */
function shiftUnsignedRange(a: Interval, b: Interval): Interval {
  const k = count(b);
  return k === null ? { lo: 0, hi: Math.trunc(a.hi) } : { lo: Math.floor(Math.trunc(a.lo) / 2 ** k), hi: Math.floor(Math.trunc(a.hi) / 2 ** k) };
}

const infix = (token: string, precedence: number): Spelling => ({ kind: 'infix', token, precedence });

/** Operators on 32-bit integers, after ToInt32. Exact as operations on doubles, though the coercion of a fraction drops it. */
export const bitwise: readonly Operator[] = [
  bitwiseRow('bitand', infix('&', 8), (a, b) => a & b, and),
  bitwiseRow('bitxor', infix('^', 7), (a, b) => a ^ b, xor),
  bitwiseRow('bitor', infix('|', 6), (a, b) => a | b, or),
  bitwiseRow('bitnot', { kind: 'prefix', token: '~' }, a => ~a, a => ({ lo: -1 - a.hi, hi: -1 - a.lo }), 1),
  bitwiseRow('shl', infix('<<', 11), (a, b) => a << b, shiftLeft),
  bitwiseRow('shr', infix('>>', 11), (a, b) => a >> b, shiftRight),
  bitwiseRow('ushr', infix('>>>', 11), (a, b) => a >>> b, shiftRightUnsigned),
  bitwiseRow('imul', { kind: 'call', callee: 'Math.imul' }, Math.imul, multiply),
  bitwiseRow('clz32', { kind: 'call', callee: 'Math.clz32' }, Math.clz32,
    a => (a.lo >= 0 || a.hi < 0 ? { lo: Math.clz32(a.hi), hi: Math.clz32(a.lo) } : { lo: 0, hi: 32 }), 1),
];
