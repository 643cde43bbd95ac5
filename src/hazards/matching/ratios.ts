import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName } from './accumulation';
import { classOf } from './callers';
import { emptyDivisor } from './divisors';
import { isMaximum } from './exponentials';
import { firstBy } from './first-division';
import { functionName, nameOf, receiverName, wordsOf } from './names';
import { registryOf } from './registry';
import { answerOf, constantOf, factorsOf, isOperation, resolve, sameValue, termsOf } from './structure';

/** Quotients whose divisor is 0 when there is nothing yet: parts of a whole, rates over a span of time, normalised lists and vectors. The divisor is known to be unguarded. */
export function emptyRatio(c: HazardContext, e: Operation, divisor: Expression): Detection | null {
  const kept = keptSpread(c, divisor);
  const below = kept ?? defaulted(c, resolve(c, divisor));
  const above = resolve(c, e.operands[0]);
  const reason = (kept && isOperation(above, 'sub') && sameValue(c, above.operands[1], kept.operands[1]) ? 'all values are equal' : null) ?? shareOfWhole(c, e, below) ?? sinceStart(c, e, below) ?? freeLength(c, below) ?? spread(c, e, below) ?? norms(c, e, divisor, below) ?? gainsOverLosses(c, e, divisor) ?? emptyDivisor(c, e, divisor);
  return reason ? { at: e, message: `${c.text(e)} is NaN or Infinity when ${reason}.` } : null;
}

/** `this.range = high - low`, the one difference that a class keeps in a field beside its start, and that nothing asks to be other than 0. */
function keptSpread(c: HazardContext, divisor: Expression): Operation | null {
  const field = resolve(c, divisor);
  if (field.kind !== 'property' || field.object.kind !== 'opaque' || field.object.reason !== 'this') return null;
  const stored = (registryOf(c).stores.get(field.name) ?? []).filter(a => classOf(c, a) === classOf(c, field));
  const kept = stored.filter(a => constantOf(c, a.value) === null).map(a => resolve(c, a.value));
  const asked = (['eq', 'ne', 'lt', 'le', 'gt', 'ge'] as const).some(operator => c.operations(operator).some(t => t.operands.some(o => o.kind === 'property' && o.name === field.name)));
  const [only] = kept;
  return kept.length === 1 && isOperation(only, 'sub') && found(c, only.operands[0], 'max') && !asked && !stored.some(a => (constantOf(c, a.value) ?? 0) !== 0) ? only : null;
}

/** What a parameter is when the caller does not say: `normalize(length = this.length())`. */
function defaulted(c: HazardContext, e: Expression): Expression {
  if (e.kind !== 'variable' || c.variable(e.variable).kind !== 'parameter') return e;
  const initializer = c.program.functions[c.variable(e.variable).owner].parameters.find(p => p.variable === e.variable)?.initializer;
  return initializer && initializer.kind === 'call' ? initializer : e;
}

const rateWords: ReadonlySet<string> = new Set(['rate', 'accuracy', 'precision', 'recall', 'percent', 'percentage', 'pct', 'share', 'utilization', 'utilisation', 'usage', 'conversion', 'completion', 'coverage',
  'progress', 'ctr', 'fraction', 'proportion', 'winrate', 'hitrate', 'f1', 'efficiency', 'ratio', 'fscore', 'passrate', 'sensitivity', 'specificity', 'completeness', 'roi', 'margin', 'turnover', 'churn', 'occupancy']);
const wholeWords: ReadonlySet<string> = new Set(['total', 'totals', 'count', 'all', 'goal', 'attempts', 'requests', 'impressions', 'views', 'visits', 'sessions', 'votes', 'games', 'played', 'expected', 'capacity', 'quota', 'budget', 'calls', 'samples', 'tests', 'tasks', 'users', 'orders', 'revenue', 'views']);

/** What the quotient is for: the name it is stored or returned under, roundings and scalings left out. */
function destination(c: HazardContext, e: Expression): string {
  let place: Expression = e;
  for (let parent = c.parent(place); parent && (isOperation(parent, 'round', 'floor', 'ceil', 'min', 'max') || isOperation(parent, 'mul', 'sub') && parent.operands.some(o => constantOf(c, o) !== null)); parent = c.parent(place)) place = parent;
  return receiverName(c, place) || (c.parent(place) === null ? functionName(c, place) : '');
}

