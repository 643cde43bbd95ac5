import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromReal, type JsonValue, type Real } from '../protocol/real';
import type { FormatReport, InputRequest, SchemeRequest, SimulationReport, SimulationRequest } from '../protocol/report';
import { reportPage } from '../protocol/report-page';
import { slashed } from '../server/node-host';
import { nodeSimulationHost, simulate, SimulationError } from '../server/simulate';
import { simulationAssets } from '../server/simulate/assets';
import { InputError } from '../simulation/inputs/generate';
import { SchemeError } from '../simulation/scheme';
import { CommandError, exit, type Command, type CommandIo } from './io';
import { casesFrom } from './simulate-inputs';

const usage = `roundoff simulate FILE#NAME [options]   run a function under number formats and say where the error comes from

  --formats F,…          formats and schemes, fp32,fp16,bf16 unless given; "roundoff formats" lists the formats,
                         presets are fp16+fp32, bf16+fp32, int8, int8-raw, mxfp8, mxfp4, nvfp4, nf4, int4-g32, fixed(1,6), …
  --inputs FILE.json     {"cases": [[arg1, arg2, …], …]}
  --inputs calls         the literal arguments of the function's calls in the workspace, tests included
  --samples N            make up N inputs from the parameters' types and @range, 3 unless given; fewer than half of them are calls in the workspace
  --seed N               seed of the inputs and of stochastic rounding
  --rounding MODE        nearest-even, nearest-away, toward-zero, up, down, to-odd, stochastic
  --overflow RULE        ieee, saturate, wrap
  --subnormals RULE      keep, flush
  --calibration RULE     of int8 and int4: minmax, symmetric, percentile:99.9, kl, mse
  --time-limit SECONDS   of the whole command, 60 unless given
  --json | --html FILE   the report as JSON, or as a page
`;

/** `roundoff simulate FILE#NAME`. */
export const simulateCommand: Command = async (args, io) => {
  const { values, positionals } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  if (positionals.length !== 1) throw new CommandError('give one function as FILE#NAME, for example statistics.ts#variance');
  const hash = positionals[0].lastIndexOf('#');
  if (hash <= 0 || hash === positionals[0].length - 1) throw new CommandError(`"${positionals[0]}" names no function: write FILE#NAME, for example statistics.ts#variance`);
  const seed = integer(values.seed, '--seed', 1);
  const request: SimulationRequest = {
    file: slashed(resolve(io.cwd, positionals[0].slice(0, hash))), functionName: positionals[0].slice(hash + 1),
    schemes: formatList(values.formats ?? 'fp32,fp16,bf16').map(id => ({
      id, seed, ...choice('rounding', values.rounding, ['nearest-even', 'nearest-away', 'toward-zero', 'up', 'down', 'to-odd', 'stochastic'] as const),
      ...choice('overflow', values.overflow, ['ieee', 'saturate', 'wrap'] as const), ...choice('subnormals', values.subnormals, ['keep', 'flush'] as const),
      ...(values.calibration === undefined ? {} : { calibration: values.calibration as NonNullable<SchemeRequest['calibration']> }),
    })),
    inputs: inputsOf(values.inputs, values.samples, seed, io),
    limits: { milliseconds: 1000 * positive(values['time-limit'], '--time-limit', 60) },
  };
  let report: SimulationReport;
  try {
    report = await simulate(request, { ...nodeSimulationHost(simulationAssets()), signal: io.signal });
  } catch (error) {
    if (error instanceof SimulationError || error instanceof SchemeError || error instanceof InputError) throw new CommandError(error.message);
    throw error;
  }
  if (io.signal.aborted) return exit.interrupted;
  const unsupported = report.formats.find(f => f.status === 'unsupported');
  if (unsupported) throw new CommandError(unsupported.message);
  if (values.html !== undefined) writePage(resolve(io.cwd, values.html), { ...report, function: positionals[0] }, io);
  if (values.json) io.stdout.write(`${JSON.stringify({ ...report, function: positionals[0] })}\n`);
  else if (values.html === undefined) io.stdout.write(text(report, positionals[0]));
  return exit.ok;
};

