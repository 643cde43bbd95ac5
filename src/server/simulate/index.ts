import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonValue } from '../../protocol/real';
import type { FormatReport, FunctionDescription, InputOrigin, SimulationLimits, SimulationReport, SimulationRequest } from '../../protocol/report';
import { encodeArgument } from '../../simulation/inputs/encode';
import { generateCases } from '../../simulation/inputs/generate';
import { sweepCases } from '../../simulation/inputs/sweep';
import type { SchemePlan } from '../../simulation/plan';
import { parseScheme } from '../../simulation/scheme';
import { UNKNOWN, type ValueType } from '../../program/types';
import { Stopped } from './confinement';
import { callInputs, projectFiles, withCalls } from './call-inputs';
import type { SimulationHost } from './host';
import { loadSteps } from './modules';
import { instrumentProgram, instrumentSteps, type InstrumentedProgram } from './program';
import { inTurns } from './turns';
import { describeFormat } from './report';
import { runScheme } from './runs';

export type { SimulationHost, SimulationProgress } from './host';

/** A request that cannot be served: no such function, no such scheme, unusable inputs. One sentence with the remedy. */
export class SimulationError extends Error {
  override readonly name = 'SimulationError';
}

export const defaultLimits: SimulationLimits = { milliseconds: 60_000, megabytes: 1024, operations: 2_000_000_000, recorded: 4_000_000 };

/** Files of the disk; `assets` is where the build put the worker. */
export function nodeSimulationHost(assets: string): SimulationHost {
  return {
    assets,
    readFile: path => { try { return readFileSync(path, 'utf8'); } catch { return undefined; } },
    fileExists: path => { try { return statSync(path).isFile(); } catch { return false; } },
    sourceFiles: projectFiles,
  };
}

/** Runs a function of the workspace under number formats, in a confined worker. Throws `SimulationError` and `SchemeError` for requests that cannot be served. */
export async function simulate(request: SimulationRequest, host: SimulationHost): Promise<SimulationReport> {
  const started = performance.now();
  const limits = { ...defaultLimits, ...request.limits };
  const file = request.file;
  const text = host.readFile(file);
  if (text === undefined) throw new SimulationError(`There is no file ${file}.`);
  const plans = request.schemes.map(s => ({ request: s, plan: parseScheme(s) }));
  if (plans.length === 0) throw new SimulationError('No format is asked for: name at least one, for example fp16.');
  const loaded = await inTurns(loadSteps(file, host), host.signal).catch((error: unknown) => { if (error instanceof Stopped) return [{ id: file, text, links: {}, json: false }]; throw error; });
  const programs = new Map<string, InstrumentedProgram>();
  const program = async (mode: InstrumentedProgram['mode']): Promise<InstrumentedProgram> => {
    const known = programs.get(mode) ?? await inTurns(instrumentSteps(loaded, mode, request.functionName), host.signal);
    programs.set(mode, known);
    return known;
  };
  // The function's own file tells whether it can be served; its modules may be hundreds.
  const alone = instrumentProgram(loaded.slice(0, 1), 'record', request.functionName);
  const description = describe(alone, request, text);
  const types = alone.functions.find(f => f.name === request.functionName)?.parameters ?? [];
  const { cases: inputs, origins } = casesOf(request, alone, host);
  const encoded = inputs.map(c => JSON.stringify(c.map((v, i) => encodeArgument(v, typeAt(types, i)))));
  const runtime = runtimeText(host.assets);
  const formats: FormatReport[] = [];
  for (const [i, { plan, request: scheme }] of plans.entries()) {
    const left = limits.milliseconds - (performance.now() - started);
    const report = (fraction: number, operations: number): void => { host.onProgress?.({ operations, fraction: (i + fraction) / plans.length, scheme: plan.id }); };
    report(0, 0);
    const runs = await runScheme({ plan, program, runtime, cases: encoded, functionName: request.functionName, limits: { ...limits, milliseconds: Math.max(1, left) }, host, seed: scheme.seed ?? 1, report });
    formats.push(describeFormat(plan, runs, programs.get('record') ?? alone, inputs));
    if (runs.status === 'cancelled') break;
  }
  return {
    version: 1, function: `${file}#${request.functionName}`, description, sources: Object.fromEntries(loaded.filter(m => m.id === file || usedIn(formats, m.id)).map(m => [m.id, m.text])),
    cases: inputs.length, inputs, ...(origins.some(o => o !== null) ? { origins } : {}), formats, seconds: (performance.now() - started) / 1000, notes: [...originNotes(origins), ...notesOf(plans.map(p => p.plan), formats)],
  };
}

function usedIn(formats: readonly FormatReport[], file: string): boolean {
  return formats.some(f => f.firstCase.sites.some(s => s.file === file));
}

/** The type of the i-th argument. */
export function typeAt(parameters: readonly { readonly type: ValueType; readonly rest: boolean }[], i: number): ValueType {
  const p = i < parameters.length ? parameters[i] : parameters[parameters.length - 1];
  if (!p) return UNKNOWN;
  return p.rest ? p.type.kind === 'array' ? p.type.element : UNKNOWN : i < parameters.length ? p.type : UNKNOWN;
}

