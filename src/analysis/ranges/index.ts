import { completed, type FunctionId, type Program, type Statement } from '../../program';
import type { Facts } from '../facts';
import { anyArguments, runBody, runToFixpoint } from './calls';
import { BudgetExceeded } from './engine';
import { promised } from './evaluate';
import { Interpreter } from './interpreter';
import { isReadOnly } from './read-only';
import { Recorder } from './recorder';
import { State } from './state';
import { valueOfType, type Value } from './value';

export interface RangeOptions {
  /** Evaluations of expressions for one function, calls in it included; default 40,000. Beyond it only its types are known of its expressions. */
  readonly stepsPerFunction?: number;
  /** Evaluations for the whole program; default 400,000. */
  readonly steps?: number;
  readonly signal?: { readonly aborted: boolean };
  /** Told of errors inside the analysis, which are defects of it; the facts of the function are then those of its types. Tests throw here. */
  readonly onDefect?: (error: unknown) => void;
}

/**
 * Ranges of all numeric expressions of a program, by abstract interpretation: intervals with integrality, grid, NaN, −0 and "not zero", refined by guards, with widening
 * and narrowing at loops, arrays by element and length, calls evaluated in place. Sound for programs whose values have the types they declare, whose
 * parameters keep their `@range`, and whose accessors, `valueOf` and prototypes have no side effects: every value that an expression takes in any run lies in its fact.
 * Never throws; when the budget does not suffice, or the signal is aborted, the facts of the rest are those of the types.
 */
export function analyzeRanges(program: Program, options: RangeOptions = {}): Facts {
  return completed(rangeSlices(program, options));
}

/** The same in slices: hands control back after each function, so that a server can answer others in between; the last step gives the facts. */
export function* rangeSlices(program: Program, options: RangeOptions = {}): Generator<void, Facts> {
  const analysis = new Analysis(program, options);
  yield* analysis.run();
  return analysis.recorder.facts(program);
}

class Analysis {
  readonly recorder = new Recorder();
  private readonly interpreter: Interpreter;
  private readonly done = new Set<FunctionId>();
  private remaining: number;
  /** State when the module has run: what its functions start from. */
  private base: State | null = null;

  constructor(private readonly program: Program, private readonly options: RangeOptions) {
    this.interpreter = new Interpreter(program);
    this.remaining = options.steps ?? 400_000;
  }

  *run(): Generator<void, void> {
    this.runModule();
    yield;
    for (const f of this.program.functions) if (f.id !== 0 && f.enclosing === 0 && f.escapes) { this.runFunction(f.id); yield; }
    for (let again = true; again;) {
      again = false;
      for (const id of this.interpreter.pending) if (!this.done.has(id)) { this.runFunction(id); yield; again = true; }
      // What nobody calls (or only code that cannot be reached) is analysed for any caller, outermost first.
      if (again) continue;
      const silent = this.program.functions.find(f => !this.done.has(f.id) && f.id !== 0 && !this.wasReached(f.id));
      if (silent) { this.runFunction(silent.id); yield; again = true; }
    }
  }

  private wasReached(id: FunctionId): boolean {
    const body = this.interpreter.effects.bodies[id];
    return body.length === 0 || body.some(e => this.recorder.wasReached(e.id));
  }

  private runModule(): void {
    const m = this.interpreter;
    this.done.add(0);
    const s = new State(new Map(), new Map());
    const finished = this.guarded(0, () => { runBody(m, { function: 0, context: 0, anyCaller: true, loops: [], returns: null, result: valueOfType({ kind: 'never' }) }, [], s); });
    const variables = new Map<number, Value>();
    const after = new State(new Map(), new Map());
    if (finished && !s.dead) {
      for (const [location, object] of s.ownObjects()) after.setObject(location, object);
      for (const [id, value] of s.ownVariables()) {
        if (id < 0) continue;
        const fixed = this.program.variables[id].assignments === 0 && !m.effects.volatile.has(id);
        if (fixed) variables.set(id, value);
        // Functions run later, after others may have changed what they can reach: objects keep what is known of them only when nothing can change them.
        if (!fixed || !isReadOnly(this.program, id, m.effects.bodies)) m.escape(value, after);
      }
    }
    this.base = new State(variables, after.ownObjects());
  }

