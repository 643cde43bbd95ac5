import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { typedArrayType, unionOf } from './library';
import { mergeLiterals } from './type-algebra';
import { membersOf } from './type-members';
import { keep, typeParameterAt, type TypeDeclaration, type TypeNames } from './type-names';

const K = ts.SyntaxKind;
const DEPTH = 6;

/** Where a type is read. */
export interface Reading {
  readonly names: TypeNames;
  /** Arguments of the generic declaration that is being read. */
  readonly arguments: ReadonlyMap<string, ValueType>;
  /** What a type parameter without an argument is: its constraint (inside its function), or a reason to give up (for a caller of it). */
  readonly free: 'constraint' | 'give up';
  readonly depth: number;
}

export function reading(names: TypeNames, free: Reading['free'] = 'constraint'): Reading {
  return { names, arguments: new Map(), free, depth: 0 };
}

/** A written type as plain data, from syntax alone. Null: it takes the checker to tell. */
export function readType(node: ts.TypeNode, at: Reading): ValueType | null {
  if (at.depth > DEPTH) return UNKNOWN;
  const next = (inner: ts.TypeNode): ValueType | null => readType(inner, { ...at, depth: at.depth + 1 });
  switch (node.kind) {
    case K.NumberKeyword: return NUMBER;
    case K.StringKeyword: return { kind: 'string' };
    case K.BooleanKeyword: return { kind: 'boolean' };
    case K.BigIntKeyword: return { kind: 'bigint' };
    case K.SymbolKeyword: return { kind: 'symbol' };
    case K.VoidKeyword: case K.UndefinedKeyword: return { kind: 'undefined' };
    case K.NeverKeyword: return { kind: 'never' };
    case K.AnyKeyword: case K.UnknownKeyword: case K.ObjectKeyword: case K.JSDocAllType: case K.JSDocUnknownType: return UNKNOWN;
    case K.ParenthesizedType: case K.OptionalType: case K.NamedTupleMember: case K.JSDocNonNullableType: case K.JSDocOptionalType: case K.JSDocTypeExpression:
      return next((node as ts.ParenthesizedTypeNode).type);
    case K.JSDocNullableType: return wrap(next((node as ts.JSDocNullableType).type), type => unionOf([type, { kind: 'null' }]));
    case K.JSDocVariadicType: return wrap(next((node as ts.JSDocVariadicType).type), element => ({ kind: 'array', element }));
    case K.TypePredicate: return (node as ts.TypePredicateNode).assertsModifier ? { kind: 'undefined' } : { kind: 'boolean' };
    case K.ArrayType: return wrap(next((node as ts.ArrayTypeNode).elementType), element => ({ kind: 'array', element }));
    case K.TypeOperator: return (node as ts.TypeOperatorNode).operator === K.ReadonlyKeyword ? next((node as ts.TypeOperatorNode).type) : null;
    case K.TupleType: {
      const { elements } = node as ts.TupleTypeNode;
      if (elements.some(element => element.kind === K.RestType || element.kind === K.OptionalType || ts.isNamedTupleMember(element) && (element.dotDotDotToken || element.questionToken))) return null;
      const types = elements.map(next);
      return types.includes(null) ? null : { kind: 'tuple', elements: types as ValueType[] };
    }
    case K.UnionType: {
      const types = (node as ts.UnionTypeNode).types.map(next);
      return types.includes(null) ? null : mergeLiterals(types as ValueType[]);
    }
    case K.LiteralType: return literalType((node as ts.LiteralTypeNode).literal);
    case K.FunctionType: {
      const fn = node as ts.FunctionTypeNode;
      return { kind: 'function', parameters: fn.parameters.map(p => p.type ? next(p.type) ?? UNKNOWN : UNKNOWN), result: next(fn.type) ?? UNKNOWN };
    }
    case K.TypeLiteral: return wrap(membersOf((node as ts.TypeLiteralNode).members, next, at.names), properties => ({ kind: 'object', properties }));
    case K.TypeReference: return reference(node as ts.TypeReferenceNode, at);
    default: return null;
  }
}

