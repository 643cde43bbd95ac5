import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeHost } from './node-host';
import type { Platform } from './platform';

/** The platform of a server process. `dist` is the folder of its bundle; the hazard pages ship beside it. */
export function nodePlatform(dist: string): Platform {
  const pages = join(dist, '..', 'media', 'hazards');
  return {
    projectHost: nodeHost,
    hazardPage: id => { const page = join(pages, `${id}.md`); return existsSync(page) ? pathToFileURL(page).toString() : undefined; },
    nextTurn: () => new Promise(next => setImmediate(next)),
  };
}
