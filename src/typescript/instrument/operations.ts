import ts from 'typescript';
import { bare, isBitwise } from './bindings';
import { inRegister, passed, plain, registered, type Context, type Emitted } from './context';
import { conversion, operation } from './fusion';
import { isDynamicInteger, isExactInteger, isInteger, isIntegerDivision, isIntegerOperator, numericLiteral } from './integers';
import type { Unit } from './module';

const arithmetic = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.PlusToken, 'add'], [ts.SyntaxKind.MinusToken, 'sub'], [ts.SyntaxKind.AsteriskToken, 'mul'], [ts.SyntaxKind.SlashToken, 'div'],
  [ts.SyntaxKind.PercentToken, 'rem'], [ts.SyntaxKind.AsteriskAsteriskToken, 'pow'],
]);
const comparisons = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.LessThanToken, 'lt'], [ts.SyntaxKind.LessThanEqualsToken, 'le'], [ts.SyntaxKind.GreaterThanToken, 'gt'], [ts.SyntaxKind.GreaterThanEqualsToken, 'ge'],
  [ts.SyntaxKind.EqualsEqualsEqualsToken, 'eq'], [ts.SyntaxKind.ExclamationEqualsEqualsToken, 'ne'], [ts.SyntaxKind.EqualsEqualsToken, 'leq'], [ts.SyntaxKind.ExclamationEqualsToken, 'lne'],
]);
const bitwiseIds = new Map<ts.SyntaxKind, string>([
  [ts.SyntaxKind.AmpersandToken, 'bitand'], [ts.SyntaxKind.BarToken, 'bitor'], [ts.SyntaxKind.CaretToken, 'bitxor'], [ts.SyntaxKind.LessThanLessThanToken, 'shl'],
  [ts.SyntaxKind.GreaterThanGreaterThanToken, 'shr'], [ts.SyntaxKind.GreaterThanGreaterThanGreaterThanToken, 'ushr'],
]);

export function arithmeticOperator(kind: ts.SyntaxKind): string | undefined {
  return arithmetic.get(kind);
}

/** Units that have functions of their own for + − × only; a quotient or a power inside a wide expression rounds to the base format. */
function unitFor(operator: string, unit: Unit): Unit {
  return operator === 'add' || operator === 'sub' || operator === 'mul' || unit.startsWith('F') ? unit : '';
}

/** The unit of an operand that is itself + − ×. */
function inner(unit: Unit): Unit {
  return unit === '' ? 'W' : unit === 'A' ? 'P' : unit;
}

/** An operand on its way into data arithmetic: literals are rounded once per run, results of the scheme are as they are, everything else is converted. */
export function operand(c: Context, node: ts.Expression, unit: Unit): string {
  return passed(c, entering(c, node, unit));
}

export function entering(c: Context, node: ts.Expression, unit: Unit): Emitted {
  const literal = numericLiteral(node);
  if (literal !== undefined) return c.literal(literal, bare(node), unit);
  const e = c.expression(node, inner(unit));
  if (e.kind === 'data' || e.kind === 'other') return e;
  return converted(c, node, e, unit);
}

/** Conversion of a value to the format of `unit` at the moment it enters data arithmetic. */
export function converted(c: Context, node: ts.Node, e: Emitted, unit: Unit): Emitted {
  const literal = ts.isExpression(node) ? numericLiteral(node) : undefined;
  return conversion(c, unit, c.site(node, literal === undefined ? 'convert' : 'literal'), e);
}

export function isText(node: ts.Expression): boolean {
  const e = bare(node);
  return ts.isStringLiteralLike(e) || ts.isTemplateExpression(e) || ts.isTypeOfExpression(e)
    || (ts.isBinaryExpression(e) && e.operatorToken.kind === ts.SyntaxKind.PlusToken && (isText(e.left) || isText(e.right)));
}

