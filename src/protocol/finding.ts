import type { Place } from './place';

export type Severity = 'error' | 'warning' | 'info' | 'hint';

export interface TextEdit {
  readonly file: string;
  /** 0-based UTF-16 offsets of what is replaced. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  readonly title: string;
  /** True when the edit preserves or improves every value on the inferred range; only such edits are applied by "fix all" and `--fix`. */
  readonly safe: boolean;
  readonly edits: readonly TextEdit[];
}

/** One reported hazard. Plain data. */
export interface Finding {
  /** Hazard id: file name in `src/hazards`, diagnostic code, page name, SARIF rule id. */
  readonly hazard: string;
  readonly severity: Severity;
  /** First sentence: what is wrong here, with this code's names and numbers. Then why. Then what to do. */
  readonly message: string;
  readonly place: Place;
  readonly related: readonly { readonly message: string; readonly place: Place }[];
  readonly fixes: readonly Fix[];
}