/** `hits / (hits + misses)`, `done.length / tasks.length` called a rate. */
function shareOfWhole(c: HazardContext, e: Operation, below: Expression): string | null {
  const goal = destination(c, e);
  const things = perOne(c, goal, below) ?? shownRatio(c, e, below);
  if (things) return things;
  if (!wordsOf(goal).some(w => rateWords.has(w)) && !/f1|f_?score|harmonic/i.test(goal)) return null;
  const above = resolve(c, e.operands[0]);
  if (isOperation(below, 'add')) {
    const terms = termsOf(below).map(t => t.value);
    if (terms.some(t => constantOf(c, t) !== null || (c.fact(t)?.lo ?? 0) > 0)) return null;
    const parts = termsOf(above).map(t => t.value).concat(factorsOf(c, above).map(f => f.value));
    return parts.some(p => terms.some(t => sameValue(c, p, t))) ? `${c.text(below)} is 0` : null;
  }
  if (below.kind === 'property' && below.name === 'length') return above.kind === 'property' && above.name === 'length' || namesCount(c, above) ? `${c.text(below.object)} is empty` : null;
  return (below.kind === 'property' || below.kind === 'variable') && wordsOf(nameOf(c, below)).some(w => wholeWords.has(w)) && !/aspect|scale|zoom|pixel|^ratio$/i.test(goal) ? `${c.text(below)} is 0` : null;
}

/** `costPerClick = cost / clicks`: divided by the number of what the name says. */
function perOne(c: HazardContext, goal: string, below: Expression): string | null {
  const thing = /per_?([a-z]{3,})$/i.exec(goal)?.[1].toLowerCase();
  if (!thing || /unit|pixel|page|row|column|second|frame|line/.test(thing) || below.kind !== 'variable' && below.kind !== 'property') return null;
  return nameOf(c, below).toLowerCase().includes(thing) ? `${c.text(below)} is 0` : null;
}

const units = /^(ms|millis|seconds|secs|minutes|hours|days|weeks|months|years|pixels|columns|cols|rows|cells|bytes|bits|frames|steps|samples|channels|radians|degrees|units|radius|axis|bounds|dimensions|tiles|bins|status|basis|os|class|gas|bias|lens|focus|series|canvas|props|params|options|settings|metres|meters|miles|inches)$/i;

/** `(kills / deaths).toFixed(2)`: one count of things over another, shown. */
function shownRatio(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolve(c, e.operands[0]);
  const plural = (x: Expression): boolean => (x.kind === 'property' || x.kind === 'variable') && /[a-z]{3,}[^s]s$/.test(nameOf(c, x)) && !wordsOf(nameOf(c, x)).some(w => units.test(w));
  if (!plural(above) || !plural(below)) return null;
  const user = c.parent(e);
  const shown = user?.kind === 'template' || user?.kind === 'call' && /^(toFixed|toPrecision|toLocaleString)$/.test(calledName(c, user));
  return shown ? `${c.text(below)} is 0` : null;
}

/** Relative strength: a market that only rises has no losses. */
function gainsOverLosses(c: HazardContext, e: Operation, divisor: Expression): string | null {
  const inner = (x: Expression): Expression => isOperation(x, 'neg', 'abs') ? inner(x.operands[0]) : x.kind === 'index' ? keyed(x.index) ? x.index : x.object : x;
  // period[key + '_avg_gain']
  const keyed = (x: Expression): boolean => x.kind === 'template' && x.parts.some(o => o.kind === 'constant');
  const names = (x: Expression): string => x.kind === 'template' ? x.parts.map(o => o.kind === 'constant' ? String(o.value) : '').join(' ') : nameOf(c, x);
  const says = (x: Expression, words: RegExp): boolean => wordsOf(names(inner(x))).some(w => words.test(w));
  return says(e.operands[0], /^(gains?|ups?|wins?|advances?|profits?)$/) && says(divisor, /^(loss|losses|downs?|declines?)$/) ? `${c.text(divisor)} is 0` : null;
}

function namesCount(c: HazardContext, e: Expression): boolean {
  return wordsOf(nameOf(c, e)).some(w => /^(count|num|n|done|completed|correct|passed|failed|hits|wins|success|successes|successful|active|matched|used|covered)$/.test(w));
}

