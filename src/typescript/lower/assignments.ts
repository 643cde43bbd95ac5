import ts from 'typescript';
import type { Assignment, Expression, Target } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { bare } from './bare';
import type { Span } from './builder';
import type { Lowering } from './context';
import { arithmetic, arithmeticTokens, logicalOf } from './operators';
import { elementOf, propertyType } from './library';
import { stripNullish } from './type-algebra';

const K = ts.SyntaxKind;

const compoundTokens: ReadonlyMap<ts.SyntaxKind, ts.SyntaxKind> = new Map<ts.SyntaxKind, ts.SyntaxKind>([
  [K.PlusEqualsToken, K.PlusToken], [K.MinusEqualsToken, K.MinusToken], [K.AsteriskEqualsToken, K.AsteriskToken], [K.SlashEqualsToken, K.SlashToken],
  [K.PercentEqualsToken, K.PercentToken], [K.AsteriskAsteriskEqualsToken, K.AsteriskAsteriskToken], [K.AmpersandEqualsToken, K.AmpersandToken],
  [K.BarEqualsToken, K.BarToken], [K.CaretEqualsToken, K.CaretToken], [K.LessThanLessThanEqualsToken, K.LessThanLessThanToken],
  [K.GreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanToken], [K.GreaterThanGreaterThanGreaterThanEqualsToken, K.GreaterThanGreaterThanGreaterThanToken],
]);

const logicalCompounds: ReadonlyMap<ts.SyntaxKind, 'and' | 'or' | 'nullish'> = new Map<ts.SyntaxKind, 'and' | 'or' | 'nullish'>([
  [K.AmpersandAmpersandEqualsToken, 'and'], [K.BarBarEqualsToken, 'or'], [K.QuestionQuestionEqualsToken, 'nullish'],
]);

export function isAssignmentOperator(token: ts.SyntaxKind): boolean {
  return token >= K.FirstAssignment && token <= K.LastAssignment;
}

/** `a = b`, `a += b`, `a ??= b`, `[a, b] = [b, a]`. */
export function lowerAssignment(cx: Lowering, node: ts.BinaryExpression): Expression {
  const span = cx.span(node);
  const token = node.operatorToken.kind;
  const left = bare(node.left);
  if (token === K.EqualsToken) {
    if (ts.isArrayLiteralExpression(left) || ts.isObjectLiteralExpression(left)) return destructure(cx, left, cx.expression(node.right), span);
    const target = lowerTarget(cx, left);
    const value = cx.named(node.right, nameOfTarget(left));
    return assign(cx, target, value, span);
  }
  const prelude: Expression[] = [];
  const [target, current] = readAndWrite(cx, left, prelude);
  const right = cx.expression(node.right);
  const logical = logicalCompounds.get(token);
  const plain = compoundTokens.get(token) ?? K.PlusToken;
  const value = logical ? logicalOf(cx, logical, current, right, span) : arithmetic(cx, arithmeticTokens.get(plain) ?? 'add', current, right, span);
  const done = assign(cx, target, value, span, logical ?? arithmeticTokens.get(plain) ?? null);
  return withPrelude(cx, prelude, done);
}

/** The name that a function takes from where it is stored: `f`, `exports.f` → `f`, `Complex.prototype.add` → `Complex.add`. */
function nameOfTarget(target: ts.Expression): string {
  if (ts.isIdentifier(target)) return target.text;
  if (!ts.isPropertyAccessExpression(target)) return '';
  const owner = target.expression;
  const name = target.name.text;
  if (ts.isPropertyAccessExpression(owner) && owner.name.text === 'prototype' && ts.isIdentifier(owner.expression)) return `${owner.expression.text}.${name}`;
  return ts.isIdentifier(owner) && owner.text !== 'exports' && owner.text !== 'module' ? `${owner.text}.${name}` : name;
}

/** `i++`, `--i`. */
export function lowerIncrement(cx: Lowering, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression): Expression {
  const span = cx.span(node);
  const prelude: Expression[] = [];
  const [target, current] = readAndWrite(cx, bare(node.operand), prelude);
  const operator = node.operator === K.PlusPlusToken ? 'add' : 'sub';
  const one = cx.number(1, '1', false, span);
  const value = current.type.kind === 'bigint' ? cx.opaque(span, 'bigint arithmetic', [current], current.type)
    : cx.builder.make({ kind: 'operation', ...span, type: NUMBER, operator, operands: [current, one] });
  const done = assign(cx, target, value, span, operator, ts.isPostfixUnaryExpression(node) ? 'old' : 'new');
  return withPrelude(cx, prelude, done);
}

