import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { slashed } from '../server/node-host';
import { CommandError } from './io';

const sourceName = /\.(?:[cm]?ts|[cm]?js|tsx|jsx)$/i;
const declarationName = /\.d\.(?:[cm]?ts|[\w-]+\.ts)$/i;
const leftOut = new Set(['node_modules', '.git', '.hg', '.svn', '.yarn', '.pnpm-store']);

/** One .gitignore and the folder that its patterns are relative to. */
interface Rules {
  readonly folder: string;
  readonly matcher: Ignore;
}

/**
 * The source files that the arguments of a command mean: files as given, directories walked (TypeScript and JavaScript; `node_modules`, declaration files and what
 * .gitignore names left out; symbolic links to directories are not followed). Absolute paths with forward slashes, sorted, without duplicates.
 * A path that does not exist is refused.
 */
export function expandPaths(paths: readonly string[], cwd: string): string[] {
  const found = new Set<string>();
  for (const path of paths) {
    const full = resolve(cwd, path);
    const status = statSync(full, { throwIfNoEntry: false });
    if (!status) throw new CommandError(`${path}: there is no such file or directory; give a source file or a folder of sources.`);
    if (status.isDirectory()) walk(full, rulesAbove(full), found);
    else if (!sourceName.test(full)) throw new CommandError(`${path} is not a TypeScript or JavaScript file; give files that end in .ts, .tsx, .js, .jsx, .mts, .cts, .mjs or .cjs.`);
    else found.add(slashed(full));
  }
  return [...found].sort();
}

function walk(folder: string, rules: readonly Rules[], found: Set<string>): void {
  let entries;
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch {
    return; // A folder that may not be read holds nothing for us.
  }
  const own = rulesOf(folder);
  const all = own ? [...rules, own] : rules;
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!leftOut.has(entry.name) && !ignored(path, true, all)) walk(path, all, found);
    } else if ((entry.isFile() || entry.isSymbolicLink() && isFile(path)) && sourceName.test(entry.name) && !declarationName.test(entry.name) && !ignored(path, false, all)) found.add(slashed(path));
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** The .gitignore files of the folders above, up to the root of the repository. None above a folder that is in no repository. */
function rulesAbove(folder: string): Rules[] {
  const rules: Rules[] = [];
  let inRepository = false;
  for (let place = folder; ;) {
    if (statSync(join(place, '.git'), { throwIfNoEntry: false })) { inRepository = true; break; }
    const above = dirname(place);
    if (above === place) break;
    const own = rulesOf(above);
    if (own) rules.unshift(own);
    place = above;
  }
  // A folder that is itself ignored was named on purpose.
  return inRepository && !ignored(folder, true, rules) ? rules : [];
}

function rulesOf(folder: string): Rules | null {
  try {
    return { folder, matcher: ignore().add(readFileSync(join(folder, '.gitignore'), 'utf8')) };
  } catch {
    return null;
  }
}

/** The innermost file that says something decides, as git has it. */
function ignored(path: string, directory: boolean, rules: readonly Rules[]): boolean {
  for (let i = rules.length - 1; i >= 0; i--) {
    const name = relative(rules[i].folder, path).split(sep).join('/') + (directory ? '/' : '');
    const verdict = rules[i].matcher.test(name);
    if (verdict.ignored) return true;
    if (verdict.unignored) return false;
  }
  return false;
}
