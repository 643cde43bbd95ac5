import type { Expression, FunctionId, Program, Statement, VariableId } from '../../program';
import { apply, invoke } from './calls';
import { condition } from './condition';
import { InvariantSearch } from './fixpoint';
import { effectsOf, type Effects } from './effects';
import { EscapedClosures, havoc } from './escapes';
import type { Branches, CallFrame, Engine, Hints } from './engine';
import { evaluate, historyOf, promised } from './evaluate';
import { joinObjects, type HeapObject } from './heap';
import { differenceKey, keyOf, type Key } from './keys';
import type { NumberSet } from './number-set';
import { lineText } from './reasons';
import type { Recorder } from './recorder';
import type { State } from './state';
import { execute, executeBlock } from './statements';
import { isScalar, joinValues, NOTHING, valueOfType, type Location, type Value } from './value';

const COMPARISONS: ReadonlySet<string> = new Set(['lt', 'le', 'gt', 'ge', 'eq', 'ne']);

/** The abstract interpreter of one program. */
export class Interpreter implements Engine {
  readonly effects: Effects;
  readonly thresholds: readonly number[];
  readonly calls: CallFrame[] = [];
  readonly handlers: { state: State | null }[] = [];
  recorder: Recorder | null = null;
  steps = 0;
  inlining = true;
  /** Functions that have to be analysed for callers that are not known. */
  readonly pending = new Set<FunctionId>();
  private readonly keys: (Key | null | undefined)[] = [];
  private readonly orders: (readonly [Key, Key] | null | undefined)[] = [];
  private asked: ReadonlySet<string> | null = null;
  private readonly reasons: (readonly string[] | undefined)[] = [];
  private readonly accessors: ReadonlySet<string>;
  private readonly trips = new Map<number, NumberSet>();
  private readonly contexts = new Map<string, number>();
  private readonly closures = new EscapedClosures();
  private symbols = 0;
  private readonly searching = new InvariantSearch();

  /** Before a new function is analysed, whatever state the last one was left in. */
  reset(recorder: Recorder | null, steps: number): void {
    this.recorder = recorder;
    this.steps = steps;
    this.calls.length = 0;
    this.handlers.length = 0;
    this.searching.reset();
    this.closures.reset();
  }

  constructor(readonly program: Program) {
    this.effects = effectsOf(program);
    this.thresholds = thresholdsOf(program);
    this.accessors = new Set(program.functions.filter(f => f.kind === 'getter' || f.kind === 'setter').map(f => f.name.slice(f.name.lastIndexOf('.') + 1)));
  }

  key(e: Expression): Key | null {
    let key = this.keys[e.id];
    if (key === undefined) {
      key = keyOf(e);
      // Reading an accessor runs code: two reads need not agree.
      if (key?.properties.some(name => this.accessors.has(name))) key = null;
      this.keys[e.id] = key;
    }
    return key;
  }

  orderKeys(e: Expression & { kind: 'operation' }): readonly [Key, Key] | null {
    let keys = this.orders[e.id];
    if (keys === undefined) {
      const [left, right] = e.operands;
      const [there, back] = left.kind === 'number' || right.kind === 'number' ? [null, null] : this.differenceKeys(left, right);
      this.orders[e.id] = keys = there && back && (this.differences.has(there.text) || this.differences.has(back.text)) ? [there, back] : null;
    }
    return keys;
  }

  private differenceKeys(left: Expression, right: Expression): readonly [Key | null, Key | null] {
    const [a, b] = [this.key(left), this.key(right)];
    return [differenceKey(a, b), differenceKey(b, a)];
  }

  /** Differences that the program computes, and orders that it asks for more than once: only these are worth remembering. */
  private get differences(): ReadonlySet<string> {
    if (this.asked) return this.asked;
    const asked = new Set<string>();
    const once = new Set<string>();
    for (const e of this.program.expressions) {
      if (e?.kind !== 'operation') continue;
      if (e.operator === 'sub') { const key = this.key(e); if (key) asked.add(key.text); }
      if (!COMPARISONS.has(e.operator)) continue;
      const [there, back] = this.differenceKeys(e.operands[0], e.operands[1]);
      for (const key of [there, back]) if (key) { if (once.has(key.text)) asked.add(key.text); else once.add(key.text); }
    }
    return this.asked = asked;
  }

  guardReasons(e: Expression): readonly string[] {
    return this.reasons[e.id] ??= [`from the guard ${lineText(this.program, e)}`];
  }

