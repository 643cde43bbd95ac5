import type { FormatReport, SimulationLimits } from '../../protocol/report';
import type { SchemePlan } from '../../simulation/plan';
import { parseScheme } from '../../simulation/scheme';
import type { Outcome } from '../../simulation/runtime/outcome';
import type { RunSummary } from '../../simulation/runtime/tape';
import { Confinement, ScriptError, Stopped } from './confinement';
import { scriptsFor, SCRIPT_PREFIX, type InstrumentedProgram } from './program';
import { sourcePosition } from '../../typescript/instrument';
import type { SimulationHost } from './host';

export interface CaseRun {
  readonly outcome: Outcome | null;
  readonly error: RunFailure | null;
}

export interface RunFailure {
  readonly status: 'threw' | 'unsupported' | 'limit';
  readonly message: string;
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
}

/** Everything that one scheme's runs answered. */
export interface SchemeRuns {
  readonly status: FormatReport['status'];
  readonly message: string;
  readonly at?: { readonly file: string; readonly line: number; readonly column: number };
  readonly cases: readonly CaseRun[];
  readonly first: RunSummary | null;
  /** Counts over all cases, by site. */
  readonly counts: ReadonlyMap<number, number>;
  readonly seconds: number;
}

export interface SchemeRequestInternal {
  readonly plan: SchemePlan;
  /** Throws `Stopped` when the simulation is cancelled meanwhile. */
  readonly program: (mode: InstrumentedProgram['mode']) => Promise<InstrumentedProgram>;
  readonly runtime: string;
  /** Arguments of each case, encoded. */
  readonly cases: readonly string[];
  readonly functionName: string;
  readonly limits: SimulationLimits;
  readonly host: SimulationHost;
  readonly seed: number;
  readonly report: (fraction: number, operations: number) => void;
}

/** The first case is recorded operation by operation; the others stream. A first case that outgrows the tape streams too. */
export async function runScheme(request: SchemeRequestInternal): Promise<SchemeRuns> {
  const started = performance.now();
  const { plan, limits } = request;
  const box = new Confinement(request.host.assets, limits.megabytes, limits.milliseconds, request.host.signal);
  const cases: CaseRun[] = [];
  const counts = new Map<number, number>();
  let first: RunSummary | null = null;
  const finish = (status: FormatReport['status'], message: string, at?: RunFailure['at']): SchemeRuns => {
    while (cases.length < request.cases.length) cases.push({ outcome: null, error: null });
    return { status, message, ...(at ? { at } : {}), cases, first, counts, seconds: (performance.now() - started) / 1000 };
  };
  let recording: InstrumentedProgram | undefined;
  try {
    recording = await request.program('record');
    const ranges = plan.base.kind === 'calibrated' ? await calibrate(box, request) : undefined;
    let from = 0;
    await openContext(box, recording, request, ranges);
    const recorded = await runCase(box, recording, request, 0, true);
    if (recorded.error?.status !== 'limit') {
      cases.push(recorded);
      first = recorded.outcome?.run ?? null;
      count(first, counts);
      from = 1;
    }
    if (from < request.cases.length) {
      const streaming = await request.program(plan.wideReference ? 'statistics-wide' : 'statistics');
      await openContext(box, streaming, request, ranges);
      for (let i = from; i < request.cases.length; i++) {
        const last = i === request.cases.length - 1 || i === 0;
        const run = await runCase(box, streaming, request, i, last);
        cases.push(run);
        if (run.error?.status === 'limit') return finish('timeout', `The run made more than ${limits.operations} steps: raise the limit of operations or take a smaller input.`);
        if (i === 0 && run.outcome?.run) first = run.outcome.run;
        if (last && run.outcome?.run && i > 0) { const sums = new Map<number, number>(); count(run.outcome.run, sums); sums.forEach((n, s) => counts.set(s, (counts.get(s) ?? 0) + n)); }
        request.report((i + 1) / request.cases.length, [...counts.values()].reduce((a, b) => a + b, 0));
      }
    }
    const failure = cases.find(c => c.error)?.error;
    const answered = cases.some(c => c.outcome);
    if (failure && (failure.status === 'unsupported' || !answered || cases[0].error)) return finish(failure.status === 'limit' ? 'timeout' : failure.status, failure.message, failure.at);
    return failure ? { ...finish('ok', `${cases.filter(c => c.error).length} of ${cases.length} cases threw: ${failure.message}`, failure.at) } : finish('ok', '');
  } catch (error) {
    if (error instanceof Stopped) return finish(error.why === 'timeout' ? 'timeout' : error.why === 'cancelled' ? 'cancelled' : 'threw', error.message);
    if (error instanceof ScriptError && recording) return finish('unsupported', scriptMessage(error, recording), positionOf(error.trace, recording));
    throw error;
  } finally {
    box.close();
  }
}

