import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { elementOf, libraryNamespaces, mathOperators, namedConstants, propertyType } from './library';
import { numberOf } from './names';
import { stripNullish } from './type-algebra';
import { memberOf } from './type-nodes';

/** `Math.PI`, `Number.EPSILON`, `Color.Red`, `a.b`. */
export function lowerProperty(cx: Lowering, node: ts.PropertyAccessExpression): Expression {
  const span = cx.span(node);
  const name = node.name.text;
  if (ts.isIdentifier(node.expression)) {
    const namespace = node.expression.text;
    const second = cx.isGlobal(namespace) ? null : cx.namespaceOf(namespace);
    const renamed = second === null ? undefined : namedConstants.get(`${second}.${name}`);
    if (renamed !== undefined) return cx.number(renamed, `${namespace}.${name}`, true, span);
    if (cx.isGlobal(namespace)) {
      const value = namedConstants.get(`${namespace}.${name}`);
      if (value !== undefined) return cx.number(value, `${namespace}.${name}`, true, span);
      if (libraryNamespaces.has(namespace) && name === 'BYTES_PER_ELEMENT') return cx.number(/(\d+)/.exec(namespace) ? Number(/(\d+)/.exec(namespace)?.[1]) / 8 : 1, `${namespace}.${name}`, true, span);
    } else {
      const id = cx.scope.lookup(namespace);
      const member = id === undefined ? undefined : cx.enums.get(id)?.get(name);
      if (typeof member === 'number') return cx.number(member, `${namespace}.${name}`, true, span);
      if (typeof member === 'string') return cx.builder.make({ kind: 'constant', ...span, type: { kind: 'string' }, value: member, of: 'string' });
      const imports = id === undefined ? undefined : cx.builder.variables[id].imported;
      if (imports) {
        const exported = imports.name === '*' ? cx.exported(imports.module, name) : null;
        const imported = exported ? numberOf(exported.declaration) : cx.types.constantOf(node);
        if (imported !== null) return cx.number(imported, `${namespace}.${name}`, true, span);
      }
    }
  }
  const object = cx.expression(node.expression);
  noteMethodValue(cx, object, name);
  return propertyRead(cx, object, name, node.questionDotToken !== undefined, node);
}

/** A method that is read without being called may be called by anyone. */
function noteMethodValue(cx: Lowering, object: Expression, name: string): void {
  if (object.kind !== 'opaque' && object.type.kind !== 'object') return;
  for (const info of cx.classes.values()) {
    const method = info.methods.get(name);
    if (method !== undefined) cx.builder.functions[method].escapes = true;
  }
}

function propertyRead(cx: Lowering, object: Expression, name: string, optional: boolean, node: ts.Expression): Expression {
  const container = stripNullish(object.type);
  let known = propertyType(container, name);
  if (known.kind === 'unknown' && isGlobalMath(cx, object)) known = mathFunction(name);
  if (known.kind === 'unknown' && container.kind === 'object' && container.name !== undefined) known = memberOf(cx, container.name, name)?.property ?? UNKNOWN;
  return cx.builder.make({ kind: 'property', ...cx.span(node), type: cx.hopeless(object) || name === 'constructor' ? known : cx.typed(known, node), object, name, optional });
}

function isGlobalMath(cx: Lowering, object: Expression): boolean {
  return object.kind === 'variable' && cx.builder.variables[object.variable].kind === 'global' && cx.builder.variables[object.variable].name === 'Math';
}

/** `Math.sqrt` as a value. */
function mathFunction(name: string): ValueType {
  const arity = name === 'random' ? 0 : mathOperators.get(name)?.arity ?? null;
  return arity === null ? UNKNOWN : { kind: 'function', parameters: Array<ValueType>(arity).fill(NUMBER), result: NUMBER };
}

/** `a[i]`, `a["name"]`. */
export function lowerElement(cx: Lowering, node: ts.ElementAccessExpression): Expression {
  const object = cx.expression(node.expression);
  const argument = node.argumentExpression;
  if (ts.isStringLiteralLike(argument)) return propertyRead(cx, object, argument.text, node.questionDotToken !== undefined, node);
  const index = cx.expression(argument);
  return indexRead(cx, object, index, node.questionDotToken !== undefined, node);
}

function indexRead(cx: Lowering, object: Expression, index: Expression, optional: boolean, node: ts.Expression): Expression {
  const container = stripNullish(object.type);
  let known = elementOf(container);
  if (container.kind === 'tuple' && index.kind === 'number' && index.value < container.elements.length) known = container.elements[index.value] ?? UNKNOWN;
  if (container.kind === 'map' || container.kind === 'set') known = UNKNOWN;
  return cx.builder.make({ kind: 'index', ...cx.span(node), type: cx.hopeless(object) ? known : cx.typed(known, node), object, index, optional });
}
