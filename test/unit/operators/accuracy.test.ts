import { beforeAll, describe, expect, it } from 'vitest';
import { operators } from '../../../src/operators';
import { loadMpfr, type Mpfr } from '../exact/mpfr';

let mpfr: Mpfr;
beforeAll(async () => { mpfr = await loadMpfr(120); });

/** A fixed sequence of numbers in [0, 1). */
function sequence(): () => number {
  let s = 0x9e3779b9;
  return () => { s ^= s << 13; s ^= s >>> 17; s ^= s << 5; return (s >>> 0) / 2 ** 32 + 2 ** -33; };
}

const POINTS = 400;

describe('accuracy of Math functions in this engine', () => {
  for (const row of operators) {
    if (row.exactness.kind !== 'library' || row.arity !== 1) continue;
    const { ulps, sharper } = row.exactness;
    it(`${row.id}: ${ulps} ulps${sharper ? `, ${sharper.ulps} ${sharper.where}` : ''}`, () => {
      const random = sequence();
      let met = 0;
      for (let i = 0; i < POINTS; i++) {
        const size = 2 ** (random() * 12 - 8);
        const x = (random() < 0.5 ? 1 : -1) * size;
        const exact = mpfr.round(row.id, [[x]], 0);
        if (!Number.isFinite(exact) || exact === 0 || Math.abs(exact) < 1e-290) continue;
        const computed = row.value(x);
        // log2 of the relative distance, in ulps of the exact result.
        const relative = 2 ** mpfr.relativeBits(row.id, [[x]], [computed]);
        const significand = Math.abs(exact) / 2 ** Math.floor(Math.log2(Math.abs(exact)));
        const error = relative * significand * 2 ** 52;
        expect(error, `${row.id}(${x})`).toBeLessThanOrEqual(ulps);
        if (sharper?.holds({ lo: x, hi: x }, Math.abs(computed))) {
          met++;
          expect(error, `${row.id}(${x})`).toBeLessThanOrEqual(sharper.ulps);
        }
      }
      if (sharper) expect(met).toBeGreaterThan(POINTS / 20);
    });
  }
});
