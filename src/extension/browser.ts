import * as vscode from 'vscode';
import { LanguageClient, type ServerOptions } from 'vscode-languageclient/browser';
import { start } from './start';

/** The worker constructor of a browser's extension host; the project's types know only Node. */
declare const Worker: new (url: string) => Extract<ServerOptions, object>;

/** Entry in a browser's extension host: the server is a web worker. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  await start(context, options => {
    const url = vscode.Uri.joinPath(context.extensionUri, 'dist', 'browser', 'server.js').toString(true);
    return Promise.resolve(new LanguageClient('roundoff', 'Roundoff', new Worker(url), options));
  });
}
