import ts from 'typescript';

/** Property names whose values are counts, never numbers that carry error, unless the file declares a member of that name (`Bindings.measures`). */
export const countNames: ReadonlySet<string> = new Set(['length', 'size', 'byteLength', 'byteOffset', 'BYTES_PER_ELEMENT']);

/** Of the names that elsewhere count elements, those that the file's classes and interfaces declare themselves. */
export function measuresOf(source: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: ts.Node): void => {
    if ((ts.isAccessor(node) || ts.isPropertyDeclaration(node) || ts.isPropertySignature(node) || ts.isParameter(node)) && ts.isIdentifier(node.name) && countNames.has(node.name.text) && (!ts.isParameter(node) || node.modifiers !== undefined)) names.add(node.name.text);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return names;
}

/**
 * The same for other files, from the text of the module: accessors that compute something. What only passes a count on (`get length() { return this.items.length; }`) counts there too.
 */
export function measuredIn(text: string): readonly string[] {
  const names = new Set<string>();
  for (const [, name, body] of text.matchAll(/\bget\s+(length|size|byteLength|byteOffset)\s*\(\s*\)[^{;]*\{([^}]*)\}/g)) if (/Math\.(?:sqrt|hypot|abs|cbrt)\b|\*|[^/]\/[^/*]/.test(body)) names.add(name);
  return [...names];
}
