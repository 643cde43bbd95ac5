import * as vscode from 'vscode';
import type { HostMessage, PanelMessage, PanelStatus, RunProgress } from '../../protocol/panel';
import type { SimulationReport, SimulationRequest } from '../../protocol/report';
import { openDocument, uriOf } from '../documents';
import { settingsOf } from '../settings';
import { openChannel } from './channel';
import { contextOf, stateOf } from './simulation-state';
import type { PanelHost } from './panel-host';
import { revealPlace } from './reveal';
import { saveReport } from './save-report';
import { watchSimulated } from './simulation-watch';

/**
 * One simulation panel: the last request and report, the run under way, and what the webview was told. A hidden webview is forgotten by the editor, so
 * every `ready` is answered with the whole picture.
 */
export class SimulationPanel {
  private readonly send: (message: HostMessage) => void;
  private report: SimulationReport | undefined;
  private status: PanelStatus = stateOf('empty');
  private running: vscode.CancellationTokenSource | undefined;
  private rerunOnSave: boolean;

  constructor(private readonly host: PanelHost, private readonly panel: vscode.WebviewPanel, private request: SimulationRequest | null) {
    this.rerunOnSave = settingsOf(request ? uriOf(request.file) : undefined).simulation.rerunOnSave;
    this.send = openChannel(host, panel, 'simulation', message => { void this.answer(message); });
    const watching = watchSimulated({
      simulates: document => this.sourceOf(document) !== undefined,
      unchanged: document => this.sourceOf(document) === document.getText(),
      onSaved: () => { if (this.rerunOnSave && this.request && !this.running) void this.run(this.request); },
      onChanged: () => void this.sendContext(),
      onSelected: (file, start, end) => this.send({ type: 'select', file, start, end }),
      onTrusted: () => { void this.sendContext(); if (this.request && this.status.state === 'untrusted') void this.run(this.request); },
    });
    panel.onDidDispose(() => { watching.dispose(); this.running?.cancel(); });
    if (request) void this.run(request);
  }

  shows(request: SimulationRequest): boolean {
    return this.request?.file === request.file && this.request.functionName === request.functionName;
  }

  runAgain(request: SimulationRequest): void {
    this.panel.reveal(undefined, true);
    void this.run(request);
  }

  private async run(request: SimulationRequest, worstUnder?: string): Promise<void> {
    this.running?.cancel();
    this.request = request;
    this.panel.title = vscode.l10n.t('Simulate {0}', request.functionName);
    if (!vscode.workspace.isTrusted) { this.setStatus(stateOf('untrusted')); return; }
    const running = this.running = new vscode.CancellationTokenSource();
    this.setStatus(stateOf('running'));
    const current = (): boolean => this.running === running;
    try {
      const { timeLimit, memoryLimit } = settingsOf(uriOf(request.file)).simulation;
      const limited = { ...request, limits: { milliseconds: timeLimit * 1000, megabytes: memoryLimit, ...request.limits } };
      const report = await withNotification(request.functionName, running, onProgress => {
        const report = (progress: RunProgress): void => { if (current()) { this.send({ type: 'progress', progress }); onProgress(progress); } };
        return worstUnder === undefined
          ? this.host.server.requestWithProgress('roundoff/simulate', { request: limited }, report, running.token)
          : this.host.server.requestWithProgress('roundoff/findWorst', { request: limited, scheme: worstUnder }, report, running.token);
      });
      if (!current()) return;
      this.report = report;
      this.send({ type: 'report', request, report });
      this.setStatus(stateOf('done'));
      await this.sendContext();
    } catch (error) {
      if (!current()) return;
      this.setStatus(running.token.isCancellationRequested ? stateOf('cancelled') : stateOf('failed', error instanceof Error ? error.message : String(error)));
    } finally {
      if (current()) this.running = undefined;
      running.dispose();
    }
  }

  private setStatus(status: PanelStatus): void {
    this.status = status;
    this.send({ type: 'status', status });
  }

  private async sendContext(): Promise<void> {
    this.send({ type: 'context', context: await contextOf(this.host.server, this.request, this.stale(), this.rerunOnSave) });
  }

  private stale(): boolean {
    return Object.entries(this.report?.sources ?? {}).some(([file, text]) => { const document = openDocument(file); return document !== undefined && document.getText() !== text; });
  }

  private sourceOf(document: vscode.TextDocument): string | undefined {
    const sources = Object.entries(this.report?.sources ?? {});
    return sources.find(([file]) => uriOf(file).toString() === document.uri.toString())?.[1];
  }

  private async answer(message: PanelMessage): Promise<void> {
    switch (message.type) {
      case 'ready':
        await this.sendContext();
        if (this.report && this.request) this.send({ type: 'report', request: this.request, report: this.report });
        this.send({ type: 'status', status: this.status });
        return;
      case 'run': return this.run(message.request);
      case 'findWorst': return this.run(message.request, message.scheme);
      case 'cancel': this.running?.cancel(); return;
      case 'reveal': return revealPlace(message.file, this.report?.sources[message.file], message, message.focus);
      case 'settings':
        this.rerunOnSave = message.settings.rerunOnSave;
        return this.sendContext();
      case 'save': return this.report && saveReport(this.host, message.suggestedName, this.report);
      case 'remedy': return this.remedy(message.remedy);
      default:
    }
  }

  private async remedy(action: Extract<PanelMessage, { type: 'remedy' }>['remedy']): Promise<void> {
    const place = this.status.place;
    switch (action) {
      case 'run': if (this.request) await this.run(this.request); return;
      case 'trust': await vscode.commands.executeCommand('workbench.trust.manage'); return;
      case 'pickFunction': await vscode.commands.executeCommand('roundoff.simulateFunction'); return;
      case 'openExample': await vscode.commands.executeCommand('roundoff.openExample'); return;
      case 'openSettings': await vscode.commands.executeCommand('workbench.action.openSettings', 'roundoff.simulation'); return;
      case 'showOutput': this.host.output.show(); return;
      case 'revealProblem': {
        if (!place) return;
        const document = await vscode.workspace.openTextDocument(uriOf(place.file));
        const at = document.offsetAt(new vscode.Position(place.line - 1, place.column - 1));
        return revealPlace(place.file, undefined, { start: at, end: at }, true);
      }
    }
  }
}

/** Milliseconds before a run is worth a notification; until then the panel alone shows its progress. */
const patience = 1500;

/** Runs `work`; when it takes long, a notification shows the progress too and can cancel it, so that a hidden panel is never in the way. */
async function withNotification<T>(name: string, cancellation: vscode.CancellationTokenSource, work: (onProgress: (progress: RunProgress) => void) => Promise<T>): Promise<T> {
  let latest: (progress: RunProgress) => void = () => undefined;
  const working = work(progress => latest(progress));
  const timer = setTimeout(() => {
    void vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, cancellable: true, title: vscode.l10n.t('Simulating {0}', name) }, (notification, token) => {
      token.onCancellationRequested(() => cancellation.cancel());
      let shown = 0;
      latest = ({ fraction, phase }) => {
        const percent = (fraction ?? 0) * 100;
        notification.report({ message: phase, increment: percent - shown });
        shown = percent;
      };
      return working.then(() => undefined, () => undefined);
    });
  }, patience);
  try { return await working; } finally { clearTimeout(timer); }
}
