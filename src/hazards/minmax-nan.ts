import type { Assignment, Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { mentionedInGuard, mentions, relationsOf } from './matching/guards';
import { functionName, nameOf, sizeWords, wordsOf } from './matching/names';
import { fieldByName, keptExtreme, onlyShifts, seededByNothing } from './matching/extremes';
import { integral } from './matching/integers';
import { reductionOf } from './matching/callbacks';
import { parsedFrom } from './matching/parsed-text';
import { unpacked } from './matching/patterns';
import { constantOf, isOperation, resolve } from './matching/structure';

export const minmaxNan: Hazard = {
  id: 'minmax-nan',
  * detect(c) {
    const told = new Set<number>();
    for (const fold of [...folds(c)].sort((a, b) => a.at.start - b.at.start)) {
      const { at, candidate } = fold;
      if (c.fact(candidate)?.maybeNaN === false || integral(c, candidate) || excluded(c, at, candidate) || onlyShifts(c, fold.own)) continue;
      const severity = severityOf(c, fold);
      const home = c.position(at).function;
      // One information a function: the other ends of the same box are hints. Those of a field need not be told again.
      const field = severity === null && at.kind === 'assign' && !told.has(home) ? keptExtreme(c, at, candidate) : null;
      if (field) {
        yield { at, severity: field, message: `${c.text(at)} is NaN for good after the first call with NaN as ${c.text(candidate)}${field === 'info' ? ', and NaN is not the infinity that is asked for' : ''}.` };
        told.add(home);
      }
      if (severity) yield { at, severity: told.has(home) ? 'hint' : severity, message: `${c.text(at)} is NaN for good after the first ${c.text(candidate)} that is NaN.` };
      if (severity === 'info') told.add(home);
    }
    for (const a of c.assignments()) {
      const seeded = seededByNothing(c, a);
      const first = seeded?.candidate;
      if (!first || c.fact(first)?.maybeNaN === false || integral(c, first) || excluded(c, a, first) || !external(c, first) && !fieldByName(c, first)) continue;
      const home = c.position(a).function;
      const severity = fieldByName(c, first) && !told.has(home) ? 'info' : 'hint';
      if (severity === 'info') told.add(home);
      yield { at: seeded.test, severity, message: `${c.text(a.target)} stays NaN when the first ${c.text(first)} is NaN (or undefined): no comparison with it holds.` };
    }
    yield* seededByFirst(c);
  },
};

/** A minimum or maximum that is carried on from value to value. */
interface Fold {
  readonly at: Expression;
  readonly own: Expression;
  readonly candidate: Expression;
}

/** `lo = Math.min(lo, v)` in a loop or on something that outlives the call, and `Math.min(lo, v)` with the accumulator of a reduction. */
function* folds(c: HazardContext): Generator<Fold> {
  for (const a of c.assignments()) {
    if (!isOperation(a.value, 'min', 'max') || a.value.operands.length !== 2 || a.compound !== null || !c.position(a).repetition && !outlives(c, a)) continue;
    const own = a.value.operands.find(o => sameRead(c, o, a.target));
    const candidate = a.value.operands.find(o => o !== own);
    if (own && candidate) yield { at: a, own, candidate };
  }
  for (const operator of ['min', 'max'] as const) {
    for (const e of c.operations(operator)) {
      const own = e.operands.length === 2 ? e.operands.find(o => carried(c, o)) : undefined;
      const candidate = e.operands.find(o => o !== own);
      const user = c.parent(e);
      if (own && candidate && !(user?.kind === 'assign' && sameRead(c, own, user.target))) yield { at: e, own, candidate };
    }
  }
}

/** The accumulator of a reduction, or a part of it. */
function carried(c: HazardContext, e: Expression): boolean {
  const value = unpacked(c, e);
  const root = value.kind === 'index' || value.kind === 'property' ? unpacked(c, value.object) : value;
  return root.kind === 'variable' && reductionOf(c, root.variable) !== null;
}

/** A field, or a variable of a function around: what is stored there meets the next call's value. */
function outlives(c: HazardContext, a: Assignment): boolean {
  const home = c.function(a);
  if (a.target.kind === 'variable') return c.variable(a.target.variable).owner !== home.id && home.kind !== 'module';
  if (a.target.kind !== 'property' && a.target.kind !== 'index' || home.kind === 'constructor' || home.kind === 'initializer' || home.kind === 'module') return false;
  const owner = resolve(c, a.target.object);
  return owner.kind !== 'object' && owner.kind !== 'array' && owner.kind !== 'new';
}

/** Information where text is read as a number, or where a marker of missing samples is compared with, and nothing asks for NaN; a hint for other data from outside. */
function severityOf(c: HazardContext, { at, own, candidate }: Fold): 'info' | 'hint' | null {
  const text = parsedFrom(c, candidate);
  const repeated = c.position(at).repetition !== null || carried(c, own);
  if (text && wordsOf(nameOf(c, text)).some(w => numbering.has(w))) return 'hint';
  if (text) return mentionedInGuard(c, at, candidate) || mentionedInGuard(c, at, text) || answerTested(c, at, own) ? 'hint' : 'info';
  if (!repeated) return null;
  if (markedMissing(c, at, candidate)) return answerTested(c, at, own) ? 'hint' : 'info';
  if (fieldByName(c, candidate) && !mentionedInGuard(c, at, candidate)) return answerTested(c, at, own) ? 'hint' : 'info';
  return external(c, candidate) && !comparedBefore(c, at, candidate) ? 'hint' : null;
}

/** Numbers that a program gives out itself: their text is a number. */
const numbering: ReadonlySet<string> = new Set(['id', 'ids', 'idx', 'index', 'seq', 'sequence', 'version', 'revision', 'page', 'year', 'port', 'order', 'rank', 'count', 'num']);

const missingWords: ReadonlySet<string> = new Set(['nodata', 'missing', 'fill', 'novalue', 'undef', 'empty', 'blank', 'invalid', 'null', 'mask', 'masked', 'sentinel']);

/** `if (v === nodata) continue` with a marker that the data give: floating-point rasters mark with NaN, which equals nothing. */
function markedMissing(c: HazardContext, at: Expression, candidate: Expression): boolean {
  return relationsOf(c, at, candidate).some(r => {
    if (r.operator !== 'ne' || constantOf(c, r.right) !== null || r.right.kind !== 'variable' && r.right.kind !== 'property') return false;
    const words = wordsOf(nameOf(c, r.right));
    return words.some(w => missingWords.has(w)) || /no_?(data|value)/i.test(nameOf(c, r.right));
  });
}

/** The extreme itself is asked for NaN before it is used: `Number.isFinite(lo) ? …`. */
function answerTested(c: HazardContext, at: Expression, own: Expression): boolean {
  const home = c.function(at);
  const around = home.enclosing === null ? home.id : home.enclosing;
  return c.calls().some(call => /^(isFinite|isNaN)$/.test(calledName(c, call)) && [home.id, around].includes(c.position(call).function) && call.arguments.some(x => sameRead(c, x, own)));
}

/** `a = xs[0]; if (a > (b = xs[i])) a = b`: a first element that is NaN is never replaced, since no comparison with it holds. */
function* seededByFirst(c: HazardContext): Generator<Detection> {
  for (const a of c.assignments()) {
    if (a.target.kind !== 'variable' || a.compound !== null || !c.position(a).repetition) continue;
    const variable = a.target.variable;
    const guard = c.position(a).guard;
    const own = (e: Expression): boolean => e.kind === 'variable' && e.variable === variable;
    if (!guard?.truth || !isOperation(guard.test, 'lt', 'gt', 'le', 'ge') || !guard.test.operands.some(own)) continue;
    const other = guard.test.operands.find(o => !own(o));
    const candidate = other?.kind === 'assign' ? other.value : other;
    if (!candidate || c.fact(candidate)?.maybeNaN === false || integral(c, candidate) || !first(c, variable) || onlyShifts(c, a.target) || [...c.guards(a)].some(g => /isNaN|isFinite|(\w+) *[<>]= *\1\b/.test(c.source(g.test)))) continue;
    if (!/min|max|extent|extrem|range|bounds/i.test(functionName(c, a) + c.variable(variable).name)) continue;
    yield { at: a, message: `${c.variable(variable).name} starts at the first element: when that is NaN, no comparison holds and it stays NaN.` };
  }
}

/** The variable starts at an element of a list: given without a comparison with what it was, as the updates are. */
function first(c: HazardContext, variable: number): boolean {
  const compared = (a: Assignment): boolean => { const test = c.position(a).guard?.test; return test !== undefined && isOperation(test, 'lt', 'gt', 'le', 'ge') && test.operands.some(o => o.kind === 'variable' && o.variable === variable); };
  return c.definitions(variable).some(d => {
    if (d.kind !== 'value' || d.compound !== null || d.assignment && compared(d.assignment)) return false;
    const given = d.value.kind === 'assign' ? d.value.value : d.value;
    const value = isOperation(given, 'abs', 'neg', 'plus') ? given.operands[0] : given;
    return value.kind === 'index' && (constantOf(c, value.index) === 0 || value.index.kind === 'variable') || value.kind === 'call' && value.arguments.some(x => x.kind === 'index' && constantOf(c, x.index) === 0);
  });
}

function sameRead(c: HazardContext, e: Expression, target: Expression): boolean {
  return e.kind === target.kind && c.source(e) === c.source(target);
}

/** Data from outside: what a unary plus makes a number, elements of floating-point arrays of samples, results of an accessor. */
function external(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'plus')) return true;
  if (value.kind === 'call') return /^(accessor|valueof|valueOf|getValue|f|fn|value)$/.test(calledName(c, value)) && value.callee.kind !== 'local';
  if (value.kind === 'index') return (value.object.type.kind !== 'typedArray' || value.object.type.name.startsWith('Float')) && samples(c, value.object);
  if (value.kind === 'variable') {
    const definition = c.definitions(value.variable)[0];
    if (definition?.kind === 'element') return samples(c, definition.loop.iterable);
    if (definition?.kind === 'value') return definition.value !== value && external(c, definition.value);
  }
  return false;
}

