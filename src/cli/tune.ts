import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { findFormat } from '../formats';
import type { InputRequest } from '../protocol/report';
import { slashed } from '../server/node-host';
import { nodeSimulationHost, SimulationError } from '../server/simulate';
import { simulationAssets } from '../server/simulate/assets';
import { tuneFunction, type TuneReport } from '../server/tune/tune-function';
import { InputError } from '../simulation/inputs/generate';
import { SchemeError } from '../simulation/scheme';
import type { Strategy } from '../tuning/problem';
import { lowerText } from '../typescript';
import { CommandError, exit, type Command } from './io';
import { casesFrom } from './simulate-inputs';

const usage = `roundoff tune FILE#NAME --tolerance T [options]   the cheapest format for each variable that keeps the error

  --tolerance T          largest relative error of any output
  --formats F,…          from the most precise to the cheapest, fp32,fp16,bf16,fp8-e4m3fn unless given
  --strategy S           greedy (default), delta, differentiable
  --inputs FILE.json     {"cases": [[arg1, arg2, …], …]}
  --samples N, --seed N  made-up inputs, 8 with seed 1 unless given
  --write                write the @format comments into the file
  --json
`;

export const tuneCommand: Command = async (args, io) => {
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: {
      tolerance: { type: 'string' }, formats: { type: 'string' }, strategy: { type: 'string' }, inputs: { type: 'string' }, samples: { type: 'string' }, seed: { type: 'string' },
      write: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) { io.stdout.write(usage); return exit.ok; }
  const [path, name] = target(positionals);
  const file = slashed(resolve(io.cwd, path));
  const host = nodeSimulationHost(simulationAssets());
  const text = host.readFile(file);
  if (text === undefined) throw new CommandError(`there is no file ${path}`);
  const inputs: InputRequest = values.inputs === undefined
    ? { kind: 'generated', count: natural(values.samples, '--samples', 8), seed: natural(values.seed, '--seed', 1) } : casesFrom(values.inputs, io);
  const tolerance = Number(values.tolerance);
  if (values.tolerance === undefined || !(tolerance > 0)) throw new CommandError(`--tolerance takes a positive number, the largest relative error of any output${values.tolerance === undefined ? '' : `, not "${values.tolerance}"`}`);
  let report: TuneReport;
  try {
    report = await tuneFunction({ file, functionName: name, tolerance, formats: formatsOf(values.formats ?? 'fp32,fp16,bf16,fp8-e4m3fn'), strategy: strategyOf(values.strategy ?? 'greedy'), inputs },
      lowerText(file, text), { ...host, signal: io.signal }, io.stderr === process.stderr && process.stderr.isTTY ? n => { io.stderr.write(`\r${n} runs `); } : undefined);
  } catch (error) {
    if (error instanceof SimulationError || error instanceof SchemeError || error instanceof InputError) throw new CommandError(error.message);
    throw error;
  }
  if (values.write && report.met) writeFileSync(file, report.annotated);
  const { annotated: _, ...plain } = { ...report, function: positionals[0] };
  io.stdout.write(values.json ? `${JSON.stringify(plain)}\n` : describe(report, values.write === true));
  return exit.ok;
};

function target(positionals: readonly string[]): readonly [string, string] {
  const hash = positionals[0]?.lastIndexOf('#') ?? -1;
  if (positionals.length !== 1 || hash <= 0 || hash === positionals[0].length - 1) throw new CommandError('give one function as FILE#NAME, for example statistics.ts#variance');
  return [positionals[0].slice(0, hash), positionals[0].slice(hash + 1)];
}

function formatsOf(list: string): readonly string[] {
  return list.split(/,(?![^(]*\))/).map(id => {
    const format = findFormat(id.trim());
    if (!format) throw new CommandError(`there is no format "${id.trim()}"; roundoff formats lists them`);
    return format.id;
  });
}

function strategyOf(name: string): Strategy {
  if (name === 'greedy' || name === 'delta' || name === 'differentiable') return name;
  throw new CommandError(`--strategy takes greedy, delta or differentiable, not "${name}"`);
}

function natural(text: string | undefined, name: string, otherwise: number): number {
  if (text === undefined) return otherwise;
  if (!/^\d+$/.test(text) || Number(text) < 1) throw new CommandError(`${name} takes a positive integer, not "${text}"`);
  return Number(text);
}

function describe(report: TuneReport, wrote: boolean): string {
  const percent = (now: number, before: number): string => (before > 0 ? ` (${Math.round((100 * now) / before)} % of all ${report.front.length > 0 ? 'most precise' : 'equal'})` : '');
  const width = Math.max(...report.assignment.map(a => a.variable.length));
  const lines = [
    report.met ? `error ${report.error.toExponential(2)} ≤ ${report.tolerance}` : `the tolerance ${report.tolerance} is not met: even the most precise formats have error ${report.error.toExponential(2)}`,
    `energy ${report.energyPicojoules.toPrecision(3)} pJ${percent(report.energyPicojoules, report.baselineEnergyPicojoules)}, memory ${report.memoryBytes} bytes${percent(report.memoryBytes, report.baselineMemoryBytes)}, ${report.evaluations} runs`, '',
    ...report.assignment.map(a => `  ${a.variable.padEnd(width)}  line ${String(a.line).padStart(4)}  ${a.format}`), '',
    'error against energy:', ...report.front.map(p => `  ${p.error.toExponential(2).padStart(9)}  ${p.energyPicojoules.toPrecision(3).padStart(9)} pJ`),
  ];
  if (wrote) lines.push('', report.met ? 'The formats are written into the file as @format comments; the intermediate results have the format that you simulate with.' : 'Nothing was written.');
  return `${lines.join('\n')}\n`;
}
