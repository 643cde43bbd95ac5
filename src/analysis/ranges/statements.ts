import type { Statement } from '../../program';
import type { Engine, LoopFrame } from './engine';
import { executeForOf, executeLoop } from './loops';
import { mayBeZero } from './number-set';
import { joinStates, type State } from './state';
import { isImpossible, joinValues, meetValues, NOTHING, UNDEFINED_VALUE, valueOfType, type Value } from './value';
import { comparison } from './comparison';
import { narrow } from './narrow';

/** Run statements from a state; null when control never reaches their end. Variables declared by them are forgotten at the end of their block. */
export function execute(m: Engine, statements: readonly Statement[], s: State): State | null {
  let state: State | null = s;
  for (const statement of statements) {
    state = step(m, statement, state);
    if (!state || state.dead) return null;
  }
  return state;
}

/** As `execute`, then leaves the block's scope. */
export function executeBlock(m: Engine, statements: readonly Statement[], s: State): State | null {
  const end = execute(m, statements, s);
  if (end) {
    for (const statement of statements) {
      if (statement.kind !== 'declare') continue;
      const variable = m.program.variables[statement.variable];
      if (!variable.captured && variable.kind !== 'var') end.dropVariable(statement.variable);
    }
  }
  return end;
}

function step(m: Engine, statement: Statement, s: State): State | null {
  switch (statement.kind) {
    case 'declare': {
      const variable = m.program.variables[statement.variable];
      if (!statement.value && variable.kind === 'var') return s;
      const value = statement.value ? m.evaluate(statement.value, s) : UNDEFINED_VALUE;
      if (!s.dead) m.store(statement.variable, value, s, true);
      return alive(s);
    }
    case 'expression': m.evaluate(statement.expression, s); return alive(s);
    case 'if': {
      const { yes, no } = m.condition(statement.test, s);
      const then = yes ? executeBlock(m, statement.then, yes) : null;
      const otherwise = no ? executeBlock(m, statement.otherwise, no) : null;
      return joinStates(then, otherwise);
    }
    case 'loop': return executeLoop(m, statement, s);
    case 'for-of': case 'for-in': return executeForOf(m, statement, s);
    case 'return': {
      const value = statement.value ? m.evaluate(statement.value, s) : UNDEFINED_VALUE;
      if (s.dead) return null;
      const frame = m.calls[m.calls.length - 1];
      frame.result = joinValues(frame.result, value);
      frame.returns = joinStates(frame.returns, s);
      return null;
    }
    case 'throw': {
      m.escape(m.evaluate(statement.value, s), s);
      m.mayThrow(s);
      return null;
    }
    case 'break': case 'continue': {
      const frame = targetOf(m, statement.kind, statement.label);
      if (frame) {
        if (statement.kind === 'break') frame.breaks = joinStates(frame.breaks, s);
        else frame.continues = joinStates(frame.continues, s);
      }
      return null;
    }
    case 'block': {
      if (statement.label === null) return executeBlock(m, statement.body, s);
      const frame: LoopFrame = { label: statement.label, loop: false, plain: true, breaks: null, continues: null };
      const loops = m.calls[m.calls.length - 1].loops;
      loops.push(frame);
      const end = executeBlock(m, statement.body, s);
      loops.pop();
      return joinStates(end, frame.breaks);
    }
    case 'try': return executeTry(m, statement, s);
    case 'switch': return executeSwitch(m, statement, s);
    case 'opaque':
      for (const child of statement.children) m.escape(m.evaluate(child, s), s);
      m.unknownCode(s);
      return alive(s);
  }
}

function alive(s: State): State | null {
  return s.dead ? null : s;
}

function targetOf(m: Engine, kind: 'break' | 'continue', label: string | null): LoopFrame | undefined {
  const loops = m.calls[m.calls.length - 1].loops;
  for (let i = loops.length - 1; i >= 0; i--) {
    const frame = loops[i];
    if (label !== null ? frame.label === label : !frame.plain && (kind === 'break' || frame.loop)) return frame;
  }
  return undefined;
}

/**
 * The handler starts from the join of all states in which the body may throw: the start, and after every change that evaluation makes (the engine adds
 * those to the innermost entry of `handlers`).
 */
