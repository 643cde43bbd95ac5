import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName, receiverOf } from './accumulation';
import { replacement } from './edits';
import { mixesBits } from './integers';
import { enclosingNames, hashWords, wordsOf } from './names';
import { constantOf, isOperation, resolve } from './structure';
import { usesOf } from './usage';

const bitOperators = ['bitand', 'bitor', 'bitxor', 'bitnot', 'shl', 'shr'] as const;

/** Results of bit operations, which are signed, taken for unsigned numbers: compared with a constant of 32 bits, asked for being positive, or "masked" with 0xffffffff. */
export function* signedResults(c: HazardContext): Generator<Detection> {
  for (const operator of ['eq', 'ne'] as const) {
    for (const e of c.operations(operator)) {
      const constant = e.operands.find(o => (k => k !== null && k >= 2 ** 31 && k < 2 ** 32)(constantOf(c, o)));
      const bits = constant && e.operands.find(o => o !== constant);
      if (!constant || !bits || !isOperation(resolve(c, bits), ...bitOperators)) continue;
      yield { at: e, message: `${c.text(e)} is always ${operator === 'eq' ? 'false' : 'true'}: bit operations answer −2^31 to 2^31 − 1, and ${c.text(constant)} is beyond.`, remedy: 'End the bit operation with >>> 0.' };
    }
  }
  for (const operator of ['gt', 'le'] as const) {
    for (const e of c.operations(operator)) {
      const bits = resolve(c, e.operands[0]);
      if (constantOf(c, e.operands[1]) !== 0 || !isOperation(bits, 'bitand') || !bits.operands.some(o => (k => k !== null && (k >= 2 ** 31 && k < 2 ** 32 || k === -(2 ** 31)))(shiftedConstant(c, o)))) continue;
      yield { at: e, message: `${c.text(e)} asks a number whose sign is the bit in question: with the bit set it is negative.`, remedy: 'Compare with !== 0.' };
    }
  }
  for (const e of c.operations('bitand')) {
    if (!e.operands.some(o => constantOf(c, o) === 0xffffffff) || !asNumber(c, e)) continue;
    const operand = e.operands.find(o => constantOf(c, o) !== 0xffffffff);
    const fact = operand && c.fact(operand);
    if (!operand || fact && fact.lo >= -(2 ** 31) && fact.hi < 2 ** 31 || isOperation(resolve(c, operand), ...bitOperators) || mixesBits(c, e)) continue;
    if ([...enclosingNames(c, e)].some(n => wordsOf(n).some(w => hashWords.has(w)) || /(^|[^u])int_?32|(^|[^n])signed/i.test(n))) continue;
    yield { at: e, message: `${c.text(e)} takes no bits away and makes the number signed: from 2^31 on it is negative.`, remedy: 'Write >>> 0.', fixes: [replacement(c, e, `(${c.source(operand)} >>> 0)`, 'Read it as unsigned', false)] };
  }
}

/** A constant, also as 1 << 31. */
function shiftedConstant(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  if (isOperation(value, 'shl')) { const [a, b] = value.operands.map(o => constantOf(c, o)); return a !== null && b !== null ? a << b : null; }
  return constantOf(c, value);
}

/** The masked number goes on as a number: returned, written in digits, compared or computed with. */
function asNumber(c: HazardContext, e: Operation): boolean {
  let number = false;
  for (const { user } of usesOf(c, e)) {
    // Returned as it is: a sum of 32 bits, unless the name says that it is unsigned.
    if (user === null) { number ||= [...enclosingNames(c, e)].some(n => /unsigned|uint|u32|to_?number|parse|read|ip|addr/i.test(n)); continue; }
    if (isOperation(user, 'ushr', 'bitand', 'bitor', 'bitxor', 'shl', 'shr', 'imul', 'bitnot')) return false;
    if (isOperation(user, 'lt', 'le', 'gt', 'ge', 'mul', 'div', 'rem')) number = true;
    if (user.kind === 'call' && receiverOf(user) !== null && calledName(c, user) === 'toString') number = true;
    // A store into 32 bits keeps the bits as they are.
    if (user.kind === 'assign' && user.target.kind === 'index' || user.kind === 'call' && /^(set|write)U?[Ii]nt/.test(calledName(c, user))) return false;
  }
  return number;
}
