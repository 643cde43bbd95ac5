import { fromReal, type JsonValue } from '../../protocol/real';
import { encodeArgument } from '../../simulation/inputs/encode';
import { energyOf } from '../../simulation/energy';
import { parseScheme } from '../../simulation/scheme';
import { parseFormat } from '../../formats';
import { defaultLimits, runtimeText, typeAt, type SimulationHost } from '../simulate';
import { Confinement, ScriptError, Stopped } from '../simulate/confinement';
import { loadSteps, type LoadedModule } from '../simulate/modules';
import { instrumentSteps, type InstrumentedProgram } from '../simulate/program';
import { inTurnsUnlessAborted } from '../simulate/turns';
import { errorOf } from '../simulate/report';
import { openContext, runCase, type CaseRun } from '../simulate/runs';
import { OutOfTime } from '../../tuning/problem';
import { measuring, sizesQuery } from './sizes';
import { unitsOfSites } from './units';

export interface SessionRequest {
  readonly file: string;
  readonly functionName: string;
  /** The source in which variable i carries `@format` with the name `placeholder(i)`. */
  readonly text: string;
  readonly cases: readonly (readonly JsonValue[])[];
  /** Of the whole session. */
  readonly milliseconds: number;
}

/** What one run of all cases answered. */
export interface SessionRun {
  /** Largest relative error of any output over the cases; Infinity when a case failed or an output is NaN that is a number in the reference. */
  readonly error: number;
  /** Of all cases: each operation at the width of the format that it rounds to. */
  readonly energyPicojoules: number;
  /** Operations of all cases. */
  readonly operations: number;
  readonly failure: string | null;
}

/** Stands for the format of variable i in the instrumented program. */
export function placeholder(i: number): string {
  return `tuned:${i}`;
}

/** Loop iterations and calls that every run may take; one that takes far more than the first is wrong anyway. */
const leastFuel = 2_000_000;

/**
 * One function, instrumented once and run many times in one worker: only the rounding of the variables' formats changes between the runs, so an evaluation costs
 * a kernel and the run itself. `close` ends the worker.
 */
export class TuningSession {
  private readonly programs = new Map<InstrumentedProgram['mode'], InstrumentedProgram>();
  private box: Confinement | undefined;
  private fuel = defaultLimits.operations;
  private readonly encoded: readonly string[];
  /** Per case: whether it is judged. Cases that fail at the most precise formats are left out. */
  private judged: readonly boolean[];

  /** Reads and instruments the program, with turns for other work in between. Throws the signal's reason when it is aborted. */
  static async open(request: SessionRequest, host: SimulationHost): Promise<TuningSession> {
    const deadline = performance.now() + request.milliseconds;
    const loaded = await inTurnsUnlessAborted(loadSteps(request.file, { ...host, readFile: path => (path === request.file ? request.text : host.readFile(path)) }), host.signal);
    return new TuningSession(request, host, loaded, await inTurnsUnlessAborted(instrumentSteps(loaded, 'statistics', request.functionName), host.signal), deadline);
  }

  private constructor(private readonly request: SessionRequest, private readonly host: SimulationHost, private readonly loaded: readonly LoadedModule[], private readonly program: InstrumentedProgram, private readonly deadline: number) {
    this.programs.set('statistics', program);
    const types = program.functions.find(f => f.name === request.functionName)?.parameters ?? [];
    this.encoded = request.cases.map(c => JSON.stringify(c.map((v, i) => encodeArgument(v, typeAt(types, i)))));
    this.judged = request.cases.map(() => true);
  }

  /** The variables whose format has an effect. */
  effective(): ReadonlySet<number> {
    return new Set(this.program.formats.flatMap(f => variableOf(f) ?? []));
  }

  /** Runs all cases with these formats: `base` for results that no variable holds, and one for each variable. Rejects when the session is cancelled or out of time. */
  async run(base: string, formats: readonly string[]): Promise<SessionRun> {
    const { program, resolved, runs } = await this.cases(base, formats, p => p);
    if (typeof runs === 'string') return { error: Infinity, energyPicojoules: Infinity, operations: 0, failure: runs };
    const failure = runs.find(r => r.error)?.error?.message ?? null;
    const counts = runs.findLast(r => r.outcome?.run)?.outcome?.run?.sites ?? [];
    return {
      error: failure === null ? errorOfRuns(runs) : Infinity, failure, operations: counts.reduce((sum, s) => sum + s.count, 0),
      energyPicojoules: energyOfRuns(counts, program, unitsOfSites(program), base, resolved),
    };
  }

