import * as vscode from 'vscode';
import { readExampleTags, type ExampleTags } from '../protocol/example-tags';
import type { Panels } from './panels/panels';
import { fileOf } from './documents';
import { settingsOf } from './settings';

/**
 * Opens a copy of an example of the gallery as an untitled document, so that it can be changed freely, and offers to simulate it. `name` is a file of
 * `media/gallery`; without it the user chooses. With `simulate` the example runs at once with its own scheme and inputs.
 */
export async function openExample(context: vscode.ExtensionContext, panels: Panels, name: unknown, simulateNow = false): Promise<void> {
  const folder = vscode.Uri.joinPath(context.extensionUri, 'media', 'gallery');
  const examples = await readGallery(folder);
  const chosen = typeof name === 'string' ? examples.find(example => example.file === name)
    : await vscode.window.showQuickPick(examples, { placeHolder: vscode.l10n.t('Which example?'), matchOnDetail: true });
  if (!chosen) return;
  const document = await vscode.workspace.openTextDocument({ language: 'typescript', content: chosen.text });
  await vscode.window.showTextDocument(document);
  const { simulate } = chosen.tags;
  if (!simulate) return;
  const run = vscode.l10n.t('Simulate {0}', simulate.functionName);
  if (!simulateNow && await vscode.window.showInformationMessage(chosen.tags.lesson, run) !== run) return;
  const settings = settingsOf(document.uri).simulation;
  panels.simulate({
    file: fileOf(document.uri), functionName: simulate.functionName,
    schemes: simulate.schemes.length > 0 ? simulate.schemes : settings.formats.map(id => ({ id })),
    inputs: simulate.inputs ?? { kind: 'generated', count: settings.samples, seed: 1 },
  });
}

export interface Example extends vscode.QuickPickItem {
  readonly file: string;
  readonly text: string;
  readonly tags: ExampleTags;
}

/** The examples that ship, by file name. */
export async function readGallery(folder: vscode.Uri): Promise<Example[]> {
  const files = (await vscode.workspace.fs.readDirectory(folder)).map(([file]) => file).filter(file => file.endsWith('.ts')).sort();
  return Promise.all(files.map(async file => {
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, file)));
    const tags = readExampleTags(text);
    return { label: tags.title || file, description: file, detail: tags.lesson, file, text, tags };
  }));
}
