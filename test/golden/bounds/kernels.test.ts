import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { bound } from '../../../src/analysis/bounds';
import { fromReal } from '../../../src/protocol/real';
import { lowerText } from '../../../src/typescript';
import { ExactRun, Thrown } from './exact-run';
import * as kernels from './kernels';
import { median } from './programs';

const program = lowerText('kernels.ts', readFileSync(resolve('test/golden/bounds/kernels.ts'), 'utf8'), { types: false });
let run: ExactRun;
beforeAll(async () => { run = await ExactRun.load(program); });

function sequence(): () => number {
  let s = 0x2545f491;
  return () => { s ^= s << 13; s ^= s >>> 17; s ^= s << 5; return (s >>> 0) / 2 ** 32; };
}

const POINTS = 500;
/** Functions that jump, or whose error is that of a root near 0: random points do not meet their worst case. */
const JUMPS = new Set(['floudas2', 'styblinski', 'srgb', 'squareRoot', 'quadraticRoot', 'quadraticRootStable', 'simpleInterpolator', 'sincSafe', 'leadLag']);

describe('functions of all kinds', () => {
  const ratios: number[] = [];

  for (const [name, kernel] of Object.entries(kernels) as [string, (...x: number[]) => number][]) {
    it(`${name}: a finite bound that no error exceeds`, () => {
      const f = program.functions.find(g => g.name === name)!;
      const { result } = bound(f, program);
      const limit = fromReal(result.absoluteError);
      const [lo, hi] = result.range.map(fromReal);
      expect(limit).toBeLessThan(Infinity);
      const box = f.parameters.map(p => program.variables[p.variable].range!);
      const random = sequence();
      let worst = 0;
      let at = box.map(([l]) => l);
      const meet = (x: number[]): void => {
        let computed: number;
        let exact: { error: number };
        try {
          computed = kernel(...x);
          exact = run.error(f, x, computed);
        } catch (error) {
          if (error instanceof Thrown || error instanceof RangeError) return;
          throw error;
        }
        expect(exact.error, `${name}(${x.join(', ')})`).toBeLessThanOrEqual(limit);
        expect(computed, `${name}(${x.join(', ')})`).toBeGreaterThanOrEqual(lo);
        expect(computed).toBeLessThanOrEqual(hi);
        if (exact.error > worst) { worst = exact.error; at = x; }
      };
      for (let c = 0; c < Math.min(64, 1 << box.length); c++) meet(box.map(([l, h], k) => (c >> k & 1 ? h : l)));
      for (let i = 0; i < POINTS; i++) meet(box.map(([l, h]) => l + random() * (h - l)));
      // Steps of all sizes from the worst point so far.
      for (let i = 0; i < POINTS; i++) {
        const size = 2 ** (-random() * (i % 2 ? 12 : 40));
        meet(at.map((x, k) => (random() < 0.5 ? x : Math.min(box[k][1], Math.max(box[k][0], x + (random() - 0.5) * size * (box[k][1] - box[k][0]))))));
      }
      if (!JUMPS.has(name) && worst > 0) ratios.push(limit / worst);
    });
  }

  it('half of the bounds are within 2.2 of the largest error of a thousand points', () => {
    expect(ratios.length).toBeGreaterThan(60);
    expect(median(ratios)).toBeLessThan(2.2);
  });
});
