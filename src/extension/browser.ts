import * as vscode from 'vscode';
import { LanguageClient, type ServerOptions } from 'vscode-languageclient/browser';
import { workerScript } from '../protocol/worker-script';
import { start } from './start';

/** What a browser's extension host has; the project's types know only Node. */
declare const Worker: new (url: string) => Extract<ServerOptions, object>;

/** Entry in a browser's extension host: the server is a web worker, made of the compiler and the server's own bundle. */
export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const read = async (...path: string[]): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, 'dist', ...path)));
  await start(context, async options => {
    const script = workerScript(await read('typescript.js'), await read('browser', 'server.js'));
    return new LanguageClient('roundoff', 'Roundoff', new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' }))), options);
  });
}
