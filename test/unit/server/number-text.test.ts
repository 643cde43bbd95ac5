import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, numberTextDown, numberTextUp, percentText } from '../../../src/server/number-text';

const read = (text: string): number => Number(text.replace('−', '-').replace('∞', 'Infinity'));

describe('numbers in texts', () => {
  it.each([[0, '0'], ['-0', '−0'], ['NaN', 'NaN'], ['-Infinity', '−∞'], [65504, '65504'], [-1234567, '−1.23e6'], [0.25216, '0.252'], [1e-10, '1e-10'], [100.04, '100'], [0.0001, '1e-4']] as const)(
    '%s is written %s', (value, text) => { expect(numberText(value)).toBe(text); });

  it('are never below what they bound, nor above', () => {
    fc.assert(fc.property(fc.double({ noNaN: true }), x => {
      if (Object.is(x, -0)) return;
      expect(read(numberTextUp(x))).toBeGreaterThanOrEqual(x);
      expect(read(numberTextDown(x))).toBeLessThanOrEqual(x);
    }), { numRuns: 3000 });
    for (const x of [0.9999, 999999.5, 9.996e-5, 1.7182818, 99.96, -0.9999]) {
      expect(read(numberTextUp(x))).toBeGreaterThanOrEqual(x);
      expect(read(numberTextDown(x))).toBeLessThanOrEqual(x);
      expect(Math.abs(read(numberTextUp(x)) - x)).toBeLessThanOrEqual(Math.abs(x) * 0.011);
    }
  });

  it('are shares in percent', () => { expect([0.61, 0.004, 1].map(percentText)).toEqual(['61 %', '0.4 %', '100 %']); });
});
