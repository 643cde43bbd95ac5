import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { integral, likelyIntegral } from './matching/integers';
import { hashWords, nameOf, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, termsOf } from './matching/structure';
import { formatNumber } from './matching/text';

export const unsafeInteger: Hazard = {
  id: 'unsafe-integer',
  * detect(c) {
    for (const e of c.operations('rem')) yield* modularProduct(c, e);
    for (const a of c.assignments()) yield* polynomial(c, a);
  },
};

/** (a · b) % M with operands up to M: the product needs twice the bits of M. */
function* modularProduct(c: HazardContext, e: Expression & { kind: 'operation' }): Generator<Detection> {
  const modulus = constantOf(c, e.operands[1]);
  if (modulus === null || !Number.isInteger(modulus) || e.type.kind === 'bigint') return;
  for (const term of termsOf(resolve(c, e.operands[0]))) {
    const product = resolve(c, term.value);
    if (!isOperation(product, 'mul') || product.operands.length !== 2) continue;
    const sizes = product.operands.map(o => {
      const constant = constantOf(c, o);
      if (constant !== null) return Math.abs(constant);
      const fact = c.fact(o);
      if (fact && Number.isFinite(fact.hi)) return Math.max(Math.abs(fact.lo), Math.abs(fact.hi));
      return modulus;
    });
    const bound = sizes[0] * sizes[1];
    if (bound <= 2 ** 53 || product.operands.some(o => { const k = constantOf(c, o); return k !== null && !Number.isInteger(k); })) continue;
    yield { at: e, message: `${c.text(product)} reaches ${formatNumber(bound)}, beyond 2^53, so ${c.text(e)} is the remainder of a rounded product.` };
  }
}

/** h = h · C + x round after round, with nothing that reduces h: after a dozen characters it is beyond 2^53. */
function* polynomial(c: HazardContext, a: Expression & { kind: 'assign' }): Generator<Detection> {
  if (a.target.kind !== 'variable' || !c.position(a).repetition || !wordsOf(nameOf(c, a.target)).some(w => hashWords.has(w) || w === 'h' || w === 'id' || w === 'code')) return;
  const variable = a.target.variable;
  for (const term of termsOf(a.value)) {
    const product = term.value;
    if (!isOperation(product, 'mul')) continue;
    const own = product.operands.some(o => o.kind === 'variable' && o.variable === variable);
    const factor = product.operands.map(o => constantOf(c, o)).find(k => k !== null);
    if (!own || factor === undefined || factor === null || !Number.isInteger(factor) || factor < 2 || reduced(c, variable)) continue;
    if (!termsOf(a.value).every(t => t.value === product || integral(c, t.value) || likelyIntegral(c, t.value) || /charCodeAt|codePointAt/.test(c.source(t.value)))) continue;
    yield { at: a, message: `${c.variable(variable).name} is multiplied by ${factor} in each round and passes 2^53 after ${Math.ceil(53 / Math.log2(factor))} rounds: later characters no longer change its low digits correctly.` };
  }
}

/** Some operation on the variable brings it back to 32 bits or below a modulus. */
function reduced(c: HazardContext, variable: number): boolean {
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'bitor', 'bitand', 'bitxor', 'ushr', 'shr', 'shl', 'rem', 'imul', 'bitnot'); })
    || c.definitions(variable).some(d => d.kind === 'value' && isOperation(d.value, 'bitor', 'bitand', 'bitxor', 'ushr', 'shr', 'shl', 'rem', 'imul'));
}
