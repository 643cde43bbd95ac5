import * as vscode from 'vscode';
import type { PanelKind } from '../../protocol/panel';

/** What a webview panel of this kind may do: run the scripts of `dist/webview`, and read nothing else. */
export function webviewOptions(context: vscode.ExtensionContext): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [bundles(context)] };
}

/** The pages there are; a bundle of the same name holds each. */
export type PageKind = PanelKind | 'gallery' | 'tuning' | 'expressiveness';

/** The page of a panel. Scripts need this page's nonce, styles come from files alone, and nothing is fetched from anywhere. */
export function pageOf(context: vscode.ExtensionContext, webview: vscode.Webview, kind: PageKind): string {
  const nonce = crypto.randomUUID().replaceAll('-', '');
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(bundles(context), name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; img-src ${webview.cspSource} data:; font-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<link rel="stylesheet" href="${file(`${kind}.css`)}">
<title>Roundoff</title>
</head>
<body>
<main id="root"></main>
<script nonce="${nonce}" src="${file(`${kind}.js`)}"></script>
</body>
</html>`;
}

function bundles(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.extensionUri, 'dist', 'webview');
}
