import type { Call, Expression, FunctionIr } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { callbackOf } from './callbacks';
import { sitesOf } from './callers';
import { usesOf } from './usage';

/** Which asynchronous functions run several times at once, so that what they do after an `await` happens in the order in which things become ready. */

/** Functions of libraries that run an asynchronous callback for several things at once. */
const pools = /^(p_?(map|each|for_?each|all|settle|filter)|(async_?)?(map|each|for_?each|eachOf|for_?eachOf)_?(limit|async|parallel|concurrent(ly)?|pool|with_?concurrency)|(parallel|concurrent(ly)?|pooled|async)_?(map|each|for_?each|run)|(run|process|execute|work|map|each)?_?(in|with|using)?_?(pool|parallel|concurrently|concurrency|concurrent)(_?(limit|all|tasks|jobs|items|queue))?|async_?pool|promise_?pool|run_?(all|pool|limited|with_?limit)|with_?(limit|concurrency|workers))$/i;

/** Functions that take one task and run it beside others: `limit(async () => …)`, `queue.add(async () => …)`. */
const tasks = /^(p?_?limit|limiter|add|enqueue|push|schedule|submit|run|go|spawn|use|acquire|throttle|runExclusive)$/;

/**
 * Whether several runs of the function overlap, all of them beyond the total that `outside` says to be declared outside of: the callback of `map` or `forEach`, of a pool, a task that
 * a loop starts without waiting for it, and functions that such a one calls.
 */
export function overlaps(c: HazardContext, fn: FunctionIr, outside: (f: FunctionIr) => boolean, depth = 3): boolean {
  if (depth === 0 || !outside(fn)) return false;
  const given = callbackOf(c, fn.id);
  if (given) {
    const name = calledName(c, given.call);
    if (/^(map|forEach|flatMap|from)$/.test(name) || given.call.callee.kind !== 'local' && pools.test(name)) return fn.async;
    if (given.call.callee.kind === 'local') return fn.async && pooled(c, given.call, given.at);
    return fn.async && tasks.test(name) && started(c, given.call);
  }
  return sitesOf(c, fn).some(site => fn.async && site.kind === 'call' && started(c, site) || overlaps(c, c.function(site), outside, depth - 1));
}

/** In a loop, or for each element, and not waited for before the next one. */
function started(c: HazardContext, call: Call): boolean {
  const { repetition, statement } = c.position(call);
  if (repetition === null || repetition.kind === 'callback' && /^reduce/.test(repetition.method)) return false;
  // await withTimeout(run(x)), const p = run(x); await p
  for (let e: Expression | null = call; e; e = c.parent(e)) if (e.kind === 'opaque' && e.reason === 'await') return false;
  for (const { user } of usesOf(c, call)) if (user?.kind === 'opaque' && user.reason === 'await' && c.position(user).repetition === repetition) return false;
  return !(repetition.kind === 'loop' && c.parent(call) === null && statement?.kind === 'return');
}

/** A function of this file that calls what it is given in several runners at once. */
function pooled(c: HazardContext, call: Call, at: number): boolean {
  const fn = call.callee.kind === 'local' ? c.program.functions[call.callee.function] : undefined;
  const parameter = fn?.parameters[at]?.variable;
  if (!fn || parameter === undefined) return false;
  const inside = (f: FunctionIr): boolean => { for (let g: FunctionIr | null = f; g; g = g.enclosing === null ? null : c.program.functions[g.enclosing]) if (g.id === fn.id) return f.id !== fn.id; return false; };
  return c.reads(parameter).some(read => {
    const parent: Expression | null = c.parent(read);
    // xs.map(worker), and worker(x) itself.
    if (parent?.kind === 'call' && parent.arguments.includes(read)) return /^(map|forEach|flatMap|from)$/.test(calledName(c, parent));
    return parent?.kind === 'call' && (started(c, parent) || overlaps(c, c.function(parent), inside));
  });
}
