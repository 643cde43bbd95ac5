import * as vscode from 'vscode';

/** Asks where to save and writes the text there; the folder of the workspace is offered first. */
export async function saveText(suggestedName: string, text: string): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = suggestedName.replaceAll(/[/\\:]/g, '-');
  const target = await vscode.window.showSaveDialog({ defaultUri: folder ? vscode.Uri.joinPath(folder, name) : undefined });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(text));
  const open = vscode.l10n.t('Open');
  if (await vscode.window.showInformationMessage(vscode.l10n.t('Saved {0}.', name), open) === open) await vscode.commands.executeCommand('vscode.open', target);
}
