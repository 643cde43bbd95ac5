import ts from 'typescript';
import type { Expression, Statement, ValueType } from '../../program';
import { annotateVariable } from './annotations';
import { elementAt, propertyAt, withDefault } from './assignments';
import type { Span } from './builder';
import type { Lowering } from './context';
import { elementOf, namedConstants } from './library';
import { stripNullish, widened } from './type-algebra';

type BindingKind = 'parameter' | 'const' | 'let' | 'var';

/** `const {a, b: [c = 1], ...rest} = value`: declarations of the pattern's variables, through temporaries. */
export function lowerPattern(cx: Lowering, name: ts.BindingName, value: Expression, kind: BindingKind, out: Statement[], span: Span): void {
  if (ts.isIdentifier(name)) {
    bind(cx, name, value, kind, out, span);
    return;
  }
  const source = simpleSource(cx, value, out, span);
  if (ts.isArrayBindingPattern(name)) {
    name.elements.forEach((element, i) => {
      if (ts.isOmittedExpression(element)) return;
      const elementSpan = cx.span(element);
      const read = element.dotDotDotToken ? (): Expression => cx.opaque(elementSpan, 'rest of a pattern', [source()], restType(source().type)) : (): Expression => elementAt(cx, source(), i, elementSpan);
      lowerElement(cx, element, read, kind, out);
    });
    return;
  }
  for (const element of name.elements) {
    const elementSpan = cx.span(element);
    const key = element.propertyName ?? element.name;
    const read = (): Expression => {
      if (element.dotDotDotToken) return cx.opaque(elementSpan, 'rest of a pattern', [source()]);
      if (ts.isIdentifier(key) || ts.isStringLiteralLike(key) || ts.isNumericLiteral(key)) {
        const constant = namedConstant(cx, value, key.text);
        if (constant !== null) return cx.number(constant, key.text, true, elementSpan);
        const property = propertyAt(cx, source(), key.text, elementSpan);
        return property.type.kind === 'unknown' && ts.isIdentifier(element.name) && !element.initializer ? Object.assign(property, { type: cx.types.typeOf(element.name) }) : property;
      }
      if (ts.isComputedPropertyName(key)) return cx.builder.make({ kind: 'index', ...elementSpan, type: cx.types.typeOf(element.name), object: source(), index: cx.expression(key.expression), optional: false });
      return cx.opaque(elementSpan, 'pattern', [source()]);
    };
    lowerElement(cx, element, read, kind, out);
  }
}

/** `const { PI } = Math`. */
function namedConstant(cx: Lowering, source: Expression, name: string): number | null {
  if (source.kind !== 'variable') return null;
  const variable = cx.builder.variables[source.variable];
  return variable.kind === 'global' ? namedConstants.get(`${variable.name}.${name}`) ?? null : null;
}

function restType(type: ValueType): ValueType {
  const container = stripNullish(type);
  return container.kind === 'array' || container.kind === 'unknown' ? container : { kind: 'array', element: elementOf(container) };
}

function lowerElement(cx: Lowering, element: ts.BindingElement, read: () => Expression, kind: BindingKind, out: Statement[]): void {
  const first = read();
  const value = element.initializer ? withDefault(cx, first, read, element.initializer) : first;
  lowerPattern(cx, element.name, value, kind, out, cx.span(element));
}

/** Something that can be read again and again: the variable itself, or a temporary that holds the value. */
function simpleSource(cx: Lowering, value: Expression, out: Statement[], span: Span): () => Expression {
  if (value.kind === 'variable' && cx.builder.variables[value.variable].kind !== 'let' && cx.builder.variables[value.variable].kind !== 'var') {
    let first = true;
    return () => {
      if (first) { first = false; return value; }
      return cx.read(value.variable, value, value.type);
    };
  }
  const temporary = cx.temporary(value, value.type);
  out.push({ kind: 'declare', variable: temporary, value, start: span.start, end: span.end });
  return () => cx.read(temporary, value, value.type);
}

function bind(cx: Lowering, name: ts.Identifier, value: Expression | null, kind: BindingKind, out: Statement[], span: Span): void {
  const id = cx.declare(name.text, kind, cx.span(name));
  const variable = cx.builder.variables[id];
  if (variable.type.kind === 'unknown' && value) variable.type = variableType(cx, name, value, kind);
  annotateVariable(cx, id, name);
  out.push({ kind: 'declare', variable: id, value, start: span.start, end: span.end });
}

/** Type of a variable without annotation. Empty arrays and null say nothing of what comes later. */
function variableType(cx: Lowering, name: ts.Identifier, value: Expression, kind: BindingKind): ValueType {
  const type = widened(value.type);
  if (value.kind === 'array' && value.elements.length === 0) return cx.types.typeOf(name);
  if (kind !== 'const' && (type.kind === 'null' || type.kind === 'undefined')) return cx.types.typeOf(name);
  return type.kind === 'unknown' ? cx.types.typeOf(name) : type;
}