/** Something per second: the clock may stand still between two calls. */
function sinceStart(c: HazardContext, e: Operation, below: Expression): string | null {
  let span = below;
  for (let depth = 0; depth < 4 && isOperation(span, 'div', 'mul') && span.operands.some(o => constantOf(c, o) !== null); depth++) span = resolve(c, span.operands.find(o => constantOf(c, o) === null) ?? span.operands[0]);
  if (!isOperation(span, 'sub') || !clock(c, span.operands[0]) || constantOf(c, e.operands[0]) === 1) return null;
  return `no time has passed`;
}

function clock(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(now|getTime|valueOf)$/.test(calledName(c, value)) && /Date|performance/.test(c.source(value));
  return isOperation(value, 'plus') && value.operands[0].kind === 'new' && value.operands[0].name === 'Date' || value.kind === 'new' && value.name === 'Date';
}

/** How far something can be scrolled: 0 when all of it fits. */
function freeLength(c: HazardContext, below: Expression): string | null {
  const value = below.kind === 'property' ? resolve(c, memberOf(c, below)) : answerOf(c, below);
  if (!isOperation(value, 'sub')) return null;
  const [whole, part] = value.operands.map(o => nameOf(c, resolve(c, o)));
  return /^(scroll|content|total|doc|document|page|body|offset|full)_?(width|height|size)$/i.test(whole) && /(client|inner|offset|view_?port|visible|window|container|frame|win)_?(width|height|size)?$|^(width|height)$/i.test(part) ? `${c.text(below)} is 0, as when everything fits` : null;
}

/** The value that an object literal in a local gives this property. */
function memberOf(c: HazardContext, e: Expression & { kind: 'property' }): Expression {
  const object = resolve(c, e.object);
  return object.kind === 'object' ? object.properties.find(p => p.name === e.name)?.value ?? e : e;
}

/** `(x − min) / (max − min)` with both found in the data, and `x / max` in a function that normalises. */
function spread(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolve(c, e.operands[0]);
  // The width of a bin: (max - min) / bins.
  const width = isOperation(below, 'div') ? resolve(c, below.operands[0]) : below;
  const gap = isOperation(width, 'sub') ? width : answerOf(c, width);
  if (isOperation(gap, 'sub')) {
    const [high, low] = gap.operands;
    if (gap === below && isOperation(above, 'sub') && sameValue(c, above.operands[1], low) && givenEnds(c, high, low)) return `${c.text(high)} equals ${c.text(low)}`;
    if (!found(c, high, 'max') || !found(c, low, 'min')) return null;
    // height / (max - min): so many pixels a unit.
    const fixed = [high, low].some(o => { const v = resolve(c, o); return isOperation(v, 'max', 'min') && !v.spread?.some(Boolean); });
    if (!isOperation(above, 'sub')) return fixed ? null : 'all values are equal';
    const shares = [above, ...factorsOf(c, above).map(f => f.value)];
    return shares.some(s => isOperation(s, 'sub') && sameValue(c, s.operands[1], low)) ? 'all values are equal' : null;
  }
  // value / max, scaled to the height of a bar.
  const user = c.parent(e);
  const scaled = user !== null && isOperation(user, 'mul') && c.position(e).repetition !== null && above.kind !== 'number';
  return found(c, below, 'max') && isMaximum(c, e.operands[1]) && (scaled || /normali[sz]e|peaks?$/i.test(functionName(c, e))) ? 'all values are 0' : null;
}

/** Two ends that somebody else gives, `max` and `min` of the same name: `this._max` and `this._min`, `yMax` and `yMin`. */
function givenEnds(c: HazardContext, high: Expression, low: Expression): boolean {
  const given = (o: Expression): boolean => o.kind === 'property' || o.kind === 'variable' && (c.variable(o.variable).kind === 'parameter' || (v => v.kind === 'property' || v.kind === 'variable' && c.variable(v.variable).kind === 'parameter')(resolve(c, o)));
  const [upper, lower] = [nameOf(c, high), nameOf(c, low)];
  const base = (name: string): string => name.toLowerCase().replace(/max(imum)?|min(imum)?|high(est)?|low(est)?|upper|lower/, '');
  return given(high) && given(low) && /max|high|upper/i.test(upper) && /min|low/i.test(lower) && base(upper) === base(lower);
}

