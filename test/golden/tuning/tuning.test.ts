import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fromReal, type JsonValue } from '../../../src/protocol/real';
import type { TuneReport, TuneStrategy } from '../../../src/protocol/tuning';
import { nodeSimulationHost, simulate } from '../../../src/server/simulate';
import { tuneFunction } from '../../../src/server/tune/tune-function';
import { lowerText } from '../../../src/typescript';

const file = join(__dirname, 'functions.ts');
const text = readFileSync(file, 'utf8');
const program = lowerText(file, text);
const host = nodeSimulationHost(join(__dirname, '../../../dist'));
const formats = ['fp32', 'fp16', 'bf16', 'fp8-e4m3fn'];

const vector = [0.13, -1.7, 2.45, 0.9, 3.1, -0.33];
const other = [1.1, 0.7, -0.2, 2.6, 0.05, 1.9];
const signal = Array.from({ length: 24 }, (_, i) => 1.5 + Math.sin(0.7 * i));
const positive = vector.map(Math.abs);
const tasks: readonly (readonly [string, number, readonly (readonly JsonValue[])[]])[] = [
  ['dot', 1e-2, [[vector, other]]], ['mean', 5e-3, [[vector], [other]]], ['variance', 1e-2, [[vector], [other]]],
  ['polynomial', 1e-2, [[0.3], [1.7], [-0.9]]], ['norm', 5e-3, [[vector], [other]]], ['matvec', 2e-2, [[[vector, other], other]]],
  ['softmaxLoss', 1e-2, [[[0.2, 1.1, -0.7]], [[2.2, 0.3, 0.9]]]], ['newtonRoot', 2e-3, [[2], [7.3]]], ['heat', 2e-2, [[[0.1, 0.2, 1.5, 0.9, 0.4, 0.3], 3]]],
  ['interest', 1e-2, [[120, 0.043, 5]]], ['triangle', 1e-2, [[3.1, 4.2, 5.3]]], ['smooth', 1e-2, [[signal, [0.25, 0.5, 0.25]]]],
  ['matmul', 2e-2, [[[positive, other.map(Math.abs)], [[0.5, 1.5], [2.25, 0.1], [0.7, 0.9], [1.3, 0.2], [0.6, 2.1], [1.1, 0.4]]]]],
  ['layer', 2e-2, [[[...positive, ...other], [0.1, -0.2], other]]], ['histogramMean', 2e-2, [[[0.1, 0.35, 0.62, 0.64, 0.93, 0.5], 8]]], ['kahan', 1e-3, [[Array.from({ length: 60 }, (_, i) => 0.1 + 0.01 * i)]]],
  ['fixedPoint', 1e-2, [[0.9], [0.4]]],
];

function run(name: string, tolerance: number, cases: readonly (readonly JsonValue[])[], strategy: TuneStrategy, source = program): Promise<TuneReport> {
  return tuneFunction({ file, functionName: name, tolerance, formats, strategy, inputs: { kind: 'given', cases } }, source, host);
}

/** What the annotated source gives when it is simulated by itself; the tuner's own figures are not used. */
async function again(name: string, report: TuneReport, cases: readonly (readonly JsonValue[])[]): Promise<{ error: number; results: readonly JsonValue[] }> {
  const { formats: [format] } = await simulate({ file, functionName: name, schemes: [{ id: report.scheme }], inputs: { kind: 'given', cases } },
    { ...host, readFile: path => (path === file ? report.annotated : host.readFile(path)) });
  expect(format.status).toBe('ok');
  return { error: fromReal(format.maxRelativeError), results: format.results };
}

