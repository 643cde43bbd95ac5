import * as vscode from 'vscode';
import { registerCommands } from './commands';
import { ServerConnection, type CreateClient } from './connection';
import { HazardPages } from './hazard-pages';
import { Panels } from './panels/panels';
import { TuningPanels } from './panels/tuning-panels';
import { showStatus } from './status';

/**
 * What both entries do: register everything that needs no server, then start the server without waiting for it, so that activation costs no more than
 * reading the extension's own bundle.
 */
export async function start(context: vscode.ExtensionContext, createClient: CreateClient): Promise<void> {
  const output = vscode.window.createOutputChannel('Roundoff', { log: true });
  const server = new ServerConnection(createClient, output);
  const panels = new Panels(context, server, output);
  const tuning = new TuningPanels(context, server, output, panels);
  const pages = new HazardPages(context);
  context.subscriptions.push(output, server, panels, tuning, pages, showStatus(server), registerCommands(context, { server, panels, tuning, pages, output }));
  setTimeout(() => { server.start().catch(() => undefined); }, 0);
}