function samples(c: HazardContext, array: Expression): boolean {
  const words = wordsOf(nameOf(c, array));
  return words.some(w => ['data', 'values', 'value', 'samples', 'sample', 'series', 'measurements', 'readings', 'temperatures', 'columns', 'column'].includes(w)) && !words.some(w => sizeWords.has(w));
}

/** A condition that NaN does not pass: `isNaN`, `isFinite`, `v === v`, an order that holds, a validation that is given the value. */
function excluded(c: HazardContext, at: Expression, candidate: Expression): boolean {
  for (const guard of c.guards(at)) {
    if (/isNaN|isFinite|isInteger|is_?(valid|number|numeric|finite|nan)\b/i.test(c.source(guard.test)) || calls(c, guard.test, candidate)) return true;
    if (ordered(c, guard.test, guard.truth, candidate)) return true;
  }
  return false;
}

/** `v >= 0` that is true, `!(v < lo)` that is false; `v !== v` and `v === v`. */
function ordered(c: HazardContext, test: Expression, truth: boolean, candidate: Expression): boolean {
  if (test.kind === 'logical') return (test.operator === 'and') === truth && (ordered(c, test.left, truth, candidate) || ordered(c, test.right, truth, candidate));
  if (isOperation(test, 'not')) return ordered(c, test.operands[0], !truth, candidate);
  if (truth && isOperation(test, 'lt', 'le', 'gt', 'ge') && test.operands.some(o => mentions(c, o, candidate))) return true;
  return isOperation(test, 'eq', 'ne') && c.source(test.operands[0]) === c.source(test.operands[1]) && mentions(c, test, candidate);
}

function calls(c: HazardContext, test: Expression, candidate: Expression): boolean {
  const inner: Expression = isOperation(test, 'not') ? (test as Operation).operands[0] : test;
  return inner.kind === 'call' && inner.arguments.some(x => mentions(c, x, candidate));
}

/** The value has been compared with anything else: nothing is known of what is left. */
function comparedBefore(c: HazardContext, at: Expression, candidate: Expression): boolean {
  return [...c.guards(at)].some(g => /!==|null|undefined|>=|<=/i.test(c.source(g.test)) && mentions(c, g.test, candidate));
}
