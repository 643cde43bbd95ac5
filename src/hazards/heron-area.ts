import type { Expression } from '../program';
import type { Hazard } from './engine/hazard';
import { isOperation, resolve, sameValue } from './matching/structure';

export const heronArea: Hazard = {
  id: 'heron-area',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const factors = product(e.operands[0]);
      const s = factors.find(f => factors.filter(o => isOperation(o, 'sub') && sameValue(c, o.operands[0], f)).length === 3);
      if (!s || factors.length !== 4) continue;
      const sides = factors.filter(f => f !== s).map(f => isOperation(f, 'sub') ? c.text(f.operands[1]) : '');
      yield { at: e, message: `${c.text(e)} loses its digits for thin triangles, where one of ${sides.map(side => `${c.text(resolve(c, s)).length > 12 ? 's' : c.text(s)} − ${side}`).join(', ')} cancels.` };
    }
  },
};

/** Factors as written: s itself is not to be taken apart. */
function product(e: Expression): Expression[] {
  return isOperation(e, 'mul') ? e.operands.flatMap(product) : [e];
}
