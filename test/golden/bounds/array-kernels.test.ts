import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bound } from '../../../src/analysis/bounds';
import { fromReal } from '../../../src/protocol/real';
import { lowerText } from '../../../src/typescript';
import * as kernels from './array-kernels';
import { ExactRun } from './exact-run';

const program = lowerText('array-kernels.ts', readFileSync(resolve('test/golden/bounds/array-kernels.ts'), 'utf8'), { types: false });
let run: ExactRun;
beforeAll(async () => { run = await ExactRun.load(program); });

let s = 0x1234567;
function random(): number {
  s ^= s << 13; s ^= s >>> 17; s ^= s << 5;
  return (s >>> 0) / 2 ** 32 * 0.7310585786300049;
}

const RUNS = 10;
/** How far the bound may be above the size of u·Σ|terms|-like errors: textbook bounds of the same sums, in absolute terms. */
const LIMITS: Readonly<Record<string, number>> = {
  // (n − 1)·u·Σ|x|, times the factor that unknown partial sums cost.
  sum: 2999 * 2 ** -53 * 3000, sumOfSquares: 3000 * 2 ** -53 * 3000 * 1.1, mean: 3000 * 2 ** -53 * 3, alternating: 3000 * 2 ** -53 * 1000 * 1.1,
  // 2u·Σ|x| and half an ulp of the sum; half an ulp of the sum.
  kahan: 2 ** -53 * (2 * 3000 + 4096) * 1.01, neumaier: 2 ** -53 * 4096 * 1.01,
  smoothed: 2 ** -53 * 200, secondOrder: 2 ** -53 * 40, saturating: 2 ** -53 * 60, product: 2 ** -53 * 1001, spread: 0, contraction: 2 ** -53 * 4, damped: 2 ** -53, horner: 2 ** -53 * 6,
};

describe('loops and sums over arrays', () => {
  for (const [name, kernel] of Object.entries(kernels) as [string, (...x: unknown[]) => number][]) {
    it(`${name}: a finite bound that no error exceeds`, () => {
      const f = program.functions.find(g => g.name === name)!;
      const { result } = bound(f, program, { budget: { evaluations: 400 } });
      const limit = fromReal(result.absoluteError);
      const [lo, hi] = result.range.map(fromReal);
      expect(limit).toBeLessThanOrEqual(LIMITS[name] ?? 1e3);
      for (let i = 0; i < RUNS; i++) {
        const place = (l: number, h: number): number => l + random() / 0.7310585786300049 * (h - l);
        const x = f.parameters.map(p => {
          const v = program.variables[p.variable];
          const [l, h] = v.range!;
          const length = v.propertyRanges?.length;
          if (!length) return v.name === 'n' ? Math.round(place(l, h)) : place(l, h);
          const count = i === 0 ? length[1] : Math.round(length[0] + (random() / 0.74) ** 3 * (length[1] - length[0]));
          const values = Array.from({ length: count }, () => (i % 3 === 0 ? h - (h - l) * 0.1 * random() : place(l, h)));
          return v.type.kind === 'typedArray' ? [...new Float32Array(values)] : values;
        });
        const computed = kernel(...x.map((v, k) => (!Array.isArray(v) ? v : program.variables[f.parameters[k].variable].type.kind === 'typedArray' ? new Float32Array(v) : [...v])));
        const { error } = run.error(f, x, computed);
        expect(error, `${name}, run ${i}`).toBeLessThanOrEqual(limit);
        expect(computed).toBeGreaterThanOrEqual(lo);
        expect(computed).toBeLessThanOrEqual(hi);
      }
    });
  }
});
