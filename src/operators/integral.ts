import { doubleDouble, toDoubleDouble, type DoubleDouble } from '../exact/double-double';
import { isEmpty, type Interval } from '../exact/interval';
import type { Operator } from './operator';
import { EXACT, row, stepDerivative } from './row';

/** The nearest integer to the right of the step functions is decided on hi + lo, not on hi alone. */
function ceilDd(x: DoubleDouble): DoubleDouble {
  return doubleDouble.neg(doubleDouble.floor(doubleDouble.neg(x)));
}

const functions: readonly { readonly id: 'floor' | 'ceil' | 'round' | 'trunc'; readonly reference: (x: DoubleDouble) => DoubleDouble }[] = [
  { id: 'floor', reference: x => doubleDouble.floor(x) },
  { id: 'ceil', reference: ceilDd },
  { id: 'round', reference: x => doubleDouble.floor(doubleDouble.add(x, toDoubleDouble(0.5))) },
  { id: 'trunc', reference: x => (x.hi < 0 ? ceilDd(x) : doubleDouble.floor(x)) },
];

/** To an integer: exact, but with a jump at each step. */
export const integral: readonly Operator[] = functions.map(({ id, reference }) => {
  const enclosure = (x: Interval): Interval => (isEmpty(x) ? x : { lo: Math[id](x.lo), hi: Math[id](x.hi) });
  return row('integral', EXACT, {
    id, arity: 1,
    value: Math[id],
    reference,
    enclosure,
    derivative: () => [0],
    derivativeEnclosure: stepDerivative(enclosure),
    monotone: [1],
  });
});
