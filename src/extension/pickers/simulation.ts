import * as vscode from 'vscode';
import type { SchemePreset } from '../../protocol/panel';
import type { FunctionDescription, InputRequest, SchemeRequest, SimulationRequest } from '../../protocol/report';
import type { ServerConnection } from '../connection';
import { fileOf } from '../documents';
import { readExampleTags } from '../../protocol/example-tags';
import { settingsOf } from '../settings';
import { parseArguments, showArguments } from './arguments';
import { chooseMany, chooseOne, enterText, type StepAnswer } from './steps';

/**
 * Asks what to simulate: function, formats, inputs, each with a way back. With `functionName` (from a lens or a hover) nothing is asked: the formats and
 * the number of inputs come from the file's own tags or the settings, and can be changed in the panel.
 */
export async function pickSimulation(server: ServerConnection, document: vscode.TextDocument, functionName: string | undefined): Promise<SimulationRequest | undefined> {
  if (functionName !== undefined) return requestFor(document, functionName);
  const functions = (await server.request('roundoff/functions', { uri: document.uri.toString() })).filter(item => item.numeric);
  if (functions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This file has no top-level function with numbers in it; export one, or open an example with “Roundoff: Open Example…”.'));
    return undefined;
  }
  const presets = await server.request('roundoff/presets', {});
  return ask(server, document, functions, presets);
}

/** What is simulated when nothing is asked. */
export function requestFor(document: vscode.TextDocument, functionName: string): SimulationRequest {
  const settings = settingsOf(document.uri).simulation;
  const tags = readExampleTags(document.getText()).simulate;
  const own = tags?.functionName === functionName ? tags : null;
  return {
    file: fileOf(document.uri), functionName,
    schemes: own && own.schemes.length > 0 ? own.schemes : settings.formats.map(id => ({ id })),
    inputs: own?.inputs ?? { kind: 'generated', count: settings.samples, seed: 1 },
  };
}

async function ask(server: ServerConnection, document: vscode.TextDocument, functions: readonly FunctionDescription[], presets: readonly SchemePreset[]): Promise<SimulationRequest | undefined> {
  let step = 0;
  let chosen = atCursor(document, functions) ?? functions[0];
  let schemes: readonly SchemeRequest[] = [];
  for (;;) {
    if (step === 0) {
      const answer = await chooseFunction(functions, chosen);
      if (answer.kind !== 'value') return undefined;
      chosen = answer.value;
      schemes = requestFor(document, chosen.name).schemes;
      step = 1;
    } else if (step === 1) {
      const answer = await chooseSchemes(chosen, presets, schemes);
      if (answer.kind === 'cancelled') return undefined;
      if (answer.kind === 'value') schemes = answer.value;
      step = answer.kind === 'back' ? 0 : 2;
    } else {
      const answer = await chooseInputs(server, document, chosen);
      if (answer.kind === 'cancelled') return undefined;
      if (answer.kind === 'value') return { file: fileOf(document.uri), functionName: chosen.name, schemes, inputs: answer.value };
      step = 1;
    }
  }
}

async function chooseFunction(functions: readonly FunctionDescription[], active: FunctionDescription): Promise<StepAnswer<FunctionDescription>> {
  const items = functions.map(item => ({ label: `$(symbol-method) ${item.name}`, description: `(${signature(item)})`, detail: vscode.l10n.t('line {0}', item.line), item }));
  const answer = await chooseOne(items, { title: vscode.l10n.t('Simulate Function'), step: 1, steps: 3, placeholder: vscode.l10n.t('Which function?') },
    items.find(({ item }) => item === active));
  return answer.kind === 'value' ? { kind: 'value', value: answer.value.item } : answer;
}

async function chooseSchemes(chosen: FunctionDescription, presets: readonly SchemePreset[], ticked: readonly SchemeRequest[]): Promise<StepAnswer<readonly SchemeRequest[]>> {
  const known = new Set(presets.map(preset => preset.id));
  const extra = ticked.filter(({ id }) => !known.has(id)).map(({ id }): SchemePreset => ({ id, title: '', explanation: '', group: vscode.l10n.t('from the settings') }));
  const items: (vscode.QuickPickItem & { readonly id?: string })[] = [];
  for (const preset of [...extra, ...presets]) {
    if (items.findLast(item => item.kind === vscode.QuickPickItemKind.Separator)?.label !== preset.group) items.push({ label: preset.group, kind: vscode.QuickPickItemKind.Separator });
    items.push({ label: preset.id, description: preset.title, detail: preset.explanation, id: preset.id });
  }
  const answer = await chooseMany(items, { title: vscode.l10n.t('Simulate {0}', chosen.name), step: 2, steps: 3, placeholder: vscode.l10n.t('Under which formats and schemes?') },
    items.filter(item => ticked.some(({ id }) => id === item.id)));
  return answer.kind === 'value' ? { kind: 'value', value: answer.value.flatMap(item => item.id === undefined ? [] : [{ id: item.id }]) } : answer;
}

async function chooseInputs(server: ServerConnection, document: vscode.TextDocument, chosen: FunctionDescription): Promise<StepAnswer<InputRequest>> {
  const { samples } = settingsOf(document.uri).simulation;
  const own = requestFor(document, chosen.name).inputs;
  const step = { title: vscode.l10n.t('Simulate {0}', chosen.name), step: 3, steps: 3, placeholder: vscode.l10n.t('On which inputs?') };
  const items = [
    ...(own.kind === 'given' ? [{ id: 'own', label: vscode.l10n.t('The inputs that the file names'), detail: vscode.l10n.t('From the tag @inputs of its first comment') }] : []),
    { id: 'generated', label: vscode.l10n.t('{0} generated inputs', samples), detail: vscode.l10n.t('From the parameters’ types and their @range') },
    { id: 'calls', label: vscode.l10n.t('Calls in the workspace'), detail: vscode.l10n.t('Literal arguments of its calls, tests included') },
    { id: 'typed', label: vscode.l10n.t('Type the arguments…'), detail: `${chosen.name}(${signature(chosen)})` },
  ];
  const answer = await chooseOne(items, step);
  if (answer.kind !== 'value') return answer;
  if (answer.value.id === 'own') return { kind: 'value', value: own };
  if (answer.value.id === 'generated') return { kind: 'value', value: { kind: 'generated', count: samples, seed: 1 } };
  if (answer.value.id === 'calls') return { kind: 'value', value: { kind: 'calls' } };
  const [first = []] = await server.request('roundoff/sampleInputs', { file: fileOf(document.uri), functionName: chosen.name, count: 1, seed: 1 });
  const typed = await enterText({
    ...step, prompt: vscode.l10n.t('Arguments as JSON, separated by commas'), value: showArguments(first),
    validate: text => { const parsed = parseArguments(text); return typeof parsed === 'string' ? parsed : undefined; },
  });
  if (typed.kind === 'back') return chooseInputs(server, document, chosen);
  const parsed = typed.kind === 'value' ? parseArguments(typed.value) : [];
  return typed.kind === 'value' && typeof parsed !== 'string' ? { kind: 'value', value: { kind: 'given', cases: [parsed] } } : { kind: 'cancelled' };
}

function signature(item: FunctionDescription): string {
  return item.parameters.map(({ name, type }) => `${name}: ${type}`).join(', ');
}

/** The innermost function around the cursor. */
function atCursor(document: vscode.TextDocument, functions: readonly FunctionDescription[]): FunctionDescription | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return undefined;
  const offset = document.offsetAt(editor.selection.active);
  return functions.filter(item => item.start <= offset && offset <= item.end).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
}
