import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { typedArrayType, unionOf } from '../lower/library';
import { mergeLiterals } from '../lower/type-algebra';

const F = ts.TypeFlags;
/** Widest union that is spelled out. */
const MEMBER_LIMIT = 32;
const PROPERTY_LIMIT = 40;

/** What has been converted so far with one checker, by depth. A type that refers to itself is unknown inside itself. */
export type TypeMemo = Map<ts.Type, ValueType>[];

/**
 * A compiler type as plain data. With `depth` 0 (the lowering's need) objects carry their name and no properties, because each property costs the
 * checker its type; with more, that many levels of properties are spelled out.
 */
export function toValueType(checker: ts.TypeChecker, type: ts.Type, memo: TypeMemo, depth = 0): ValueType {
  const level = memo[depth] ??= new Map<ts.Type, ValueType>();
  const known = level.get(type);
  if (known) return known;
  level.set(type, UNKNOWN);
  const result = convert(checker, type, memo, depth);
  level.set(type, result);
  return result;
}

function convert(checker: ts.TypeChecker, type: ts.Type, memo: TypeMemo, depth: number): ValueType {
  const { flags } = type;
  if (flags & F.NumberLiteral && !(flags & F.EnumLiteral)) return { kind: 'number', literals: [(type as ts.NumberLiteralType).value] };
  if (flags & F.NumberLike) return enumNumbers(type);
  if (flags & F.StringLiteral) return { kind: 'string', literals: [(type as ts.StringLiteralType).value] };
  if (flags & F.StringLike) return { kind: 'string' };
  if (flags & F.BooleanLike) return { kind: 'boolean' };
  if (flags & F.BigIntLike) return { kind: 'bigint' };
  if (flags & F.ESSymbolLike) return { kind: 'symbol' };
  if (flags & F.Null) return { kind: 'null' };
  if (flags & (F.Undefined | F.Void)) return { kind: 'undefined' };
  if (flags & F.Never) return { kind: 'never' };
  if (flags & (F.Any | F.Unknown | F.NonPrimitive)) return UNKNOWN;
  if (flags & F.Union) {
    const members = (type as ts.UnionType).types;
    if (members.length > MEMBER_LIMIT) return members.every(member => member.flags & F.NumberLike) ? NUMBER : UNKNOWN;
    return mergeLiterals(members.map(member => toValueType(checker, member, memo, depth)));
  }
  if (flags & F.Object) return objectType(checker, type as ts.ObjectType, memo, depth);
  if (flags & F.Instantiable) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint && constraint !== type ? toValueType(checker, constraint, memo, depth) : UNKNOWN;
  }
  if (flags & F.Intersection) return { kind: 'object', properties: depth > 0 ? properties(checker, type, memo, depth) : {} };
  return UNKNOWN;
}

function enumNumbers(type: ts.Type): ValueType {
  const value = (type as ts.NumberLiteralType).value as number | undefined;
  return typeof value === 'number' ? { kind: 'number', literals: [value] } : NUMBER;
}

function objectType(checker: ts.TypeChecker, type: ts.ObjectType, memo: TypeMemo, depth: number): ValueType {
  const inner = (t: ts.Type | undefined): ValueType => t ? toValueType(checker, t, memo, depth) : UNKNOWN;
  if (checker.isArrayType(type)) return { kind: 'array', element: inner(checker.getTypeArguments(type as ts.TypeReference)[0]) };
  if (checker.isTupleType(type)) {
    const reference = type as ts.TypeReference;
    const elements = checker.getTypeArguments(reference).map(inner);
    const fixed = (reference.target as ts.TupleType).elementFlags.every(flag => flag === ts.ElementFlags.Required);
    return fixed ? { kind: 'tuple', elements } : { kind: 'array', element: unionOf(elements) };
  }
  const name = nameOf(type.symbol as ts.Symbol | undefined);
  const isReference = (type.objectFlags & ts.ObjectFlags.Reference) !== 0;
  const argument = (i: number): ValueType => isReference ? inner(checker.getTypeArguments(type as ts.TypeReference)[i]) : UNKNOWN;
  if (name !== undefined && isLibrary(type.symbol)) {
    const typed = typedArrayType(name);
    if (typed) return typed;
    switch (name) {
      case 'Map': case 'ReadonlyMap': return { kind: 'map', key: argument(0), value: argument(1) };
      case 'Set': case 'ReadonlySet': return { kind: 'set', element: argument(0) };
      case 'Promise': case 'PromiseLike': return { kind: 'promise', value: argument(0) };
      case 'Date': return { kind: 'date' };
      case 'RegExp': return { kind: 'regexp' };
      case 'Number': return NUMBER;
      case 'String': return { kind: 'string' };
      default: break;
    }
  }
  const signatures = type.getCallSignatures();
  if (signatures.length > 0) {
    const signature = signatures[0];
    const parameters = signature.parameters.map(p => p.valueDeclaration ? inner(checker.getTypeOfSymbolAtLocation(p, p.valueDeclaration)) : UNKNOWN);
    return { kind: 'function', parameters, result: inner(signature.getReturnType()) };
  }
  const plain = name === undefined || name.startsWith('__') || isLibrary(type.symbol) ? undefined : name;
  const record = depth > 0 ? properties(checker, type, memo, depth) : {};
  return plain === undefined ? { kind: 'object', properties: record } : { kind: 'object', name: plain, properties: record };
}

/** A class that is its module's default export goes by the name that it declares. */
function nameOf(symbol: ts.Symbol | undefined): string | undefined {
  if (symbol?.name !== 'default') return symbol?.name;
  const declaration = symbol.declarations?.[0];
  return declaration && ts.isClassLike(declaration) ? declaration.name?.text : undefined;
}

/** Only the language's own library: a class `Map` of the program is an object. */
function isLibrary(symbol: ts.Symbol): boolean {
  return symbol.declarations?.some(declaration => !ts.isExternalModule(declaration.getSourceFile()) && declaration.getSourceFile().isDeclarationFile) ?? false;
}

function properties(checker: ts.TypeChecker, type: ts.Type, memo: TypeMemo, depth: number): Readonly<Record<string, ValueType>> {
  const out: Record<string, ValueType> = {};
  for (const symbol of type.getProperties().slice(0, PROPERTY_LIMIT)) {
    const declaration = symbol.valueDeclaration ?? symbol.declarations?.[0];
    if (!declaration || symbol.flags & ts.SymbolFlags.Method) continue;
    if (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) continue;
    const inner = toValueType(checker, checker.getTypeOfSymbolAtLocation(symbol, declaration), memo, depth - 1);
    out[symbol.name] = symbol.flags & ts.SymbolFlags.Optional ? unionOf([inner, { kind: 'undefined' }]) : inner;
  }
  return out;
}
