import type { Statement } from '../../program';
import { accumulate } from './accumulators';
import { visitStatements } from './effects';
import type { Engine, LoopFrame } from './engine';
import { foreseeCounters } from './head-start';
import { integers, NO_NUMBER, type NumberSet } from './number-set';
import { lengthOf, readElement, writeElement, writeProperty } from './objects';
import { joinStates, type State } from './state';
import { countTrips, hasEarlyExit } from './trips';
import { ANY_TEXT, numberValue, valueOfType, type Value } from './value';

type LoopStatement = Statement & { kind: 'loop' };
type ForOfStatement = Statement & { kind: 'for-of' | 'for-in' };

/** Most iterations that are run one by one before a fixpoint is sought. */
const UNROLLED = 16;
/** A loop is run one by one only while it costs fewer evaluations than this. */
const UNROLL_COST = 1500;

/** for, while and do loops. */
export function executeLoop(m: Engine, loop: LoopStatement, s: State): State | null {
  let start: State | null = s;
  if (loop.init.length > 0) {
    start = m.execute(loop.init, s);
    if (!start) return null;
  }
  const exit = runLoop(m, loop, start);
  if (exit) for (const statement of loop.init) if (statement.kind === 'declare' && !m.program.variables[statement.variable].captured && m.program.variables[statement.variable].kind !== 'var') exit.dropVariable(statement.variable);
  return exit;
}

function runLoop(m: Engine, loop: LoopStatement, s: State): State | null {
  const frame: LoopFrame = { label: loop.label, loop: true, plain: false, breaks: null, continues: null };
  const loops = m.calls[m.calls.length - 1].loops;
  /** One iteration from the head: its exits go to `exits`; gives the next head. */
  const iterate = (head: State, exits: { state: State | null }): State | null => {
    frame.breaks = null;
    frame.continues = null;
    loops.push(frame);
    let inside: State | null = head;
    if (loop.form !== 'do' && loop.test) {
      const { yes, no } = m.condition(loop.test, head);
      exits.state = joinStates(exits.state, no);
      inside = yes;
    }
    let end = inside ? m.executeBlock(loop.body, inside) : null;
    loops.pop();
    end = joinStates(end, frame.continues);
    exits.state = joinStates(exits.state, frame.breaks);
    if (end && loop.update) { m.evaluate(loop.update, end); if (end.dead) end = null; }
    if (end && loop.form === 'do' && loop.test) {
      const { yes, no } = m.condition(loop.test, end);
      exits.state = joinStates(exits.state, no);
      end = yes;
    }
    return end;
  };

  const exits: { state: State | null } = { state: null };
  const trips = countTrips(m, loop, s);
  let head: State | null = s;
  let done = 0;
  if (trips && trips.lo === trips.hi && trips.hi <= UNROLLED) {
    const before = m.steps;
    // One by one: exact. Stops when the loop has ended, or got too expensive.
    while (head && done <= trips.hi && before - m.steps < UNROLL_COST) {
      head = iterate(head, exits);
      done++;
    }
    if (!head) { if (trips) noteTrips(m, loop, trips); return exits.state; }
  }
  const entry = head!.copy();
  let limit: NumberSet | null = trips;
  let latest: { state: State | null } = { state: null };
  m.stabilize(head!, loop.start, start => iterate(start, latest = { state: null }), {
    foresee: start => foreseeCounters(m, loop, start),
    refine: (invariant, scratch) => {
      const counted = countTrips(m, loop, entry, invariant);
      if (counted) limit = counted;
      if (limit) { m.setTrips(loop.start, limit); accumulate(m, loop, { entry, invariant, scratch, trips: limit }); }
    },
  });
  if (limit) noteTrips(m, loop, done > 0 ? trips! : limit);
  return joinStates(exits.state, latest.state);
}

function noteTrips(m: Engine, loop: LoopStatement | ForOfStatement, trips: NumberSet): void {
  const least = hasEarlyExit(loop) ? Math.min(trips.lo, loop.kind === 'loop' && loop.form === 'do' ? 1 : 0) : trips.lo;
  const set: NumberSet = { ...integers(least, trips.hi), vague: trips.vague, evidence: !trips.vague };
  m.setTrips(loop.start, set);
  m.recorder?.recordTrips(loop.start, set);
}

