import { InlayHintKind, type InlayHint, type Range } from 'vscode-languageserver';
import { numberFacts } from '../analysis/hover';
import { visitStatements, type Expression } from '../program';
import { fromReal } from '../protocol/real';
import type { Analysis } from './analyses';
import { numberTextUp } from './number-text';

/** Most hints in one answer, and the time in milliseconds that a function's bound may take. */
const most = 200;
const patience = 10;

/** The proven error behind what is returned and what is declared in a range of the document: `±3 ulp`, or `7 digits`. Exact values get no hint. */
export function inlayHints(analysis: Analysis, range: Range, show: 'ulps' | 'digits'): InlayHint[] {
  const { document } = analysis;
  const program = analysis.program();
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const hints: InlayHint[] = [];
  const consider = (value: Expression | null): void => {
    if (!value || value.kind !== 'operation' || value.end < start || value.start > end || hints.length >= most) return;
    const facts = numberFacts(program, analysis.facts(), value, { formats: [], milliseconds: patience });
    if (!facts?.error || fromReal(facts.error.absolute) === 0) return;
    const label = show === 'ulps' ? facts.error.ulps === null ? undefined : `±${numberTextUp(facts.error.ulps)} ulp`
      : facts.digits === null ? undefined : `${facts.digits} ${facts.digits === 1 ? 'digit' : 'digits'}`;
    if (label === undefined) return;
    hints.push({ position: document.positionAt(value.end), label, kind: InlayHintKind.Type, paddingLeft: true, tooltip: `error ≤ ${numberTextUp(facts.error.absolute)}` });
  };
  for (const fn of program.functions) {
    if (fn.end < start || fn.start > end) continue;
    visitStatements(fn.body, statement => { if (statement.kind === 'return' || statement.kind === 'declare') consider(statement.value); });
  }
  return hints;
}
