import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, calledName } from './matching/accumulation';
import { replacement } from './matching/edits';
import { functionName } from './matching/names';
import { constantsOf } from './matching/origins';
import { constantOf, isOperation, resolve, sameValue } from './matching/structure';

export const absoluteEpsilon: Hazard = {
  id: 'absolute-epsilon',
  * detect(c) {
    for (const operator of ['lt', 'le', 'gt', 'ge'] as const) {
      for (const e of c.operations(operator)) {
        const [a, b] = operator === 'lt' || operator === 'le' ? e.operands : [e.operands[1], e.operands[0]];
        const found = compared(c, e, a, b) ?? compared(c, e, b, a);
        if (!found || scaledToo(c, e)) continue;
        if (found.summed) {
          yield { at: e, message: `${c.text(e)} compares with ${found.tolerance}, which is less than the rounding error of ${c.text(found.summed)} as soon as ${c.text(found.left)} exceeds ${found.limit}.`, remedy: 'Scale the tolerance with the sum of the sizes of the terms.', related: [{ message: 'The terms are added here.', at: found.summed }] };
          continue;
        }
        yield {
          at: e,
          message: `${c.text(e)} compares with ${found.tolerance}, which is less than one ulp of ${c.text(found.left)} as soon as that exceeds ${found.limit}.`,
          fixes: [replacement(c, found.epsilon, `${c.source(found.epsilon)} * Math.max(1, Math.abs(${c.source(found.left)}), Math.abs(${c.source(found.right)}))`, 'Scale the tolerance with the operands', false)],
          remedy: `Scale the tolerance: ${c.text(found.epsilon)} * Math.max(1, Math.abs(${c.text(found.left)}), Math.abs(${c.text(found.right)})).`,
        };
      }
    }
  },
};

/** The same function goes on to a tolerance that grows with the operands: `diff <= epsilon * Math.max(|a|, |b|)`. */
function scaledToo(c: HazardContext, e: Operation): boolean {
  return c.operations('mul').some(m => c.position(m).function === c.position(e).function && m.operands.some(o => { const v = resolve(c, o); return isOperation(v, 'max', 'add', 'min') && v.operands.some(x => isOperation(resolve(c, x), 'abs')); }));
}

interface Compared {
  readonly left: Expression;
  readonly right: Expression;
  readonly epsilon: Expression;
  readonly tolerance: string;
  /** The size of an operand from which the tolerance is below its ulp. */
  readonly limit: string;
  /** The update of the sum whose terms `left − right` are; they are out of sight at the comparison. */
  readonly summed?: Expression;
}

/** |a − b| against a constant of the size of the unit roundoff. */
function compared(c: HazardContext, at: Operation, difference: Expression, epsilon: Expression): Compared | null {
  const absolute = resolve(c, difference);
  const size = isOperation(absolute, 'abs') ? absolute.operands[0] : absolute.kind === 'call' && calledName(c, absolute) === 'abs' && absolute.arguments.length === 1 ? absolute.arguments[0] : null;
  const inner = size ? resolve(c, size) : absolute;
  if (!isOperation(inner, 'sub')) return size && inner.kind === 'variable' ? summed(c, inner, epsilon) : null;
  // a − b < Number.EPSILON without a sign taken off: the tolerance alone tells that closeness is meant.
  if (inner === absolute && !endless(c, at, inner, epsilon) && !(/epsilon|toleran|approx|fuzzy/i.test(functionName(c, absolute)) || constantOf(c, epsilon) === Number.EPSILON && /equal|less|greater|compare|close|near|within|^(f|is)?_?(lt|gt|le|ge|lte|gte|eq)$|before|after/i.test(functionName(c, absolute)))) return null;
  const tolerance = constantOf(c, epsilon) ?? givenTolerance(c, epsilon);
  if (tolerance === null || tolerance <= 0 || tolerance > 1e-9) return null;
  const [left, right] = inner.operands;
  // A determinant grows with the square of the coordinates, and so does its rounding error.
  if ([left, right].every(o => { const v = resolve(c, o); return isOperation(v, 'mul') && constantOf(c, v) === null && v.operands.every(x => constantOf(c, x) === null); })) {
    const named = /col_?linear|parallel|same_?line|on_?line|straight|line.*intersect|intersect.*line|^intersect/i.test(functionName(c, left));
    return tolerance <= 1e-14 || named ? { left, right, epsilon, tolerance: `${c.text(epsilon)}`, limit: (tolerance * 2 ** 52).toPrecision(2) } : null;
  }
  // ulp(x) exceeds the tolerance from x = tolerance · 2^52 upwards.
  const limit = 2 ** Math.ceil(Math.log2(tolerance * 2 ** 52));
  // A tolerance well above the unit roundoff is wrong only for large operands, which must be known or be compared with scale elsewhere.
  if (tolerance > 1e-14 && !large(c, left, limit) && !large(c, right, limit) && !reaches(c, left, right, limit) && !reaches(c, right, left, limit) && !coordinates(c, left, right) && !general(c, left, right)) return null;
  if (small(c, left) && small(c, right)) return null;
  if (tolerance > 1e-14 && constantOf(c, right) !== null) return null;
  return { left, right, epsilon, tolerance: `${c.text(epsilon)}`, limit: limit >= 1e6 ? limit.toExponential(0) : String(limit) };
}

