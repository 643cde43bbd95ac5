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
 * Find the cheapest assignment whose error stays within the tolerance. Cost is energy, memory breaks ties. `formats` go from the most precise to the
 * cheapest; `evaluate` runs the program and is the only judge: no strategy accepts an assignment that it has not run.
 */
export interface TuningProblem {
  readonly variables: readonly TunableVariable[];
  readonly formats: readonly string[];
  /** Relative error that the outputs may have. */
  readonly tolerance: number;
  readonly evaluate: (assignment: Assignment) => Promise<Evaluation>;
}

export type Strategy = 'greedy' | 'delta' | 'differentiable';

export interface TuningResult {
  readonly assignment: Assignment;
  readonly evaluation: Evaluation;
  /** Every format at its most precise. */
  readonly baseline: Evaluation;
  /** Whether the tolerance is met; when even the most precise assignment fails, that one is answered with false. */
  readonly met: boolean;
  readonly evaluations: number;
  /** The non-dominated points met on the way (error against energy), by rising energy. */
  readonly front: readonly { readonly assignment: Assignment; readonly evaluation: Evaluation }[];
}
