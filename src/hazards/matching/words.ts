import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { hashWords, wordsOf } from './names';
import { constantOf, isOperation } from './structure';

/** The whole chain of | and + that the shifted part belongs to. */
export function topOfChain(c: HazardContext, e: Expression): Expression {
  for (let top = e; ;) {
    const parent = c.parent(top);
    if (!parent || !isOperation(parent, 'bitor', 'add', 'bitxor')) return top;
    top = parent;
  }
}

/** What becomes of the chain is unsigned, or a mask. */
export function madeUnsigned(c: HazardContext, top: Expression): boolean {
  const parent = c.parent(top);
  if (parent && isOperation(parent, 'ushr', 'bitand', 'shr', 'shl', 'imul')) return true;
  if (parent?.kind === 'assign' && parent.target.kind === 'index') return true;
  const statement = c.position(top).statement;
  const variable = parent?.kind === 'assign' && parent.target.kind === 'variable' ? parent.target.variable : statement?.kind === 'declare' && statement.value === top ? statement.variable : null;
  if (variable === null) return false;
  // n < 0 ? n + 2 ** 32 : n
  if (c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'lt', 'ge') && constantOf(c, user.operands[1]) === 0; })
    && c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'add') && user.operands.some(o => constantOf(c, o) === 2 ** 32); })) return true;
  return c.reads(variable).some(r => { const user = c.parent(r); return user !== null && isOperation(user, 'ushr', 'bitand', 'bitxor', 'shr'); });
}

/** By its name, the function reads signed numbers. */
export function signed(c: HazardContext, e: Expression): boolean {
  if (/unsigned|uint/i.test(c.function(e).name) && !/(^|[^n])signed/i.test(c.function(e).name)) return false;
  return /(^|[^u])int32|signed(?!.*unsigned)|(read|get)Int\d|i32/i.test(c.function(e).name.replace(/uint|unsigned/gi, ''));
}

/** Beside the reader `g4` stands `g4s` or `g4Signed` for signed numbers: this one answers unsigned ones. */
export function signedBeside(c: HazardContext, top: Expression): boolean {
  const { name } = c.function(top);
  return /\d$/.test(name) && c.position(top).statement?.kind === 'return' && c.program.functions.some(f => f.name === `${name}s` || f.name === `${name}Signed`);
}

/** The function is about hashes or colours, which want the 32 bits as they are. */
export function hashing(c: HazardContext, e: Expression): boolean {
  return wordsOf(c.function(e).name).some(w => hashWords.has(w) || ['color', 'colour', 'rgba', 'argb', 'abgr', 'pixel', 'hex'].includes(w));
}
