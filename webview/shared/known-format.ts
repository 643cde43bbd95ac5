import type { Format } from '../../src/formats';
import { FormatError, findFormat } from '../../src/formats';

/** The format of that name; undefined where there is none, impossible parameters included. */
export function knownFormat(id: string): Format | undefined {
  try { return findFormat(id); } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
