import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { fromReal, type Real } from '../protocol/real';
import type { InputRequest } from '../protocol/report';
import type { TuneReport, TuneRequest, TuneStrategy } from '../protocol/tuning';
import { slashed } from '../server/node-host';
import { nodeSimulationHost, SimulationError } from '../server/simulate';
import { simulationAssets } from '../server/simulate/assets';
import { tuneFunction } from '../server/tune/tune-function';
import { InputError } from '../simulation/inputs/generate';
import { SchemeError } from '../simulation/scheme';
import { OutOfTime } from '../tuning/problem';
import { lowerText } from '../typescript';
import { CommandError, exit, type Command, type CommandIo } from './io';
import { casesFrom } from './simulate-inputs';

const usage = `roundoff tune FILE#NAME --tolerance T [options]   the cheapest format for each variable that keeps the error

  --tolerance T          largest relative error of any output
  --formats F,…          formats to choose from, fp32,fp16,bf16,fp8-e4m3fn unless given; the widest is the baseline
  --strategy S           greedy (default), delta, differentiable
  --inputs FILE.json     {"cases": [[arg1, arg2, …], …]}
  --samples N, --seed N  made-up inputs from the parameters' types and @range, 8 with seed 1 unless given
  --time-limit SECONDS   of the whole search, 60 unless given; then the best assignment so far is the answer
  --write                write the formats into the file as comments; simulate it under the format of the intermediate results
  --json
`;

export const tuneCommand: Command = async (args, io) => {
  const { values, positionals } = options(args);
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  const [path, functionName] = target(positionals);
  const file = slashed(resolve(io.cwd, path));
  const host = nodeSimulationHost(simulationAssets());
  const text = host.readFile(file);
  if (text === undefined) throw new CommandError(`there is no file ${path}`);
  const request: TuneRequest = {
    file, functionName, tolerance: positive(values.tolerance, '--tolerance', undefined, 'the largest relative error of any output'), formats: formatsOf(values.formats ?? 'fp32,fp16,bf16,fp8-e4m3fn'),
    strategy: strategyOf(values.strategy ?? 'greedy'), inputs: inputsOf(values.inputs, values.samples, values.seed, io), milliseconds: 1000 * positive(values['time-limit'], '--time-limit', 60, 'seconds'),
  };
  let report: TuneReport;
  const shown = io.stderr === process.stderr && process.stderr.isTTY;
  try {
    report = await tuneFunction(request, lowerText(file, text), { ...host, signal: io.signal }, shown ? ({ evaluations, share }) => { io.stderr.write(`\r${evaluations} runs${share === null ? '' : `, ${percent(share)} of the energy`} `); } : undefined);
  } catch (error) {
    if (io.signal.aborted) return exit.interrupted;
    if (error instanceof SimulationError || error instanceof SchemeError || error instanceof InputError) throw new CommandError(error.message);
    if (error instanceof OutOfTime) throw new CommandError('the time limit ended before the first run did: raise --time-limit or take smaller inputs');
    throw error;
  } finally {
    if (shown) io.stderr.write('\r\u001b[K');
  }
  const write = values.write === true && report.met;
  if (write) save(file, report.annotated, io);
  io.stdout.write(values.json ? `${JSON.stringify({ ...plain(report), function: positionals[0] })}\n` : describe(report, values.write === true));
  return exit.ok;
};

function options(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args], allowPositionals: true,
      options: {
        tolerance: { type: 'string' }, formats: { type: 'string' }, strategy: { type: 'string' }, inputs: { type: 'string' }, samples: { type: 'string' }, seed: { type: 'string' },
        'time-limit': { type: 'string' }, write: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new CommandError(`${(error as Error).message.split('\n')[0]}; roundoff tune --help lists the options`);
  }
}

/** The report without what only an editor needs. */
function plain({ annotated: _, inputs: __, ...rest }: TuneReport): Omit<TuneReport, 'annotated' | 'inputs'> {
  return rest;
}

function save(file: string, text: string, io: CommandIo): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new CommandError(`${file} cannot be written (${(error as Error).message.split(',')[0]})`);
  }
  io.stderr.write(`Wrote ${file}\n`);
}

function target(positionals: readonly string[]): readonly [string, string] {
  const hash = positionals[0]?.lastIndexOf('#') ?? -1;
  if (positionals.length !== 1 || hash <= 0 || hash === positionals[0].length - 1) throw new CommandError('give one function as FILE#NAME, for example statistics.ts#variance');
  return [positionals[0].slice(0, hash), positionals[0].slice(hash + 1)];
}