  /**
   * Leaves out the cases that fail with these formats (and, with `finite`, those whose error is infinite), and lets later runs take fifty times the steps of this one.
   * Answers the indices of the cases that are left, or the sentence of the failure when none is.
   */
  async admit(base: string, formats: readonly string[], finite: boolean): Promise<readonly number[] | string> {
    let run = await this.run(base, formats);
    if (run.failure !== null || (finite && run.error === Infinity)) {
      const alone: SessionRun[] = [];
      for (let i = 0; i < this.encoded.length; i++) {
        this.judged = this.encoded.map((_, j) => j === i);
        alone.push(await this.run(base, formats));
      }
      const works = alone.map(r => r.failure === null);
      if (!works.includes(true)) return run.failure ?? '';
      const fine = works.map((w, i) => w && (!finite || alone[i].error < Infinity));
      this.judged = fine.includes(true) ? fine : works;
      run = await this.run(base, formats);
    }
    this.fuel = Math.max(leastFuel, 50 * run.operations);
    return this.judged.flatMap((j, i) => (j ? [i] : []));
  }

  /** How many numbers each variable holds at most: 1 for a number, the elements of an array, 0 when it holds no number at all. */
  async sizes(base: string, formats: readonly string[]): Promise<readonly number[]> {
    const { program } = await this.cases(base, formats, measuring);
    const counts = JSON.parse(await this.confinement().evaluate(sizesQuery(program)).catch((error: unknown) => { throw this.ended(error); })) as number[];
    const sizes = formats.map(() => 0);
    program.formats.forEach((f, i) => { const v = variableOf(f); if (v !== undefined) sizes[v] = Math.max(sizes[v], counts[i]); });
    return sizes;
  }

  close(): void {
    this.box?.close();
    this.box = undefined;
  }

  /** Opens the context and runs the judged cases; a sentence instead of runs when the formats cannot be run at all. */
  private async cases(base: string, formats: readonly string[], prepare: (program: InstrumentedProgram) => InstrumentedProgram): Promise<{ readonly program: InstrumentedProgram; readonly resolved: readonly string[]; readonly runs: readonly CaseRun[] | string }> {
    const plan = parseScheme({ id: base });
    const program = await this.programFor(plan.wideReference ? 'statistics-wide' : 'statistics');
    const resolved = program.formats.map(f => { const v = variableOf(f); return v === undefined ? f : formats[v]; });
    const request = {
      plan, program: () => Promise.resolve(program), runtime: runtimeText(this.host.assets), cases: this.encoded, functionName: this.request.functionName,
      limits: { ...defaultLimits, operations: this.fuel }, host: this.host, seed: 1, report: () => undefined,
    };
    const runs: CaseRun[] = [];
    try {
      const box = this.confinement();
      await openContext(box, prepare({ ...program, formats: resolved }), request, undefined);
      const last = this.judged.lastIndexOf(true);
      for (let i = 0; i <= last; i++) {
        if (!this.judged[i]) continue;
        const run = await runCase(box, program, request, i, i === last);
        runs.push(run);
        if (run.error?.status === 'limit') break;
      }
      return { program, resolved, runs };
    } catch (error) {
      if (error instanceof ScriptError) return { program, resolved, runs: error.message };
      const ended = this.ended(error);
      if (!(ended instanceof Stopped) || ended.why === 'cancelled') throw ended;
      return { program, resolved, runs: ended.message };
    }
  }

  /** What a failure of the confinement means to the search: the end of the time limit ends it with what was found. */
  private ended(error: unknown): unknown {
    if (!(error instanceof Stopped)) return error;
    this.close();
    return error.why === 'timeout' ? new OutOfTime(error.message) : error;
  }

  private confinement(): Confinement {
    return this.box ??= new Confinement(this.host.assets, defaultLimits.megabytes, Math.max(1, this.deadline - performance.now()), this.host.signal);
  }

  private async programFor(mode: InstrumentedProgram['mode']): Promise<InstrumentedProgram> {
    const known = this.programs.get(mode) ?? await inTurnsUnlessAborted(instrumentSteps(this.loaded, mode, this.request.functionName), this.host.signal);
    this.programs.set(mode, known);
    return known;
  }
}

function variableOf(format: string): number | undefined {
  return format.startsWith('tuned:') ? Number(format.slice(6)) : undefined;
}

function errorOfRuns(runs: readonly CaseRun[]): number {
  let worst = 0;
  for (const run of runs) for (const [, value, reference, low] of run.outcome?.numbers ?? []) {
    const [, relative] = errorOf(fromReal(value as number), fromReal(reference as number), low);
    if (!(relative <= worst)) worst = relative === relative ? relative : Infinity;
  }
  return worst;
}

function energyOfRuns(counts: readonly { readonly site: number; readonly count: number }[], program: InstrumentedProgram, units: readonly (number | null)[], base: string, formats: readonly string[]): number {
  const plan = parseScheme({ id: base });
  let total = 0;
  for (const { site, count } of counts) {
    const unit = units[site] ?? null;
    const { family, bits } = unit === null ? plan.energy : widthOf(formats[unit]);
    total += count * energyOf(program.sites[site]?.operator ?? 'call', family, bits);
  }
  return Number(total.toPrecision(9));
}

function widthOf(id: string): { readonly family: 'float' | 'integer'; readonly bits: number } {
  const { family, bits } = parseFormat(id);
  return { family: family === 'fixed' || family === 'integer' ? 'integer' : 'float', bits };
}
