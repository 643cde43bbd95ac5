import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandPaths } from '../../../src/cli/files';
import { slashed } from '../../../src/server/node-host';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'roundoff-files-'));
  const files: Record<string, string> = {
    '.git/HEAD': '', '.gitignore': 'build/\n*.gen.ts\n!keep.gen.ts\n', 'src/a.ts': '', 'src/b.tsx': '', 'src/c.d.ts': '', 'src/d.mjs': '', 'src/e.json': '', 'src/x.gen.ts': '', 'src/keep.gen.ts': '',
    'build/out.js': '', 'node_modules/p/i.js': '', 'src/deep/.gitignore': 'f.ts\n', 'src/deep/f.ts': '', 'src/deep/g.cts': '',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  symlinkSync(folder, join(folder, 'src/loop'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const expand = (...paths: string[]): string[] => expandPaths(paths, folder).map(path => path.slice(slashed(folder).length + 1));

describe('paths of a command', () => {
  it('walks folders as git sees them', () => expect(expand('.')).toEqual(['src/a.ts', 'src/b.tsx', 'src/d.mjs', 'src/deep/g.cts', 'src/keep.gen.ts']));
  it('obeys the rules above the folder', () => expect(expand('src')).toEqual(expand('.')));
  it('takes what is named, ignored or not, once', () => {
    expect(expand('src/c.d.ts', 'src/x.gen.ts', './src/c.d.ts')).toEqual(['src/c.d.ts', 'src/x.gen.ts']);
    expect(expand('build')).toEqual(['build/out.js']);
    expect(expand('node_modules/p')).toEqual(['node_modules/p/i.js']);
  });
  it('refuses what is not there or is no source, in one sentence', () => {
    expect(() => expand('src/none.ts')).toThrow(/^src\/none\.ts: there is no such file/);
    expect(() => expand('src/e.json')).toThrow(/^src\/e\.json is not a TypeScript or JavaScript file/);
  });
});
