import { costOf, type Assignment, type Evaluation, type Point, type TuningProblem } from './problem';

/** Remembers every assignment that was run, so that no strategy pays twice, and keeps the best one and the Pareto front. */
export class Evaluations {
  private readonly known = new Map<string, Point>();
  private first: Evaluation | undefined;

  constructor(private readonly problem: TuningProblem, private readonly signal?: AbortSignal, private readonly progress?: (count: number) => void) {}

  get count(): number {
    return this.known.size;
  }

  /** What the first assignment that was run costs; all costs are shares of it. */
  get baseline(): Evaluation | undefined {
    return this.first;
  }

  async of(assignment: Assignment): Promise<Evaluation> {
    const key = assignment.join(' ');
    const before = this.known.get(key);
    if (before) return before.evaluation;
    this.signal?.throwIfAborted();
    const evaluation = await this.problem.evaluate(assignment);
    this.signal?.throwIfAborted();
    this.first ??= evaluation;
    this.known.set(key, { assignment: [...assignment], evaluation });
    this.progress?.(this.known.size);
    return evaluation;
  }

  async meets(assignment: Assignment): Promise<boolean> {
    return (await this.of(assignment)).error <= this.problem.tolerance;
  }

  /** Share of the baseline's cost; see `costOf`. */
  cost(evaluation: Evaluation): number {
    return costOf(evaluation, this.first ?? evaluation);
  }

  /** The cheapest assignment within the tolerance so far; of equally cheap ones, the most accurate. */
  best(): Point | null {
    let best: Point | null = null;
    for (const point of this.known.values()) {
      if (point.evaluation.error <= this.problem.tolerance && (best === null || this.better(point.evaluation, best.evaluation))) best = point;
    }
    return best;
  }

  private better(a: Evaluation, b: Evaluation): boolean {
    const [x, y] = [this.cost(a), this.cost(b)];
    return x < y || (x === y && a.error < b.error);
  }

  /** The points with this format for everything, as far as they were run. */
  uniform(): Point[] {
    return this.problem.formats.flatMap(f => this.known.get(this.problem.variables.map(() => f).join(' ')) ?? []);
  }

  /** Points that no other point beats in error, energy and memory together, by rising energy; of equal ones, one. */
  front(): Point[] {
    const points = [...this.known.values()].filter(p => Number.isFinite(p.evaluation.error))
      .sort(({ evaluation: a }, { evaluation: b }) => a.energyPicojoules - b.energyPicojoules || a.memoryBytes - b.memoryBytes || a.error - b.error);
    const front: Point[] = [];
    for (const point of points) if (!front.some(p => dominates(p.evaluation, point.evaluation))) front.push(point);
    return front;
  }
}

/** At least as good in everything. */
function dominates(a: Evaluation, b: Evaluation): boolean {
  return a.error <= b.error && a.energyPicojoules <= b.energyPicojoules && a.memoryBytes <= b.memoryBytes;
}
