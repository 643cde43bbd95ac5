import type { ForOf, FunctionId, Loop, Statement } from '../../program';
import { elementsOf, element as elementAt, lengthNode } from './arrays';
import { assignedIn, countedLoop, type CountedLoop } from './counted-loop';
import { evaluate, store } from './evaluate';
import { isLong } from './library-call';
import type { LongLoop } from './loop-body';
import { summarise } from './long-loop';
import { splitRange } from './split-range';
import { UNROLLED, type Tracer } from './tracer';
import { TraceRefusal, UNDEFINED, refuse, type Value } from './value';

/** How a statement ends: null goes on with the next one. */
type Completion = null | { readonly kind: 'return'; readonly value: Value } | { readonly kind: 'throw' } | { readonly kind: 'break' | 'continue'; readonly label: string | null };

/** A path that ends in `throw`. */
export class TraceThrow extends Error {
  override readonly name = 'TraceThrow';
}

const MAX_DEPTH = 100;

/** Calls a function of the program on the current path. Its own variables are fresh; those it captures are shared. */
export function callFunction(t: Tracer, id: FunctionId, operands: readonly Value[], site: number): Value {
  const f = t.program.functions[id];
  if (f.async || f.generator) refuse(`calls ${f.name}, which is asynchronous or a generator`, site);
  if (t.depth >= MAX_DEPTH) refuse(`calls itself more than ${MAX_DEPTH} levels deep`, site);
  const own = t.program.variables.filter(v => v.owner === id);
  const saved = own.map(v => t.environment.get(v.id));
  for (const v of own) t.environment.delete(v.id);
  t.depth++;
  f.parameters.forEach((p, i) => {
    const given: Value = p.rest ? { kind: 'array', step: null, elements: [...operands.slice(i)] } : operands[i] ?? UNDEFINED;
    const missing = given.kind === 'constant' && given.value === undefined;
    t.environment.set(p.variable, missing && p.initializer ? evaluate(t, p.initializer) : given);
  });
  const end = run(t, f.body);
  t.depth--;
  own.forEach((v, i) => {
    const before = saved[i];
    if (v.captured && before === undefined) return;
    if (before) t.environment.set(v.id, before); else t.environment.delete(v.id);
  });
  if (end?.kind === 'throw') throw new TraceThrow();
  return end?.kind === 'return' ? end.value : UNDEFINED;
}

function run(t: Tracer, body: readonly Statement[]): Completion {
  for (const s of body) {
    const end = execute(t, s);
    if (end) return end;
  }
  return null;
}

function execute(t: Tracer, s: Statement): Completion {
  switch (s.kind) {
    case 'declare':
      t.environment.set(s.variable, s.value ? evaluate(t, s.value) : UNDEFINED);
      return null;
    case 'expression': evaluate(t, s.expression); return null;
    case 'if': return run(t, t.truthOf(evaluate(t, s.test), s.test.id) ? s.then : s.otherwise);
    case 'return': return { kind: 'return', value: s.value ? evaluate(t, s.value) : UNDEFINED };
    case 'throw': return { kind: 'throw' };
    case 'break': case 'continue': return { kind: s.kind, label: s.label };
    case 'block': {
      const end = run(t, s.body);
      return end?.kind === 'break' && end.label !== null && end.label === s.label ? null : end;
    }
    case 'loop': return loop(t, s);
    case 'for-of': case 'for-in': {
      if (s.kind === 'for-in') refuse('loops over property names', s.iterable.id);
      const list = evaluate(t, s.iterable);
      if (list.kind === 'symbol' && isLong(t, list, s.iterable)) { longForOf(t, s, list); return null; }
      for (const value of [...elementsOf(t, list, s.iterable.id)]) {
        t.environment.set(s.element, value);
        if (s.target) store(t, s.target, value);
        const end = run(t, s.body);
        const next = afterIteration(end, s.label);
        if (next === 'leave') break;
        if (next) return next.end;
      }
      return null;
    }
    case 'switch': {
      const subject = evaluate(t, s.subject);
      let from = -1;
      for (const [i, c] of s.cases.entries()) {
        if (c.test && same(t, subject, evaluate(t, c.test), c.test.id)) { from = i; break; }
      }
      if (from < 0) from = s.cases.findIndex(c => c.test === null);
      if (from < 0) return null;
      for (const c of s.cases.slice(from)) {
        const end = run(t, c.body);
        if (end?.kind === 'break' && (end.label === null || end.label === s.label)) return null;
        if (end) return end;
      }
      return null;
    }
    case 'try': {
      if (s.handler || s.finalizer) {
        const end = run(t, s.body);
        if (end?.kind === 'throw') refuse('catches exceptions', -1);
        return s.finalizer ? run(t, s.finalizer) ?? end : end;
      }
      return run(t, s.body);
    }
    case 'opaque': return refuse(`contains ${s.reason}`, s.children[0]?.id ?? -1);
  }
}