/** The report as one self-contained page, from the template that the build left beside the simulator's scripts. */
function writePage(file: string, report: SimulationReport, io: CommandIo): void {
  const template = join(simulationAssets(), 'webview/report.html');
  if (!existsSync(template)) throw new CommandError('the page template is missing from this build: build the project again, or take --json');
  try {
    writeFileSync(file, reportPage(readFileSync(template, 'utf8'), report));
  } catch (error) {
    throw new CommandError(`${file} cannot be written (${error instanceof Error ? error.message.split(',')[0] : String(error)}): give a file in a folder that exists`);
  }
  io.stderr.write(`Wrote ${file}\n`);
}

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        formats: { type: 'string' }, inputs: { type: 'string' }, samples: { type: 'string' }, seed: { type: 'string' }, rounding: { type: 'string' }, overflow: { type: 'string' }, subnormals: { type: 'string' }, calibration: { type: 'string' },
        'time-limit': { type: 'string' }, json: { type: 'boolean' }, html: { type: 'string' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]}; roundoff simulate --help lists the options`);
  }
}

/** Commas separate formats, except inside parentheses: `fp16,fixed(1,6)`. */
function formatList(given: string): string[] {
  const list = given.split(/,(?![^(]*\))/).map(f => f.trim()).filter(Boolean);
  if (list.length === 0) throw new CommandError('--formats takes at least one format, for example fp16');
  return list;
}

function choice<K extends string, T extends string>(name: K, given: string | undefined, of: readonly T[]): { readonly [P in K]?: T } {
  if (given === undefined) return {};
  const found = of.find(o => o === given);
  if (!found) throw new CommandError(`--${name} takes one of ${of.join(', ')}, not "${given}"`);
  return { [name]: found } as { readonly [P in K]?: T };
}

function positive(given: string | undefined, name: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!(value > 0 && value < Infinity)) throw new CommandError(`${name} takes a positive number, not "${given}"`);
  return value;
}

function integer(given: string | undefined, name: string, otherwise: number): number {
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (!Number.isSafeInteger(value) || value < 0) throw new CommandError(`${name} takes a whole number, not "${given}"`);
  return value;
}

function inputsOf(file: string | undefined, samples: string | undefined, seed: number, io: CommandIo): InputRequest {
  if (file === undefined) return { kind: 'generated', count: Math.max(1, integer(samples, '--samples', 3)), seed };
  if (samples !== undefined) throw new CommandError('--inputs and --samples exclude each other');
  return file === 'calls' ? { kind: 'calls' } : casesFrom(file, io);
}

/** The report for people: formats side by side, then who is to blame in each. */
function text(report: SimulationReport, name: string): string {
  const rows = [['format', 'result', 'reference', 'largest relative error', 'correct bits', 'energy'], ...report.formats.map(f => [f.id, ...cells(f)])];
  const widths = rows[0].map((_, i) => Math.max(...rows.map(r => r[i].length)));
  const lines = [`${name}   ${report.cases} ${report.cases === 1 ? 'case' : 'cases'}`, '', ...rows.map(r => r.map((cell, i) => i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join('  ')), ''];
  for (const f of report.formats) lines.push(...blame(f, report));
  return [...lines, ...report.notes.map(n => `Note: ${n}`), ''].join('\n');
}

function cells(f: FormatReport): string[] {
  if (f.status !== 'ok' && f.results.every(r => r === null)) return [f.status, '', '', '', ''];
  const bits = fromReal(f.correctBits);
  return [short(f.results[0]), short(f.references[0]), figure(f.maxRelativeError), `${Number.isFinite(bits) ? bits.toFixed(1) : '?'} of ${f.significandBits}`, `${f.energyPicojoules.toPrecision(3)} pJ`];
}

function blame(f: FormatReport, report: SimulationReport): string[] {
  const head = f.status === 'ok' ? (f.message ? `${f.id}: ${f.message}` : f.id) : `${f.id}: ${f.message}${f.at ? ` (${place(f.at.file, report)}${f.at.line}:${f.at.column})` : ''}`;
  const run = f.firstCase;
  const worst = [...run.sites].filter(s => s.share >= 0.01 || s.overflow || s.nan || s.saturated || s.branchDivergence).sort((a, b) => b.share - a.share).slice(0, 5);
  if (worst.length === 0) return [head, run.sites.length ? '  no error in the first case' : '', ''].filter((l, i) => i !== 1 || l !== '');
  return [`${head}   error of the first case ${figure(run.outputError)}`, ...worst.map(s => {
    const events = [s.absorbed && `${s.absorbed} of ${s.count} absorbed`, s.cancelledBits > 3 && `${s.cancelledBits} bits cancelled`, s.overflow && `overflows ${s.overflow} times`, s.saturated && `saturates ${s.saturated} times`,
      s.underflow && `underflows ${s.underflow} times`, s.nan && `makes NaN`, s.branchDivergence && `decides otherwise than the reference ${s.branchDivergence} times`].filter(Boolean).join(', ');
    return `  ${(s.share * 100).toFixed(0).padStart(3)} %  ${place(s.file, report)}${s.line}  ${s.text.replace(/\s+/g, ' ').slice(0, 60)}${events ? `   (${events})` : ''}`;
  }), ''];
}

function place(file: string, report: SimulationReport): string {
  return file === report.description.file ? 'line ' : `${file.split('/').slice(-2).join('/')}:`;
}

function figure(x: Real): string {
  const value = fromReal(x);
  return Number.isFinite(value) ? value === 0 ? '0' : value.toExponential(2) : String(value);
}

function short(value: JsonValue): string {
  const s = typeof value === 'number' ? String(Number(value.toPrecision(9))) : JSON.stringify(value) ?? '';
  return s.length > 28 ? `${s.slice(0, 27)}…` : s;
}
