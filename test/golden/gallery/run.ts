import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import type { SimulationReport } from '../../../src/protocol/report';
import { fromReal, type JsonValue, type Real } from '../../../src/protocol/real';

export const galleryFolder = resolve(__dirname, '../../../media/gallery');

const cli = resolve(__dirname, '../../../dist/cli.js');

/** Runs one command line of the built `roundoff`. */
export async function command(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  if (!existsSync(cli)) throw new Error('dist/cli.js is missing: run npm run build before this suite');
  return new Promise(done => {
    execFile(process.execPath, [cli, ...args], { maxBuffer: 2 ** 28, timeout: 150_000 }, (error, out, err) => {
      done({ code: error ? (typeof error.code === 'number' ? error.code : -1) : 0, out, err });
    });
  });
}

/** Simulates a function of an example on given cases; answers one report a format. */
export async function simulate(example: string, name: string, formats: readonly string[], cases: readonly (readonly JsonValue[])[]): Promise<SimulationReport> {
  const inputs = join(mkdtempSync(join(tmpdir(), 'roundoff-gallery-')), 'inputs.json');
  writeFileSync(inputs, JSON.stringify({ cases }));
  const { code, out, err } = await command('simulate', `${join(galleryFolder, example)}.ts#${name}`, '--formats', formats.join(','), '--inputs', inputs, '--time-limit', '60', '--json');
  if (code !== 0) throw new Error(`${example}#${name}: exit ${code}: ${err}`);
  return JSON.parse(out) as SimulationReport;
}

/** The result of one case under one format; fails unless the run was ok. */
export function result(report: SimulationReport, format: string, index = 0): JsonValue {
  const found = report.formats.find(f => f.id === format);
  if (!found) throw new Error(`no report for ${format}: ${report.formats.map(f => f.id).join(', ')}`);
  if (found.status !== 'ok') throw new Error(`${format}: ${found.status} ${found.message}`);
  return found.results[index];
}

export function number(value: JsonValue): number {
  if (value === null || typeof value === 'object' || typeof value === 'boolean') throw new Error(`not a number: ${JSON.stringify(value)}`);
  return fromReal(value as Real);
}

export function numbers(value: JsonValue): number[] {
  if (!Array.isArray(value)) throw new Error(`not an array: ${JSON.stringify(value)}`);
  return (value as readonly JsonValue[]).map(number);
}

export function field(value: JsonValue, name: string): number {
  return number((value as Record<string, JsonValue>)[name]);
}

/** The example's exports, run plainly. */
export function plain(example: string): Record<string, (...args: unknown[]) => unknown> {
  const { outputFiles } = buildSync({ entryPoints: [`${join(galleryFolder, example)}.ts`], bundle: true, format: 'cjs', write: false });
  const module = { exports: {} as Record<string, (...args: unknown[]) => unknown> };
  new Function('module', 'exports', outputFiles[0].text)(module, module.exports);
  return module.exports;
}
