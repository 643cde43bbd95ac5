import { functionNamed, type Program } from '../../program';
import { fromReal, toReal } from '../../protocol/real';
import type { TuneProgress, TuneReport, TuneRequest } from '../../protocol/tuning';
import { FormatError, parseFormat, type Format } from '../../formats';
import type { Evaluation } from '../../tuning/problem';
import { tune } from '../../tuning/tune';
import { simulate, SimulationError, type SimulationHost } from '../simulate';
import { loadSteps } from '../simulate/modules';
import { instrumentProgram } from '../simulate/program';
import { inTurnsUnlessAborted } from '../simulate/turns';
import { tuningInputs } from './inputs';
import { placeholder, TuningSession } from './session';
import { annotate, tunableVariables, type AnnotatedVariable } from './variables';

export const INTERMEDIATE = '(intermediate results)';

/** Milliseconds that a search takes at most, unless the request says otherwise. */
export const defaultTuneMilliseconds = 60_000;

/**
 * Searches the cheapest format for each variable and array of a function that keeps the outputs within the tolerance. Every candidate is the annotated source,
 * run under the simulator on the same inputs; energy counts each operation at the width that it rounds to, memory the numbers that variables and arrays hold.
 * The answer is simulated once more from scratch. Throws `SimulationError` when the function or its inputs cannot be used, and the signal's reason when it is aborted.
 */
export async function tuneFunction(request: TuneRequest, program: Program, host: SimulationHost, progress?: (progress: TuneProgress) => void): Promise<TuneReport> {
  const started = performance.now();
  const { file, functionName } = request;
  const fn = functionNamed(program, functionName);
  if (!fn) throw new SimulationError(`There is no function ${functionName} in ${file}; name an exported or top-level function.`);
  const formats = formatsOf(request.formats);
  const from = (text: string): SimulationHost => ({ ...host, onProgress: undefined, readFile: path => (path === file ? text : host.readFile(path)) });
  const loaded = await inTurnsUnlessAborted(loadSteps(file, from(program.text)), host.signal);
  const parameters = instrumentProgram(loaded.slice(0, 1), 'statistics', functionName).functions.find(f => f.name === functionName)?.parameters ?? [];
  const first = await simulate({ file, functionName, schemes: [{ id: formats[0].id }], inputs: tuningInputs(request.inputs, parameters) }, from(program.text));
  host.signal?.throwIfAborted();
  if (first.formats[0].status === 'unsupported') throw new SimulationError(first.formats[0].message);

  const open = (variables: readonly AnnotatedVariable[]): Promise<TuningSession> => TuningSession.open({
    file, functionName, cases: first.inputs, milliseconds: request.milliseconds ?? defaultTuneMilliseconds, text: annotate(program.text, variables, variables.map((_, i) => placeholder(i))),
  }, host);
  const { id: top } = formats[0];
  const candidates = tunableVariables(program, fn);
  // Where a comment has no effect, as on the variable of a `for…of`, there is nothing to choose.
  const effective = (await open(candidates)).effective();
  let variables = candidates.filter((_, i) => effective.has(i));
  let session = await open(variables);
  try {
    // Made-up inputs that the most precise format cannot hold say nothing about the others.
    const admitted = await session.admit(top, variables.map(() => top), request.inputs.kind === 'generated');
    if (typeof admitted === 'string') throw new SimulationError(`${functionName} cannot be tuned because it fails on every input: ${admitted}`);
    const inputs = { kind: 'given', cases: admitted.map(i => first.inputs[i]) } as const;
    let sizes = await session.sizes(top, variables.map(() => top));
    if (sizes.includes(0)) {
      session.close();
      variables = variables.filter((_, i) => sizes[i] > 0);
      sizes = sizes.filter(n => n > 0);
      session = await open(variables);
      await session.admit(top, variables.map(() => top), request.inputs.kind === 'generated');
    }
    if (variables.length === 0 && (await session.run(top, [])).operations === 0) throw new SimulationError(`${functionName} computes nothing with numbers, so there is nothing to tune; choose another function.`);
    const bits = new Map(formats.map(f => [f.id, f.bits]));
    const evaluate = async ([base, ...rest]: readonly string[]): Promise<Evaluation> => {
      const { error, energyPicojoules } = await session.run(base, rest);
      return { error, energyPicojoules, memoryBytes: rest.reduce((sum, f, i) => sum + sizes[i] * bits.get(f)! / 8, 0) };
    };
    const rows = [{ name: INTERMEDIATE, line: first.description.line, start: -1 }, ...variables];
    const result = await tune({ variables: rows, formats: formats.map(f => f.id), tolerance: request.tolerance, evaluate }, request.strategy,
      { signal: host.signal, progress: (evaluations, share) => progress?.({ evaluations, share }) });
    const [scheme, ...chosen] = result.assignment;
    const annotated = annotate(program.text, variables, chosen);
    const again = (await simulate({ file, functionName, schemes: [{ id: scheme }], inputs }, from(annotated))).formats[0];
    host.signal?.throwIfAborted();
    const error = again.status === 'ok' ? fromReal(again.maxRelativeError) : Infinity;
    return {
      function: `${file}#${functionName}`,
      assignment: rows.map((v, i) => ({ variable: v.name, line: v.line, format: result.assignment[i], start: v.start, ordinal: candidates.filter(c => c.name === v.name && c.start < v.start).length, elements: i === 0 ? 0 : sizes[i - 1] })),
      error: toReal(error), tolerance: request.tolerance, met: result.met && error <= request.tolerance,
      energyPicojoules: result.evaluation.energyPicojoules, baselineEnergyPicojoules: result.baseline.energyPicojoules,
      memoryBytes: result.evaluation.memoryBytes, baselineMemoryBytes: result.baseline.memoryBytes,
      evaluations: result.evaluations, complete: result.complete, strategy: request.strategy, scheme,
      uniform: result.uniform.map(({ assignment, evaluation }) => ({ format: assignment[0], error: toReal(evaluation.error), energyPicojoules: evaluation.energyPicojoules, memoryBytes: evaluation.memoryBytes })),
      front: result.front.map(({ assignment, evaluation }) => ({ error: evaluation.error, energyPicojoules: evaluation.energyPicojoules, memoryBytes: evaluation.memoryBytes, formats: assignment })),
      cases: inputs.cases.length, leftOut: first.cases - inputs.cases.length, inputs, annotated, seconds: (performance.now() - started) / 1000,
    };
  } finally {
    session.close();
  }
}

/** The formats from the widest to the narrowest. Only formats that round without a scale can be a variable's own. */
function formatsOf(ids: readonly string[]): readonly Format[] {
  const formats = [...new Map(ids.map(id => { const f = known(id); return [f.id, f]; })).values()];
  const other = formats.find(f => f.family !== 'float' && f.family !== 'fixed');
  if (other) throw new SimulationError(`A variable cannot have the format ${other.id} without a scale; choose among floating-point and fixed-point formats, such as fp32, fp16, bf16, fp8-e4m3fn or fixed(3,12).`);
  if (formats.length < 2) throw new SimulationError('Tuning needs at least two formats to choose from, for example fp32 and fp16.');
  return formats.sort((a, b) => b.bits - a.bits || (b.significandBits ?? b.bits) - (a.significandBits ?? a.bits));
}

function known(id: string): Format {
  try {
    return parseFormat(id);
  } catch (error) {
    throw error instanceof FormatError ? new SimulationError(error.message) : error;
  }
}