  /** Analyse a function for callers that are not known. */
  private runFunction(id: FunctionId): void {
    this.done.add(id);
    const m = this.interpreter;
    const finished = this.guarded(id, () => {
      runToFixpoint(m, id, anyArguments(m, id), this.startOf(id), -1);
    });
    if (finished) return;
    // Once more without going into calls; their functions are then analysed on their own.
    m.inlining = false;
    const modest = this.guarded(id, () => { runToFixpoint(m, id, anyArguments(m, id), this.startOf(id), -1); });
    m.inlining = true;
    if (!modest) this.giveUp(id);
  }

  /** What holds when somebody calls the function: constants of the module, and anything in all other variables that it mentions. */
  private startOf(id: FunctionId): State {
    const s = this.base!.fresh();
    const { reads, writes, declared } = this.interpreter.effects;
    for (const set of [reads[id], writes[id]]) {
      for (const v of set) {
        const { type, kind } = this.program.variables[v];
        if (!s.variable(v) && !declared.has(v) && kind !== 'global') s.refineVariable(v, promised(this.interpreter, v, valueOfType(type)));
      }
    }
    return s;
  }

  /** Run within the budget; false when it did not suffice. Facts recorded before that stand: they are joined with what comes later. */
  private guarded(id: FunctionId, work: () => void): boolean {
    const m = this.interpreter;
    const budget = Math.min(this.options.stepsPerFunction ?? 40_000, this.remaining);
    m.reset(this.recorder, this.options.signal?.aborted ? 0 : budget);
    try {
      work();
      return true;
    } catch (error) {
      if (!(error instanceof BudgetExceeded) && !(error instanceof RangeError)) this.options.onDefect?.(error);
      if (id === 0) this.giveUp(0);
      return false;
    } finally {
      this.remaining = Math.max(0, this.remaining - (budget - Math.max(0, m.steps)));
      m.reset(null, 0);
    }
  }

  /** Only types are known of the function, of those inside it, and of those it calls. */
  private giveUp(id: FunctionId): void {
    const { effects } = this.interpreter;
    for (const e of effects.bodies[id]) {
      this.recorder.giveUp(e);
      if (e.kind === 'function' && !this.done.has(e.function)) this.interpreter.needsOwnRun(e.function);
      if (e.kind === 'call' && e.callee.kind === 'local' && !this.done.has(e.callee.function)) this.interpreter.needsOwnRun(e.callee.function);
      if (e.kind === 'variable') {
        const declared = effects.declared.get(e.variable);
        if (declared !== undefined && !this.done.has(declared)) this.interpreter.needsOwnRun(declared);
      }
    }
    for (const variable of this.program.variables) if (variable.owner === id) this.recorder.giveUpVariable(variable.id, valueOfType(variable.type));
    forEachLoop(this.program.functions[id].body, start => this.recorder.giveUpTrips(start));
  }
}

function forEachLoop(statements: readonly Statement[], visit: (start: number) => void): void {
  for (const s of statements) {
    switch (s.kind) {
      case 'loop': case 'for-of': case 'for-in': visit(s.start); forEachLoop(s.body, visit); break;
      case 'if': forEachLoop(s.then, visit); forEachLoop(s.otherwise, visit); break;
      case 'block': forEachLoop(s.body, visit); break;
      case 'try': forEachLoop(s.body, visit); forEachLoop(s.handler ?? [], visit); forEachLoop(s.finalizer ?? [], visit); break;
      case 'switch': for (const c of s.cases) forEachLoop(c.body, visit); break;
    }
  }
}
