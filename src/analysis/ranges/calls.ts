import type { Expression, FunctionId, ValueType } from '../../program';
import type { CallFrame, Engine } from './engine';
import { heapArray, heapCollection, heapTyped, ITEM_LIMIT, share } from './heap';
import { evaluateArguments, isOpenEnded, unknownCall } from './arguments';
import { ARRAY_METHODS } from './array-methods';
import { libraryCall, listOf } from './library';
import { isChained } from './chains';
import { hasRange, integers, isInteger, joinNumbers, literal, meetNumbers, NO_NUMBER, type NumberSet } from './number-set';
import { lengthOf, readElement, storedNumber } from './objects';
import { joinStates, type State } from './state';
import {
  ANY_LENGTH, isNumeric, joinAll, joinValues, locationValue, NOTHING, NULL, numberValue, toNumber, typedArrayElement, UNDEFINED, UNDEFINED_VALUE, valueOfType, widenValues, type Value,
} from './value';

/** Deepest nesting of calls that are evaluated in place. */
const DEPTH = 3;
/** Evaluations that must be left for a call to be evaluated in place. */
const RESERVE = 2000;

export function call(m: Engine, e: Expression & { kind: 'call' }, s: State): Value {
  const { callee } = e;
  const called = callee.kind === 'dynamic' ? callee.callee : callee.receiver ?? null;
  const receiver = called ? m.evaluate(called, s) : NOTHING;
  if (s.dead) return NOTHING;
  // In a chain with `?.` the call may be left out, and the evaluation of its arguments with it.
  const nullish = (receiver.simple & (UNDEFINED | NULL)) !== 0;
  const skipped = isChained(e) && (nullish || (e.optional && callee.kind !== 'library')) ? s.copy() : null;
  const args = evaluateArguments(m, e, s);
  const result = s.dead ? NOTHING : dispatch(m, e, receiver, args, s);
  if (!skipped) return s.dead ? NOTHING : result;
  const ran = !s.dead;
  s.include(skipped);
  return ran ? joinValues(result, UNDEFINED_VALUE) : UNDEFINED_VALUE;
}

function dispatch(m: Engine, e: Expression & { kind: 'call' }, receiver: Value, args: readonly Value[], s: State): Value {
  const { callee } = e;
  switch (callee.kind) {
    case 'library': return libraryCall(m, { ...e, callee }, receiver, args, s);
    case 'local': {
      if (m.effects.usesThis[callee.function]) m.escape(receiver, s);
      return m.invoke(callee.function, args, s, e.id);
    }
    case 'dynamic': return receiver.functions.length > 0 && receiver.outside.length === 0 ? m.apply(receiver, args, s, e.id) : unknownCall(m, e, [receiver, ...args], s);
    case 'method': {
      const found = methodOfLocal(receiver, callee.name, s);
      if (found) return found({ m, e, object: receiver, receiver: callee.receiver, args, s });
      const methods = receiver.outside.length === 0 ? receiver.locations.map(location => s.object(location)?.fields.get(callee.name)) : [];
      const known = methods.length > 0 && methods.every(v => v && v.functions.length > 0 && v.outside.length === 0);
      const functions = known ? joinAll(methods.map(v => v!)) : null;
      // What a method does to its object is not followed.
      if (functions?.functions.some(id => m.effects.usesThis[id])) m.escape(receiver, s);
      return functions ? m.apply(functions, args, s, e.id) : unknownCall(m, e, [receiver, ...args], s);
    }
    case 'imported': return unknownCall(m, e, [receiver, ...args], s);
  }
}

/** The library method of an array, map or set that the analysed code itself has made, where types do not tell what it is. */
function methodOfLocal(receiver: Value, name: string, s: State): (typeof ARRAY_METHODS)[string] | undefined {
  if (receiver.locations.length === 0 || receiver.outside.length > 0 || receiver.functions.length > 0 || receiver.text) return undefined;
  const kinds = new Set(receiver.locations.map(location => s.object(location)?.kind));
  const [kind] = kinds;
  if (kinds.size !== 1 || kind === undefined || kind === 'object') return undefined;
  const owner = kind === 'map' ? 'Map' : kind === 'set' ? 'Set' : 'Array';
  const key = Object.hasOwn(ARRAY_METHODS, `${owner}.${name}`) ? `${owner}.${name}` : owner === 'Array' && Object.hasOwn(ARRAY_METHODS, name) ? name : undefined;
  return key === undefined ? undefined : ARRAY_METHODS[key];
}

