import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseScheme } from '../../../src/simulation/scheme';
import { nodeSimulationHost, simulate } from '../../../src/server/simulate';
import type { SchemeRequest } from '../../../src/protocol/report';

const host = nodeSimulationHost(join(__dirname, '../../../dist'));

/** 999 values of a bell over [−1, 1] and one of 40. */
const values = Array.from({ length: 1000 }, (_, i) => i === 500 ? 40 : Math.sin(i * 12.9898) * Math.cos(i * 78.233) * Math.sin(i * 3.7));

async function run(calibration: SchemeRequest['calibration'], id = 'int8'): Promise<{ results: number[]; step: number; error: number }> {
  const report = await simulate({ file: '/c.ts', functionName: 'f', schemes: [{ id, ...(calibration ? { calibration } : {}) }], inputs: { kind: 'given', cases: [[values]] } },
    { ...host, readFile: path => (path === '/c.ts' ? 'export function f(xs: number[]) { return xs.map(x => x * 1); }' : host.readFile(path)) });
  expect(report.formats[0].message).toBe('');
  const results = report.formats[0].results[0] as number[];
  const levels = [...new Set(results)].sort((a, b) => a - b);
  return { results, step: Math.min(...levels.slice(1).map((v, i) => v - levels[i])), error: results.reduce((s, v, i) => s + (v - values[i]) ** 2, 0) };
}

describe('calibration of int8', () => {
  it('min-max spreads 255 steps over the whole range', async () => {
    expect((await run('minmax')).step).toBeCloseTo((Math.max(...values) - Math.min(...values)) / 255, 4);
  });
  it('symmetric spreads 127 steps over the largest magnitude', async () => {
    expect((await run('symmetric')).step).toBeCloseTo(40 / 127, 4);
  });
  it('a percentile cuts the outlier off', async () => {
    const { results, step } = await run('percentile:99');
    const sorted = values.map(Math.abs).sort((a, b) => a - b);
    // The threshold is an edge of 2048 bins over [0, 40].
    expect(Math.abs(step * 127 - sorted[989])).toBeLessThan(40 / 2048 + 1e-6);
    expect(results[500]).toBeCloseTo(step * 127, 5);
  });
  it('least squares is at least as good as every other symmetric threshold', async () => {
    const { error } = await run('mse');
    for (const other of ['symmetric', 'kl', 'percentile:99.9', 'percentile:99'] as const) expect(error).toBeLessThanOrEqual((await run(other)).error * 1.0001);
  });
  it('Kullback-Leibler gives a threshold within the range', async () => {
    const { step } = await run('kl');
    expect(step * 127).toBeGreaterThan(0.2);
    expect(step * 127).toBeLessThanOrEqual(40.1);
  });
  it('holds for int4 and int8-integer-only', async () => {
    expect((await run('percentile:99', 'int4')).step).toBeGreaterThan((await run('percentile:99', 'int8-integer-only')).step * 10);
  });
  it('what is no calibration is refused', () => {
    expect(() => parseScheme({ id: 'int8', calibration: 'average' as 'kl' })).toThrow('There is no calibration "average"; take minmax, symmetric, percentile:99.9, kl or mse.');
  });
});
