import * as vscode from 'vscode';
import type { HostMessage, PanelMessage } from '../../protocol/panel';
import { settingsOf } from '../settings';
import { openPanelChannel } from './channel';
import type { PanelHost } from './panel-host';

/** The number format panel. It computes in the webview; the host only says which number to look at. */
export class NumberPanel {
  private readonly send: (message: HostMessage) => void;

  constructor(host: PanelHost, private readonly panel: vscode.WebviewPanel, private number: { readonly value: string; readonly format: string }) {
    this.send = openPanelChannel(host, panel, 'formats', message => this.answer(message));
  }

  show(number: { readonly value: string; readonly format: string }): void {
    this.number = number;
    this.panel.reveal(undefined, true);
    this.send({ type: 'number', ...number });
  }

  private answer(message: PanelMessage): void {
    if (message.type !== 'ready') return;
    const { hover, simulation } = settingsOf(undefined);
    this.send({
      type: 'context',
      context: { trusted: vscode.workspace.isTrusted, functions: [], presets: [], formats: hover.formats, request: null, settings: { rerunOnSave: simulation.rerunOnSave }, stale: false },
    });
    // A restored panel knows its number better than we do.
    if (message.state?.panel !== 'formats') this.send({ type: 'number', ...this.number });
  }
}
