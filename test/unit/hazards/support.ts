import { analyzeRanges } from '../../../src/analysis/ranges';
import { detectHazards, type DetectionOptions } from '../../../src/hazards';
import type { Finding } from '../../../src/protocol/finding';
import { lowerText } from '../../../src/typescript';

/** What a hazard must and must not report. In `fires` a trailing `//!` marks each line that must be reported; no other line may be. */
export interface HazardCases {
  readonly fires: readonly string[];
  readonly silent: readonly string[];
  /** `after` is the text that the first fix of the first finding leaves. */
  readonly fixes?: readonly { readonly before: string; readonly after: string; readonly safe: boolean }[];
  readonly options?: DetectionOptions;
  /** Files are read as JavaScript. */
  readonly file?: string;
}

/** Source to findings, through the production path. */
export function findingsOf(code: string, options: DetectionOptions = {}, file = 'case.ts'): Finding[] {
  const program = lowerText(file, code);
  return detectHazards(program, analyzeRanges(program), { ...options, onFailure: (hazard, error) => { throw new Error(`${hazard} failed`, { cause: error }); } });
}

export function markedLines(code: string): number[] {
  return code.split('\n').flatMap((line, i) => /\/\/!\s*$/.test(line) ? [i + 1] : []);
}

export function applyFix(code: string, finding: Finding): string {
  let text = code;
  for (const edit of [...finding.fixes[0].edits].sort((a, b) => b.start - a.start || b.end - a.end)) text = text.slice(0, edit.start) + edit.text + text.slice(edit.end);
  return text;
}
