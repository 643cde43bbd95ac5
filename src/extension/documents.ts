import * as vscode from 'vscode';

const languages = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'];

/** Where documents that a person edits come from: disk, nowhere yet, a virtual workspace, a notebook. The old side of a comparison is not among them. */
const schemes = ['file', 'untitled', 'vscode-vfs', 'vscode-test-web', 'vscode-remote', 'memfs', 'vscode-notebook-cell'];

export const documentSelector = languages.flatMap(language => schemes.map(scheme => ({ language, scheme })));

export function isAnalysed(document: vscode.TextDocument): boolean {
  return vscode.languages.match(documentSelector, document) > 0;
}

/** How requests and reports name a document: its path, with forward slashes, when it is on disk; its URI otherwise. */
export function fileOf(uri: vscode.Uri): string {
  return uri.scheme === 'file' ? uri.fsPath.replaceAll('\\', '/') : uri.toString();
}

/** The document that a report names. A drive letter (`C:\…`) is not a scheme. */
export function uriOf(file: string): vscode.Uri {
  return /^[a-z][a-z0-9+.-]+:/i.test(file) ? vscode.Uri.parse(file, true) : vscode.Uri.file(file);
}

export function openDocument(file: string): vscode.TextDocument | undefined {
  const name = uriOf(file).toString();
  return vscode.workspace.textDocuments.find(document => document.uri.toString() === name);
}