describe('tuning', { timeout: 900_000 }, () => {
  it('meets the tolerance on every function and saves energy against uniform fp32 on most, arrays included', async () => {
    let saved = 0;
    const rows: string[] = [];
    for (const [name, tolerance, cases] of tasks) {
      const report = await run(name, tolerance, cases, 'greedy');
      const { error } = await again(name, report, cases);
      rows.push(`${name.padEnd(14)} error ${error.toExponential(1)} of ${tolerance}, energy ${(100 * report.energyPicojoules / report.baselineEnergyPicojoules).toFixed(0)} %, memory ${(100 * report.memoryBytes / report.baselineMemoryBytes).toFixed(0)} %, ${report.evaluations} runs, ${report.seconds.toFixed(1)} s`);
      expect({ name, met: report.met, complete: report.complete }).toEqual({ name, met: true, complete: true });
      expect(error).toBeLessThanOrEqual(tolerance);
      expect(fromReal(report.error)).toBe(error);
      if (report.energyPicojoules < 0.8 * report.baselineEnergyPicojoules) saved++;
    }
    console.log(rows.join('\n'));
    expect(saved).toBeGreaterThan(0.75 * tasks.length);
  });

  it('counts the energy that the simulator counts, and the numbers that arrays hold', async () => {
    const cases = [[[[1, 2, 3], [4, 5, 6]], [[1, 2], [3, 4], [5, 6]]]];
    const report = await run('matmul', 1e-6, cases, 'greedy');
    const { formats: [fp32] } = await simulate({ file, functionName: 'matmul', schemes: [{ id: 'fp32' }], inputs: { kind: 'given', cases } }, host);
    expect(report.baselineEnergyPicojoules).toBeCloseTo(fp32.energyPicojoules, 3);
    expect(Object.fromEntries(report.assignment.map(a => [a.variable, a.elements]))).toMatchObject({ a: 6, b: 6, row: 2, c: 4, sum: 1 });
    expect(report.baselineMemoryBytes).toBe(4 * (6 + 6 + 2 + 4 + 1));
  });

  it('an array has the format that it is given', async () => {
    const cases = [[signal, [0.25, 0.5, 0.25]]];
    const report = await run('smooth', 5e-2, cases, 'greedy');
    const out = report.assignment.find(a => a.variable === 'out')!;
    expect(out.elements).toBe(22);
    expect(['bf16', 'fp16', 'fp8-e4m3fn']).toContain(out.format);
    const { results } = await again('smooth', report, cases);
    const digits = { bf16: 8, fp16: 11, 'fp8-e4m3fn': 4 }[out.format]!;
    for (const v of results[0] as number[]) { const scale = 2 ** (Math.floor(Math.log2(Math.abs(v))) - digits + 1); expect(Number.isInteger(v / scale)).toBe(true); }
  });

  it('chooses the same again for a source that is annotated already', async () => {
    const [name, tolerance, cases] = tasks[0];
    const first = await run(name, tolerance, cases, 'greedy');
    const second = await tuneFunction({ file, functionName: name, tolerance, formats, strategy: 'greedy', inputs: { kind: 'given', cases } }, lowerText(file, first.annotated), host);
    expect(second.annotated).toBe(first.annotated);
    expect(second.assignment.map(a => a.format)).toEqual(first.assignment.map(a => a.format));
  });

  it.each<TuneStrategy>(['delta', 'differentiable'])('%s meets the tolerance as well', async strategy => {
    for (const [name, tolerance, cases] of [tasks[0], tasks[2], tasks[4], tasks[11]]) {
      const report = await run(name, tolerance, cases, strategy);
      expect({ name, met: report.met }).toEqual({ name, met: true });
      expect((await again(name, report, cases)).error).toBeLessThanOrEqual(tolerance);
      expect(report.energyPicojoules).toBeLessThan(report.baselineEnergyPicojoules);
    }
  });

  it('keeps what cannot be lowered', async () => {
    const report = await run('polynomial', 1e-5, [[0.3], [1.7]], 'greedy');
    expect(report.met).toBe(true);
    expect(report.assignment.filter(a => a.variable === 'value').every(a => a.format === 'fp32')).toBe(true);
  });

  it('says so when even the most precise formats miss the tolerance', async () => {
    const report = await run('mean', 1e-12, [[vector]], 'greedy');
    expect(report.met).toBe(false);
    expect(report.evaluations).toBe(formats.length);
  });

  it('a format that makes a loop endless only loses', async () => {
    const report = await run('fixedPoint', 1e-2, [[0.9]], 'greedy');
    expect(report.met).toBe(true);
    expect(report.evaluations).toBeGreaterThan(8);
  });

  it('stops at once when it is cancelled, and at the time limit with what it has', async () => {
    const abort = new AbortController();
    const [name, tolerance, cases] = tasks[5];
    const request = { file, functionName: name, tolerance, formats, strategy: 'greedy', inputs: { kind: 'given', cases } } as const;
    await expect(tuneFunction(request, program, { ...host, signal: abort.signal }, ({ evaluations }) => { if (evaluations === 3) abort.abort(new Error('enough')); })).rejects.toThrow('enough');
    const hurried = await tuneFunction({ ...request, milliseconds: 250 }, program, host).catch((error: unknown) => (error as Error).name);
    if (typeof hurried === 'string') expect(hurried).toBe('OutOfTime'); else expect((await again(name, hurried, cases)).error).toBeLessThanOrEqual(tolerance);
  });

  it('refuses formats that need a scale, and functions that fail on every input, in one sentence', async () => {
    const request = { file, functionName: 'dot', tolerance: 1e-2, strategy: 'greedy', inputs: { kind: 'given', cases: [[vector, other]] } } as const;
    await expect(tuneFunction({ ...request, formats: ['fp32', 'int8'] }, program, host)).rejects.toThrow(/int8 without a scale/);
    await expect(tuneFunction({ ...request, formats: ['fp32'] }, program, host)).rejects.toThrow(/at least two formats/);
    await expect(tuneFunction({ ...request, formats, inputs: { kind: 'given', cases: [[null, null]] } }, program, host)).rejects.toThrow(/cannot be tuned because it fails on every input/);
  });
});
