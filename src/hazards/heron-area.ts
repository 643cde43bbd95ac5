import type { Hazard } from './engine/hazard';
import { factorsOf, isOperation, resolve, sameValue } from './matching/structure';

export const heronArea: Hazard = {
  id: 'heron-area',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const factors = factorsOf(c, e.operands[0]).filter(f => !f.inverted).map(f => f.value);
      const s = factors.find(f => factors.filter(o => isOperation(o, 'sub') && sameValue(c, o.operands[0], f)).length === 3);
      if (!s || factors.length !== 4) continue;
      const sides = factors.filter(f => f !== s).map(f => isOperation(f, 'sub') ? c.text(f.operands[1]) : '');
      yield { at: e, message: `${c.text(e)} loses its digits for thin triangles, where one of ${sides.map(side => `${c.text(resolve(c, s)).length > 12 ? 's' : c.text(s)} − ${side}`).join(', ')} cancels.` };
    }
  },
};
