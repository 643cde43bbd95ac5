import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { accumulationsOf, calledName } from './matching/accumulation';
import { callbackOf } from './matching/callbacks';
import { sitesOf } from './matching/callers';
import { integral } from './matching/integers';
import { functionName, nameOf, wordsOf } from './matching/names';
import { constantOf, factorsOf, isOperation, resolve, resolveAt, resolveDeep, sameValue, soleResult, squareOf, termsOf } from './matching/structure';
import { originsOf } from './matching/origins';
import { nearOne } from './matching/near-one';
import { flowsTo, usesOf } from './matching/usage';

export const cancellationSubtraction: Hazard = {
  id: 'cancellation-subtraction',
  * detect(c) {
    const seen = new Set<Expression>();
    for (const a of accumulationsOf(c)) {
      if (a.operator !== 'add') continue;
      const operands = a.operation.kind === 'operation' ? a.operation.operands : [];
      for (const value of [...operands, ...a.terms.map(t => t.value)]) {
        const cross = crossProductIn(c, value) ?? trapezoid(c, value);
        if (!cross || seen.has(cross)) continue;
        seen.add(cross);
        yield {
          at: cross,
          message: isOperation(cross, 'sub') ? `${c.text(cross)} subtracts two products of absolute coordinates: far from the origin they agree in their leading digits, and the area between them is lost.`
            : `${c.text(cross)} multiplies by a sum of absolute coordinates: far from the axis these strips are much larger than the area, which is lost when they are added.`,
          related: [{ message: 'They are summed here.', at: a.at }],
        };
      }
    }
    yield* tripleProducts(c, seen);
    yield* splitCross(c, seen);
    yield* mappedCross(c, seen);
    for (const e of c.operations('sub')) if (!seen.has(e) && isCross(c, e) && weighsInReducer(c, e)) {
      seen.add(e);
      yield { at: e, message: `${c.text(e)} subtracts two products of absolute coordinates: far from the origin they agree in their leading digits, and what they weigh is lost.` };
    }
    for (const e of c.operations('sub')) yield* conjugate(c, e);
    for (const e of c.operations('sub')) {
      const near = nearOne(c, e);
      if (near) yield {
        at: e, message: `${c.text(e)} is 0 when ${c.text(near.small)} is below 1e-16, and has half its digits at 1e-8.`,
        why: `${c.text(near.value)} is rounded near 1, and its leading digits cancel.`, remedy: `Write it without the difference: ${near.form}, where y is ${c.text(near.small)}.`,
      };
    }
    for (const e of c.operations('sub')) if (!seen.has(e) && orientation(c, e)) {
      yield { at: e, message: `${c.text(e)} subtracts two products of absolute coordinates; far from the origin its sign and size are noise.` };
    }
  },
};

/** `six += a[0] * n[0] + a[1] * n[1] + a[2] * n[2]` with n the cross product that a function of this file answers for two vertices: volumes over absolute coordinates. Edges are differences, and near the origin. */
function* tripleProducts(c: HazardContext, seen: Set<Expression>): Generator<Detection> {
  for (const a of accumulationsOf(c)) {
    const terms = a.operator === 'add' && a.terms.length === 3 ? a.terms.map(t => resolve(c, t.value)) : [];
    if (terms.length === 0 || !terms.every(t => isOperation(t, 'mul') && t.operands.length === 2 && t.operands.every(o => o.kind === 'index' || o.kind === 'property'))) continue;
    const crosses = terms.map(t => isOperation(t, 'mul') ? t.operands.flatMap(o => originsOf(c, o)).find((o): o is Operation => isOperation(o, 'sub') && isCross(c, o)) : undefined);
    const first = crosses[0];
    if (!first || crosses.some(x => x === undefined) || seen.has(first) || c.function(first) === c.function(a.at) || sitesOf(c, c.function(first)).some(site => site.arguments.some(x => subtracted(c, x)))) continue;
    crosses.forEach(x => { if (x) seen.add(x); });
    yield { at: first, message: `${c.text(first)} subtracts two products of absolute coordinates: far from the origin they agree in their leading digits, and the volume is lost.`, related: [{ message: 'The volumes are summed here.', at: a.at }] };
  }
}

/** The difference of two points: made by a function of that name, or element by element. */
function subtracted(c: HazardContext, e: Expression): boolean {
  return originsOf(c, e).some(o => o.kind === 'call' && /sub|diff|minus|edge|delta|relative|local|to_?origin/i.test(calledName(c, o)) || o.kind === 'array' && o.elements.some(x => x !== null && isOperation(resolve(c, x), 'sub')) || o.kind === 'object' && o.properties.some(p => isOperation(resolve(c, p.value), 'sub'))) || /edge|delta|normal|dir/i.test(nameOf(c, e));
}

