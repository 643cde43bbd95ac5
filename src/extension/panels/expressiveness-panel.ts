import * as vscode from 'vscode';
import type { ExpressivenessReport, ExpressivenessRequest } from '../../protocol/expressiveness';
import type { PanelStatus } from '../../protocol/panel';
import { isExpressivenessMessage, type ExpressivenessHostMessage, type ExpressivenessMessage } from '../../protocol/tuning-panel';
import { openChannel } from './channel';
import type { PanelHost } from './panel-host';
import { stateOf } from './simulation-state';

/** Functions of the user's that can be chosen as an activation. */
export type OwnActivations = readonly { readonly file: string; readonly name: string }[];

/** The expressiveness panel: one activation on one grid. The language server decides; a function of the workspace runs confined, and only in a trusted workspace. */
export class ExpressivenessPanel {
  private readonly send: (message: ExpressivenessHostMessage) => void;
  private report: ExpressivenessReport | undefined;
  private status: PanelStatus = stateOf('running');
  private latest = 0;

  constructor(private readonly host: PanelHost, private readonly panel: vscode.WebviewPanel, private request: ExpressivenessRequest, private functions: OwnActivations) {
    this.send = openChannel(host, panel, 'expressiveness', isExpressivenessMessage, message => this.answer(message));
    void this.check(request);
  }

  show(request: ExpressivenessRequest, functions: OwnActivations): void {
    this.functions = functions;
    this.panel.reveal(undefined, true);
    void this.check(request);
  }

  private async check(request: ExpressivenessRequest): Promise<void> {
    this.request = request;
    this.sendContext();
    if (request.activation.kind === 'function' && !vscode.workspace.isTrusted) {
      this.setStatus({ ...stateOf('untrusted'), message: vscode.l10n.t('A function of your own runs on every point of the grid, so it waits until you trust the workspace.'), remedies: [] });
      return;
    }
    const mine = ++this.latest;
    this.setStatus(stateOf('running'));
    try {
      const report = await this.host.server.request('roundoff/expressiveness', { request, token: '' });
      if (mine !== this.latest) return;
      this.report = report;
      this.send({ type: 'report', report });
      this.setStatus(stateOf('done'));
    } catch (error) {
      if (mine === this.latest) this.setStatus({ state: 'failed', message: error instanceof Error ? error.message : String(error), place: null, remedies: [] });
    }
  }

  private answer(message: Exclude<ExpressivenessMessage, { type: 'copy' }>): Promise<void> | undefined {
    switch (message.type) {
      case 'ready':
        this.sendContext();
        if (this.report) this.send({ type: 'report', report: this.report });
        this.send({ type: 'status', status: this.status });
        return;
      case 'check': return this.check(message.request);
    }
  }

  private sendContext(): void {
    this.send({ type: 'context', functions: this.functions, request: this.request });
  }

  private setStatus(status: PanelStatus): void {
    this.status = status;
    this.send({ type: 'status', status });
  }
}
