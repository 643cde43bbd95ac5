import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName, receiverOf } from './accumulation';
import { callbackOf } from './callbacks';
import { sumBehind } from './counted-divisors';
import { enclosingNames, nameOf, wordsOf } from './names';
import { constantOf, factorsOf, isOperation, resolve, sameValue, termsOf } from './structure';

/** Divisors that are 0 by what they are: the size of a picture before it has come, the time between two events, the number of those that a condition leaves. */
export function unreadyDivisor(c: HazardContext, e: Operation, below: Expression): string | null {
  return naturalSize(c, e, below) ?? betweenMoments(c, e, below) ?? ofThoseLeft(c, below);
}

/** `image.naturalWidth / image.naturalHeight` where nothing says that the picture or film has been loaded. */
function naturalSize(c: HazardContext, e: Operation, below: Expression): string | null {
  if (below.kind !== 'property' || !/^(natural|video)(Width|Height)$/.test(below.name)) return null;
  // The element that an event is about, and what runs when it is there.
  if (/target\b/i.test(c.source(below.object)) || [...enclosingNames(c, e)].some(n => loaded.test(n)) || handlesLoad(c, e)) return null;
  const home = c.function(e);
  if (home.kind !== 'module' && loaded.test(c.source(home).replace(c.source(e), ''))) return null;
  for (const guard of c.guards(e)) if (/complete|load|ready|(natural|video)(Width|Height)/i.test(c.source(guard.test))) return null;
  return `${c.text(below.object)} has not been loaded`;
}

const loaded = /on_?load|load(ed|ing)?\b|loaded_?(meta)?data|metadata|\.?decode\b|complete|canplay|ready_?state|resize|ready/i;

function handlesLoad(c: HazardContext, e: Expression): boolean {
  for (let fn = c.function(e); fn.enclosing !== null; fn = c.program.functions[fn.enclosing]) {
    const user = callbackOf(c, fn.id)?.call;
    const event = user?.arguments[0];
    if (user && calledName(c, user) === 'then' || event?.kind === 'constant' && typeof event.value === 'string' && /load|canplay|resize|play|timeupdate/.test(event.value)) return true;
  }
  return false;
}

const momentWords: ReadonlySet<string> = new Set(['at', 'time', 'timestamp', 'timestamps', 'ts', 'stamp', 'now', 'date', 'epoch', 'clock', 'instant', 'hrtime']);
const endWords: ReadonlySet<string> = new Set(['start', 'started', 'begin', 'began', 'begun', 'from', 'end', 'ended', 'finish', 'finished', 'stop', 'stopped', 'last', 'prev', 'previous', 'since', 'until', 'opened', 'closed', 'first', 'current', 't0', 't1', 't2', 'before', 'after']);

/** A quantity over `finishedAt - startedAt`: two events of one tick of the clock. A share of the way between two moments is another matter. */
function betweenMoments(c: HazardContext, e: Operation, below: Expression): string | null {
  const span = scaled(c, below);
  if (!isOperation(span, 'sub') || constantOf(c, e.operands[0]) !== null) return null;
  const words = span.operands.map(o => wordsOf(nameOf(c, o) || nameOf(c, resolve(c, o))));
  const strong = words.map(ws => ws.some(w => momentWords.has(w)));
  if (!strong.some(s => s) || !words.every((ws, i) => strong[i] || ws.some(w => endWords.has(w)))) return null;
  const above = factorsOf(c, e.operands[0]).map(f => f.value);
  const temporal = (x: Expression): boolean => wordsOf(nameOf(c, x)).some(w => momentWords.has(w) || /^(elapsed|duration|delta|dt|t|progress|ms|millis|seconds|offset|delay|position)$/.test(w)) || isOperation(x, 'sub') && x.operands.some(o => span.operands.some(p => sameValue(c, o, p)) || temporal(o));
  return above.some(temporal) ? null : `no time has passed`;
}

/** `(b - a) / 1000` of milliseconds. */
function scaled(c: HazardContext, e: Expression): Expression {
  let value = resolve(c, e);
  for (let depth = 0; depth < 4 && isOperation(value, 'div', 'mul') && value.operands.some(o => constantOf(c, o) !== null); depth++) value = resolve(c, value.operands.find(o => constantOf(c, o) === null) ?? value.operands[0]);
  return value;
}

/** `xs.filter(good).length`, `xs.reduce((n, x) => n + (good(x) ? 1 : 0), 0)`. */
function ofThoseLeft(c: HazardContext, below: Expression): string | null {
  if (below.kind === 'property' && below.name === 'length') {
    const list = resolve(c, below.object);
    return list.kind === 'call' && calledName(c, list) === 'filter' && list.arguments.length === 1 && receiverOf(list) !== null ? `nothing passes the filter` : null;
  }
  const count = sumBehind(c, below);
  const term = count?.call && count.terms.length === 1 ? resolve(c, count.terms[0].value) : null;
  const start = count?.call?.arguments[1];
  const chosen = term?.kind === 'conditional' && [term.then, term.otherwise].map(o => constantOf(c, o)).sort().join() === '0,1';
  return chosen && start && constantOf(c, start) === 0 && termsOf(below).length === 1 ? `nothing is counted` : null;
}
