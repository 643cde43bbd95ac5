import type { Interval } from '../exact/interval';

/** What is known of a number at one expression, over all runs that reach it. */
export interface NumberFact {
  /** Contains every non-NaN value, infinities included; NaN, NaN when every value is NaN. */
  readonly lo: number;
  readonly hi: number;
  /** Every finite value is an integer. */
  readonly integer: boolean;
  readonly maybeNaN: boolean;
  readonly maybeNegativeZero: boolean;
  /**
   * False when nothing but the type `number` stands behind an infinite end (an unconstrained parameter, an unknown call, an unknown number of iterations): then
   * "may be infinite" is ignorance, not evidence, and no hazard may be concluded from it; a finite end is implied by the code even then. True when each end,
   * finite or infinite, is implied by code, types or annotations.
   */
  readonly evidence: boolean;
  /** No value is 0 or −0: tells a range that straddles 0 without reaching it (`if (d === 0) return`). */
  readonly nonZero: boolean;
  /** Every finite value is a multiple of 2^grid, −1074 ≤ grid ≤ 1023: 0.25 steps have grid −2, and their sums are exact below 2^(53+grid). */
  readonly grid: number;
}

/** Results of the range analysis of one program. Arrays are indexed by ExpressionId (or VariableId); null: not a number there, or never reached. */
export interface Facts {
  readonly numbers: readonly (NumberFact | null)[];
  /** Elements of the array, typed array, tuple or set that the expression yields. */
  readonly elements: readonly (NumberFact | null)[];
  /** Length of the array, string or typed array that the expression yields. */
  readonly lengths: readonly (Interval | null)[];
  readonly reachable: readonly boolean[];
  /** By VariableId: join over everything ever stored in it. */
  readonly variables: readonly (NumberFact | null)[];
  /** Trip count of each loop, by its start offset; hi = Infinity when unknown. */
  readonly trips: Readonly<Record<number, Interval>>;
  /** Why an expression's range is what it is, for hovers: "from @range xs [0, 1000]", "from the guard x > 0". Sparse. */
  readonly reasons: Readonly<Record<number, string>>;
}
