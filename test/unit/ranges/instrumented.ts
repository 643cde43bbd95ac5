import ts from 'typescript';
import type { Expression, Program } from '../../../src/program';

/** The text with each expression that can be observed wrapped in a call of `__see(file, id, value)`. */
export function instrumented(program: Program, file: number): string {
  const byPlace = new Map<string, Expression>();
  for (const e of program.expressions) {
    const place = `${e.start}-${e.end}`;
    const known = byPlace.get(place);
    // Of a compound assignment the whole is seen, not the operation inside it.
    if (!known || e.kind === 'assign' || (known.kind !== 'assign' && e.id > known.id)) byPlace.set(place, e);
  }
  const source = ts.createSourceFile(program.file, program.text, ts.ScriptTarget.Latest, true);
  const marks: { readonly at: number; readonly text: string; readonly close: boolean; readonly length: number }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) return;
    if (ts.isExpression(node) && observable(node)) {
      const start = node.getStart(source);
      const e = byPlace.get(`${start}-${node.end}`);
      if (e && e.kind !== 'number' && e.kind !== 'constant' && e.kind !== 'function' && matches(node, e)) {
        marks.push({ at: start, text: `__see(${file}, ${e.id}, (`, close: false, length: node.end - start }, { at: node.end, text: '))', close: true, length: node.end - start });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  marks.sort((a, b) => a.at - b.at || (a.close === b.close ? (a.close ? a.length - b.length : b.length - a.length) : a.close ? -1 : 1));
  let result = '';
  let from = 0;
  for (const mark of marks) { result += program.text.slice(from, mark.at) + mark.text; from = mark.at; }
  return result + program.text.slice(from);
}

function matches(node: ts.Expression, e: Expression): boolean {
  if (ts.isIdentifier(node)) return e.kind === 'variable';
  if (ts.isPropertyAccessExpression(node)) return e.kind === 'property';
  if (ts.isElementAccessExpression(node)) return e.kind === 'index' || e.kind === 'property';
  return true;
}

/** Wrapping it changes nothing of what the program does. */
function observable(node: ts.Expression): boolean {
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node) || ts.isSatisfiesExpression(node) || ts.isSpreadElement(node) || ts.isOmittedExpression(node)) return false;
  if (ts.isClassExpression(node) || ts.isFunctionExpression(node) || ts.isArrowFunction(node) || ts.isExpressionWithTypeArguments(node)) return false;
  if (node.kind === ts.SyntaxKind.SuperKeyword || node.kind === ts.SyntaxKind.ImportKeyword || ts.isMetaProperty(node)) return false;
  if (ts.isStringLiteralLike(node) || ts.isJsxChild(node) || ts.isPrivateIdentifier(node) || ts.isTemplateLiteral(node)) return false;
  let outer: ts.Node = node;
  while (ts.isParenthesizedExpression(outer.parent) || ts.isAsExpression(outer.parent) || ts.isNonNullExpression(outer.parent) || ts.isSatisfiesExpression(outer.parent)) outer = outer.parent;
  const { parent } = outer;
  if (ts.isIdentifier(node) && !isRead(node)) return false;
  // Inside an optional chain, and as a callee, the expression is more than a value.
  if ((ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent)) && parent.expression === outer && ts.isOptionalChain(node)) return false;
  if (ts.isCallExpression(parent) && (parent.expression === outer || (ts.isOptionalChain(node) && ts.isOptionalChain(parent)))) return false;
  if ((ts.isNewExpression(parent) || ts.isTaggedTemplateExpression(parent)) && (parent as ts.NewExpression).expression === outer) return false;
  if (ts.isDeleteExpression(parent) || ts.isTypeOfExpression(parent) || ts.isDecorator(parent) || ts.isHeritageClause(parent) || ts.isEnumMember(parent) || ts.isExportAssignment(parent)) return false;
  return !isTarget(outer) && !isConstructorName(outer);
}

/** `new a.b.C()`: a call inside the name would be what is constructed. */
function isConstructorName(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isNewExpression(parent)) return parent.expression === node;
  return (ts.isPropertyAccessExpression(parent) || ts.isElementAccessExpression(parent) || ts.isNonNullExpression(parent)) && parent.expression === node && isConstructorName(parent);
}

function isRead(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node) return false;
  if (ts.isDeclarationStatement(parent) || ts.isParameter(parent) && parent.name === node || ts.isVariableDeclaration(parent) && parent.name === node) return false;
  if (ts.isBindingElement(parent) && parent.initializer !== node) return false;
  if (ts.isPropertyAssignment(parent) && parent.name === node || ts.isShorthandPropertyAssignment(parent) || ts.isImportSpecifier(parent) || ts.isExportSpecifier(parent) || ts.isImportClause(parent)) return false;
  if (ts.isClassElement(parent) && (parent as ts.PropertyDeclaration).initializer !== node) return false;
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent) || ts.isNamespaceImport(parent) || ts.isMethodDeclaration(parent) || ts.isFunctionExpression(parent)) return false;
  return ts.isExpressionStatement(parent) || ts.isExpression(parent) || ts.isStatement(parent) || (parent as { initializer?: ts.Node }).initializer === node || ts.isCaseClause(parent) || ts.isTemplateSpan(parent) || ts.isComputedPropertyName(parent) || ts.isSpreadAssignment(parent) || ts.isPropertyAssignment(parent);
}

/** Something is assigned to it, or to parts of it. */
function isTarget(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && parent.operatorToken.kind <= ts.SyntaxKind.LastAssignment) return true;
  if ((ts.isPrefixUnaryExpression(parent) || ts.isPostfixUnaryExpression(parent)) && (parent.operator === ts.SyntaxKind.PlusPlusToken || parent.operator === ts.SyntaxKind.MinusMinusToken)) return true;
  if ((ts.isForOfStatement(parent) || ts.isForInStatement(parent)) && parent.initializer === node) return true;
  if (ts.isArrayLiteralExpression(parent) || ts.isSpreadElement(parent) || ts.isSpreadAssignment(parent) || ts.isObjectLiteralExpression(parent)) return isTarget(parent);
  if (ts.isPropertyAssignment(parent) && parent.initializer === node) return isTarget(parent.parent);
  return false;
}
