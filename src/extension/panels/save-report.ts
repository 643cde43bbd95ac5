import * as vscode from 'vscode';
import type { SimulationReport } from '../../protocol/report';
import { reportPage } from '../../protocol/report-page';
import type { PanelHost } from './panel-host';
import { saveText } from './save';

/** Saves a report as one self-contained page. */
export async function saveReport(host: PanelHost, suggestedName: string, report: SimulationReport): Promise<void> {
  const template = vscode.Uri.joinPath(host.context.extensionUri, 'dist', 'webview', 'report.html');
  await saveText(suggestedName, reportPage(new TextDecoder().decode(await vscode.workspace.fs.readFile(template)), report));
}
