import ts from 'typescript';
import type { Directive } from '../../program';
import type { Lowering } from './context';

const pattern = /(?:\/\/|\/\*)[ \t]*roundoff-(disable-next-line|disable-line|disable|enable)\b(?=([^\n]*))/g;

/** `// roundoff-disable-next-line id, id -- reason` and its kin, from real comments only. */
export function readDirectives(cx: Lowering): void {
  const { text } = cx.builder;
  if (!text.includes('roundoff-')) return;
  for (const match of text.matchAll(pattern)) {
    if (insideLiteral(cx.source, match.index)) continue;
    const rest = match[2].split('*/')[0];
    const [names, ...reasons] = rest.split('--');
    cx.builder.directives.push({
      kind: match[1] as Directive['kind'],
      hazards: names.split(/[\s,]+/).filter(name => name !== ''),
      reason: reasons.join('--').trim(),
      start: match.index,
      line: lineOf(cx.builder.lineStarts, match.index),
    });
  }
}

function lineOf(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle; else high = middle - 1;
  }
  return low + 1;
}

function insideLiteral(source: ts.SourceFile, offset: number): boolean {
  let inside = false;
  const visit = (node: ts.Node): void => {
    if (offset < node.pos || offset >= node.end) return;
    if ((ts.isStringLiteralLike(node) || ts.isTemplateLiteralToken(node) || ts.isRegularExpressionLiteral(node) || ts.isJsxText(node)) && offset >= node.getStart(source)) inside = true;
    ts.forEachChild(node, visit);
  };
  visit(source);
  return inside;
}
