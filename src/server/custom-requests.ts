import { ResponseError, LSPErrorCodes, type CancellationToken, type Connection } from 'vscode-languageserver';
import type { RunProgress } from '../protocol/panel';
import { literalAt } from '../program';
import type { ServerRequests } from '../protocol/requests';
import { exploreOrders } from '../simulation/orders/explore';
import { schemePresets } from '../simulation/presets';
import type { Analyses, Analysis } from './analyses';
import { inputParameters, sampleInputs } from './sample-inputs';
import { fileOfUri } from './file-names';
import { findWorst } from './find-worst';
import type { Platform, Simulate } from './platform';
import { answerTuning } from './tune/requests';
import { WholeReports } from './whole-reports';
import { reductionAt } from './reduction-at';

type Answer<M extends keyof ServerRequests> = (params: ServerRequests[M]['params'], token: CancellationToken) => Promise<ServerRequests[M]['result']>;

/** Milliseconds between two reports of progress. */
const progressInterval = 100;

/** Answers what the editor asks beyond the protocol. A failure reaches the user as the one sentence of its error. */
export function answerRequests(connection: Connection, platform: Platform, analyses: Analyses): void {
  const answer = <M extends keyof ServerRequests>(method: M, handler: Answer<M>): void => {
    connection.onRequest(method, async (params: ServerRequests[M]['params'], token: CancellationToken) => {
      try {
        return await handler(params, token);
      } catch (error) {
        if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        connection.console.error(error instanceof Error ? error.stack ?? error.message : String(error));
        return new ResponseError(LSPErrorCodes.RequestFailed, error instanceof Error ? error.message : String(error));
      }
    });
  };

  const open = (uri: string): Analysis => {
    const analysis = analyses.of(uri);
    if (!analysis) throw new Error(`${fileOfUri(uri)} is not open; open it in the editor first.`);
    return analysis;
  };

  /** What simulating needs here: how to run, and where progress and cancellation go. */
  const running = (progressToken: string, token: CancellationToken): { readonly simulate: Simulate; readonly options: Parameters<Simulate>[1] } => {
    if (!platform.simulate) throw new Error('Functions cannot be simulated in the browser: a web worker cannot be confined; open the folder in desktop VS Code or on a server.');
    let told = 0;
    const onProgress = (progress: RunProgress): void => {
      const now = performance.now();
      if (now - told < progressInterval) return;
      told = now;
      void connection.sendNotification('roundoff/progress', { token: progressToken, progress });
    };
    return { simulate: platform.simulate, options: { openText: file => analyses.openText(file), onProgress, signal: signalOf(token) } };
  };

  answer('roundoff/functions', ({ uri }) => Promise.resolve(open(uri).functions()));
  answer('roundoff/presets', () => Promise.resolve(schemePresets.map(({ id, title, detail, group }) => ({ id, title, explanation: detail, group }))));
  const reports = new WholeReports();
  answer('roundoff/simulate', async ({ request, token: progress, detailed, replaces }, token) => {
    const { simulate, options } = running(progress, token);
    return reports.summarize(await simulate(request, options), detailed, replaces);
  });
  answer('roundoff/findWorst', async ({ request, scheme, token: progress, detailed, replaces }, token) => {
    const { simulate, options } = running(progress, token);
    return reports.summarize(await findWorst(request, scheme, inputParameters(analyses, request.file, request.functionName), simulate, options), detailed, replaces);
  });
  answer('roundoff/page', ({ whole, page }) => Promise.resolve(reports.page(whole, page)));
  answer('roundoff/wholeReport', ({ whole }) => Promise.resolve(reports.whole(whole)));
  answer('roundoff/sampleInputs', ({ file, functionName, count, seed }) => Promise.resolve(sampleInputs(analyses, file, functionName, count, seed)));
  answer('roundoff/numberAt', ({ uri, offset }) => {
    const found = literalAt(open(uri).program(), offset);
    return Promise.resolve(found && { value: found.literal.named ? String(found.value) : open(uri).document.getText().slice(found.start, found.end).replaceAll('_', ''), format: 'fp64' });
  });
  answer('roundoff/reductionAt', ({ uri, offset }) => Promise.resolve(reductionAt(open(uri), offset, name => sampleInputs(analyses, fileOfUri(uri), name, 1, 1)[0])));
  answer('roundoff/orders', ({ request }) => Promise.resolve(exploreOrders(request)));
  answerTuning({ answer, running, tune: platform.tune, program: file => analyses.project(file).program(file) });
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
