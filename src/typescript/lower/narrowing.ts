import ts from 'typescript';

const K = ts.SyntaxKind;

/**
 * Whether nothing in the function that has a parameter of that name (else in the statement of the file) around a node tests a variable of that name, in a condition,
 * by `typeof` or an assertion function: control flow then cannot narrow its type. Other variables of the same name count too.
 */
export function isNeverTested(node: ts.Node, name: string): boolean {
  let top = node;
  while (!ts.isSourceFile(top.parent) && !(ts.isFunctionLike(top) && top.parameters.some(p => ts.isIdentifier(p.name) && p.name.text === name))) top = top.parent;
  let tested = known.get(top);
  if (!tested) {
    known.set(top, tested = new Set());
    collect(top, false, tested);
  }
  return !tested.has(name);
}

const known = new WeakMap<ts.Node, Set<string>>();

function collect(node: ts.Node, testing: boolean, tested: Set<string>): void {
  if (ts.isIdentifier(node)) { if (testing) tested.add(node.text); return; }
  ts.forEachChild(node, child => collect(child, testing && !ts.isFunctionLike(child) && !isComputed(node, child) || isTest(node, child), tested));
}

/** Part of a test that is not tested itself: an operand of `<` or of arithmetic, and all but the first argument of a call (`isPoint(x)`). */
function isComputed(node: ts.Node, child: ts.Node): boolean {
  if (ts.isCallExpression(node)) return node.arguments.length > 0 && child !== node.arguments[0] && child !== node.expression;
  return ts.isBinaryExpression(node) && !deciding.has(node.operatorToken.kind) && node.operatorToken.kind !== K.CommaToken && !(node.operatorToken.kind >= K.FirstAssignment && node.operatorToken.kind <= K.LastAssignment);
}

function isTest(node: ts.Node, child: ts.Node): boolean {
  switch (node.kind) {
    case K.IfStatement: case K.WhileStatement: case K.DoStatement: case K.SwitchStatement: return (node as ts.IfStatement).expression === child;
    case K.ForStatement: return (node as ts.ForStatement).condition === child;
    case K.ConditionalExpression: return (node as ts.ConditionalExpression).condition === child;
    case K.CaseClause: return (node as ts.CaseClause).expression === child;
    case K.TypeOfExpression: return true;
    case K.PrefixUnaryExpression: return (node as ts.PrefixUnaryExpression).operator === K.ExclamationToken;
    case K.BinaryExpression: return deciding.has((node as ts.BinaryExpression).operatorToken.kind);
    // An assertion function.
    case K.ExpressionStatement: return ts.isCallExpression(child);
    default: return false;
  }
}

const deciding = new Set([
  K.EqualsEqualsToken, K.EqualsEqualsEqualsToken, K.ExclamationEqualsToken, K.ExclamationEqualsEqualsToken, K.InKeyword, K.InstanceOfKeyword,
  K.BarBarToken, K.AmpersandAmpersandToken, K.QuestionQuestionToken, K.BarBarEqualsToken, K.AmpersandAmpersandEqualsToken, K.QuestionQuestionEqualsToken,
]);
