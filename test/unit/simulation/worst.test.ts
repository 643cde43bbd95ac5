import { describe, expect, it } from 'vitest';
import { fromReal, type Real } from '../../../src/protocol/real';
import type { InputParameter } from '../../../src/simulation/inputs/generate';
import { searchWorst, type Case } from '../../../src/simulation/inputs/worst';

function parameter(name: string, lo: number, hi: number): InputParameter {
  return { name, type: { kind: 'number' }, range: [lo, hi], optional: false, rest: false };
}

/** Relative error of f in single precision against double. */
function judge(f: (round: (x: number) => number, ...xs: number[]) => number): (cases: readonly Case[]) => Promise<number[]> {
  return async cases => cases.map(c => {
    const xs = c.map(x => fromReal(x as Real));
    const exact = f(x => x, ...xs);
    return Math.abs(f(Math.fround, ...xs) - exact) / Math.abs(exact);
  });
}

describe('search for the worst input', () => {
  it('finds the cancellation of a² − b² where a and b are close', async () => {
    const evaluate = judge((r, a, b) => r(r(a * a) - r(b * b)));
    const found = await searchWorst({ parameters: [parameter('a', 1, 2), parameter('b', 1, 2)], start: [[1.5, 1.2]], evaluate, budget: 6000, seed: 3 });
    expect(found!.error).toBeGreaterThan(1e-3);
    const [a, b] = found!.case.map(x => fromReal(x as Real));
    expect(a >= 1 && a <= 2 && b >= 1 && b <= 2).toBe(true);
    expect((await evaluate([found!.case]))[0]).toBe(found!.error);
    expect(found!.evaluations).toBeLessThanOrEqual(6000);
  });

  it('beats plain sampling of the same size on (1 − cos x)/x²', async () => {
    const evaluate = judge((r, x) => r(r(1 - r(Math.cos(x))) / r(x * x)));
    const found = await searchWorst({ parameters: [parameter('x', 1e-6, 3)], start: [], evaluate, budget: 1200, seed: 1 });
    expect(found!.error).toBeGreaterThan(0.9);
  });

  it('is the same for the same seed, and null when nothing counts', async () => {
    const search = { parameters: [parameter('x', 0, 1)], start: [], evaluate: judge((r, x) => r(x * 3)), budget: 300, seed: 9 };
    expect(await searchWorst(search)).toEqual(await searchWorst(search));
    expect(await searchWorst({ ...search, evaluate: async cases => cases.map(() => NaN) })).toBeNull();
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    const evaluate = async (cases: readonly Case[]): Promise<number[]> => { abort.abort(new Error('stop')); return cases.map(() => 1); };
    await expect(searchWorst({ parameters: [parameter('x', 0, 1)], start: [], evaluate, budget: 1000, seed: 1, signal: abort.signal })).rejects.toThrow('stop');
  });
});