function describe(program: InstrumentedProgram, request: SimulationRequest, text: string): FunctionDescription {
  const f = program.functions.find(g => g.name === request.functionName);
  const syntax = program.modules[0]?.problems.find(p => p.message.startsWith('Syntax error'));
  if (syntax) throw new SimulationError(`${request.file}:${syntax.line}:${syntax.column}: ${syntax.message} Correct it and simulate again.`);
  if (!f) {
    if (new RegExp(`\\b${request.functionName.split('.')[0].replace(/[^\w$]/g, '\\$&')}\\b`).test(text)) {
      return { name: request.functionName, file: request.file, start: 0, end: text.length, line: 1, endLine: text.split('\n').length, parameters: [], numeric: true };
    }
    const names = program.functions.map(g => g.name).slice(0, 12);
    throw new SimulationError(`There is no function ${request.functionName} in ${request.file}${names.length ? `; it has ${names.join(', ')}` : ', nor any other function'}.`);
  }
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  return { name: f.name, file: request.file, start: f.start, end: f.end, line: lineOf(f.start), endLine: lineOf(f.end),
    parameters: f.parameters.map(p => ({ name: p.name, type: p.typeText, ...(p.range ? { range: p.range } : {}) })), numeric: true };
}

interface Cases {
  readonly cases: readonly (readonly JsonValue[])[];
  readonly origins: readonly (InputOrigin | null)[];
}

function casesOf(request: SimulationRequest, program: InstrumentedProgram, host: SimulationHost): Cases {
  const { inputs } = request;
  if (inputs.kind === 'given') {
    if (inputs.cases.length === 0) throw new SimulationError('The inputs have no case: give at least one, as {"cases": [[…]]}.');
    return { cases: inputs.cases, origins: [] };
  }
  if (inputs.kind === 'sweep') return { cases: sweepCases(inputs), origins: [] };
  const parameters = program.functions.find(g => g.name === request.functionName)?.parameters ?? [];
  const calls = callInputs(request.file, request.functionName, parameters, host);
  if (inputs.kind === 'calls') {
    if (calls.length === 0) throw new SimulationError(`No call of ${request.functionName} with literal arguments was found in the workspace; take generated inputs or give the arguments.`);
    return { cases: calls.map(c => c.args), origins: calls.map(c => c.origin) };
  }
  return withCalls(generateCases(parameters, Math.max(1, inputs.count), inputs.seed).cases, calls, inputs.seed);
}

/** One sentence: which inputs are calls of the workspace. */
function originNotes(origins: readonly (InputOrigin | null)[]): string[] {
  const from = origins.flatMap((o, i) => o ? [`${i + 1}: ${o.file}:${o.line}`] : []);
  return from.length === 0 ? [] : [`Inputs taken from calls in the workspace: ${from.slice(0, 8).join(', ')}${from.length > 8 ? ` and ${from.length - 8} more` : ''}.`];
}

const runtimes = new Map<string, string>();

/** The run-time's script, read once. */
export function runtimeText(assets: string): string {
  const path = join(assets, 'simulation-runtime.js');
  let text = runtimes.get(path);
  if (text === undefined) {
    try { text = readFileSync(path, 'utf8'); } catch { throw new SimulationError(`The simulation's run-time ${path} is missing: build the project with "npm run build".`); }
    runtimes.set(path, text);
  }
  return text;
}

function notesOf(plans: readonly SchemePlan[], formats: readonly FormatReport[]): string[] {
  const notes: string[] = [];
  const operators = new Set(formats.flatMap(f => f.firstCase.sites.map(s => s.operator)));
  if (['exp', 'log', 'sin', 'cos', 'tan', 'pow', 'atan2', 'expm1', 'log1p', 'log2', 'log10', 'tanh', 'sinh', 'cosh', 'cbrt', 'hypot', 'asin', 'acos', 'atan'].some(o => operators.has(o))) notes.push('Functions of Math are computed in double and rounded once to the format.');
  notes.push(plans.some(p => p.wideReference) ? 'The reference is double-double (about 106 bits) where the format has more than 24 significand bits, else double.' : 'The reference is the same run in double.');
  if (plans.some(p => p.base.kind === 'calibrated')) notes.push('Scales of integer schemes are calibrated by a run of the same cases in double.');
  if (plans.some(p => p.blocks)) notes.push('Block-scaled arrays are quantized when they enter the program, when a function returns them, and when one that a loop has filled is read; arithmetic is fp32.');
  for (const f of formats) if (f.status === 'ok' && f.firstCase.attribution === 'incomplete' && f.firstCase.recordedOperations > 0) notes.push(`${f.id}: the contributions do not add up to the observed error, because a branch, an overflow or a NaN breaks the first-order picture.`);
  for (const f of formats) {
    if (f.status === 'ok' && f.firstCase.recordedOperations === 0 && f.firstCase.totalOperations > 0) notes.push(`${f.id}: the run of ${f.firstCase.totalOperations} operations is longer than what is recorded; it is counted site by site, and its error is not attributed to them. Take a smaller input to see the attribution.`);
    if (f.firstCase.untracked > 0) notes.push(`${f.id}: ${f.firstCase.untracked} ${f.firstCase.untracked === 1 ? 'number' : 'numbers'} came back from functions that are not simulated; their error before the call is not known after it.`);
  }
  return notes;
}

