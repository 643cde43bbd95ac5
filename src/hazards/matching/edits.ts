import type { Expression } from '../../program';
import type { Fix } from '../../protocol/finding';
import type { HazardContext } from '../engine/context';

/** Replaces one expression. Parentheses are added where the place would otherwise read the new text differently. */
export function replacement(c: HazardContext, e: Expression, text: string, title: string, safe: boolean): Fix {
  return { title, safe, edits: [{ file: c.program.file, start: e.start, end: e.end, text: needsParentheses(c, e, text) ? `(${text})` : text }] };
}

/** Inserts text before and after an expression. */
export function wrapping(c: HazardContext, e: Expression, before: string, after: string, title: string, safe: boolean): Fix {
  return { title, safe, edits: [
    { file: c.program.file, start: e.start, end: e.start, text: before },
    { file: c.program.file, start: e.end, end: e.end, text: after },
  ] };
}

/** A leading minus is the only operator that fixes bring in: it may not touch another minus, nor be the base of `**`. */
function needsParentheses(c: HazardContext, e: Expression, text: string): boolean {
  if (!text.startsWith('-')) return false;
  const parent = c.parent(e);
  if (parent?.kind !== 'operation') return false;
  return /[-*]$/.test(c.program.text.slice(parent.start, e.start).trimEnd()) || parent.operator === 'pow';
}
