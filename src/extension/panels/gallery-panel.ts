import * as vscode from 'vscode';
import { isGalleryMessage, type GalleryHostMessage } from '../../protocol/gallery';
import { readGallery } from '../examples';
import { pageOf, webviewOptions } from './page';

/** The gallery page: one at a time, in the active column. `open` and `simulate` are commands of the extension, so that they behave as from the palette. */
export class GalleryPanel {
  private static current: GalleryPanel | undefined;

  static show(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): void {
    if (GalleryPanel.current) GalleryPanel.current.panel.reveal();
    else GalleryPanel.current = new GalleryPanel(context, output);
  }

  private readonly panel: vscode.WebviewPanel;

  private constructor(private readonly context: vscode.ExtensionContext, output: vscode.LogOutputChannel) {
    this.panel = vscode.window.createWebviewPanel('roundoff.gallery', vscode.l10n.t('Roundoff Examples'), vscode.ViewColumn.Active, webviewOptions(context));
    this.panel.iconPath = vscode.Uri.joinPath(context.extensionUri, 'media', 'icon.png');
    const listener = this.panel.webview.onDidReceiveMessage((data: unknown) => {
      if (!isGalleryMessage(data)) { output.warn('The gallery page sent a message that was not understood.'); return; }
      if (data.type === 'ready') void this.send();
      else void vscode.commands.executeCommand('roundoff.openExample', data.file, data.type === 'simulate');
    });
    const trust = vscode.workspace.onDidGrantWorkspaceTrust(() => { void this.send(); });
    this.panel.onDidDispose(() => { listener.dispose(); trust.dispose(); GalleryPanel.current = undefined; });
    this.panel.webview.html = pageOf(context, this.panel.webview, 'gallery');
  }

  private async send(): Promise<void> {
    const examples = await readGallery(vscode.Uri.joinPath(this.context.extensionUri, 'media', 'gallery'));
    const message: GalleryHostMessage = {
      type: 'examples', trusted: vscode.workspace.isTrusted,
      examples: examples.map(({ file, tags }) => ({
        file, title: tags.title, lesson: tags.lesson, outcome: tags.outcome, source: tags.source,
        simulate: tags.simulate && { functionName: tags.simulate.functionName, schemes: tags.simulate.schemes.map(s => s.id) },
      })),
    };
    await this.panel.webview.postMessage(message);
  }
}
