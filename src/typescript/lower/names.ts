import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { constantValue } from './enums';
import { libraryNamespaces, namedConstants } from './library';
import { isNeverTested } from './narrowing';
import { needsNarrowing, stripNullish } from './type-algebra';
import { reassignedNames } from './reassigned';
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
  if (cx.types.isForeign(cx.source.fileName, imported.module)) return cx.read(id, span, UNKNOWN);
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
    const plain = grows || (node.flags & ts.NodeFlags.JavaScriptFile) !== 0 ? null : neverNarrowed(cx, id, node) ? declared : valueWhereUsed(declared, node);
    if (plain) return plain;
    const asked = cx.types.typeOf(node);
    return asked.kind === 'unknown' ? declared : asked;
  }
  return declared;
}

/** Nothing assigns or tests the variable: it has its declared type wherever it is read. */
function neverNarrowed(cx: Lowering, id: number, node: ts.Identifier): boolean {
  const { kind } = cx.builder.variables[id];
  return (kind === 'parameter' || kind === 'const') && !reassignedNames(cx.source).has(node.text) && isNeverTested(node, node.text);
}

/**
 * What `T | undefined` is at this place, as far as code that the compiler accepts can be: `T` where only `T` is allowed (an operand of arithmetic, the object of a
 * member), all of it where it is compared or tested; null where control flow decides.
 */
function valueWhereUsed(declared: ValueType, name: ts.Identifier): ValueType | null {
  const inner = stripNullish(declared);
  if (inner.kind === 'union' || inner.kind === 'unknown') return null;
  let node: ts.Expression = name;
  while (ts.isParenthesizedExpression(node.parent)) node = node.parent;
  const { parent } = node;
  if (ts.isBinaryExpression(parent)) {
    const operator = parent.operatorToken.kind;
    if (comparisons.has(operator)) return declared;
    if (tests.has(operator)) return parent.left === node ? declared : null;
    return inner.kind === 'number' && operands.has(operator) ? inner : null;
  }
  if (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) && parent.expression === node) return parent.questionDotToken ? declared : inner;
  if (ts.isElementAccessExpression(parent) || ts.isPrefixUnaryExpression(parent) && parent.operator === K.MinusToken) return inner.kind === 'number' ? inner : null;
  if (ts.isPrefixUnaryExpression(parent)) return parent.operator === K.ExclamationToken ? declared : null;
  if (ts.isTypeOfExpression(parent)) return declared;
  if (ts.isIfStatement(parent) || ts.isConditionalExpression(parent) && parent.condition === node) return declared;
  if (ts.isCallExpression(parent) && inner.kind === 'number' && ts.isPropertyAccessExpression(parent.expression) && parent.expression.expression.getText() === 'Math') return inner;
  return null;
}

const K = ts.SyntaxKind;
const comparisons = new Set([K.EqualsEqualsToken, K.EqualsEqualsEqualsToken, K.ExclamationEqualsToken, K.ExclamationEqualsEqualsToken]);
const tests = new Set([K.QuestionQuestionToken, K.BarBarToken, K.AmpersandAmpersandToken]);
const operands = new Set([K.PlusToken, K.MinusToken, K.AsteriskToken, K.SlashToken, K.PercentToken, K.AsteriskAsteriskToken, K.LessThanToken, K.LessThanEqualsToken, K.GreaterThanToken, K.GreaterThanEqualsToken,
  K.PlusEqualsToken, K.MinusEqualsToken, K.AsteriskEqualsToken, K.SlashEqualsToken]);
