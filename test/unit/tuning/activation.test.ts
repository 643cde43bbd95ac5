import { describe, expect, it } from 'vitest';
import type { SimulationReport, SimulationRequest } from '../../../src/protocol/report';
import { checkExpressiveness } from '../../../src/server/tune/activation';
import { activations } from '../../../src/tuning/activations';
import { expressiveness } from '../../../src/tuning/expressiveness';

/** Answers a simulation by calling a plain function. */
function calling(f: (x: number) => unknown): (request: SimulationRequest) => Promise<SimulationReport> {
  return request => Promise.resolve({
    formats: [{ status: 'ok', message: '', results: (request.inputs as unknown as { cases: number[][] }).cases.map(([x]) => { const y = f(x); return typeof y === 'number' && !Number.isFinite(y) ? String(y) : y; }) }],
  } as unknown as SimulationReport);
}

const own = { kind: 'function', file: '/a.ts', functionName: 'mine' } as const;

describe('expressiveness of an activation of one\'s own', () => {
  it.each(activations.map(a => [a.id, a.value] as const))('is that of %s when it computes the same', async (id, value) => {
    for (const [p, s] of [[2, 1], [3, 2], [5, 3]]) {
      const { request: _, title: __, ...report } = await checkExpressiveness({ activation: own, p, s }, calling(value));
      expect(report).toEqual(expressiveness(value, p, s));
      expect(await checkExpressiveness({ activation: { kind: 'known', id }, p, s }, calling(() => { throw new Error('a known activation runs nothing'); }))).toMatchObject(report);
    }
  });

  it('saturates infinities', async () => {
    expect((await checkExpressiveness({ activation: own, p: 2, s: 0 }, calling(x => (x === 0 ? 1 : x / 0)))).table).toEqual([-3, -3, -3, 1, 3, 3, 3]);
  });

  it.each([['text', (x: number) => `${x}a`], ['nothing', () => null], ['NaN', () => NaN]])('refuses %s in one sentence', async (_, f) => {
    await expect(checkExpressiveness({ activation: own, p: 2, s: 0 }, calling(f))).rejects.toThrow(/^An activation takes one number and returns one; mine\(-3\) is /);
  });

  it('refuses grids on which the function would run too often', async () => {
    await expect(checkExpressiveness({ activation: own, p: 11, s: 0 }, calling(x => x))).rejects.toThrow(/at most 10/);
    await expect(checkExpressiveness({ activation: own, p: 3, s: 13 }, calling(x => x))).rejects.toThrow(/s from 0 to 12/);
  });
});
