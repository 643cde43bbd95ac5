import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { findingsOf } from './support';

const folder = join(__dirname, '../../../media/hazards');
const pages = readdirSync(folder).filter(name => name.endsWith('.md')).map(name => ({ id: name.slice(0, -3), text: readFileSync(join(folder, name), 'utf8') }));

/** What the code prints, one line for each `console.log`. */
function printed(code: string): string[] {
  const lines: string[] = [];
  const log = (...values: unknown[]): void => { lines.push(values.map(v => typeof v === 'string' ? v : inspect(plain(v), { breakLength: Infinity })).join(' ')); };
  vm.runInNewContext(transformSync(code, { loader: 'ts', target: 'es2022' }).code, { console: { log } }, { timeout: 5000 });
  return lines;
}

/** Arrays of the other realm, as this realm's. */
function plain(v: unknown): unknown {
  return Array.isArray(v) ? Array.from(v, plain) : v;
}

describe('the pages', () => {
  for (const { id, text } of pages) {
    it(`${id}: the examples print what the page says`, () => {
      const blocks = [...text.matchAll(/```ts\n([\s\S]*?)```/g)].map(m => m[1]);
      expect(blocks.length).toBe(2);
      for (const block of blocks) {
        const promised = [...block.matchAll(/console\.log\(.*\/\/ (.*)$/gm)].map(m => m[1]);
        expect(promised.length).toBeGreaterThan(0);
        expect(printed(block)).toEqual(promised);
      }
      // The better form does not have the hazard.
      expect(findingsOf(blocks[1]).filter(f => f.hazard === id).map(f => f.message)).toEqual([]);
      for (const heading of ['## What goes wrong', '## Better', '## When it is fine', '## How to silence it']) expect(text).toContain(heading);
    });
  }
});
