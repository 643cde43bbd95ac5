import { setFlagsFromString } from 'node:v8';

/**
 * The kernel is many small functions around one rounding: inlined, a run takes half the time. These are limits of the optimizer, not of the language. They hold for
 * code that is compiled afterwards, in every isolate of the process.
 */
export function tuneEngine(): void {
  setFlagsFromString('--max-inlined-bytecode-size=2000');
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=40000');
  setFlagsFromString('--max-inlined-bytecode-size-absolute=40000');
}