type Ranges = ReadonlyMap<number, readonly [number, number]>;

/** Opens a context with the scripts of one scheme. */
export async function openContext(box: Confinement, program: InstrumentedProgram, request: SchemeRequestInternal, ranges: Ranges | undefined): Promise<void> {
  const recorded = Math.min(request.limits.recorded, Math.floor(request.limits.megabytes * 12_000));
  await box.open(scriptsFor(program, request.runtime, { plan: request.plan, operations: request.limits.operations, recorded, seed: request.seed, ranges }));
}

/** Runs the function on one case in the open context; `details` asks for the counts of every site. */
export async function runCase(box: Confinement, program: InstrumentedProgram, request: SchemeRequestInternal, index: number, details: boolean): Promise<CaseRun> {
  const p = program.prefix;
  const text = await box.run(`${p}.start(${JSON.stringify(program.entry)}, ${JSON.stringify(request.functionName)}, ${JSON.stringify(request.cases[index])}, ${details})`, `${p}.take()`);
  const answer = JSON.parse(text) as Outcome | { readonly status: 'threw' | 'unsupported' | 'limit'; readonly message: string; readonly stack?: string };
  if (answer.status === 'ok') return { outcome: answer, error: null };
  const at = positionOf(answer.stack ?? '', program);
  return { outcome: null, error: { status: answer.status, message: answer.message, ...(at ? { at } : {}) } };
}

/** Ranges of every site over all cases in double. */
async function calibrate(box: Confinement, request: SchemeRequestInternal): Promise<Ranges> {
  const program = await request.program('statistics');
  const plan = parseScheme({ id: 'fp64' });
  const double: SchemePlan = { ...plan, wideReference: false };
  await box.open(scriptsFor(program, request.runtime, { plan: double, operations: request.limits.operations, recorded: 0, seed: request.seed, calibrating: true }));
  const ranges = new Map<number, readonly [number, number]>();
  for (let i = 0; i < request.cases.length; i++) {
    const run = await runCase(box, program, request, i, i === request.cases.length - 1);
    for (const s of run.outcome?.run?.sites ?? []) if (typeof s.lo === 'number' && typeof s.hi === 'number') ranges.set(s.site, [s.lo, s.hi]);
  }
  const { base } = request.plan;
  if (base.kind === 'calibrated' && base.calibration !== 'minmax' && base.calibration !== 'symmetric') {
    const text = await box.evaluate(`${program.prefix}.thresholds(${JSON.stringify(base.calibration)}, ${base.format.bits})`);
    for (const [site, threshold] of JSON.parse(text) as [number, number][]) if (threshold > 0) ranges.set(site, [-threshold, threshold]);
  }
  return ranges;
}

function count(run: RunSummary | null, counts: Map<number, number>): void {
  for (const s of run?.sites ?? []) counts.set(s.site, (counts.get(s.site) ?? 0) + s.count);
}

/** First position in the user's own code in a stack trace. Lines of the run are lines of the source; columns are those of the statement, call, construction or property at fault. */
function positionOf(stack: string, program: InstrumentedProgram): { file: string; line: number; column: number } | undefined {
  for (const text of stack.split('\n')) {
    const start = text.indexOf(SCRIPT_PREFIX);
    const m = start < 0 ? null : /^(.*?):(\d+)(?::(\d+))?\)?$/.exec(text.slice(start + SCRIPT_PREFIX.length).trim());
    if (!m) continue;
    const [file, line] = [m[1], Number(m[2])];
    const column = Number(m[3] ?? 1) - 1 - (line === 1 ? program.indents.get(file) ?? 0 : 0);
    const found = sourcePosition(program.modules.find(module => module.file === file)?.positions ?? [], line - 1, column);
    return found ? { file, line: found.line + 1, column: found.column + 1 } : { file, line, column: 1 };
  }
  return undefined;
}

function scriptMessage(error: ScriptError, program: InstrumentedProgram): string {
  const at = positionOf(error.trace, program);
  return `${at ? `${at.file}:${at.line}: ` : ''}this code cannot be simulated (${error.message}).`;
}
