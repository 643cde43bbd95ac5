import type { Format } from '../../src/formats';
import { FormatError } from '../../src/formats/format';
import { findFormat } from '../../src/formats/find';

/*
 * Panels import the files of the formats room that they use, not its index: the index brings the quantizers and the generated rounders, which compile code when
 * they load, and a webview's policy forbids that.
 */

/** The format of that name; undefined where there is none, impossible parameters included. */
export function knownFormat(id: string): Format | undefined {
  try { return findFormat(id); } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
