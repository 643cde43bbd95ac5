/**
 * Where a streaming run counts. What every operation touches stands in one array, `$0D`: the registers first, then eight numbers a site, so that one base address serves all of them. `low` and `high` are
 * the known range of a site as far as it is finite; a result beyond it takes the complete function.
 */
export const cells = ['count', 'low', 'high', 'error', 'ratio', 'absorbed', 'together'] as const;

export type Cell = typeof cells[number];

/** Doubles before the first site. */
export const registers = 16;

/** The cell of a site, as text; `site` is an expression without operators that bind less than `+`. */
export function cell(name: Cell, site = 's'): string {
  return `$0D[(${site} << 3) + ${registers + cells.indexOf(name)}]`;
}

/** Sites before and after a dummy one, behind those of the program. */
export const dummies = 256;
