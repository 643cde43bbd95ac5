import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { calledName, receiverOf } from './matching/accumulation';
import { isOperation, resolve, sameValue, soleResult } from './matching/structure';

export const heronArea: Hazard = {
  id: 'heron-area',
  * detect(c) {
    for (const e of c.operations('sqrt')) {
      const written = resolve(c, e.operands[0]);
      const factors = reduced(c, written) ?? product(written).map(f => difference(c, f));
      const s = factors.find(f => factors.filter(o => isOperation(o, 'sub') && sameValue(c, o.operands[0], f)).length === 3);
      if (!s || factors.length !== 4) continue;
      const sides = factors.filter(f => f !== s).map(f => isOperation(f, 'sub') ? c.text(f.operands[1]) : '');
      yield { at: e, related: written === e.operands[0] ? [] : [{ message: 'The product is formed here.', at: written }], message: `${c.text(e)} loses its digits for thin triangles, where one of ${[...new Set(sides)].map(side => `${c.text(resolve(c, s)).length > 12 ? 's' : c.text(s)} − ${side}`).join(', ')} cancels.` };
    }
  },
};

/** `[a, b, c].reduce((p, side) => p * (s - side), s)` */
function reduced(c: HazardContext, e: Expression): Expression[] | null {
  if (e.kind !== 'call' || calledName(c, e) !== 'reduce' || e.arguments.length !== 2) return null;
  const sides = receiverOf(e);
  const list = sides ? resolve(c, sides) : null;
  const callback = resolve(c, e.arguments[0]);
  const answer = callback.kind === 'function' ? soleResult(c.program.functions[callback.function]) : null;
  if (list?.kind !== 'array' || list.elements.length !== 3 || !answer || !isOperation(answer, 'mul')) return null;
  // [s - a, s - b, s - c].reduce((p, rest) => p * rest, s)
  const rests = list.elements.flatMap(x => x === null ? [] : [difference(c, x)]);
  if (rests.length === 3 && rests.every(x => isOperation(x, 'sub')) && answer.operands.every(o => o.kind === 'variable')) return [e.arguments[1], ...rests];
  const taken = answer.operands.find(o => isOperation(o, 'sub'));
  return taken && isOperation(taken, 'sub') && sameValue(c, taken.operands[0], e.arguments[1]) ? [e.arguments[1], taken, taken, taken] : null;
}

/** `s - a`, also in a local; other factors as written. */
function difference(c: HazardContext, e: Expression): Expression {
  const value = resolve(c, e);
  return isOperation(value, 'sub') ? value : e;
}

/** Factors as written: s itself is not to be taken apart. */
function product(e: Expression): Expression[] {
  return isOperation(e, 'mul') ? e.operands.flatMap(product) : [e];
}
