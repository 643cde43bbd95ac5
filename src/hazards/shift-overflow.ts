import type { Expression, Operation } from '../program';
import type { HazardContext } from './engine/context';
import type { Detection, Hazard } from './engine/hazard';
import { replacement, wrapping } from './matching/edits';
import { hashWords, wordsOf } from './matching/names';
import { constantOf, isOperation, resolve } from './matching/structure';

export const shiftOverflow: Hazard = {
  id: 'shift-overflow',
  * detect(c) {
    for (const operator of ['shl', 'shr', 'ushr'] as const) {
      for (const e of c.operations(operator)) {
        const count = constantOf(c, e.operands[1]);
        if (count !== null && count >= 32 && e.type.kind !== 'bigint') yield byThirtyTwo(c, e, operator, count);
        else if (operator === 'shl' && count !== 24) yield* unknownCount(c, e);
      }
    }
    yield* signBit(c);
  },
};

function byThirtyTwo(c: HazardContext, e: Operation, operator: string, count: number): Detection {
  const token = operator === 'shl' ? '<<' : operator === 'shr' ? '>>' : '>>>';
  const operand = c.source(e.operands[0]);
  return {
    at: e, severity: 'error',
    message: `${c.text(e)} shifts by ${count % 32}, not by ${count}: JavaScript takes shift counts modulo 32.`,
    remedy: operator === 'shl' ? `Multiply by 2 ** ${count}.` : `Write Math.floor(… / 2 ** ${count}).`,
    fixes: e.end - e.start < 200 && token ? [replacement(c, e, operator === 'shl' ? `(${operand} * 2 ** ${count})` : `Math.floor(${operand} / 2 ** ${count})`, `Use 2 ** ${count}`, false)] : [],
  };
}

/** `1 << n` used as a number 2^n, with n up to 31 or more. */
function* unknownCount(c: HazardContext, e: Operation): Generator<Detection> {
  const fact = c.fact(e.operands[1]);
  if (constantOf(c, e.operands[0]) !== 1 || !fact?.evidence || fact.hi < 31 || !Number.isFinite(fact.hi) || fact.lo > 31) return;
  const parent = c.parent(e);
  if (!parent || !isOperation(parent, 'mul', 'div', 'sub', 'add', 'lt', 'le', 'gt', 'ge')) return;
  yield { at: e, message: `${c.text(e)} is negative for a count of 31 and starts again at 1 for 32; ${c.text(e.operands[1])} reaches ${fact.hi}.`, remedy: 'Write 2 ** n.' };
}

/** b3 << 24 | b2 << 16 | … read as an unsigned number: negative when b3 ≥ 128. */
function* signBit(c: HazardContext): Generator<Detection> {
  for (const e of c.operations('shl')) {
    const count = constantOf(c, e.operands[1]);
    if (count !== 24) continue;
    const top = topOfChain(c, e);
    if (madeUnsigned(c, top) || hashing(c, e) || signed(c, e)) continue;
    const fact = c.fact(e.operands[0]);
    if (fact && fact.hi <= 127 && fact.lo >= 0) continue;
    const masked = resolve(c, e.operands[0]);
    if (isOperation(masked, 'bitand') && masked.operands.some(o => (constantOf(c, o) ?? 256) < 128)) continue;
    if (!usedAsNumber(c, top)) continue;
    yield {
      at: e,
      message: `${c.text(e)} sets the sign bit when ${c.text(e.operands[0])} is 128 or more, and the result is negative.`,
      remedy: 'End the expression with >>> 0.',
      fixes: [wrapping(c, top, '(', ') >>> 0', 'Read it as unsigned', false)],
    };
  }
}

function topOfChain(c: HazardContext, e: Expression): Expression {
  for (let top = e; ;) {
    const parent = c.parent(top);
    if (!parent || !isOperation(parent, 'bitor', 'add', 'bitxor')) return top;
    top = parent;
  }
}

function madeUnsigned(c: HazardContext, top: Expression): boolean {
  const parent = c.parent(top);
  if (parent && isOperation(parent, 'ushr', 'bitand', 'shr', 'shl', 'imul')) return true;
  if (parent?.kind === 'assign' && parent.target.kind === 'index') return true;
  const statement = c.position(top).statement;
  const variable = parent?.kind === 'assign' && parent.target.kind === 'variable' ? parent.target.variable : statement?.kind === 'declare' && statement.value === top ? statement.variable : null;
  if (variable === null) return false;
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'ushr', 'bitand', 'bitxor', 'shr'); });
}

function usedAsNumber(c: HazardContext, top: Expression): boolean {
  const fn = c.function(top);
  if (/unsigned|uint|u32|toInt|parse|read|length|size|ip|crc|address|word|long|number|decode/i.test(fn.name)) return true;
  const statement = c.position(top).statement;
  const parent = c.parent(top);
  if (parent && isOperation(parent, 'mul', 'div', 'sub', 'lt', 'le', 'gt', 'ge')) return true;
  const variable = statement?.kind === 'declare' && statement.value === top ? statement.variable : null;
  if (variable === null) return false;
  return /len|length|size|offset|count|id|ip|address|timestamp|time|seq|value|num/i.test(c.variable(variable).name);
}

function signed(c: HazardContext, e: Expression): boolean {
  return /(^|[^u])int32|signed(?!.*unsigned)|readInt|getInt|i32/i.test(c.function(e).name.replace(/uint|unsigned/gi, ''));
}

function hashing(c: HazardContext, e: Expression): boolean {
  return wordsOf(c.function(e).name).some(w => hashWords.has(w) || ['color', 'colour', 'rgba', 'argb', 'abgr', 'pixel', 'hex'].includes(w));
}
