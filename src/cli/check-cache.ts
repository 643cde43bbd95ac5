import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { hazardPages } from '../hazards';
import type { CheckOptions, FileReport } from '../server/check/check-file';
import { nodeHost } from '../server/node-host';
import { openProject } from '../typescript';

interface Entry {
  /** Hash of every file that the report depends on: itself and what it imports, directly or not. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly report: FileReport;
}

interface CacheFile {
  readonly key: string;
  readonly entries: Readonly<Record<string, Entry>>;
}

/** Reports of an earlier run, valid while the file and all that it imports are unchanged. */
export interface CheckCache {
  find(file: string): FileReport | undefined;
  /** Records the reports of the files that were checked now; keeps what else is still valid. */
  save(checked: readonly string[], reports: readonly FileReport[]): void;
}

export function openCache(path: string, cwd: string, options: Omit<CheckOptions, 'signal' | 'onFailure'>): CheckCache {
  const full = resolve(cwd, path);
  const key = hash(JSON.stringify([options, hazardPages, programStamp()]));
  const hashes = new Map<string, string | undefined>();
  const hashOf = (file: string): string | undefined => {
    if (!hashes.has(file)) { const text = read(file); hashes.set(file, text === undefined ? undefined : hash(text)); }
    return hashes.get(file);
  };
  const stored = load(full);
  const entries: Record<string, Entry> = stored?.key === key ? { ...stored.entries } : {};
  return {
    find(file) {
      const entry = Object.hasOwn(entries, file) ? entries[file] : undefined;
      return entry && Object.entries(entry.dependencies).every(([name, value]) => hashOf(name) === value) ? entry.report : undefined;
    },
    save(checked, reports) {
      hashes.clear();
      const dependenciesOf = importGraph(cwd);
      const fresh = new Set(checked);
      for (const report of reports) {
        if (!fresh.has(report.file)) continue;
        const dependencies: Record<string, string> = {};
        for (const file of dependenciesOf(report.file)) { const value = hashOf(file); if (value !== undefined) dependencies[file] = value; }
        entries[report.file] = { dependencies, report };
      }
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, JSON.stringify({ key, entries } satisfies CacheFile));
    },
  };
}

/** The files that a file imports, itself included, directly or through others; packages are taken as they were. */
function importGraph(cwd: string): (file: string) => readonly string[] {
  const project = openProject(nodeHost(cwd));
  const direct = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    let found = direct.get(file);
    if (!found) {
      const names = [...(read(file) ?? '').matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)['"]([^'"]+)['"]/g)].map(m => m[1]);
      found = names.filter(name => name.startsWith('.')).map(name => project.resolve(name, file)).filter((f): f is string => f !== undefined);
      direct.set(file, found);
    }
    return found;
  };
  return file => {
    const seen = new Set([file]);
    for (const one of seen) for (const next of importsOf(one)) seen.add(next);
    return [...seen];
  };
}

function load(path: string): CacheFile | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as CacheFile;
    return typeof value.key === 'string' && typeof value.entries === 'object' ? value : undefined;
  } catch {
    return undefined; // Absent or damaged: everything is checked anew.
  }
}

/** Changes when the program itself is built anew. */
function programStamp(): string {
  try { const { size, mtimeMs } = statSync(__filename); return `${size} ${mtimeMs}`; } catch { return ''; }
}

function read(file: string): string | undefined {
  try { return readFileSync(file, 'utf8'); } catch { return undefined; }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
