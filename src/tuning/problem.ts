/** A variable (or array) whose format may change. */
export interface TunableVariable {
  readonly name: string;
  /** 1-based. */
  readonly line: number;
}

/** What one assignment of formats costs and how wrong it is. */
export interface Evaluation {
  /** Largest relative error of any output over the inputs; Infinity when the run failed or an output is NaN. */
  readonly error: number;
  readonly energyPicojoules: number;
  readonly memoryBytes: number;
}

/** One format id per variable, in the order of `TuningProblem.variables`. */
export type Assignment = readonly string[];

/**
 * Find the cheapest assignment whose error stays within the tolerance. `formats` go from the most precise to the cheapest; `evaluate` runs the program and is
 * the only judge: no strategy accepts an assignment that it has not run. It rejects with `OutOfTime` to end the search with what was found.
 */
export interface TuningProblem {
  readonly variables: readonly TunableVariable[];
  readonly formats: readonly string[];
  /** Relative error that the outputs may have. */
  readonly tolerance: number;
  readonly evaluate: (assignment: Assignment) => Promise<Evaluation>;
}

export type Strategy = 'greedy' | 'delta' | 'differentiable';

/** The time for the search is over. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/** An assignment that was run. */
export interface Point {
  readonly assignment: Assignment;
  readonly evaluation: Evaluation;
}

export interface TuningResult extends Point {
  /** Every format at its most precise. */
  readonly baseline: Evaluation;
  /** Whether the tolerance is met; when even the most precise assignment fails, that one is answered with false. */
  readonly met: boolean;
  /** False when `OutOfTime` ended the search. */
  readonly complete: boolean;
  readonly evaluations: number;
  /** One format for everything, in the order of the formats; those that were run. */
  readonly uniform: readonly Point[];
  /** The points that no other beats in error, energy and memory together, by rising energy. */
  readonly front: readonly Point[];
}

/** Weight of the memory saved against the energy saved. */
const MEMORY_WEIGHT = 0.25;

/**
 * Cost of an evaluation as a share of the baseline's: energy, and a quarter of that weight for memory, so that arrays are narrowed too where that costs
 * no digits that the operations need. Infinity when the run failed.
 */
export function costOf(evaluation: Evaluation, baseline: Evaluation): number {
  const share = (now: number, before: number): number => (before > 0 ? now / before : 1);
  return share(evaluation.energyPicojoules, baseline.energyPicojoules) + MEMORY_WEIGHT * share(evaluation.memoryBytes, baseline.memoryBytes);
}
