import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { constantValue } from './enums';
import { libraryNamespaces, namedConstants } from './library';
import { needsNarrowing } from './type-algebra';
import { typeOfExport } from './type-nodes';

/** A name: a constant of the language, an import, or a variable with the type that holds here. */
export function lowerIdentifier(cx: Lowering, node: ts.Identifier): Expression {
  const span = cx.span(node);
  const name = node.text;
  if (name === '') return cx.opaque(span, 'missing expression', []);
  if (cx.isGlobal(name)) {
    if (name === 'undefined') return cx.undefinedAt(span);
    if (name === 'arguments') return cx.opaque(span, 'arguments', []);
    const value = namedConstants.get(name);
    if (value !== undefined) return cx.number(value, name, true, span);
  }
  const id = cx.resolve(name, span);
  const variable = cx.builder.variables[id];
  if (variable.imported) return lowerImport(cx, node, id, variable.imported);
  const target = cx.functionOfVariable.get(id);
  if (target !== undefined) cx.builder.functions[target].escapes = true;
  return cx.read(id, span, readType(cx, id, variable.type, node));
}

/** A name of another module: its number when it is a numeric constant. */
function lowerImport(cx: Lowering, node: ts.Identifier, id: number, imported: { readonly module: string; readonly name: string }): Expression {
  const span = cx.span(node);
  const exported = imported.name === '*' ? null : cx.exported(imported.module, imported.name);
  const value = exported ? numberOf(exported.declaration) : cx.types.constantOf(node);
  if (value !== null) return cx.number(value, node.text, true, span);
  if (imported.name === '*') return cx.read(id, span, UNKNOWN);
  const known = exported && typeOfExport(exported);
  // Functions and classes of another file are opaque values; only variables are worth a question.
  const asks = !exported || ts.isVariableDeclaration(exported.declaration);
  return cx.read(id, span, known ?? (asks ? cx.types.typeOf(node) : UNKNOWN));
}

/** Value of a `const` of another file that is a number, as its declaration says; null for anything else. */
export function numberOf(declaration: ts.Node): number | null {
  if (!ts.isVariableDeclaration(declaration) || !declaration.initializer || !(declaration.parent.flags & ts.NodeFlags.Const)) return null;
  const value = constantValue(declaration.initializer, new Map());
  return typeof value === 'number' ? value : null;
}

/** Declared types that control flow may narrow, and types that nobody wrote, are asked of the checker at each use. */
function readType(cx: Lowering, id: number, declared: ValueType, node: ts.Identifier): ValueType {
  const { kind } = cx.builder.variables[id];
  if (kind === 'function' || kind === 'class' || kind === 'global' && libraryNamespaces.has(node.text)) return declared;
  const grows = cx.evolving.has(id) || kind === 'global' && declared.kind === 'unknown';
  if (grows || needsNarrowing(declared)) {
    const asked = cx.types.typeOf(node);
    return asked.kind === 'unknown' ? declared : asked;
  }
  return declared;
}
