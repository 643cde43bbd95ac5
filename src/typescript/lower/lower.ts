import ts from 'typescript';
import { completed, type Program, type Statement } from '../../program';
import { Builder } from './builder';
import { Lowering } from './context';
import { readDirectives } from './directives';
import { lowerExpression, lowerNamed } from './expressions';
import { lowerClass, lowerFunction } from './functions';
import { hoistClass, hoistVariables } from './hoisting';
import { lowerPattern } from './patterns';
import { blockSlices, lowerBlock, lowerStatement } from './statements';
import { settle } from './settle';
import type { TypeSource } from './type-source';

/**
 * One source file → the numeric IR. The walk is a single pass over the syntax with its own scopes; types come from the syntax (annotations, literals,
 * operators, the table of library functions), and only what they leave open is asked of `types`. It never throws: what goes wrong becomes a problem.
 */
export function lowerSourceFile(source: ts.SourceFile, types: TypeSource): Program {
  return completed(lowerSlices(source, types));
}

/** The same in slices: hands control back after each statement of the file; the last step gives the program. */
export function* lowerSlices(source: ts.SourceFile, types: TypeSource): Generator<void, Program> {
  const builder = new Builder(source.fileName, source.text, source.getLineStarts());
  const cx = new Lowering(builder, source, types);
  connect(cx);
  builder.function('module', '', null, { start: 0, end: source.text.length });
  const body: Statement[] = [];
  syntaxProblems(cx);
  try {
    readDirectives(cx);
    hoistVariables(cx, source);
    yield* blockSlices(cx, source.statements, body);
    builder.functions[0].body = body;
    settle(cx);
  } catch (error) {
    builder.functions[0].body = body;
    builder.problem(0, `This file could not be analysed completely (${error instanceof Error ? error.message : String(error)}); please report it with the file.`);
  }
  return builder.program();
}

function connect(cx: Lowering): void {
  cx.expression = node => lowerExpression(cx, node);
  cx.named = (node, name) => lowerNamed(cx, node, name);
  cx.statement = (node, out) => lowerStatement(cx, node, out);
  cx.block = (statements, out) => lowerBlock(cx, statements, out);
  cx.functionBody = (node, name) => lowerFunction(cx, node, name);
  cx.classLike = (node, name, out) => {
    const info = (ts.isClassDeclaration(node) ? cx.classes.get(name) : undefined) ?? hoistClass(cx, node, name);
    lowerClass(cx, node, info, out);
    return info;
  };
  cx.pattern = (name, value, kind, out, span) => lowerPattern(cx, name, value, kind, out, span);
}

/** The parser's own errors, in its words, with what to do. */
function syntaxProblems(cx: Lowering): void {
  const diagnostics = (cx.source as ts.SourceFile & { readonly parseDiagnostics?: readonly ts.DiagnosticWithLocation[] }).parseDiagnostics ?? [];
  for (const diagnostic of diagnostics.slice(0, 20)) {
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    cx.builder.problem(Math.min(diagnostic.start, cx.builder.text.length), `Syntax error: ${text.replace(/\.$/, '')}. Correct it to have this part of the file analysed.`);
  }
}
