import type { Call, Expression } from '../program';
import type { Fix } from '../protocol/finding';
import { childrenOf } from './engine/scene';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { doubling, growing } from './matching/backoff';
import { classOf, sitesOf } from './matching/callers';
import { lowerBoundOnly, noCap, saidByServer, unitOf, waits } from './matching/delays';
import { wrapping } from './matching/edits';
import { boundedAbove } from './matching/guards';
import { isReceiver, moment, sameDay, shiftedSpan } from './matching/moments';
import { enclosingNames, functionName, nameOf, receiverName } from './matching/names';
import { constantOf, factorsOf, isOperation, resolve, sameValue, soleResult, within } from './matching/structure';
import { formatNumber } from './matching/text';

const longest = 2 ** 31 - 1;

export const timerOverflow: Hazard = {
  id: 'timer-overflow',
  * detect(c) {
    for (const call of c.calls()) {
      const name = calledName(c, call);
      if (!/^(setTimeout|setInterval|\$timeout|\$interval|delay|sleep|wait|timer)$/.test(name)) continue;
      const observable = name === 'timer' && call.callee.kind === 'imported' && /^rxjs/.test(call.callee.module) && call.arguments.length > 0;
      const timer = observable || /^(setTimeout|setInterval|\$timeout|\$interval)$/.test(name);
      const delay = observable || promised(call) ? call.arguments[0] : timer ? call.arguments[1] : call.arguments.length === 1 ? call.arguments[0] : null;
      if (!delay) continue;
      // `BigTime.setTimeout` and the like exist to wait longer.
      if (timer && !observable && elsewhere(c, call)) continue;
      // A wait by its own name is passed on to a timer; only what grows without limit is said of it.
      const reason = timer ? tooLong(c, call, delay, 5) ?? handedGrowing(c, delay) : growsForEver(c, call, delay);
      const open = reason === null && timer && !/interval/i.test(name) && asTheCallerLikes(c, call, delay);
      if (open) yield { at: delay, severity: 'info', fixes: [capped(c, delay)], message: `The delay ${c.text(delay)} is as long as the caller likes, and one beyond 2^31 − 1 ms (24.8 days) fires at once.` };
      else if (reason) yield { at: delay, fixes: [capped(c, delay)], message: `The delay ${c.text(delay)} ${reason}, and a delay beyond 2^31 − 1 ms (24.8 days) fires at once.` };
    }
  },
};

/** `await setTimeout(ms)` of node:timers/promises. */
function promised(call: Call): boolean {
  return call.callee.kind === 'imported' && /^(node:)?timers\/promises$/.test(call.callee.module);
}

/** `sleep(this.delay)`, where `sleep` hands its parameter to the timer and the delay grows with each attempt. */
function handedGrowing(c: HazardContext, delay: Expression): string | null {
  const value = resolve(c, delay);
  if (value.kind !== 'variable' || c.variable(value.variable).kind !== 'parameter') return null;
  const owner = c.program.functions[c.variable(value.variable).owner];
  for (const site of sitesOf(c, owner)) {
    const given = site.arguments[owner.parameters.findIndex(p => p.variable === value.variable)];
    // What grows in the call itself is said there.
    const grown = given && ['property', 'call'].includes(resolve(c, given).kind) ? tooLong(c, site, given, 4) : null;
    if (grown && /grows|doubles|doubled/.test(grown)) return grown;
  }
  return null;
}

function capped(c: HazardContext, delay: Expression): Fix {
  return wrapping(c, delay, 'Math.min(', ', 2 ** 31 - 1)', 'Cap the delay at 2^31 − 1 ms', false);
}

/** A timer of a package that is there for longer ones. */
function elsewhere(c: HazardContext, call: Call): boolean {
  if (call.callee.kind === 'imported') return !/^(node:)?timers(\/promises)?$/.test(call.callee.module);
  const receiver = receiverOf(call);
  return receiver !== null && /big_?time|long_?time|safe_?time|lt$/i.test(nameOf(c, receiver));
}

