import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findingsOf } from './support';

const folder = join(__dirname, 'correct');

/** Code without a numeric hazard: compensated sums, hashes, layout, easing, dates, geometry with its guards. Nothing may be reported in it, not even a hint. */
describe('correct code', () => {
  for (const name of readdirSync(folder)) {
    it(`${name} is silent`, () => {
      expect(findingsOf(readFileSync(join(folder, name), 'utf8'), {}, name).map(f => `${f.place.line}: [${f.hazard}] ${f.message.slice(0, 90)}`)).toEqual([]);
    });
    it(`${name} is silent as JavaScript, without types`, async () => {
      const { transformSync } = await import('esbuild');
      const code = transformSync(readFileSync(join(folder, name), 'utf8'), { loader: 'ts', target: 'es2022' }).code;
      expect(findingsOf(code, {}, name.replace(/\.ts$/, '.js')).map(f => `${f.place.line}: [${f.hazard}] ${f.message.slice(0, 90)}`)).toEqual([]);
    });
  }
});
