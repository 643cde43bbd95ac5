import * as vscode from 'vscode';
import { isPanelState } from '../../protocol/panel-guards';
import type { OrdersRequest, PanelKind, PanelState } from '../../protocol/panel';
import type { SimulationRequest } from '../../protocol/report';
import type { ServerConnection } from '../connection';
import { webviewOptions } from './page';
import { NumberPanel } from './number-panel';
import { OrdersPanel } from './orders-panel';
import type { PanelHost } from './panel-host';
import { SimulationPanel } from './simulation-panel';

export const viewTypes: Readonly<Record<PanelKind, string>> = { simulation: 'roundoff.simulation', formats: 'roundoff.formats', orders: 'roundoff.orders' };

/** The open panels: opens them, finds the one that shows a function already, and restores them after a reload of the window. */
export class Panels implements vscode.Disposable {
  private readonly host: PanelHost;
  private readonly simulations = new Set<SimulationPanel>();
  private number: NumberPanel | undefined;
  private orders: OrdersPanel | undefined;
  private readonly registrations: vscode.Disposable[];

  constructor(context: vscode.ExtensionContext, server: ServerConnection, output: vscode.LogOutputChannel) {
    this.host = { context, server, output, panels: this };
    this.registrations = [
      this.restore('simulation', (panel, state) => { this.addSimulation(panel, state?.panel === 'simulation' ? state.request : null); }),
      this.restore('formats', (panel, state) => { this.addNumber(panel, state?.panel === 'formats' ? state : { value: '0.1', format: 'fp16' }); }),
      this.restore('orders', (panel, state) => { this.addOrders(panel, state?.panel === 'orders' ? state.request : null); }),
    ];
  }

  /** Shows the simulation of a function beside the editor; a panel that shows this function already runs again instead. */
  simulate(request: SimulationRequest): void {
    const open = [...this.simulations].find(panel => panel.shows(request));
    if (open) open.runAgain(request);
    else this.addSimulation(this.create('simulation', vscode.l10n.t('Simulate {0}', request.functionName)), request);
  }

  showNumber(number: { readonly value: string; readonly format: string }): Promise<void> {
    if (this.number) this.number.show(number);
    else this.addNumber(this.create('formats', vscode.l10n.t('Number Format')), number);
    return Promise.resolve();
  }

  showOrders(request: OrdersRequest | null): Promise<void> {
    if (this.orders) this.orders.show(request);
    else this.addOrders(this.create('orders', vscode.l10n.t('Summation Orders')), request);
    return Promise.resolve();
  }

  dispose(): void {
    for (const item of this.registrations) item.dispose();
  }

  private addSimulation(panel: vscode.WebviewPanel, request: SimulationRequest | null): void {
    const simulation = new SimulationPanel(this.host, panel, request);
    this.simulations.add(simulation);
    panel.onDidDispose(() => this.simulations.delete(simulation));
  }

  private addNumber(panel: vscode.WebviewPanel, number: { readonly value: string; readonly format: string }): void {
    this.number = new NumberPanel(this.host, panel, number);
    panel.onDidDispose(() => { this.number = undefined; });
  }

  private addOrders(panel: vscode.WebviewPanel, request: OrdersRequest | null): void {
    this.orders = new OrdersPanel(this.host, panel, request);
    panel.onDidDispose(() => { this.orders = undefined; });
  }

  private create(kind: PanelKind, title: string): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(viewTypes[kind], title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, webviewOptions(this.host.context));
  }

  private restore(kind: PanelKind, add: (panel: vscode.WebviewPanel, state: PanelState | null) => void): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(viewTypes[kind], {
      deserializeWebviewPanel: (panel, state: unknown) => {
        panel.webview.options = webviewOptions(this.host.context);
        add(panel, isPanelState(state) ? state : null);
        return Promise.resolve();
      },
    });
  }
}
