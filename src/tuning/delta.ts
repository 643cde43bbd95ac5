import type { Evaluations } from './evaluations';
import { withFormat } from './greedy';
import type { Assignment, TuningProblem } from './problem';

/**
 * Delta debugging over formats (Precimonious, Rubio-González et al. 2013): from each format to the next cheaper one, find a 1-minimal set of variables
 * that must stay, by trying complements of ever smaller chunks; the others go lower.
 */
export async function delta(problem: TuningProblem, evaluations: Evaluations): Promise<void> {
  let current: Assignment = problem.variables.map(() => problem.formats[0]);
  if (!await evaluations.meets(current)) return;
  // What is tried first goes lower first: the variables that save most.
  const cheapest = problem.formats[problem.formats.length - 1];
  const costs: number[] = [];
  for (let i = 0; i < current.length; i++) costs.push(evaluations.cost(await evaluations.of(withFormat(current, i, cheapest))));
  const all = problem.variables.map((_, i) => i).sort((a, b) => costs[a] - costs[b]);
  for (const format of problem.formats.slice(1)) {
    // A variable that stayed at an earlier format is offered this one too: it may have more range for fewer digits.
    const lowered = (keep: ReadonlySet<number>): Assignment => current.map((f, i) => (keep.has(i) ? f : format));
    const stay = await minimalSet(all, keep => evaluations.meets(lowered(new Set(keep))));
    const next = lowered(new Set(stay));
    if (evaluations.cost(await evaluations.of(next)) < evaluations.cost(await evaluations.of(current))) current = next;
  }
}

/** A 1-minimal subset for which `works` holds, given that it holds for all of `items` (ddmin, Zeller and Hildebrandt 2002). */
async function minimalSet(items: readonly number[], works: (subset: readonly number[]) => Promise<boolean>): Promise<readonly number[]> {
  if (await works([])) return [];
  let current = items;
  let chunks = 2;
  while (current.length > 1) {
    const size = Math.ceil(current.length / chunks);
    let reduced = false;
    for (let start = 0; start < current.length && !reduced; start += size) {
      const complement = [...current.slice(0, start), ...current.slice(start + size)];
      if (complement.length < current.length && await works(complement)) {
        current = complement;
        chunks = Math.max(chunks - 1, 2);
        reduced = true;
      }
    }
    if (!reduced) {
      if (size === 1) break;
      chunks = Math.min(chunks * 2, current.length);
    }
  }
  return current;
}
