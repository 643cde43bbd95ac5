import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { WorkerAnswer, WorkerRequest } from '../../simulation/worker/messages';

/** Why a run ended without an answer. */
export type Stop = 'timeout' | 'cancelled' | 'memory' | 'crashed';

export class Stopped extends Error {
  override readonly name = 'Stopped';
  constructor(readonly why: Stop, message: string) { super(message); }
}

export class ScriptError extends Error {
  override readonly name = 'ScriptError';
  constructor(message: string, readonly trace: string) { super(message); }
}

/** Milliseconds after which waiting code is asked again whether its promise settled. */
const POLL = 2;

/**
 * One worker thread: no process environment, no standard streams, a memory limit, and an end by `terminate()` whatever the code does: endless loops, endless microtasks and recursion included.
 */
export class Confinement {
  private worker: Worker | undefined;
  private next = 0;
  private readonly waiting = new Map<number, { resolve: (a: WorkerAnswer) => void; reject: (e: Error) => void }>();
  private readonly timer: NodeJS.Timeout;
  private ended: Stopped | undefined;
  private readonly onAbort = (): void => { this.end(new Stopped('cancelled', 'The simulation was cancelled.')); };

  constructor(private readonly assets: string, private readonly megabytes: number, milliseconds: number, private readonly signal: AbortSignal | undefined) {
    this.timer = setTimeout(() => { this.end(new Stopped('timeout', 'The run did not end within its time limit; raise the limit or take a smaller input.')); }, milliseconds);
    signal?.addEventListener('abort', this.onAbort, { once: true });
    if (signal?.aborted) this.onAbort();
  }

  /** Evaluates scripts in a fresh context. */
  async open(scripts: readonly { readonly name: string; readonly text: string }[]): Promise<void> {
    await this.ask({ kind: 'open', scripts });
  }

  /** Evaluates an expression in the context. */
  async evaluate(text: string): Promise<string> {
    return (await this.ask({ kind: 'evaluate', text })).text;
  }

  /** Runs the kernel's `start` and waits until the function, or the promise it returned, settles. */
  async run(start: string, take: string): Promise<string> {
    await this.evaluate(start);
    for (let i = 0; ; i++) {
      const text = await this.evaluate(take);
      if (text !== '') return text;
      // Nothing in the context can wake up by itself: when its queue is empty and the promise is pending, it stays pending.
      if (i >= 3) throw new Stopped('crashed', 'The promise that the function returned never settles: there are no timers or events in a simulation.');
      await new Promise(done => { setTimeout(done, POLL); });
    }
  }

  close(): void {
    clearTimeout(this.timer);
    this.signal?.removeEventListener('abort', this.onAbort);
    void this.worker?.terminate();
    this.worker = undefined;
  }

  private ask(request: { readonly kind: 'open'; readonly scripts: readonly { readonly name: string; readonly text: string }[] } | { readonly kind: 'evaluate'; readonly text: string }): Promise<WorkerAnswer> {
    if (this.ended) return Promise.reject(this.ended);
    const id = this.next++;
    const worker = this.worker ??= this.spawn();
    return new Promise<WorkerAnswer>((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      worker.postMessage({ ...request, id } satisfies WorkerRequest);
    });
  }

  private spawn(): Worker {
    const worker = new Worker(join(this.assets, 'simulation-worker.js'), {
      env: {}, stdin: false, stdout: true, stderr: true, execArgv: [], argv: [], trackUnmanagedFds: true,
      resourceLimits: { maxOldGenerationSizeMb: this.megabytes, maxYoungGenerationSizeMb: Math.max(16, Math.floor(this.megabytes / 8)), stackSizeMb: 4 },
    });
    worker.on('message', (answer: WorkerAnswer) => {
      const waiter = this.waiting.get(answer.id);
      this.waiting.delete(answer.id);
      if (answer.error === undefined) waiter?.resolve(answer);
      else waiter?.reject(new ScriptError(answer.error, answer.stack ?? ''));
    });
    worker.on('error', error => {
      const memory = (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';
      this.end(new Stopped(memory ? 'memory' : 'crashed', memory ? `The run needed more than ${this.megabytes} MB of memory.` : `The simulation's worker failed: ${error.message}`));
    });
    worker.on('exit', () => { this.end(new Stopped('crashed', 'The simulation\'s worker ended.')); });
    return worker;
  }

  private end(reason: Stopped): void {
    if (this.ended) return;
    this.ended = reason;
    for (const { reject } of this.waiting.values()) reject(reason);
    this.waiting.clear();
    this.close();
  }
}