function withPrelude(cx: Lowering, prelude: readonly Expression[], done: Expression): Expression {
  return prelude.length === 0 ? done : cx.builder.make({ kind: 'sequence', start: done.start, end: done.end, type: done.type, expressions: [...prelude, done] });
}

export function assign(cx: Lowering, target: Target, value: Expression, span: Span, compound: string | null = null, result: 'new' | 'old' = 'new'): Assignment {
  if (target.kind === 'variable') cx.builder.variables[target.variable].assignments++;
  return cx.builder.make({ kind: 'assign', ...span, type: value.type, target, value, compound, result });
}

/** The place that an assignment writes. */
export function lowerTarget(cx: Lowering, node: ts.Expression): Target {
  if (ts.isIdentifier(node) && node.text !== '') return cx.read(cx.resolve(node.text, cx.span(node)), cx.span(node));
  const lowered = cx.expression(node);
  return lowered.kind === 'property' || lowered.kind === 'index' || lowered.kind === 'variable' || lowered.kind === 'opaque' ? lowered
    : cx.opaque(cx.span(node), 'not an assignment target', [lowered]);
}

/**
 * Target and current value of `target op= …`. Both name the same place; what is impure in it (`a[i++] += x`) is computed once into temporaries
 * that `prelude` assigns.
 */
function readAndWrite(cx: Lowering, node: ts.Expression, prelude: Expression[]): [Target, Expression] {
  if (ts.isIdentifier(node) && node.text !== '') return [lowerTarget(cx, node), cx.expression(node)];
  if (ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node)) {
    const object = once(cx, node.expression, prelude);
    if (ts.isPropertyAccessExpression(node)) {
      const read = (): Target & Expression => {
        const base = object();
        return cx.builder.make({ kind: 'property', ...cx.span(node), type: cx.hopeless(base) ? UNKNOWN : cx.typed(propertyType(stripNullish(base.type), node.name.text), node), object: base, name: node.name.text, optional: false });
      };
      return [read(), read()];
    }
    const index = once(cx, node.argumentExpression, prelude);
    const read = (): Target & Expression => {
      const base = object();
      const position = index();
      return cx.builder.make({ kind: 'index', ...cx.span(node), type: cx.hopeless(base) ? UNKNOWN : cx.typed(elementOf(stripNullish(base.type)), node), object: base, index: position, optional: false });
    };
    return [read(), read()];
  }
  return [lowerTarget(cx, node), cx.expression(node)];
}

/** A maker of copies of the expression's value: pure ones are lowered again, others are kept in a temporary. */
function once(cx: Lowering, node: ts.Expression, prelude: Expression[]): () => Expression {
  if (isRepeatable(node)) return () => cx.expression(node);
  const value = cx.expression(node);
  const span = cx.span(node);
  const temporary = cx.temporary(span, value.type);
  prelude.push(assign(cx, cx.read(temporary, span), value, span));
  return () => cx.read(temporary, span);
}

/** Evaluating it twice is the same as once. */
function isRepeatable(node: ts.Expression): boolean {
  if (ts.isIdentifier(node) || ts.isNumericLiteral(node) || ts.isStringLiteralLike(node) || node.kind === K.ThisKeyword || node.kind === K.SuperKeyword) return true;
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node) || ts.isAsExpression(node)) return isRepeatable(node.expression);
  if (ts.isPropertyAccessExpression(node)) return isRepeatable(node.expression);
  if (ts.isElementAccessExpression(node)) return isRepeatable(node.expression) && isRepeatable(node.argumentExpression);
  if (ts.isBinaryExpression(node)) return arithmeticTokens.has(node.operatorToken.kind) && isRepeatable(node.left) && isRepeatable(node.right);
  if (ts.isPrefixUnaryExpression(node)) return node.operator !== K.PlusPlusToken && node.operator !== K.MinusMinusToken && isRepeatable(node.operand);
  return false;
}

