import { Stopped } from './confinement';

/** Milliseconds of reading and instrumenting after which other work gets its turn. */
const TURN = 15;

/** Runs steps to their end and lets other work have its turn in between. Throws `Stopped` when the signal is aborted. */
export async function inTurns<T>(steps: Generator<undefined, T>, signal: AbortSignal | undefined): Promise<T> {
  for (let since = performance.now(); ;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() - since < TURN) continue;
    await new Promise<void>(turn => { setImmediate(turn); });
    if (signal?.aborted) throw new Stopped('cancelled', 'The simulation was cancelled.');
    since = performance.now();
  }
}

/** The same for whoever wants the signal's own reason when it is aborted. */
export async function inTurnsUnlessAborted<T>(steps: Generator<undefined, T>, signal: AbortSignal | undefined): Promise<T> {
  try {
    return await inTurns(steps, signal);
  } catch (error) {
    if (error instanceof Stopped) signal?.throwIfAborted();
    throw error;
  }
}
