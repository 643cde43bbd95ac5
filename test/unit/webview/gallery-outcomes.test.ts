import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import outcomes from '../../../webview/gallery/outcomes.json';

describe('pictures of the gallery', () => {
  it('belong to examples that exist, and most examples have one', () => {
    const examples = readdirSync(resolve('media/gallery')).filter(f => f.endsWith('.ts')).map(f => f.replace(/\.ts$/, ''));
    for (const name of Object.keys(outcomes)) expect(examples).toContain(name);
    expect(Object.keys(outcomes).length).toBeGreaterThanOrEqual(examples.length - 3);
  });

  it('show at least two values each, none of which is missing', () => {
    for (const [name, outcome] of Object.entries(outcomes)) {
      const values: readonly (number | string | null)[] = 'bars' in outcome ? outcome.bars.map(b => b.value) : outcome.series.flatMap(s => s.values);
      expect({ name, many: values.length >= 2, missing: values.includes(null) }).toEqual({ name, many: true, missing: false });
    }
  });
});
