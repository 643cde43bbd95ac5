import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstContradiction } from '../../unit/ranges/contradictions';

/** Programs of one run; `ROUNDOFF_RANDOM_PROGRAMS=20000` for the long one. */
const PROGRAMS = Number(process.env.ROUNDOFF_RANDOM_PROGRAMS ?? 500);

describe('ranges of random programs', () => {
  it('contain every value of every run', () => {
    fc.assert(fc.property(fc.integer(), seed => {
      const wrong = firstContradiction(seed);
      if (wrong) expect.fail(wrong);
    }), { numRuns: PROGRAMS, endOnFailure: true });
  }, 1_000_000);
});
