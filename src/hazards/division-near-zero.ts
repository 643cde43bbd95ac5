import type { Call, Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { protectedDivisor } from './division-by-zero';
import { calledName } from './matching/accumulation';
import { sitesOf } from './matching/callers';
import { placeOfDivisor } from './matching/divisors';
import { integral } from './matching/integers';
import { constantOf, factorsOf, isOperation, resolve, sameValue, soleResult, squareOf, termsOf, type Term } from './matching/structure';

export const divisionNearZero: Hazard = {
  id: 'division-near-zero',
  * detect(c) {
    const reported = new Set<Expression>();
    for (const e of c.operations('div')) {
      const back = steepLine(c, e);
      if (back) yield {
        at: e, severity: 'info', message: `${c.text(e)} is huge for two points almost above each other, and only an infinite slope is set apart: ${c.text(back)} then has few digits left.`,
        why: 'The intercept of a steep line is a difference of nearly equal numbers, and solving for x divides what is left of it by the slope.', remedy: 'Keep the line as a point and a direction, and interpolate along the coordinate that changes most.', related: [{ message: 'The line is solved for x here.', at: back }],
      };
      for (const factor of factorsOf(c, e.operands[1])) {
        const divisor = factor.value;
        const converging = !factor.inverted && convergingDifference(c, e, divisor);
        const secant = !factor.inverted && !converging && secantSlope(c, e, divisor);
        if (factor.inverted || reported.has(divisor) || !converging && !secant && !determinant(c, divisor) && !sineSquared(c, divisor)) continue;
        const named = e.operands[1];
        if (protectedDivisor(c, e, named) || protectedDivisor(c, e, divisor) || scaledGuard(c, e, divisor)) continue;
        reported.add(divisor);
        if (converging) {
          yield { at: placeOfDivisor(c, e), message: `${c.text(divisor)} goes to 0 as the loop converges, and nothing tests it before ${c.text(e)}.`, why: 'Both values come to agree in all their digits, and the quotient of two zeros is NaN.', remedy: 'Stop when the difference is small relative to its operands.' };
          continue;
        }
        if (secant) {
          yield { at: e, message: `${c.text(e)} divides by a slope whose two values come to agree as the steps converge, and nothing tests them.`, why: 'At the root both differences are 0, their quotient is NaN, and every later step is NaN, too.', remedy: 'Stop when the difference is small relative to its operands.', related: [{ message: 'The two values.', at: secant }] };
          continue;
        }
        yield {
          at: placeOfDivisor(c, e),
          message: `${c.text(named)} is a difference ${isOperation(divisor, 'sub') && constantOf(c, divisor.operands[0]) === 1 ? '' : 'of products '}that can be 0 or nearly so, and nothing tests it before ${c.text(e)}.`,
          related: divisor === named ? [] : [{ message: 'The divisor cancels here.', at: divisor }],
        };
      }
    }
  },
};

/** a·d − b·c, and a₀ − 2a₁ + a₂: differences of terms with products in them, of floating-point operands. */
function determinant(c: HazardContext, e: Expression): boolean {
  if (e.kind === 'call') return determinantCall(c, e);
  if (!isOperation(e, 'sub', 'add') || integral(c, e)) return false;
  const terms = termsOf(e);
  if (terms.length >= 3 && higherDifference(c, terms)) return true;
  // x₁(y₂ − y₃) + x₂(y₃ − y₁) + x₃(y₁ − y₂): twice the area of a triangle.
  if (terms.length >= 3 && terms.every(t => { const v = resolve(c, t.value); return isOperation(v, 'mul') && v.operands.some(o => isOperation(resolve(c, o), 'sub')); })) return true;
  if (terms.length < 2 || !terms.some(t => t.negative)) return false;
  const products = terms.filter(t => isOperation(resolve(c, t.value), 'mul') && (resolve(c, t.value) as { operands: readonly Expression[] }).operands.every(o => constantOf(c, o) === null));
  return products.length >= 2 && products.length === terms.length && products.some(t => t.negative) && products.some(t => !t.negative);
}

/** `det3x3(…)`: by its name, when the function is of this file and answers a difference of products. */
function determinantCall(c: HazardContext, call: Call): boolean {
  if (!/^_?(get_?|calc(ulate)?_?)?det(erminant)?(_?\d(x\d)?)?$/i.test(calledName(c, call)) || call.callee.kind !== 'local') return false;
  const result = soleResult(c.program.functions[call.callee.function]);
  return result !== null && isOperation(result, 'sub', 'add') && termsOf(result).length >= 2 && termsOf(result).some(t => t.negative);
}

/** a − 2b + c, −a + 3b − 3c + d, 3a − 6b + 3c: coefficients that sum to 0, so the value is 0 for points in line. */
function higherDifference(c: HazardContext, terms: readonly Term[]): boolean {
  let sum = 0;
  let weighted = false;
  for (const t of terms) {
    const value = resolve(c, t.value);
    const factor = isOperation(value, 'mul') && value.operands.length === 2 ? value.operands.map(o => constantOf(c, o)).find(k => k !== null) ?? null : 1;
    if (factor === null || constantOf(c, value) !== null) return false;
    if (factor !== 1) weighted = true;
    sum += t.negative ? -factor : factor;
  }
  return weighted && sum === 0;
}

/** The slope of a line through two points that the file keeps with its intercept, y − slope · x, and solves for x: answers that quotient. Null where the difference of the abscissas is compared with anything. */
function steepLine(c: HazardContext, e: Operation): Expression | null {
  const [rise, run] = e.operands.map(o => resolve(c, o));
  if (!isOperation(rise, 'sub') || !isOperation(run, 'sub') || ![...rise.operands, ...run.operands].every(o => o.kind === 'property' || o.kind === 'index')) return null;
  const isSlope = (o: Expression): boolean => resolve(c, o) === e;
  const intercept = c.operations('sub').find(s => { const product = resolve(c, s.operands[1]); return isOperation(product, 'mul') && product.operands.some(isSlope); });
  if (!intercept) return null;
  const fn = c.function(e);
  if (/\babs\(|\b(eps|epsilon|tol|tolerance)\b/i.test(c.program.text.slice(fn.start, fn.end)) || ![...c.operations('eq'), ...c.operations('ne'), ...c.calls()].some(t => c.function(t) === fn && (t.kind === 'call' ? /^isFinite$/.test(calledName(c, t)) && t.arguments.some(isSlope) : t.operands.some(isSlope)))) return null;
  return c.operations('div').find(d => isSlope(d.operands[1]) && (above => isOperation(above, 'sub') && resolve(c, above.operands[1]) === intercept)(resolve(c, d.operands[0]))) ?? null;
}

/** 1 − (u·v)² of unit vectors, the squared sine of the angle between them: 0 for parallel ones. */
function sineSquared(c: HazardContext, e: Expression): boolean {
  if (!isOperation(e, 'sub') || constantOf(c, e.operands[0]) !== 1) return false;
  const root = squareOf(c, e.operands[1]);
  const value = root && resolve(c, root);
  if (!value) return false;
  if (value.kind === 'call') return /^(dot|dot_?(product|prod)|inner_?(product)?|scalar_?product|vdot|dot3|dot3d)$/i.test(calledName(c, value));
  const products = termsOf(value).map(t => resolve(c, t.value));
  return products.length > 1 && products.every(t => isOperation(t, 'mul') && t.operands.every(o => constantOf(c, o) === null));
}

/** `x1 − f1 / ((f1 − f0) / (x1 − x0))`, also `x1 − f1 · (x1 − x0) / (f1 − f0)`: a step of the secant method where neither its function nor those that call it test anything for nearness. Answers the difference of the values. */
function secantSlope(c: HazardContext, e: Operation, divisor: Expression): Expression | null {
  if (!isOperation(divisor, 'sub')) return null;
  const user = c.parent(e);
  if (!user || !isOperation(user, 'sub') || user.operands[1] !== e) return null;
  const factors = factorsOf(c, e);
  const same = (a: Expression, b: Expression): boolean => sameValue(c, a, b);
  const value = factors.some(f => !f.inverted && divisor.operands.some(o => same(f.value, o)));
  const step = factors.some(f => !f.inverted && isOperation(f.value, 'sub') && f.value !== divisor && f.value.operands.some(o => same(o, user.operands[0])));
  if (!value || !step) return null;
  const own = c.function(e);
  const around = [own, ...sitesOf(c, own).map(site => c.function(site))];
  return around.some(fn => /\babs\(|isFinite|isNaN|===? ?0\b|!==? ?0\b|\b(eps|epsilon|tol|tolerance)\b/i.test(c.program.text.slice(fn.start, fn.end))) ? null : divisor;
}

/** `f1 − f0` in a loop that ends its rounds with `f0 = f1` (the secant method), with no way out that looks at either. */
function convergingDifference(c: HazardContext, at: Expression, e: Expression): boolean {
  const repetition = c.position(at).repetition;
  if (!isOperation(e, 'sub') || repetition?.kind !== 'loop' || integral(c, e)) return false;
  const [a, b] = e.operands;
  if (a.kind !== 'variable' || b.kind !== 'variable') return false;
  const shifted = (to: number, from: Expression): boolean => c.definitions(to).some(d => d.kind === 'value' && d.assignment !== null && d.compound === null && c.position(d.value).repetition === repetition && d.value.kind === 'variable' && from.kind === 'variable' && d.value.variable === from.variable);
  if (!shifted(b.variable, a) && !shifted(a.variable, b)) return false;
  const names = [a, b].map(o => c.variable(o.variable).name.replace(/\$/g, '\\$'));
  const looksAt = (test: Expression): boolean => names.some(name => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(c.source(test)));
  const tests = c.scene.statements.flatMap(s => s.repetition === repetition && s.statement.kind === 'if' ? [s.statement.test] : []);
  const own = repetition.loop.kind === 'loop' && repetition.loop.test ? [repetition.loop.test] : [];
  return ![...tests, ...own].some(looksAt);
}

/** A local derived from the divisor (its absolute value, its square) is tested. */
function scaledGuard(c: HazardContext, at: Expression, divisor: Expression): boolean {
  for (const guard of c.guards(at)) {
    const text = c.source(guard.test);
    if (text.includes(c.source(divisor))) return true;
    for (const v of c.program.variables) if (c.definitions(v.id).some(d => d.kind === 'value' && resolve(c, d.value) === divisor) && new RegExp(`\\b${v.name.replace(/\$/g, '\\$')}\\b`).test(text)) return true;
  }
  return false;
}
