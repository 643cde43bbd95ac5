import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import type { Expression } from '../program';
import { accumulationsOf, placeOf, type Accumulation } from './matching/accumulation';
import { compensated, countBound, errorOfSum, exactSum, smallCount } from './matching/sums';
import { nonNegative } from './matching/integers';
import { isOperation, resolve } from './matching/structure';
import { formatNumber } from './matching/text';

export const naiveSummation: Hazard = {
  id: 'naive-summation',
  * detect(c) {
    for (const a of accumulationsOf(c)) {
      if (a.operator !== 'add' || a.terms.length !== 1 || !plainTerm(c, a.terms[0].value)) continue;
      if (exactSum(c, a) || smallCount(c, a) || compensated(c, a) || a.terms.every(t => !t.negative && nonNegative(c, t.value))) continue;
      if (singlePrecision(c, a)) continue;
      const size = errorOfSum(c, a);
      const term = c.text(a.terms[0].value);
      yield {
        at: placeOf(c, a),
        message: size === null
          ? `Adding ${term} one by one rounds at every step: with terms of both signs the small ones are lost in a large running total.`
          : `Adding ${term} one by one rounds at every step: this sum can be off by ${formatNumber(size)}.`,
      };
    }
  },
};

/** Data itself, not a product or function of it: those sums have their own rounding in each term, and no one rewrites them. */
function plainTerm(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'variable' || value.kind === 'index' || value.kind === 'property' || value.kind === 'call') return true;
  if (value.kind === 'conditional') return plainTerm(c, value.then) && plainTerm(c, value.otherwise);
  if (value.kind === 'assign') return true;
  return isOperation(value, 'plus') || (value.kind === 'logical' && plainTerm(c, value.left));
}

/** float32 data summed in double: 29 spare bits last for more terms than an array is given in practice. */
function singlePrecision(c: HazardContext, a: Accumulation): boolean {
  const iterable = a.iterable ? resolve(c, a.iterable) : null;
  const type = a.iterable?.type ?? iterable?.type;
  return type?.kind === 'typedArray' && type.name !== 'Float64Array' && a.target.kind !== 'index' && !(countBound(c, a) > 2 ** 20 && Number.isFinite(countBound(c, a)));
}
