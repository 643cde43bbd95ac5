import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFile } from '../../../src/server/check/check-file';
import { nodeHost } from '../../../src/server/node-host';
import { openProject } from '../../../src/typescript';

const root = join(__dirname, '../../..');

/** Warnings and informations allowed per 1,000 lines of shipped numeric code. */
const budget = { warnings: 1, informations: 3 };

/** Package folder → whether nothing at all may be said of it: compensated and exact arithmetic. */
const packages: Record<string, { readonly silent: boolean }> = {
  'simple-statistics/src': { silent: false },
  'd3-array/dist/d3-array.js': { silent: false },
  'gl-matrix/esm': { silent: false },
  'three/src/math': { silent: false },
  'ml-spectra-processing/src': { silent: false },
  'robust-predicates/esm': { silent: true },
  'decimal.js/decimal.mjs': { silent: true },
};

function sources(path: string): string[] {
  if (!statSync(path, { throwIfNoEntry: false })) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path).filter(name => name !== '__tests__').flatMap(name => sources(join(path, name))).filter(name => /\.(ts|js|mjs)$/.test(name) && !name.endsWith('.d.ts'));
}

describe('noise on shipped numeric packages', () => {
  const read = Object.entries(packages).map(([name, { silent }]) => {
    const files = sources(join(root, 'node_modules', name)).map(file => file.replaceAll('\\', '/'));
    return { name, silent, files };
  });

  it('at most one warning and three informations per 1,000 lines, and silence where arithmetic is exact', () => {
    const project = openProject(nodeHost(root));
    project.include(read.flatMap(p => p.files));
    let lines = 0;
    const found = { error: 0, warning: 0, info: 0, hint: 0 };
    for (const { name, silent, files } of read) {
      expect(files.length, `${name} is not installed: run npm ci`).toBeGreaterThan(0);
      for (const file of files) {
        const report = checkFile(project.program(file)!);
        expect(report.problems.map(p => p.message), file).toEqual([]);
        lines += readFileSync(file, 'utf8').split('\n').length;
        for (const f of report.findings) found[f.severity]++;
        if (silent) expect(report.findings.filter(f => f.severity !== 'hint').map(f => `${f.place.line}: [${f.hazard}] ${f.message.slice(0, 80)}`), file).toEqual([]);
      }
    }
    console.log(`${lines} lines: ${found.error} errors, ${found.warning} warnings, ${found.info} informations, ${found.hint} hints`);
    expect(lines).toBeGreaterThan(30_000);
    expect(found.error).toBe(0);
    expect(found.warning / lines * 1000).toBeLessThanOrEqual(budget.warnings);
    expect(found.info / lines * 1000).toBeLessThanOrEqual(budget.informations);
  });
});
