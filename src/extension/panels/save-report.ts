import * as vscode from 'vscode';
import type { SimulationReport } from '../../protocol/report';
import { reportPage } from '../../protocol/report-page';
import type { PanelHost } from './panel-host';
import { saveText } from './save';

/** Saves a report, the whole where the panel has a summary, as one self-contained page or as JSON. */
export async function saveReport(host: PanelHost, suggestedName: string, kind: 'html' | 'json', summary: SimulationReport): Promise<void> {
  const report = summary.whole === undefined ? summary : await host.server.request('roundoff/wholeReport', { whole: summary.whole });
  if (kind === 'json') return saveText(suggestedName, JSON.stringify(report, null, 2));
  const template = vscode.Uri.joinPath(host.context.extensionUri, 'dist', 'webview', 'report.html');
  await saveText(suggestedName, reportPage(new TextDecoder().decode(await vscode.workspace.fs.readFile(template)), report));
}
