import { delta } from './delta';
import { differentiable } from './differentiable';
import { Evaluations } from './evaluations';
import { greedy } from './greedy';
import { OutOfTime, type Strategy, type TuningProblem, type TuningResult } from './problem';

const strategies: Record<Strategy, (problem: TuningProblem, evaluations: Evaluations) => Promise<void>> = { greedy, delta, differentiable };

export interface TuneOptions {
  readonly signal?: AbortSignal;
  /** Hears the number of runs so far and the energy of the best assignment as a share of the baseline's, null before there is one. */
  readonly progress?: (count: number, share: number | null) => void;
}

/**
 * Runs every uniform assignment and one strategy, and answers the cheapest assignment that it ran within the tolerance. Aborting throws the signal's reason;
 * `OutOfTime` after the first run ends the search with what there is.
 */
export async function tune(problem: TuningProblem, strategy: Strategy, options: TuneOptions = {}): Promise<TuningResult> {
  const share = (): number | null => {
    const best = evaluations.best()?.evaluation.energyPicojoules;
    const before = evaluations.baseline?.energyPicojoules;
    return best === undefined || before === undefined ? null : before > 0 ? best / before : 1;
  };
  const evaluations: Evaluations = new Evaluations(problem, options.signal, count => options.progress?.(count, share()));
  const top = problem.variables.map(() => problem.formats[0]);
  const baseline = await evaluations.of(top);
  let complete = true;
  try {
    for (const format of problem.formats.slice(1)) await evaluations.of(problem.variables.map(() => format));
    if (baseline.error <= problem.tolerance) await strategies[strategy](problem, evaluations);
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    complete = false;
  }
  const best = evaluations.best();
  return {
    assignment: best?.assignment ?? top, evaluation: best?.evaluation ?? baseline, baseline, met: best !== null, complete,
    evaluations: evaluations.count, uniform: evaluations.uniform(), front: evaluations.front(),
  };
}
