import type { Expressiveness } from '../protocol/expressiveness';

/**
 * Which networks with fixed-point weights can express every function on their grid.
 *
 * Q(p,s) = {q/2^s : |q| ≤ 2^p − 1}; ⌊·⌉ rounds to it, nearest, ties away from zero, clamped. A three-layer ⌊σ⌉ network approximates every continuous
 * function on Q(p,s) when (i) some split point orders ⌊σ⌉: every value on its left is smaller than every value on its right (monotone non-constant ⌊σ⌉ have
 * one, and so have GELU, SiLU and Mish), and (ii) S = Q(p,s) for some offset b ∈ 2^−s ℤ, where S = {⌊z⌉ : z ∈ b + Σ wᵢvᵢ}, wᵢ ∈ Q(p,s), vᵢ ∈ ⌊σ⌉(Q) − ⌊σ⌉(Q).
 * The sums form b + g·ℤ, g the greatest common divisor of the products w·v on the grid 2^−2s, so (ii) is a finite check.
 *
 * All arithmetic is on integers below 2^53: codes in units of 2^−s, sums in units of 2^−2s. 1 ≤ p ≤ 12, 0 ≤ s ≤ 12, else a RangeError. Values of σ are
 * taken as the double nearest to the real value.
 */
export function expressiveness(sigma: (x: number) => number, p: number, s: number): Expressiveness {
  if (!Number.isInteger(p) || !Number.isInteger(s) || p < 1 || p > 12 || s < 0 || s > 12) {
    throw new RangeError(`p must be an integer from 1 to 12 and s from 0 to 12, not p = ${p}, s = ${s}`);
  }
  const limit = 2 ** p - 1;
  const table = Array.from({ length: 2 * limit + 1 }, (_, i) => toCode(sigma((i - limit) / 2 ** s) * 2 ** s, limit));
  const split = findSplit(table, limit);
  let g = 0;
  for (const value of table) g = gcd(g, Math.abs(value - table[0]));
  const { offset, missing } = bestOffset(g, limit, s);
  return {
    p, s, split, g, offset, table,
    universal: split !== null && missing.length === 0,
    missing: missing.map(code => code / 2 ** s),
    indicator: indicatorNetwork(table, split, limit, s),
  };
}

/** Rows of the indicator are listed for p ≤ 8; beyond, only their verdict is kept. */
const mostListed = 2 ** 8;

/** Nearest integer, ties away from zero, clamped to |q| ≤ limit. NaN becomes 0. */
function toCode(scaled: number, limit: number): number {
  if (scaled !== scaled) return 0;
  const rounded = Math.sign(scaled) * Math.floor(Math.abs(scaled) + 0.5);
  return Math.max(-limit, Math.min(limit, rounded)) + 0;
}

function gcd(a: number, b: number): number {
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

function findSplit(table: readonly number[], limit: number): Expressiveness['split'] {
  for (const increasing of [true, false]) {
    const sign = increasing ? 1 : -1;
    const leastFrom = table.map(value => sign * value);
    for (let i = table.length - 2; i >= 0; i--) leastFrom[i] = Math.min(leastFrom[i], leastFrom[i + 1]);
    let most = -Infinity;
    for (let i = 0; i + 1 < table.length; i++) {
      most = Math.max(most, sign * table[i]);
      if (most < leastFrom[i + 1]) return { code: i - limit, increasing };
    }
  }
  return null;
}

/** Tries every offset modulo g; sums are `offset·2^s + g·k` in units of 2^−2s. */
function bestOffset(g: number, limit: number, s: number): { offset: number; missing: number[] } {
  const unit = 2 ** s;
  let best: { offset: number; missing: number[] } | null = null;
  const distinct = g === 0 ? 1 : Math.max(1, g / gcd(g, unit));
  for (let offset = 0; offset < distinct; offset++) {
    const missing: number[] = [];
    for (let q = -limit; q <= limit; q++) if (!reaches(q, offset * unit, g, unit, limit)) missing.push(q);
    if (best === null || missing.length < best.missing.length) best = { offset, missing };
    if (missing.length === 0) break;
  }
  return best ?? { offset: 0, missing: [] };
}

/** Whether some start + g·k (units of 2^−2s) rounds to q. Cells of q > 0 are [(q − ½)unit, (q + ½)unit), mirrored for q < 0, open at 0; the outermost are unbounded. */
function reaches(q: number, start: number, g: number, unit: number, limit: number): boolean {
  const lowEnd = (q - 0.5) * unit;
  const highEnd = (q + 0.5) * unit;
  // Smallest and largest integers (units of 2^−2s) in the cell.
  const low = q === -limit ? -Infinity : q > 0 ? Math.ceil(lowEnd) : Math.floor(lowEnd) + 1;
  const high = q === limit ? Infinity : q < 0 ? Math.floor(highEnd) : Math.ceil(highEnd) - 1;
  if (g === 0) return start >= low && start <= high;
  if (low === -Infinity || high === Infinity) return true;
  return Math.ceil((low - start) / g) <= Math.floor((high - start) / g);
}

function indicatorNetwork(table: readonly number[], split: Expressiveness['split'], limit: number, s: number): Expressiveness['indicator'] {
  if (split === null) return { reason: '⌊σ⌉ has no split point, so no neuron separates two points' };
  const unit = 2 ** s;
  if (unit > limit) return { reason: `1 is not in Q (largest value ${limit / unit}), so a first-layer neuron cannot pass its input through unchanged` };
  const clamp = (code: number): number => Math.max(-limit, Math.min(limit, code));
  const sigma = (code: number): number => table[clamp(code) + limit];
  const left = table.slice(0, split.code + limit + 1);
  const right = table.slice(split.code + limit + 1);
  const sign = split.increasing ? 1 : -1;
  const below = Math.max(...left.map(v => sign * v));
  const above = Math.min(...right.map(v => sign * v));
  // The middle of the gap goes to 0, n copies of weight 1 push both sides past the clamp.
  const copies = Math.ceil((4 * limit) / (above - below));
  const second = (first: number): number => sigma(toCode((copies * (2 * sign * first - below - above)) / 2, limit));
  const low = sigma(-limit);
  const high = sigma(limit);
  const rows: number[][] = [];
  const listed = limit < mostListed;
  let separates = low !== high;
  for (let z = -limit + 1; z <= limit; z++) {
    const row: number[] = [];
    for (let x = -limit; x <= limit; x++) {
      const value = second(sigma(x - z + split.code + 1));
      if (listed) row.push(value);
      if (value !== (x < z ? low : high)) separates = false;
    }
    if (listed) rows.push(row);
  }
  return { copies, low: low / unit, high: high / unit, separates, rows };
}
