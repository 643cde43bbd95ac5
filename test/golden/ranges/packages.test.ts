import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { analyzeRanges } from '../../../src/analysis/ranges';
import { lowerText } from '../../../src/typescript';

const modules = resolve(__dirname, '../../../node_modules');

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === '__tests__' || name === 'node_modules' ? [] : sources(path);
    return /\.(ts|js|mjs)$/.test(name) && !name.endsWith('.d.ts') && !name.includes('.min.') ? [path] : [];
  });
}

/** Least share of numeric expressions (literals left out) with a finite range; what the analysis reaches today, less a little. */
const packages: readonly (readonly [string, number])[] = [['d3-array/dist', 0.15], ['ml-spectra-processing/src', 0.25], ['simple-statistics/src', 0.3]];

describe('ranges of published code', () => {
  it.each(packages)('%s: the analysis of every file ends, and facts hold together', (folder, least) => {
    let numeric = 0; let files = 0;
    let finite = 0;
    for (const file of sources(join(modules, folder))) {
      files++;
      const program = lowerText(file, readFileSync(file, 'utf8'));
      const facts = analyzeRanges(program, { onDefect: error => { throw error; } });
      for (const e of program.expressions) {
        const fact = facts.numbers[e.id];
        if (!fact) continue;
        expect(fact.lo <= fact.hi || (Number.isNaN(fact.lo) && fact.maybeNaN)).toBe(true);
        expect(facts.reachable[e.id]).toBe(true);
        if (e.kind === 'number') continue;
        numeric++;
        if (Number.isFinite(fact.lo) && Number.isFinite(fact.hi)) finite++;
      }
    }
    console.log(`${folder} (${files} files): ${finite} of ${numeric} numeric expressions have a finite range (${(100 * finite / numeric).toFixed(1)} %)`);
    expect(finite / numeric).toBeGreaterThan(least);
  });
});