export function construct(m: Engine, e: Expression & { kind: 'new' }, s: State): Value {
  const args = evaluateArguments(m, e, s);
  if (s.dead) return NOTHING;
  if (e.function !== null) {
    m.invoke(e.function, args, s, e.id);
    return e.type.kind === 'unknown' ? { ...NOTHING, outside: [{ type: { kind: 'object', properties: {} }, promise: null }] } : valueOfType(e.type);
  }
  const name = e.name ?? '';
  const [first] = args;
  if (/^(Float(64|32|16)|Int(8|16|32)|Uint(8|16|32|8Clamped))Array$/.test(name)) return typedArray(m, e, name, first, s);
  switch (name) {
    case 'Array': {
      if (e.spread.some(Boolean)) return locationValue(m.allocate(e, listOf(e, [...args, UNDEFINED_VALUE]), s));
      if (args.length === 1 && first.number !== NO_NUMBER) {
        const length = meetNumbers(first.number, { ...ANY_LENGTH, evidence: false });
        const sized = hasRange(length) ? { ...length, nan: false } : ANY_LENGTH;
        if (isNumeric(first)) return locationValue(m.allocate(e, heapArray(e.type, { element: UNDEFINED_VALUE, length: sized }), s));
        return locationValue(m.allocate(e, heapArray(e.type, { element: joinValues(first, UNDEFINED_VALUE), length: joinNumbers(sized, integers(1, 1)) }), s));
      }
      return locationValue(m.allocate(e, listOf(e, args), s));
    }
    case 'Map': case 'Set': {
      const empty = args.length === 0 || first.simple === NULL;
      const kind = name === 'Map' ? 'map' : 'set';
      const element = empty ? NOTHING : kind === 'set' ? readElement(m, first, numberValue(ANY_LENGTH), null, { kind: 'unknown' }, s, true) : valueOfType(e.type.kind === 'map' ? e.type.value : { kind: 'unknown' });
      if (!empty) m.escape(first, s);
      return locationValue(m.allocate(e, heapCollection(kind, e.type, element, empty ? integers(0, 0) : ANY_LENGTH), s));
    }
    case 'Date': return { ...NOTHING, outside: [{ type: { kind: 'date' }, promise: null }] };
    case 'Error': case 'RangeError': case 'TypeError': case 'RegExp': case 'ArrayBuffer': return valueOfType(e.type);
  }
  unknownCall(m, e, args, s);
  return valueOfType(e.type);
}

function typedArray(m: Engine, e: Expression, name: string, first: Value | undefined, s: State): Value {
  if (!first) return locationValue(m.allocate(e, heapTyped(name, integers(0, 0), literal(0)), s));
  const objects = first.locations.length > 0 || first.outside.length > 0;
  if (!objects) {
    const length = lengthFrom(toNumber(first));
    const object = heapTyped(name, length, literal(0));
    const items = length.lo === length.hi && length.lo <= ITEM_LIMIT ? new Array<Value>(length.lo).fill(numberValue(literal(0))) : null;
    return locationValue(m.allocate(e, { ...object, items }, s));
  }
  const arrays = first.outside.every(o => ['array', 'tuple', 'typedArray'].includes(o.type.kind));
  if (!arrays) return locationValue(m.allocate(e, heapTyped(name, ANY_LENGTH, typedArrayElement(name)), s));
  const element = readElement(m, first, numberValue(integers(0, 2 ** 32 - 2)), null, { kind: 'unknown' }, s, true);
  const length = lengthOf(m, first, null, s);
  return locationValue(m.allocate(e, heapTyped(name, length === NO_NUMBER ? ANY_LENGTH : length, storedNumber(name, toNumber(element))), s));
}

/** Length of a typed array made with a number: fractions are cut off, NaN is none. */
function lengthFrom(x: NumberSet): NumberSet {
  if (!hasRange(x)) return integers(0, 0);
  const exact = isInteger(x) && !x.nan;
  const length = meetNumbers(exact ? x : { ...x, lo: x.nan ? Math.min(0, Math.trunc(x.lo)) : Math.trunc(x.lo), hi: Math.max(Math.trunc(x.hi), x.nan ? 0 : -Infinity), grid: 0, nonZero: false, below: [], equals: null }, ANY_LENGTH);
  return hasRange(length) ? { ...length, nan: false, negativeZero: false, equals: exact ? x.equals : null } : integers(0, 0);
}