/** In the callback of a reduction that answers several sums at once: `([x, y], p, i) => [x + (p[0] + q[0]) * cross, …]`. */
function weighsInReducer(c: HazardContext, e: Operation): boolean {
  const call = callbackOf(c, c.function(e).id)?.call;
  if (!call || calledName(c, call) !== 'reduce') return false;
  return flowsTo(c, e, user => isOperation(user, 'add') && c.parent(user)?.kind === 'array', ['mul'], 3);
}

/** `√(x² + c) − x` for large x: both are near x. */
function* conjugate(c: HazardContext, e: Operation): Generator<Detection> {
  const root = resolve(c, e.operands[0]);
  const sum = isOperation(root, 'sqrt') ? resolve(c, root.operands[0]) : null;
  const x = e.operands[1];
  const parent = c.parent(e);
  // A quotient of it is a root of a quadratic equation, which has its own rule.
  if (!sum || !isOperation(sum, 'add') || sum.operands.length !== 2 || parent && isOperation(parent, 'div') && parent.operands[0] === e || (c.fact(x)?.hi ?? Infinity) <= 1) return;
  const rest = sum.operands.filter(o => { const base = squareOf(c, o); return base === null || !sameValue(c, base, x); });
  if (rest.length !== 1 || constantOf(c, rest[0]) === 0 || (c.fact(rest[0])?.lo ?? -1) < 0 && squareOf(c, rest[0]) === null) return;
  yield { at: e, message: `${c.text(e)} cancels when ${c.text(x)} is large: beyond 1e8 it is 0.`, why: `The root is rounded to 53 bits, and the digits in which it agrees with ${c.text(x)} cancel.`, remedy: `Multiply by the conjugate: ${c.text(rest[0])} / (Math.sqrt(…) + ${c.text(x)}).` };
}

/** a.x · b.y − b.x · a.y in a term (also as a factor, as in centroids), of raw coordinates that vary with the loop. */
function crossProductIn(c: HazardContext, term: Expression): Operation | null {
  const value = resolveAt(c, resolveDeep(c, term));
  if (isOperation(value, 'sub')) return isCross(c, value) ? value : null;
  if (isOperation(value, 'mul', 'div')) return value.operands.map(o => crossProductIn(c, o)).find(x => x !== null) ?? null;
  return null;
}

/** Rings are outlines of places on a map; polygons are mostly drawings, near their origin. */
const closed: ReadonlySet<string> = new Set(['ring', 'contour', 'winding', 'clockwise', 'cw', 'ccw', 'orientation']);

/** (x₀ − x₁)·(y₀ + y₁): strips under the edges, which far from the axis are much larger than the area between them. */
function trapezoid(c: HazardContext, term: Expression): Operation | null {
  const value = resolve(c, term);
  if (!isOperation(value, 'mul')) return null;
  const [a, b] = value.operands.map(o => resolve(c, o));
  const [difference, sum] = isOperation(a, 'sub') ? [a, b] : [b, a];
  if (!isOperation(difference, 'sub') || !isOperation(sum, 'add') || sum.operands.length !== 2) return null;
  const parts = [...difference.operands, ...sum.operands].map(o => resolveAt(c, o));
  // The integral below a curve has the same form, and does not come back to where it began.
  const names = [functionName(c, term), ...parts.flatMap(o => o.kind === 'property' || o.kind === 'index' ? [nameOf(c, o.object)] : [])];
  if (!names.some(name => wordsOf(name).some(w => closed.has(w.replace(/s$/, ''))))) return null;
  return parts.every(o => coordinate(c, o)) && !parts.every(o => integral(c, o)) && axis(c, parts[0]) === axis(c, parts[1]) && axis(c, parts[2]) === axis(c, parts[3]) && axis(c, parts[0]) !== axis(c, parts[2]) ? value : null;
}

/** `x` of p.x, `0` of p[0]. */
function axis(c: HazardContext, e: Expression): string | number | null {
  return e.kind === 'property' ? e.name : e.kind === 'index' ? constantOf(c, e.index) : null;
}

function isCross(c: HazardContext, e: Operation): boolean {
  const [left, right] = e.operands.map(o => resolve(c, o));
  if (!isOperation(left, 'mul') || !isOperation(right, 'mul')) return false;
  const factors = [...left.operands, ...right.operands];
  // x² − y² of a running sum of squares is no area.
  if ([left, right].every(side => squareOf(c, side) !== null)) return false;
  return factors.length === 4 && factors.every(f => coordinate(c, f)) && !factors.every(f => integral(c, f));
}

