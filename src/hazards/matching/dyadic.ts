import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { defaultOf } from './defaults';
import { constantsOf } from './origins';
import { constantOf, isOperation, resolve } from './structure';

/** A multiple of 2^-20, as 0.25 is: sums and products of few such are exact. */
export function dyadic(x: number | null): boolean {
  return x !== null && Number.isInteger(x * 2 ** 20);
}

/** Multiplying or dividing by it is exact. */
export function powerOfTwo(x: number | null): boolean {
  return x !== null && x !== 0 && Number.isInteger(Math.log2(Math.abs(x)));
}

/** A number with digits after the point that no double has: as written, or as the file gives it to a parameter. */
export function fractional(c: HazardContext, e: Expression): boolean {
  const x = constantOf(c, e);
  if (x !== null) return !dyadic(x);
  // (min, max, step = 0.1) => …: the file's own step.
  return (e.kind === 'variable' || e.kind === 'property') && !(c.fact(e)?.integer ?? false) && constantsOf(c, e).some(k => !dyadic(k));
}

/** A decimal fraction by its value or default, or a quotient by something that is no power of two. */
export function decimalStep(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'conditional') return decimalStep(c, value.then) || decimalStep(c, value.otherwise);
  if (isOperation(value, 'neg')) return decimalStep(c, value.operands[0]);
  if (fractional(c, value)) return true;
  const usual = defaultOf(c, value);
  if (usual !== null) return !dyadic(usual);
  return isOperation(value, 'div') && !powerOfTwo(constantOf(c, value.operands[1]));
}
