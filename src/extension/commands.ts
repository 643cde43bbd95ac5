import * as vscode from 'vscode';
import type { ServerConnection } from './connection';
import { isAnalysed } from './documents';
import { openExample } from './examples';
import type { HazardPages } from './hazard-pages';
import { GalleryPanel } from './panels/gallery-panel';
import type { Panels } from './panels/panels';
import type { TuningPanels } from './panels/tuning-panels';
import { pickSimulation } from './pickers/simulation';
import { pickExpressiveness, pickTuning } from './pickers/tuning';

export interface Rooms {
  readonly server: ServerConnection;
  readonly panels: Panels;
  readonly tuning: TuningPanels;
  readonly pages: HazardPages;
  readonly output: vscode.LogOutputChannel;
}

/** The commands of package.json. A failure is one notification with the server's sentence; the rest of it goes to the output. */
export function registerCommands(context: vscode.ExtensionContext, rooms: Rooms): vscode.Disposable {
  const { server, panels, pages, output } = rooms;
  const commands: Record<string, (...given: unknown[]) => Promise<unknown>> = {
    'roundoff.simulateFunction': (uri, functionName) => simulateFunction(rooms, uri, functionName),
    'roundoff.tunePrecision': (uri, functionName) => tunePrecision(rooms, uri, functionName),
    'roundoff.checkExpressiveness': async () => { const pick = await pickExpressiveness(server); if (pick) rooms.tuning.checkExpressiveness(pick.request, pick.functions); },
    'roundoff.showNumberFormat': async value => panels.showNumber(typeof value === 'string' ? { value, format: 'fp64' } : await numberAtCursor(server)),
    'roundoff.openExample': (name, simulateNow) => openExample(context, panels, name, simulateNow === true),
    'roundoff.browseExamples': async () => { GalleryPanel.show(context, output); },
    'roundoff.exploreSummationOrders': async () => panels.showOrders(await reductionAtCursor(server)),
    'roundoff.explainHazard': id => pages.open(id),
    'roundoff.restartServer': () => server.restart(),
    'roundoff.showOutput': () => Promise.resolve(output.show()),
  };
  return vscode.Disposable.from(...Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, async (...given: unknown[]) => {
    try {
      return await run(...given);
    } catch (error) {
      if (error instanceof vscode.CancellationError) return undefined;
      output.error(error instanceof Error ? error.stack ?? error.message : String(error));
      void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  })));
}

/** From a lens or a hover (document and function given) the panel opens at once with the formats of the settings; from the palette each choice is asked. */
async function simulateFunction({ server, panels }: Rooms, uri: unknown, functionName: unknown): Promise<void> {
  const document = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)) : vscode.window.activeTextEditor?.document;
  if (!document || !isAnalysed(document)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a TypeScript or JavaScript file first; then choose one of its functions to simulate.'));
    return;
  }
  const request = await pickSimulation(server, document, typeof functionName === 'string' ? functionName : undefined);
  if (request) panels.simulate(request);
}

/** The function at the cursor, or a given one; its tolerance is asked. */
async function tunePrecision({ server, tuning }: Rooms, uri: unknown, functionName: unknown): Promise<void> {
  const document = typeof uri === 'string' ? await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)) : vscode.window.activeTextEditor?.document;
  if (!document || !isAnalysed(document)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a TypeScript or JavaScript file first; then choose one of its functions to tune.'));
    return;
  }
  const pick = await pickTuning(server, document, typeof functionName === 'string' ? functionName : undefined);
  if (pick) tuning.tune(pick.request, pick.ownInputs);
}

async function numberAtCursor(server: ServerConnection): Promise<{ value: string; format: string }> {
  const editor = vscode.window.activeTextEditor;
  const atCursor = editor && isAnalysed(editor.document)
    ? await server.request('roundoff/numberAt', { uri: editor.document.uri.toString(), offset: editor.document.offsetAt(editor.selection.active) }) : null;
  const selected = editor?.document.getText(editor.selection).trim() ?? '';
  return atCursor ?? { value: selected !== '' && Number.isFinite(Number(selected)) ? selected : '0.1', format: 'fp16' };
}

async function reductionAtCursor(server: ServerConnection): ReturnType<typeof server.request<'roundoff/reductionAt'>> {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isAnalysed(editor.document)) return null;
  const offset = editor.document.offsetAt(editor.selection.active);
  return server.request('roundoff/reductionAt', { uri: editor.document.uri.toString(), offset });
}

