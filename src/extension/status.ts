import * as vscode from 'vscode';
import type { ServerState } from '../protocol/requests';
import type { ServerConnection } from './connection';
import { documentSelector } from './documents';

/** The language status item: what the server knows of the file in the active editor. */
export function showStatus(server: ServerConnection): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem('roundoff', documentSelector);
  item.name = 'Roundoff';
  item.command = { command: 'roundoff.showOutput', title: vscode.l10n.t('Show Output') };
  const states = new Map<string, ServerState>();
  const update = (): void => {
    const state = states.get(vscode.window.activeTextEditor?.document.uri.toString() ?? '');
    item.busy = state?.state === 'analysing';
    item.severity = state?.state === 'failed' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
    item.text = textOf(state);
    item.detail = state?.message ?? '';
  };
  update();
  return vscode.Disposable.from(item,
    server.onState(state => { states.set(state.uri, state); update(); }),
    vscode.workspace.onDidCloseTextDocument(document => { states.delete(document.uri.toString()); }),
    vscode.window.onDidChangeActiveTextEditor(update));
}

function textOf(state: ServerState | undefined): string {
  switch (state?.state) {
    case undefined: return 'Roundoff';
    case 'analysing': return vscode.l10n.t('Roundoff: analysing');
    case 'off': return vscode.l10n.t('Roundoff: off for this file');
    case 'failed': return vscode.l10n.t('Roundoff: analysis failed');
    case 'ready': return state.findings === 0 ? vscode.l10n.t('Roundoff: no findings')
      : state.findings === 1 ? vscode.l10n.t('Roundoff: 1 finding') : vscode.l10n.t('Roundoff: {0} findings', state.findings);
  }
}
