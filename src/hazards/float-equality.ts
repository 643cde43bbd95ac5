import type { Expression } from '../program';
import type { HazardContext } from './engine/context';
import type { Hazard } from './engine/hazard';
import { integral, likelyIntegral } from './matching/integers';
import { nameOf, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve, resolveDeep, sameValue } from './matching/structure';


export const floatEquality: Hazard = {
  id: 'float-equality',
  * detect(c) {
    for (const operator of ['eq', 'ne'] as const) {
      for (const e of c.operations(operator)) {
        const [a, b] = e.operands;
        const computed = roundedIn(c, a) ?? roundedIn(c, b);
        if (!computed || exempt(c, a, b) || exempt(c, b, a)) continue;
        const side = computed.side;
        yield {
          at: e,
          message: `${c.text(side)} is rounded, so ${c.text(e)} decides on its last bit.`,
          related: side === computed.operation ? [] : [{ message: 'The value is rounded here.', at: computed.operation }],
        };
      }
    }
  },
};

/** The operation that makes a side a rounded, non-integer number. */
function roundedIn(c: HazardContext, side: Expression): { side: Expression; operation: Expression } | null {
  const value = resolveDeep(c, side);
  if (value.kind !== 'operation' || likelyIntegral(c, side)) return null;
  const inexact = (e: Expression, depth: number): boolean => {
    const v = resolve(c, e);
    if (v.kind !== 'operation' || depth === 0 || integral(c, v)) return false;
    switch (v.operator) {
      // A quotient is rounded unless it is halved, doubled or known to be whole.
      case 'div': return !dyadic(constantOf(c, v.operands[1])) && !(likelyIntegral(c, v.operands[0]) && likelyIntegral(c, v.operands[1]) && wholeQuotient(c, v.operands[0], v.operands[1]));
      case 'mul': return v.operands.some(o => fractional(c, o)) || v.operands.some(o => inexact(o, depth - 1));
      case 'add': case 'sub': return v.operands.some(o => fractional(c, o)) || v.operands.some(o => inexact(o, depth - 1));
      case 'sqrt': case 'exp': case 'log': case 'sin': case 'cos': case 'tan': case 'atan2': case 'hypot': case 'cbrt': case 'log2': case 'log10': return true;
      case 'pow': { const n = constantOf(c, v.operands[1]); return n !== null && !Number.isInteger(n); }
      case 'neg': case 'abs': case 'min': case 'max': return v.operands.some(o => inexact(o, depth - 1));
      default: return false;
    }
  };
  return inexact(value, 6) ? { side, operation: value } : null;
}

/** Comparisons that are exact by design: against 0 and other constants that are assigned, against a whole number of the same value, against itself. */
function exempt(c: HazardContext, side: Expression, other: Expression): boolean {
  const literal = constantOf(c, side);
  if (literal !== null && (Number.isInteger(literal) || !Number.isFinite(literal))) return true;
  if (side.kind === 'constant') return true;
  const value = resolve(c, side);
  const compared = resolve(c, other);
  if (sameValue(c, value, compared)) return true;
  // 1 / x === 1 / y tells 0 from -0.
  if (isOperation(value, 'div') && isOperation(compared, 'div') && constantOf(c, value.operands[0]) === 1 && constantOf(c, compared.operands[0]) === 1) return true;
  // x === Math.floor(x): asks whether x is whole.
  if (isOperation(value, 'floor', 'ceil', 'round', 'trunc', 'bitor') && sameValue(c, value.operands[0], compared)) return true;
  // The extreme of a set compared with its members.
  if (isOperation(value, 'min', 'max') && value.operands.some(o => sameValue(c, o, compared))) return true;
  return wordsOf(nameOf(c, side)).some(w => w === 'sentinel' || w === 'nan' || w === 'infinity' || w === 'undefined' || w === 'null');
}

function wholeQuotient(c: HazardContext, above: Expression, below: Expression): boolean {
  return integral(c, above) && integral(c, below) && isOperation(resolve(c, above), 'mul');
}

function dyadic(x: number | null): boolean {
  return x !== null && x !== 0 && Number.isInteger(Math.log2(Math.abs(x)));
}

function fractional(c: HazardContext, e: Expression): boolean {
  const x = constantOf(c, e);
  return x !== null && !Number.isInteger(x * 2 ** 20);
}
