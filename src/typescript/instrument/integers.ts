import ts from 'typescript';
import { bare, compoundOperator, isBitwise, type Assigned, type Binding, type Bindings } from './bindings';
import { countNames } from './measures';

/**
 * Decides which variables count and index (exact integers in every scheme) and which hold data.
 *
 * A variable is an exact integer when every value assigned to it is an integer by construction and some use needs an integer. The rule is circular
 * (`i = i + 1` is an integer if `i` is), so we take the greatest solution: assume that every candidate is one and strike out until nothing changes.
 */
export function classifyBindings(bindings: Bindings): void {
  const all = [...bindings.all()];
  for (const b of all) b.integer = !b.neverNumber && b.format === null && b.assigned.length > 0 && (b.strongUse || b.weakUse);
  strike(all, b => b.integer, (b, a) => assignsInteger(bindings, b, a), b => { b.integer = false; });
  for (const b of all) b.maybeInteger = !b.integer && !b.neverNumber && b.format === null && b.strongUse && b.assigned.length > 0;
  strike(all, b => b.maybeInteger, (b, a) => mayAssignInteger(bindings, b, a), b => { b.maybeInteger = false; });
  for (const b of all) b.inFormat = !b.integer && !b.maybeInteger && !b.neverNumber && b.format === null && b.assigned.length > 0;
  strike(all, b => b.inFormat, (b, a) => assignsInFormat(bindings, b, a), b => { b.inFormat = false; });
}

function strike(all: readonly Binding[], candidate: (b: Binding) => boolean, holds: (b: Binding, a: Assigned) => boolean, drop: (b: Binding) => void): void {
  for (let changed = true; changed;) {
    changed = false;
    for (const b of all) if (candidate(b) && !b.assigned.every(a => holds(b, a))) { drop(b); changed = true; }
  }
}

function assignsInteger(bindings: Bindings, binding: Binding, assigned: Assigned): boolean {
  if (assigned.kind === 'update') return true;
  if (assigned.kind === 'unknown') return false;
  if (assigned.kind === 'value') return isInteger(bindings, assigned.expression);
  return isBitwise(assigned.operator) || (binding.integer && integerOperators.has(assigned.operator) && isInteger(bindings, assigned.expression));
}

const integerOperators = new Set([ts.SyntaxKind.PlusToken, ts.SyntaxKind.MinusToken, ts.SyntaxKind.AsteriskToken, ts.SyntaxKind.PercentToken]);

export function isIntegerOperator(operator: ts.SyntaxKind): boolean {
  return integerOperators.has(operator);
}

const roundings = new Set(['floor', 'ceil', 'round', 'trunc']);
const integerMath = new Set(['floor', 'ceil', 'round', 'trunc', 'imul', 'clz32']);
const integerMethods = new Set(['indexOf', 'lastIndexOf', 'findIndex', 'findLastIndex', 'charCodeAt', 'push', 'unshift', 'search', 'codePointAt']);

/** `Math.name` when the expression is that and `Math` is the global one. */
export function mathName(bindings: Bindings, callee: ts.Expression): string | undefined {
  const c = bare(callee);
  return ts.isPropertyAccessExpression(c) && ts.isIdentifier(c.expression) && c.expression.text === 'Math' && !bindings.of(c.expression) ? c.name.text : undefined;
}

export function numericLiteral(expression: ts.Expression): number | undefined {
  const e = bare(expression);
  if (ts.isNumericLiteral(e)) return Number(e.text);
  if (ts.isPrefixUnaryExpression(e) && e.operator === ts.SyntaxKind.MinusToken) {
    const operand = numericLiteral(e.operand);
    return operand === undefined ? undefined : -operand;
  }
  return undefined;
}

/** A property that counts: `length` and the like, unless the file or one that it imports computes something under that name and the object is not plainly a list or text. */
export function isCount(bindings: Bindings, node: ts.PropertyAccessExpression): boolean {
  return countNames.has(node.name.text) && (!bindings.measures.has(node.name.text) || plainlyList(bindings, node.expression));
}

/** A variable that is declared as a list or text of the language, or made as one. */
function plainlyList(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  const declaration = ts.isIdentifier(e) ? bindings.of(e)?.declaration : undefined;
  if (!declaration || !ts.isParameter(declaration) && !ts.isVariableDeclaration(declaration)) return false;
  if (ts.isParameter(declaration) && declaration.dotDotDotToken) return true;
  if (declaration.type) return listType(declaration.type);
  const made = declaration.initializer && bare(declaration.initializer);
  if (!made || !(declaration.parent.flags & ts.NodeFlags.Const)) return false;
  return ts.isArrayLiteralExpression(made) || ts.isStringLiteralLike(made) || ts.isNewExpression(made) && ts.isIdentifier(made.expression) && lists.test(made.expression.text);
}