function loop(t: Tracer, s: Loop): Completion {
  const start = run(t, s.init);
  if (start) return start;
  const counted = countedLoop(t, s);
  if (counted && isLongLoop(t, counted, s.body) && summarised(t, s, counted)) return null;
  for (let first = true; ; first = false) {
    t.tick(s.test?.id ?? -1);
    if (s.test && !(s.form === 'do' && first) && !t.truthOf(evaluate(t, s.test), s.test.id)) return null;
    const next = afterIteration(run(t, s.body), s.label);
    if (next === 'leave') return null;
    if (next) return next.end;
    if (s.update) evaluate(t, s.update);
  }
}

/** Iterations up to which a loop whose end is a range is taken apart by their number. */
const FEW = 12;

function isLongLoop(t: Tracer, { trips: [least, most] }: CountedLoop, body: readonly Statement[]): boolean {
  return most * (1 + body.length) > t.limits.operations - t.operations || (least < most && most > FEW);
}

/** Summarises a long loop; false where it cannot be summarised, but is short enough to be unrolled. */
function summarised(t: Tracer, s: Loop, counted: CountedLoop): boolean {
  const { guards, decisions, forced, iterations, outlives, operations } = t;
  const environment = new Map(t.environment);
  try {
    longLoop(t, s, counted);
    return true;
  } catch (error) {
    const [least, most] = counted.trips;
    if (!(error instanceof TraceRefusal) || most * (1 + s.body.length) > UNROLLED * t.limits.operations - operations || (least < most && most > t.limits.paths / 2)) throw error;
    Object.assign(t, { guards, decisions, forced, iterations, outlives, operations });
    t.environment.clear();
    for (const [v, value] of environment) t.environment.set(v, value);
    return false;
  }
}

function longLoop(t: Tracer, s: Loop, counted: CountedLoop): void {
  const site = s.test?.id ?? -1;
  const { counter, first, stride, trips: [least, most] } = counted;
  const ends = (from: number, to: number): [number, number] => [Math.min(first + from * stride, first + to * stride), Math.max(first + from * stride, first + to * stride)];
  const count = (turn: number): number => t.hiddenInput(`loop ${s.start} counter ${first} ${most} ${turn}`, ends(0, Math.max(0, most - 1)), 0, site, true);
  overState(t, s, counted.trips, turn => t.environment.set(counter, { kind: 'number', node: count(turn) }), site, turn => ({ node: count(turn), first, stride }));
  const after = least === most ? t.graph.exact(first + most * stride, site) : t.hiddenInput(`loop ${s.start} after ${first} ${least} ${most}`, ends(least, most), 0, site, true);
  t.environment.set(counter, { kind: 'number', node: after });
}

/** `for (const x of xs)` over an array parameter that is long, or whose length is a range. */
function longForOf(t: Tracer, s: ForOf, array: Extract<Value, { kind: 'symbol' }>): void {
  const site = s.iterable.id;
  const trips = splitRange(t, lengthNode(t, array, site), site)!;
  overState(t, s, trips, turn => {
    const index = t.hiddenInput(`loop ${s.start} index ${trips[1]} ${turn}`, [0, Math.max(0, trips[1] - 1)], 0, site, true);
    const value = elementAt(t, array, { node: index }, site);
    t.environment.set(s.element, value);
    if (s.target) store(t, s.target, value);
  }, site);
}

/** Summarises a loop over the variables that its body assigns. */
function overState(t: Tracer, s: Loop | ForOf, trips: readonly [number, number], begin: (turn: number) => void, site: number, counter?: LongLoop['counter']): void {
  const assigned = assignedIn(s.body);
  const state = [...assigned].filter(v => t.environment.has(v));
  const outer = t.environment;
  const saved = new Map(outer);
  const { outlives } = t;
  t.outlives = new Set([...saved.keys()].filter(v => !assigned.has(v)));
  t.iterations++;
  const after = summarise(t, {
    key: `loop ${s.start}`, trips, ...(counter ? { counter } : {}), before: state.map(v => t.number(saved.get(v)!, site)),
    run: (nodes, turn) => {
      outer.clear();
      for (const [v, value] of saved) outer.set(v, value);
      state.forEach((v, k) => outer.set(v, { kind: 'number', node: nodes[k] }));
      begin(turn);
      const end = run(t, s.body);
      if (end && !(end.kind === 'continue' && (end.label === null || end.label === s.label))) refuse('leaves a loop that is too long to unroll', site);
      return state.map(v => t.number(outer.get(v)!, site));
    },
  }, site);
  t.iterations--;
  t.outlives = outlives;
  outer.clear();
  for (const [v, value] of saved) outer.set(v, value);
  state.forEach((v, k) => outer.set(v, { kind: 'number', node: after[k] }));
}

/** What a loop does after its body ended so: goes on (null), is left, or passes the completion on. */
function afterIteration(end: Completion, label: string | null): null | 'leave' | { readonly end: Completion } {
  if (!end) return null;
  if (end.kind === 'continue' && (end.label === null || end.label === label)) return null;
  if (end.kind === 'break' && (end.label === null || end.label === label)) return 'leave';
  return { end };
}

function same(t: Tracer, a: Value, b: Value, site: number): boolean {
  if (a.kind === 'constant' && b.kind === 'constant') return a.value === b.value;
  return t.compare('eq', t.number(a, site), t.number(b, site), site);
}
