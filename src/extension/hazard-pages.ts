import * as vscode from 'vscode';
import { clientCommands } from '../protocol/requests';

/**
 * The link behind a diagnostic's code. It must work offline and open the rendered page at once: a command does; an `https` address is not ours to
 * promise, and a `vscode:` address asks for permission first (it works too, for links from elsewhere).
 */
export const hazardPageTemplate = `command:${clientCommands.explain}?%5B%22{id}%22%5D`;

/** Opens the pages that ship in `media/hazards`, from the command, from diagnostics and from `vscode://roundoff.roundoff/hazard/<id>`. */
export class HazardPages implements vscode.Disposable {
  private readonly folder: vscode.Uri;
  private readonly handler: vscode.Disposable;

  constructor(context: vscode.ExtensionContext) {
    this.folder = vscode.Uri.joinPath(context.extensionUri, 'media', 'hazards');
    this.handler = vscode.window.registerUriHandler({
      handleUri: uri => { const id = /^\/hazard\/([a-z0-9-]+)$/.exec(uri.path)?.[1]; return id ? this.open(id) : undefined; },
    });
  }

  /** Shows one page as rendered Markdown; asks which one when `id` is missing. */
  async open(id?: unknown): Promise<void> {
    const known = await this.ids();
    const chosen = typeof id === 'string' ? id : await this.ask(known);
    if (chosen === undefined) return;
    if (!known.includes(chosen)) {
      void vscode.window.showWarningMessage(vscode.l10n.t('There is no page about “{0}”.', chosen));
      return;
    }
    await vscode.commands.executeCommand('markdown.showPreview', this.page(chosen));
  }

  dispose(): void {
    this.handler.dispose();
  }

  private async ask(ids: readonly string[]): Promise<string | undefined> {
    const items = Promise.all(ids.map(async id => {
      const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(this.page(id)));
      return { label: id, detail: /^title: (.*)$/m.exec(text)?.[1] };
    }));
    return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which hazard?'), matchOnDetail: true }))?.label;
  }

  private async ids(): Promise<string[]> {
    const files = await vscode.workspace.fs.readDirectory(this.folder);
    return files.map(([name]) => name).filter(name => name.endsWith('.md')).map(name => name.slice(0, -'.md'.length)).sort();
  }

  private page(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, `${id}.md`);
  }
}
