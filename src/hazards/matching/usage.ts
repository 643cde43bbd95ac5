import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { soleValue } from './structure';

/**
 * Where the value of an expression goes, followed through single-valued locals: each use is the expression that consumes it.
 * `null` stands for "returned or otherwise leaves as it is".
 */
export function* usesOf(c: HazardContext, e: Expression, depth = 6): Generator<{ readonly user: Expression | null; readonly operand: Expression }> {
  const parent = c.parent(e);
  if (parent) {
    if (parent.kind === 'assign' && parent.value === e && parent.target.kind === 'variable') yield* usesOfVariable(c, parent.target.variable, parent, depth);
    else yield { user: parent, operand: e };
    return;
  }
  const statement = c.position(e).statement;
  if (statement?.kind === 'declare' && statement.value === e) { yield* usesOfVariable(c, statement.variable, null, depth); return; }
  yield { user: null, operand: e };
}

function* usesOfVariable(c: HazardContext, variable: number, fallback: Expression | null, depth: number): Generator<{ readonly user: Expression | null; readonly operand: Expression }> {
  const reads = c.reads(variable);
  if (depth === 0 || reads.length === 0 || (fallback && !soleValue(c, variable) && c.definitions(variable).length > 3)) { if (fallback) yield { user: fallback, operand: fallback }; return; }
  for (const read of reads) yield* usesOf(c, read, depth - 1);
}

/** Whether some use of the value, directly or after ×, ÷, + and −, is one that the predicate accepts. */
export function flowsTo(c: HazardContext, e: Expression, accept: (user: Expression, operand: Expression) => boolean, through: readonly string[] = [], depth = 8): boolean {
  for (const { user, operand } of usesOf(c, e)) {
    if (!user) continue;
    if (accept(user, operand)) return true;
    if (depth > 0 && user.kind === 'operation' && through.includes(user.operator) && flowsTo(c, user, accept, through, depth - 1)) return true;
    if (depth > 0 && user.kind === 'conditional' && user.test !== operand && flowsTo(c, user, accept, through, depth - 1)) return true;
  }
  return false;
}

/** Whether the value only becomes text: template, concatenation, toString, log call. */
export function onlyDisplayed(c: HazardContext, e: Expression): boolean {
  let any = false;
  for (const { user } of usesOf(c, e)) {
    any = true;
    if (!user || !displays(c, user)) return false;
  }
  return any;
}

const displaying = new Set(['log', 'info', 'debug', 'warn', 'error', 'toString', 'String', 'setAttribute', 'text', 'toLocaleString', 'fillText']);

function displays(c: HazardContext, user: Expression): boolean {
  if (user.kind === 'template') return true;
  if (user.kind === 'call') return displaying.has(calledName(c, user));
  if (user.kind === 'assign' && user.target.kind === 'property') return /^(innerHTML|innerText|textContent|title|label|text|width|height|left|top|opacity|transform)$/.test(user.target.name);
  return false;
}
