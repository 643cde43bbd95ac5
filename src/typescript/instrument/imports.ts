import ts from 'typescript';

/** Module specifiers that a file mentions in imports, exports and `require` calls, from its tokens alone. */
export function importsOf(text: string): string[] {
  const found = ts.preProcessFile(text, true, true);
  return [...new Set(found.importedFiles.map(f => f.fileName))];
}
