import type { Hazard } from './engine/hazard';
import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import { exponentialOf, shifted, sumsOfExponentials } from './matching/exponentials';
import { drawn } from './matching/random';
import { isOperation, resolve } from './matching/structure';

export const softmaxOverflow: Hazard = {
  id: 'softmax-overflow',
  * detect(c) {
    for (const sum of sumsOfExponentials(c)) {
      for (const division of c.operations('div')) {
        if (!sum.isSum(division.operands[1]) || !exponentialOf(c, division.operands[0])) continue;
        const above = resolve(c, division.operands[0]);
        const apart = isOperation(above, 'exp') && above !== sum.exponential && !shifted(c, above) && division.start <= sum.exponential.start && sum.exponential.end <= division.end && lineOf(c, above) !== lineOf(c, sum.exponential);
        if (apart) {
          yield { at: above, message: `${c.text(above)} is Infinity once ${c.text(above.operands[0])} exceeds 709.78, and ${c.text(division)} is then NaN.`, related: [{ message: 'The sum of exponentials.', at: sum.at }] };
        }
        const argument = sum.exponential.kind === 'operation' ? c.text(sum.exponential.operands[0]) : 'the largest element';
        yield {
          at: sum.exponential,
          message: `${c.text(sum.exponential)} is Infinity once ${argument} exceeds 709.78, and the quotient ${c.text(division)} is then NaN.`,
          related: [{ message: 'The sum of exponentials.', at: sum.at }, { message: 'The quotient becomes Infinity / Infinity.', at: division }],
        };
        // NaN comes into being on another line: that is where a reader sees it first.
        if (!(apart && lineOf(c, division) === lineOf(c, above)) && lineOf(c, division) !== lineOf(c, sum.exponential) && lineOf(c, above) !== lineOf(c, sum.exponential)) yield { at: division, message: `${c.text(division)} is NaN once ${c.text(sum.exponential)} overflows, which it does beyond ${argument} = 709.78.`, related: [{ message: 'Overflows.', at: sum.exponential }] };
        break;
      }
    }
    // Drawn by weight: random() * sum.
    for (const sum of sumsOfExponentials(c)) {
      const draw = c.operations('mul').find(m => m.operands.some(o => sum.isSum(o)) && m.operands.some(o => drawn(c, o)));
      if (draw) yield { at: sum.exponential, message: `${c.text(sum.exponential)} is Infinity once its argument exceeds 709.78, and ${c.text(draw)} then falls on nothing.`, related: [{ message: 'The draw among the weights.', at: draw }] };
    }
    // Divided in place: out[i] /= sum, out.map(e => e / sum) are found above; here the compound form on elements.
    for (const a of c.assignments()) {
      if (a.compound !== 'div' || !isOperation(a.value, 'div')) continue;
      const divisor = a.value.operands[1];
      const sum = sumsOfExponentials(c).find(s => s.isSum(divisor));
      if (sum && exponentialOf(c, resolve(c, a.value.operands[0]))) {
        yield { at: sum.exponential, message: `${c.text(sum.exponential)} is Infinity once its argument exceeds 709.78, and ${c.text(a)} then makes NaN.`, related: [{ message: 'The quotient becomes Infinity / Infinity.', at: a }] };
        if (lineOf(c, a) !== lineOf(c, sum.exponential)) yield { at: a.value, message: `${c.text(a)} is NaN once ${c.text(sum.exponential)} overflows.`, related: [{ message: 'Overflows.', at: sum.exponential }] };
      }
    }
  },
};

function lineOf(c: HazardContext, e: Expression): number {
  return c.program.text.slice(0, e.start).split('\n').length;
}
