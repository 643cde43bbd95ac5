import { readFileSync, writeFileSync } from 'node:fs';
import type { TextEdit } from '../protocol/finding';
import type { FileReport } from '../server/check/check-file';

/** Applies the safe fixes of the reports to the files. Of fixes that overlap the first in the file wins; another run takes the rest. */
export function writeFixes(reports: readonly FileReport[]): { readonly files: string[]; readonly fixes: number } {
  const files: string[] = [];
  let fixes = 0;
  for (const report of reports) {
    const chosen = chooseFixes(report);
    if (chosen.edits.length === 0) continue;
    const text = readFileSync(report.file, 'utf8');
    const mark = text.startsWith('\uFEFF') ? 1 : 0;
    writeFileSync(report.file, text.slice(0, mark) + applyEdits(text.slice(mark), chosen.edits));
    files.push(report.file);
    fixes += chosen.count;
  }
  return { files, fixes };
}

/** The first safe fix of each finding, as far as its edits do not touch those already taken. */
export function chooseFixes(report: FileReport): { readonly edits: readonly TextEdit[]; readonly count: number } {
  const edits: TextEdit[] = [];
  const taken: { from: number; to: number }[] = [];
  let count = 0;
  for (const finding of report.findings) {
    const fix = finding.fixes.find(f => f.safe && f.edits.every(e => e.file === report.file));
    if (!fix) continue;
    const from = Math.min(...fix.edits.map(e => e.start));
    const to = Math.max(...fix.edits.map(e => e.end));
    if (taken.some(range => from < range.to && range.from < to)) continue;
    taken.push({ from, to });
    edits.push(...fix.edits);
    count++;
  }
  return { edits, count };
}

/** Edits that do not overlap, applied from the end so that offsets stay true. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = text;
  for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) result = result.slice(0, edit.start) + edit.text + result.slice(edit.end);
  return result;
}
