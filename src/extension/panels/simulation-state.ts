import * as vscode from 'vscode';
import type { PanelContext, PanelStatus } from '../../protocol/panel';
import type { SimulationRequest } from '../../protocol/report';
import type { ServerConnection } from '../connection';
import { uriOf } from '../documents';
import { settingsOf } from '../settings';

/** The status of each state with its sentence and its remedies; `failure` is the server's own sentence. */
export function stateOf(state: PanelStatus['state'], failure = ''): PanelStatus {
  const run = { title: vscode.l10n.t('Run again'), action: 'run' } as const;
  const output = { title: vscode.l10n.t('Show the output'), action: 'showOutput' } as const;
  const functions = { title: vscode.l10n.t('Choose a function…'), action: 'pickFunction' } as const;
  switch (state) {
    case 'running': case 'done': return { state, message: '', place: null, remedies: [] };
    case 'empty': return { state, message: vscode.l10n.t('Choose a function to simulate, or start from an example.'), place: null,
      remedies: [functions, { title: vscode.l10n.t('Open an example…'), action: 'openExample' }] };
    case 'cancelled': return { state, message: vscode.l10n.t('The simulation was cancelled.'), place: null, remedies: [run] };
    case 'untrusted': return { state, message: vscode.l10n.t('Simulating runs code of this workspace, so it waits until you trust the workspace.'), place: null,
      remedies: [{ title: vscode.l10n.t('Manage trust…'), action: 'trust' }] };
    case 'unsupported': return { state, message: failure, place: placeIn(failure), remedies: [functions, output] };
    case 'failed': {
      const place = placeIn(failure);
      return { state, message: failure, place, remedies: [run, ...(place ? [{ title: vscode.l10n.t('Go to line {0}', place.line), action: 'revealProblem' } as const] : []), output] };
    }
  }
}

/** What the webview must know before it can offer anything. */
export async function contextOf(server: ServerConnection, request: SimulationRequest | null, stale: boolean, rerunOnSave: boolean): Promise<PanelContext> {
  const uri = request ? uriOf(request.file) : undefined;
  const [functions, presets] = await Promise.all([
    uri ? server.request('roundoff/functions', { uri: uri.toString() }).catch(() => []) : [],
    server.request('roundoff/presets', {}).catch(() => []),
  ]);
  return {
    trusted: vscode.workspace.isTrusted, functions: functions.filter(item => item.numeric), presets, formats: settingsOf(uri).hover.formats, request,
    settings: { rerunOnSave }, stale,
  };
}

/** Failures of user code begin with `FILE:LINE:COLUMN: `. */
function placeIn(message: string): PanelStatus['place'] {
  const match = /^(.+?):(\d+):(\d+): /.exec(message);
  return match ? { file: match[1], line: Number(match[2]), column: Number(match[3]) } : null;
}
