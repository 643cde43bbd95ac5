import type { Expression } from '../program';
import type { Hazard } from './engine/hazard';
import { isOperation, resolve, sameValue } from './matching/structure';

export const heronArea: Hazard = {
  id: 'heron-area',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const written = resolve(c, e.operands[0]);
      const factors = product(written);
      const s = factors.find(f => factors.filter(o => isOperation(o, 'sub') && sameValue(c, o.operands[0], f)).length === 3);
      if (!s || factors.length !== 4) continue;
      const sides = factors.filter(f => f !== s).map(f => isOperation(f, 'sub') ? c.text(f.operands[1]) : '');
      const at = written === e.operands[0] ? e : written;
      yield { at, message: `${c.text(at)} loses its digits for thin triangles, where one of ${sides.map(side => `${c.text(resolve(c, s)).length > 12 ? 's' : c.text(s)} − ${side}`).join(', ')} cancels.` };
    }
  },
};

/** Factors as written: s itself is not to be taken apart. */
function product(e: Expression): Expression[] {
  return isOperation(e, 'mul') ? e.operands.flatMap(product) : [e];
}