/** `const [lo, hi] = extent(xs)` */
function ofExtent(c: HazardContext, variable: number, extreme: 'max' | 'min'): boolean {
  return c.definitions(variable).some(d => {
    if (d.kind !== 'value' || d.value.kind !== 'index') return false;
    const list = resolve(c, d.value.object);
    return list.kind === 'call' && /^(extent|min_?max|range_?of|bounds_?of)$/i.test(calledName(c, list)) && constantOf(c, d.value.index) === (extreme === 'min' ? 0 : 1);
  });
}

/** The extreme of data, as the code itself finds it: no constant among its operands keeps it from 0. */
function found(c: HazardContext, e: Expression, extreme: 'max' | 'min'): boolean {
  const value = resolve(c, e);
  if (e.kind === 'variable' && ofExtent(c, e.variable, extreme)) return true;
  // sorted[0], sorted[sorted.length - 1]
  if (value.kind === 'index' && e.kind === 'variable' && new RegExp(extreme === 'max' ? 'max|high|last|largest' : 'min|low|first|smallest', 'i').test(nameOf(c, e)) && /sort/i.test(c.source(resolve(c, value.object)) + nameOf(c, value.object))) return true;
  if (value.kind === 'call' && calledName(c, value) === 'apply' && new RegExp(`^Math\\.${extreme}\\.apply`).test(c.source(value))) return true;
  // m.max ?? Math.max(...values) * 1.1
  if (value.kind === 'logical' && value.operator === 'nullish') return found(c, value.right, extreme);
  if (isOperation(value, 'mul') && value.operands.some(o => { const k = resolve(c, o); return constantOf(c, k) !== null || k.kind === 'conditional' && constantOf(c, k.then) !== null; })) return value.operands.some(o => found(c, o, extreme));
  const searched = (v: Expression): boolean => isOperation(v, extreme) && !v.operands.some(o => { const k = constantOf(c, o); return k !== null && k !== 0 && Number.isFinite(k); });
  if (searched(value)) return true;
  if (value.kind === 'call' && e.kind === 'variable' && new RegExp(`^(${extreme}|${extreme === 'max' ? 'hi|high|upper' : 'lo|low|lower'})`, 'i').test(nameOf(c, e)) && !/Math\.(max|min)|clamp/.test(c.source(value))) return true;
  if (value.kind === 'call') return new RegExp(`^(${extreme}|${extreme}By|get${extreme}|array${extreme}|reduce)$`, 'i').test(calledName(c, value)) && (calledName(c, value) !== 'reduce' || new RegExp(extreme, 'i').test(c.source(value) + nameOf(c, e)));
  if (value.kind !== 'variable' || c.variable(value.variable).kind === 'parameter') return false;
  const definitions = c.definitions(value.variable);
  if (definitions.some(d => d.kind === 'value' && d.assignment !== null && searched(d.value) && isOperation(d.value, extreme) && d.value.spread?.some(Boolean))) return true;
  return definitions.some(d => d.kind === 'value' && d.assignment !== null && c.position(d.assignment).repetition !== null) && new RegExp(extreme === 'max' ? 'max|high|^hi|peak|largest|upper' : 'min|low|^lo|smallest', 'i').test(c.variable(value.variable).name);
}

/** A vector over its length in a function that normalises, a dot product over two norms: the null vector has none. One finding a function and norm. */
function norms(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  const name = functionName(c, e);
  const similarity = /cosine|similarity|correlation|pearson|corr$/i.test(name);
  if (!(/normali[sz]e|^unit|to_?unit/i.test(name) && isNorm(c, below)) && !(similarity && (isOperation(below, 'mul') && below.operands.every(o => isNorm(c, o)) || isOperation(below, 'sqrt') && isOperation(resolve(c, below.operands[0]), 'mul')))) return null;
  return firstBy(c, e, below) ? `${c.text(divisor)} is 0, as it is for a vector of zeros` : null;
}

function isNorm(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'hypot')) return true;
  if (isOperation(value, 'sqrt')) return !termsOf(resolve(c, value.operands[0])).some(t => constantOf(c, t.value) !== null);
  return value.kind === 'call' && /^(norm|magnitude|mag|vec_?length|euclidean_?norm|l2_?norm|len|length|get_?length|get_?magnitude)$/i.test(calledName(c, value));
}
