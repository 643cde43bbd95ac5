import { doubleDouble, toDoubleDouble, type DoubleDouble } from '../exact/double-double';
import { ENTIRE, isEmpty, isPoint, point, type Interval } from '../exact/interval';
import type { ExactnessModel, Operator, OperatorFamily } from './operator';

/**
 * Accuracy of `Math.*` that results assume unless told otherwise, in ulps. Largest errors measured in V8 over 150,000 and more random arguments: below 0.9 for the first group;
 * pow 0.97, atan2 1.32; hypot 1.91, acosh 2.01, tanh 2.09, log10 1.77 and the other hyperbolics below 1.8.
 */
export const LIBRARY: ExactnessModel = { kind: 'library', ulps: 1 };
export const LIBRARY_2: ExactnessModel = { kind: 'library', ulps: 2 };
export const LIBRARY_3: ExactnessModel = { kind: 'library', ulps: 3 };
export const ROUNDED: ExactnessModel = { kind: 'rounded' };
export const EXACT: ExactnessModel = { kind: 'exact' };

export const { add: ddAdd, sub: ddSub, mul: ddMul, div: ddDiv } = doubleDouble;

export const ONE = point(1);
export const ZERO = point(0);

type Parts = Omit<Operator, 'monotone' | 'domain' | 'exactness' | 'family' | 'spelling'> & Partial<Operator>;

/** A row whose missing parts have their usual value: defined everywhere, monotone in nothing, spelled `Math.id`. */
export function row(family: OperatorFamily, exactness: ExactnessModel, parts: Parts): Operator {
  const arity = parts.arity;
  return {
    family,
    exactness,
    spelling: { kind: 'call', callee: `Math.${parts.id}` },
    domain: () => 'yes',
    monotone: Array.from({ length: arity === 'variadic' ? 0 : arity }, () => 0 as const),
    ...parts,
  };
}

/** Domain given by a predicate on points: 'yes' when `all` of the box is in, 'no' when nothing is. */
export function domainOf(all: (...operands: Interval[]) => boolean, some: (...operands: Interval[]) => boolean): Operator['domain'] {
  return (...operands) => operands.some(isEmpty) ? 'no' : all(...operands) ? 'yes' : some(...operands) ? 'partly' : 'no';
}

/** Reference of an operator whose double value is exact on doubles but that takes double-double operands: applied to the nearest double. */
export function onDoubles(value: (...operands: number[]) => number): Operator['reference'] {
  return (...operands: DoubleDouble[]) => toDoubleDouble(value(...operands.map(x => x.hi)));
}

/** Derivatives of a step function: zero inside a step; unbounded when the box meets a jump. */
export function stepDerivative(enclosure: (...operands: Interval[]) => Interval): Operator['derivativeEnclosure'] {
  return operands => {
    const range = enclosure(...operands);
    return operands.map(() => isPoint(range) || isEmpty(range) ? ZERO : ENTIRE);
  };
}
