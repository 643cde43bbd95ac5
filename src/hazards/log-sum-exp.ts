import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName } from './matching/accumulation';
import { exponentialOf, shifted, sumsOfExponentials, sumsOfWeightedExponentials } from './matching/exponentials';
import { constantOf, factorsOf, isOperation, resolve, resolveDeep, termsOf } from './matching/structure';
import { tensorLogSumExp } from './matching/tensors';
import { vanishedMaximum } from './matching/vanished-maximum';

export const logSumExp: Hazard = {
  id: 'log-sum-exp',
  * detect(c) {
    for (const call of c.calls()) {
      const exponent = calledName(c, call) === 'log' ? tensorLogSumExp(c, call) : null;
      if (exponent) yield { at: call, message: `${c.text(call)} is Infinity as soon as one element of ${c.text(exponent)} exceeds 709.78 (88.7 in float32), and −Infinity when all are far below 0.`, remedy: 'Subtract the maximum first, and add it to the logarithm.' };
    }
    for (const e of c.operations('sub')) {
      const vanishing = vanishedMaximum(c, e);
      if (vanishing) yield { at: e, message: `${c.text(e)} is NaN when every element is −Infinity, as ${c.text(vanishing)} is for 0: then the maximum is −Infinity, too.`, why: '−Infinity − −Infinity is NaN, and every sum that it enters is NaN as well.', remedy: 'Answer −Infinity at once when the maximum is −Infinity.', related: [{ message: 'This is −Infinity when nothing is given.', at: vanishing }] };
    }
    for (const operator of ['log2', 'log10'] as const) {
      for (const e of c.operations(operator)) {
        const terms = termsOf(resolve(c, e.operands[0]));
        if (terms.length > 1 && terms.every(t => !t.negative && weighted(c, t.value))) yield { at: e, message: `${c.text(e)} is Infinity as soon as one power passes 1.8e308, though the logarithm is small.` };
      }
    }
    for (const e of c.operations('log')) {
      const argument = resolve(c, e.operands[0]);
      const sum = sumsOfExponentials(c).find(s => s.isSum(argument)) ?? sumsOfWeightedExponentials(c).find(s => s.isSum(argument));
      if (sum) {
        yield {
          at: e,
          message: `${c.text(e)} is Infinity as soon as one exponent exceeds 709.78, and −Infinity when all are below −745.`,
          related: [{ message: 'This exponential overflows.', at: sum.exponential }],
        };
        continue;
      }
      // log(exp(a) + exp(b)), log(exp(a) − exp(b)): two or more exponentials added by hand.
      if (!isOperation(argument, 'add', 'sub')) continue;
      const terms = termsOf(argument);
      const exponentials = terms.map(t => exponentialOf(c, t.value));
      const loose = exponentials.filter(x => x !== null && !shifted(c, x));
      if (exponentials.every(x => x !== null) && loose.length === terms.length) {
        yield { at: e, message: `${c.text(e)} is Infinity as soon as one exponent exceeds 709.78, and −Infinity when all are below −745.`, related: loose.map(x => ({ message: 'This exponential overflows.', at: x! })) };
      } else if (terms.every(t => !t.negative && weighted(c, t.value)) && terms.length > 1) {
        yield { at: e, message: `${c.text(e)} is Infinity as soon as one power passes 1.8e308, though the logarithm is small.` };
      } else if (terms.length === 2 && loose.length === 1 && terms.some(t => constantOf(c, t.value) === 1 && !t.negative) && isOperation(resolveDeep(c, terms[loose[0] === exponentials[0] ? 0 : 1].value), 'exp') && !terms.some(t => t.negative)) {
        const exponent = loose[0]!.kind === 'operation' ? c.text((loose[0] as { operands: readonly { start: number; end: number }[] }).operands[0]) : 'x';
        yield {
          at: e,
          message: `${c.text(e)} is Infinity once ${exponent} exceeds 709.78, where the answer is ${exponent} itself.`,
          remedy: `Write Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))) with x = ${exponent}.`,
        };
      }
    }
  },
};

/** weight · e^x, weight · 2^x: one power with nothing that bounds its exponent, times other things. */
function weighted(c: HazardContext, e: Expression): boolean {
  const factors = factorsOf(c, e);
  const powers = factors.filter(f => isOperation(f.value, 'exp') || isOperation(f.value, 'pow') && (constantOf(c, f.value.operands[0]) ?? 0) > 1 && constantOf(c, f.value.operands[1]) === null);
  return powers.length === 1 && !powers[0].inverted && !shifted(c, powers[0].value);
}
