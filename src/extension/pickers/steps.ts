import * as vscode from 'vscode';

/** What a step of a wizard answered: a value, or that the user went back, or that they gave up. */
export type StepAnswer<T> = { readonly kind: 'value'; readonly value: T } | { readonly kind: 'back' } | { readonly kind: 'cancelled' };

export interface StepOptions {
  readonly title: string;
  readonly step: number;
  readonly steps: number;
  readonly placeholder: string;
}

/** One list to choose one item from, with a Back button after the first step. */
export async function chooseOne<T extends vscode.QuickPickItem>(items: readonly T[], options: StepOptions, active?: T): Promise<StepAnswer<T>> {
  const answer = await choose(items, options, { many: false, active: active ? [active] : [] });
  return answer.kind === 'value' ? { kind: 'value', value: answer.value[0] } : answer;
}

/** One list to tick items in; at least one must be ticked. */
export function chooseMany<T extends vscode.QuickPickItem>(items: readonly T[], options: StepOptions, ticked: readonly T[]): Promise<StepAnswer<readonly T[]>> {
  return choose(items, options, { many: true, active: ticked });
}

function choose<T extends vscode.QuickPickItem>(items: readonly T[], options: StepOptions, mode: { many: boolean; active: readonly T[] }): Promise<StepAnswer<readonly T[]>> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = options.title;
  pick.step = options.step;
  pick.totalSteps = options.steps;
  pick.placeholder = options.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.canSelectMany = mode.many;
  pick.items = items;
  if (mode.many) pick.selectedItems = mode.active; else if (mode.active.length > 0) pick.activeItems = mode.active;
  if (options.step > 1) pick.buttons = [vscode.QuickInputButtons.Back];
  return answered(pick, () => pick.selectedItems.length > 0 ? pick.selectedItems : undefined);
}

/** One line of text. `validate` answers the sentence that is shown while the text cannot be accepted. */
export function enterText(options: StepOptions & { readonly prompt: string; readonly value: string; readonly validate: (text: string) => string | undefined }): Promise<StepAnswer<string>> {
  const input = vscode.window.createInputBox();
  input.title = options.title;
  input.step = options.step;
  input.totalSteps = options.steps;
  input.placeholder = options.placeholder;
  input.prompt = options.prompt;
  input.value = options.value;
  if (options.step > 1) input.buttons = [vscode.QuickInputButtons.Back];
  input.onDidChangeValue(text => { input.validationMessage = options.validate(text); });
  return answered(input, () => { input.validationMessage = options.validate(input.value); return input.validationMessage === undefined ? input.value : undefined; });
}

type Accepting = vscode.QuickInput & {
  readonly onDidAccept: vscode.Event<void>;
  readonly onDidTriggerButton: vscode.Event<vscode.QuickInputButton>;
};

function answered<T>(input: Accepting, value: () => T | undefined): Promise<StepAnswer<T>> {
  return new Promise(resolve => {
    let answer: StepAnswer<T> = { kind: 'cancelled' };
    input.onDidAccept(() => {
      const accepted = value();
      if (accepted === undefined) return;
      answer = { kind: 'value', value: accepted };
      input.hide();
    });
    input.onDidTriggerButton(button => { if (button === vscode.QuickInputButtons.Back) { answer = { kind: 'back' }; input.hide(); } });
    input.onDidHide(() => { input.dispose(); resolve(answer); });
    input.show();
  });
}
