import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromReal, type JsonValue } from '../../../src/protocol/real';
import { nodeSimulationHost, simulate } from '../../../src/server/simulate';
import { tuneFunction, type TuneReport } from '../../../src/server/tune/tune-function';
import type { Strategy } from '../../../src/tuning/problem';
import { lowerText } from '../../../src/typescript';

const file = join(__dirname, 'functions.ts');
const text = readFileSync(file, 'utf8');
const program = lowerText(file, text);
const host = nodeSimulationHost(join(__dirname, '../../../dist'));
const formats = ['fp32', 'fp16', 'fp8-e4m3fn'];

const vector = [0.13, -1.7, 2.45, 0.9, 3.1, -0.33];
const other = [1.1, 0.7, -0.2, 2.6, 0.05, 1.9];
const tasks: readonly (readonly [string, number, readonly (readonly JsonValue[])[]])[] = [
  ['dot', 1e-2, [[vector, other]]], ['mean', 5e-3, [[vector], [other]]], ['variance', 1e-2, [[vector], [other]]],
  ['polynomial', 1e-2, [[0.3], [1.7], [-0.9]]], ['norm', 5e-3, [[vector], [other]]], ['matvec', 2e-2, [[[vector, other], other]]],
  ['softmaxLoss', 1e-2, [[[0.2, 1.1, -0.7]], [[2.2, 0.3, 0.9]]]], ['newtonRoot', 2e-3, [[2], [7.3]]], ['heat', 2e-2, [[[0.1, 0.2, 1.5, 0.9, 0.4, 0.3], 3]]],
  ['interest', 1e-2, [[120, 0.043, 5]]], ['triangle', 1e-2, [[3.1, 4.2, 5.3]]],
];

function run(name: string, tolerance: number, cases: readonly (readonly JsonValue[])[], strategy: Strategy): Promise<TuneReport> {
  return tuneFunction({ file, functionName: name, tolerance, formats, strategy, inputs: { kind: 'given', cases } }, program, host);
}

/** The error of the annotated source, simulated by itself; the tuner's own figures are not used. */
async function errorOf(name: string, report: TuneReport, cases: readonly (readonly JsonValue[])[]): Promise<number> {
  const base = report.assignment[0].format;
  const again = await simulate({ file, functionName: name, schemes: [{ id: base }], inputs: { kind: 'given', cases } },
    { ...host, readFile: path => (path === file ? report.annotated : host.readFile(path)) });
  expect(again.formats[0].status).toBe('ok');
  return fromReal(again.formats[0].maxRelativeError);
}

describe('tuning', { timeout: 900_000 }, () => {
  it('meets the tolerance on every function and saves energy against uniform fp32 on most', async () => {
    let saved = 0;
    for (const [name, tolerance, cases] of tasks) {
      const report = await run(name, tolerance, cases, 'greedy');
      expect({ name, met: report.met }).toEqual({ name, met: true });
      expect(await errorOf(name, report, cases)).toBeLessThanOrEqual(tolerance);
      if (report.energyPicojoules < 0.8 * report.baselineEnergyPicojoules) saved++;
    }
    expect(saved).toBeGreaterThan(tasks.length / 2);
  });

  it.each<Strategy>(['delta', 'differentiable'])('%s meets the tolerance as well', async strategy => {
    for (const [name, tolerance, cases] of tasks.slice(0, 3)) {
      const report = await run(name, tolerance, cases, strategy);
      expect({ name, met: report.met }).toEqual({ name, met: true });
      expect(await errorOf(name, report, cases)).toBeLessThanOrEqual(tolerance);
    }
  });

  it('keeps what cannot be lowered', async () => {
    const report = await run('polynomial', 1e-5, [[0.3], [1.7]], 'greedy');
    expect(report.met).toBe(true);
    expect(report.assignment.every(a => a.format === 'fp32' || a.variable === 'x')).toBe(true);
  });

  it('says so when even the most precise formats miss the tolerance', async () => {
    const report = await run('mean', 1e-12, [[vector]], 'greedy');
    expect(report.met).toBe(false);
    expect(report.evaluations).toBe(1);
  });
});
