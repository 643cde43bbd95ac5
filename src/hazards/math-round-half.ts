import type { Hazard } from './engine/hazard';
import { replacement } from './matching/edits';
import { constantOf, isOperation, resolve } from './matching/structure';
import { nonNegative } from './matching/integers';

export const mathRoundHalf: Hazard = {
  id: 'math-round-half',
  * detect(c) {
    for (const e of c.operations('round')) {
      const fn = c.function(e);
      const name = fn.name.replace(/^.*\./, '');
      if (!/^(round|roundHalf\w*|roundAwayFromZero|symmetricRound|roundTo|roundToNearest)$/i.test(name) || nonNegative(c, e.operands[0])) continue;
      const value = resolve(c, e.operands[0]);
      // A decimal scale is reported by its own rule; a grid is a matter of taste.
      if (isOperation(value, 'mul', 'div', 'add', 'sub') || constantOf(c, value) !== null || value.kind === 'call') continue;
      const operand = c.source(e.operands[0]);
      yield {
        at: e, message: `${c.text(e)} rounds −2.5 to −2 and 2.5 to 3.`,
        fixes: /^[\w$.[\]]+$/.test(operand) ? [replacement(c, e, `Math.sign(${operand}) * Math.round(Math.abs(${operand}))`, 'Round halves away from zero', false)] : [],
      };
    }
  },
};
