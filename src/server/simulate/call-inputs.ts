import { readdirSync, type Dirent } from 'node:fs';
import { dirname, join } from 'node:path/posix';
import { xoshiro } from '../../formats';
import type { JsonValue } from '../../protocol/real';
import type { InputOrigin } from '../../protocol/report';
import { acceptsArguments } from '../../simulation/inputs/accepts';
import type { InputParameter } from '../../simulation/inputs/generate';
import { literalCalls } from '../../typescript/instrument/call-literals';
import { importsOf } from '../../typescript/instrument/imports';
import type { SimulationHost } from './host';
import { resolveModule } from './modules';

export interface CallInput {
  readonly args: readonly JsonValue[];
  readonly origin: InputOrigin;
}

/** Calls of one function that are offered; its own file and files beside it come first. */
const MOST = 200;
/** A file that imports a folder's index leads to what the index exports again, this many files on. */
const HOPS = 4;

/**
 * Arguments that the workspace itself writes down for a function: literal arguments of its calls in its own file, in other files and in tests, each argument list once. Only those that the parameters'
 * types and ranges admit.
 */
export function callInputs(file: string, functionName: string, parameters: readonly InputParameter[], host: SimulationHost): CallInput[] {
  const root = functionName.split('.')[0];
  const found = new Map<string, CallInput>();
  const leading = new Map<string, boolean>();
  const leadsToFile = (id: string, hops: number): boolean => {
    if (id === file) return true;
    if (hops === 0 || id.startsWith('!') || id.includes('/node_modules/')) return false;
    let known = leading.get(id);
    if (known === undefined) {
      leading.set(id, false);
      const text = host.readFile(id) ?? '';
      known = /\bexport\s*(?:\*|\{[^}]*\})\s*from\b/.test(text) && importsOf(text).some(s => leadsToFile(resolveModule(s, id, host), hops - 1));
      leading.set(id, known);
    }
    return known;
  };
  for (const candidate of [file, ...(host.sourceFiles?.(file) ?? [])]) {
    if (found.size >= MOST) break;
    const text = host.readFile(candidate);
    if (text === undefined || text.length > 1_000_000 || !text.includes(root)) continue;
    for (const call of literalCalls(candidate, text, functionName, candidate === file ? null : specifier => leadsToFile(resolveModule(specifier, candidate, host), HOPS))) {
      const key = JSON.stringify(call.args);
      if (!found.has(key) && found.size < MOST && acceptsArguments(parameters, call.args)) found.set(key, { args: call.args, origin: { file: candidate, line: call.line } });
    }
  }
  return [...found.values()];
}

/** Generated cases with calls of the workspace in their last places: fewer than half of them, in an order of the seed. */
export function withCalls(cases: readonly (readonly JsonValue[])[], calls: readonly CallInput[], seed: number): { readonly cases: readonly (readonly JsonValue[])[]; readonly origins: readonly (InputOrigin | null)[] } {
  const taken = shuffled(calls, seed).slice(0, Math.floor((cases.length - 1) / 2));
  const kept = cases.slice(0, cases.length - taken.length);
  return { cases: [...kept, ...taken.map(c => c.args)], origins: [...kept.map(() => null), ...taken.map(c => c.origin)] };
}

function shuffled<T>(list: readonly T[], seed: number): T[] {
  const out = [...list];
  const random = xoshiro(seed);
  for (let i = out.length - 1; i > 0; i--) { const j = Math.floor(random() * (i + 1)); [out[i], out[j]] = [out[j], out[i]]; }
  return out;
}

const FILES = 1500;
const skipped = /^(?:\.|node_modules$|dist$|out$|build$|coverage$|vendor$)/;
const sourceName = /\.[cm]?[jt]sx?$/;

/** Source files of the project around a file: everything below the nearest folder with a package.json or tsconfig.json, at most 1500; of its own folder alone where there is no such project. */
export function projectFiles(file: string): string[] {
  const root = projectFolder(dirname(file));
  const out: string[] = [];
  const queue = [dirname(file), ...(root === undefined ? [] : [root])];
  const seen = new Set<string>();
  for (let folder = queue.shift(); folder !== undefined && out.length < FILES; folder = queue.shift()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    for (const entry of entriesOf(folder)) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && root !== undefined && !skipped.test(entry.name)) queue.push(path);
      else if (entry.isFile() && sourceName.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name) && path !== file) out.push(path);
    }
  }
  return out.slice(0, FILES);
}

function projectFolder(from: string): string | undefined {
  for (let folder = from; ; folder = dirname(folder)) {
    if (entriesOf(folder).some(e => e.name === 'package.json' || e.name === 'tsconfig.json' || e.name === '.git')) return folder;
    if (dirname(folder) === folder || folder === '.') return undefined;
  }
}

function entriesOf(folder: string): Dirent[] {
  try { return readdirSync(folder, { withFileTypes: true }).sort((a, b) => a.name < b.name ? -1 : 1); } catch { return []; }
}
