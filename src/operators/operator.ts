import type { DoubleDouble } from '../exact/double-double';
import type { Interval } from '../exact/interval';

/**
 * How the JavaScript value of an operator relates to the real function that it stands for, in double:
 * - `rounded`: correctly rounded (+ − × ÷ √, fround, fma-free): error at most half an ulp;
 * - `exact`: no error whatever the operands (neg, abs, min, max, floor, trunc, comparisons, integer coercions);
 * - `library`: `Math.*`, error at most `ulps` ulps, an assumption that results state.
 */
export type ExactnessModel = { readonly kind: 'rounded' } | { readonly kind: 'exact' } | { readonly kind: 'library'; readonly ulps: number; readonly sharper?: SharperAccuracy };

/** Where a library function is known to be more accurate than elsewhere. */
export interface SharperAccuracy {
  readonly ulps: number;
  /** A phrase that completes "… ulps". */
  readonly where: string;
  /** Whether it holds for all computed operands in a range, whose results are at most `magnitude`. */
  readonly holds: (operand: Interval, magnitude: number) => boolean;
}

/** How JavaScript spells it: `a + b`, `-a`, `Math.exp(a)`, `a ** b`. */
export type Spelling =
  | { readonly kind: 'infix'; readonly token: string; readonly precedence: number }
  | { readonly kind: 'prefix'; readonly token: string }
  | { readonly kind: 'call'; readonly callee: string };

/** What kind of thing an operation yields and, for the simulator, where it rounds. */
export type OperatorFamily =
  /** data arithmetic: rounds to the arithmetic format in a simulation. */
  | 'arithmetic'
  /** elementary function: computed in double, rounded once. */
  | 'elementary'
  /** choice or sign change: result is one of the operands up to sign; exact in every format that has the operands. */
  | 'selection'
  /** to an integer value: floor, ceil, round, trunc. */
  | 'integral'
  /** ToInt32 and friends: |, &, ^, ~, <<, >>, >>>, imul, clz32. */
  | 'bitwise'
  /** fround, f16round: rounds to a fixed format. */
  | 'conversion'
  /** yields a boolean. */
  | 'comparison';

/** One row of the operator table. Everything the product knows of a numeric operator stands in its row. */
export interface Operator {
  /** `add`, `sub`, `mul`, `div`, `rem`, `pow`, `neg`, `exp`, … */
  readonly id: string;
  /** Fixed number of operands, or `variadic` (min, max, hypot). */
  readonly arity: number | 'variadic';
  readonly family: OperatorFamily;
  readonly spelling: Spelling;
  /** The value JavaScript computes. */
  readonly value: (...operands: number[]) => number;
  /** The real function to about 106 bits; for operands that are exact doubles pass lo = 0. NaN outside the domain. */
  readonly reference: (...operands: DoubleDouble[]) => DoubleDouble;
  /** Interval that contains the real function at every point of the box where it is defined; empty when it is defined nowhere. Outward rounded. */
  readonly enclosure: (...operands: Interval[]) => Interval;
  /** Partial derivatives at a point, by operand; `result` is the value there (saves an evaluation). */
  readonly derivative: (operands: readonly number[], result: number) => readonly number[];
  /** Intervals that contain the partial derivatives on the box (generalised gradient at kinks). Outward rounded; ENTIRE where unbounded or undefined. */
  readonly derivativeEnclosure: (operands: readonly Interval[], result: Interval) => readonly Interval[];
  readonly exactness: ExactnessModel;
  /** Whether every point of the box is in the real function's domain (`yes`), none (`no`), or some (`partly`). */
  readonly domain: (...operands: Interval[]) => 'yes' | 'partly' | 'no';
  /** Monotone in operand i on its whole domain: +1, −1, or 0. */
  readonly monotone: readonly (1 | -1 | 0)[];
}
