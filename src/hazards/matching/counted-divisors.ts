import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { accumulationsOf, calledName, type Accumulation } from './accumulation';
import { callbackOf } from './callbacks';
import { exponentialOf } from './exponentials';
import { firstBy } from './first-division';
import { isCounter } from './integers';
import { functionName, nameOf, receiverName, wordsOf } from './names';
import { constantOf, factorsOf, isOperation, resolve, sameValue, termsOf } from './structure';

/** Divisors that count or add up: 0 when there is nothing to count. */
export function countedDivisor(c: HazardContext, e: Operation, divisor: Expression, below: Expression): string | null {
  return givenZero(c, divisor) ?? ofNothing(c, e, below) ?? neverCounted(c, e, below) ?? normaliser(c, e, below) ?? fieldsOfNothing(c, e, below) ?? sameOfBefore(c, e, below)
    ?? ofPlayer(c, e, below) ?? sizes(c, e, below) ?? oneLess(c, e, below) ?? partOfParts(c, e, below);
}

/** The code itself puts 0 where nothing is given: `limit ? limit.value : 0`, `total ?? 0`, `total || 0`. */
function givenZero(c: HazardContext, divisor: Expression): string | null {
  const value = resolve(c, divisor);
  const zero = value.kind === 'conditional' ? [value.then, value.otherwise].some(o => constantOf(c, o) === 0) : value.kind === 'logical' && value.operator !== 'and' && constantOf(c, value.right) === 0;
  return zero ? `${c.text(divisor)} is the 0 that it has by default` : null;
}

const summing = /^(sum|sum_?(of|by|all|array|values|up)?|total|add_?all|add_?up|fsum|sumprecise|kahan_?sum|array_?sum)$/i;

/** The sum of a list over its length. */
function ofNothing(c: HazardContext, e: Operation, below: Expression): string | null {
  if (below.kind !== 'property' || below.name !== 'length' && below.name !== 'size') return null;
  const list = below.object;
  if (neverEmpty(c, list)) return null;
  // The geometric mean of nothing is the caller's affair.
  const user = c.parent(e);
  if (user && isOperation(user, 'exp', 'pow')) return null;
  const value = resolve(c, e.operands[0]);
  if (value.kind === 'call' && (summing.test(calledName(c, value)) && value.arguments.some(a => sameValue(c, a, list)) || /^(sum|total)$/i.test(calledName(c, value)) && sameReceiver(c, value, list))) return `${c.text(list)} is empty`;
  const sum = sumBehind(c, value);
  const picked = sum?.terms.length === 1 && !sum.call ? resolve(c, sum.terms[0].value) : null;
  // for (i = xs.length; i--;) sum += xs[i]
  if (picked?.kind === 'index' && sameValue(c, picked.object, list) && sum?.repetition !== c.position(e).repetition) return `${c.text(list)} is empty`;
  const plain = sum?.terms.length === 1 && (t => ['variable', 'index', 'property'].includes(t.kind) || isOperation(t, 'plus', 'sub') || t.kind === 'call')(resolve(c, sum.terms[0].value));
  return sum?.iterable && plain && (sameValue(c, sum.iterable, list) || over(c, sum.iterable, list)) ? `${c.text(list)} is empty` : null;
}

/** The parts of a text: at least one. */
function neverEmpty(c: HazardContext, list: Expression): boolean {
  const value = resolve(c, list);
  return value.kind === 'call' && calledName(c, value) === 'split';
}

function sameReceiver(c: HazardContext, call: Expression & { kind: 'call' }, list: Expression): boolean {
  return (call.callee.kind === 'library' || call.callee.kind === 'method') && call.callee.receiver !== null && sameValue(c, call.callee.receiver, list);
}

/** xs.map(…), xs.slice(), Object.values(xs): runs over the same list. */
function over(c: HazardContext, iterable: Expression, list: Expression): boolean {
  const value = resolve(c, iterable);
  return value.kind === 'call' && /^(map|slice|values|concat|toSorted)$/.test(calledName(c, value)) && sameReceiver(c, value, list);
}

/** The sum that a loop or reduction has put into the value. */
export function sumBehind(c: HazardContext, value: Expression): Accumulation | null {
  return accumulationsOf(c).find(a => a.operator === 'add' && (a.call ? a.call === value : a.target.kind === 'variable' && value.kind === 'variable' && a.target.variable === value.variable)) ?? null;
}

/** A count from 0 that a loop raises when it finds something. */
function neverCounted(c: HazardContext, e: Operation, below: Expression): string | null {
  if (below.kind !== 'variable' || c.variable(below.variable).kind === 'parameter') return null;
  const definitions = c.definitions(below.variable);
  const starts = definitions.filter(d => d.kind === 'value' && d.compound === null);
  const raised = definitions.filter(d => d.kind === 'value' && d.compound === 'add' && d.assignment !== null && isOperation(d.value, 'add') && constantOf(c, d.value.operands[1]) === 1);
  if (starts.length !== 1 || starts[0].kind !== 'value' || constantOf(c, starts[0].value) !== 0 || raised.length === 0 || raised.length + 1 !== definitions.length) return null;
  const home = c.position(e);
  // Raised in the same round, before the division: then it is at least 1.
  for (const d of raised) if (d.kind === 'value' && (!d.assignment || c.position(d.assignment).repetition === null || c.position(d.assignment).repetition === home.repetition)) return null;
  return constantOf(c, e.operands[0]) === null && firstBy(c, e, below) ? `nothing has been counted` : null;
}

