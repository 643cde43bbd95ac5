import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { constantOf, isOperation, resolve, sameValue } from './structure';

/** `(x >> 15) | (x << 17)`: a rotation of 32 bits whose lower part is filled with copies of the sign. */
export function* smearedRotations(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('shr')) {
    const whole = c.parent(e);
    if (!whole || !isOperation(whole, 'bitor', 'bitxor', 'add') || e.type.kind === 'bigint') continue;
    const fact = c.fact(e.operands[0]);
    // (n << 1) ^ (n >> 31) spreads the sign on purpose.
    if (constantOf(c, e.operands[1]) === 31) continue;
    if (fact && fact.lo >= 0 && fact.hi < 2 ** 31) continue;
    const other = whole.operands.map(o => resolve(c, o)).find((o): o is Operation => isOperation(o, 'shl') && sameValue(c, o.operands[0], e.operands[0]) && complement(c, e.operands[1], o.operands[1]));
    if (!other) continue;
    yield {
      at: e,
      message: `${c.text(e)} fills with copies of the sign bit where ${c.text(whole)} rotates the 32 bits of ${c.text(e.operands[0])}.`,
      why: 'With the highest bit set, >> brings in ones, which cover the bits that the other shift has put there.',
      remedy: 'Shift right with >>>.',
      fixes: plainFix(c, e),
    };
  }
}

/** The two counts add up to 32. */
function complement(c: HazardContext, right: Expression, left: Expression): boolean {
  const [a, b] = [constantOf(c, right), constantOf(c, left)];
  if (a !== null && b !== null) return a + b === 32;
  return rest(c, right, left) || rest(c, left, right);
}

function rest(c: HazardContext, e: Expression, of: Expression): boolean {
  const value = resolve(c, e);
  return isOperation(value, 'sub') && constantOf(c, value.operands[0]) === 32 && sameValue(c, value.operands[1], of);
}

function plainFix(c: HazardContext, e: Operation): Detection['fixes'] {
  const [value, count] = e.operands;
  const between = c.program.text.slice(value.end, count.start);
  return /^\s*>>\s*$/.test(between) ? [{ title: 'Shift right with >>>', safe: false, edits: [{ file: c.program.file, start: value.end, end: count.start, text: between.replace('>>', '>>>') }] }] : [];
}
