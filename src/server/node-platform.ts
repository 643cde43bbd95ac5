import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Platform } from './platform';

/** The platform of a server process. `dist` is the folder of its bundle; the hazard pages ship beside it. */
export function nodePlatform(dist: string): Platform {
  const pages = join(dist, '..', 'media', 'hazards');
  return {
    readFile: path => { try { return readFileSync(path, 'utf8'); } catch { return undefined; } },
    fileExists: path => statSync(path, { throwIfNoEntry: false })?.isFile() === true,
    directoryExists: path => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true,
    hazardPage: id => { const page = join(pages, `${id}.md`); return existsSync(page) ? pathToFileURL(page).toString() : undefined; },
    nextTurn: () => new Promise(next => setImmediate(next)),
  };
}
