import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hazardPages } from '../../../src/hazards';
import { applyFix, findingsOf, markedLines, type HazardCases } from './support';

const ids = readdirSync(join(__dirname, 'cases')).map(name => basename(name, '.ts'));
const cases: Record<string, HazardCases> = Object.fromEntries(await Promise.all(ids.map(async id => [id, (await import(`./cases/${id}.ts`) as { cases: HazardCases }).cases] as const)));
const root = join(__dirname, '../../..');

describe('every hazard is complete', () => {
  const helpers = new Set(['index.ts', 'catalogue.ts']);
  const rules = readdirSync(join(root, 'src/hazards')).filter(name => name.endsWith('.ts') && !helpers.has(name)).map(name => name.slice(0, -3)).sort();
  it('has a rule, a page and cases', () => {
    const pages = readdirSync(join(root, 'media/hazards')).filter(name => name.endsWith('.md')).map(name => name.slice(0, -3)).sort();
    expect(pages).toEqual(rules);
    expect(Object.keys(cases).sort()).toEqual(rules);
    expect(hazardPages.map(p => p.id)).toEqual(rules);
  });

  it('has a catalogue made from its pages', async () => {
    const script = join(root, 'scripts/hazards.mjs');
    const { catalogueSource } = await import(/* @vite-ignore */ script) as { catalogueSource: () => string };
    expect(readFileSync(join(root, 'src/hazards/catalogue.ts'), 'utf8'), 'run node scripts/hazards.mjs').toBe(catalogueSource());
  });

  it('has cases of each kind', () => {
    for (const [id, { fires, silent }] of Object.entries(cases)) {
      expect(fires.length, `${id} fires`).toBeGreaterThan(0);
      expect(silent.length, `${id} is silent`).toBeGreaterThan(0);
      for (const code of fires) expect(markedLines(code).length, `${id}: a case without a mark\n${code}`).toBeGreaterThan(0);
    }
  });
});

for (const [id, { fires, silent, fixes = [], options, file }] of Object.entries(cases)) {
  describe(id, () => {
    const lines = (code: string): number[] => [...new Set(findingsOf(code, options, file).filter(f => f.hazard === id).map(f => f.place.line))];
    fires.forEach((code, i) => it(`fires ${i + 1}`, () => expect(lines(code), code).toEqual(markedLines(code))));
    silent.forEach((code, i) => it(`is silent ${i + 1}`, () => expect(findingsOf(code, options, file).filter(f => f.hazard === id).map(f => f.message), code).toEqual([])));
    fixes.forEach(({ before, after, safe }, i) => it(`fix ${i + 1}`, () => {
      const finding = findingsOf(before, options, file).find(f => f.hazard === id && f.fixes.length > 0);
      expect(finding, before).toBeDefined();
      expect(finding!.fixes[0].safe).toBe(safe);
      expect(applyFix(before, finding!)).toBe(after);
      expect(findingsOf(after, options, file).filter(f => f.hazard === id)).toEqual([]);
    }));
  });
}

it('no hazard is reported twice at one place of a line', () => {
  const doubled: string[] = [];
  for (const [id, { fires, options, file }] of Object.entries(cases)) for (const code of fires) {
    const found = findingsOf(code, options, file).filter(f => f.hazard === id);
    for (const f of found) if (found.some(o => o !== f && o.place.line === f.place.line && o.place.start <= f.place.start && f.place.end <= o.place.end)) doubled.push(`${id}: ${f.message}`);
  }
  expect(doubled).toEqual([]);
});

it('a finding may give another reason than its page', () => {
  const reasons = (code: string): string[] => findingsOf(code).filter(f => f.hazard === 'cancellation-subtraction').map(f => f.message);
  const [conjugate] = reasons('export const gap = (x: number) => Math.sqrt(x * x + 1) - x;');
  expect(conjugate).toContain('The root is rounded to 53 bits');
  expect(conjugate).not.toContain('products');
  expect(reasons('export function area(ps: number[][]) { let sum = 0; for (let i = 1; i < ps.length; i++) sum += ps[i - 1][0] * ps[i][1] - ps[i][0] * ps[i - 1][1]; return sum / 2; }')[0]).toContain('Both products are rounded to 53 bits');
});

it('numbers in messages are short: large ones have an exponent', () => {
  const [finding] = findingsOf('export const phase = (hz: number) => Math.sin(2 * Math.PI * 1e7 * hz * (Date.now() / 1000));').filter(f => f.hazard === 'angle-reduction-large');
  expect(finding.message).toContain('reaches 1.13e17 radians, where neighbouring doubles are 16 apart');
});
