import * as vscode from 'vscode';
import type { PanelStatus } from '../../protocol/panel';
import { isTuningMessage, type TuningHostMessage, type TuningMessage } from '../../protocol/tuning-panel';
import type { TuneReport, TuneRequest } from '../../protocol/tuning';
import { openDocument, uriOf } from '../documents';
import { openChannel } from './channel';
import type { Panels } from './panels';
import type { PanelHost } from './panel-host';
import { withNotification } from './patience';
import { revealPlace } from './reveal';
import { stateOf } from './simulation-state';

/** One tuning panel: the last request and report, the search under way, and what was written. Every `ready` is answered with the whole picture. */
export class TuningPanel {
  private readonly send: (message: TuningHostMessage) => void;
  private report: TuneReport | undefined;
  /** The text that was tuned. */
  private source: string | undefined;
  private status: PanelStatus = stateOf('running');
  private running: vscode.CancellationTokenSource | undefined;
  private written: readonly string[] | null = null;

  constructor(private readonly host: PanelHost, private readonly panels: Panels, private readonly panel: vscode.WebviewPanel, private request: TuneRequest, private readonly ownInputs: TuneRequest['inputs'] | null) {
    this.send = openChannel(host, panel, 'tuning', isTuningMessage, message => this.answer(message));
    const listeners = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document }) => { if (document.uri.toString() === uriOf(this.request.file).toString()) this.sendContext(); }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => { if (this.status.state === 'untrusted') void this.run(this.request); }));
    panel.onDidDispose(() => { listeners.dispose(); this.running?.cancel(); });
    void this.run(request);
  }

  shows(request: TuneRequest): boolean {
    return this.request.file === request.file && this.request.functionName === request.functionName;
  }

  runAgain(request: TuneRequest): void {
    this.panel.reveal(undefined, true);
    void this.run(request);
  }

  private async run(request: TuneRequest): Promise<void> {
    this.running?.cancel();
    this.request = request;
    this.panel.title = vscode.l10n.t('Tune {0}', request.functionName);
    this.sendContext();
    if (!vscode.workspace.isTrusted) { this.setStatus(stateOf('untrusted')); return; }
    const running = this.running = new vscode.CancellationTokenSource();
    const current = (): boolean => this.running === running;
    this.setStatus(stateOf('running'));
    try {
      const source = (await vscode.workspace.openTextDocument(uriOf(request.file))).getText();
      const report = await withNotification(vscode.l10n.t('Tuning {0}', request.functionName), running, notify => this.host.server.requestWithProgress('roundoff/tune', { request }, progress => {
        if (!current()) return;
        this.send({ type: 'progress', text: progress.phase });
        notify(progress);
      }, running.token));
      if (!current()) return;
      [this.report, this.source, this.written] = [report, source, null];
      this.send({ type: 'report', report });
      this.sendContext();
      this.setStatus(stateOf('done'));
    } catch (error) {
      if (!current()) return;
      this.setStatus(running.token.isCancellationRequested ? { ...stateOf('cancelled'), message: vscode.l10n.t('The search was cancelled.') } : stateOf('failed', error instanceof Error ? error.message : String(error)));
    } finally {
      if (current()) this.running = undefined;
      running.dispose();
    }
  }

  private async answer(message: Exclude<TuningMessage, { type: 'copy' }>): Promise<void> {
    switch (message.type) {
      case 'ready':
        this.sendContext();
        if (this.report) this.send({ type: 'report', report: this.report });
        this.send({ type: 'status', status: this.status });
        return;
      case 'tune': return this.run(message.request);
      case 'cancel': this.running?.cancel(); return;
      case 'reveal': return revealPlace(this.request.file, this.source, { start: message.start, end: message.start + this.nameLength(message.start) }, false);
      case 'write': return this.write(message.formats);
      case 'simulate':
        await this.write(message.formats);
        this.panels.simulate({ file: this.request.file, functionName: this.request.functionName, schemes: [...new Set([message.formats[0], this.report?.uniform[0]?.format ?? 'fp32'])].map(id => ({ id })), inputs: this.report?.inputs ?? this.request.inputs });
        return;
      case 'remedy': return this.remedy(message.remedy);
    }
  }

  /** Writes the formats into the document as it is now, as one step that undo takes back. */
  private async write(formats: readonly string[]): Promise<void> {
    const { report, request } = this;
    if (!report || formats.length !== report.assignment.length) return;
    const edits = await this.host.server.request('roundoff/formatEdits', {
      file: request.file, functionName: request.functionName, formats: report.assignment.map(({ variable, ordinal, start }, i) => ({ variable, ordinal, start, format: formats[i] })).filter(v => v.start >= 0),
    });
    const document = await vscode.workspace.openTextDocument(uriOf(request.file));
    const change = new vscode.WorkspaceEdit();
    for (const { start, end, text } of edits) change.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
    if (edits.length > 0 && !await vscode.workspace.applyEdit(change)) throw new Error(vscode.l10n.t('{0} could not be edited; is it read-only?', request.functionName));
    this.written = formats;
    this.sendContext();
  }

  private async remedy(action: PanelStatus['remedies'][number]['action']): Promise<void> {
    switch (action) {
      case 'run': return this.run(this.request);
      case 'trust': await vscode.commands.executeCommand('workbench.trust.manage'); return;
      case 'pickFunction': await vscode.commands.executeCommand('roundoff.tunePrecision'); return;
      case 'showOutput': this.host.output.show(); return;
      case 'revealProblem': if (this.status.place) await revealLine(this.request.file, this.status.place.line); return;
      default:
    }
  }

  /** Annotations of this panel's own do not make its report old: only the rest of the text counts. */
  private stale(): boolean {
    const now = openDocument(this.request.file)?.getText();
    return now !== undefined && this.source !== undefined && bare(now) !== bare(this.source);
  }

  private nameLength(start: number): number {
    return this.report?.assignment.find(v => v.start === start)?.variable.length ?? 0;
  }

  private sendContext(): void {
    this.send({ type: 'context', context: { request: this.request, ownInputs: this.ownInputs, stale: this.stale(), written: this.written } });
  }

  private setStatus(status: PanelStatus): void {
    this.status = status;
    this.send({ type: 'status', status });
  }
}

function bare(text: string): string {
  return text.replace(/\/\*\s*@format\s+\S+\s*\*\/[ \t]*/g, '');
}

async function revealLine(file: string, line: number): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uriOf(file));
  const at = document.offsetAt(new vscode.Position(line - 1, 0));
  await revealPlace(file, undefined, { start: at, end: at }, true);
}
