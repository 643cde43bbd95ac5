import { URI } from 'vscode-uri';

/** How the analysis names a document: its path, with forward slashes, when it is on disk; its URI otherwise (untitled, virtual workspace, notebook cell). */
export function fileOfUri(uri: string): string {
  const parsed = URI.parse(uri);
  return parsed.scheme === 'file' ? parsed.fsPath.replaceAll('\\', '/') : uri;
}

/** The URI of a file that the analysis names. A drive letter (`C:\…`) is not a scheme. */
export function uriOfFile(file: string): string {
  return /^[a-z][a-z0-9+.-]+:/i.test(file) ? file : URI.file(file).toString();
}
