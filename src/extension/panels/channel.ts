import * as vscode from 'vscode';
import { isPanelMessage } from '../../protocol/panel-guards';
import type { HostMessage, PanelKind, PanelMessage } from '../../protocol/panel';
import type { PanelHost } from './panel-host';
import { pageOf } from './page';
import { saveText } from './save';

/**
 * Messages to and from one webview. What the guard refuses is dropped and logged; what every panel asks for in the same way (copy, save, open the number
 * panel) is answered here, everything else goes to `onMessage`.
 */
export function openChannel(host: PanelHost, panel: vscode.WebviewPanel, kind: PanelKind, onMessage: (message: PanelMessage) => void): (message: HostMessage) => void {
  panel.iconPath = vscode.Uri.joinPath(host.context.extensionUri, 'media', 'icon.png');
  const listener = panel.webview.onDidReceiveMessage((data: unknown) => {
    if (!isPanelMessage(data)) { host.output.warn(`The ${kind} panel sent a message that was not understood.`); return; }
    switch (data.type) {
      case 'copy':
        void vscode.env.clipboard.writeText(data.text).then(() => vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', data.what), 3000));
        return;
      case 'save':
        if (data.content === undefined) break;
        void saveText(data.suggestedName, data.content);
        return;
      case 'openNumber':
        void host.panels.showNumber(data);
        return;
      default:
    }
    onMessage(data);
  });
  panel.onDidDispose(() => listener.dispose());
  panel.webview.html = pageOf(host.context, panel.webview, kind);
  return message => { void panel.webview.postMessage(message); };
}
