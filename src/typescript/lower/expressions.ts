import ts from 'typescript';
import type { Expression, Statement, ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import { bare } from './bare';
import { lowerAssignment, lowerIncrement, isAssignmentOperator } from './assignments';
import { lowerCall } from './calls';
import { lowerNew } from './constructions';
import type { Lowering } from './context';
import { elementOf, unionOf } from './library';
import { lowerIdentifier } from './names';
import { lowerBinary, lowerUnary } from './operators';
import { lowerElement, lowerProperty } from './properties';
import { typeOfAnnotation } from './type-nodes';

const K = ts.SyntaxKind;

/** Deeper nesting than any hand-written code; below it the expression is opaque, so that no reader of the program overflows its stack. */
const DEPTH_LIMIT = 400;

export function lowerExpression(cx: Lowering, node: ts.Expression): Expression {
  if (cx.depth >= DEPTH_LIMIT) return cx.opaque(cx.span(node), 'nested too deeply', []);
  cx.depth++;
  try {
    return dispatch(cx, node);
  } finally {
    cx.depth--;
  }
}

function dispatch(cx: Lowering, node: ts.Expression): Expression {
  switch (node.kind) {
    case K.ParenthesizedExpression: return cx.expression((node as ts.ParenthesizedExpression).expression);
    case K.AsExpression: case K.SatisfiesExpression: case K.TypeAssertionExpression: return lowerAssertion(cx, node as ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion);
    case K.NonNullExpression: case K.ExpressionWithTypeArguments: return cx.expression((node as ts.NonNullExpression).expression);
    case K.NumericLiteral: return lowerNumber(cx, node as ts.NumericLiteral);
    case K.StringLiteral: case K.NoSubstitutionTemplateLiteral:
      return constant(cx, node, 'string', (node as ts.StringLiteral).text, { kind: 'string' });
    case K.TrueKeyword: return constant(cx, node, 'boolean', true, { kind: 'boolean' });
    case K.FalseKeyword: return constant(cx, node, 'boolean', false, { kind: 'boolean' });
    case K.NullKeyword: return constant(cx, node, 'null', null, { kind: 'null' });
    case K.BigIntLiteral: return constant(cx, node, 'bigint', bigintText(node as ts.BigIntLiteral), { kind: 'bigint' });
    case K.RegularExpressionLiteral: return constant(cx, node, 'regexp', (node as ts.RegularExpressionLiteral).text, { kind: 'regexp' });
    case K.Identifier: return lowerIdentifier(cx, node as ts.Identifier);
    case K.BinaryExpression: {
      const binary = node as ts.BinaryExpression;
      return isAssignmentOperator(binary.operatorToken.kind) ? lowerAssignment(cx, binary) : lowerBinary(cx, binary);
    }
    case K.PrefixUnaryExpression: {
      const unary = node as ts.PrefixUnaryExpression;
      return unary.operator === K.PlusPlusToken || unary.operator === K.MinusMinusToken ? lowerIncrement(cx, unary) : lowerUnary(cx, unary);
    }
    case K.PostfixUnaryExpression: return lowerIncrement(cx, node as ts.PostfixUnaryExpression);
    case K.TypeOfExpression:
      return cx.builder.make({ kind: 'operation', ...cx.span(node), type: { kind: 'string' }, operator: 'typeof', operands: [cx.expression((node as ts.TypeOfExpression).expression)] });
    case K.VoidExpression: {
      const inner = cx.expression((node as ts.VoidExpression).expression);
      return cx.builder.make({ kind: 'sequence', ...cx.span(node), type: { kind: 'undefined' }, expressions: [inner, cx.undefinedAt(cx.span(node))] });
    }
    case K.ConditionalExpression: return lowerConditional(cx, node as ts.ConditionalExpression);
    case K.PropertyAccessExpression: return lowerProperty(cx, node as ts.PropertyAccessExpression);
    case K.ElementAccessExpression: return lowerElement(cx, node as ts.ElementAccessExpression);
    case K.CallExpression: return lowerCall(cx, node as ts.CallExpression);
    case K.NewExpression: return lowerNew(cx, node as ts.NewExpression);
    case K.ArrayLiteralExpression: return lowerArray(cx, node as ts.ArrayLiteralExpression);
    case K.ObjectLiteralExpression: return lowerObject(cx, node as ts.ObjectLiteralExpression);
    case K.FunctionExpression: case K.ArrowFunction: {
      const id = cx.functionBody(node as ts.FunctionExpression | ts.ArrowFunction, (node as ts.FunctionExpression).name?.text ?? '');
      cx.builder.functions[id].escapes = true;
      return functionLiteral(cx, node, id);
    }
    case K.ClassExpression: return lowerClassExpression(cx, node as ts.ClassExpression);
    case K.TemplateExpression: return lowerTemplate(cx, node as ts.TemplateExpression);
    case K.ThisKeyword: return cx.opaque(cx.span(node), 'this', [], cx.classInfo?.type ?? UNKNOWN);
    case K.SuperKeyword: return cx.opaque(cx.span(node), 'super', []);
    case K.AwaitExpression: {
      const inner = cx.expression((node as ts.AwaitExpression).expression);
      return cx.opaque(cx.span(node), 'await', [inner], cx.typed(inner.type.kind === 'promise' ? inner.type.value : inner.type, node));
    }
    default: return lowerOther(cx, node);
  }
}

/** Whatever has no form of its own: opaque, with every expression inside it lowered so that nothing in it is lost. */
function lowerOther(cx: Lowering, node: ts.Expression): Expression {
  const children: Expression[] = [];
  const collect = (child: ts.Node): void => {
    if (ts.isExpression(child) && !ts.isOmittedExpression(child) && child.kind !== K.JsxOpeningElement && !isJsx(child)) children.push(cx.expression(child));
    else if (!ts.isTypeNode(child) && !ts.isIdentifier(child)) ts.forEachChild(child, collect);
  };
  if (node.kind !== K.MetaProperty) ts.forEachChild(node, collect);
  return cx.opaque(cx.span(node), reasonFor(node), children, UNKNOWN);
}

function isJsx(node: ts.Node): boolean {
  return node.kind >= K.JsxElement && node.kind <= K.JsxNamespacedName;
}

function reasonFor(node: ts.Expression): string {
  switch (node.kind) {
    case K.YieldExpression: return 'yield';
    case K.TaggedTemplateExpression: return 'tagged template';
    case K.DeleteExpression: return 'delete';
    case K.ImportKeyword: return 'import';
    case K.MetaProperty: return 'import.meta';
    case K.SpreadElement: return 'spread';
    default: return isJsx(node) ? 'JSX' : 'unsupported syntax';
  }
}

function lowerAssertion(cx: Lowering, node: ts.AsExpression | ts.SatisfiesExpression | ts.TypeAssertion): Expression {
  const inner = cx.expression(node.expression);
  if (inner.type.kind !== 'unknown' || node.kind === K.SatisfiesExpression) return inner;
  // Only expressions without a type of their own take the asserted one: an assertion is a claim, not evidence.
  const asserted = typeOfAnnotation(cx, node.type);
  (inner as { type: ValueType }).type = asserted;
  return inner;
}

function constant(cx: Lowering, node: ts.Node, of: 'string' | 'boolean' | 'null' | 'bigint' | 'regexp', value: string | boolean | null, type: ValueType): Expression {
  return cx.builder.make({ kind: 'constant', ...cx.span(node), type, value, of });
}

function bigintText(node: ts.BigIntLiteral): string {
  try { return BigInt(node.text.slice(0, -1).replaceAll('_', '')).toString(); } catch { return '0'; }
}

function lowerNumber(cx: Lowering, node: ts.NumericLiteral): Expression {
  const span = cx.span(node);
  const text = cx.builder.text.slice(span.start, span.end);
  const plain = text.replaceAll('_', '');
  // Legacy octal `017`; the compiler has already turned the rest into decimal text.
  const value = /^0[0-7]+$/.test(plain) ? parseInt(plain, 8) : Number(plain);
  return cx.number(Number.isNaN(value) ? Number(node.text) : value, text, false, span);
}

function lowerConditional(cx: Lowering, node: ts.ConditionalExpression): Expression {
  const test = cx.expression(node.condition);
  const then = cx.expression(node.whenTrue);
  const otherwise = cx.expression(node.whenFalse);
  return cx.builder.make({ kind: 'conditional', ...cx.span(node), type: unionOf([then.type, otherwise.type]), test, then, otherwise });
}

function lowerArray(cx: Lowering, node: ts.ArrayLiteralExpression): Expression {
  const elements: (Expression | null)[] = [];
  const spread: boolean[] = [];
  for (const element of node.elements) {
    spread.push(ts.isSpreadElement(element));
    elements.push(ts.isOmittedExpression(element) ? null : cx.expression(ts.isSpreadElement(element) ? element.expression : element));
  }
  const types = elements.map((element, i) => element === null ? UNKNOWN : spread[i] ? elementOf(element.type) : element.type);
  const uniform = types.length > 0 ? unionOf(types) : UNKNOWN;
  return cx.builder.make({ kind: 'array', ...cx.span(node), type: { kind: 'array', element: uniform }, elements, spread });
}

function lowerObject(cx: Lowering, node: ts.ObjectLiteralExpression): Expression {
  const properties: { name: string | null; spread: boolean; value: Expression }[] = [];
  const types: Record<string, ValueType> = {};
  let open = false;
  const outerClass = cx.classInfo;
  for (const property of node.properties) {
    const name = property.name && !ts.isComputedPropertyName(property.name) ? property.name.text : null;
    let value: Expression;
    if (ts.isPropertyAssignment(property)) value = lowerNamed(cx, property.initializer, name ?? '');
    else if (ts.isShorthandPropertyAssignment(property)) value = cx.expression(property.name);
    else if (ts.isSpreadAssignment(property)) {
      properties.push({ name: null, spread: true, value: cx.expression(property.expression) });
      open = true;
      continue;
    } else {
      cx.classInfo = null;
      const id = cx.functionBody(property, name ?? '');
      cx.classInfo = outerClass;
      cx.builder.functions[id].escapes = true;
      const literal = functionLiteral(cx, property, id);
      value = ts.isMethodDeclaration(property) ? literal : cx.opaque(cx.span(property), ts.isGetAccessorDeclaration(property) ? 'getter' : 'setter', [literal]);
    }
    if (name === null) {
      if (property.name && ts.isComputedPropertyName(property.name)) value = cx.opaque(cx.span(property), 'computed key', [cx.expression(property.name.expression), value], value.type);
      open = true;
    } else types[name] = value.type;
    properties.push({ name, spread: false, value });
  }
  return cx.builder.make({ kind: 'object', ...cx.span(node), type: open ? UNKNOWN : { kind: 'object', properties: types }, properties });
}

/** A function literal that is the value of a name takes that name. */
export function lowerNamed(cx: Lowering, node: ts.Expression, name: string): Expression {
  const inner = bare(node);
  if (ts.isArrowFunction(inner) || ts.isFunctionExpression(inner)) {
    const id = cx.functionBody(inner, inner.name?.text ?? name);
    cx.builder.functions[id].escapes = true;
    return functionLiteral(cx, inner, id);
  }
  return cx.expression(node);
}

export function functionLiteral(cx: Lowering, node: ts.Node, id: number): Expression {
  const fn = cx.builder.functions[id];
  const type: ValueType = { kind: 'function', parameters: fn.parameters.map(p => cx.builder.variables[p.variable].type), result: fn.result };
  return cx.builder.make({ kind: 'function', ...cx.span(node), type, function: id });
}

function lowerClassExpression(cx: Lowering, node: ts.ClassExpression): Expression {
  const out: Statement[] = [];
  cx.classLike(node, node.name?.text ?? '', out);
  return cx.opaque(cx.span(node), 'class', out.flatMap(statement => statement.kind === 'expression' ? [statement.expression] : []));
}

function lowerTemplate(cx: Lowering, node: ts.TemplateExpression): Expression {
  const parts: Expression[] = [];
  const text = (piece: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail): void => {
    if (piece.text !== '') parts.push(constant(cx, piece, 'string', piece.text, { kind: 'string' }));
  };
  text(node.head);
  for (const span of node.templateSpans) {
    parts.push(cx.expression(span.expression));
    text(span.literal);
  }
  return cx.builder.make({ kind: 'template', ...cx.span(node), type: { kind: 'string' }, parts });
}

