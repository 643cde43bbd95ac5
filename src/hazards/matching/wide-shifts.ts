import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import type { Detection } from '../engine/hazard';
import { calledName } from './accumulation';
import { replacement } from './edits';
import { beyondInt32, sinceEpoch } from './epoch';
import { mixesBits } from './integers';
import { enclosingNames, hashWords, nameOf, wordsOf } from './names';
import { anyOrigin } from './given-values';
import { constantOf, isOperation, resolve } from './structure';

const limit = 2 ** 31;

/** Counts of bytes and times that pass 2^31: shifted right to get kilobytes, shifted left to make room for a counter. */
export function* shiftedWide(c: HazardContext): Generator<Detection> {
  for (const operator of ['shr', 'shl', 'ushr'] as const) {
    for (const e of c.operations(operator)) {
      const count = constantOf(c, e.operands[1]);
      const operand = e.operands[0];
      const fact = c.fact(operand);
      if (count === null || count === 0 || count >= 32 || (fact && fact.lo >= -limit && fact.hi < limit) || isOperation(resolve(c, operand), 'bitand', 'bitor', 'bitxor', 'shl', 'shr', 'ushr', 'bitnot', 'imul')) continue;
      // (n >> 16) & 0xff: the bits that are kept are those of n, however large it is.
      const kept = operator !== 'shl' && c.parent(e);
      if (kept && isOperation(kept, 'bitand') && kept.operands.some(o => (m => m !== null && m >= 0 && m < 2 ** (32 - count))(constantOf(c, o)))) continue;
      const time = beyondInt32(c, operand) || unmixed(c, e, operand) && sinceEpoch(c, operand) || operator === 'ushr' && operand.kind === 'variable' && c.definitions(operand.variable).some(d => d.kind === 'value' && beyondInt32(c, d.value));
      const file = !time && fileSize(c, operand);
      if (operator === 'ushr' && (!time && !file || mixesBits(c, e) || wordsOf(c.function(e).name).some(w => hashWords.has(w)))) continue;
      const read = resolve(c, operand);
      // Number(user.id) >> 22: the time inside an identifier of 64 bits.
      if (operator === 'shr' && read.kind === 'call' && /^(Number|parseInt)$/.test(calledName(c, read)) && (read.arguments[1] ? constantOf(c, read.arguments[1]) : 10) === 10 && read.arguments[0]?.type.kind !== 'number' && (count >= 17 || wordsOf(nameOf(c, read)).includes('id'))) {
        yield { at: e, message: `${c.text(e)} keeps the low 32 bits of a number read from text of any size, and takes all but ${32 - count} of them away.`, remedy: 'Use BigInt: Number(BigInt(text) >> 22n).' };
        continue;
      }
      const words = wordsOf(nameOf(c, operand));
      if (operator === 'shr' && count === 22 && words.some(w => w === 'id' || w === 'snowflake')) {
        yield { at: e, message: `${c.text(e)} keeps the low 32 bits of an identifier of 64, and takes 22 of them away.`, remedy: 'Use BigInt: Number(BigInt(id) >> 22n).' };
        continue;
      }
      const sized = operator === 'shr' && count >= 9 && isOperation(read, 'add') && read.operands.some(o => o.kind === 'property' && (o.name === 'size' || o.name === 'bytes'));
      const stamped = operator === 'shl' && count >= 8 && words.some(w => w === 'ts' || w === 'now' || w === 'time' || w === 'millis');
      if (!time && !file && !sized && !stamped && !(operator === 'shr' && count >= 10 && (words.some(w => byteWords.has(w)) || [...enclosingNames(c, e)].some(n => /bytes/i.test(n)) && read.kind === 'variable'))) continue;
      const parent = c.parent(e);
      const compound = parent?.kind === 'assign' && parent.compound !== null;
      yield {
        at: e,
        message: `${c.text(e)} keeps the low 32 bits of ${c.text(operand)}, ${time || stamped ? 'a time in milliseconds, which takes 41 bits' : operator === 'ushr' ? 'which passes 2^32 with 4 GiB' : 'which passes 2^31 with 2 GiB'}.`,
        remedy: operator !== 'shl' ? `Write Math.floor(… / 2 ** ${count}).` : `Write … * 2 ** ${count}.`,
        fixes: operator !== 'shl' ? [replacement(c, e, `${compound ? `${c.source(operand)} = ` : ''}Math.floor(${c.source(operand)} / ${count <= 30 ? 2 ** count : `2 ** ${count}`})`, 'Divide instead of shifting', false)] : [],
      };
    }
  }
}

export const byteWords: ReadonlySet<string> = new Set(['bytes', 'byte', 'size', 'loaded', 'total', 'filesize', 'uploaded', 'downloaded', 'transferred', 'used', 'free', 'memory', 'received', 'sent']);

/** The number that a caller gives is meant as it is: no seed of a generator, and not cut to 32 bits before. */
function unmixed(c: HazardContext, e: Expression, operand: Expression): boolean {
  if (mixesBits(c, e) || [...enclosingNames(c, e), nameOf(c, operand)].some(n => wordsOf(n).some(w => hashWords.has(w)))) return false;
  return operand.kind !== 'variable' || !c.definitions(operand.variable).some(d => d.kind === 'value' && (isOperation(d.value, 'bitor', 'bitand', 'bitxor', 'rem', 'imul') || isOperation(d.value, 'ushr') && constantOf(c, d.value.operands[1]) === 0));
}

/** A size of a file that a call in this file gives for a parameter: `writer.varint(file.size)`. */
function fileSize(c: HazardContext, e: Expression): boolean {
  return e.kind === 'variable' && c.variable(e.variable).kind === 'parameter' && anyOrigin(c, e, o => o.kind === 'property' && (o.name === 'fileSize' || o.name === 'size' && wordsOf(nameOf(c, o.object)).some(w => /^(file|blob|stats?|archive|attachment|upload)$/.test(w))));
}
