import type ts from 'typescript';

/**
 * Positions of the source in the generated code. Marks are written into the code while it is made: one at each statement, which moves it down to its line of the source, and one at each call,
 * construction and property access, which only notes where it stands. No source has the characters that delimit them.
 */
export function statementMark(source: ts.SourceFile, node: ts.Node): string {
  return `\u0001${at(source, node)}\u0002`;
}

export function expressionMark(source: ts.SourceFile, node: ts.Node): string {
  return `\u0003${at(source, node)}\u0002`;
}

function at(source: ts.SourceFile, node: ts.Node): string {
  const { line, character } = source.getLineAndCharacterOfPosition(node.getStart(source));
  return `${line}:${character}`;
}

/** Four numbers a position, all from 0: line and column of the code, line and column of the source. In the order of the code. */
export type Positions = readonly number[];

/** Code without marks, with each marked statement on the line that it has in the source, and the positions that the marks told. */
export function onSourceLines(marked: string): { readonly code: string; readonly positions: Positions } {
  const out: string[] = [];
  const positions: number[] = [];
  let [line, column, last] = [0, 0, 0];
  const write = (text: string): void => {
    out.push(text);
    const newline = text.lastIndexOf('\n');
    if (newline < 0) { column += text.length; return; }
    for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) line++;
    column = text.length - newline - 1;
  };
  for (const mark of marked.matchAll(/([\u0001\u0003])(\d+):(\d+)\u0002/g)) {
    write(marked.slice(last, mark.index));
    last = mark.index + mark[0].length;
    const wanted = Number(mark[2]);
    if (mark[1] === '\u0001' && wanted > line) write('\n'.repeat(wanted - line));
    positions.push(line, column, wanted, Number(mark[3]));
  }
  write(marked.slice(last));
  return { code: out.join(''), positions };
}

/** The source position of the last mark at or before a position of the code (lines and columns from 0); undefined where the line has none. */
export function sourcePosition(positions: Positions, line: number, column: number): { readonly line: number; readonly column: number } | undefined {
  let found: { line: number; column: number } | undefined;
  for (let i = 0; i < positions.length; i += 4) if (positions[i] === line && positions[i + 1] <= column) found = { line: positions[i + 2], column: positions[i + 3] };
  return found;
}
