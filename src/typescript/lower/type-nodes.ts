import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { typedArrayType, unionOf } from './library';

const K = ts.SyntaxKind;
const DEPTH = 4;

/** A written type, as far as the syntax of this file tells; the checker is asked for names that are declared elsewhere. */
export function typeOfAnnotation(cx: Lowering, node: ts.TypeNode | undefined): ValueType {
  if (!node) return UNKNOWN;
  return read(cx, node, 0) ?? cx.types.typeOf(node);
}

/** Null: syntax alone cannot tell. */
function read(cx: Lowering, node: ts.TypeNode, depth: number): ValueType | null {
  if (depth > DEPTH) return UNKNOWN;
  const next = (inner: ts.TypeNode): ValueType | null => read(cx, inner, depth + 1);
  switch (node.kind) {
    case K.NumberKeyword: return NUMBER;
    case K.StringKeyword: return { kind: 'string' };
    case K.BooleanKeyword: return { kind: 'boolean' };
    case K.BigIntKeyword: return { kind: 'bigint' };
    case K.SymbolKeyword: return { kind: 'symbol' };
    case K.VoidKeyword: case K.UndefinedKeyword: return { kind: 'undefined' };
    case K.NeverKeyword: return { kind: 'never' };
    case K.AnyKeyword: case K.UnknownKeyword: case K.ObjectKeyword: return UNKNOWN;
    case K.ParenthesizedType: return next((node as ts.ParenthesizedTypeNode).type);
    case K.OptionalType: return next((node as ts.OptionalTypeNode).type);
    case K.NamedTupleMember: return next((node as ts.NamedTupleMember).type);
    case K.TypePredicate: return { kind: 'boolean' };
    case K.ArrayType: return wrap(next((node as ts.ArrayTypeNode).elementType), element => ({ kind: 'array', element }));
    case K.TypeOperator: {
      const operator = node as ts.TypeOperatorNode;
      return operator.operator === K.ReadonlyKeyword ? next(operator.type) : null;
    }
    case K.TupleType: {
      const elements = (node as ts.TupleTypeNode).elements;
      if (elements.some(element => element.kind === K.RestType || ts.isNamedTupleMember(element) && (element.dotDotDotToken || element.questionToken) || element.kind === K.OptionalType)) return null;
      const types = elements.map(next);
      return types.includes(null) ? null : { kind: 'tuple', elements: types as ValueType[] };
    }
    case K.UnionType: {
      const types = (node as ts.UnionTypeNode).types.map(next);
      if (types.includes(null)) return null;
      return mergeLiterals(types as ValueType[]);
    }
    case K.LiteralType: return literalType((node as ts.LiteralTypeNode).literal);
    case K.FunctionType: {
      const fn = node as ts.FunctionTypeNode;
      const result = next(fn.type) ?? UNKNOWN;
      return { kind: 'function', parameters: fn.parameters.map(p => p.type ? next(p.type) ?? UNKNOWN : UNKNOWN), result };
    }
    case K.TypeLiteral: return members(cx, (node as ts.TypeLiteralNode).members, undefined, depth);
    case K.TypeReference: return reference(cx, node as ts.TypeReferenceNode, depth);
    default: return null;
  }
}

function wrap(inner: ValueType | null, make: (inner: ValueType) => ValueType): ValueType | null {
  return inner === null ? null : make(inner);
}

function literalType(literal: ts.LiteralTypeNode['literal']): ValueType | null {
  if (ts.isNumericLiteral(literal)) return { kind: 'number', literals: [Number(literal.text)] };
  if (ts.isStringLiteralLike(literal)) return { kind: 'string', literals: [literal.text] };
  if (literal.kind === K.NullKeyword) return { kind: 'null' };
  if (literal.kind === K.TrueKeyword || literal.kind === K.FalseKeyword) return { kind: 'boolean' };
  if (ts.isPrefixUnaryExpression(literal) && literal.operator === K.MinusToken && ts.isNumericLiteral(literal.operand)) return { kind: 'number', literals: [-Number(literal.operand.text)] };
  return null;
}

