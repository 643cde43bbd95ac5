import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { align, changedPart, changeText, similarPairs } from '../../../webview/simulation/compare';

const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', '', '}'), { maxLength: 14 });

/** Length of the longest common subsequence by the plain recurrence, to hold the table against. */
function longest(a: readonly string[], b: readonly string[]): number {
  let row = Array<number>(b.length + 1).fill(0);
  for (const x of a) {
    const next = [0];
    b.forEach((y, j) => next.push(x === y ? row[j] + 1 : Math.max(row[j + 1], next[j])));
    row = next;
  }
  return row[b.length];
}

describe('comparison of two versions', () => {
  it('aligns as many equal lines as there can be, in order', () => {
    fc.assert(fc.property(lines, lines, (a, b) => {
      const pairs = align(a, b);
      expect(pairs.every(([i, j]) => a[i] === b[j])).toBe(true);
      expect(pairs.every(([i, j], k) => k === 0 || (i > pairs[k - 1][0] && j > pairs[k - 1][1]))).toBe(true);
      expect(pairs.length).toBe(longest(a, b));
    }));
  });

  it('finds the common ends of texts that are too long to compare wholly', () => {
    const long = (middle: string): string[] => [...Array<string>(30).fill('same'), ...Array.from({ length: 200 }, (_, i) => `${middle} ${i}`), 'end'];
    const pairs = align(long('was'), long('is'), 100);
    expect(pairs.length).toBe(31);
    expect(pairs.at(-1)).toEqual([230, 230]);
  });

  it('pairs lines that are versions of each other, in order', () => {
    expect(similarPairs(['let squares = 0;', 'squares += x * x;', 'return Math.sqrt(squares / n - mean * mean);'], ['squares += (x - mean) * (x - mean);', 'return Math.sqrt(squares / n);'])).toEqual([[1, 0], [2, 1]]);
    expect(similarPairs(['a + b', '}'], ['while (true) {', 'a + b + c'])).toEqual([[0, 1]]);
    expect(similarPairs([], ['x'])).toEqual([]);
    fc.assert(fc.property(lines, lines, (a, b) => {
      const pairs = similarPairs(a, b);
      expect(pairs.every(([i, j], k) => k === 0 || (i > pairs[k - 1][0] && j > pairs[k - 1][1]))).toBe(true);
    }));
  });

  it('marks the part of a line that changed, and nothing else', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => {
      const [[a0, a1], [b0, b1]] = changedPart(a, b);
      expect(a.slice(0, a0) + b.slice(b0, b1) + a.slice(a1)).toBe(b);
      expect(a === b).toBe(a0 === a1 && b0 === b1);
    }));
    expect(changedPart('return Math.exp(x) - 1;', 'return Math.expm1(x);').map(([s, e]) => [s, e])).toEqual([[15, 22], [15, 20]]);
  });

  it('says how an error changed', () => {
    expect([[1, 0.5], [0.5, 1], [1, 1.05], [0, 1], [1, 0], [0, 0], [NaN, NaN], [1, 1e-9], [300, 1], [Infinity, Infinity], [Infinity, 2], [2, Infinity], [Infinity, 0]].map(([a, b]) => changeText(a, b))).toEqual(['▼ 2×', '▲ 2×', '=', 'new', 'gone', '', '', '▼ 1e9×', '▼ 300×', '=', '▼ ∞', '▲ ∞', 'gone']);
  });
});
