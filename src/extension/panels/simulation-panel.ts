import * as vscode from 'vscode';
import type { HostMessage, PanelMessage, PanelStatus, RunProgress } from '../../protocol/panel';
import type { SimulationReport, SimulationRequest } from '../../protocol/report';
import type { PageRequest } from '../../protocol/report-pages';
import { openDocument, uriOf } from '../documents';
import { settingsOf } from '../settings';
import { openPanelChannel } from './channel';
import { contextOf, stateOf } from './simulation-state';
import type { PanelHost } from './panel-host';
import { withNotification } from './patience';
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
  /** What later runs are compared with. */
  private kept: SimulationReport | undefined;
  private status: PanelStatus = stateOf('empty');
  private running: vscode.CancellationTokenSource | undefined;
  private rerunOnSave: boolean;
  /** The place that the webview asked to reveal last: the selection that this makes in the editor must not come back and override a newer one in the webview. */
  private revealed: string | undefined;
  /** The format that the webview shows, as far as it told. */
  private detailed: string | undefined;

  constructor(private readonly host: PanelHost, private readonly panel: vscode.WebviewPanel, private request: SimulationRequest | null) {
    this.rerunOnSave = settingsOf(request ? uriOf(request.file) : undefined).simulation.rerunOnSave;
    this.send = openPanelChannel(host, panel, 'simulation', message => this.answer(message));
    const watching = watchSimulated({
      simulates: document => this.sourceOf(document) !== undefined,
      unchanged: document => this.sourceOf(document) === document.getText(),
      onSaved: () => { if (this.rerunOnSave && this.request && !this.running) void this.run(this.request); },
      onChanged: () => void this.sendContext(),
      onSelected: (file, start, end) => {
        const own = this.revealed === `${file}:${start}-${end}`;
        this.revealed = undefined;
        if (!own) this.send({ type: 'select', file, start, end });
      },
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

  private async run(asked: SimulationRequest, worstUnder?: string): Promise<void> {
    this.running?.cancel();
    this.request = asked;
    this.panel.title = vscode.l10n.t('Simulate {0}', asked.functionName);
    if (!vscode.workspace.isTrusted) { this.setStatus(stateOf('untrusted')); return; }
    const running = this.running = new vscode.CancellationTokenSource();
    this.setStatus(stateOf('running'));
    const current = (): boolean => this.running === running;
    try {
      const request = await this.withWholeBase(asked);
      if (!current()) return;
      this.request = request;
      const { timeLimit, memoryLimit } = settingsOf(uriOf(request.file)).simulation;
      const params = { request: { ...request, limits: { milliseconds: timeLimit * 1000, megabytes: memoryLimit, ...request.limits } }, detailed: this.detailed, replaces: this.report?.whole };
      const report = await withNotification(vscode.l10n.t('Simulating {0}', asked.functionName), running, onProgress => {
        const report = (progress: RunProgress): void => { if (current()) { this.send({ type: 'progress', progress }); onProgress(progress); } };
        return worstUnder === undefined
          ? this.host.server.requestWithProgress('roundoff/simulate', params, report, running.token)
          : this.host.server.requestWithProgress('roundoff/findWorst', { ...params, scheme: worstUnder }, report, running.token);
      });
      if (!current()) return;
      const cancelled = running.token.isCancellationRequested;
      // A cancelled run answers with the formats that had ended; without any, the last report stays.
      if (!cancelled || report.formats.some(({ status }) => status === 'ok')) {
        this.report = report;
        this.send({ type: 'report', request, report });
      }
      this.setStatus(stateOf(cancelled ? 'cancelled' : 'done'));
      await this.sendContext();
    } catch (error) {
      if (!current()) return;
      this.setStatus(running.token.isCancellationRequested ? stateOf('cancelled') : stateOf('failed', error instanceof Error ? error.message : String(error)));
    } finally {
      if (current()) this.running = undefined;
      running.dispose();
    }
  }

  /** A page of the report that is shown. When the server has been restarted since, the run is made again. */
  private async sendPage(whole: string, page: PageRequest): Promise<void> {
    if (this.report?.whole !== whole) return;
    if (page.kind === 'run') this.detailed = page.format;
    try {
      this.send({ type: 'page', whole, page: await this.host.server.request('roundoff/page', { whole, page }) });
    } catch (error) {
      this.host.output.warn(error instanceof Error ? error.message : String(error));
      if (this.request && !this.running && this.report.whole === whole) await this.run(this.request);
    }
  }

  /** A sweep starts from the first input, of which a panel may have only a part. */
  private async withWholeBase(request: SimulationRequest): Promise<SimulationRequest> {
    const whole = this.report?.whole;
    if (whole === undefined || request.inputs.kind !== 'sweep') return request;
    const page = await this.host.server.request('roundoff/page', { whole, page: { kind: 'input', index: 0 } }).catch(() => undefined);
    return page?.kind === 'input' ? { ...request, inputs: { ...request.inputs, base: page.input } } : request;
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
        if (this.kept) this.send({ type: 'kept', report: this.kept });
        if (this.report && this.request) this.send({ type: 'report', request: this.request, report: this.report });
        this.send({ type: 'status', status: this.status });
        return;
      case 'run': this.detailed = message.detailed; return this.run(message.request);
      case 'findWorst': this.detailed = message.scheme; return this.run(message.request, message.scheme);
      case 'page': return this.sendPage(message.whole, message.page);
      case 'cancel': this.running?.cancel(); return;
      case 'keep': this.kept = message.keep ? this.report : undefined; return;
      case 'reveal': this.revealed = `${message.file}:${message.start}-${message.end}`; return revealPlace(message.file, this.report?.sources[message.file], message, message.focus);
      case 'settings':
        this.rerunOnSave = message.settings.rerunOnSave;
        return this.sendContext();
      case 'save': return this.report && message.content === undefined ? saveReport(this.host, message.suggestedName, message.kind, this.report) : undefined;
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
