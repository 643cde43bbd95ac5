import type { Assignment, Call, Expression, FunctionIr, VariableRead } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { childrenOf } from './engine/scene';
import { calledName, updateOf } from './matching/accumulation';
import { callbackOf, takesElement } from './matching/callbacks';
import { sitesOf, type Site } from './matching/callers';
import { overlaps } from './matching/concurrency';
import { integral, likelyIntegral } from './matching/integers';
import { nameOf, wordsOf } from './matching/names';
import { constantOf, resolve, within } from './matching/structure';

export const parallelReductionOrder: Hazard = {
  id: 'parallel-reduction-order',
  * detect(c) {
    for (const a of c.assignments()) {
      const terms = updateOf(c, a, 'add') ?? updateOf(c, a, 'mul');
      if (!terms || terms.some(t => constantOf(c, t.value) !== null) || terms.every(t => integral(c, t.value) || likelyIntegral(c, t.value) || counted(c, t.value))) continue;
      if (terms.some(t => t.value.type.kind === 'string' || t.value.type.kind === 'bigint' || t.value.kind === 'constant' || t.value.kind === 'template')) continue;
      const arrival = arrivesBy(c, a) ?? takenByCompletion(c, a, terms.map(t => t.value)) ?? inOverlappingRuns(c, a) ?? inSharedMemory(c, a);
      if (arrival) yield { at: a, message: `${c.text(a)} adds each part when ${arrival}, in an order that changes from run to run.` };
    }
  },
};

/** The number of things that a part has: `part.rows`, `chunk.byteLength`. */
function counted(c: HazardContext, e: Expression): boolean {
  return /count|length|size|bytes/i.test(c.source(e)) || wordsOf(nameOf(c, resolve(c, e))).some(w => things.has(w));
}

const things: ReadonlySet<string> = new Set(['samples', 'rows', 'records', 'items', 'lines', 'files', 'tokens', 'words', 'examples', 'entries', 'events', 'errors', 'failures', 'requests', 'retries', 'messages', 'documents', 'docs', 'users', 'chars', 'characters', 'chunks', 'batches', 'frames', 'packets', 'matches', 'tests', 'passed', 'failed', 'processed', 'written', 'read', 'inserted', 'updated', 'deleted', 'skipped', 'iterations', 'attempts', 'num', 'number', 'n']);

/** How the update is scheduled, when that is by completion: in `then`, after `await` in concurrent callbacks, in a message handler. */
function arrivesBy(c: HazardContext, a: Assignment): string | null {
  const target = a.target;
  const fn = c.function(a);
  const root = rootOf(target);
  if (target.kind === 'opaque' || (root ? c.variable(root.variable).owner === fn.id : target.kind !== 'property')) return null;
  for (let f: FunctionIr | null = fn; f; f = f.enclosing === null ? null : c.program.functions[f.enclosing]) {
    if (root && c.variable(root.variable).owner === f.id) break;
    const user = callbackOf(c, f.id)?.call;
    if (user) {
      const name = calledName(c, user);
      if (name === 'then' && repeatedThen(c, user)) return 'its promise settles';
      if ((name === 'map' || name === 'forEach') && f.async) return 'its promise settles';
      if (answered(c, f, user)) return 'its answer comes';
      // One answer of one worker has no order; of a worker for each part it has.
      if (/^(addEventListener|addListener|prependListener|on|once)$/.test(name) && user.arguments[0]?.kind === 'constant' && user.arguments[0].value === 'message' && (name !== 'once' || c.position(user).repetition !== null)) return 'its worker answers';
    }
    // worker.onmessage = event => this.collect(event.data), for each worker.
    if (f === fn && sitesOf(c, f).some(site => answersWorkers(c, site))) return 'its worker answers';
    const literal = c.scene.literals.get(f.id);
    const store = literal ? c.parent(literal) : null;
    if (store?.kind === 'assign' && store.target.kind === 'property' && store.target.name === 'onmessage') return 'its worker answers';
  }
  return null;
}

/** The site is the handler of messages that a loop or callback gives to each of several workers. */
function answersWorkers(c: HazardContext, site: Site): boolean {
  const handler = c.function(site);
  const literal = c.scene.literals.get(handler.id);
  const user = literal ? c.parent(literal) : null;
  if (!literal || !user || c.position(literal).repetition === null) return false;
  if (user.kind === 'assign') return user.target.kind === 'property' && user.target.name === 'onmessage';
  return user.kind === 'call' && /^(addEventListener|addListener|on)$/.test(calledName(c, user)) && user.arguments[0]?.kind === 'constant' && user.arguments[0].value === 'message';
}