const passing = /debounce|throttle|anim|transition|blink|flash|toast|tooltip|hover|fade|slide|scroll|type_?writer|ripple|press|tap|click|poll|retry|back_?off|frame|test|mock|fake/i;

const helpers = /^_?(sleep|wait|delay|pause|idle|time_?out|with_?time_?out|(race|promise)_?time_?out|time_?out_?(promise|after)|after|later|defer|limit)(_?(ms|for|seconds|async|promise))?$/i;

/** A parameter, or an option or field that no code here sets, in milliseconds or so many times a unit: a library's timeout takes what its caller asks for. */
function asTheCallerLikes(c: HazardContext, at: Expression, delay: Expression): boolean {
  const open = factorsOf(c, delay).filter(f => constantOf(c, f.value) === null);
  if (open.length !== 1 || open[0].inverted) return false;
  const known = resolve(c, open[0].value);
  const value = known.kind === 'logical' ? resolve(c, known.left) : known;
  if (!waits.test(nameOf(c, value).replace(/^[_#$]+/, '')) && !/(time_?out|delay|ttl|duration)(_?ms|_?millis)?$/i.test(nameOf(c, value))) return false;
  if (boundedAbove(c, at, value) || boundedAbove(c, at, delay) || (c.fact(delay)?.hi ?? Infinity) <= longest || configured(c, value) && !isOption(c, value)) return false;
  if ([...enclosingNames(c, at), receiverName(c, at)].some(n => passing.test(n))) return false;
  // sleep(ms), wait(ms), withTimeout(promise, ms): everybody writes them, for waits of seconds.
  if (value.kind === 'variable' && helpers.test(functionName(c, at))) return false;
  if (value.kind === 'call') return value.callee.kind === 'method' && value.arguments.length === 0 && methodAnswer(c, value) === null;
  if (value.kind === 'variable') return c.variable(value.variable).kind === 'parameter' && c.definitions(value.variable).length <= 1;
  return value.kind === 'property' && !c.assignments().some(a => a.target.kind === 'property' && a.target.name === value.name && constantOf(c, a.value) !== null && c.fact(a.value) !== undefined);
}

/** `options.timeout`, where `options` is a parameter. */
function isOption(c: HazardContext, value: Expression): boolean {
  return value.kind === 'property' && value.object.kind === 'variable' && c.variable(value.object.variable).kind === 'parameter';
}

function tooLong(c: HazardContext, at: Expression, delay: Expression, depth: number): string | null {
  const fact = c.fact(delay);
  if (fact && fact.hi <= longest) return null;
  const constant = constantOf(c, delay);
  if (constant !== null) return constant > longest ? `is ${formatNumber(constant)} ms` : null;
  if (boundedAbove(c, at, delay)) return null;
  const value = resolve(c, delay);
  if (depth === 0) return null;
  if (value.kind === 'call' && (/^differenceIn(Milliseconds|Seconds)$/.test(calledName(c, value)) || (calledName(c, value) === 'diff' || /^(toMillis|as|valueOf|asMilliseconds|milliseconds)$/.test(calledName(c, value)) && /\.diff(Now)?\(/.test(c.source(value))) && /moment|dayjs|luxon|DateTime|diffNow/i.test(c.source(value)))) return 'is the distance to any moment in the future';
  if (isOperation(value, 'exp') && growing(c, value.operands[0], value, at)) return 'grows with each attempt and has no upper limit';
  const shifted = shiftedSpan(c, value);
  if (shifted) return tooLong(c, at, shifted, depth - 1);
  const answer = methodAnswer(c, value);
  if (answer) return tooLong(c, answer, answer, depth - 1);
  if (value.kind === 'call' && /^(ms|parse_?(duration|time|ms|interval)|to_?(ms|milliseconds)|duration_?to_?(ms|millis\w*)|parseDuration\w*)$/i.test(calledName(c, value)) && value.arguments.length > 0 && value.arguments[0].kind !== 'constant' && constantOf(c, value.arguments[0]) === null) return 'is any length of time that a text says';
  if (isOperation(value, 'min')) return value.operands.every(o => constantOf(c, o) === null) && value.operands.some(o => noCap(c, o)) ? 'is capped by a limit that is Infinity unless somebody sets it' : null;
  if (isOperation(value, 'max')) { const inner = value.operands.find(o => constantOf(c, o) === null); return inner ? tooLong(c, at, inner, depth - 1) : null; }
  if (value.kind === 'conditional') return tooLong(c, at, value.then, depth - 1) ?? tooLong(c, at, value.otherwise, depth - 1);
  if (isOperation(value, 'sub')) {
    const [left, right] = value.operands;
    // A moment given from outside, minus now: as far away as it likes. `start + timeout - now` stays within the timeout.
    const local = resolve(c, left);
    // The next midnight is a day away at most.
    const day = local.kind === 'call' && isReceiver(c, local) ? resolve(c, isReceiver(c, local)!) : local;
    if (sameDay(c, left)) return null;
    if (day.kind === 'new' && day.name === 'Date' && day.arguments.length >= 3 && day.arguments.some(x => /getDate\(\)|getUTCDate\(\)|getHours\(\)/.test(c.source(x)))) return null;
    if (moment(c, right) && !isOperation(local, 'add') && (moment(c, left) || (/timestamp|deadline|date/i.test(nameOf(c, left)) || !/start|begin|last|prev|timeout|interval|delay|elapsed/i.test(nameOf(c, left))))) return 'is the distance to any moment in the future';
    // moment − now − margin
    return isOperation(local, 'sub') ? tooLong(c, at, left, depth - 1) : null;
  }
  if (isOperation(value, 'mul')) {
    const factors = factorsOf(c, value);
    const unit = factors.reduce((product, f) => { const k = unitOf(c, f.value); return k === null ? product : f.inverted ? product / k : product * k; }, 1);
    const days = factors.find(f => unitOf(c, f.value) === null && !f.inverted);
    if (unit >= 864e5 && days && factors.filter(f => unitOf(c, f.value) === null).length === 1 && (days.value.kind === 'variable' || days.value.kind === 'property' || days.value.kind === 'call') && !boundedAbove(c, at, days.value) && !((c.fact(days.value)?.hi ?? Infinity) * unit <= longest)) return 'is a number of days, and 25 are too many';
  }
  if (isOperation(value, 'mul')) {
    // So many hours, weeks, or minutes of a ban: as many as somebody asks for.
    const factors = factorsOf(c, value);
    const unit = factors.reduce((product, f) => { const k = constantOf(c, f.value); return k === null ? product : f.inverted ? product / k : product * k; }, 1);
    const open = factors.filter(f => constantOf(c, f.value) === null);
    const context = [...enclosingNames(c, at)].join(' ') + (at.kind === 'call' && at.arguments[0] ? c.source(at.arguments[0]).slice(0, 200) : '');
    const name = open.length === 1 && !open[0].inverted ? nameOf(c, open[0].value) : '';
    const long = /hours|weeks|months/i.test(name) && unit >= 36e5 || unit >= 6e4 && /minutes|mins|duration|time/i.test(name) && /ban\b|unban|mute|lock|expir|remind|suspend|jail|timeout_?user|punish/i.test(context);
    if (long && !/poll|interval|refresh_?rate|cron/i.test(context) && !boundedAbove(c, at, open[0].value) && !((c.fact(open[0].value)?.hi ?? Infinity) * unit <= longest) && !configured(c, open[0].value)) return 'is as long as somebody asks for';
  }
  if (isOperation(value, 'mul', 'add')) {
    for (const o of value.operands) {
      const inner = resolve(c, o);
      if ((isOperation(inner, 'exp') && growing(c, inner.operands[0], inner, at) || isOperation(inner, 'pow') && (constantOf(c, inner.operands[0]) !== null || growing(c, inner.operands[1], inner, at)) && constantOf(c, inner.operands[1]) === null) && !((c.fact(inner)?.hi ?? Infinity) <= longest) && !boundedAbove(c, at, inner.operands.at(-1)!)) return 'doubles with each attempt and has no upper limit';
      const further = isOperation(inner, 'mul', 'add', 'sub', 'max') ? tooLong(c, at, o, depth - 1) : null;
      if (further) return further;
    }
  }
  if (value.kind === 'property' || value.kind === 'variable') {
    const life = lifetime(c, at, value);
    if (life) return life;
  }
  if (value.kind === 'property') {
    const stores = c.assignments().filter(a => c.source(a.target) === c.source(value));
    const stored = stores.filter(a => c.position(a).function === c.position(at).function && a.compound === null);
    // this.period = every * unit, set in one method and used in another.
    const kept = value.object.kind === 'opaque' && value.object.reason === 'this' ? stores.filter(a => classOf(c, a) === classOf(c, at)) : [];
    const reason = stored.length === 1 ? tooLong(c, at, stored[0].value, depth - 1) : kept.length === 1 && kept[0].compound === null && isOperation(resolve(c, kept[0].value), 'mul', 'sub') ? tooLong(c, kept[0].value, kept[0].value, depth - 1) : null;
    if (reason) return reason;
  }
  const asked = askedFor(c, at, value);
  if (asked) return asked;
  if (isOperation(value, 'mul') && value.operands.some(o => (constantOf(c, o) ?? 0) >= 1000)) {
    for (const o of value.operands) for (const part of seconds(c, o)) { const life = lifetime(c, at, part); if (life) return life; }
  }
  if (isOperation(value, 'mul') && value.operands.some(o => (constantOf(c, o) ?? 0) >= 1000) && value.operands.some(o => { const read = resolve(c, o); return read.kind === 'call' && /retry-after|ratelimit-reset/i.test(c.source(read)); })) return 'is as long as a server says';
  if (isOperation(value, 'mul') && value.operands.some(o => (constantOf(c, o) ?? 0) >= 1000) && value.operands.some(o => saidByServer(c, o))) return 'is as long as a server says';
  const lower = lowerBoundOnly(c, at, value);
  if (lower) return lower;
  if (value.kind === 'property' || value.kind === 'variable') { const doubled = doubling(c, value); if (doubled) return doubled; }
  if (isOperation(value, 'round', 'floor', 'ceil', 'abs')) return tooLong(c, at, value.operands[0], depth - 1);
  if (isOperation(value, 'pow')) return constantOf(c, value.operands[1]) === null ? 'grows with each attempt and has no upper limit' : null;
  if (value.kind === 'variable' && value === delay) {
    const definitions = c.definitions(value.variable);
    if (c.variable(value.variable).kind === 'parameter') return null;
    if (definitions.some(d => d.kind === 'value' && isOperation(d.value, 'min'))) return null;
    for (const d of definitions) if (d.kind === 'value' && d.value !== value) { const reason = d.compound === null ? tooLong(c, at, d.value, depth - 1) : null; if (reason) return reason; }
  }
  return null;
}

/** A setting of the program itself: a constant by its spelling, or a field of its configuration. */
function configured(c: HazardContext, e: Expression): boolean {
  const name = nameOf(c, e);
  return name === name.toUpperCase() || e.kind === 'property' && /config|settings|options|opts|conf|env/i.test(c.source(e.object));
}

/** What a method or getter of this file answers: `this.nextDelay()`, `this.delay`. */
function methodAnswer(c: HazardContext, value: Expression): Expression | null {
  const own = value.kind === 'call' && value.callee.kind === 'local' ? c.program.functions[value.callee.function]
    : value.kind === 'call' && value.callee.kind === 'method' && value.arguments.length === 0 ? onlyMethod(c, value.callee.name, 'method')
      : value.kind === 'property' ? onlyMethod(c, value.name, 'getter') : null;
  return own && !own.async ? soleResult(own) : null;
}

function onlyMethod(c: HazardContext, name: string, kind: 'method' | 'getter'): HazardContext['program']['functions'][number] | null {
  const found = c.program.functions.filter(f => f.kind === kind && f.name.replace(/^.*\./, '') === name);
  return found.length === 1 ? found[0] : null;
}

/** `sleep(2 ** attempt * 100)` in a loop that nothing ends. */
function growsForEver(c: HazardContext, call: Expression, delay: Expression): string | null {
  const factors = factorsOf(c, delay).map(f => resolve(c, f.value));
  const power = factors.find(f => isOperation(f, 'pow') && constantOf(c, f.operands[0]) !== null && constantOf(c, f.operands[1]) === null);
  if (!power || !isOperation(power, 'pow') || (c.fact(power)?.hi ?? Infinity) <= longest) return null;
  const exponents = [...within(c, power.operands[1], childrenOf)].filter(x => x.kind === 'variable');
  const endless = exponents.every(x => x.kind === 'variable' && c.variable(x.variable).kind !== 'parameter' && !boundedAbove(c, call, x) && !['lt', 'le', 'gt', 'ge', 'eq', 'ne'].some(o => c.operations(o).some(t => [...within(c, t, childrenOf)].some(y => y.kind === 'variable' && y.variable === x.variable))));
  return exponents.length > 0 && endless ? 'doubles with each attempt and has no upper limit' : null;
}

/** The operands of sums, differences and maxima. */
function* seconds(c: HazardContext, e: Expression): Generator<Expression> {
  const value = resolve(c, e);
  if (isOperation(value, 'add', 'sub', 'max', 'mul', 'round', 'floor', 'ceil')) { for (const o of value.operands) yield* seconds(c, o); return; }
  if (value.kind === 'property' || value.kind === 'variable') yield value;
  if (value.kind === 'call' && /^(parseInt|parseFloat|Number)$/.test(calledName(c, value)) && value.arguments[0]) yield* seconds(c, value.arguments[0]);
  if (isOperation(value, 'plus')) yield* seconds(c, value.operands[0]);
}

/** How long something is to live, as another program (a token, a caller of a cache) says. */
function lifetime(c: HazardContext, at: Expression, value: Expression): string | null {
  const name = nameOf(c, value);
  if (/^(expires?_?(in|after|at)?(ms|seconds?|millis)?|expiry|expiration(time|ms)?|ttl(ms|seconds)?|max_?(age|time|life)(ms)?|life_?(time|span)(ms)?)$/i.test(name)) return boundedAbove(c, at, value) ? null : 'is a lifetime of any length';
  // expire = time + Date.now(): the same parameter is a distance to a moment that is kept.
  if (value.kind !== 'variable' || c.variable(value.variable).kind !== 'parameter' || /timeout|delay|wait|interval|duration|^ms$|debounce|throttle/i.test(name)) return null;
  const kept = c.operations('add').find(o => c.position(o).function === c.position(at).function && o.operands.some(x => sameValue(c, x, value)) && o.operands.some(x => moment(c, x)));
  return kept && /expir|ttl|until|deadline|die/i.test(receiverName(c, kept)) && !boundedAbove(c, at, value) ? 'is a lifetime of any length' : null;
}

/** A parameter that says when a token is to be renewed, an alarm to ring, a lock to open: the caller may mean months. */
function askedFor(c: HazardContext, at: Expression, value: Expression): string | null {
  const context = [...enclosingNames(c, at), receiverName(c, at)].join(' ') + ' ' + (at.kind === 'call' ? nameOf(c, at.arguments[0]) + receiverName(c, at) : '');
  if (!/refresh|renew|expir|log_?out|session|remind|alarm|publish|unlock|schedule_?(at|job|task|next|refresh)|set_?long|at_?date|until/i.test(context)) return null;
  for (const part of seconds(c, value)) {
    if (part.kind === 'variable' && c.variable(part.variable).kind === 'parameter' && !/poll/i.test(nameOf(c, part)) && !part.type.kind.startsWith('func') && constantOf(c, part) === null && !boundedAbove(c, at, part) && !/debounce|throttle|retry|attempt/i.test(context) && c.program.functions[c.variable(part.variable).owner].parameters.every(p => p.variable !== part.variable || p.initializer === null)) return 'is as long as the caller likes';
  }
  return null;
}
