import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { unionOf } from './library';
import type { TypeNames } from './type-names';

const K = ts.SyntaxKind;

/** The data members of an interface, type literal or class. Null when one of them cannot be read (those of classes are left out instead). */
export function membersOf(list: readonly (ts.TypeElement | ts.ClassElement)[], read: (node: ts.TypeNode) => ValueType | null, names: TypeNames): Readonly<Record<string, ValueType>> | null {
  const properties: Record<string, ValueType> = {};
  for (const member of list) {
    if (ts.isMethodSignature(member) || ts.isConstructSignatureDeclaration(member)) continue;
    if (ts.isPropertySignature(member)) {
      if (ts.isComputedPropertyName(member.name)) return null;
      const type = member.type ? read(member.type) : UNKNOWN;
      if (type === null) return null;
      properties[member.name.text] = member.questionToken ? unionOf([type, { kind: 'undefined' }]) : type;
    } else if (ts.isClassElement(member)) Object.assign(properties, classMember(member, read, names));
    else return null;
  }
  return properties;
}

/** Annotated fields, getters, parameter properties, fields and constructor assignments whose value is plainly a number. */
function classMember(member: ts.ClassElement, read: (node: ts.TypeNode) => ValueType | null, names: TypeNames): Record<string, ValueType> {
  const out: Record<string, ValueType> = {};
  const add = (key: ts.PropertyName | ts.BindingName, annotation: ts.TypeNode | undefined, initializer: ts.Expression | undefined): void => {
    if (!ts.isIdentifier(key) && !ts.isPrivateIdentifier(key) && !ts.isStringLiteralLike(key)) return;
    const type = annotation ? read(annotation) : !initializer ? null : isNumeric(initializer) ? NUMBER : ts.isIdentifier(initializer) ? named(initializer) : null;
    if (type !== null && type.kind !== 'unknown') out[key.text] = type;
  };
  const parameters = ts.isConstructorDeclaration(member) ? member.parameters : [];
  // The name of a constant of the file, not of a parameter before it.
  const named = (value: ts.Identifier): ValueType | null => {
    const before = parameters.find(each => ts.isIdentifier(each.name) && each.name.text === value.text);
    const type = !before ? names.valueType(value.text) : before.type ? read(before.type) : before.initializer && isNumeric(before.initializer) ? NUMBER : null;
    return type?.kind === 'number' ? NUMBER : type?.kind === 'object' ? type : null;
  };
  if (ts.canHaveModifiers(member) && ts.getModifiers(member)?.some(m => m.kind === K.StaticKeyword)) return out;
  if (ts.isPropertyDeclaration(member)) {
    if (!member.questionToken) add(member.name, member.type ?? jsDocType(member), member.initializer);
  } else if (ts.isGetAccessorDeclaration(member)) add(member.name, member.type ?? jsDocResult(member), undefined);
  else if (ts.isConstructorDeclaration(member)) {
    for (const parameter of member.parameters) if (ts.isParameterPropertyDeclaration(parameter, member) && !parameter.questionToken) add(parameter.name, parameter.type, parameter.initializer);
    for (const statement of member.body?.statements ?? []) {
      if (!ts.isExpressionStatement(statement) || !ts.isBinaryExpression(statement.expression) || statement.expression.operatorToken.kind !== K.EqualsToken) continue;
      const { left, right } = statement.expression;
      if (!ts.isPropertyAccessExpression(left) || left.expression.kind !== K.ThisKeyword) continue;
      const parameter = ts.isIdentifier(right) ? member.parameters.find(p => ts.isIdentifier(p.name) && p.name.text === right.text) : undefined;
      add(left.name as ts.Identifier, parameter ? parameter.type ?? jsDocType(parameter) : undefined, parameter?.initializer ?? right);
    }
  }
  return out;
}

function isNumeric(node: ts.Expression): boolean {
  return ts.isNumericLiteral(node) || ts.isPrefixUnaryExpression(node) && (node.operator === K.MinusToken || node.operator === K.PlusToken) && isNumeric(node.operand);
}

/** The type that JSDoc gives a parameter, variable or property; only JavaScript says types there. */
export function jsDocType(node: ts.Node): ts.TypeNode | undefined {
  return node.flags & ts.NodeFlags.JavaScriptFile ? ts.getJSDocType(node) : undefined;
}

export function jsDocResult(node: ts.Node): ts.TypeNode | undefined {
  return node.flags & ts.NodeFlags.JavaScriptFile ? ts.getJSDocReturnType(node) : undefined;
}

/** Whether JSDoc calls the parameter optional: `[x]`, `x=`. */
export function jsDocOptional(node: ts.ParameterDeclaration): boolean {
  if (!(node.flags & ts.NodeFlags.JavaScriptFile)) return false;
  return ts.getJSDocParameterTags(node).some(tag => tag.isBracketed || tag.typeExpression?.type.kind === K.JSDocOptionalType);
}
