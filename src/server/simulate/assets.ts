import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Folder of `simulation-worker.js` and `simulation-runtime.js`: beside the bundle that runs, or the build's when the sources run themselves (in tests). */
export function simulationAssets(): string {
  const beside = __dirname;
  return existsSync(join(beside, 'simulation-worker.js')) ? beside : join(beside, '../../../dist');
}