/** Several functions may be called: the outcome is the join. */
export function apply(m: Engine, callee: Value, args: readonly Value[], s: State, site: number): Value {
  if (callee.functions.length === 1) return m.invoke(callee.functions[0], args, s, site);
  let outcome: State | null = null;
  let result = NOTHING;
  for (const id of callee.functions) {
    const state = s.copy();
    result = joinValues(result, m.invoke(id, args, state, site));
    outcome = joinStates(outcome, state);
  }
  if (outcome) s.become(outcome); else s.dead = true;
  return result;
}

interface Recursion {
  args: readonly Value[] | null;
  result: Value;
  met: boolean;
}

const recursions = new WeakMap<CallFrame, Recursion>();

/**
 * Call a function of the program: its body is run on the abstract arguments. A recursive call takes the results found so far and adds its arguments to
 * those of the outermost call, which is repeated until neither grows.
 */
export function invoke(m: Engine, id: FunctionId, args: readonly Value[], s: State, site: number): Value {
  const f = m.program.functions[id];
  const active = m.calls.find(frame => frame.function === id);
  if (active) {
    const recursion = recursions.get(active);
    if (recursion) {
      recursion.met = true;
      if (f.parameters.some(p => p.rest)) recursion.args = anyArguments(m, id);
      else recursion.args = recursion.args ? f.parameters.map((_, i) => joinValues(recursion.args![i] ?? UNDEFINED_VALUE, args[i] ?? UNDEFINED_VALUE)) : args;
    }
    for (const value of args) m.escape(value, s);
    forgetEffects(m, id, s);
    if (!recursion) return valueOfType(f.result);
    if (recursion.result === NOTHING) s.dead = true;
    return recursion.result;
  }
  const unfit = f.async || f.generator || (m.recursive(id) && f.parameters.some(p => p.rest));
  if (unfit || !m.inlining || m.calls.length > DEPTH || m.steps < RESERVE) {
    m.needsOwnRun(id);
    for (const value of args) m.escape(value, s);
    forgetEffects(m, id, s);
    return valueOfType(f.async || f.generator ? { kind: 'unknown' } : f.result);
  }
  return runToFixpoint(m, id, args, s, site);
}

/** Variables that the function may assign, and objects it may change, are anything afterwards. */
export function forgetEffects(m: Engine, id: FunctionId, s: State): void {
  for (const v of m.effects.writes[id]) {
    const variable = m.program.variables[v];
    if (s.variable(v)) m.store(v, valueOfType(variable.type), s, false);
  }
  if (m.effects.mutates[id]) {
    for (const v of m.effects.reads[id]) { const value = s.variable(v); if (value) m.escape(value, s); }
    m.unknownCode(s);
  }
}

export function runToFixpoint(m: Engine, id: FunctionId, args: readonly Value[], s: State, site: number): Value {
  const recorder = m.recorder;
  let recursion: Recursion = { args: null, result: NOTHING, met: false };
  // Calls of itself may give arguments that this one leaves out.
  const { parameters } = m.program.functions[id];
  let given = m.recursive(id) && args.length < parameters.length ? parameters.map((_, i) => args[i] ?? UNDEFINED_VALUE) : args;
  for (let round = 0; ; round++) {
    // The first round of a function that does not call itself is the only one, and records.
    const start = s.copy();
    // Calls of itself from inside start from whatever the function has done to what it can reach.
    if (m.recursive(id)) {
      if (m.effects.mutates[id]) for (const value of given) m.escape(value, start);
      forgetEffects(m, id, start);
    }
    const frame = newFrame(m, id, site);
    recursions.set(frame, recursion);
    m.recorder = round === 0 && m.recursive(id) ? null : recorder;
    const result = runBody(m, frame, given, start);
    m.recorder = recorder;
    const grownResult = widen(round, recursion.result, result, m.thresholds);
    const grownArgs = recursion.args ? given.map((a, i) => widen(round, a, recursion.args![i] ?? UNDEFINED_VALUE, m.thresholds)) : given;
    const stable = !recursion.met || (grownResult === recursion.result && grownArgs.every((a, i) => a === given[i]));
    if (stable && (recorder === null || !m.recursive(id) || round > 0)) { s.become(start); return result; }
    if (round > 8) {
      m.needsOwnRun(id);
      for (const value of args) m.escape(value, s);
      forgetEffects(m, id, s);
      return valueOfType(m.program.functions[id].result);
    }
    recursion = { args: null, result: grownResult, met: false };
    given = grownArgs;
  }
}

