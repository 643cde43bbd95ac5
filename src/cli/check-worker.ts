import { parentPort, workerData } from 'node:worker_threads';
import { checkHere, type CheckTask } from './check-run';

/** A thread of `roundoff check`: checks its share and sends each report as it is ready. */
async function run(): Promise<void> {
  for await (const report of checkHere(workerData as CheckTask, new AbortController().signal)) parentPort?.postMessage(report);
}

void run();