const lists = /^(?:Readonly)?(?:Array|(?:Int|Uint|Float|BigInt|BigUint)\d+(?:Clamped)?Array)$/;

function listType(type: ts.TypeNode): boolean {
  if (ts.isParenthesizedTypeNode(type) || ts.isTypeOperatorNode(type) && type.operator === ts.SyntaxKind.ReadonlyKeyword) return listType(type.type);
  return ts.isArrayTypeNode(type) || ts.isTupleTypeNode(type) || type.kind === ts.SyntaxKind.StringKeyword || ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) && lists.test(type.typeName.text);
}

/** An integer by construction: integer literal, length, `++`, `--`, bitwise and rounding operations, and + − × % of such. */
export function isInteger(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  const literal = numericLiteral(e);
  if (literal !== undefined) return Number.isSafeInteger(literal) && !Object.is(literal, -0);
  if (ts.isIdentifier(e)) return bindings.of(e)?.integer === true;
  if (ts.isPropertyAccessExpression(e)) return isCount(bindings, e);
  if (ts.isPrefixUnaryExpression(e)) {
    if (e.operator === ts.SyntaxKind.TildeToken) return true;
    if (e.operator === ts.SyntaxKind.ExclamationToken) return false;
    return isInteger(bindings, e.operand);
  }
  if (ts.isPostfixUnaryExpression(e)) return isInteger(bindings, e.operand);
  if (ts.isConditionalExpression(e)) return isInteger(bindings, e.whenTrue) && isInteger(bindings, e.whenFalse);
  if (ts.isBinaryExpression(e)) {
    const kind = e.operatorToken.kind;
    if (isBitwise(kind)) return true;
    if (integerOperators.has(kind)) return isInteger(bindings, e.left) && isInteger(bindings, e.right);
    if (kind === ts.SyntaxKind.EqualsToken || kind === ts.SyntaxKind.CommaToken) return isInteger(bindings, e.right);
    const compound = compoundOperator(kind);
    return compound !== undefined && (isBitwise(compound) || (integerOperators.has(compound) && isInteger(bindings, e.left) && isInteger(bindings, e.right)));
  }
  if (ts.isCallExpression(e)) {
    const math = mathName(bindings, e.expression);
    if (math !== undefined) return integerMath.has(math) || ((math === 'min' || math === 'max' || math === 'abs') && e.arguments.length > 0 && e.arguments.every(a => isInteger(bindings, a)));
    if (ts.isPropertyAccessExpression(e.expression)) return integerMethods.has(e.expression.name.text);
    return ts.isIdentifier(e.expression) && e.expression.text === 'parseInt' && !bindings.of(e.expression);
  }
  return false;
}

/** Math.floor, ceil, round, trunc of a quotient of integers, and `(a / b) | 0`: integer division, exact. */
export function isIntegerDivision(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  return ts.isBinaryExpression(e) && e.operatorToken.kind === ts.SyntaxKind.SlashToken && isExactInteger(bindings, e.left) && isInteger(bindings, e.right)
    || ts.isCallExpression(e) && roundings.has(mathName(bindings, e.expression) ?? '') && e.arguments.length === 1 && isIntegerDivision(bindings, e.arguments[0]);
}

/** An integer expression that counts: integer by construction, with at least one exact integer variable or length in it, not literals alone. */
export function isExactInteger(bindings: Bindings, expression: ts.Expression): boolean {
  return isInteger(bindings, expression) && counts(bindings, expression);
}

function counts(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  if (numericLiteral(e) !== undefined) return false;
  if (ts.isBinaryExpression(e) && integerOperators.has(e.operatorToken.kind)) return counts(bindings, e.left) || counts(bindings, e.right);
  if (ts.isConditionalExpression(e)) return counts(bindings, e.whenTrue) || counts(bindings, e.whenFalse);
  if (ts.isPrefixUnaryExpression(e) && e.operator !== ts.SyntaxKind.TildeToken) return counts(bindings, e.operand);
  return true;
}

