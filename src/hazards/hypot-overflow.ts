import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { replacement } from './matching/edits';
import { nameOf, wordsOf } from './matching/names';
import { isOperation, resolve, squareOf, termsOf } from './matching/structure';
import { formatNumber } from './matching/text';

export const hypotOverflow: Hazard = {
  id: 'hypot-overflow',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const sum = resolve(c, e.operands[0]);
      if (!isOperation(sum, 'add')) continue;
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
        severity: overflows || complexLibrary(c, operands) && (!operands.every(p => resolve(c, p).kind === 'index' && !partNamed(c, resolve(c, p))) || /complex|cabs/i.test(c.function(e).name)) ? 'warning' : 'hint',
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
  return complexLibrary(c, operands) || wordsOf(c.function(e).name).some(w => ['hypot', 'modulus', 'pythag', 'cabs', 'complex'].includes(w));
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