/** After an `await` in a function that runs several times at once: a worker of a pool, a task that a loop starts. */
function inOverlappingRuns(c: HazardContext, a: Assignment): string | null {
  const fn = c.function(a);
  const root = baseOf(a.target);
  if (!fn.async || root && c.variable(root.variable).owner === fn.id || !root && a.target.kind !== 'property' || counted(c, a.target)) return null;
  const home = root ? c.program.functions[c.variable(root.variable).owner] : null;
  const outside = (f: FunctionIr): boolean => { for (let g = home; g; g = g.enclosing === null ? null : c.program.functions[g.enclosing]) if (g.id === f.id) return g.kind === 'module'; return true; };
  return /\bawait\b/.test(c.program.text.slice(fn.start, a.end)) && overlaps(c, fn, outside) ? 'it is ready' : null;
}

/** `shared[0] += sum` in a worker, where `shared` lies over a buffer that it was sent: each thread adds when it is done. */
function inSharedMemory(c: HazardContext, a: Assignment): string | null {
  if (a.target.kind !== 'index' || constantOf(c, a.target.index) === null || !c.says(/\bAtomics\.|\bSharedArrayBuffer\b/)) return null;
  const view = resolve(c, a.target.object);
  if (view.kind !== 'new' || !/^Float(16|32|64)Array$/.test(view.name ?? '') || !view.arguments[0]) return null;
  return /^(data|workerData)$/.test(sentBy(c, view.arguments[0])) ? 'its thread is done' : null;
}

/** The property or variable that a message arrives in. */
function sentBy(c: HazardContext, e: Expression, depth = 6): string {
  const value = resolve(c, e);
  if (value.kind === 'variable') return nameOf(c, value);
  if (value.kind !== 'property' && value.kind !== 'index' || depth === 0) return '';
  return value.kind === 'property' && value.name === 'data' ? 'data' : sentBy(c, value.object, depth - 1);
}

/** Sources that give what is ready first: `asCompleted(jobs)`, `mergeStreams(…)`. Streams and generators of one source keep its order. */
const unordered = /^(as_?(they_?)?(completed?|settled?|resolved?|ready|finish(ed)?|done)|(in_?)?(completion|settlement|arrival|resolution)_?order|by_?completion|unordered|(race|drain|iterate)_?(all|promises|settled|completed|unordered)|race|first_?(done|settled|completed|come)|settled|completed|merge(d)?(_?(streams|iterators|iterables|async|all|async_?iter(ators|ables)))?)$|unordered/i;

/** `for await (const part of asCompleted(jobs))`, `for await (const [part] of on(worker, 'message'))`, and what `await Promise.race(pending)` answers in a loop. */
function takenByCompletion(c: HazardContext, a: Assignment, terms: readonly Expression[]): string | null {
  for (const r of c.repetitions(a)) {
    if (r.kind !== 'loop' || r.loop.kind !== 'for-of' || !/^for\s+await\b/.test(c.source(r.loop))) continue;
    const source = resolve(c, r.loop.iterable);
    if (source.kind !== 'call' || insideOf(c, a.target, r.loop.start)) continue;
    const name = calledName(c, source);
    const messages = name === 'on' && source.arguments.some(x => x.kind === 'constant' && x.value === 'message') && c.repetitions(source)[Symbol.iterator]().next().done !== true;
    if (unordered.test(name) || messages) return 'it is ready';
  }
  const raced = c.position(a).repetition !== null && terms.some(t => [...within(c, t, childrenOf, true)].some(x => x.kind === 'call' && /^Promise\.(race|any)$/.test(c.source(x).split('(')[0].trim()) && c.position(x).repetition !== null));
  return raced ? 'it is ready' : null;
}

/** The total is declared in the loop itself: it starts anew. */
function insideOf(c: HazardContext, target: Expression, loop: number): boolean {
  const root = rootOf(target);
  const home = root ? c.variable(root.variable).start : -1;
  return home > loop;
}

/** The variable that holds the total, also as an element of an array. */
function rootOf(e: Expression): VariableRead | null {
  return e.kind === 'variable' ? e : e.kind === 'index' ? rootOf(e.object) : null;
}

/** The variable at the bottom of a target: of `stats.total` that is `stats`. */
function baseOf(e: Expression): VariableRead | null {
  return e.kind === 'variable' ? e : e.kind === 'index' || e.kind === 'property' ? baseOf(e.object) : null;
}

/** `read(file, (error, text) => …)` for each of many. What is called at once takes no error first. */
function answered(c: HazardContext, f: FunctionIr, user: Call): boolean {
  return f.parameters.length > 1 && /^_?(err|error|failure)$/.test(c.variable(f.parameters[0].variable).name) && !/Series|Sync/.test(calledName(c, user)) && !takesElement(calledName(c, user), 0) && repeatedThen(c, user);
}

/** `then` inside a loop or a map over many promises; one promise has no order, and a chain made by `reduce` has that of its list. */
function repeatedThen(c: HazardContext, call: Call): boolean {
  const { repetition } = c.position(call);
  return repetition !== null && !(repetition.kind === 'callback' && /^reduce/.test(repetition.method));
}
