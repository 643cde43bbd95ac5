import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstContradiction } from './contradictions';

/** A few on every check; `test/golden/ranges` runs many. */
const PROGRAMS = 30;

describe('ranges of random programs', () => {
  it('contain every value of every run', () => {
    fc.assert(fc.property(fc.integer(), seed => {
      const wrong = firstContradiction(seed);
      if (wrong) expect.fail(wrong);
    }), { numRuns: PROGRAMS, endOnFailure: true });
  }, 1_000_000);
});
