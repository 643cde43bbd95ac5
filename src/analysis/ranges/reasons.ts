import { textOf, type Program } from '../../program';

/** Source text of a span on one line, shortened. */
export function lineText(program: Program, span: { readonly start: number; readonly end: number }): string {
  const text = textOf(program, span).replace(/\s+/g, ' ');
  return text.length > 60 ? text.slice(0, 57) + '…' : text;
}
