import type { Evaluations } from './evaluations';
import { withFormat } from './greedy';
import type { Assignment, TuningProblem } from './problem';

/**
 * The relaxation of differentiable architecture search (Wu et al. 2018): each variable holds a softmax over its candidate formats; the expected error is
 * taken as additive over variables (first order: the measured error of lowering one variable alone), the expected cost likewise; descent minimises
 * error/tolerance + λ · cost. λ is bisected, each argmax is run, and what misses the tolerance is repaired from the most harmful variable upward.
 */
export async function differentiable(problem: TuningProblem, evaluations: Evaluations): Promise<void> {
  const { variables, formats, tolerance } = problem;
  const top: Assignment = variables.map(() => formats[0]);
  const baseline = await evaluations.of(top);
  const error: number[][] = [];
  const saving: number[][] = [];
  for (let v = 0; v < variables.length; v++) {
    error.push([0]);
    saving.push([0]);
    for (let f = 1; f < formats.length; f++) {
      const alone = await evaluations.of(withFormat(top, v, formats[f]));
      error[v].push(Number.isFinite(alone.error) ? Math.max(0, alone.error - baseline.error) / tolerance : 1e6);
      saving[v].push(evaluations.cost(baseline) - evaluations.cost(alone));
    }
  }
  let low = 1e-3;
  let high = 1e5;
  for (let round = 0; round < 10; round++) {
    const lambda = Math.sqrt(low * high);
    const choice = relax(error, saving, lambda);
    const met = await evaluations.meets(choice.map(f => formats[f]));
    if (!met) await repair(choice, error, problem, evaluations);
    if (met) low = lambda; else high = lambda;
  }
}

/** Gradient descent on the logits; the argmax of each softmax, as format indices. */
function relax(error: readonly (readonly number[])[], saving: readonly (readonly number[])[], lambda: number): number[] {
  const logits = error.map(row => row.map(() => 0));
  for (let step = 0; step < 200; step++) {
    for (let v = 0; v < logits.length; v++) {
      const share = softmax(logits[v]);
      const loss = share.map((_, f) => Math.min(error[v][f], 1e3) - lambda * saving[v][f]);
      const mean = share.reduce((sum, p, f) => sum + p * loss[f], 0);
      const size = Math.max(...loss.map(l => Math.abs(l - mean)), 1e-12);
      for (let f = 0; f < share.length; f++) logits[v][f] -= (2 * share[f] * (loss[f] - mean)) / size;
    }
  }
  return logits.map(row => row.indexOf(Math.max(...row)));
}

function softmax(logits: readonly number[]): number[] {
  const max = Math.max(...logits);
  const exps = logits.map(v => Math.exp(v - max));
  const total = exps.reduce((sum, e) => sum + e, 0);
  return exps.map(e => e / total);
}

/** Raises the most harmful variable, one format at a time, until the tolerance is met. */
async function repair(choice: readonly number[], error: readonly (readonly number[])[], problem: TuningProblem, evaluations: Evaluations): Promise<void> {
  const current = [...choice];
  while (current.some(f => f > 0)) {
    let worst = -1;
    for (let v = 0; v < current.length; v++) if (current[v] > 0 && (worst < 0 || error[v][current[v]] > error[worst][current[worst]])) worst = v;
    current[worst] -= 1;
    if (await evaluations.meets(current.map(f => problem.formats[f]))) return;
  }
}
