import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { accumulationsOf, updateOf, type Accumulation } from './matching/accumulation';
import { integral } from './matching/integers';
import { nameOf, wordsOf } from './matching/names';
import { constantOf, factorsOf, resolve, squareOf, isOperation } from './matching/structure';

export const naiveVariance: Hazard = {
  id: 'naive-variance',
  * detect(c) {
    for (const e of c.operations('sub')) {
      const left = naiveVarianceIn(c, e);
      if (!left) continue;
      yield {
        at: e,
        message: `${c.text(e)} subtracts two numbers of the size of the squared mean: with a mean of 1e8 and a spread of 1 no digit is left, and the result can be negative.`,
        related: left.start >= e.start && left.end <= e.end ? [] : [{ message: 'The sum of squares.', at: left }],
      };
    }
  },
};

/** The sum of squares in a difference of it and a squared sum or mean; null when the subtraction is none. */
function naiveVarianceIn(c: HazardContext, e: Operation): Expression | null {
  // An update `d[k] -= l * y` is elimination, not a variance.
  const parent = c.parent(e);
  if (parent?.kind === 'assign' && parent.compound !== null) return null;
  const crossed = productOfMeans(c, e.operands[1]) ? sumOfProductsIn(c, e.operands[0]) : null;
  if (crossed && !integerData(c, crossed)) return crossed;
  const left = squaredMean(c, e.operands[1]) ? sumOfSquaresIn(c, e.operands[0]) : null;
  return left && !integerData(c, left) ? left : null;
}

/** The factor that is a sum of squares: an accumulator of x·x, or one that is named so. */
function sumOfSquaresIn(c: HazardContext, e: Expression): Expression | null {
  for (const { value, inverted } of factorsOf(c, e)) {
    if (inverted) continue;
    if (accumulates(c, value, true) || squareName(nameOf(c, value)) || meanOfSquares(c, value)) return value;
  }
  return null;
}

/** The factor that adds up x·y: the mixed moment of a covariance. */
function sumOfProductsIn(c: HazardContext, e: Expression): Expression | null {
  for (const { value, inverted } of factorsOf(c, e)) {
    if (inverted) continue;
    const mixed = accumulationsOf(c).find(a => a.operator === 'add' && (a.call ? value === a.call : sameStore(c, a.target, value)) && a.terms.length === 1);
    const product = mixed ? resolve(c, mixed.terms[0].value) : null;
    if (product && isOperation(product, 'mul') && product.operands.length === 2 && squareOf(c, product) === null && product.operands.every(o => ['index', 'property', 'variable'].includes(resolve(c, o).kind))) return value;
  }
  return null;
}

/** x̄·ȳ, Σx·Σy/n: two sums of single values multiplied. */
function productOfMeans(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e).filter(f => !f.inverted && constantOf(c, f.value) === null);
  if (factors.length !== 2) return false;
  const sums = factors.map(f => accumulationsOf(c).find(a => a.operator === 'add' && (a.call ? f.value === a.call : sameStore(c, a.target, f.value))));
  return sums.every(s => s !== undefined && s.terms.length === 1 && ['index', 'property', 'variable'].includes(resolve(c, s.terms[0].value).kind)) && sums[0] !== sums[1];
}

function meanOfSquares(c: HazardContext, value: Expression): boolean {
  // mean(xs.map(x => x * x))
  return value.kind === 'call' && /mean|avg|average|sum/i.test(nameOf(c, value)) && /\*\* ?2|(\b\w+)\s*\*\s*\1\b|square|pow|\bsq(r|d)?\b/i.test(c.source(value));
}

/** A square of a sum or mean: mean², s·s/n, (s/n)². */
function squaredMean(c: HazardContext, e: Expression): boolean {
  const direct = squareOf(c, e);
  if (direct && isSum(c, direct)) return true;
  const factors = factorsOf(c, e).filter(f => !f.inverted).map(f => f.value).filter(v => constantOf(c, v) === null);
  for (let i = 0; i < factors.length; i++) {
    const square = squareOf(c, factors[i]);
    if (square && isSum(c, square)) return true;
    for (let j = i + 1; j < factors.length; j++) if (c.source(factors[i]) === c.source(factors[j]) && isSum(c, factors[i])) return true;
  }
  return false;
}

function isSum(c: HazardContext, e: Expression): boolean {
  return factorsOf(c, e).some(({ value, inverted }) => !inverted && (accumulates(c, value, false) || wordsOf(nameOf(c, value)).some(w => /^(sum|mean|avg|average|mu|total|tot|acc|s|m|ex|xbar|s1|xm|center)$/.test(w))));
}

function accumulates(c: HazardContext, e: Expression, squares: boolean): boolean {
  for (const a of accumulationsOf(c)) {
    if (a.operator !== 'add' || (a.call ? resolve(c, e) !== a.call : !sameStore(c, a.target, e) && !answeredBy(c, a, e))) continue;
    if (a.terms.some(t => (squareOf(c, t.value) !== null || squaredProduct(c, t.value)) === squares)) return true;
  }
  // Fields updated once per call (`add(x) { this.sumSq += x * x }`).
  for (const a of c.assignments()) {
    if (a.target.kind !== 'property' || e.kind !== 'property' || a.target.name !== e.name) continue;
    const terms = updateOf(c, a, 'add');
    if (terms && terms.some(t => squareOf(c, t.value) !== null) === squares) return true;
  }
  return false;
}

/** `acc.q` of `acc = rows.reduce((a, r) => ({ q: a.q + r.v * r.v }), …)` */
function answeredBy(c: HazardContext, a: Accumulation, e: Expression): boolean {
  const read = resolve(c, e);
  return read.kind === 'property' && a.target.kind === 'property' && a.target.name === read.name && a.repetition.kind === 'callback' && resolve(c, read.object) === a.repetition.call;
}

/** w·x·x */
function squaredProduct(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e).map(f => c.source(f.value));
  return factors.length > 2 && new Set(factors).size < factors.length;
}

function sameStore(c: HazardContext, a: Expression, b: Expression): boolean {
  const y = resolve(c, b);
  if (a.kind === 'variable' && y.kind === 'variable') return a.variable === y.variable;
  return a.kind !== 'variable' && c.source(a) === c.source(y);
}

function squareName(name: string): boolean {
  return /^(sum|s|total|mean|avg|running|m)?_?(of)?_?(sq|sqr|sqs|square|squares|squared|sumsq|ss|x2|xx|sqsum|sumsquares|squaresum|s2|sq_sum)s?$/i.test(name.replace(/^this\./, '')) || /sum_?of_?squares|sum_?sq|sq_?sum|squares?_?sum|sum_?squared|mean_?sq|sum_?x_?2$|sum2$|^(tot(al)?|acc)_?2$/i.test(name);
}

function integerData(c: HazardContext, squares: Expression): boolean {
  const fact = c.fact(squares);
  if (fact?.integer && fact.hi <= 2 ** 53) return true;
  for (const a of accumulationsOf(c)) {
    if (sameStore(c, a.target, squares)) return a.terms.every(t => { const s = squareOf(c, t.value); return s !== null && integral(c, s); });
  }
  return false;
}

