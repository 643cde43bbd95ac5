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
  return { file: program.file, findings: detectHazards(program, facts, options), problems: program.problems };
}
