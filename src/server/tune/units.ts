import { lineColumn, visitExpression, visitStatements, type Expression, type Program } from '../../program';
import type { AnnotatedVariable } from './variables';

/**
 * Which expressions round to the format of a variable that they are assigned to: the whole of `v = a * b + c`, only the addition of `v += a * b`
 * (its addend keeps the format of intermediate results). Keyed by line and source text, which annotations on other lines do not change.
 */
export function unitsOf(program: Program, variables: readonly AnnotatedVariable[], formats: readonly string[]): ReadonlyMap<string, string> {
  const chosen = new Map(variables.map((v, i) => [v.start, formats[i]]));
  const spans = new Map<string, string>();
  const mark = (e: Expression, format: string): void => { spans.set(keyOf(lineColumn(program, e.start).line, program.text.slice(e.start, e.end)), format); };
  const all = (root: Expression, format: string): void => visitExpression(root, e => { if (e.kind === 'operation') mark(e, format); });
  for (const e of program.expressions) {
    if (e.kind !== 'assign' || e.target.kind !== 'variable') continue;
    const format = chosen.get(program.variables[e.target.variable].start);
    if (format === undefined) continue;
    if (e.compound === null) all(e.value, format); else mark(e, format);
  }
  for (const fn of program.functions) visitStatements(fn.body, s => {
    const format = s.kind === 'declare' ? chosen.get(program.variables[s.variable].start) : undefined;
    if (format !== undefined && s.kind === 'declare' && s.value) all(s.value, format);
  });
  return spans;
}

/** The format that a site of a report rounds to; undefined for intermediate results. */
export function formatOfSite(site: { readonly line: number; readonly text: string }, units: ReadonlyMap<string, string>): string | undefined {
  return units.get(keyOf(site.line, site.text));
}

function keyOf(line: number, text: string): string {
  return `${line} ${text.slice(0, 200)}`;
}
