import { mkdtempSync, rmSync, readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ValueType } from '../../../src/program';
import { randomFrom } from '../../unit/ranges/random-program';
import { exercise } from './exercise';
import { observePackage } from './observed-package';

const modules = resolve(__dirname, '../../../node_modules');
const NUMBER: ValueType = { kind: 'number' };
const NUMBERS: ValueType = { kind: 'array', element: NUMBER };
const CALLABLE: ValueType = { kind: 'function', parameters: [], result: NUMBER };

/** Times that every function is called; `ROUNDOFF_ROUNDS=200` for the long run. */
const ROUNDS = Number(process.env.ROUNDOFF_ROUNDS ?? 8);
const SEED = Number(process.env.ROUNDOFF_SEED ?? 20261122);

interface Observed {
  readonly folder: string;
  /** Null: a file that exports everything of the folder. */
  readonly entry: string | null;
  /** What parameters without a declared type are given; null: the package declares all of them, and every value is compared. */
  readonly undeclared: ValueType | null;
}

const packages: readonly Observed[] = [
  { folder: 'ml-spectra-processing/src', entry: 'index.ts', undeclared: null },
  { folder: 'simple-statistics', entry: 'index.js', undeclared: NUMBERS },
  { folder: 'd3-array/dist', entry: 'd3-array.js', undeclared: { kind: 'union', members: [NUMBERS, NUMBERS, NUMBER, CALLABLE] } },
  { folder: 'gl-matrix/esm', entry: 'index.js', undeclared: { kind: 'unknown' } },
  { folder: 'three/src/math', entry: null, undeclared: { kind: 'unknown' } },
];

describe('ranges of published code, run on random inputs', () => {
  it.each(packages)('$folder: contain every value of every run', async ({ folder, entry, undeclared }) => {
    const full = join(modules, folder);
    const scratch = mkdtempSync(join(resolve(__dirname, '../../../out'), 'observed-'));
    try {
      const all = join(scratch, 'all.js');
      if (entry === null) writeFileSync(all, readdirSync(full).filter(name => name.endsWith('.js')).map(name => `export * from ${JSON.stringify(join(full, name))};`).join('\n'));
      const observed = await observePackage(entry === null ? all : join(full, entry), full, { trusting: undeclared !== null });
      const { functions, calls, returned } = exercise(observed, randomFrom(SEED), ROUNDS, { undeclared: undeclared ?? undefined });
      console.log(`${folder}: ${functions} functions, ${returned} of ${calls} calls returned, ${observed.observed()} values compared`);
      expect([...observed.contradictions].map(([place, wrong]) => `${place} ${wrong}`)).toEqual([]);
      // The comparison compares something.
      expect(returned).toBeGreaterThan(calls / 4);
      expect(observed.observed()).toBeGreaterThan(calls * 10);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
});
