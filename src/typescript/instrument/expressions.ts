import ts from 'typescript';
import { access, member } from './access';
import { assignment, isAssignment, update } from './assignments';
import { bare } from './bindings';
import { argumentCodes, call, construct, elements } from './calls';
import { memberName } from './classes';
import { held, inRegister, ownShadow, passed, plain, registered, type Context, type Emitted } from './context';
import { functionTail, given, isAsync, setProperty } from './functions';
import type { Unit } from './module';
import { asText, binary, prefixUnary } from './operations';

/** Emits an expression with its shadow. */
export function emitExpression(c: Context, node: ts.Expression, unit: Unit = ''): Emitted {
  const e = bare(node);
  switch (e.kind) {
    case ts.SyntaxKind.NumericLiteral: {
      const value = Number((e as ts.NumericLiteral).text);
      return plain(Number.isFinite(value) ? String(value) : 'Infinity', Number.isSafeInteger(value) ? 'integer' : 'any', true);
    }
    case ts.SyntaxKind.Identifier: return identifier(c, e as ts.Identifier);
    case ts.SyntaxKind.ThisKeyword: return plain('this', 'other', true);
    case ts.SyntaxKind.BinaryExpression: {
      const b = e as ts.BinaryExpression;
      return isAssignment(b.operatorToken.kind) ? assignment(c, b) : binary(c, b, unit, false);
    }
    case ts.SyntaxKind.PrefixUnaryExpression: {
      const u = e as ts.PrefixUnaryExpression;
      return u.operator === ts.SyntaxKind.PlusPlusToken || u.operator === ts.SyntaxKind.MinusMinusToken ? update(c, u, false) : prefixUnary(c, u);
    }
    case ts.SyntaxKind.PostfixUnaryExpression: return update(c, e as ts.PostfixUnaryExpression, false);
    case ts.SyntaxKind.PropertyAccessExpression: case ts.SyntaxKind.ElementAccessExpression: return access(c, e as ts.PropertyAccessExpression | ts.ElementAccessExpression);
    case ts.SyntaxKind.CallExpression: return call(c, e as ts.CallExpression);
    case ts.SyntaxKind.NewExpression: return construct(c, e as ts.NewExpression);
    case ts.SyntaxKind.ConditionalExpression: {
      const q = e as ts.ConditionalExpression;
      const [then, otherwise] = [c.expression(q.whenTrue, unit), c.expression(q.whenFalse, unit)];
      const kind = then.kind === otherwise.kind ? then.kind : 'any';
      if (kind === 'other' || kind === 'integer') return plain(`(${c.value(q.condition)} ? ${then.code} : ${otherwise.code})`, kind);
      return inRegister(c, `(${c.value(q.condition)} ? ${registered(c, then)} : ${registered(c, otherwise)})`, kind);
    }
    case ts.SyntaxKind.ArrayLiteralExpression: return plain(elements(c, (e as ts.ArrayLiteralExpression).elements), 'other');
    case ts.SyntaxKind.ObjectLiteralExpression: return plain(objectLiteral(c, e as ts.ObjectLiteralExpression), 'other');
    case ts.SyntaxKind.ArrowFunction: case ts.SyntaxKind.FunctionExpression: return plain(`(${c.functionLike(e as ts.FunctionExpression)})`, 'other');
    case ts.SyntaxKind.ClassExpression: return plain(`(${c.classLike(e as ts.ClassExpression)})`, 'other');
    case ts.SyntaxKind.TemplateExpression: {
      const t = e as ts.TemplateExpression;
      return plain(`\`${rawText(t.head)}${t.templateSpans.map(s => `\${${asText(c, s.expression)}}${rawText(s.literal)}`).join('')}\``, 'other');
    }
    case ts.SyntaxKind.TaggedTemplateExpression: {
      const t = e as ts.TaggedTemplateExpression;
      const template = ts.isTemplateExpression(t.template) ? taggedTemplate(c, t.template) : t.template.getText(c.source);
      return inRegister(c, `${c.p}ret(${ts.isIdentifier(t.tag) || ts.isPropertyAccessExpression(t.tag) ? c.value(t.tag) : `(${c.value(t.tag)})`}${template})`, 'any');
    }
    case ts.SyntaxKind.SpreadElement: return plain(`...${c.value((e as ts.SpreadElement).expression)}`, 'other');
    case ts.SyntaxKind.TypeOfExpression: return plain(`(typeof ${c.value((e as ts.TypeOfExpression).expression)})`, 'other');
    case ts.SyntaxKind.VoidExpression: return plain(`(void ${c.value((e as ts.VoidExpression).expression)})`, 'other');
    case ts.SyntaxKind.DeleteExpression: {
      const target = bare((e as ts.DeleteExpression).expression);
      return plain(`(delete ${ts.isPropertyAccessExpression(target) || ts.isElementAccessExpression(target) ? member(c, target) : c.value(target)})`, 'other');
    }
    case ts.SyntaxKind.AwaitExpression: return inRegister(c, `${c.p}aw(await ${c.value((e as ts.AwaitExpression).expression)})`, 'any');
    case ts.SyntaxKind.YieldExpression: {
      const y = e as ts.YieldExpression;
      if (y.asteriskToken) return inRegister(c, `${c.p}ret((yield* ${c.value(y.expression!)}))`, 'any');
      return inRegister(c, `${c.p}ra((yield ${y.expression ? given(c, c.expression(y.expression), isAsync(y)) : ''}))`, 'any');
    }
    case ts.SyntaxKind.MetaProperty: return plain((e as ts.MetaProperty).keywordToken === ts.SyntaxKind.NewKeyword ? 'new.target' : `({ url: ${JSON.stringify(`file://${c.source.fileName}`)} })`, 'other');
    case ts.SyntaxKind.JsxElement: case ts.SyntaxKind.JsxSelfClosingElement: case ts.SyntaxKind.JsxFragment:
      return plain(c.problem(e, 'JSX is not simulated: move the numeric code into a function without it.'), 'other');
    case ts.SyntaxKind.StringLiteral: case ts.SyntaxKind.NoSubstitutionTemplateLiteral: case ts.SyntaxKind.RegularExpressionLiteral: case ts.SyntaxKind.BigIntLiteral:
    case ts.SyntaxKind.TrueKeyword: case ts.SyntaxKind.FalseKeyword: case ts.SyntaxKind.NullKeyword: return plain(e.getText(c.source), 'other', true);
    case ts.SyntaxKind.OmittedExpression: return plain('', 'other');
    case ts.SyntaxKind.ExpressionWithTypeArguments: return c.expression((e as ts.ExpressionWithTypeArguments).expression);
    default: return plain(c.problem(e, `"${e.getText(c.source).slice(0, 40)}" is not something that can be simulated.`), 'any');
  }
}

/** Emits an expression where its shadow is not needed: the object of an access, a condition, a callee, text. */
export function emitValue(c: Context, node: ts.Expression): string {
  const e = bare(node);
  if (ts.isIdentifier(e)) return c.bindings.of(e)?.imported ?? e.text;
  if ((ts.isPropertyAccessExpression(e) || ts.isElementAccessExpression(e)) && !ts.isOptionalChain(e)) return member(c, e);
  if (ts.isBinaryExpression(e)) {
    const kind = e.operatorToken.kind;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken || kind === ts.SyntaxKind.BarBarToken || kind === ts.SyntaxKind.QuestionQuestionToken) {
      return `(${c.value(e.left)} ${e.operatorToken.getText(c.source)} ${c.value(e.right)})`;
    }
  }
  if (ts.isConditionalExpression(e)) return `(${c.value(e.condition)} ? ${c.value(e.whenTrue)} : ${c.value(e.whenFalse)})`;
  return c.expression(e).code;
}

