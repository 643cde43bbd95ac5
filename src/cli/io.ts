import type { Readable, Writable } from 'node:stream';

/** Where a command reads and writes. Tests pass their own streams; JSON goes to `stdout` alone, everything else to `stderr`. */
export interface CommandIo {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  /** Directory that relative paths refer to. */
  readonly cwd: string;
  /** Aborted on Ctrl-C; commands stop and answer 130. */
  readonly signal: AbortSignal;
}

/** Exit codes of the contract. */
export const exit = { ok: 0, findings: 1, refused: 2, interrupted: 130 } as const;

/** A request that cannot be served: printed as one line on standard error, exit code 2. The message names the place and the remedy. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export type Command = (args: readonly string[], io: CommandIo) => Promise<number>;
