import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { unionOf } from './library';
import { isNumberType, isTextType, stripNullish } from './type-algebra';

const K = ts.SyntaxKind;
const BOOLEAN: ValueType = { kind: 'boolean' };

/** Token → operator id of the operator table. */
export const arithmeticTokens: ReadonlyMap<ts.SyntaxKind, string> = new Map<ts.SyntaxKind, string>([
  [K.PlusToken, 'add'], [K.MinusToken, 'sub'], [K.AsteriskToken, 'mul'], [K.SlashToken, 'div'], [K.PercentToken, 'rem'], [K.AsteriskAsteriskToken, 'pow'],
  [K.AmpersandToken, 'bitand'], [K.BarToken, 'bitor'], [K.CaretToken, 'bitxor'], [K.LessThanLessThanToken, 'shl'],
  [K.GreaterThanGreaterThanToken, 'shr'], [K.GreaterThanGreaterThanGreaterThanToken, 'ushr'],
]);

const comparisonTokens: ReadonlyMap<ts.SyntaxKind, string> = new Map<ts.SyntaxKind, string>([
  [K.LessThanToken, 'lt'], [K.LessThanEqualsToken, 'le'], [K.GreaterThanToken, 'gt'], [K.GreaterThanEqualsToken, 'ge'],
  [K.EqualsEqualsEqualsToken, 'eq'], [K.ExclamationEqualsEqualsToken, 'ne'], [K.EqualsEqualsToken, 'eq'], [K.ExclamationEqualsToken, 'ne'],
]);

const logicalTokens: ReadonlyMap<ts.SyntaxKind, 'and' | 'or' | 'nullish'> = new Map<ts.SyntaxKind, 'and' | 'or' | 'nullish'>([
  [K.AmpersandAmpersandToken, 'and'], [K.BarBarToken, 'or'], [K.QuestionQuestionToken, 'nullish'],
]);

/** Longest left-leaning chain that is spelled out; a generated sum of more terms becomes opaque on its left. */
const CHAIN_LIMIT = 1000;

/** Left-leaning chains (`a + b + c + …`) are walked in a loop, so that a sum of a thousand terms costs no stack. */
export function lowerBinary(cx: Lowering, node: ts.BinaryExpression): Expression {
  const chain: ts.BinaryExpression[] = [];
  let left: ts.Expression = node;
  while (ts.isBinaryExpression(left) && isPlain(left.operatorToken.kind) && chain.length < CHAIN_LIMIT) {
    chain.push(left);
    left = left.left;
  }
  if (chain.length === 0) return lowerRare(cx, node);
  let result = chain.length < CHAIN_LIMIT ? cx.expression(left) : cx.opaque(cx.span(left), 'chain of more than a thousand operators', []);
  const start = left.getStart(cx.source);
  for (let i = chain.length - 1; i >= 0; i--) {
    const binary = chain[i];
    result = combine(cx, binary.operatorToken.kind, result, binary.right, { start, end: binary.end });
  }
  return result;
}

function isPlain(token: ts.SyntaxKind): boolean {
  return arithmeticTokens.has(token) || comparisonTokens.has(token) || logicalTokens.has(token);
}

function combine(cx: Lowering, token: ts.SyntaxKind, left: Expression, rightNode: ts.Expression, span: { start: number; end: number }): Expression {
  const right = cx.expression(rightNode);
  const logical = logicalTokens.get(token);
  if (logical) return logicalOf(cx, logical, left, right, span);
  const comparison = comparisonTokens.get(token);
  if (comparison) {
    const loose = token === K.EqualsEqualsToken || token === K.ExclamationEqualsToken;
    return cx.builder.make({ kind: 'operation', ...span, type: BOOLEAN, operator: comparison, operands: [left, right], ...(loose ? { loose } : {}) });
  }
  return arithmetic(cx, arithmeticTokens.get(token) ?? 'add', left, right, span);
}

