import { type CancellationToken, type Connection } from 'vscode-languageserver';
import type { ServerRequests } from '../protocol/requests';
import type { Analyses } from './analyses';
import type { Platform } from './platform';

/** Answers what the editor asks beyond the protocol. */
export function answerRequests(connection: Connection, platform: Platform, analyses: Analyses): void {
  void platform; void analyses;
  const answer = <M extends keyof ServerRequests>(method: M, handler: (params: ServerRequests[M]['params'], token: CancellationToken) => Promise<ServerRequests[M]['result']>): void => {
    connection.onRequest(method, handler);
  };
  answer('roundoff/presets', () => Promise.resolve([]));
}
