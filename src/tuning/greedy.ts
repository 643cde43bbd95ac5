import type { Evaluations } from './evaluations';
import type { Assignment, TuningProblem } from './problem';

/**
 * Sensitivity-guided descent. Each variable is lowered alone to each format; steps are then taken in order of energy saved per error added, each kept only
 * when the program, run with it, stays within the tolerance. Passes repeat until one changes nothing.
 */
export async function greedy(problem: TuningProblem, evaluations: Evaluations): Promise<void> {
  const top: Assignment = problem.variables.map(() => problem.formats[0]);
  const baseline = await evaluations.of(top);
  const steps: { variable: number; format: number; merit: number }[] = [];
  for (let variable = 0; variable < top.length; variable++) {
    for (let format = 1; format < problem.formats.length; format++) {
      const { error, energyPicojoules } = await evaluations.of(withFormat(top, variable, problem.formats[format]));
      if (error > problem.tolerance) continue;
      const added = Math.max(error - baseline.error, 0);
      steps.push({ variable, format, merit: (baseline.energyPicojoules - energyPicojoules + 1e-9) / (added + problem.tolerance * 1e-6) });
    }
  }
  let current = top;
  for (let pass = 0; pass < problem.formats.length; pass++) {
    const before = current;
    for (const { variable, format } of steps.sort((a, b) => b.merit - a.merit)) {
      if (problem.formats.indexOf(current[variable]) >= format) continue;
      const next = withFormat(current, variable, problem.formats[format]);
      if (await evaluations.meets(next)) current = next;
    }
    if (current === before) return;
  }
}

export function withFormat(assignment: Assignment, variable: number, format: string): Assignment {
  return assignment.map((f, i) => (i === variable ? format : f));
}
