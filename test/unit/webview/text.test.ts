import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitsKept, bytes, distinct, energy, firstNumber, full, percent, rate, short, valueText } from '../../../webview/shared/number-text';
import { parseCases } from '../../../webview/simulation/cases';
import { tradeOffs } from '../../../webview/simulation/pareto';
import type { FormatReport } from '../../../src/protocol/report';
import { correctBits, errorUlps, exponent } from '../../../webview/simulation/selection';

describe('numbers for reading', () => {
  it('have 3 significant digits', () => {
    const cases: readonly (readonly [number, string])[] = [[0, '0'], [-0, '-0'], [NaN, 'NaN'], [Infinity, '∞'], [-Infinity, '-∞'], [0.1, '0.1'], [2 / 3, '0.667'], [1234.5, '1230'], [12345, '12345'],
      [1e6, "1e6"], [1.5e300, '1.5e300'], [0.000223, '2.23e-4'], [-0.00123456, '-0.00123'], [100, '100'], [99.96, '100'], [1e-320, '1e-320']];
    for (const [x, text] of cases) expect(short(x)).toBe(text);
  });

  it('lie within half a unit of their third digit, and the full text reads back', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => {
      expect(Number(full(x))).toBe(x);
      if (Math.abs(x) > 1e-300 && Math.abs(x) < 1.79e308) expect(Math.abs(Number(short(x)) - x)).toBeLessThanOrEqual(Math.abs(x) * 0.0051);
    }));
  });

  it('show as many digits as it takes to tell two values apart', () => {
    expect(distinct(0.125, 0.2522)).toEqual(['0.125', '0.252']);
    expect(distinct(-214968, -214966.016)).toEqual(['-214968', '-214966']);
    expect(distinct(1, 1 + 2 ** -52)).toEqual(['1', '1.0000000000000002']);
    fc.assert(fc.property(fc.double({ noNaN: true }), fc.double({ noNaN: true }), (a, b) => { const [s, t] = distinct(a, b); expect(s === t).toBe(Object.is(a, b)); }));
  });

  it('carry their units', () => {
    expect([percent(0.614), percent(0.004), percent(0), percent(NaN), bitsKept(16.99, 53), energy(1234), energy(2.5e9), bytes(999), rate(3.2e6)]).toEqual(['61 %', '<1 %', '0 %', '0 %', '16 of 53 bits', '1.23 nJ', '2.5 mJ', '999 B', '3.2 Mop/s']);
  });

  it('describe returned values on one line, and find their first number', () => {
    expect(valueText([1, [2, 'NaN'], { a: '-0' }])).toBe('[1, [2, NaN], {a: -0}]');
    expect(valueText([1, 2, 3, 4, 5, 6])).toBe('[1, 2, 3, 4, … 6]');
    expect(firstNumber({ a: ['x', true, null], b: ['Infinity', 2] })).toBe(Infinity);
    expect(firstNumber('text')).toBeUndefined();
  });
});

describe('errors', () => {
  it('in ulps and bits follow from exact exponents', () => {
    for (let e = -1074; e <= 1023; e++) { const x = 2 ** e; expect(exponent(x)).toBe(e); if (e > -1022 && e < 1023) { expect(exponent(2 * x * (1 - 2 ** -53))).toBe(e); expect(exponent(-x)).toBe(e); } }
    expect(errorUlps(1 + 2 ** -10, 1, 11)).toBe(1);
    expect(errorUlps(0.375, 0.5, 11)).toBe(256);
    expect(correctBits(1 + 2 ** -9, 1, 11)).toBe(9);
    expect(correctBits(1, 1, 11)).toBe(11);
    expect(correctBits(NaN, 1, 11)).toBe(0);
  });
});

describe('trade-offs', () => {
  const format = (id: string, energyPicojoules: number, maxRelativeError: number, status: FormatReport['status'] = 'ok'): FormatReport => ({ id, energyPicojoules, maxRelativeError, status, correctBits: Math.max(0, -Math.log2(maxRelativeError)) } as unknown as FormatReport);

  it('mark the efficient formats and the corner of their front', () => {
    const points = tradeOffs([format('a', 100, 1e-15), format('b', 30, 1e-12), format('c', 10, 0.1), format('d', 60, 1e-4), format('e', 5, 0.5, 'threw')]);
    expect(points.map(p => [p.id, p.efficient, p.best])).toEqual([['a', true, false], ['b', true, true], ['c', true, false], ['d', false, false]]);
  });

  it('mark no best where there is no corner', () => {
    expect(tradeOffs([format('a', 100, 1e-15), format('b', 30, 1e-3)]).some(p => p.best)).toBe(false);
    expect(tradeOffs([])).toEqual([]);
  });
});

describe('cases written as JSON', () => {
  it('are read line by line, with the line at fault named', () => {
    expect(parseCases('[1, 2]\n\n[[3], {"a": 1}]')).toEqual([[1, 2], [[3], { a: 1 }]]);
    expect(parseCases('[1]\n{}')).toMatch(/^Line 2 is not an array/);
    expect(parseCases('[1\n')).toMatch(/^Line 1 is not JSON/);
    expect(parseCases('  ')).toMatch(/at least one case/);
  });
});
