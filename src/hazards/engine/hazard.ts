import type { Fix, Severity } from '../../protocol/finding';
import type { HazardContext } from './context';

/** A span of the program's file: expressions, statements and functions all have one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a rule found. Texts that are the same at every place (why, what to do) come from the hazard's page. */
export interface Detection {
  readonly at: Span;
  /** First sentence: what is wrong here, with this code's names and numbers. */
  readonly message: string;
  /** Default: the page's severity. */
  readonly severity?: Severity;
  /** Replaces the page's reason, where the loss has another one here. */
  readonly why?: string;
  /** Replaces the page's last sentence, where the place allows a more concrete one. */
  readonly remedy?: string;
  readonly related?: readonly { readonly message: string; readonly at: Span }[];
  readonly fixes?: readonly Fix[];
}

/**
 * One hazard of the catalogue. The id is the file name in `src/hazards`, the diagnostic code, the page in `media/hazards` and the SARIF rule.
 * `detect` reads program and facts and has no effect; what it cannot establish it leaves unsaid.
 */
export interface Hazard {
  readonly id: string;
  readonly detect: (context: HazardContext) => Iterable<Detection>;
}

/** What the page of a hazard says in its front matter. */
export interface HazardPage {
  readonly id: string;
  /** One line, for lists and settings. */
  readonly title: string;
  readonly severity: Severity;
  /** Second part of every message: why it goes wrong. */
  readonly why: string;
  /** Last part of every message: what to do. */
  readonly remedy: string;
}