/** Data divided by what they add up to. */
function normaliser(c: HazardContext, e: Operation, below: Expression): string | null {
  const sum = sumBehind(c, below);
  if (!sum || sum.terms.length !== 1 || sum.terms[0].negative) return null;
  const size = resolve(c, sum.terms[0].value);
  const term = isOperation(size, 'abs') ? resolve(c, size.operands[0]) : size;
  if (exponentialOf(c, sum.terms[0].value) || !['index', 'property', 'variable'].includes(term.kind) || (c.fact(term)?.lo ?? 0) > 0) return null;
  const seed = sum.call ? sum.call.arguments[1] : null;
  if (seed && (constantOf(c, seed) ?? 0) > 0) return null;
  const above = resolve(c, e.operands[0]);
  const list = sum.iterable;
  const element = (x: Expression): boolean => {
    const v = resolve(c, x);
    return sameShape(c, v, term) || list !== null && (v.kind === 'variable' && elementOf(c, v.variable, list) || (v.kind === 'index' || v.kind === 'property') && sameValue(c, v.object, list));
  };
  // Object.entries(parts).map(([name, part]) => part / whole)
  const elsewhere = c.position(e).repetition !== null && c.position(e).repetition !== sum.repetition && above.kind === 'variable' && constantOf(c, above) === null && (c.variable(above.variable).kind === 'parameter' || c.definitions(above.variable)[0]?.kind === 'element');
  return elsewhere || [above, ...factorsOf(c, above).map(f => f.value)].some(element) ? `all of them are 0` : null;
}

/** The same words in the source: element i of the same list in another loop, the same field of another element. */
function sameShape(c: HazardContext, a: Expression, b: Expression): boolean {
  if (a.kind !== b.kind) return false;
  if (a.kind === 'index' && b.kind === 'index') return sameValue(c, a.object, b.object) || a.object.kind === b.object.kind && c.source(a.object) === c.source(b.object);
  return a.kind === 'property' && b.kind === 'property' && a.name === b.name;
}

/** The parameter of a callback over the list. */
function elementOf(c: HazardContext, variable: number, list: Expression): boolean {
  const definition = c.definitions(variable)[0];
  if (definition?.kind === 'element') return sameValue(c, definition.loop.iterable, list);
  const call = callbackOf(c, c.variable(variable).owner)?.call;
  return call !== undefined && sameReceiver(c, call, list);
}

const sums = /^(sum|total|totals|acc|accumulated|aggregate|added)$/;

const counts = /^(count|counts|cnt|num|n|samples|calls|hits|entries|ticks|requests|reviews|votes|ratings|plays|games|trials|attempts|quantity)$/;

/** What a record counts, often none. */
const things = /^(quantity|qty|population|clicks|views|impressions|sessions|users|orders|visits|attempts|shots|games|matches|deaths|losses|trades|supply|shares|budget|goal|target|capacity|limit|quota|total|count|total_?(count|items|users|requests|votes|time|supply|cost|budget))$/i;

/** `stats.total / stats.count`: a field that starts at 0. */
function fieldsOfNothing(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolve(c, e.operands[0]);
  if (above.kind === 'property' && below.kind === 'property' && sameValue(c, above.object, below.object) && things.test(below.name) && !raisedHere(c, e, below)) return `${c.text(below)} is 0`;
  if (below.kind !== 'property' || !wordsOf(nameOf(c, below)).some(w => counts.test(w)) || !wordsOf(nameOf(c, above)).some(w => sums.test(w))) {
    // `this.total[key] / count` and local copies of them.
    if (below.kind !== 'variable' || !wordsOf(nameOf(c, below)).some(w => /^(count|cnt)$/.test(w)) || above.kind !== 'property' || !wordsOf(above.name).some(w => sums.test(w)) || c.variable(below.variable).kind === 'parameter') return null;
    return raisedHere(c, e, below) ? null : `${c.text(below)} is 0`;
  }
  return raisedHere(c, e, below) || c.fact(below)?.lo === 1 ? null : `${c.text(below)} is 0`;
}

/** The same function, or one around it, has raised the count before. */
function raisedHere(c: HazardContext, e: Expression, count: Expression): boolean {
  const within = (fn: ReturnType<HazardContext['function']>, home: number): boolean => fn.kind !== 'module' && (fn.id === home || fn.enclosing !== null && within(c.program.functions[fn.enclosing], home));
  return c.assignments().some(a => a.compound === 'add' && a.end <= e.start && (c.position(a).function === c.position(e).function && c.source(a.target) === c.source(count) || a.target.kind === 'property' && count.kind === 'property' && a.target.name === count.name && within(c.function(e), c.position(a).function)));
}