/** The area of a ring, `sum += x₁y₂ − x₂y₁`, whose rounding error grows with the square of the coordinates. */
function summed(c: HazardContext, sum: Expression & { kind: 'variable' }, epsilon: Expression): Compared | null {
  const tolerance = constantOf(c, epsilon);
  if (tolerance === null || tolerance <= 0 || tolerance > 1e-14) return null;
  for (const a of accumulationsOf(c)) {
    if (a.operator !== 'add' || a.target.kind !== 'variable' || a.target.variable !== sum.variable || a.call || a.terms.length === 0) continue;
    const term = resolve(c, a.terms[0].value);
    const [left, right] = a.terms.length === 2 ? a.terms.map(t => t.value) : isOperation(term, 'sub') ? term.operands : [];
    if (left && right && [left, right].every(o => { const v = resolve(c, o); return isOperation(v, 'mul') && v.operands.every(x => constantOf(c, x) === null); })) return { left, right, epsilon, tolerance: c.text(epsilon), limit: (tolerance * 2 ** 52).toPrecision(2), summed: a.at };
  }
  return null;
}

function small(c: HazardContext, e: Expression): boolean {
  const fact = c.fact(e);
  if (fact !== null && fact.lo >= -2 && fact.hi <= 2) return true;
  // x - Math.floor(x), x % 1
  const value = resolve(c, e);
  if (isOperation(value, 'sub') && isOperation(resolve(c, value.operands[1]), 'floor', 'trunc', 'ceil', 'round') && sameValue(c, (resolve(c, value.operands[1]) as Operation).operands[0], value.operands[0])) return true;
  if (isOperation(value, 'rem') && constantOf(c, value.operands[1]) === 1) return true;
  const constant = constantOf(c, e);
  return constant !== null && Math.abs(constant) <= 1 && constant !== 0;
}

function large(c: HazardContext, e: Expression, limit: number): boolean {
  const fact = c.fact(e);
  return fact !== null && fact.evidence && Number.isFinite(fact.hi) && Math.max(Math.abs(fact.lo), fact.hi) >= limit;
}

/** Ends of an interval, arguments and defaults that the file itself gives such a size. What a first round is only to differ from (`last = 1e9`, then `last = x`) is none. */
function reaches(c: HazardContext, e: Expression, other: Expression, limit: number): boolean {
  if (constantOf(c, e) !== null || e.kind === 'variable' && c.definitions(e.variable).some(d => d.kind === 'value' && d.compound === null && sameValue(c, d.value, other))) return false;
  return constantsOf(c, e).some(k => Math.abs(k) >= limit && Number.isFinite(k));
}

/** `while (hi - lo > 1e-12)` between ends so large that neighbouring doubles are further apart. */
function endless(c: HazardContext, at: Operation, difference: Operation, epsilon: Expression): boolean {
  const loop = c.position(at).repetition;
  const tolerance = constantOf(c, epsilon) ?? givenTolerance(c, epsilon);
  if (loop?.kind !== 'loop' || loop.loop.kind !== 'loop' || !loop.loop.test || !(loop.loop.test.start <= at.start && at.end <= loop.loop.test.end) || tolerance === null || tolerance <= 0) return false;
  const limit = 2 ** Math.ceil(Math.log2(tolerance * 2 ** 52));
  const [left, right] = difference.operands;
  return reaches(c, left, right, limit) || reaches(c, right, left, limit);
}

function coordinates(c: HazardContext, left: Expression, right: Expression): boolean {
  const isCoordinate = (e: Expression): boolean => { const v = resolve(c, e); return v.kind === 'property' && /^(x|y|lat|lon|lng|left|right|top|bottom)$/i.test(v.name); };
  return isCoordinate(left) && isCoordinate(right);
}

/** A comparison for any numbers: both are parameters of a function that is named after equality. */
function general(c: HazardContext, left: Expression, right: Expression): boolean {
  const parameter = (e: Expression): boolean => e.kind === 'variable' && c.variable(e.variable).kind === 'parameter';
  return parameter(left) && parameter(right) && /equal|approx|almost|close|same|compare|epsilon|near|fuzzy|toleran|^(is_?|f)?eq$/i.test(functionName(c, left));
}

/** The default of a tolerance, `epsilon = Number.EPSILON`, or the largest that the file itself gives. */
function givenTolerance(c: HazardContext, e: Expression): number | null {
  if (e.kind === 'property') { const fields = constantsOf(c, e); return fields.length > 0 ? Math.max(...fields) : null; }
  if (e.kind !== 'variable') return null;
  const initializer = c.program.functions[c.variable(e.variable).owner].parameters.find(p => p.variable === e.variable)?.initializer;
  if (initializer) return constantOf(c, initializer);
  // if (typeof eps !== 'number') eps = 1e-10
  const given = c.variable(e.variable).kind === 'parameter' ? c.definitions(e.variable) : [];
  for (const d of given) if (d.kind === 'value' && d.compound === null) { const k = constantOf(c, d.value); if (k !== null) return k; }
  // ({ epsilon } = defaults) => …, closeTo(a, b, 1e-16)
  const known = constantsOf(c, e);
  return known.length > 0 ? Math.max(...known) : null;
}
