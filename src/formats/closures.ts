import type { Codebook, Format } from './format';
import { finish, type Rounding } from './rounding';

/**
 * Nearest-even without code generation: the same arithmetic as `generate.ts` over captured constants. Undefined where it does not apply; the general
 * rounder then serves.
 */
export function nearestClosure(format: Format, rounding: Rounding, far: (x: number) => number): ((x: number) => number) | undefined {
  const lattice = format.values;
  if (lattice.kind !== 'lattice' || !lattice.zero || lattice.precision === 1 || (rounding.mode ?? 'nearest-even') !== 'nearest-even') return undefined;
  const isFloat = Number.isFinite(lattice.precision);
  if (!isFloat && format.bits > 50) return undefined;
  const done = finish(lattice, rounding);
  const split = isFloat ? 2 ** (53 - lattice.precision) + 1 : 0;
  const normal = isFloat ? 2 ** (lattice.quantum + lattice.precision - 1) : 2 ** (50 + lattice.quantum);
  const magic = 1.5 * 2 ** (52 + lattice.quantum);
  const { highest, lowest } = lattice;
  return x => {
    const magnitude = Math.abs(x);
    if (magnitude < normal) {
      const y = (magnitude + magic) - magic;
      return done(x < 0 ? -y : x === 0 ? x : y, false);
    }
    if (!isFloat || !(magnitude < 2 ** 960)) return far(x);
    const t = x * split;
    const z = t - (t - x);
    return z <= highest && z >= lowest ? z : done(z, false);
  };
}

/**
 * A codebook under a deterministic mode as a staircase: threshold i is the greatest double that rounds to level i or below. The thresholds are found by
 * bisection over the doubles with the general rounder, which is monotone, so that every tie rule and mode is right by construction.
 */
export function staircase(book: Codebook, general: (x: number) => number): ((x: number) => number) | undefined {
  if (book.levels.length > staircaseLimit) return undefined;
  const levels = Float64Array.from(book.levels);
  const last = levels.length - 1;
  const thresholds = Float64Array.from({ length: last }, (_, i) => lastBelow(levels[i], levels[i + 1], x => general(x) <= levels[i]));
  const start = buckets(thresholds);
  return x => {
    if (x !== x) return NaN;
    let i = startOf(start, x);
    while (i < last && x > thresholds[i]) i++;
    return levels[i];
  };
}

/**
 * Stochastic rounding on a codebook: one of the two levels around x, the farther from zero with the exact probability. The same draws give the same results
 * as the general rounder.
 */
export function stochasticCodebook(book: Codebook, random: () => number): (x: number) => number {
  const levels = Float64Array.from(book.levels);
  const last = levels.length - 1;
  const start = buckets(levels);
  return x => {
    if (!(x > levels[0])) return x !== x ? NaN : levels[0];
    if (x >= levels[last]) return levels[last];
    let i = startOf(start, x);
    while (levels[i + 1] <= x) i++;
    const lo = levels[i];
    if (lo === x) return lo;
    const hi = levels[i + 1];
    return Math.abs(lo) <= Math.abs(hi) ? (random() < (x - lo) / (hi - lo) ? hi : lo) : (random() < (x - hi) / (lo - hi) ? lo : hi);
  };
}

/**
 * Where a search among ascending values may start: equal cells over their range, each with the greatest index i such that every value before i is below the cell. A bisection
 * mispredicts one branch for each bit of the answer; from here a scan takes a step or two.
 */
function buckets(values: Float64Array): Buckets {
  const cells = Math.min(4096, 16 * values.length);
  const first = values[0];
  const wanted = cells / (values[values.length - 1] - first);
  const table = { starts: new Uint16Array(cells), first, perUnit: wanted < Infinity ? wanted : 0 };
  // The cell of a value is monotone in it, rounding included: whatever lies before the values of a cell lies in an earlier one.
  let next = 0;
  for (let cell = 0; cell < cells && table.perUnit > 0; cell++) {
    while (next < values.length && cellOf(table, values[next]) < cell) next++;
    table.starts[cell] = Math.max(0, next - 1);
  }
  return table;
}

interface Buckets {
  readonly starts: Uint16Array;
  readonly first: number;
  readonly perUnit: number;
}

function cellOf(table: Buckets, x: number): number {
  const cell = (x - table.first) * table.perUnit;
  const last = table.starts.length - 1;
  return cell > 0 ? cell < last ? Math.floor(cell) : last : 0;
}

function startOf(table: Buckets, x: number): number {
  return table.starts[cellOf(table, x)];
}

const staircaseLimit = 256;
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
