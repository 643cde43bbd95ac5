import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Finding, TextEdit } from '../protocol/finding';
import type { FileReport } from '../server/check/check-file';

/** The findings as the contract has them: files relative to the current folder, lines and columns from 1, ends exclusive. */
export function reportJson(reports: readonly FileReport[], seconds: number, cwd: string): string {
  const positions = new Map<string, (offset: number) => { line: number; column: number }>();
  const at = (file: string): ((offset: number) => { line: number; column: number }) => {
    let position = positions.get(file);
    if (!position) positions.set(file, position = positionsOf(file));
    return position;
  };
  const findings = reports.flatMap(r => r.findings).map(f => findingJson(f, cwd, at));
  const problems = reports.flatMap(r => r.problems).map(p => ({ file: displayName(p.file, cwd), line: p.line, column: p.column, message: p.message }));
  return JSON.stringify({ version: 1, files: reports.length, findings, problems, seconds }, null, 2) + '\n';
}

type Position = (file: string) => (offset: number) => { line: number; column: number };

function findingJson(f: Finding, cwd: string, at: Position): unknown {
  const file = displayName(f.place.file, cwd);
  return {
    hazard: f.hazard, severity: f.severity, message: f.message, file,
    line: f.place.line, column: f.place.column, endLine: f.place.endLine, endColumn: f.place.endColumn,
    related: f.related.map(r => ({ message: r.message, file: displayName(r.place.file, cwd), line: r.place.line, column: r.place.column, endLine: r.place.endLine, endColumn: r.place.endColumn })),
    fixes: f.fixes.map(fix => ({ title: fix.title, safe: fix.safe, edits: fix.edits.map(edit => editJson(edit, cwd, at)) })),
  };
}

function editJson(edit: TextEdit, cwd: string, at: Position): unknown {
  const from = at(edit.file)(edit.start);
  const to = at(edit.file)(edit.end);
  return { file: displayName(edit.file, cwd), line: from.line, column: from.column, endLine: to.line, endColumn: to.column, text: edit.text };
}

/** Offsets to lines and columns of a file on disk. */
export function positionsOf(file: string): (offset: number) => { line: number; column: number } {
  let text = '';
  try { text = readFileSync(file, 'utf8').replace(/^\uFEFF/, ''); } catch { /* Gone since it was read: positions are then those of an empty file. */ }
  const starts = [0];
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) === 10) starts.push(i + 1);
  return offset => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) { const middle = (low + high + 1) >> 1; if (starts[middle] <= offset) low = middle; else high = middle - 1; }
    return { line: low + 1, column: offset - starts[low] + 1 };
  };
}

/** The path from the current folder, with forward slashes; absolute when it lies outside. */
export function displayName(file: string, cwd: string): string {
  const path = relative(cwd, file).replaceAll('\\', '/');
  return path.startsWith('../') || path === '' ? file : path;
}
