import type { Evaluations } from './evaluations';
import type { Assignment, TuningProblem } from './problem';

/**
 * Sensitivity-guided descent. Each variable is lowered alone to each format; steps are then taken in order of cost saved per error added, each kept only when
 * the program, run with it, stays within the tolerance and costs less. Passes repeat until one changes nothing, from the most precise assignment and from
 * the best one that is known.
 */
export async function greedy(problem: TuningProblem, evaluations: Evaluations): Promise<void> {
  const top: Assignment = problem.variables.map(() => problem.formats[0]);
  const baseline = await evaluations.of(top);
  const steps: { variable: number; format: string; merit: number }[] = [];
  for (let variable = 0; variable < top.length; variable++) {
    for (const format of problem.formats.slice(1)) {
      const alone = await evaluations.of(withFormat(top, variable, format));
      if (alone.error > problem.tolerance) continue;
      const added = Math.max(alone.error - baseline.error, 0);
      steps.push({ variable, format, merit: (evaluations.cost(baseline) - evaluations.cost(alone) + 1e-9) / (added + problem.tolerance * 1e-6) });
    }
  }
  steps.sort((a, b) => b.merit - a.merit);
  await descend(top, steps, evaluations);
  const best = evaluations.best();
  if (best) await descend(best.assignment, steps, evaluations);
}

async function descend(from: Assignment, steps: readonly { readonly variable: number; readonly format: string }[], evaluations: Evaluations): Promise<void> {
  let current = from;
  for (;;) {
    const before = current;
    for (const { variable, format } of steps) {
      if (current[variable] === format) continue;
      const next = withFormat(current, variable, format);
      if (await evaluations.meets(next) && evaluations.cost(await evaluations.of(next)) < evaluations.cost(await evaluations.of(current))) current = next;
    }
    if (current === before) return;
  }
}

export function withFormat(assignment: Assignment, variable: number, format: string): Assignment {
  return assignment.map((f, i) => (i === variable ? format : f));
}
