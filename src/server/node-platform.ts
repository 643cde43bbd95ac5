import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeHost } from './node-host';
import type { Platform, Simulate, Tune } from './platform';
import { nodeSimulationHost, simulate } from './simulate';
import { tuneFunction } from './tune/tune-function';

/** The platform of a server process. `dist` is the folder of its bundle, with the simulation's worker in it; the hazard pages ship beside it. */
export function nodePlatform(dist: string): Platform {
  const pages = join(dist, '..', 'media', 'hazards');
  return {
    projectHost: nodeHost,
    hazardPage: id => { const page = join(pages, `${id}.md`); return existsSync(page) ? pathToFileURL(page).toString() : undefined; },
    nextTurn: () => new Promise(next => setImmediate(next)),
    simulate: simulateWith(dist),
    tune: tuneWith(dist),
  };
}

function simulateWith(dist: string): Simulate {
  const disk = nodeSimulationHost(dist);
  return (request, { openText, onProgress, signal }) => {
    const begin = performance.now();
    return simulate(request, {
      ...disk, signal,
      readFile: file => openText(file) ?? disk.readFile(file),
      fileExists: file => openText(file) !== undefined || disk.fileExists(file),
      onProgress: ({ operations, fraction, scheme }) => {
        onProgress({ operations, fraction, operationsPerSecond: operations / Math.max(1e-3, (performance.now() - begin) / 1000), phase: scheme });
      },
    });
  };
}

function tuneWith(dist: string): Tune {
  const disk = nodeSimulationHost(dist);
  return (request, program, { openText, onProgress, signal }) => tuneFunction(request, program, {
    ...disk, signal,
    readFile: file => openText(file) ?? disk.readFile(file),
    fileExists: file => openText(file) !== undefined || disk.fileExists(file),
  }, ({ evaluations, share }) => {
    onProgress({ operations: evaluations, operationsPerSecond: 0, fraction: null, phase: `${evaluations} runs${share === null ? '' : `, ${Math.round(100 * share)} % of the energy`}` });
  });
}