/** No number for certain: literal text, null, undefined, booleans, objects, functions. */
export function isNoNumber(node: ts.Expression): boolean {
  const e = bare(node);
  return isText(e) || e.kind === ts.SyntaxKind.NullKeyword || e.kind === ts.SyntaxKind.TrueKeyword || e.kind === ts.SyntaxKind.FalseKeyword || (ts.isIdentifier(e) && e.text === 'undefined')
    || ts.isObjectLiteralExpression(e) || ts.isArrayLiteralExpression(e) || ts.isFunctionLike(e) || ts.isBigIntLiteral(e) || ts.isVoidExpression(e);
}

/** An expression that becomes part of a text: a number that is written down can be read again elsewhere. */
export function asText(c: Context, node: ts.Expression): string {
  if (isNoNumber(node) || numericLiteral(node) !== undefined) return c.value(node);
  const e = c.expression(node);
  return e.kind === 'other' || e.kind === 'integer' ? e.code : `${c.p}said(${e.code})`;
}

export function binary(c: Context, node: ts.BinaryExpression, unit: Unit, indexing: boolean): Emitted {
  const kind = node.operatorToken.kind;
  const token = node.operatorToken.getText(c.source);
  const name = arithmetic.get(kind);
  if (name !== undefined) return arithmeticOperation(c, node, name, token, unit, indexing);
  if (isBitwise(kind)) {
    const id = bitwiseIds.get(kind)!;
    return plain(`(${toInt32(c, node.left, id)} ${token} ${toInt32(c, node.right, id)})`, 'integer');
  }
  const comparison = comparisons.get(kind);
  if (comparison !== undefined) return compare(c, node, comparison, token);
  switch (kind) {
    case ts.SyntaxKind.AmpersandAmpersandToken: case ts.SyntaxKind.BarBarToken: case ts.SyntaxKind.QuestionQuestionToken:
      return inRegister(c, `(${registered(c, c.expression(node.left))} ${token} ${registered(c, c.expression(node.right))})`, 'any');
    case ts.SyntaxKind.CommaToken: {
      const right = c.expression(node.right, unit);
      return { code: `(${c.value(node.left)}, ${right.code})`, shadow: right.shadow, kind: right.kind };
    }
    default:
      return plain(`(${ts.isPrivateIdentifier(node.left) ? node.left.text : c.value(node.left)} ${token} ${c.value(node.right)})`, 'other');
  }
}

function arithmeticOperation(c: Context, node: ts.BinaryExpression, name: string, token: string, unit: Unit, indexing: boolean): Emitted {
  const { left, right } = node;
  if (isExactInteger(c.bindings, node) || (indexing && isInteger(c.bindings, node))) return plain(`(${c.expression(left).code} ${token} ${c.expression(right).code})`, 'integer');
  if (name === 'add' && (isText(left) || isText(right))) return plain(`(${asText(c, left)} + ${asText(c, right)})`, 'other');
  if (isIntegerOperator(node.operatorToken.kind) && (indexing || isDynamicInteger(c.bindings, node))) {
    const part = (e: ts.Expression): Emitted => indexing ? integerContext(c, e) : c.expression(e);
    return operation(c, `i${name}`, '', c.site(node, name), [part(left), part(right)], 'dynamic');
  }
  const u = unitFor(name, unit);
  return operation(c, name, u, c.site(node, name), [entering(c, left, u), entering(c, right, u)], 'data');
}

/** An expression in a place that needs an integer: an index, a length. */
export function integerContext(c: Context, node: ts.Expression): Emitted {
  const e = bare(node);
  if (ts.isBinaryExpression(e) && arithmetic.has(e.operatorToken.kind)) return binary(c, e, '', true);
  return c.expression(node);
}

