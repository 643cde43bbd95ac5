import type { Assignment, Call, Expression, FunctionIr, VariableRead } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { childrenOf } from './engine/scene';
import { calledName, updateOf } from './matching/accumulation';
import { callbackOf } from './matching/callbacks';
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
      const arrival = arrivesBy(c, a) ?? takenByCompletion(c, a, terms.map(t => t.value));
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
    const user = callbackOf(c, f.id)?.call;
    if (user) {
      const name = calledName(c, user);
      if (name === 'then' && repeatedThen(c, user)) return 'its promise settles';
      if ((name === 'map' || name === 'forEach') && f.async) return 'its promise settles';
      // One answer of one worker has no order; of a worker for each part it has.
      if (/^(addEventListener|addListener|prependListener|on|once)$/.test(name) && user.arguments[0]?.kind === 'constant' && user.arguments[0].value === 'message' && (name !== 'once' || c.position(user).repetition !== null)) return 'its worker answers';
    }
    const literal = c.scene.literals.get(f.id);
    const store = literal ? c.parent(literal) : null;
    if (store?.kind === 'assign' && store.target.kind === 'property' && store.target.name === 'onmessage') return 'its worker answers';
    if (root && c.variable(root.variable).owner === f.id) break;
  }
  return null;
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

/** `then` inside a loop or a map over many promises; one promise has no order. */
function repeatedThen(c: HazardContext, call: Call): boolean {
  return c.position(call).repetition !== null;
}
