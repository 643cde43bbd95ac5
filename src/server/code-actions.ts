import { CodeActionKind, type CodeAction, type CodeActionContext, type Diagnostic, type Range, type TextEdit as LspEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix, TextEdit } from '../protocol/finding';
import { clientCommands } from '../protocol/requests';
import { rangeOf } from './diagnostics';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.roundoff`;
export const providedKinds = [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind];

export interface ActionOptions {
  /** True when the client has our commands. */
  readonly commands: boolean;
}

/**
 * What can be done about the findings in `range`: safe fixes as quick fixes, fixes that change some value as refactorings, a comment that silences the
 * line, the page of the hazard; and, when asked for, all safe fixes of the file at once.
 */
export function codeActions(document: TextDocument, findings: readonly Finding[], range: Range, context: CodeActionContext, options: ActionOptions): CodeAction[] {
  const wanted = (kind: string): boolean => !context.only || context.only.some(only => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  const here = findings.filter(finding => overlaps(rangeOf(finding.place), range));
  for (const finding of here) {
    const diagnostics = context.diagnostics.filter(diagnostic => isAbout(diagnostic, finding));
    const safe = finding.fixes.filter(fix => fix.safe);
    for (const fix of finding.fixes) {
      const kind = fix.safe ? CodeActionKind.QuickFix : CodeActionKind.RefactorRewrite;
      if (wanted(kind)) actions.push({ title: fix.title, kind, diagnostics, isPreferred: fix.safe && safe.length === 1, edit: editOf(document, fix.edits) });
    }
  }
  if (wanted(CodeActionKind.QuickFix)) for (const finding of oncePerHazard(here)) actions.push(...aboutHazard(document, finding, context, options));
  if (context.only?.some(only => fixAllKind === only || fixAllKind.startsWith(`${only}.`))) {
    const edits = safeEdits(findings);
    if (edits.length > 0) actions.push({ title: 'Apply all safe fixes of Roundoff', kind: fixAllKind, edit: editOf(document, edits) });
  }
  return actions;
}

/** Edits of every safe fix, first come first served where two touch the same text. */
export function safeEdits(findings: readonly Finding[]): TextEdit[] {
  const taken: TextEdit[] = [];
  const free = (fix: Fix): boolean => fix.edits.every(edit => taken.every(other => edit.end < other.start || other.end < edit.start));
  for (const finding of findings) {
    const fix = finding.fixes.find(candidate => candidate.safe);
    if (fix && free(fix)) taken.push(...fix.edits);
  }
  return taken;
}

function aboutHazard(document: TextDocument, finding: Finding, context: CodeActionContext, options: ActionOptions): CodeAction[] {
  const diagnostics = context.diagnostics.filter(diagnostic => diagnostic.code === finding.hazard && diagnostic.source === 'roundoff');
  const line = finding.place.line - 1;
  const indent = /^[ \t]*/.exec(document.getText({ start: { line, character: 0 }, end: { line, character: finding.place.column - 1 } }))?.[0] ?? '';
  const at = { line, character: 0 };
  const silence: LspEdit = { range: { start: at, end: at }, newText: `${indent}// roundoff-disable-next-line ${finding.hazard}\n` };
  return [
    { title: `Disable ${finding.hazard} for this line`, kind: CodeActionKind.QuickFix, diagnostics, edit: versioned(document, [silence]) },
    ...(options.commands ? [{ title: `Explain ${finding.hazard}`, kind: CodeActionKind.QuickFix, diagnostics,
      command: { title: 'Explain', command: clientCommands.explain, arguments: [finding.hazard] } }] : []),
  ];
}

function editOf(document: TextDocument, edits: readonly TextEdit[]): WorkspaceEdit {
  return versioned(document, edits.map(({ start, end, text }) => ({ range: { start: document.positionAt(start), end: document.positionAt(end) }, newText: text })));
}

/** The editor refuses an edit whose version is not the document's: a fix computed for older text is never applied. */
function versioned(document: TextDocument, edits: LspEdit[]): WorkspaceEdit {
  return { documentChanges: [{ textDocument: { uri: document.uri, version: document.version }, edits }] };
}

function overlaps(a: Range, b: Range): boolean {
  const before = (x: Range['end'], y: Range['start']): boolean => x.line < y.line || (x.line === y.line && x.character < y.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

function isAbout(diagnostic: Diagnostic, finding: Finding): boolean {
  const range = rangeOf(finding.place);
  return diagnostic.source === 'roundoff' && diagnostic.code === finding.hazard
    && diagnostic.range.start.line === range.start.line && diagnostic.range.start.character === range.start.character;
}

function oncePerHazard(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map(finding => [`${finding.hazard} ${finding.place.line}`, finding])).values()];
}
