import type { ModuleFiles } from './modules';

/** Where a simulation finds files and its own scripts. */
export interface SimulationHost extends ModuleFiles {
  /** Folder of `simulation-worker.js` and `simulation-runtime.js`. */
  readonly assets: string;
  /** Source files of the project around a file, nearest first; without it only calls in the file itself are found. */
  readonly sourceFiles?: (file: string) => readonly string[];
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: SimulationProgress) => void;
}

export interface SimulationProgress {
  readonly operations: number;
  /** 0…1 */
  readonly fraction: number;
  readonly scheme: string;
}
