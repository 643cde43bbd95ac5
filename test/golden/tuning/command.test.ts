import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { command } from '../gallery/run';

const folder = mkdtempSync(join(tmpdir(), 'roundoff-tune-'));
const file = join(folder, 'dot.ts');
const source = `export function dot(x: number[], y: number[]): number {
  let sum = 0;   // keep this comment
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

export function forever(x: number): number {
  let y = x;
  for (let i = 0; i < 1e12; i++) y = y * 0.5 + 1;
  return y;
}
`;
writeFileSync(file, source);
const inputs = join(folder, 'inputs.json');
writeFileSync(inputs, JSON.stringify({ cases: [[[1.5, 2.25, 0.3], [0.1, 0.2, 0.7]]] }));

describe('roundoff tune', { timeout: 120_000 }, () => {
  it('answers JSON as the contract has it', async () => {
    const { code, out } = await command('tune', `${file}#dot`, '--tolerance', '0.01', '--inputs', inputs, '--json');
    expect(code).toBe(0);
    const report = JSON.parse(out) as Record<string, unknown>;
    for (const key of ['error', 'tolerance', 'energyPicojoules', 'baselineEnergyPicojoules', 'evaluations', 'seconds']) expect(typeof report[key]).toBe('number');
    expect(report.error).toBeLessThanOrEqual(0.01);
    const assignment = report.assignment as { variable: string; line: number; format: string }[];
    expect(assignment.map(a => `${a.variable}:${a.line}`)).toEqual(['(intermediate results):1', 'x:1', 'y:1', 'sum:2']);
    for (const { format } of assignment) expect(['fp32', 'fp16', 'bf16', 'fp8-e4m3fn']).toContain(format);
  });

  it('writes the comments, which the simulator reads; a second time changes nothing', async () => {
    const { code, out } = await command('tune', `${file}#dot`, '--tolerance', '0.01', '--inputs', inputs, '--write');
    expect(code).toBe(0);
    expect(out).toMatch(/energy .* of all fp32/);
    const written = readFileSync(file, 'utf8');
    expect(written).toMatch(/let \/\* @format \S+ \*\/ sum = 0; {3}\/\/ keep this comment/);
    expect(written.replace(/\/\* @format \S+ \*\/ /g, '')).toBe(source);
    const scheme = /simulate it under (\S+),/.exec(out)![1];
    const simulated = JSON.parse((await command('simulate', `${file}#dot`, '--formats', scheme, '--inputs', inputs, '--json')).out) as { formats: { maxRelativeError: number }[] };
    expect(simulated.formats[0].maxRelativeError).toBeLessThanOrEqual(0.01);
    await command('tune', `${file}#dot`, '--tolerance', '0.01', '--inputs', inputs, '--write');
    expect(readFileSync(file, 'utf8')).toBe(written);
  });

  it.each([
    [['dot.ts#dot', '--tolerance', '0.01'], /there is no file/], [[`${file}#nope`, '--tolerance', '0.01'], /no function nope/], [[`${file}#dot`], /--tolerance takes a positive number/], [[`${file}#dot`, '--tolerance', '-1'], /not "-1"|ambiguous/],
    [[`${file}#dot`, '--tolerance', '0.01', '--formats', 'fp32,fp17'], /fp17/], [[`${file}#dot`, '--tolerance', '0.01', '--formats', 'fp32,int8'], /int8 without a scale/], [[`${file}#dot`, '--tolerance', '0.01', '--strategy', 'luck'], /greedy, delta or differentiable/],
    [[`${file}#dot`, '--tolerance', '0.01', '--nonsense'], /--help lists the options/], [[`${file}#dot`, '--tolerance', '0.01', '--samples', '3', '--inputs', inputs], /exclude each other/],
  ] as const)('refuses in one line: %j', async (args, sentence) => {
    const { code, out, err } = await command('tune', ...args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(sentence);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('stops at Ctrl-C with 130', async () => {
    const child = spawn(process.execPath, [resolve(__dirname, '../../../dist/cli.js'), 'tune', `${file}#forever`, '--tolerance', '0.01', '--time-limit', '100'], { stdio: ['ignore', 'pipe', 'pipe'] });
    setTimeout(() => child.kill('SIGINT'), 3000);
    const code = await new Promise(done => { child.on('close', done); });
    expect(code).toBe(130);
  });
});