/** for-of over arrays, typed arrays, sets, maps and strings; for-in. */
export function executeForOf(m: Engine, loop: ForOfStatement, s: State): State | null {
  const iterable = m.evaluate(loop.iterable, s);
  if (s.dead) return null;
  const key = loop.iterable.kind === 'variable' || loop.iterable.kind === 'property' ? m.key(loop.iterable) : null;
  const length = loop.kind === 'for-of' ? lengthOf(m, iterable, key, s) : NO_NUMBER;
  const frame: LoopFrame = { label: loop.label, loop: true, plain: false, breaks: null, continues: null };
  const loops = m.calls[m.calls.length - 1].loops;
  const exits: { state: State | null } = { state: null };
  const iterate = (head: State, element: (state: State) => Value): State | null => {
    frame.breaks = null;
    frame.continues = null;
    loops.push(frame);
    bind(m, loop, element(head), head);
    let end = head.dead ? null : m.executeBlock(loop.body, head);
    loops.pop();
    end = joinStates(end, frame.continues);
    exits.state = joinStates(exits.state, frame.breaks);
    if (end && !m.program.variables[loop.element].captured) end.dropVariable(loop.element);
    return end;
  };

  if (iterable.locations.some(location => s.object(location)?.kind === 'map')) m.escape(iterable, s);
  // Keeps the array alive while the loop walks it.
  const kept = -10 - loop.iterable.id;
  s.refineVariable(kept, iterable);
  const leave = (state: State | null): State | null => { state?.dropVariable(kept); return state; };
  const items = iterable.locations.length === 1 && iterable.outside.length === 0 ? s.object(iterable.locations[0])?.items : null;
  if (items && items.length <= UNROLLED && loop.kind === 'for-of') {
    let state: State | null = s;
    const before = m.steps;
    let i = 0;
    for (; i < items.length && state && before - m.steps < UNROLL_COST; i++) {
      const now = state.object(iterable.locations[0])?.items;
      if (now?.length !== items.length) break;
      state = iterate(state, () => now[i]);
    }
    if (!state || (i === items.length && state.object(iterable.locations[0])?.items?.length === items.length)) {
      noteTrips(m, loop, integers(items.length, items.length));
      return leave(joinStates(state, exits.state));
    }
    s = state;
  }
  const peeled = exits.state as State | null;
  const element = (state: State): Value => elementFor(m, loop, iterable, state);
  const entry = s.copy();
  const trips = length === NO_NUMBER ? null : { ...length, equals: null };
  // The array may grow while it is being walked; then its length at the start says nothing.
  const fixed = trips && !growsInside(loop);
  const ran: { state: State | null } = { state: null };
  m.stabilize(s, loop.start, start => { exits.state = peeled?.copy() ?? null; const end = iterate(start, element); ran.state = end?.copy() ?? null; return end; }, {
    refine: (invariant, scratch) => { if (fixed) { m.setTrips(loop.start, trips); accumulate(m, loop, { entry, invariant, scratch, trips }); } },
  });
  if (fixed) noteTrips(m, loop, trips);
  // No iteration at all, or the end of some iteration: both are in the invariant.
  return leave(joinStates(fixed && trips.lo > 0 ? ran.state : s, exits.state));
}

/** Pushes in the body, on whatever array. */
function growsInside(loop: ForOfStatement): boolean {
  let grows = false;
  const iterable = loop.iterable.kind === 'variable' ? loop.iterable.variable : -1;
  visitStatements(loop.body, e => {
    if (e.kind === 'call' && e.callee.kind === 'library' && /push|unshift|splice|add|set$/.test(e.callee.name)
      && (!e.callee.receiver || e.callee.receiver.kind !== 'variable' || iterable < 0 || e.callee.receiver.variable === iterable)) grows = true;
  });
  return grows;
}

function elementFor(m: Engine, loop: ForOfStatement, iterable: Value, s: State): Value {
  if (loop.kind === 'for-in') return ANY_TEXT;
  const type = m.program.variables[loop.element].type;
  const inside = numberValue(integers(0, 2 ** 32 - 2));
  const pairs = iterable.outside.some(o => o.type.kind === 'map') || iterable.locations.some(location => s.object(location)?.kind === 'map');
  if (pairs) return valueOfType(type);
  const value = readElement(m, iterable, inside, null, type, s, true);
  const foreign = iterable.outside.some(o => !['array', 'typedArray', 'tuple', 'set'].includes(o.type.kind));
  return foreign && !iterable.outside.some(o => o.promise) ? valueOfType(type) : setElement(iterable, value);
}

function setElement(iterable: Value, value: Value): Value {
  const set = iterable.outside.find(o => o.type.kind === 'set');
  return set?.type.kind === 'set' ? valueOfType(set.type.element, set.promise) : value;
}

function bind(m: Engine, loop: ForOfStatement, value: Value, s: State): void {
  m.store(loop.element, value, s, true);
  const { target } = loop;
  if (!target || (target.kind === 'variable' && target.variable === loop.element)) return;
  switch (target.kind) {
    case 'variable': m.store(target.variable, value, s, false); break;
    case 'property': writeProperty(m, m.evaluate(target.object, s), target.name, value, s); break;
    case 'index': writeElement(m, m.evaluate(target.object, s), m.evaluate(target.index, s), value, s); break;
    default: m.escape(value, s); m.unknownCode(s);
  }
}