export function logicalOf(cx: Lowering, operator: 'and' | 'or' | 'nullish', left: Expression, right: Expression, span: { start: number; end: number }): Expression {
  const leftType = operator === 'and' ? left.type : stripNullish(left.type);
  const type = operator === 'and' && left.type.kind === 'boolean' && right.type.kind === 'boolean' ? BOOLEAN : unionOf([leftType, right.type]);
  return cx.builder.make({ kind: 'logical', ...span, type, operator, left, right });
}

/** `left op right` on numbers; text for a `+` with text; opaque on bigints. */
export function arithmetic(cx: Lowering, operator: string, left: Expression, right: Expression, span: { start: number; end: number }): Expression {
  if (left.type.kind === 'bigint' || right.type.kind === 'bigint') return cx.opaque(span, 'bigint arithmetic', [left, right], { kind: 'bigint' });
  if (operator !== 'add') {
    return cx.builder.make({ kind: 'operation', ...span, type: NUMBER, operator, operands: [left, right] });
  }
  if (isTextType(left.type) || isTextType(right.type)) return textOf(cx, left, right, span);
  if (isNumberType(left.type) && isNumberType(right.type)) return cx.builder.make({ kind: 'operation', ...span, type: NUMBER, operator, operands: [left, right] });
  const type = addsAsNumber(left.type) && addsAsNumber(right.type) ? NUMBER : UNKNOWN;
  return cx.builder.make({ kind: 'operation', ...span, type, operator, operands: [left, right] });
}

/** null, undefined and booleans convert to numbers in a sum; strings and objects may not. */
function addsAsNumber(type: ValueType): boolean {
  return type.kind === 'number' || type.kind === 'undefined' || type.kind === 'null' || type.kind === 'boolean' || type.kind === 'union' && type.members.every(addsAsNumber);
}

function textOf(cx: Lowering, left: Expression, right: Expression, span: { start: number; end: number }): Expression {
  return cx.builder.make({ kind: 'template', ...span, type: { kind: 'string' }, parts: [left, right] });
}

function lowerRare(cx: Lowering, node: ts.BinaryExpression): Expression {
  const span = cx.span(node);
  if (node.operatorToken.kind === K.CommaToken) {
    const expressions: Expression[] = [];
    const flatten = (part: ts.Expression): void => {
      if (ts.isBinaryExpression(part) && part.operatorToken.kind === K.CommaToken && expressions.length < CHAIN_LIMIT) { flatten(part.left); flatten(part.right); } else expressions.push(cx.expression(part));
    };
    flatten(node.left);
    flatten(node.right);
    return cx.builder.make({ kind: 'sequence', ...span, type: expressions[expressions.length - 1].type, expressions });
  }
  const reason = node.operatorToken.kind === K.InKeyword ? 'in' : node.operatorToken.kind === K.InstanceOfKeyword ? 'instanceof' : 'unsupported operator';
  const left = node.left.kind === K.PrivateIdentifier ? [] : [cx.expression(node.left)];
  return cx.opaque(span, reason, [...left, cx.expression(node.right)], reason === 'unsupported operator' ? UNKNOWN : BOOLEAN);
}

/** `-x`, `+x`, `~x`, `!x`. */
export function lowerUnary(cx: Lowering, node: ts.PrefixUnaryExpression): Expression {
  const operand = cx.expression(node.operand);
  const span = cx.span(node);
  if (node.operator === K.ExclamationToken) return cx.builder.make({ kind: 'operation', ...span, type: BOOLEAN, operator: 'not', operands: [operand] });
  if (operand.type.kind === 'bigint') return cx.opaque(span, 'bigint arithmetic', [operand], operand.type);
  const operator = node.operator === K.MinusToken ? 'neg' : node.operator === K.PlusToken ? 'plus' : 'bitnot';
  return cx.builder.make({ kind: 'operation', ...span, type: NUMBER, operator, operands: [operand] });
}
