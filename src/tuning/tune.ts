import { delta } from './delta';
import { differentiable } from './differentiable';
import { Evaluations } from './evaluations';
import { greedy } from './greedy';
import type { Strategy, TuningProblem, TuningResult } from './problem';

const strategies: Record<Strategy, (problem: TuningProblem, evaluations: Evaluations) => Promise<void>> = { greedy, delta, differentiable };

/**
 * Runs one strategy and answers the cheapest assignment that it ran within the tolerance.
 * Aborting throws the signal's reason; `progress` hears the number of runs so far.
 */
export async function tune(problem: TuningProblem, strategy: Strategy, options: { readonly signal?: AbortSignal; readonly progress?: (count: number) => void } = {}): Promise<TuningResult> {
  const evaluations = new Evaluations(problem, options.signal, options.progress);
  const top = problem.variables.map(() => problem.formats[0]);
  const baseline = await evaluations.of(top);
  if (baseline.error <= problem.tolerance) await strategies[strategy](problem, evaluations);
  const best = evaluations.best();
  return {
    assignment: best?.assignment ?? top, evaluation: best?.evaluation ?? baseline, baseline, met: best !== null,
    evaluations: evaluations.count, front: evaluations.front(),
  };
}
