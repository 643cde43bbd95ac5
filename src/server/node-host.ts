import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ProjectHost } from '../typescript';

/** Largest file that is read: beyond it a file is generated data, not code. */
const BYTE_LIMIT = 10_000_000;

/** Files on the disk, for the command line and the desktop server. Paths have forward slashes on every system. */
export function nodeHost(root: string): ProjectHost {
  const caseSensitive = process.platform !== 'win32' && process.platform !== 'darwin';
  return {
    root: slashed(resolve(root)),
    caseSensitive,
    readFile: path => {
      try {
        return statSync(path).size > BYTE_LIMIT ? undefined : readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
      } catch {
        return undefined;
      }
    },
    fileExists: path => {
      try { return statSync(path).isFile(); } catch { return false; }
    },
    directoryExists: path => existsSync(path),
    realpath: path => {
      try { return slashed(realpathSync.native(path)); } catch { return path; }
    },
  };
}

/** A path as the project knows it. */
export function slashed(path: string): string {
  return path.replaceAll('\\', '/');
}