/** `1 | 2 | 'a'` → number with two literals, string with one. */
export function mergeLiterals(types: readonly ValueType[]): ValueType {
  const flat = types.flatMap(type => type.kind === 'union' ? type.members : [type]);
  const numbers = flat.filter(type => type.kind === 'number');
  const strings = flat.filter(type => type.kind === 'string');
  const rest = flat.filter(type => type.kind !== 'number' && type.kind !== 'string');
  const merged: ValueType[] = [...rest];
  if (numbers.length) merged.push(numbers.every(n => n.literals) ? { kind: 'number', literals: numbers.flatMap(n => n.literals ?? []) } : NUMBER);
  if (strings.length) merged.push(strings.every(s => s.literals) ? { kind: 'string', literals: strings.flatMap(s => s.literals ?? []) } : { kind: 'string' });
  return unionOf(merged);
}

function reference(cx: Lowering, node: ts.TypeReferenceNode, depth: number): ValueType | null {
  if (!ts.isIdentifier(node.typeName)) return null;
  const name = node.typeName.text;
  const argument = (i: number): ValueType | null => node.typeArguments?.[i] ? read(cx, node.typeArguments[i], depth + 1) : UNKNOWN;
  const declaration = cx.typeDeclarations.get(name);
  if (declaration) {
    if (!ts.isEnumDeclaration(declaration) && declaration.typeParameters?.length || node.typeArguments?.length) return null;
    if (ts.isTypeAliasDeclaration(declaration)) return read(cx, declaration.type, depth + 1);
    if (ts.isInterfaceDeclaration(declaration)) return declaration.heritageClauses ? null : members(cx, declaration.members, name, depth);
    if (ts.isEnumDeclaration(declaration)) return enumType(declaration);
    return { ...classType(cx, declaration, name, depth) };
  }
  if (cx.scope.lookup(name) !== undefined) return null;
  const typed = typedArrayType(name);
  if (typed) return typed;
  switch (name) {
    case 'Array': case 'ReadonlyArray': return wrap(argument(0), element => ({ kind: 'array', element }));
    case 'Set': case 'ReadonlySet': return wrap(argument(0), element => ({ kind: 'set', element }));
    case 'Promise': return wrap(argument(0), value => ({ kind: 'promise', value }));
    case 'Map': case 'ReadonlyMap': { const key = argument(0), value = argument(1); return key && value ? { kind: 'map', key, value } : null; }
    case 'Readonly': return argument(0);
    case 'Date': return { kind: 'date' };
    case 'RegExp': return { kind: 'regexp' };
    default: return null;
  }
}

function enumType(node: ts.EnumDeclaration): ValueType | null {
  return node.members.some(member => member.initializer && !ts.isNumericLiteral(member.initializer)) ? null : NUMBER;
}

function members(cx: Lowering, list: readonly ts.TypeElement[], name: string | undefined, depth: number): ValueType | null {
  const properties: Record<string, ValueType> = {};
  for (const member of list) {
    if (ts.isMethodSignature(member)) continue;
    if (!ts.isPropertySignature(member) || !member.name || ts.isComputedPropertyName(member.name)) return null;
    const type = member.type ? read(cx, member.type, depth + 1) : UNKNOWN;
    if (type === null) return null;
    properties[member.name.text] = member.questionToken ? unionOf([type, { kind: 'undefined' }]) : type;
  }
  return name === undefined ? { kind: 'object', properties } : { kind: 'object', name, properties };
}

/** What the annotations and simple initializers of a class say of its instances. */
export function classType(cx: Lowering, node: ts.ClassLikeDeclaration, name: string, depth = 0): ValueType {
  const properties: Record<string, ValueType> = {};
  const add = (key: ts.PropertyName, annotation: ts.TypeNode | undefined, initializer: ts.Expression | undefined): void => {
    if (ts.isComputedPropertyName(key)) return;
    const type = annotation ? read(cx, annotation, depth + 1) : initializer && ts.isNumericLiteral(initializer) ? NUMBER : null;
    if (type !== null && type.kind !== 'unknown') properties[key.text] = type;
  };
  for (const member of node.members) {
    if (ts.isPropertyDeclaration(member) && !member.modifiers?.some(m => m.kind === K.StaticKeyword)) {
      if (!member.questionToken) add(member.name, member.type, member.initializer);
    } else if (ts.isGetAccessorDeclaration(member)) add(member.name, member.type, undefined);
    else if (ts.isConstructorDeclaration(member)) {
      for (const parameter of member.parameters) {
        if (ts.isParameterPropertyDeclaration(parameter, member) && ts.isIdentifier(parameter.name) && !parameter.questionToken) add(parameter.name, parameter.type, parameter.initializer);
      }
    }
  }
  return { kind: 'object', name, properties };
}
