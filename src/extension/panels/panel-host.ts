import type * as vscode from 'vscode';
import type { ServerConnection } from '../connection';

/** What every panel needs of the extension. */
export interface PanelHost {
  readonly context: vscode.ExtensionContext;
  readonly server: ServerConnection;
  readonly output: vscode.LogOutputChannel;
  /** Opens the other panels. */
  readonly panels: { showNumber(number: { readonly value: string; readonly format: string }): Promise<void> };
}
