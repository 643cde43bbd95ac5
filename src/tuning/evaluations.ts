import type { Assignment, Evaluation, TuningProblem } from './problem';

/** Remembers every assignment that was run, so that no strategy pays twice, and keeps the best one and the Pareto front. */
export class Evaluations {
  private readonly known = new Map<string, { assignment: Assignment; evaluation: Evaluation }>();

  constructor(private readonly problem: TuningProblem, private readonly signal?: AbortSignal, private readonly progress?: (count: number) => void) {}

  get count(): number {
    return this.known.size;
  }

  async of(assignment: Assignment): Promise<Evaluation> {
    const key = assignment.join(' ');
    const before = this.known.get(key);
    if (before) return before.evaluation;
    this.signal?.throwIfAborted();
    const evaluation = await this.problem.evaluate(assignment);
    this.known.set(key, { assignment: [...assignment], evaluation });
    this.progress?.(this.known.size);
    return evaluation;
  }

  async meets(assignment: Assignment): Promise<boolean> {
    return (await this.of(assignment)).error <= this.problem.tolerance;
  }

  /** The cheapest assignment within the tolerance so far. */
  best(): { assignment: Assignment; evaluation: Evaluation } | null {
    let best: { assignment: Assignment; evaluation: Evaluation } | null = null;
    for (const point of this.known.values()) {
      if (point.evaluation.error <= this.problem.tolerance && (best === null || cheaper(point.evaluation, best.evaluation))) best = point;
    }
    return best;
  }

  /** Points that no other point beats in both error and energy, by rising energy. */
  front(): { assignment: Assignment; evaluation: Evaluation }[] {
    const points = [...this.known.values()].filter(p => Number.isFinite(p.evaluation.error))
      .sort((a, b) => a.evaluation.energyPicojoules - b.evaluation.energyPicojoules || a.evaluation.error - b.evaluation.error);
    let least = Infinity;
    return points.filter(p => p.evaluation.error < least && ((least = p.evaluation.error), true));
  }
}

export function cheaper(a: Evaluation, b: Evaluation): boolean {
  return a.energyPicojoules < b.energyPicojoules || (a.energyPicojoules === b.energyPicojoules && a.memoryBytes < b.memoryBytes);
}
