import { describe, expect, it } from 'vitest';
import { OutOfTime, type Evaluation, type Strategy, type TuningProblem } from '../../../src/tuning/problem';
import { tune } from '../../../src/tuning/tune';

const formats = ['fp32', 'fp16', 'fp8'];
const unit: Record<string, number> = { fp32: 2 ** -24, fp16: 2 ** -11, fp8: 2 ** -4 };
const energy: Record<string, number> = { fp32: 4.6, fp16: 1.5, fp8: 0.5 };

/** A program whose error is the sum of sensitivity × unit roundoff, as to first order it is. */
function linear(sensitivities: readonly number[], weights: readonly number[], tolerance: number): TuningProblem & { runs: () => number } {
  let runs = 0;
  return {
    variables: sensitivities.map((_, i) => ({ name: `v${i}`, line: i + 1 })), formats, tolerance, runs: () => runs,
    evaluate: async assignment => {
      runs++;
      let error = 0;
      let cost = 0;
      assignment.forEach((f, i) => { error += sensitivities[i] * unit[f]; cost += weights[i] * energy[f]; });
      return { error, energyPicojoules: cost, memoryBytes: cost } satisfies Evaluation;
    },
  };
}

async function cheapest(problem: TuningProblem): Promise<number> {
  let best = Infinity;
  const total = formats.length ** problem.variables.length;
  for (let code = 0; code < total; code++) {
    const { error, energyPicojoules } = await problem.evaluate(problem.variables.map((_, i) => formats[Math.floor(code / formats.length ** i) % formats.length]));
    if (error <= problem.tolerance) best = Math.min(best, energyPicojoules);
  }
  return best;
}

describe.each<Strategy>(['greedy', 'delta', 'differentiable'])('%s', strategy => {
  it('meets the tolerance and comes close to brute force', async () => {
    const cases = [[1, 1e-3, 10, 0.01], [5, 5, 5, 5], [1e-4, 1e-4, 1e3, 1], [0, 0, 0, 0]];
    for (const sensitivities of cases) for (const tolerance of [1e-6, 1e-3, 0.1]) {
      const problem = linear(sensitivities, [1, 2, 4, 8], tolerance);
      const result = await tune(problem, strategy);
      const optimum = await cheapest(problem);
      if (optimum === Infinity) { expect(result.met).toBe(false); continue; }
      expect(result.met).toBe(true);
      expect((await problem.evaluate(result.assignment)).error).toBeLessThanOrEqual(tolerance);
      expect(result.evaluation.energyPicojoules).toBeLessThanOrEqual(1.35 * optimum);
    }
  });

  it('never runs an assignment twice and reports how many it ran', async () => {
    const problem = linear([1, 2, 3, 4, 5], [1, 1, 1, 1, 1], 1e-2);
    const result = await tune(problem, strategy);
    expect(result.evaluations).toBe(problem.runs());
  });

  it('knows what one format for everything gives', async () => {
    const { uniform } = await tune(linear([1, 2], [1, 1], 1e-2), strategy);
    expect(uniform.map(p => p.assignment)).toEqual(formats.map(f => [f, f]));
  });

  it('the front is non-dominated and rises in energy', async () => {
    const { front } = await tune(linear([1, 10, 0.1], [1, 1, 1], 1e-2), strategy);
    for (let i = 1; i < front.length; i++) {
      expect(front[i].evaluation.energyPicojoules).toBeGreaterThan(front[i - 1].evaluation.energyPicojoules);
      expect(front[i].evaluation.error).toBeLessThan(front[i - 1].evaluation.error);
    }
  });

  it('answers the best so far when the time is over', async () => {
    const problem = linear([1, 1e-3, 10, 0.01], [1, 2, 4, 8], 0.1);
    for (const allowed of [1, 2, 4]) {
      let runs = 0;
      const result = await tune({ ...problem, evaluate: a => (++runs > allowed ? Promise.reject(new OutOfTime('over')) : problem.evaluate(a)) }, strategy);
      expect(result).toMatchObject({ complete: false, met: true, evaluations: allowed });
      expect((await problem.evaluate(result.assignment)).error).toBeLessThanOrEqual(0.1);
    }
  });

  it('narrows memory that costs no accuracy, but never at the price of energy', async () => {
    // The first variable is an array that no operation rounds to; the second is where the energy goes.
    const evaluate = (assignment: readonly string[]): Promise<Evaluation> => Promise.resolve({
      error: 0.4 * unit[assignment[0]] + unit[assignment[1]], energyPicojoules: energy[assignment[1]], memoryBytes: 1000 * energy[assignment[0]],
    });
    const run = (tolerance: number): ReturnType<typeof tune> => tune({ variables: [{ name: 'xs', line: 1 }, { name: 'sum', line: 2 }], formats, tolerance, evaluate }, strategy);
    expect((await run(1)).assignment).toEqual(['fp8', 'fp8']);
    // Either may go to fp8, not both: the operations come first.
    expect((await run(2 ** -4 * 1.1)).assignment[1]).toBe('fp8');
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const problem = linear([1, 2, 3], [1, 1, 1], 1);
    const running = tune({ ...problem, evaluate: a => { abort.abort(new Error('stop')); return problem.evaluate(a); } }, strategy, { signal: abort.signal });
    await expect(running).rejects.toThrow('stop');
  });
});
