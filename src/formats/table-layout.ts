/**
 * Rounders of small value sets by table, as JavaScript text like those of `generate.ts`. A cell of the range tells where among the ascending keys a number may lie, a fixed
 * count of comparisons does the rest, and what follows is looked up: no branch depends on the data, so that none is mispredicted.
 */
export interface Table {
  /** First key that a number of each cell has to be compared with. */
  readonly starts: Uint16Array;
  /** Ascending, followed by infinities. */
  readonly keys: Float64Array;
  /** The value of each interval; for stochastic rounding two, the one nearer to zero first. */
  readonly values: Float64Array;
  /** Distance from the end of an interval nearer to zero to the other; empty unless stochastic. */
  readonly gaps: Float64Array;
  readonly lowest: number;
  readonly highest: number;
  readonly perUnit: number;
  /** Most keys in one cell. */
  readonly steps: number;
}

/** A rounder as JavaScript text: `hot` for the common range, which hands everything else to `rest`. */
export interface Text {
  readonly hot: string;
  readonly rest: string;
}
