import { join } from 'node:path';
import type * as vscode from 'vscode';
import { start } from './start';

/** Entry in an extension host on Node: the server is a process of its own, spoken to over IPC. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  await start(context, async options => {
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const module = join(context.extensionPath, 'dist', 'server.js');
    return new LanguageClient('roundoff', 'Roundoff', {
      run: { module, transport: TransportKind.ipc },
      debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6010'] } },
    }, options);
  });
}