function identifier(c: Context, node: ts.Identifier): Emitted {
  const binding = c.bindings.of(node);
  if (!binding && (node.text === 'NaN' || node.text === 'Infinity')) return plain(node.text === 'NaN' ? '(0 / 0)' : '(1 / 0)', 'any', true);
  if (!binding) return plain(node.text, node.text === 'undefined' ? 'other' : 'any', node.text === 'NaN' || node.text === 'Infinity' || node.text === 'undefined');
  if (binding.imported) return inRegister(c, binding.imported, 'any');
  if (binding.integer) return plain(node.text, 'integer', true);
  const companions = c.companions(binding);
  const kind = binding.neverNumber ? 'other' : binding.maybeInteger ? 'dynamic' : binding.inFormat && !binding.accumulator ? 'data' : 'any';
  return companions.length ? { code: node.text, shadow: companions, kind, atom: true } : plain(node.text, kind, true);
}

/** A template with a tag: the tag is called with the values, their shadows are those of its arguments from the second on. */
function taggedTemplate(c: Context, node: ts.TemplateExpression): string {
  const values = argumentCodes(c, node.templateSpans.map(s => s.expression), 1);
  return `\`${rawText(node.head)}${node.templateSpans.map((s, i) => `\${${values[i]}}${rawText(s.literal)}`).join('')}\``;
}

function rawText(part: ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail): string {
  return part.rawText ?? part.text.replace(/[`\\]|\$\{/g, '\\$&');
}

function objectLiteral(c: Context, node: ts.ObjectLiteralExpression): string {
  const object = c.temporary();
  const after: string[] = [];
  const parts = node.properties.map(property => {
    if (ts.isSpreadAssignment(property)) {
      const from = c.temporary();
      after.push(`${c.p}copy(${object}, ${from})`);
      return `...(${from} = ${c.value(property.expression)})`;
    }
    if (ts.isMethodDeclaration(property)) {
      const modifiers = ts.getModifiers(property) ?? [];
      return `${modifiers.some(m => m.kind === ts.SyntaxKind.AsyncKeyword) ? 'async ' : ''}${property.asteriskToken ? '*' : ''}${memberName(c, property.name)}${functionTail(c, property)}`;
    }
    if (ts.isGetAccessorDeclaration(property) || ts.isSetAccessorDeclaration(property)) return `${ts.isGetAccessorDeclaration(property) ? 'get' : 'set'} ${memberName(c, property.name)}${functionTail(c, property)}`;
    const value = ts.isShorthandPropertyAssignment(property) ? identifier(c, property.name) : c.expression(property.initializer);
    const name = property.name;
    if (value.kind === 'other' || !value.shadow) return `${memberName(c, name)}: ${value.code}`;
    const kept = held(c, value);
    if (ts.isComputedPropertyName(name)) {
      const computed = c.temporary();
      after.push(`${c.p}putk(${object}, ${computed}, ${passed(c, kept.value)})`);
      return `[${computed} = ${c.value(name.expression)}]: (${kept.first}, ${kept.value.code})`;
    }
    if (ts.isNumericLiteral(name)) {
      after.push(`${c.p}putk(${object}, ${Number(name.text)}, ${passed(c, kept.value)})`);
      return `${memberName(c, name)}: (${kept.first}, ${kept.value.code})`;
    }
    const key = (name as ts.Identifier).text;
    after.push(setProperty(c, object, key, kept.value.code, kept.value.shadow ?? ownShadow(c, kept.value.code)));
    return `${memberName(c, name)}: (${kept.first}, ${kept.value.code})`;
  });
  const literal = `{ ${parts.join(', ')} }`;
  return after.length ? `(${object} = ${literal}, ${after.join(', ')}, ${object})` : `(${literal})`;
}
