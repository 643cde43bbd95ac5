import ts from 'typescript';

/** The expression without the parentheses, assertions and non-null marks around it: what the program means has none of them. */
export function bare(node: ts.Expression): ts.Expression {
  let inner = node;
  while (ts.isParenthesizedExpression(inner) || ts.isAsExpression(inner) || ts.isNonNullExpression(inner) || ts.isSatisfiesExpression(inner)
    || ts.isTypeAssertionExpression(inner) || ts.isExpressionWithTypeArguments(inner)) inner = inner.expression;
  return inner;
}
