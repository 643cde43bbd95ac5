import { createContext, Script, type Context } from 'node:vm';
import { parentPort } from 'node:worker_threads';
import { tuneEngine } from './engine';
import type { WorkerAnswer, WorkerRequest } from './messages';

/**
 * Runs scripts in a context of their own. The context's global is made of an object without prototype and nothing of the host is ever put into it, so that no object in it leads to the host's
 * functions; code made of strings is refused by the engine. What goes in and comes out is text.
 */
let context: Context | undefined;

tuneEngine();

function evaluate(name: string, text: string): unknown {
  return new Script(text, { filename: name }).runInContext(context!);
}

function answer(request: WorkerRequest): WorkerAnswer {
  try {
    if (request.kind === 'open') {
      context = createContext(Object.create(null) as object, { codeGeneration: { strings: false, wasm: false } });
      for (const global of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console']) evaluate('roundoff-setup', `delete globalThis.${global};`);
      for (const { name, text } of request.scripts) evaluate(name, text);
      return { id: request.id, text: '' };
    }
    if (!context) throw new Error('no context is open');
    return { id: request.id, text: String(evaluate('roundoff-call', request.text)) };
  } catch (error) {
    return { id: request.id, text: '', error: error instanceof Error ? `${error.name}: ${error.message}` : String((error as { message?: unknown } | null)?.message ?? error), stack: (error as { stack?: unknown } | null)?.stack === undefined ? '' : String((error as { stack: unknown }).stack).slice(0, 4000) };
  }
}

parentPort!.on('message', (request: WorkerRequest) => { parentPort!.postMessage(answer(request)); });
