import * as vscode from 'vscode';
import type { SimulationReport } from '../../protocol/report';
import type { PanelHost } from './panels';
import { saveText } from './save';

/** Saves a report as one self-contained page: the page that the build left in `dist/webview`, with the report in it. */
export async function saveReport(host: PanelHost, suggestedName: string, report: SimulationReport): Promise<void> {
  const template = vscode.Uri.joinPath(host.context.extensionUri, 'dist', 'webview', 'report.html');
  const page = new TextDecoder().decode(await vscode.workspace.fs.readFile(template));
  // `<` is written as an escape so that no text of the report can end the script element.
  await saveText(suggestedName, page.replace('/*REPORT*/null', () => JSON.stringify(report).replaceAll('<', '\\u003c')));
}