function executeTry(m: Engine, statement: Statement & { kind: 'try' }, s: State): State | null {
  const thrown: { state: State | null } = { state: s.copy() };
  const frame = m.calls[m.calls.length - 1];
  const jumps = statement.finalizer ? divert(frame) : null;
  m.handlers.push(thrown);
  let end = executeBlock(m, statement.body, s);
  m.handlers.pop();
  let uncaught = thrown.state;
  if (statement.handler) {
    const start = thrown.state!;
    if (statement.parameter !== null) m.store(statement.parameter, valueOfType({ kind: 'unknown' }), start, true);
    const inHandler: { state: State | null } = { state: start.copy() };
    m.handlers.push(inHandler);
    end = joinStates(end, executeBlock(m, statement.handler, start));
    m.handlers.pop();
    uncaught = inHandler.state;
  }
  // An exception that nobody here catches is seen by the handlers outside.
  if (uncaught && m.handlers.length > 0) m.mayThrow(uncaught.copy());
  if (!statement.finalizer) return end;
  return finish(m, statement.finalizer, { end, uncaught, frame, jumps: jumps! });
}

interface Jumps {
  readonly returns: State | null;
  readonly loops: readonly { readonly breaks: State | null; readonly continues: State | null }[];
}

/** Set aside the jumps that were collected so far, so that those made inside a `try` with a finalizer can be told apart. */
function divert(frame: Engine['calls'][number]): Jumps {
  const jumps: Jumps = { returns: frame.returns, loops: frame.loops.map(({ breaks, continues }) => ({ breaks, continues })) };
  frame.returns = null;
  for (const loop of frame.loops) { loop.breaks = null; loop.continues = null; }
  return jumps;
}

interface Leaving {
  readonly end: State | null;
  readonly uncaught: State | null;
  readonly frame: Engine['calls'][number];
  readonly jumps: Jumps;
}

/** Run the finalizer once for every way out of the `try`. */
function finish(m: Engine, finalizer: readonly Statement[], { end, uncaught, frame, jumps }: Leaving): State | null {
  const made = divert(frame);
  frame.returns = jumps.returns;
  frame.loops.forEach((loop, i) => { loop.breaks = jumps.loops[i].breaks; loop.continues = jumps.loops[i].continues; });
  const run = (state: State | null): State | null => state ? executeBlock(m, finalizer, state) : null;
  if (uncaught) run(uncaught.copy());
  frame.returns = joinStates(frame.returns, run(made.returns));
  for (const [i, { breaks, continues }] of made.loops.entries()) {
    frame.loops[i].breaks = joinStates(frame.loops[i].breaks, run(breaks));
    frame.loops[i].continues = joinStates(frame.loops[i].continues, run(continues));
  }
  return run(end);
}

function executeSwitch(m: Engine, statement: Statement & { kind: 'switch' }, s: State): State | null {
  const subject = m.evaluate(statement.subject, s);
  if (s.dead) return null;
  const frame: LoopFrame = { label: statement.label, loop: false, plain: false, breaks: null, continues: null };
  const loops = m.calls[m.calls.length - 1].loops;
  loops.push(frame);
  const entries: (State | null)[] = statement.cases.map(() => null);
  let rest: State | null = s;
  let value: Value = subject;
  for (const [i, { test }] of statement.cases.entries()) {
    if (!test || !rest) continue;
    const label = m.evaluate(test, rest);
    const { yes, no } = comparison('eq', value, label, false);
    if (yes) {
      const taken = rest.copy();
      // −0 is a case of 0.
      const part = meetValues(value, mayBeZero(label.number) ? { ...label, number: { ...label.number, negativeZero: true } } : label);
      if (!isImpossible(part) && label.outside.length === 0 && label.locations.length === 0) narrow(m, statement.subject, taken, part);
      if (!taken.dead) entries[i] = taken;
    }
    if (!no) { rest = null; continue; }
    value = without(value, label);
    narrow(m, statement.subject, rest, isImpossible(value) ? NOTHING : value);
    if (rest.dead) rest = null;
  }
  const fallback = statement.cases.findIndex(c => c.test === null);
  if (fallback >= 0) { entries[fallback] = rest; rest = null; }
  let flow: State | null = null;
  for (const [i, { body }] of statement.cases.entries()) {
    flow = joinStates(flow, entries[i]);
    if (flow) flow = execute(m, body, flow);
  }
  loops.pop();
  return joinStates(joinStates(flow, rest), frame.breaks);
}

/** The values that are not this one constant. */
function without(value: Value, label: Value): Value {
  const text = label.text?.literals?.length === 1 ? label.text.literals[0] : undefined;
  if (text !== undefined && value.text?.literals) {
    const literals = value.text.literals.filter(t => t !== text);
    return { ...value, text: literals.length > 0 ? { literals } : null };
  }
  const { lo, hi } = label.number;
  if (lo === hi && value.number.lo === lo && value.number.grid >= 0 && value.number.hi > lo) return { ...value, number: { ...value.number, lo: lo + 1 } };
  if (lo === hi && value.number.lo === lo && value.number.hi === lo && !value.number.nan) return { ...value, number: NOTHING.number };
  return value;
}

