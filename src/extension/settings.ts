import * as vscode from 'vscode';
import { readSettings, type Settings } from '../protocol/settings';

/** The settings that hold for a document; without one, for the window. */
export function settingsOf(uri: vscode.Uri | undefined): Settings {
  return readSettings(vscode.workspace.getConfiguration('roundoff', uri));
}
