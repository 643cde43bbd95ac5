/** A place in a source file. Lines and columns are 1-based, the end is exclusive, columns count UTF-16 units; offsets are 0-based UTF-16 units. */
export interface Place {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/**
 * One numeric expression in the source. Every fact, finding, error contribution and suggestion names a site, and that is how static and
 * dynamic results meet. `id` is `start-end` of the expression's span in its file (UTF-16 offsets), so that two readers of the same text agree on it.
 */
export interface SitePlace extends Place {
  readonly id: string;
  /** Source text, shortened to 200 units. */
  readonly text: string;
  /** Operator id of the operator table (`add`, `exp`, …), or `literal`, `input`, `convert`, `call`. */
  readonly operator: string;
}

export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** One sentence that names the place and the remedy. */
  readonly message: string;
}

export function siteId(start: number, end: number): string {
  return `${start}-${end}`;
}
