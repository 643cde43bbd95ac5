import { analyzeRanges } from '../../analysis/ranges';
import { detectHazards, type DetectionOptions } from '../../hazards';
import type { Program } from '../../program';
import type { Finding } from '../../protocol/finding';
import type { Problem } from '../../protocol/place';

export type CheckOptions = DetectionOptions;

export interface FileReport {
  readonly file: string;
  readonly findings: readonly Finding[];
  /** What kept the file, or a part of it, from being read. */
  readonly problems: readonly Problem[];
}

/** One file from its program to its findings. A file with syntax errors is checked as far as it could be read. */
export function checkFile(program: Program, options: CheckOptions = {}): FileReport {
  const facts = analyzeRanges(program, { signal: options.signal });
  const failures: Problem[] = [];
  const onFailure = (hazard: string, error: unknown): void => {
    failures.push({ file: program.file, line: 1, column: 1, message: `The rule ${hazard} failed on this file (${error instanceof Error ? error.message.split('\n')[0] : String(error)}); switch it off for the file and report this.` });
  };
  const findings = detectHazards(program, facts, { ...options, onFailure });
  return { file: program.file, findings, problems: [...program.problems, ...failures] };
}