/** A raw coordinate: an element, a property or a local that copies one; a difference is not (a local origin was subtracted). */
function coordinate(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'index' || value.kind === 'property') return true;
  if (value.kind === 'variable') {
    const definitions = c.definitions(value.variable);
    return c.variable(value.variable).kind !== 'parameter' && definitions.length > 0 && definitions.every(d => d.kind === 'element' || d.value.kind === 'index' || d.value.kind === 'property' || d.value.kind === 'variable' || d.value.kind === 'assign');
  }
  return false;
}

/** Products of two coordinates of one term each, constants left out: `x0 * y1 * 0.5`. */
function crossTerm(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e).filter(f => constantOf(c, f.value) === null);
  return factors.length === 2 && factors.every(f => !f.inverted && coordinate(c, f.value)) && !factors.every(f => integral(c, f.value));
}

/** `pts.map((p, i) => p.x * q.y - q.x * p.y)` that is summed afterwards. */
function* mappedCross(c: HazardContext, seen: Set<Expression>): Generator<Detection> {
  for (const a of accumulationsOf(c)) {
    const list = a.operator === 'add' && a.iterable ? resolve(c, a.iterable) : null;
    const literal = list?.kind === 'call' && calledName(c, list) === 'map' && list.arguments[0] ? resolve(c, list.arguments[0]) : null;
    const fn = literal?.kind === 'function' ? c.program.functions[literal.function] : undefined;
    const result = soleResult(fn);
    const cross = result ? crossProductIn(c, result) : null;
    if (!cross || seen.has(cross)) continue;
    seen.add(cross);
    yield { at: cross, message: `${c.text(cross)} subtracts two products of absolute coordinates: far from the origin they agree in their leading digits, and the area between them is lost.`, related: [{ message: 'The differences are summed here.', at: a.at }] };
  }
}

/** a.x·(b.y − c.y) chains on longitudes and latitudes are left to the orientation tests of libraries; only the line intersection with four absolute corners is reported. */
function orientation(c: HazardContext, e: Operation): boolean {
  if (!isCross(c, e)) return false;
  // (x1·y2 − y1·x2)(x3 − x4) − (x1 − x2)(x3·y4 − y3·x4), also with the crosses in locals.
  for (const { user, operand } of usesOf(c, e)) {
    if (user && isOperation(user, 'add') && lineEquation(c, user, operand)) return true;
    if (!user || !isOperation(user, 'mul')) continue;
    const other = user.operands.find(o => o !== operand);
    const outer = c.parent(user);
    const difference = other ? resolve(c, other) : null;
    // A product of two crosses is a term of a determinant of a matrix.
    if (difference && isOperation(difference, 'sub') && !isOperation(resolve(c, difference.operands[0]), 'mul') && outer && isOperation(outer, 'sub')) return true;
  }
  return false;
}

/** a·x + b·y + c of the line through two points: a and b are differences, and c is the cross product of the points. */
function lineEquation(c: HazardContext, sum: Expression, cross: Expression): boolean {
  const others = termsOf(sum).filter(t => t.value !== cross && !t.negative).map(t => resolve(c, t.value));
  return others.length === 2 && others.every(o => isOperation(o, 'mul') && o.operands.some(f => { const d = resolve(c, f); return isOperation(d, 'sub') && d.operands.every(p => coordinate(c, p)); }));
}

/** `a += x0 * y1; a -= x1 * y0;` in one loop, or `sum + x0 * y1 - x1 * y0`: the same difference in two steps. */
function* splitCross(c: HazardContext, seen: ReadonlySet<Expression>): Generator<Detection> {
  for (const plus of accumulationsOf(c)) {
    if (plus.operator !== 'add') continue;
    const [one, two] = plus.terms;
    if ([...seen].some(e => plus.operation.start <= e.start && e.end <= plus.operation.end)) continue;
    if (plus.terms.length === 2 && one.negative !== two.negative && crossTerm(c, one.value) && crossTerm(c, two.value)) {
      yield { at: plus.operation, message: `${c.text(plus.operation)} adds and subtracts products of absolute coordinates: far from the origin the area between them is lost.` };
    }
    if (plus.terms.length !== 1 || one.negative || !crossTerm(c, one.value)) continue;
    const minus = accumulationsOf(c).find(m => m !== plus && m.repetition === plus.repetition && c.source(m.target) === c.source(plus.target) && m.terms.length === 1 && m.terms[0].negative && crossTerm(c, m.terms[0].value));
    if (minus) yield { at: plus.at, message: `${c.text(plus.at)} and ${c.text(minus.at)} add and subtract products of absolute coordinates: far from the origin the area between them is lost.`, related: [{ message: 'Subtracted here.', at: minus.at }] };
  }
}