function toInt32(c: Context, node: ts.Expression, operator: string): string {
  if (isInteger(c.bindings, node) || numericLiteral(node) !== undefined) return c.expression(node).code;
  if (isIntegerDivision(c.bindings, node)) return integerQuotient(c, bare(node) as ts.BinaryExpression);
  const quotient = dynamicQuotient(c, node);
  if (quotient) return `${c.p}q_trunc(${c.site(node, operator)}, ${c.site(quotient, 'div')}, ${passed(c, integerContext(c, quotient.left))}, ${passed(c, integerContext(c, quotient.right))})`;
  const e = integerContext(c, node);
  return e.kind === 'other' || !e.shadow ? e.code : `${c.p}i32(${c.site(node, operator)}, ${passed(c, e)})`;
}

/** a / b of counting integers under a rounding function: exact. */
export function integerQuotient(c: Context, node: ts.BinaryExpression): string {
  return `(${c.expression(node.left).code} / ${c.expression(node.right).code})`;
}

/** A quotient whose operands may be integers, one of them a variable that counts or indexes: under a rounding function it is exact when they are integers at run time. */
export function dynamicQuotient(c: Context, node: ts.Expression): ts.BinaryExpression | undefined {
  const e = bare(node);
  if (!ts.isBinaryExpression(e) || e.operatorToken.kind !== ts.SyntaxKind.SlashToken) return undefined;
  const side = (n: ts.Expression): 'maybe' | 'integer' | 'no' => {
    const b = bare(n);
    if (isInteger(c.bindings, b)) return 'integer';
    return (ts.isIdentifier(b) && c.bindings.of(b)?.maybeInteger) || isDynamicInteger(c.bindings, b) ? 'maybe' : 'no';
  };
  const [left, right] = [side(e.left), side(e.right)];
  return left !== 'no' && right !== 'no' && (left === 'maybe' || right === 'maybe') ? e : undefined;
}

function compare(c: Context, node: ts.BinaryExpression, name: string, token: string): Emitted {
  const { left, right } = node;
  if (isNoNumber(left) || isNoNumber(right)) return plain(`(${c.value(left)} ${token} ${c.value(right)})`, 'other');
  const counting = isExactInteger(c.bindings, left) || isExactInteger(c.bindings, right);
  if (isInteger(c.bindings, left) && isInteger(c.bindings, right)) return plain(`(${c.expression(left).code} ${token} ${c.expression(right).code})`, 'other');
  if (counting) return plain(`${c.p}c${name}(${c.site(node, name.replace(/^l(?=eq|ne)/, ''))}, ${passed(c, c.expression(left))}, ${passed(c, c.expression(right))})`, 'other');
  const part = (e: ts.Expression): Emitted => {
    const value = numericLiteral(e) === undefined ? c.expression(e) : undefined;
    // A value that may count is compared as it is.
    return value?.kind === 'dynamic' || value?.kind === 'other' ? value : entering(c, e, '');
  };
  return plain(operation(c, `c${name}`, '', c.site(node, name.replace(/^l(?=eq|ne)/, '')), [part(left), part(right)], 'other').code, 'other');
}

export function prefixUnary(c: Context, node: ts.PrefixUnaryExpression): Emitted {
  switch (node.operator) {
    case ts.SyntaxKind.ExclamationToken: return plain(`!${c.value(node.operand)}`, 'other');
    case ts.SyntaxKind.TildeToken: return plain(`(~${toInt32(c, node.operand, 'bitnot')})`, 'integer');
    case ts.SyntaxKind.PlusToken: case ts.SyntaxKind.MinusToken: {
      const minus = node.operator === ts.SyntaxKind.MinusToken;
      const literal = numericLiteral(node);
      if (literal !== undefined) return plain(minus ? `(-${c.expression(node.operand).code})` : c.expression(node.operand).code, Number.isSafeInteger(literal) ? 'integer' : 'any', true);
      const e = c.expression(node.operand);
      if (e.kind === 'integer') return plain(`(${minus ? '-' : '+'}${e.code})`, 'integer');
      return operation(c, minus ? 'neg' : 'plus', '', c.site(node, minus ? 'neg' : 'plus'), [e], e.kind === 'other' ? 'any' : e.kind);
    }
    default: throw new Error('++ and -- are assignments');
  }
}
