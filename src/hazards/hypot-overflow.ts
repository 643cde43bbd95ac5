import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { sumBehind } from './matching/counted-divisors';
import { replacement } from './matching/edits';
import { listOf } from './matching/list-elements';
import { functionName, nameOf, wordsOf } from './matching/names';
import { isOperation, resolve, squareOf, termsOf } from './matching/structure';
import { formatNumber } from './matching/text';

export const hypotOverflow: Hazard = {
  id: 'hypot-overflow',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const sum = resolve(c, e.operands[0]);
      if (!isOperation(sum, 'add')) { yield* ofList(c, e, sum); continue; }
      const terms = termsOf(sum);
      const parts = terms.map(t => t.negative ? null : squareOf(c, t.value));
      if (terms.length < 2 || terms.length > 3 || parts.some(p => p === null)) continue;
      const operands = parts as Expression[];
      const largest = Math.max(...operands.map(p => extent(c, p)));
      const overflows = largest > 1.34e154 && Number.isFinite(largest);
      if (operands.every(p => bounded(c, p)) && !overflows) continue;
      if (!overflows && !complexNumber(c, e, operands)) continue;
      const arguments_ = operands.map(p => c.source(p)).join(', ');
      yield {
        at: e,
        severity: overflows || complexLibrary(c, operands) && (!operands.every(p => resolve(c, p).kind === 'index' && !partNamed(c, resolve(c, p))) || /complex|cabs/i.test(c.function(e).name)) ? 'warning' : ofAnySize(c, e) ? 'info' : 'hint',
        message: `${c.text(e)} is Infinity once ${c.text(operands[0])} exceeds 1.34e154${overflows ? ` (it reaches ${formatNumber(largest)})` : ''}, and 0 below 1.5e-162.`,
        remedy: `Write Math.hypot(${arguments_.replace(/\s+/g, ' ')}).`,
        fixes: sum === e.operands[0] ? [replacement(c, e, `Math.hypot(${arguments_})`, 'Use Math.hypot', true)] : [],
      };
    }
  },
};

function extent(c: HazardContext, e: Expression): number {
  const fact = c.fact(e);
  return fact?.evidence ? Math.max(Math.abs(fact.lo), Math.abs(fact.hi)) : 0;
}

/** A range that keeps the square within double. */
function bounded(c: HazardContext, e: Expression): boolean {
  const fact = c.fact(e);
  return fact !== null && Math.max(Math.abs(fact.lo), Math.abs(fact.hi)) < 1.34e154;
}

/** Real and imaginary parts, or a function whose task is the modulus of any number. Geometry on the screen stays far from the ends of the range. */
function complexNumber(c: HazardContext, e: Expression, operands: readonly Expression[]): boolean {
  return complexLibrary(c, operands) || ofAnySize(c, e) || wordsOf(c.function(e).name).some(w => ['hypot', 'modulus', 'pythag', 'cabs', 'complex'].includes(w));
}

/** Kernels of linear algebra that scale so as to serve numbers of any size, and what a comment says of the sizes. */
const kernels = /^[sdcz]{0,2}(nrm2|rotg|lartg|larfg|lassq|lapy[23]|pythag|hypot)f?$/i;
const rotations = /^(compute|make|get|apply|calc(ulate)?)?_?(givens|householder|pythag|hypot)/i;

function ofAnySize(c: HazardContext, e: Expression): boolean {
  const name = functionName(c, e);
  if (kernels.test(name) || rotations.test(name)) return true;
  const home = c.function(e);
  const comment = home.kind === 'module' ? '' : /\/\*\*(?:(?!\*\/)[^])*\*\/[^/{};]*$/.exec(c.program.text.slice(Math.max(0, home.start - 1200), home.start))?.[0] ?? '';
  return /\b(BLAS|LAPACK|LINPACK|EISPACK)\b|\b(any|arbitrary|all|extreme|huge) (magnitudes?|sizes?|scales?|exponents?)\b/i.test(comment);
}

/** The root of a sum of squares over a list, in such a kernel. A list of float32 numbers has room in double. */
function* ofList(c: HazardContext, e: Operation, sum: Expression): Generator<Detection> {
  const added = sumBehind(c, sum);
  const term = added?.terms.length === 1 && !added.terms[0].negative ? squareOf(c, added.terms[0].value) : null;
  // Divided by the largest before squaring.
  const scaled = term !== null && [resolve(c, term), ...(term.kind === 'variable' ? c.definitions(term.variable).flatMap(d => d.kind === 'value' ? [d.value] : []) : [])].some(v => isOperation(v, 'div'));
  if (!term || scaled || !ofAnySize(c, e)) return;
  const list = listOf(c, term);
  const narrow = list?.type.kind === 'typedArray' && list.type.name !== 'Float64Array';
  if (narrow || bounded(c, term)) return;
  yield { at: e, severity: 'info', message: `${c.text(e)} is Infinity once one ${c.text(term)} exceeds 1.34e154, and 0 when all are below 1.5e-162.`, remedy: 'Divide by the largest absolute value before squaring, or add up with Math.hypot.' };
}

function complexLibrary(c: HazardContext, operands: readonly Expression[]): boolean {
  // Also by other names: var a = this['re'].
  const names = (p: Expression): string[] => [nameOf(c, p), nameOf(c, resolve(c, p))];
  return operands.length === 2 && operands.every(p => names(p).some(n => wordsOf(n).some(w => ['re', 'im', 'real', 'imag', 'imaginary', 'r', 'i'].includes(w)))) && operands.some(p => names(p).some(n => /re|im/i.test(n)));
}

/** this['re'] */
function partNamed(c: HazardContext, e: Expression): boolean {
  return e.kind === 'index' && e.index.kind === 'constant' && typeof e.index.value === 'string' && nameOf(c, e) !== '';
}
