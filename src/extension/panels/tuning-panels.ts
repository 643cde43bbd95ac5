import * as vscode from 'vscode';
import type { ExpressivenessRequest } from '../../protocol/expressiveness';
import { isExpressivenessState, isTuningState } from '../../protocol/tuning-panel';
import type { TuneRequest } from '../../protocol/tuning';
import type { ServerConnection } from '../connection';
import { ExpressivenessPanel, type OwnActivations } from './expressiveness-panel';
import { webviewOptions } from './page';
import type { PanelHost } from './panel-host';
import type { Panels } from './panels';
import { TuningPanel } from './tuning-panel';

const viewTypes = { tuning: 'roundoff.tuning', expressiveness: 'roundoff.expressiveness' } as const;

/** The open tuning panels, one a function, and the expressiveness panel: opens them and restores them after a reload of the window. */
export class TuningPanels implements vscode.Disposable {
  private readonly host: PanelHost;
  private readonly tunings = new Set<TuningPanel>();
  private expressiveness: ExpressivenessPanel | undefined;
  private readonly registrations: vscode.Disposable;

  constructor(context: vscode.ExtensionContext, server: ServerConnection, output: vscode.LogOutputChannel, private readonly panels: Panels) {
    this.host = { context, server, output, panels };
    this.registrations = vscode.Disposable.from(
      this.restore('tuning', (panel, state) => { if (isTuningState(state)) this.addTuning(panel, state.request, state.request.inputs); else panel.dispose(); }),
      this.restore('expressiveness', (panel, state) => { if (isExpressivenessState(state)) this.addExpressiveness(panel, state.request, []); else panel.dispose(); }));
  }

  /** `ownInputs`: inputs that the file or the user gave, to be offered beside generated ones. */
  tune(request: TuneRequest, ownInputs: TuneRequest['inputs'] | null): void {
    const open = [...this.tunings].find(panel => panel.shows(request));
    if (open) open.runAgain(request);
    else this.addTuning(this.create('tuning', vscode.l10n.t('Tune {0}', request.functionName)), request, ownInputs);
  }

  checkExpressiveness(request: ExpressivenessRequest, functions: OwnActivations): void {
    if (this.expressiveness) this.expressiveness.show(request, functions);
    else this.addExpressiveness(this.create('expressiveness', vscode.l10n.t('Expressiveness')), request, functions);
  }

  dispose(): void {
    this.registrations.dispose();
  }

  private addTuning(panel: vscode.WebviewPanel, request: TuneRequest, ownInputs: TuneRequest['inputs'] | null): void {
    const tuning = new TuningPanel(this.host, this.panels, panel, request, ownInputs?.kind === 'given' ? ownInputs : null);
    this.tunings.add(tuning);
    panel.onDidDispose(() => this.tunings.delete(tuning));
  }

  private addExpressiveness(panel: vscode.WebviewPanel, request: ExpressivenessRequest, functions: OwnActivations): void {
    this.expressiveness = new ExpressivenessPanel(this.host, panel, request, functions);
    panel.onDidDispose(() => { this.expressiveness = undefined; });
  }

  private create(kind: keyof typeof viewTypes, title: string): vscode.WebviewPanel {
    return vscode.window.createWebviewPanel(viewTypes[kind], title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, webviewOptions(this.host.context));
  }

  private restore(kind: keyof typeof viewTypes, add: (panel: vscode.WebviewPanel, state: unknown) => void): vscode.Disposable {
    return vscode.window.registerWebviewPanelSerializer(viewTypes[kind], {
      deserializeWebviewPanel: (panel, state: unknown) => {
        panel.webview.options = webviewOptions(this.host.context);
        add(panel, state);
        return Promise.resolve();
      },
    });
  }
}
