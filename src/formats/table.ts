import type { Codebook, Lattice } from './format';
import { powerBelow } from './general';
import type { Table, Text } from './table-layout';

/**
 * A codebook under a deterministic mode: key i is the greatest double that rounds to level i or below. The keys are found by bisection over the doubles with the general
 * rounder, which is monotone, so that every tie rule and mode is right by construction. Undefined beyond 256 levels.
 */
export function staircase(book: Codebook, general: (x: number) => number): Table | undefined {
  if (book.levels.length > longest) return undefined;
  const levels = Float64Array.from(book.levels);
  const keys = Float64Array.from({ length: levels.length - 1 }, (_, i) => lastBelow(levels[i], levels[i + 1], x => general(x) <= levels[i]));
  return { ...search(keys, levels), values: levels, gaps: new Float64Array(0) };
}

export function staircaseText(table: Table): Text {
  return {
    hot: `x => { if (!(x >= table.lowest && x <= table.highest)) return +rest(x); ${interval(table, '<')} return values[i]; }`,
    rest: 'x => x !== x ? NaN : x < 0 ? table.lowest : table.highest',
  };
}

/** The table of a codebook for exact stochastic rounding: the interval between two levels, and both its ends. */
export function stochasticCodebook(book: Codebook): Table | undefined {
  return book.levels.length > longest ? undefined : intervals(Float64Array.from(book.levels), 0);
}

/** The same of a float of few bits, where its values lie densely enough for cells of equal width. */
export function stochasticLattice(lattice: Lattice): Table | undefined {
  if (!Number.isFinite(lattice.precision) || !lattice.zero) return undefined;
  const magnitudes: number[] = [];
  for (let m = 0; m <= Math.max(lattice.highest, -lattice.lowest); m += Math.max(powerBelow(m) * 2 ** (1 - lattice.precision), 2 ** lattice.quantum)) {
    if (magnitudes.length > longest) return undefined;
    magnitudes.push(m);
  }
  const levels = [...magnitudes.slice(1).map(m => -m).reverse(), ...magnitudes].filter(v => v >= lattice.lowest && v <= lattice.highest);
  const table = intervals(Float64Array.from(levels), lattice.signedZero ? -0 : 0);
  return table.steps <= unrolled ? table : undefined;
}

/**
 * The end farther from zero with probability (x − nearer)/(farther − nearer), by one draw; values of the set draw nothing. The same draws give the same
 * results as the general rounder.
 */
export function stochasticTableText(table: Table, signedZero: boolean, rest: string): Text {
  return {
    hot: `x => { if (!(x > table.lowest && x < table.highest)) return +rest(x); ${interval(table, '<=')} const nearer = values[2 * i];`
      + ` return x === nearer || x === values[2 * i + 1] ? x${signedZero ? '' : ' + 0'} : values[2 * i + ((random() < (x - nearer) / gaps[i]) | 0)]; }`,
    rest,
  };
}

/** Beyond the extreme levels a codebook saturates. */
export const saturatingRest = 'x => x !== x ? NaN : x <= table.lowest ? table.lowest : table.highest';

function interval(table: Table, before: '<' | '<='): string {
  const step = `i += (keys[i] ${before} x) | 0;`;
  const scan = table.steps <= unrolled ? step.repeat(table.steps) : `while (keys[i] ${before} x) i++;`;
  return `let i = starts[((x - table.lowest) * table.perUnit) | 0]; ${scan}`;
}

function intervals(levels: Float64Array, negativeZero: number): Table {
  const last = levels.length - 1;
  const values = new Float64Array(2 * last);
  const gaps = new Float64Array(last);
  for (let i = 0; i < last; i++) {
    const [lo, hi] = [levels[i], levels[i + 1]];
    const nearer = Math.abs(lo) <= Math.abs(hi) ? lo : hi;
    const farther = nearer === lo ? hi : lo;
    values[2 * i] = nearer === 0 && farther < 0 ? negativeZero : nearer;
    values[2 * i + 1] = farther;
    gaps[i] = farther - nearer;
  }
  return { ...search(levels.subarray(1, last), levels), values, gaps };
}

/** The cell of a number is monotone in it, rounding included: whatever lies before the keys of a cell lies in an earlier one. */
function search(ascending: Float64Array, levels: Float64Array): Pick<Table, 'starts' | 'keys' | 'lowest' | 'highest' | 'perUnit' | 'steps'> {
  const [lowest, highest] = [levels[0], levels[levels.length - 1]];
  const wanted = cells / (highest - lowest);
  const perUnit = wanted > 0 && wanted < Infinity ? wanted : 0;
  const starts = new Uint16Array(cells + 2);
  let steps = 0;
  let next = 0;
  for (let cell = 0; cell < starts.length; cell++) {
    while (next < ascending.length && cellOf(ascending[next]) < cell) next++;
    starts[cell] = next;
    if (cell > 0) steps = Math.max(steps, next - starts[cell - 1]);
  }
  // The keys of the last cell: those left.
  steps = Math.max(steps, ascending.length - next);
  const keys = new Float64Array(ascending.length + unrolled + 1).fill(Infinity);
  keys.set(ascending);
  return { starts, keys, lowest, highest, perUnit, steps };

  function cellOf(x: number): number {
    return ((x - lowest) * perUnit) | 0;
  }
}

const cells = 4096;
const longest = 256;
const unrolled = 4;

const scratch = new Float64Array(1);
const words = new BigInt64Array(scratch.buffer);

/** Greatest double in [lo, hi) with the property, which holds at lo and, once lost, stays lost. */
function lastBelow(lo: number, hi: number, holds: (x: number) => boolean): number {
  let a = ordinal(lo);
  let b = ordinal(hi);
  while (b - a > 1n) {
    const middle = (a + b) >> 1n;
    if (holds(fromOrdinal(middle))) a = middle; else b = middle;
  }
  return fromOrdinal(a);
}

/** Position of a double in ascending order, both zeros at 0. */
function ordinal(x: number): bigint {
  scratch[0] = x + 0;
  return words[0] < 0n ? -(words[0] & 0x7fffffffffffffffn) : words[0];
}

function fromOrdinal(n: bigint): number {
  words[0] = n < 0n ? -n | -0x8000000000000000n : n;
  return scratch[0];
}
