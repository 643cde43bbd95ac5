import { readFileSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(__dirname, '../..');

/** room → the rooms it may import (itself is always allowed). The table is the one in ARCHITECTURE.md. */
const allowed: Record<string, readonly string[]> = {
  'src/formats': [],
  'src/exact': [],
  'src/protocol': [],
  'src/operators': ['src/formats', 'src/exact', 'src/protocol'],
  'src/program': ['src/operators', 'src/protocol'],
  'src/typescript': ['src/program', 'src/operators', 'src/protocol'],
  'src/analysis': ['src/program', 'src/operators', 'src/exact', 'src/formats', 'src/protocol'],
  'src/hazards': ['src/analysis', 'src/program', 'src/operators', 'src/formats', 'src/exact', 'src/protocol'],
  'src/rewriting': ['src/program', 'src/operators', 'src/exact', 'src/analysis', 'src/protocol'],
  'src/simulation': ['src/program', 'src/formats', 'src/exact', 'src/operators', 'src/protocol'],
  'src/tuning': ['src/simulation', 'src/analysis', 'src/formats', 'src/protocol', 'src/program'],
  'src/server': ['src/formats', 'src/exact', 'src/operators', 'src/program', 'src/typescript', 'src/analysis', 'src/hazards',
    'src/rewriting', 'src/simulation', 'src/tuning', 'src/protocol'],
  'src/extension': ['src/protocol'],
  'src/cli': ['src/formats', 'src/exact', 'src/operators', 'src/program', 'src/typescript', 'src/analysis', 'src/hazards',
    'src/rewriting', 'src/simulation', 'src/tuning', 'src/protocol', 'src/server'],
  webview: ['src/protocol', 'src/formats'],
};

/** package → the only files or folders that may import it. */
const owners: Record<string, readonly string[]> = {
  typescript: ['src/typescript', 'test/unit/typescript', 'test/unit/ranges', 'test/bench'],
  vscode: ['src/extension', 'test/host'],
  '@vscode/webview-ui-toolkit': ['webview/shared/controls.ts'],
};

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap(name => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === 'node_modules' ? [] : sources(path);
    return /\.tsx?$/.test(name) && !name.endsWith('.d.ts') ? [path] : [];
  });
}

function roomOf(path: string): string | undefined {
  const name = relative(root, path).replaceAll('\\', '/');
  return Object.keys(allowed).find(room => name === room || name.startsWith(room + '/'));
}

function imports(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  return [...text.matchAll(/(?:^|[\s;])(?:import|export)\s+(?:type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'|import\('([^']+)'\)/g)].map(m => m[1] ?? m[2]);
}

const files = [...sources(join(root, 'src')), ...sources(join(root, 'webview'))];

describe('import rules', () => {
  it('each room imports only the rooms it may', () => {
    const breaches: string[] = [];
    for (const file of files) {
      const room = roomOf(file);
      if (!room) { breaches.push(`${relative(root, file)} is in no room`); continue; }
      for (const target of imports(file).filter(name => name.startsWith('.'))) {
        const other = roomOf(resolve(dirname(file), target));
        if (other !== room && !(other && allowed[room].includes(other))) breaches.push(`${relative(root, file)} imports ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it('guarded packages have one importer', () => {
    const breaches: string[] = [];
    for (const file of [...files, ...sources(join(root, 'test'))]) {
      const name = relative(root, file).replaceAll('\\', '/');
      for (const target of imports(file)) {
        const owner = Object.keys(owners).find(p => target === p || target.startsWith(p + '/'));
        if (owner && !owners[owner].some(place => name === place || name.startsWith(place + '/'))) breaches.push(`${name} imports ${target}`);
      }
    }
    expect(breaches).toEqual([]);
  });

  it('there is no import cycle', () => {
    const graph = new Map(files.map(file => [file, imports(file).filter(n => n.startsWith('.'))
      .map(n => resolve(dirname(file), n)).map(n => files.find(f => f === n || f.replace(/\.tsx?$/, '') === n || f === join(n, 'index.ts')))
      .filter((n): n is string => n !== undefined)]));
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) { cycles.push([...path.slice(path.indexOf(file)), file].map(f => relative(root, f)).join(' → ')); return; }
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });
});
