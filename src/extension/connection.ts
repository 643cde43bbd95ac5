import * as vscode from 'vscode';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import type { RunProgress } from '../protocol/panel';
import { clientCommands, type InitializationOptions, type ServerNotifications, type ServerRequests, type ServerState } from '../protocol/requests';
import { readSettings } from '../protocol/settings';
import { documentSelector } from './documents';
import { hazardPageTemplate } from './hazard-pages';

export type CreateClient = (options: LanguageClientOptions) => Promise<BaseLanguageClient>;

/** The language server as the rest of the extension sees it: typed requests, progress, its state, and a restart. */
export class ServerConnection implements vscode.Disposable {
  private running: Promise<BaseLanguageClient> | undefined;
  private readonly listeners = new Map<string, (progress: RunProgress) => void>();
  private readonly states = new vscode.EventEmitter<ServerState>();
  private readonly configuration: vscode.Disposable;

  readonly onState = this.states.event;

  constructor(private readonly create: CreateClient, private readonly output: vscode.LogOutputChannel) {
    this.configuration = vscode.workspace.onDidChangeConfiguration(change => { if (change.affectsConfiguration('roundoff.trace')) void this.trace(); });
  }

  /** Starts the server unless it runs already. A failure is written to the output and shown once, with the remedy. */
  start(): Promise<BaseLanguageClient> {
    this.running ??= this.launch().catch((error: unknown) => {
      this.running = undefined;
      const reason = error instanceof Error ? error.message : String(error);
      this.output.error(reason);
      const again = vscode.l10n.t('Restart');
      void vscode.window.showErrorMessage(vscode.l10n.t('Roundoff’s language server did not start: {0}', reason), again)
        .then(answer => answer === again ? this.restart() : undefined);
      throw error;
    });
    return this.running;
  }

  async restart(): Promise<void> {
    const client = await this.running?.catch(() => undefined);
    this.running = undefined;
    await client?.dispose().catch(() => undefined);
    await this.start();
  }

  /** Sends a request; rejects with the server's sentence, or with a `CancellationError` when `token` was cancelled. */
  async request<M extends keyof ServerRequests>(method: M, params: ServerRequests[M]['params'], token?: vscode.CancellationToken): Promise<ServerRequests[M]['result']> {
    const client = await this.start();
    try {
      return await client.sendRequest<ServerRequests[M]['result']>(method, params, token ?? new vscode.CancellationTokenSource().token);
    } catch (error) {
      if (token?.isCancellationRequested) throw new vscode.CancellationError();
      throw error;
    }
  }

  /** As `request`, with the progress that the server reports on the way. `params` without its token. */
  async requestWithProgress<M extends 'roundoff/simulate' | 'roundoff/findWorst' | 'roundoff/tune'>(
    method: M, params: Omit<ServerRequests[M]['params'], 'token'>, onProgress: (progress: RunProgress) => void, token: vscode.CancellationToken,
  ): Promise<ServerRequests[M]['result']> {
    const name = `${++tokens}`;
    this.listeners.set(name, onProgress);
    try {
      return await this.request(method, { ...params, token: name } as ServerRequests[M]['params'], token);
    } finally {
      this.listeners.delete(name);
    }
  }

  dispose(): void {
    this.configuration.dispose();
    this.states.dispose();
    void this.running?.then(client => client.dispose()).catch(() => undefined);
  }

  private async launch(): Promise<BaseLanguageClient> {
    const client = await this.create(this.options());
    const notified = <N extends keyof ServerNotifications>(name: N, handler: (params: ServerNotifications[N]) => void): void => {
      client.onNotification(name, handler);
    };
    notified('roundoff/progress', ({ token, progress }) => this.listeners.get(token)?.(progress));
    notified('roundoff/state', state => this.states.fire(state));
    await client.start();
    await this.trace(client);
    return client;
  }

  private options(): LanguageClientOptions {
    const initializationOptions: InitializationOptions = { hazardPage: hazardPageTemplate, commands: true };
    return {
      documentSelector,
      synchronize: { fileEvents: vscode.workspace.createFileSystemWatcher('**/{*.{ts,tsx,mts,cts,js,jsx,mjs,cjs},tsconfig*.json,jsconfig.json,package.json}') },
      outputChannel: this.output,
      traceOutputChannel: this.output,
      initializationOptions,
      diagnosticCollectionName: 'roundoff',
      markdown: { isTrusted: { enabledCommands: Object.values(clientCommands) } },
    };
  }

  private async trace(client?: BaseLanguageClient): Promise<void> {
    const { trace } = readSettings(vscode.workspace.getConfiguration('roundoff'));
    const levels = { off: 0, messages: 1, verbose: 3 };
    await (client ?? await this.running)?.setTrace(levels[trace]);
  }
}

let tokens = 0;