function wrap<T>(inner: T | null, make: (inner: T) => ValueType): ValueType | null {
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

function reference(node: ts.TypeReferenceNode, at: Reading): ValueType | null {
  if (!ts.isIdentifier(node.typeName)) return null;
  const name = node.typeName.text;
  const parameter = typeParameterAt(node, name);
  if (parameter) {
    const given = at.arguments.get(name);
    if (given) return given;
    if (at.free === 'give up') return null;
    return parameter.constraint ? readType(parameter.constraint, { ...at, depth: at.depth + 1 }) : UNKNOWN;
  }
  const found = at.names.find(name);
  if (found.kind === 'unknown') return null;
  return found.kind === 'declared' ? declared(found.declaration, name, node, found.names, at) : libraryType(node, name, at);
}

/** A reference to an alias, interface, class or enum of the program, with its type arguments. */
function declared(declaration: TypeDeclaration, name: string, node: ts.TypeReferenceNode, names: TypeNames, at: Reading): ValueType | null {
  if (ts.isEnumDeclaration(declaration)) return declaration.members.some(member => member.initializer && !ts.isNumericLiteral(member.initializer)) ? null : NUMBER;
  const given = new Map<string, ValueType>();
  for (const [i, parameter] of (declaration.typeParameters ?? []).entries()) {
    const argument = node.typeArguments?.[i];
    const type = argument ? readType(argument, { ...at, depth: at.depth + 1 })
      : parameter.default ? readType(parameter.default, { names, arguments: given, free: at.free, depth: at.depth + 1 }) : UNKNOWN;
    if (type === null) return null;
    given.set(parameter.name.text, type);
  }
  const inside: Reading = { names, arguments: given, free: at.free, depth: at.depth + 1 };
  if (ts.isTypeAliasDeclaration(declaration)) return readType(declaration.type, inside);
  return instanceType(declaration, name, inside);
}

/** Instances of an interface or class. Below another object only its name: its members are read when they are asked for. */
export function instanceType(declaration: ts.InterfaceDeclaration | ts.ClassLikeDeclaration, name: string, at: Reading): ValueType | null {
  if (at.depth > 2 && at.arguments.size === 0) return { kind: 'object', name, properties: {} };
  return at.arguments.size > 0 ? readInstance(declaration, name, at) : keep(at.names, declaration, `${name} ${at.free} ${at.depth}`, () => readInstance(declaration, name, at));
}

function readInstance(declaration: ts.InterfaceDeclaration | ts.ClassLikeDeclaration, name: string, at: Reading): ValueType | null {
  const inherited = inheritedProperties(declaration, at);
  if (inherited === null) return null;
  const next = (inner: ts.TypeNode): ValueType | null => readType(inner, { ...at, depth: at.depth + 2 });
  const own = membersOf(declaration.members, next, at.names);
  return own === null ? null : { kind: 'object', name, properties: { ...inherited, ...own } };
}

function inheritedProperties(declaration: ts.InterfaceDeclaration | ts.ClassLikeDeclaration, at: Reading): Readonly<Record<string, ValueType>> | null {
  let all: Record<string, ValueType> = {};
  for (const clause of declaration.heritageClauses ?? []) {
    if (clause.token !== K.ExtendsKeyword) continue;
    for (const base of clause.types) {
      if (!ts.isIdentifier(base.expression) || base.typeArguments || at.depth > 3) return ts.isInterfaceDeclaration(declaration) ? null : all;
      const found = at.names.find(base.expression.text);
      const type = found.kind === 'declared' && (ts.isInterfaceDeclaration(found.declaration) || ts.isClassLike(found.declaration)) && !found.declaration.typeParameters
        ? instanceType(found.declaration, '', { names: found.names, arguments: new Map(), free: at.free, depth: at.depth + 1 }) : null;
      if (type?.kind !== 'object') return ts.isInterfaceDeclaration(declaration) ? null : all;
      all = { ...all, ...type.properties };
    }
  }
  return all;
}

/** Types of the language's own library. */
function libraryType(node: ts.TypeReferenceNode, name: string, at: Reading): ValueType | null {
  const argument = (i: number): ValueType | null => node.typeArguments?.[i] ? readType(node.typeArguments[i], { ...at, depth: at.depth + 1 }) : UNKNOWN;
  const typed = typedArrayType(name);
  if (typed) return typed;
  switch (name) {
    case 'Array': case 'ReadonlyArray': return wrap(argument(0), element => ({ kind: 'array', element }));
    case 'Set': case 'ReadonlySet': return wrap(argument(0), element => ({ kind: 'set', element }));
    case 'Promise': return wrap(argument(0), value => ({ kind: 'promise', value }));
    case 'Map': case 'ReadonlyMap': { const key = argument(0), value = argument(1); return key && value ? { kind: 'map', key, value } : null; }
    case 'Readonly': case 'NonNullable': return argument(0);
    case 'Partial': return wrap(argument(0), type => type.kind !== 'object' ? UNKNOWN
      : { kind: 'object', properties: Object.fromEntries(Object.entries(type.properties).map(([key, inner]) => [key, unionOf([inner, { kind: 'undefined' }])])) });
    case 'Record': case 'Iterable': case 'Iterator': case 'WeakMap': case 'WeakSet': case 'ArrayBuffer': case 'DataView': return { kind: 'object', properties: {} };
    case 'Number': return NUMBER;
    case 'String': return { kind: 'string' };
    case 'Boolean': return { kind: 'boolean' };
    case 'Date': return { kind: 'date' };
    case 'RegExp': return { kind: 'regexp' };
    case 'Error': case 'Object': case 'Function': return { kind: 'object', properties: {} };
    default: return null;
  }
}
