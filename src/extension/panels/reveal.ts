import * as vscode from 'vscode';
import { uriOf } from '../documents';

/**
 * Selects a span of a file in an editor beside the panel. `simulated` is the text that the offsets refer to: when the document has changed since, the span
 * is looked for on the nearest line that still reads the same.
 */
export async function revealPlace(file: string, simulated: string | undefined, span: { readonly start: number; readonly end: number }, focus: boolean): Promise<void> {
  const uri = uriOf(file);
  const shown = vscode.window.visibleTextEditors.find(editor => editor.document.uri.toString() === uri.toString());
  const document = shown?.document ?? await vscode.workspace.openTextDocument(uri);
  const { start, end } = simulated === undefined ? span : moved(simulated, document.getText(), span);
  const selection = new vscode.Selection(document.positionAt(start), document.positionAt(end));
  const editor = await vscode.window.showTextDocument(document, { viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One, preserveFocus: !focus, selection });
  editor.revealRange(selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Where a span of the old text is in the new one. */
export function moved(before: string, after: string, span: { readonly start: number; readonly end: number }): { start: number; end: number } {
  if (before === after) return { ...span };
  const lineStart = before.lastIndexOf('\n', span.start - 1) + 1;
  const lineNumber = before.slice(0, lineStart).split('\n').length - 1;
  const line = before.split('\n')[lineNumber];
  const lines = after.split('\n');
  const candidates = lines.flatMap((text, index) => text === line ? [index] : []).sort((a, b) => Math.abs(a - lineNumber) - Math.abs(b - lineNumber));
  const target = candidates[0] ?? Math.min(lineNumber, lines.length - 1);
  const start = lines.slice(0, target).reduce((sum, text) => sum + text.length + 1, 0);
  return candidates.length === 0 ? { start, end: start + lines[target].length } : { start: start + span.start - lineStart, end: start + span.end - lineStart };
}
