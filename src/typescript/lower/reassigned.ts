import ts from 'typescript';

const found = new WeakMap<ts.SourceFile, ReadonlySet<string>>();

/**
 * Names that some statement of the file assigns after their declaration: `x = …`, `x += …`, `x++`, `[x] = …`, `for (x of …)`. By name alone, whatever scope they are in: a name
 * outside the set is never assigned, wherever it stands.
 */
export function reassignedNames(file: ts.SourceFile): ReadonlySet<string> {
  let names = found.get(file);
  if (!names) found.set(file, names = collect(file));
  return names;
}

function collect(file: ts.SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  const target = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) names.add(node.text);
    else if (ts.isArrayLiteralExpression(node)) node.elements.forEach(target);
    else if (ts.isObjectLiteralExpression(node)) node.properties.forEach(p => { if (ts.isShorthandPropertyAssignment(p)) names.add(p.name.text); else if (ts.isPropertyAssignment(p)) target(p.initializer); else if (ts.isSpreadAssignment(p)) target(p.expression); });
    else if (ts.isBinaryExpression(node)) target(node.left);
    else if (ts.isParenthesizedExpression(node) || ts.isSpreadElement(node) || ts.isAsExpression(node) || ts.isNonNullExpression(node)) target(node.expression);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind >= ts.SyntaxKind.FirstAssignment && node.operatorToken.kind <= ts.SyntaxKind.LastAssignment) target(node.left);
    else if ((ts.isPrefixUnaryExpression(node) || ts.isPostfixUnaryExpression(node)) && (node.operator === ts.SyntaxKind.PlusPlusToken || node.operator === ts.SyntaxKind.MinusMinusToken)) target(node.operand);
    else if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && !ts.isVariableDeclarationList(node.initializer)) target(node.initializer);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