/** Perhaps an integer at run time, as far as the syntax tells: loads, calls, parameters, and integer operations on such. */
export function mayBeInteger(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  if (isInteger(bindings, e)) return true;
  const literal = numericLiteral(e);
  if (literal !== undefined) return Number.isSafeInteger(literal);
  if (ts.isIdentifier(e)) {
    const b = bindings.of(e);
    return b !== undefined && (b.integer || b.maybeInteger);
  }
  if (ts.isBinaryExpression(e)) {
    if (integerOperators.has(e.operatorToken.kind)) return mayBeInteger(bindings, e.left) && mayBeInteger(bindings, e.right);
    return e.operatorToken.kind === ts.SyntaxKind.EqualsToken && mayBeInteger(bindings, e.right);
  }
  if (ts.isConditionalExpression(e)) return mayBeInteger(bindings, e.whenTrue) && mayBeInteger(bindings, e.whenFalse);
  if (ts.isPrefixUnaryExpression(e)) return e.operator !== ts.SyntaxKind.ExclamationToken && mayBeInteger(bindings, e.operand);
  if (ts.isPostfixUnaryExpression(e)) return mayBeInteger(bindings, e.operand);
  if (ts.isCallExpression(e) && mathName(bindings, e.expression) !== undefined) return false;
  return ts.isElementAccessExpression(e) || ts.isPropertyAccessExpression(e) || ts.isCallExpression(e);
}

function mayAssignInteger(bindings: Bindings, binding: Binding, assigned: Assigned): boolean {
  if (assigned.kind === 'update' || assigned.kind === 'unknown') return true;
  if (assigned.kind === 'value') {
    const e = bare(assigned.expression);
    if (ts.isIdentifier(e) && bindings.of(e)?.assigned.every(a => a.kind === 'unknown')) return true;
    return mayBeInteger(bindings, e);
  }
  return isBitwise(assigned.operator) || (binding.maybeInteger && integerOperators.has(assigned.operator) && mayBeInteger(bindings, assigned.expression));
}

function assignsInFormat(bindings: Bindings, binding: Binding, assigned: Assigned): boolean {
  if (assigned.kind === 'value') return isInFormat(bindings, assigned.expression);
  if (assigned.kind === 'compound') return binding.inFormat && !isBitwise(assigned.operator);
  return false;
}

/** The result of an operation of the scheme (or zero), whatever its operands are; false when in doubt, as for `+` that may join strings. */
export function isInFormat(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  if (ts.isNumericLiteral(e)) return Number(e.text) === 0;
  if (ts.isIdentifier(e)) return bindings.of(e)?.inFormat === true;
  if (ts.isBinaryExpression(e)) {
    const kind = e.operatorToken.kind;
    if (kind === ts.SyntaxKind.SlashToken || kind === ts.SyntaxKind.AsteriskAsteriskToken) return true;
    if (integerOperators.has(kind)) return !isDynamicInteger(bindings, e) && !isInteger(bindings, e);
    if (kind === ts.SyntaxKind.EqualsToken) return isInFormat(bindings, e.right);
    return false;
  }
  if (ts.isConditionalExpression(e)) return isInFormat(bindings, e.whenTrue) && isInFormat(bindings, e.whenFalse);
  if (ts.isPrefixUnaryExpression(e) && e.operator === ts.SyntaxKind.MinusToken) return isInFormat(bindings, e.operand);
  if (ts.isCallExpression(e)) {
    const math = mathName(bindings, e.expression);
    if ((math === 'min' || math === 'max') && e.arguments.some(a => mayBeInteger(bindings, a))) return false;
    return math !== undefined && !integerMath.has(math) && math !== 'fround' && math !== 'f16round' && math !== 'sign' && math !== 'random';
  }
  return false;
}

/** + − × % of variables that may be integers and integer literals: exact when the operands at run time are integers. */
export function isDynamicInteger(bindings: Bindings, expression: ts.Expression): boolean {
  const e = bare(expression);
  if (!ts.isBinaryExpression(e) || !integerOperators.has(e.operatorToken.kind)) return false;
  const leaf = (node: ts.Expression): 'maybe' | 'integer' | 'no' => {
    const n = bare(node);
    if (isInteger(bindings, n)) return 'integer';
    if (ts.isIdentifier(n)) return bindings.of(n)?.maybeInteger ? 'maybe' : 'no';
    if (ts.isPrefixUnaryExpression(n) && n.operator === ts.SyntaxKind.MinusToken) return leaf(n.operand);
    return isDynamicInteger(bindings, n) ? 'maybe' : 'no';
  };
  const [left, right] = [leaf(e.left), leaf(e.right)];
  return left !== 'no' && right !== 'no' && (left === 'maybe' || right === 'maybe');
}
