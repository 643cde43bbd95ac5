import type { Call, Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { protectedDivisor } from './division-by-zero';
import { calledName } from './matching/accumulation';
import { integral } from './matching/integers';
import { constantOf, factorsOf, isOperation, resolve, soleResult, termsOf, type Term } from './matching/structure';

export const divisionNearZero: Hazard = {
  id: 'division-near-zero',
  * detect(c) {
    const reported = new Set<Expression>();
    for (const e of c.operations('div')) {
      for (const factor of factorsOf(c, e.operands[1])) {
        const divisor = factor.value;
        if (factor.inverted || reported.has(divisor) || !determinant(c, divisor)) continue;
        const named = e.operands[1];
        if (protectedDivisor(c, e, named) || protectedDivisor(c, e, divisor) || scaledGuard(c, e, divisor)) continue;
        reported.add(divisor);
        yield {
          at: named,
          message: `${c.text(named)} is a difference of products that can be 0 or nearly so, and nothing tests it before ${c.text(e)}.`,
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

/** A local derived from the divisor (its absolute value, its square) is tested. */
function scaledGuard(c: HazardContext, at: Expression, divisor: Expression): boolean {
  for (const guard of c.guards(at)) {
    const text = c.source(guard.test);
    if (text.includes(c.source(divisor))) return true;
    for (const v of c.program.variables) if (c.definitions(v.id).some(d => d.kind === 'value' && resolve(c, d.value) === divisor) && new RegExp(`\\b${v.name.replace(/\$/g, '\\$')}\\b`).test(text)) return true;
  }
  return false;
}
