import * as vscode from 'vscode';
import type { HostMessage, OrdersReport, OrdersRequest, PanelMessage, PanelStatus } from '../../protocol/panel';
import { settingsOf } from '../settings';
import { openPanelChannel } from './channel';
import type { PanelHost } from './panel-host';
import { revealPlace } from './reveal';

/** The summation-orders panel: the same numbers added in many orders, beside the exact sum. */
export class OrdersPanel {
  private readonly send: (message: HostMessage) => void;
  private report: OrdersReport | undefined;
  private status: PanelStatus = { state: 'empty', message: vscode.l10n.t('Put the cursor on a sum and choose “Explore Summation Orders”, or type numbers here.'), place: null, remedies: [] };

  constructor(private readonly host: PanelHost, private readonly panel: vscode.WebviewPanel, private request: OrdersRequest | null) {
    this.send = openPanelChannel(host, panel, 'orders', message => this.answer(message));
    if (request) void this.run(request);
  }

  show(request: OrdersRequest | null): void {
    this.panel.reveal(undefined, true);
    if (request) void this.run(request);
  }

  private async run(request: OrdersRequest): Promise<void> {
    this.request = request;
    this.setStatus({ state: 'running', message: '', place: null, remedies: [] });
    try {
      const report = await this.host.server.request('roundoff/orders', { request });
      if (this.request !== request) return;
      this.report = report;
      this.send({ type: 'orders', report });
      this.setStatus({ state: 'done', message: '', place: null, remedies: [] });
    } catch (error) {
      this.setStatus({ state: 'failed', message: error instanceof Error ? error.message : String(error), place: null, remedies: [] });
    }
  }

  private setStatus(status: PanelStatus): void {
    this.status = status;
    this.send({ type: 'status', status });
  }

  private answer(message: PanelMessage): void {
    switch (message.type) {
      case 'ready': {
        const { hover, simulation } = settingsOf(undefined);
        this.send({
          type: 'context',
          context: { trusted: vscode.workspace.isTrusted, functions: [], presets: [], formats: hover.formats, request: null, settings: { rerunOnSave: simulation.rerunOnSave }, stale: false },
        });
        if (this.report) this.send({ type: 'orders', report: this.report });
        this.send({ type: 'status', status: this.status });
        return;
      }
      case 'runOrders': void this.run(message.request); return;
      case 'reveal': void revealPlace(message.file, undefined, message, message.focus); return;
      default:
    }
  }
}
