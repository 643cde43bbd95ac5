import { describe, expect, it } from 'vitest';
import { compare, suites } from './compare';

describe('under fp64 every program gives what plain execution gives', () => {
  const counts = new Map<string, number>();
  for (const suite of suites) {
    it(suite.name, async () => {
      const { differences, returned } = await compare(suite);
      expect(differences.join('\n')).toBe('');
      counts.set(suite.name, returned);
      expect(returned).toBeGreaterThanOrEqual(suite.least);
    });
  }

  it('covers at least 300 functions', () => {
    expect([...counts.values()].reduce((a, b) => a + b, 0)).toBeGreaterThanOrEqual(300);
  });
});