/** `[a, b] = …`, `({x, y} = …)`: the right side into a temporary, then one assignment for each target; the value is the right side. */
export function destructure(cx: Lowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, value: Expression, span: Span): Expression {
  const out: Expression[] = [];
  const temporary = cx.temporary(span, value.type);
  out.push(assign(cx, cx.read(temporary, span), value, span));
  spread(cx, pattern, () => cx.read(temporary, span), out);
  out.push(cx.read(temporary, span));
  return cx.builder.make({ kind: 'sequence', ...span, type: value.type, expressions: out });
}

function spread(cx: Lowering, pattern: ts.ArrayLiteralExpression | ts.ObjectLiteralExpression, source: () => Expression, out: Expression[]): void {
  if (ts.isArrayLiteralExpression(pattern)) {
    pattern.elements.forEach((element, i) => {
      if (ts.isOmittedExpression(element)) return;
      const span = cx.span(element);
      if (ts.isSpreadElement(element)) { store(cx, element.expression, cx.opaque(span, 'rest of a pattern', [source()], restType(source())), out); return; }
      store(cx, element, elementAt(cx, source(), i, span), out);
    });
    return;
  }
  for (const property of pattern.properties) {
    const span = cx.span(property);
    if (ts.isShorthandPropertyAssignment(property)) {
      const read = propertyAt(cx, source(), property.name.text, cx.span(property.name));
      const value = property.objectAssignmentInitializer ? withDefault(cx, read, () => propertyAt(cx, source(), property.name.text, cx.span(property.name)), property.objectAssignmentInitializer) : read;
      out.push(assign(cx, lowerTarget(cx, property.name), value, span));
    } else if (ts.isPropertyAssignment(property)) {
      const name = property.name;
      const read = ts.isComputedPropertyName(name) ? cx.builder.make({ kind: 'index', ...span, type: cx.types.typeOf(property.initializer), object: source(), index: cx.expression(name.expression), optional: false })
        : propertyAt(cx, source(), name.text, cx.span(name));
      store(cx, property.initializer, read, out);
    } else if (ts.isSpreadAssignment(property)) store(cx, property.expression, cx.opaque(span, 'rest of a pattern', [source()]), out);
  }
}

function restType(source: Expression): Expression['type'] {
  const type = stripNullish(source.type);
  return type.kind === 'array' ? type : { kind: 'array', element: elementOf(type) };
}

/** Stores a value into one target of a pattern, which may have a default or be a pattern itself. */
function store(cx: Lowering, node: ts.Expression, value: Expression, out: Expression[]): void {
  const span = cx.span(node);
  const inner = bare(node);
  if (ts.isBinaryExpression(inner) && inner.operatorToken.kind === K.EqualsToken) {
    const temporary = cx.temporary(span, value.type);
    out.push(assign(cx, cx.read(temporary, span), value, span));
    store(cx, inner.left, withDefault(cx, cx.read(temporary, span), () => cx.read(temporary, span), inner.right), out);
  } else if (ts.isArrayLiteralExpression(inner) || ts.isObjectLiteralExpression(inner)) {
    const temporary = cx.temporary(span, value.type);
    out.push(assign(cx, cx.read(temporary, span), value, span));
    spread(cx, inner, () => cx.read(temporary, span), out);
  } else out.push(assign(cx, lowerTarget(cx, inner), value, span));
}

/** `value === undefined ? initializer : value`. */
export function withDefault(cx: Lowering, first: Expression, again: () => Expression, initializer: ts.Expression): Expression {
  const span = { start: first.start, end: first.end };
  const test = cx.builder.make({ kind: 'operation', ...span, type: { kind: 'boolean' }, operator: 'eq', operands: [first, cx.undefinedAt(span)] });
  const then = cx.expression(initializer);
  const otherwise = again();
  const type = otherwise.type.kind === 'unknown' ? then.type : stripNullish(otherwise.type);
  return cx.builder.make({ kind: 'conditional', ...span, type, test, then, otherwise });
}

export function elementAt(cx: Lowering, source: Expression, index: number, span: Span): Expression {
  const container = stripNullish(source.type);
  const type = container.kind === 'tuple' && index < container.elements.length ? container.elements[index] : elementOf(container);
  return cx.builder.make({ kind: 'index', ...span, type, object: source, index: cx.number(index, String(index), false, span), optional: false });
}

export function propertyAt(cx: Lowering, source: Expression, name: string, span: Span): Expression {
  return cx.builder.make({ kind: 'property', ...span, type: propertyType(stripNullish(source.type), name), object: source, name, optional: false });
}