function widen(round: number, a: Value, b: Value, thresholds: readonly number[]): Value {
  return round < 2 ? joinValues(a, b) : widenValues(a, b, round < 4 ? thresholds : null);
}

function newFrame(m: Engine, id: FunctionId, site: number): CallFrame {
  return { function: id, context: m.context(id, site), anyCaller: site === -1, loops: [], returns: null, result: NOTHING };
}

/** Bind the parameters, run the body, leave the scope. The state becomes that after the call. */
export function runBody(m: Engine, frame: CallFrame, args: readonly Value[], s: State): Value {
  const f = m.program.functions[frame.function];
  m.calls.push(frame);
  try {
    if (f.kind !== 'arrow') s.forget(key => key.text.includes('this'));
    bindParameters(m, frame, args, s);
    const end = s.dead ? null : m.execute(f.body, s);
    if (end) frame.result = joinValues(frame.result, UNDEFINED_VALUE);
    const outcome = joinStates(frame.returns, end);
    if (f.kind !== 'arrow') outcome?.forget(key => key.text.includes('this'));
    if (outcome) s.become(outcome); else s.dead = true;
  } finally {
    m.calls.pop();
  }
  for (const [id] of s.ownVariables()) {
    const variable = m.program.variables[id];
    if (variable?.owner === f.id && !variable.captured) s.dropVariable(id);
  }
  return s.dead ? NOTHING : frame.result;
}

function bindParameters(m: Engine, frame: CallFrame, args: readonly Value[], s: State): void {
  const f = m.program.functions[frame.function];
  for (const id of m.effects.hoisted.get(f.id) ?? []) m.store(id, UNDEFINED_VALUE, s, true);
  for (const [i, parameter] of f.parameters.entries()) {
    let value: Value;
    if (parameter.rest && frame.anyCaller) value = args[i];
    else if (parameter.rest) {
      const rest = args.slice(i);
      const type = m.program.variables[parameter.variable].type;
      const known = { element: NOTHING, items: rest, length: integers(rest.length, rest.length) };
      const location = m.allocateAt(-1 - i, heapArray(type, isOpenEnded(rest) ? { element: joinAll(rest), length: ANY_LENGTH } : known), s);
      value = locationValue(location);
    } else {
      value = args[i] ?? UNDEFINED_VALUE;
      if (parameter.initializer && value.simple & UNDEFINED) {
        const given: Value = { ...value, simple: value.simple & ~UNDEFINED };
        const state = s.copy();
        const fallback = m.evaluate(parameter.initializer, state);
        s.include(state);
        value = joinValues(given, fallback);
      }
    }
    m.store(parameter.variable, value, s, true);
  }
}

const ANY_LIST: ValueType = { kind: 'array', element: { kind: 'unknown' } };

/** All values a parameter may have when callers are not known. */
export function anyArguments(m: Engine, id: FunctionId): Value[] {
  return m.program.functions[id].parameters.map(({ variable, optional, initializer, rest }) => {
    const { type, range, name } = m.program.variables[variable];
    const promise: NumberSet | null = range ? { ...literal(0), lo: range[0], hi: range[1], grid: -1074, nonZero: range[0] > 0 || range[1] < 0, negativeZero: range[0] <= 0 && range[1] >= 0, reasons: [`from @range ${name} [${range[0]}, ${range[1]}]`] } : null;
    if (rest) return valueOfType(type.kind === 'array' ? type : ANY_LIST, promise);
    const value = valueOfType(type, promise);
    return optional || initializer ? joinValues(value, UNDEFINED_VALUE) : value;
  });
}

/** Objects reachable from a value become shared with code outside. */
export function shareObjects(value: Value, s: State, functions: (id: FunctionId) => void): void {
  for (const id of value.functions) functions(id);
  for (const location of value.locations) {
    const object = s.object(location);
    if (!object || object.shared) continue;
    s.setObject(location, share(object));
    shareObjects(object.element, s, functions);
    object.items?.forEach(item => shareObjects(item, s, functions));
    object.fields.forEach(field => shareObjects(field, s, functions));
  }
}
