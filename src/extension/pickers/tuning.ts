import * as vscode from 'vscode';
import { activationNames, type ExpressivenessRequest } from '../../protocol/expressiveness';
import { readExampleTags } from '../../protocol/example-tags';
import type { FunctionDescription } from '../../protocol/report';
import type { TuneRequest } from '../../protocol/tuning';
import type { ServerConnection } from '../connection';
import { fileOf, isAnalysed } from '../documents';
import type { OwnActivations } from '../panels/expressiveness-panel';
import { settingsOf } from '../settings';
import { chooseOne, enterText } from './steps';

/** Formats that are tried unless others are chosen in the panel. */
const usualFormats = ['fp32', 'fp16', 'bf16', 'fp8-e4m3fn'];

/** Inputs that are made up: as many as make a search both quick and not blind. */
const usualCases = 8;

export interface TuningPick {
  readonly request: TuneRequest;
  /** Inputs that the file names. */
  readonly ownInputs: TuneRequest['inputs'] | null;
}

/**
 * What to tune: the function at the cursor, else one that is chosen, and the error that its results may have. Formats, strategy and inputs start at what fits most
 * and are changed in the panel.
 */
export async function pickTuning(server: ServerConnection, document: vscode.TextDocument, functionName: string | undefined): Promise<TuningPick | undefined> {
  const functions = (await server.request('roundoff/functions', { uri: document.uri.toString() })).filter(item => item.numeric);
  if (functions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('This file has no top-level function with numbers in it; export one, or open an example with “Roundoff: Open Example…”.'));
    return undefined;
  }
  let chosen = functions.find(item => item.name === functionName) ?? functionAtCursor(document, functions);
  const title = vscode.l10n.t('Tune Precision');
  const steps = chosen ? 1 : 2;
  for (let step = chosen ? 2 : 1; ;) {
    if (step === 1) {
      const items = functions.map(item => ({ label: `$(symbol-method) ${item.name}`, description: `(${item.parameters.map(p => `${p.name}: ${p.type}`).join(', ')})`, detail: vscode.l10n.t('line {0}', item.line), item }));
      const answer = await chooseOne(items, { title, step: 1, steps, placeholder: vscode.l10n.t('Which function?') }, items.find(i => i.item === chosen));
      if (answer.kind !== 'value') return undefined;
      chosen = answer.value.item;
      step = 2;
    } else {
      const answer = await enterText({
        title: vscode.l10n.t('Tune Precision of {0}', chosen!.name), step: steps, steps, placeholder: '0.01', value: '0.01', prompt: vscode.l10n.t('Largest relative error that its results may have: 0.01 is one percent'),
        validate: text => (isTolerance(text) ? undefined : vscode.l10n.t('Write a positive number, such as 0.01 or 1e-3.')),
      });
      if (answer.kind === 'cancelled') return undefined;
      if (answer.kind === 'back') { step = 1; continue; }
      const own = readExampleTags(document.getText()).simulate;
      const ownInputs = own?.functionName === chosen!.name ? own.inputs : null;
      return {
        ownInputs,
        request: {
          file: fileOf(document.uri), functionName: chosen!.name, tolerance: Number(answer.value), formats: usualFormats, strategy: 'greedy',
          inputs: ownInputs ?? { kind: 'generated', count: usualCases, seed: 1 }, milliseconds: settingsOf(document.uri).simulation.timeLimit * 1000,
        },
      };
    }
  }
}

function isTolerance(text: string): boolean {
  return Number(text) > 0 && Number.isFinite(Number(text));
}

/** Which activation on which grid: one of the seven, or a function of the active document that takes one number; the one at the cursor comes first. */
export async function pickExpressiveness(server: ServerConnection): Promise<{ readonly request: ExpressivenessRequest; readonly functions: OwnActivations } | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const all = document && isAnalysed(document) ? await server.request('roundoff/functions', { uri: document.uri.toString() }) : [];
  const own = all.filter(f => f.parameters.length === 1 && /^(number|any|unknown|)$/.test(f.parameters[0].type));
  const here = document ? functionAtCursor(document, own) : undefined;
  const functions = own.map(({ file, name }) => ({ file, name }));
  type Item = vscode.QuickPickItem & { readonly activation?: ExpressivenessRequest['activation'] };
  const ownItems = [...own].sort((a, b) => Number(b === here) - Number(a === here))
    .map((f): Item => ({ label: f.name, description: vscode.l10n.t('line {0}', f.line), activation: { kind: 'function', file: f.file, functionName: f.name } }));
  const items: Item[] = [
    ...(here ? ownItems : []),
    ...(ownItems.length > 0 && here ? [{ label: vscode.l10n.t('known activations'), kind: vscode.QuickPickItemKind.Separator } as Item] : []),
    ...activationNames.map(({ id, title }): Item => ({ label: id, description: title, activation: { kind: 'known', id } })),
    ...(ownItems.length > 0 && !here ? [{ label: vscode.l10n.t('functions of this file'), kind: vscode.QuickPickItemKind.Separator } as Item, ...ownItems] : []),
  ];
  const title = vscode.l10n.t('Check Expressiveness');
  let activation: ExpressivenessRequest['activation'] | undefined;
  for (;;) {
    const picked = await chooseOne(items, { title, step: 1, steps: 2, placeholder: vscode.l10n.t('Which activation?') });
    activation = picked.kind === 'value' ? picked.value.activation : undefined;
    if (!activation) return undefined;
    const grid = await enterText({
      title, step: 2, steps: 2, placeholder: '3, 2', value: '3, 2', prompt: vscode.l10n.t('The grid Q(p, s): p bits and a sign, s of them behind the point'),
      validate: text => (readGrid(text) ? undefined : vscode.l10n.t('Write two whole numbers, p from 1 to 12 and s from 0 to 12, such as 3, 2.')),
    });
    if (grid.kind === 'cancelled') return undefined;
    if (grid.kind === 'value') return { functions, request: { activation, ...readGrid(grid.value)! } };
  }
}

function readGrid(text: string): { readonly p: number; readonly s: number } | null {
  const [, p, s] = /^\s*(\d+)\s*[,; ]\s*(\d+)\s*$/.exec(text) ?? [];
  return p !== undefined && Number(p) >= 1 && Number(p) <= 12 && Number(s) <= 12 ? { p: Number(p), s: Number(s) } : null;
}

/** The innermost function around the cursor. */
function functionAtCursor(document: vscode.TextDocument, functions: readonly FunctionDescription[]): FunctionDescription | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document !== document) return undefined;
  const offset = document.offsetAt(editor.selection.active);
  return functions.filter(item => item.start <= offset && offset <= item.end).sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
}