  evaluate(e: Expression, s: State): Value { return evaluate(this, e, s); }
  condition(e: Expression, s: State): Branches { return condition(this, e, s); }
  execute(statements: readonly Statement[], s: State): State | null { return execute(this, statements, s); }
  executeBlock(statements: readonly Statement[], s: State): State | null { return executeBlock(this, statements, s); }
  invoke(id: FunctionId, args: readonly Value[], s: State, site: number): Value { return invoke(this, id, args, s, site); }
  apply(callee: Value, args: readonly Value[], s: State, site: number): Value { return apply(this, callee, args, s, site); }
  tripsOf(start: number): NumberSet | null { return this.trips.get(start) ?? null; }
  setTrips(start: number, trips: NumberSet): void { this.trips.set(start, trips); }
  needsOwnRun(id: FunctionId): void { this.pending.add(id); }
  hasOwnRun(id: FunctionId): boolean { return this.pending.has(id); }
  recursive(id: FunctionId): boolean { return this.effects.recursive[id]; }

  store(variable: VariableId, value: Value, s: State, fresh: boolean): void {
    const kept = promised(this, variable, value);
    this.recorder?.recordVariable(variable, kept, s);
    const declared = this.program.variables[variable];
    // A closure made earlier may still see the former instance of the variable.
    const former = fresh && declared.captured && declared.owner !== 0 ? s.variable(variable) : undefined;
    s.setVariable(variable, former ? joinValues(former, kept) : kept);
    if (this.effects.perIteration.has(variable)) s.refineVariable(historyOf(variable), joinValues(s.variable(historyOf(variable)) ?? NOTHING, kept));
    if (!isScalar(kept) && this.isSeenElsewhere(variable, s)) this.escape(kept, s);
    this.mayThrow(s);
  }

  /** Code that runs later, at a moment that is not known, reads the variable: what is in it then is known by its type only. */
  private isSeenElsewhere(id: VariableId, s: State): boolean {
    const { owner, captured } = this.program.variables[id];
    if (owner === 0 && this.calls.length > 0 && this.calls[0].function !== 0) return true;
    if (captured) for (const closure of s.escaped()) if (this.effects.reads[closure].has(id)) return true;
    return false;
  }

  allocate(e: Expression, object: HeapObject, s: State): Location {
    return this.allocateAt(e.id, object, s);
  }

  allocateAt(place: number, object: HeapObject, s: State): Location {
    const context = this.calls.length > 0 ? this.calls[this.calls.length - 1].context : 0;
    const location = context * (this.program.expressions.length + 64) + place + 32;
    if (s.object(location)) s.collect();
    const former = s.object(location);
    s.setObject(location, former ? { ...joinObjects(former, object), single: false } : object);
    return location;
  }

  context(id: FunctionId, site: number): number {
    const caller = this.calls.length > 0 ? this.calls[this.calls.length - 1].context : 0;
    const name = `${caller}:${id}:${site}`;
    let number = this.contexts.get(name);
    if (number === undefined) this.contexts.set(name, number = this.contexts.size + 1);
    return number;
  }

  mayThrow(s: State): void {
    if (this.handlers.length === 0 || s.dead) return;
    const handler = this.handlers[this.handlers.length - 1];
    if (handler.state) handler.state.include(s);
    else handler.state = s.copy();
  }

  lengthSymbol(key: Key | null, s: State): number | null {
    if (!key) return null;
    let symbol = s.lengthSymbol(key);
    if (symbol === undefined) s.setLengthSymbol(key, symbol = ++this.symbols);
    return symbol;
  }

  unknownCode(s: State): void {
    for (const id of s.escaped()) havoc(this, id, s);
    for (const id of this.effects.volatile) if (s.variable(id)) s.setVariable(id, valueOfType(this.program.variables[id].type));
    s.forgetObjects();
    this.mayThrow(s);
  }

  escape(value: Value, s: State): void { this.closures.escape(this, value, s); }

  stabilize(s: State, site: number, pass: (start: State) => State | null, hints?: Hints): void {
    this.searching.stabilize(this, s, site, pass, hints);
  }
}

/** Numbers of the program and those next to them, and the limits of the usual types: where the ends of a range are likely to come to rest. */
function thresholdsOf(program: Program): readonly number[] {
  const values = new Set<number>([-1, 0, 1, 255, 2 ** 31 - 1, -(2 ** 31), 2 ** 32 - 1, Number.MAX_SAFE_INTEGER]);
  for (const e of program.expressions) {
    if (e?.kind !== 'number' || !Number.isFinite(e.value)) continue;
    for (const value of [e.value, -e.value]) { values.add(value); if (Number.isInteger(value)) { values.add(value - 1); values.add(value + 1); } }
  }
  const sorted = [...values].sort((a, b) => a - b);
  return sorted.length <= 400 ? sorted : sorted.filter((_, i) => i % Math.ceil(sorted.length / 400) === 0);
}