const figures = /^(value|values|count|total|amount|price|score|sum|median|mean|average|avg|cost|sales|revenue|volume|cases|population|close|open|hits|clicks|views|deaths|kills|rate|balance|income|time|elapsed|ops|hz)$/i;

/** `current.value / previous.value`, `item[part] / item[whole]`: one figure over another of the data. */
function sameOfBefore(c: HazardContext, e: Operation, below: Expression): string | null {
  const above = resolve(c, e.operands[0]);
  if (above.kind === 'property' && below.kind === 'property' && above.name === below.name && figures.test(above.name) && !sameValue(c, above.object, below.object)) return `${c.text(below)} is 0`;
  const key = (k: Expression): boolean => k.kind === 'index' || k.type.kind === 'string' || (k.kind === 'variable' || k.kind === 'property') && /key|field|prop|metric|name|column|numerator|denominator|part|whole/i.test(nameOf(c, k));
  if (above.kind === 'index' && below.kind === 'index' && sameValue(c, above.object, below.object) && above.object.type.kind !== 'typedArray' && constantOf(c, above.index) === null && constantOf(c, below.index) === null && key(above.index) && key(below.index) && !sameValue(c, above.index, below.index)) return `${c.text(below)} is 0`;
  return null;
}

/** The sample variance of one observation: 0 / 0. */
function oneLess(c: HazardContext, e: Operation, below: Expression): string | null {
  if (!isOperation(below, 'sub') || constantOf(c, below.operands[1]) !== 1 || !/var|std|dev|cov|sigma/i.test(functionName(c, e) + receiverName(c, e))) return null;
  const count = resolve(c, below.operands[0]);
  if (count.kind !== 'property' || count.name !== 'length' || (c.fact(below)?.lo ?? 0) > 0) return null;
  for (const guard of c.guards(e)) if (/length|size|\bn\b/.test(c.source(guard.test))) return null;
  return sumBehind(c, resolve(c, e.operands[0])) ? `${c.text(count.object)} has one element` : null;
}

/** `player.currentTime / player.duration`: the duration is not known yet. */
function ofPlayer(c: HazardContext, e: Operation, below: Expression): string | null {
  if (below.kind !== 'property' && below.kind !== 'call') return null;
  const above = resolve(c, e.operands[0]);
  return /^(get)?_?duration$/i.test(nameOf(c, below)) && /^(get)?_?(current_?time|position|progress|buffered|played|seek_?time)$/i.test(nameOf(c, above)) ? `${c.text(below)} is 0` : null;
}

/** `2 * common / (a.length + b.length)`, `shared / union.size` in a similarity. */
function sizes(c: HazardContext, e: Operation, below: Expression): string | null {
  const size = (x: Expression): boolean => { const v = resolve(c, x); return v.kind === 'property' && (v.name === 'length' || v.name === 'size') && !((c.fact(x)?.lo ?? 0) > 0) && !neverEmpty(c, v.object); };
  const similar = /similar|jaccard|dice|overlap|coefficient|accura|precision|recall|score|rate|ratio|coverage|percent|proportion|fraction/i.test(functionName(c, e) + ' ' + receiverName(c, e));
  if (isOperation(below, 'add') && similar) { const terms = termsOf(below); return terms.length === 2 && terms.every(t => !t.negative && size(t.value)) ? `both are empty` : null; }
  // Tanimoto: a·b / (|a|² + |b|² − a·b)
  const parts = termsOf(below);
  if (/tanimoto|similar|coefficient/i.test(functionName(c, e)) && parts.length >= 2 && parts.every(t => sumBehind(c, resolve(c, t.value)) !== null)) return `both are zeros`;
  const above = resolve(c, e.operands[0]);
  const counted = above.kind === 'variable' && isCounter(c, above.variable) || above.kind === 'property' && (above.name === 'length' || above.name === 'size');
  return similar && size(below) && counted && below.kind === 'property' ? `${c.text(below.object)} is empty` : null;
}

/** `a / (a + b)`: a part of two parts, both of which may be 0. */
function partOfParts(c: HazardContext, e: Operation, below: Expression): string | null {
  if (!isOperation(below, 'add')) return null;
  const terms = termsOf(below).map(t => t.value);
  if (terms.length < 2 || termsOf(below).some(t => t.negative) || terms.some(t => !['property', 'variable', 'index'].includes(resolve(c, t).kind) || constantOf(c, t) !== null || (c.fact(t)?.lo ?? 0) > 0 || exponentialOf(c, t))) return null;
  const above = factorsOf(c, e.operands[0]).map(f => f.value);
  return terms.every(t => ['property', 'variable'].includes(t.kind) && /^(tp|fp|fn|tn|true_?positives?|false_?positives?|hits?|miss(es)?|wins?|loss(es)?|pass(ed)?|fail(ed|ures)?|success(es)?|errors?|yes|no|likes?|dislikes?|up_?votes?|down_?votes?|positives?|negatives?|correct|incorrect|covered|uncovered|used|free|available|done|remaining|completed|pending|active|inactive)(_?count|_?total|s)?$/i.test(nameOf(c, t))) && above.some(a => terms.some(t => sameValue(c, a, t))) ? `${c.text(below)} is 0` : null;
}
