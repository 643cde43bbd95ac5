import type { DoubleDouble } from '../exact/double-double';
import { hull, isEmpty, type Interval } from '../exact/interval';
import type { Operator } from './operator';
import { ONE, ROUNDED, row } from './row';

const F16_LIMIT = 65520;

/** Nearest binary16 value, ties to even: what `Math.f16round` returns, in engines that lack it too. */
export function f16round(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < F16_LIMIT)) return x !== x ? NaN : Math.sign(x) * Infinity;
  if (magnitude < 2 ** -14) return ((magnitude + 1.5 * 2 ** 28) - 1.5 * 2 ** 28) * (x < 0 || Object.is(x, -0) ? -1 : 1);
  const t = x * (2 ** 42 + 1);
  return t - (t - x);
}

/** The real function is the identity: the conversion is pure rounding. The enclosure holds both the operand and its rounded value. */
function conversionRow(id: string, value: (x: number) => number): Operator {
  return row('conversion', ROUNDED, {
    id, arity: 1,
    value,
    reference: (x: DoubleDouble) => x,
    enclosure: (x: Interval) => (isEmpty(x) ? x : hull(x, { lo: value(x.lo), hi: value(x.hi) })),
    derivative: () => [1],
    derivativeEnclosure: () => [ONE],
    monotone: [1],
  });
}

/** Roundings to a fixed format. */
export const conversion: readonly Operator[] = [conversionRow('fround', Math.fround), conversionRow('f16round', f16round)];
