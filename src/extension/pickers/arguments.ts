import * as vscode from 'vscode';
import type { JsonValue } from '../../protocol/real';

/** Arguments from one line of text, `[1, 2.5], 3, {"x": 1}`; otherwise the sentence that says what is wrong with it. */
export function parseArguments(text: string): readonly JsonValue[] | string {
  try {
    return JSON.parse(`[${text}]`) as JsonValue[];
  } catch {
    return vscode.l10n.t('Write the arguments as JSON, for example [1, 2.5], 3 for an array and a number.');
  }
}

export function showArguments(values: readonly JsonValue[]): string {
  return values.map(value => JSON.stringify(value)).join(', ');
}