/** Commas separate formats, except inside parentheses: `fp32,fixed(1,6)`. */
function formatsOf(list: string): readonly string[] {
  return list.split(/,(?![^(]*\))/).map(id => id.trim()).filter(Boolean);
}

function strategyOf(name: string): TuneStrategy {
  if (name === 'greedy' || name === 'delta' || name === 'differentiable') return name;
  throw new CommandError(`--strategy takes greedy, delta or differentiable, not "${name}"`);
}

function inputsOf(file: string | undefined, samples: string | undefined, seed: string | undefined, io: CommandIo): InputRequest {
  if (file === undefined) return { kind: 'generated', count: natural(samples, '--samples', 8), seed: natural(seed, '--seed', 1) };
  if (samples !== undefined) throw new CommandError('--inputs and --samples exclude each other');
  return casesFrom(file, io);
}

function positive(text: string | undefined, name: string, otherwise: number | undefined, meaning: string): number {
  if (text === undefined && otherwise !== undefined) return otherwise;
  const value = Number(text);
  if (text === undefined || !(value > 0 && value < Infinity)) throw new CommandError(`${name} takes a positive number, ${meaning}${text === undefined ? '' : `, not "${text}"`}`);
  return value;
}

function natural(text: string | undefined, name: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new CommandError(`${name} takes a positive integer, not "${text}"`);
  return Number(text);
}

function describe(report: TuneReport, asked: boolean): string {
  const { assignment, met, energyPicojoules, baselineEnergyPicojoules, memoryBytes, baselineMemoryBytes, uniform, front, scheme } = report;
  const top = uniform[0]?.format ?? scheme;
  const saved = (now: number, before: number): string => (before > 0 && now !== before ? `, ${percent(now / before)} of all ${top}` : '');
  const lines = [
    met ? `error ${figure(report.error)} ≤ ${report.tolerance}` : `the tolerance ${report.tolerance} is not met: all ${scheme} has error ${figure(report.error)}; raise it or add a wider format`,
    `energy ${energyPicojoules.toPrecision(3)} pJ${saved(energyPicojoules, baselineEnergyPicojoules)}`,
    `memory ${memoryBytes} bytes${saved(memoryBytes, baselineMemoryBytes)}`,
    `${report.evaluations} runs of ${report.cases} ${report.cases === 1 ? 'case' : 'cases'}${report.leftOut > 0 ? ` (${report.leftOut} left out: they fail or overflow even in ${top})` : ''} in ${report.seconds.toFixed(1)} s${report.complete ? '' : '; the time limit ended the search'}`, '',
    ...table([['variable', 'line', 'format', 'numbers'], ...assignment.map(a => [a.variable, String(a.line), a.format, a.elements > 1 ? String(a.elements) : ''])], [1, 3]), '',
    ...table([['all in', 'error', 'energy', 'memory'], ...uniform.map(u => [u.format, `${figure(u.error)}${fromReal(u.error) <= report.tolerance ? '' : ' !'}`, `${u.energyPicojoules.toPrecision(3)} pJ`, `${u.memoryBytes} B`]),
      ...(met ? [['as above', figure(report.error), `${energyPicojoules.toPrecision(3)} pJ`, `${memoryBytes} B`]] : [])], [1, 2, 3]), '',
    'What no other assignment beats in error, energy and memory:',
    ...table([['error', 'energy', 'memory', 'formats'], ...front.map(p => [figure(p.error), `${p.energyPicojoules.toPrecision(3)} pJ`, `${p.memoryBytes} B`, p.formats.join(' ')])], [0, 1, 2]),
  ];
  if (asked) lines.push('', met ? `The formats are in the file; simulate it under ${scheme}, the format of the intermediate results.` : 'Nothing was written.');
  return `${lines.join('\n')}\n`;
}

function table(rows: readonly (readonly string[])[], right: readonly number[]): string[] {
  const widths = rows[0].map((_, i) => Math.max(...rows.map(r => r[i].length)));
  return rows.map(r => `  ${r.map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]) : cell.padEnd(widths[i]))).join('  ')}`.trimEnd());
}

function figure(x: Real): string {
  const value = fromReal(x);
  return Number.isFinite(value) ? value === 0 ? '0' : value.toExponential(2) : 'infinite';
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}
