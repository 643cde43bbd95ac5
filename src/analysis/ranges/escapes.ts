import type { FunctionId } from '../../program';
import { anyArguments, runToFixpoint, shareObjects } from './calls';
import type { Engine } from './engine';
import { historyOf } from './evaluate';
import type { Recorder } from './recorder';
import type { State } from './state';
import { valueOfType, type Value } from './value';

/** Starts that a closure is analysed from as they are; the next ones are widened. */
const STARTS = 4;
/** With more than these it is analysed once, for anything in what it captures. */
const ALL_STARTS = 8;

/**
 * Closures that code outside can reach, and may call at any later time. Each is analysed from the state in which it escapes; when it escapes again (each call
 * of the function around it makes another), also from that state, unless a former one contains it.
 */
export class EscapedClosures {
  private readonly running = new Set<FunctionId>();
  /** By recorder: what one has recorded another has not. */
  private starts = new WeakMap<Recorder, Map<FunctionId, readonly State[]>>();

  reset(): void {
    this.running.clear();
    this.starts = new WeakMap();
  }

  /** Code outside can reach the value from here on. */
  escape(m: Engine, value: Value, s: State): void {
    shareObjects(value, s, id => {
      if (s.escaped().has(id)) {
        this.run(m, id, s);
        return;
      }
      s.addEscaped(id);
      if (m.effects.mutates[id]) for (const v of m.effects.reads[id]) { const captured = s.variable(v); if (captured) this.escape(m, captured, s); }
      this.run(m, id, s);
      havoc(m, id, s);
    });
  }

  private run(m: Engine, id: FunctionId, s: State): void {
    // A run for unknown callers covers every start.
    if (!m.recorder || m.hasOwnRun(id)) return;
    const { async, generator } = m.program.functions[id];
    let ofRecorder = this.starts.get(m.recorder);
    if (!ofRecorder) this.starts.set(m.recorder, ofRecorder = new Map());
    const starts = ofRecorder.get(id) ?? [];
    const seen = s.part(whatItSees(m, id, s));
    forgetWritten(m, seen);
    if (starts.some(start => !start.copy().include(seen))) return;
    if (async || generator || starts.length >= ALL_STARTS || this.running.has(id) || m.calls.some(frame => frame.function === id)) {
      m.needsOwnRun(id);
      return;
    }
    const later = laterState(m, s);
    if (starts.length >= STARTS) {
      seen.include(starts[starts.length - 1].copy());
      const wide = starts[starts.length - 1].copy();
      wide.include(seen, m.thresholds);
      for (const [v, value] of wide.ownVariables()) { later.setVariable(v, value); seen.setVariable(v, value); }
    }
    ofRecorder.set(id, [...starts, seen]);
    this.running.add(id);
    const handlers = m.handlers.splice(0);
    runToFixpoint(m, id, anyArguments(m, id), later, -1);
    m.handlers.push(...handlers);
    this.running.delete(id);
  }
}

/** The closure has run some number of times. */
export function havoc(m: Engine, id: FunctionId, s: State): void {
  for (const v of m.effects.writes[id]) if (s.variable(v)) m.store(v, valueOfType(m.program.variables[v].type), s, false);
}

/** At a later time that is not known: constants keep their values, all else may have changed. */
function laterState(m: Engine, s: State): State {
  const later = s.copy();
  forgetWritten(m, later);
  for (const location of later.locations()) shareObjects({ ...valueOfType({ kind: 'never' }), locations: [location] }, later, () => undefined);
  later.forgetObjects();
  return later;
}

function forgetWritten(m: Engine, s: State): void {
  for (const [v] of s.ownVariables()) {
    const variable = m.program.variables[v] ?? m.program.variables[historyOf(v)];
    if (variable && isWritten(m, v)) s.setVariable(v, valueOfType(variable.type));
  }
}

function isWritten(m: Engine, v: number): boolean {
  return m.effects.written.has(v) || (m.program.variables[v] ?? m.program.variables[historyOf(v)])?.assignments > 0;
}

/** The variables that the closure can read, itself or in the functions that its constants hold. */
function whatItSees(m: Engine, id: FunctionId, s: State): ReadonlySet<number> {
  const mentioned = new Set<number>();
  const functions = [id];
  const visited = new Set(functions);
  for (let f = functions.pop(); f !== undefined; f = functions.pop()) {
    for (const v of m.effects.reads[f]) {
      mentioned.add(v).add(historyOf(v));
      if (isWritten(m, v)) continue;
      for (const inner of s.variable(v)?.functions ?? []) if (!visited.has(inner)) { visited.add(inner); functions.push(inner); }
    }
  }
  return mentioned;
}
