import ts from 'typescript';
import type { Bindings } from './bindings';

/** Whether a comment of the file gives a variable or field a format. */
export function namesFormats(source: ts.SourceFile): boolean {
  return /@format\b/.test(source.text);
}

/** Reads `@format` from JSDoc of declarations (`@format fp16`, or `@format NAME fp16` on a function) and from inline comments before a name or its initializer. */
export function formatsOf(bindings: Bindings): void {
  const { source } = bindings;
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && ts.isIdentifier(node.name)) {
      const format = inline(source, node.name) ?? (node.initializer ? inline(source, node.initializer) : undefined) ?? tagged(node)
        ?? (ts.isVariableStatement(node.parent.parent) ? inline(source, node.parent.parent) : undefined);
      if (format) bindings.declared(node).format = format;
    } else if (ts.isFunctionLike(node)) {
      const named = namedTags(node);
      for (const p of node.parameters) {
        if (!ts.isIdentifier(p.name)) continue;
        const format = named.get(p.name.text) ?? inline(source, p.name);
        if (format) bindings.declared(p).format = format;
      }
      const body = (node as ts.FunctionLikeDeclaration).body;
      if (named.size && body) locals(bindings, body, named);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}

/** `@format` of a field. */
export function formatOf(source: ts.SourceFile, node: ts.PropertyDeclaration): string | undefined {
  return inline(source, node.name) ?? (node.initializer ? inline(source, node.initializer) : undefined) ?? tagged(node);
}

function locals(bindings: Bindings, body: ts.Node, named: ReadonlyMap<string, string>): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node)) return;
    const format = ts.isVariableDeclaration(node) && ts.isIdentifier(node.name) ? named.get(node.name.text) : undefined;
    if (format) bindings.declared(node).format = format;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
}

function tagText(tag: ts.JSDocTag): string {
  return (typeof tag.comment === 'string' ? tag.comment : ts.getTextOfJSDocComment(tag.comment) ?? '').trim();
}

function tagged(node: ts.Node): string | undefined {
  const tag = ts.getJSDocTags(node).find(t => t.tagName.text === 'format');
  const text = tag && tagText(tag);
  return text && !/\s/.test(text) ? text : undefined;
}

function namedTags(node: ts.Node): Map<string, string> {
  const found = new Map<string, string>();
  for (const tag of ts.getJSDocTags(node)) {
    const m = tag.tagName.text === 'format' ? /^([\w$]+)\s+(\S+)$/.exec(tagText(tag)) : null;
    if (m) found.set(m[1], m[2]);
  }
  return found;
}

function inline(source: ts.SourceFile, node: ts.Node): string | undefined {
  // A comment on the line of the token before it counts as that token's trailing one.
  const comments = [...ts.getTrailingCommentRanges(source.text, node.pos) ?? [], ...ts.getLeadingCommentRanges(source.text, node.pos) ?? [], ...ts.getLeadingCommentRanges(source.text, node.getStart(source)) ?? []];
  for (const range of comments) {
    const m = /^\/\*\*?\s*@format\s+(\S+)\s*\*\/$/.exec(source.text.slice(range.pos, range.end));
    if (m) return m[1];
  }
  return undefined;
}
