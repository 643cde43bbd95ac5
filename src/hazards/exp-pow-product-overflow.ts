import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import { childrenOf } from './engine/scene';
import type { Hazard } from './engine/hazard';
import { overflowing } from './factorial-overflow';
import { accumulationsOf, calledName, receiverOf } from './matching/accumulation';
import { relationsOf } from './matching/guards';
import { constantOf, factorsOf, isOperation, resolve, sameValue, within } from './matching/structure';
import { nameOf } from './matching/names';

export const expPowProductOverflow: Hazard = {
  id: 'exp-pow-product-overflow',
  * detect(c) {
    const seen = new Set<Expression>();
    for (const operator of ['div', 'mul'] as const) {
      for (const e of c.operations(operator)) {
        const parent = c.parent(e);
        // Only whole chains.
        if (seen.has(e) || (parent && isOperation(parent, 'mul', 'div'))) continue;
        const factors = factorsOf(c, e).map(f => f.value);
        const powers = factors.filter((f): f is Operation => isOperation(f, 'pow') && openPower(c, f));
        const exponentials = factors.filter(f => isOperation(f, 'exp') && open(c, f.operands[0]) || keptExponential(c, f));
        const factorials = factors.filter(f => factorial(c, f));
        const risky = (powers.length > 0 && exponentials.length > 0 && (factorials.length > 0 || powers.some(p => largeBase(c, p) && !tamed(c, p, exponentials))))
          || powers.length >= 3 || (powers.length > 0 && factorials.length > 0) || (exponentials.length > 0 && factorials.length > 0 && powers.length + exponentials.length > 1);
        if (!risky || nearby(c, e)) continue;
        for (const f of factors) seen.add(f);
        // In a product of several lines, the first of the factors that leave the range.
        const first = [...powers, ...exponentials, ...factorials].filter(f => f.kind !== 'variable' && f.start >= e.start && f.end <= e.end).sort((a, b) => a.start - b.start)[0];
        yield {
          at: first && /^[^(\n]*\n/.test(c.source({ start: e.start, end: first.start })) ? first : e,
          message: `${c.text(e)} multiplies factors that overflow or underflow on their own: ${[...exponentials, ...powers, ...factorials].slice(0, 3).map(f => c.text(f)).join(', ')}.`,
        };
      }
    }
  },
};

/** An exponent that the code does not bound. */
function open(c: HazardContext, exponent: Expression): boolean {
  const fact = c.fact(exponent);
  return constantOf(c, exponent) === null && !(fact && fact.lo > -300 && fact.hi < 300);
}

function openPower(c: HazardContext, power: Operation): boolean {
  const [base, exponent] = power.operands;
  return constantOf(c, base) === null && constantOf(c, exponent) === null && !((c.fact(exponent)?.hi ?? Infinity) < 32);
}

/** pow(x, k) with k a parameter or count, not a shape exponent next to e^-x². */
function largeBase(c: HazardContext, power: Expression): boolean {
  return isOperation(power, 'pow') && resolve(c, power.operands[1]).kind !== 'number';
}

/** A field that the file gives one value, an exponential: `this.c = { decay: Math.exp(-a - b) }`. */
function keptExponential(c: HazardContext, e: Expression): boolean {
  if (e.kind !== 'property') return false;
  const given = (c.scene.byKind.get('object') ?? []).flatMap(o => o.kind === 'object' ? o.properties.filter(p => p.name === e.name) : []);
  const assigned = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === e.name);
  const values = [...given.map(p => p.value), ...assigned.map(a => a.value)].map(v => resolve(c, v));
  return values.length === 1 && isOperation(values[0], 'exp') && open(c, values[0].operands[0]);
}

/** The exponential falls with a power of the same base, as in Weibull's density, or the base is a share: 1 − e^−x. */
function tamed(c: HazardContext, power: Operation, exponentials: readonly Expression[]): boolean {
  const base = resolve(c, power.operands[0]);
  if (isOperation(base, 'sub') && constantOf(c, base.operands[0]) === 1 || isOperation(base, 'neg') && isOperation(resolve(c, base.operands[0]), 'expm1')) return true;
  return exponentials.every(x => isOperation(x, 'exp') && [...within(c, x.operands[0], childrenOf, true)].some(i => isOperation(i, 'pow') && sameValue(c, i.operands[0], power.operands[0])));
}

/** A factorial, gamma, beta or binomial, by call or as a product built up in a loop. */
function factorial(c: HazardContext, e: Expression): boolean {
  if (e.kind === 'call' && /^(fn|of)$/i.test(calledName(c, e)) && receiverOf(e) !== null) return /^(gamma|beta|factorial)$/i.test(nameOf(c, receiverOf(e)!));
  if (e.kind === 'call' && overflowing(c, e)) return true;
  if (e.kind === 'call') return /^(fact|factorial|gamma|gammafn|tgamma|beta|betafn|binom(ial)?(_?coeff(icient)?)?|choose|combination|combinations|comb|nCr|ncr)$/i.test(calledName(c, e));
  if (e.kind !== 'variable') return false;
  if (/^(fact|factorial|gamma|binomial\w*|binom|coefficient|comb\w*|nCr|choose)$/i.test(nameOf(c, e))) return true;
  return accumulationsOf(c).some(a => a.operator === 'mul' && a.target.kind === 'variable' && a.target.variable === e.variable && /fact/i.test(nameOf(c, e)));
}

/** Guarded against large arguments. */
function nearby(c: HazardContext, e: Expression): boolean {
  // An upper limit of the exponent: `if (z > 100) return …`.
  for (const power of within(c, e, childrenOf, true)) {
    if (!isOperation(power, 'pow')) continue;
    for (const part of within(c, power.operands[1], childrenOf)) if (part.kind === 'variable' && relationsOf(c, e, part).some(r => (r.operator === 'lt' || r.operator === 'le') && Math.abs(constantOf(c, r.right) ?? Infinity) <= 150)) return true;
  }
  for (const guard of c.guards(e)) if (/\b(1[5-7]\d|700|709|170|171)\b|isFinite/.test(c.source(guard.test))) return true;
  return false;
}
