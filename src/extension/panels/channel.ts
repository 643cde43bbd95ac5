import * as vscode from 'vscode';
import { isPanelMessage } from '../../protocol/panel-guards';
import type { HostMessage, PanelKind, PanelMessage } from '../../protocol/panel';
import type { PanelHost } from './panel-host';
import { pageOf, type PageKind } from './page';
import { saveText } from './save';

type Copy = { readonly type: 'copy'; readonly text: string; readonly what: string };

/**
 * Messages to and from one webview. What `guard` refuses is dropped and logged; copying, which every panel asks for in the same way, is answered here, everything
 * else goes to `onMessage`. What that fails with is shown.
 */
export function openChannel<Incoming extends { readonly type: string }, Outgoing>(
  host: PanelHost, panel: vscode.WebviewPanel, kind: PageKind, guard: (data: unknown) => data is Incoming | Copy, onMessage: (message: Exclude<Incoming, Copy>) => unknown,
): (message: Outgoing) => void {
  panel.iconPath = vscode.Uri.joinPath(host.context.extensionUri, 'media', 'icon.png');
  const listener = panel.webview.onDidReceiveMessage(async (data: unknown) => {
    if (!guard(data)) { host.output.warn(`The ${kind} panel sent a message that was not understood.`); return; }
    try {
      if (isCopy(data)) {
        await vscode.env.clipboard.writeText(data.text);
        vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', data.what), 3000);
      } else {
        await onMessage(data as Exclude<Incoming, Copy>);
      }
    } catch (error) {
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    }
  });
  panel.onDidDispose(() => listener.dispose());
  panel.webview.html = pageOf(host.context, panel.webview, kind);
  return message => { void panel.webview.postMessage(message); };
}

/** The channel of the simulation, number and orders panels; saving a text and opening the number panel are answered here too. */
export function openPanelChannel(host: PanelHost, panel: vscode.WebviewPanel, kind: PanelKind, onMessage: (message: PanelMessage) => unknown): (message: HostMessage) => void {
  return openChannel(host, panel, kind, isPanelMessage, message => {
    if (message.type === 'save' && message.content !== undefined) return saveText(message.suggestedName, message.content);
    if (message.type === 'openNumber') return host.panels.showNumber(message);
    return onMessage(message);
  });
}

function isCopy(message: { readonly type: string }): message is Copy {
  return message.type === 'copy';
}
