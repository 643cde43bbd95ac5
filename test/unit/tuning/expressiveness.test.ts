import { describe, expect, it } from 'vitest';
import { activations, erf, findActivation } from '../../../src/tuning/activations';
import { expressiveness } from '../../../src/tuning/expressiveness';

const small = [1, 2, 3].flatMap(p => [0, 1, 2, 3].map(s => ({ p, s })));

/** Nearest, ties away, clamped, in BigInt: z in units of 2^−2s → code. */
function roundSum(z: bigint, s: number, limit: number): number {
  const unit = 1n << BigInt(s);
  const magnitude = z < 0n ? -z : z;
  const code = Number((2n * magnitude + unit) / (2n * unit)) * (z < 0n ? -1 : 1);
  return Math.max(-limit, Math.min(limit, code)) + 0;
}

/** Every sum w·v reachable from 0 inside a window that the clamp cannot see past, by breadth-first search over all weights and differences. */
function bruteForce(table: readonly number[], p: number, s: number): number {
  const limit = 2 ** p - 1;
  const window = 8 * (limit + 1) * 2 ** s + 4 * limit * limit;
  const steps = new Set<number>();
  for (const a of table) for (const b of table) for (let w = -limit; w <= limit; w++) steps.add(w * (a - b));
  const seen = new Set<number>([0]);
  const queue = [0];
  while (queue.length > 0) {
    const at = queue.pop()!;
    for (const step of steps) {
      const next = at + step;
      if (Math.abs(next) <= window && !seen.has(next)) { seen.add(next); queue.push(next); }
    }
  }
  let fewest = Infinity;
  for (let offset = -limit - 1; offset <= limit + 1; offset++) {
    const reached = new Set<number>();
    for (const z of seen) reached.add(roundSum(BigInt(z + offset * 2 ** s), s, limit));
    fewest = Math.min(fewest, 2 * limit + 1 - reached.size);
  }
  return fewest;
}

describe('expressiveness on Q(p,s)', () => {
  it.each(activations.map(a => [a.id, a] as const))('%s agrees with brute force for all p ≤ 3, s ≤ 3', (_, activation) => {
    for (const { p, s } of small) {
      const result = expressiveness(activation.value, p, s);
      expect({ p, s, missing: result.missing.length }).toEqual({ p, s, missing: bruteForce(result.table, p, s) });
    }
  });

  it.each(['relu', 'elu', 'silu', 'mish', 'gelu'])('%s meets condition (ii) for every p, s', id => {
    for (let p = 1; p <= 8; p++) for (let s = 0; s <= 8; s++) {
      expect({ p, s, missing: expressiveness(findActivation(id)!.value, p, s).missing }).toEqual({ p, s, missing: [] });
    }
  });

  it('a constant rounded activation expresses nothing', () => {
    const result = expressiveness(findActivation('sigmoid')!.value, 1, 1);
    expect(result.g).toBe(0);
    expect(result.universal).toBe(false);
    expect(result.split).toBeNull();
  });

  it('a step of g above the grid leaves gaps', () => {
    const steep = expressiveness(x => (x > 0 ? 3 : 0), 2, 0);
    expect(steep.g).toBe(3);
    expect(steep.universal).toBe(false);
    expect(steep.missing.length).toBeGreaterThan(0);
  });

  it('the indicator network separates at every threshold wherever it exists', () => {
    for (const { id, value } of activations) for (const { p, s } of small) {
      const { indicator, table } = expressiveness(value, p, s);
      if ('reason' in indicator) { expect(indicator.reason.length).toBeGreaterThan(10); continue; }
      const ends = [table[0], table[table.length - 1]];
      if (ends[0] === ends[1]) continue;
      expect({ id, p, s, separates: indicator.separates }).toEqual({ id, p, s, separates: true });
      expect(indicator.rows).toHaveLength(2 ** (p + 1) - 2);
    }
  });

  it('erf is right to 1e-15', () => {
    // Values from DLMF table 7.2 and mpmath at 30 digits.
    for (const [x, y] of [[0.5, 0.52049987781304654], [1, 0.84270079294971487], [2, 0.99532226501895273], [2.9, 0.99995890212190054], [3.5, 0.99999925690162766], [5, 0.99999999999846254]] as const) {
      expect(Math.abs(erf(x) - y)).toBeLessThan(2e-15);
      expect(erf(-x)).toBe(-erf(x));
    }
  });

  it('refuses sizes it cannot decide', () => {
    expect(() => expressiveness(x => x, 0, 1)).toThrow(/p must be an integer from 1 to 12/);
    expect(() => expressiveness(x => x, 3, 1.5)).toThrow(/not p = 3, s = 1.5/);
  });
});
