import { functionNamed, lineColumn, visitFunction, type Program } from '../../program';
import { fromReal } from '../../protocol/real';
import type { InputRequest, RunReport, SimulationReport } from '../../protocol/report';
import { formatOfSite, unitsOf } from './units';
import { annotate, tunableVariables, type AnnotatedVariable } from './variables';
import { parseFormat } from '../../formats';
import { energyOf } from '../../simulation/energy';
import type { Evaluation, Strategy } from '../../tuning/problem';
import { tune } from '../../tuning/tune';
import { simulate, SimulationError, type SimulationHost } from '../simulate';

export interface TuneRequest {
  readonly file: string;
  readonly functionName: string;
  /** Largest relative error of any output that is acceptable. */
  readonly tolerance: number;
  /** From the most precise to the cheapest. */
  readonly formats: readonly string[];
  readonly strategy: Strategy;
  readonly inputs: InputRequest;
}

export interface TuneReport {
  readonly function: string;
  /** One row a variable, and one for the results of operations that no variable holds (`(intermediate results)`). */
  readonly assignment: readonly { readonly variable: string; readonly line: number; readonly format: string }[];
  readonly error: number;
  readonly tolerance: number;
  readonly met: boolean;
  readonly energyPicojoules: number;
  readonly baselineEnergyPicojoules: number;
  readonly memoryBytes: number;
  readonly baselineMemoryBytes: number;
  readonly evaluations: number;
  /** Non-dominated points, by rising energy. */
  readonly front: readonly { readonly error: number; readonly energyPicojoules: number; readonly memoryBytes: number; readonly formats: readonly string[] }[];
  /** The source with `@format` comments for the chosen formats. */
  readonly annotated: string;
  readonly seconds: number;
}

export const INTERMEDIATE = '(intermediate results)';

/**
 * Searches the cheapest format for each variable of a function that keeps the outputs within the tolerance. Every candidate is the annotated source itself,
 * simulated on the same inputs; energy counts each operation at the width that it rounds to, memory counts variables and array arguments.
 * Throws `SimulationError` when the function or its inputs cannot be used.
 */
export async function tuneFunction(request: TuneRequest, program: Program, host: SimulationHost, progress?: (evaluations: number) => void): Promise<TuneReport> {
  const started = performance.now();
  const fn = functionNamed(program, request.functionName);
  if (!fn) throw new SimulationError(`There is no function ${request.functionName} in ${request.file}; name an exported or top-level function.`);
  if (request.formats.length < 2) throw new SimulationError('Tuning needs at least two formats to choose from, the most precise first.');
  const variables = tunableVariables(program, fn);
  if (variables.length === 0 && !hasOperations(program, request.functionName)) throw new SimulationError(`${request.functionName} has no numeric variables to tune.`);
  const bits = new Map(request.formats.map(f => [f, parseFormat(f).bits]));
  // All candidates run on the inputs of the first run.
  let inputs = request.inputs;
  const evaluate = async (formats: readonly string[]): Promise<Evaluation> => {
    const [base, ...rest] = formats;
    const text = annotate(program.text, variables, rest.map(f => (f === base ? null : f)));
    const report = await simulate({ file: request.file, functionName: request.functionName, schemes: [{ id: base }], inputs },
      { ...host, onProgress: undefined, readFile: path => (path === request.file ? text : host.readFile(path)) });
    if (inputs.kind !== 'given') inputs = { kind: 'given', cases: report.inputs };
    return judge(report, program, variables, rest, base, bits);
  };
  const result = await tune({ variables: [{ name: INTERMEDIATE, line: 0 }, ...variables], formats: request.formats, tolerance: request.tolerance, evaluate },
    request.strategy, { signal: host.signal, progress });
  const [base, ...rest] = result.assignment;
  return {
    function: `${request.file}#${request.functionName}`,
    assignment: [{ variable: INTERMEDIATE, line: lineColumn(program, fn.nameStart).line, format: base }, ...variables.map((v, i) => ({ variable: v.name, line: v.line, format: rest[i] }))],
    error: result.evaluation.error, tolerance: request.tolerance, met: result.met,
    energyPicojoules: result.evaluation.energyPicojoules, baselineEnergyPicojoules: result.baseline.energyPicojoules,
    memoryBytes: result.evaluation.memoryBytes, baselineMemoryBytes: result.baseline.memoryBytes,
    evaluations: result.evaluations,
    front: result.front.map(({ assignment, evaluation }) => ({ error: evaluation.error, energyPicojoules: evaluation.energyPicojoules, memoryBytes: evaluation.memoryBytes, formats: assignment })),
    annotated: annotate(program.text, variables, rest.map(f => (f === base ? null : f))),
    seconds: (performance.now() - started) / 1000,
  };
}

function hasOperations(program: Program, name: string): boolean {
  const fn = functionNamed(program, name);
  let found = false;
  if (fn) visitFunction(fn, e => { if (e.kind === 'operation') found = true; });
  return found;
}

function judge(report: SimulationReport, program: Program, variables: readonly AnnotatedVariable[], formats: readonly string[], base: string, bits: ReadonlyMap<string, number>): Evaluation {
  const [format] = report.formats;
  const error = format.status === 'ok' ? fromReal(format.maxRelativeError) : Infinity;
  const units = unitsOf(program, variables, formats);
  return { error: error === error ? error : Infinity, energyPicojoules: energy(format.firstCase, units, base, bits), memoryBytes: memory(report, variables, formats, base, bits) };
}

/** Energy of the first case: each site's operations at the width of the format that they round to. */
function energy(run: RunReport, units: ReturnType<typeof unitsOf>, base: string, bits: ReadonlyMap<string, number>): number {
  let total = 0;
  for (const site of run.sites) total += site.count * energyOf(site.operator, 'float', bits.get(formatOfSite(site, units) ?? base) ?? 32);
  return Number(total.toPrecision(9));
}

/** Bytes of scalar variables and of array arguments (by the length of the first case). */
function memory(report: SimulationReport, variables: readonly AnnotatedVariable[], formats: readonly string[], base: string, bits: ReadonlyMap<string, number>): number {
  const sizes = new Map(report.description.parameters.map((p, i) => [p.name, count(report.inputs[0]?.[i])]));
  let total = 0;
  variables.forEach((v, i) => { total += (sizes.get(v.name) ?? 1) * (bits.get(formats[i] ?? base) ?? 32) / 8; });
  return total;
}

function count(value: unknown): number {
  return Array.isArray(value) ? value.reduce((sum: number, v: unknown) => sum + count(v), 0) : 1;
}
