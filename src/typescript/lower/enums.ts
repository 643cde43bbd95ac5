import ts from 'typescript';

/** Values of the members of an enum whose initializers are constant; others are left out. */
export function evaluateEnum(node: ts.EnumDeclaration): ReadonlyMap<string, number | string> {
  const values = new Map<string, number | string>();
  let next: number | null = 0;
  for (const member of node.members) {
    const name = ts.isComputedPropertyName(member.name) ? null : member.name.text;
    const value: number | string | null = member.initializer ? constantValue(member.initializer, values) : next;
    next = typeof value === 'number' ? value + 1 : null;
    if (name !== null && value !== null) values.set(name, value);
  }
  return values;
}

/** Value of a constant expression over literals and the names given; null when it is not one. */
export function constantValue(node: ts.Expression, names: ReadonlyMap<string, number | string>): number | string | null {
  if (ts.isParenthesizedExpression(node)) return constantValue(node.expression, names);
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isIdentifier(node)) return names.get(node.text) ?? null;
  if (ts.isPrefixUnaryExpression(node)) {
    const operand = constantValue(node.operand, names);
    if (typeof operand !== 'number') return null;
    return unaryValue(node.operator, operand);
  }
  if (!ts.isBinaryExpression(node)) return null;
  const left = constantValue(node.left, names);
  const right = constantValue(node.right, names);
  if (typeof left !== 'number' || typeof right !== 'number') return null;
  return binaryValue(node.operatorToken.kind, left, right);
}

/** What `-`, `+` and `~` give for a number; null for any other operator. */
export function unaryValue(operator: ts.SyntaxKind, operand: number): number | null {
  return operator === ts.SyntaxKind.MinusToken ? -operand : operator === ts.SyntaxKind.PlusToken ? operand : operator === ts.SyntaxKind.TildeToken ? ~operand : null;
}

/** What an arithmetic or bit operator gives for two numbers; null for any other operator. */
export function binaryValue(operator: ts.SyntaxKind, left: number, right: number): number | null {
  switch (operator) {
    case ts.SyntaxKind.PlusToken: return left + right;
    case ts.SyntaxKind.MinusToken: return left - right;
    case ts.SyntaxKind.AsteriskToken: return left * right;
    case ts.SyntaxKind.SlashToken: return left / right;
    case ts.SyntaxKind.PercentToken: return left % right;
    case ts.SyntaxKind.AsteriskAsteriskToken: return left ** right;
    case ts.SyntaxKind.LessThanLessThanToken: return left << right;
    case ts.SyntaxKind.GreaterThanGreaterThanToken: return left >> right;
    case ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken: return left >>> right;
    case ts.SyntaxKind.AmpersandToken: return left & right;
    case ts.SyntaxKind.BarToken: return left | right;
    case ts.SyntaxKind.CaretToken: return left ^ right;
    default: return null;
  }
}
