import { dirname, join, normalize } from 'node:path/posix';
import { importsOf } from '../../typescript/instrument/imports';
import { instrument, type InstrumentedModule, type ShadowMode } from '../../typescript/instrument';

/** Files as the simulation reads them. Paths have forward slashes. */
export interface ModuleFiles {
  readonly readFile: (path: string) => string | undefined;
  readonly fileExists: (path: string) => boolean;
}

export interface LoadedModule {
  readonly id: string;
  readonly text: string;
  /** Specifier → module id; `!sentence` where there is none. */
  readonly links: Readonly<Record<string, string>>;
  readonly json: boolean;
}

const extensions = ['.ts', '.tsx', '.mts', '.cts', '.js', '.mjs', '.cjs', '.jsx'];
const MAX_MODULES = 2000;
/** Characters of one module; instrumenting takes about two seconds a million. */
const MAX_TEXT = 4_000_000;

/** All modules that a file leads to, itself first. Reading is all that happens here: nothing runs. */
export function loadModules(entry: string, files: ModuleFiles): LoadedModule[] {
  const steps = loadSteps(entry, files);
  for (;;) { const { done, value } = steps.next(); if (done) return value; }
}

/** The same, which hands control back after each module. */
export function* loadSteps(entry: string, files: ModuleFiles): Generator<undefined, LoadedModule[]> {
  const found = new Map<string, LoadedModule>();
  const queue = [entry];
  const texts = new Map<string, string>();
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    if (found.has(id)) continue;
    const text = texts.get(id) ?? files.readFile(id) ?? '';
    texts.delete(id);
    yield undefined;
    const json = id.endsWith('.json');
    const links: Record<string, string> = {};
    if (!json && found.size < MAX_MODULES) {
      for (const specifier of importsOf(text)) {
        let target = resolveModule(specifier, id, files);
        if (!target.startsWith('!') && !found.has(target) && !texts.has(target)) {
          const next = files.readFile(target) ?? '';
          if (next.length > MAX_TEXT) target = `!has ${(next.length / 1e6).toFixed(0)} million characters, too many to simulate: import the part of it that is needed.`;
          else { texts.set(target, next); queue.push(target); }
        }
        links[specifier] = target;
      }
    }
    found.set(id, { id, text, links, json });
  }
  return [...found.values()];
}

export function instrumentFor(file: string, text: string, mode: ShadowMode, prefix: string, firstSite: number, firstLiteral: number, firstFormat: number, firstShape: number, measured: readonly string[]): InstrumentedModule {
  return instrument({ file, text, mode, prefix, firstSite, firstLiteral, firstFormat, firstShape, measured });
}

const nodeModules = new Set(['fs', 'path', 'os', 'http', 'https', 'net', 'child_process', 'worker_threads', 'crypto', 'util', 'events', 'stream', 'buffer', 'url', 'zlib', 'process', 'perf_hooks', 'assert', 'vm', 'module', 'tty', 'readline', 'timers']);

/** A module id, or `!` and the end of a sentence that says why there is none. */
export function resolveModule(specifier: string, from: string, files: ModuleFiles): string {
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    return fileOf(specifier.startsWith('/') ? specifier : normalize(join(dirname(from), specifier)), files) ?? '!does not exist.';
  }
  const bareName = specifier.replace(/^node:/, '').split('/')[0];
  if (specifier.startsWith('node:') || nodeModules.has(bareName)) return '!is part of Node, which a simulation does not have: pass the data in as a parameter.';
  const parts = specifier.split('/');
  const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0];
  const rest = parts.slice(name.split('/').length).join('/');
  for (let folder = dirname(from); ; folder = dirname(folder)) {
    const root = join(folder, 'node_modules', name);
    const manifest = files.readFile(join(root, 'package.json'));
    if (manifest !== undefined) return packageFile(root, rest, manifest, files) ?? `!ships no JavaScript or TypeScript that could be found.`;
    if (folder === '/' || folder === '.' || dirname(folder) === folder) return '!is not installed.';
  }
}

function fileOf(path: string, files: ModuleFiles): string | undefined {
  if (files.fileExists(path)) return path;
  for (const e of extensions) if (files.fileExists(path + e)) return path + e;
  const script = /\.([cm]?)js(x?)$/.exec(path);
  if (script) for (const e of [`.${script[1]}ts${script[2]}`, '.tsx']) if (files.fileExists(path.slice(0, script.index) + e)) return path.slice(0, script.index) + e;
  if (files.fileExists(`${path}.json`)) return `${path}.json`;
  for (const e of extensions) if (files.fileExists(`${path}/index${e}`)) return `${path}/index${e}`;
  return undefined;
}

interface Manifest {
  readonly exports?: unknown;
  readonly module?: unknown;
  readonly main?: unknown;
}

function packageFile(root: string, rest: string, text: string, files: ModuleFiles): string | undefined {
  let manifest: Manifest;
  try { manifest = JSON.parse(text) as Manifest; } catch { return undefined; }
  const fromExports = manifest.exports === undefined ? undefined : exported(manifest.exports, rest ? `./${rest}` : '.');
  if (fromExports) return fileOf(normalize(join(root, fromExports)), files);
  if (rest) return fileOf(join(root, rest), files);
  for (const entry of [manifest.module, manifest.main, 'index.js']) if (typeof entry === 'string') { const file = fileOf(normalize(join(root, entry)), files); if (file) return file; }
  return undefined;
}

/** The `exports` field: conditions import, module, default, require; one `*` in a pattern. */
function exported(exports: unknown, key: string): string | undefined {
  if (typeof exports === 'string') return key === '.' ? exports : undefined;
  if (Array.isArray(exports)) return exports.map(e => exported(e, key)).find(e => e !== undefined);
  if (typeof exports !== 'object' || exports === null) return undefined;
  const map = exports as Record<string, unknown>;
  if (!Object.keys(map).some(k => k.startsWith('.'))) {
    for (const condition of ['import', 'module', 'node', 'default', 'require', 'browser']) if (condition in map) { const target = exported(map[condition], key); if (target) return target; }
    return undefined;
  }
  if (key in map) return exported(map[key], '.');
  for (const [pattern, target] of Object.entries(map)) {
    const [before, after] = pattern.split('*');
    if (after === undefined || !key.startsWith(before) || !key.endsWith(after)) continue;
    const found = exported(target, '.');
    if (found) return found.replace('*', key.slice(before.length, key.length - after.length));
  }
  return undefined;
}
