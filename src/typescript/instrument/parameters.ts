import ts from 'typescript';
import { UNKNOWN, type TypedArrayName, type ValueType } from '../../program/types';
import type { InstrumentedFunction, InstrumentedParameter } from './module';

/** Top-level functions and methods (`Class.method`) of a file, as a simulation may call them. */
export function functionsOf(source: ts.SourceFile): InstrumentedFunction[] {
  const out: InstrumentedFunction[] = [];
  const types = declaredTypes(source);
  const listed = new Set<string>();
  for (const s of source.statements) if (ts.isExportDeclaration(s) && !s.moduleSpecifier && s.exportClause && ts.isNamedExports(s.exportClause)) s.exportClause.elements.forEach(e => listed.add((e.propertyName ?? e.name).text));
  const add = (name: string, node: ts.FunctionLikeDeclaration, nameNode: ts.Node, exported: boolean, documented: ts.Node): void => {
    const ranges = rangesOf(documented);
    out.push({ name, start: documented.getStart(source), end: documented.end, nameStart: nameNode.getStart(source), exported: exported || listed.has(name.split('.')[0]),
      parameters: node.parameters.filter(p => !(ts.isIdentifier(p.name) && p.name.text === 'this')).map(p => parameter(p, types, ranges)), resultText: node.type?.getText(source) ?? '' });
  };
  for (const s of source.statements) {
    const exported = ts.canHaveModifiers(s) && (ts.getModifiers(s)?.some(m => m.kind === ts.SyntaxKind.ExportKeyword) ?? false);
    if (ts.isFunctionDeclaration(s) && s.body) add(s.name?.text ?? 'default', s, s.name ?? s, exported, s);
    else if (ts.isVariableStatement(s)) {
      for (const d of s.declarationList.declarations) {
        const value = d.initializer && (ts.isParenthesizedExpression(d.initializer) ? d.initializer.expression : d.initializer);
        if (value && ts.isIdentifier(d.name) && (ts.isArrowFunction(value) || ts.isFunctionExpression(value))) add(d.name.text, value, d.name, exported, s);
      }
    } else if (ts.isClassDeclaration(s) && s.name) {
      for (const m of s.members) if (ts.isMethodDeclaration(m) && m.body && ts.isIdentifier(m.name)) add(`${s.name.text}.${m.name.text}`, m, m.name, exported, m);
    } else if (ts.isExportAssignment(s) && (ts.isArrowFunction(s.expression) || ts.isFunctionExpression(s.expression))) add('default', s.expression, s.expression, true, s);
  }
  return out;
}

type Declared = ReadonlyMap<string, ts.TypeNode | ts.InterfaceDeclaration | ts.ClassDeclaration>;

function declaredTypes(source: ts.SourceFile): Declared {
  const types = new Map<string, ts.TypeNode | ts.InterfaceDeclaration | ts.ClassDeclaration>();
  for (const s of source.statements) {
    if (ts.isInterfaceDeclaration(s)) types.set(s.name.text, s);
    else if (ts.isTypeAliasDeclaration(s)) types.set(s.name.text, s.type);
    else if (ts.isClassDeclaration(s) && s.name) types.set(s.name.text, s);
  }
  return types;
}

function parameter(p: ts.ParameterDeclaration, types: Declared, ranges: ReadonlyMap<string, readonly [number, number]>): InstrumentedParameter {
  const name = ts.isIdentifier(p.name) ? p.name.text : p.name.getText();
  const node = p.type ?? ts.getJSDocType(p);
  const type = node ? typeOf(node, types, 0) : p.initializer && ts.isNumericLiteral(p.initializer) ? { kind: 'number' as const } : UNKNOWN;
  return { name, typeText: node?.getText() ?? '', type, range: ranges.get(name) ?? null, optional: p.questionToken !== undefined || p.initializer !== undefined, rest: p.dotDotDotToken !== undefined };
}

/** JSDoc `@range NAME [LO, HI]`. */
function rangesOf(node: ts.Node): Map<string, readonly [number, number]> {
  const out = new Map<string, readonly [number, number]>();
  for (const tag of ts.getJSDocTags(node)) {
    if (tag.tagName.text !== 'range') continue;
    const text = typeof tag.comment === 'string' ? tag.comment : ts.getTextOfJSDocComment(tag.comment) ?? '';
    const m = /^(\S+)\s*\[\s*([^,\]]+),\s*([^\]]+)\]/.exec(text);
    if (m && Number.isFinite(Number(m[2])) && Number.isFinite(Number(m[3]))) out.set(m[1], [Number(m[2]), Number(m[3])]);
  }
  return out;
}

const typedArray = /^(?:Float(?:16|32|64)|Int(?:8|16|32)|Uint(?:8|16|32)|Uint8Clamped|Big(?:Int|Uint)64)Array$/;

/** The type that a type node writes, as far as this file alone tells; names of other files are unknown. */
export function typeOf(node: ts.TypeNode, types: Declared, depth: number): ValueType {
  if (depth > 5) return UNKNOWN;
  const next = (n: ts.TypeNode): ValueType => typeOf(n, types, depth + 1);
  switch (node.kind) {
    case ts.SyntaxKind.NumberKeyword: return { kind: 'number' };
    case ts.SyntaxKind.StringKeyword: return { kind: 'string' };
    case ts.SyntaxKind.BooleanKeyword: return { kind: 'boolean' };
    case ts.SyntaxKind.BigIntKeyword: return { kind: 'bigint' };
    case ts.SyntaxKind.UndefinedKeyword: case ts.SyntaxKind.VoidKeyword: return { kind: 'undefined' };
    case ts.SyntaxKind.ArrayType: return { kind: 'array', element: next((node as ts.ArrayTypeNode).elementType) };
    case ts.SyntaxKind.TupleType: return { kind: 'tuple', elements: (node as ts.TupleTypeNode).elements.map(e => next(ts.isNamedTupleMember(e) ? e.type : e)) };
    case ts.SyntaxKind.ParenthesizedType: return next((node as ts.ParenthesizedTypeNode).type);
    case ts.SyntaxKind.TypeOperator: return next((node as ts.TypeOperatorNode).type);
    case ts.SyntaxKind.UnionType: return union((node as ts.UnionTypeNode).types.map(next));
    case ts.SyntaxKind.FunctionType: {
      const f = node as ts.FunctionTypeNode;
      return { kind: 'function', parameters: f.parameters.map(p => p.type ? next(p.type) : UNKNOWN), result: next(f.type) };
    }
    case ts.SyntaxKind.LiteralType: {
      const literal = (node as ts.LiteralTypeNode).literal;
      if (ts.isNumericLiteral(literal)) return { kind: 'number', literals: [Number(literal.text)] };
      if (ts.isPrefixUnaryExpression(literal) && ts.isNumericLiteral(literal.operand)) return { kind: 'number', literals: [-Number(literal.operand.text)] };
      if (ts.isStringLiteral(literal)) return { kind: 'string', literals: [literal.text] };
      return literal.kind === ts.SyntaxKind.NullKeyword ? { kind: 'null' } : { kind: 'boolean' };
    }
    case ts.SyntaxKind.TypeLiteral: return { kind: 'object', properties: members((node as ts.TypeLiteralNode).members, next) };
    case ts.SyntaxKind.TypeReference: return reference(node as ts.TypeReferenceNode, types, depth, next);
    default: return UNKNOWN;
  }
}

function reference(node: ts.TypeReferenceNode, types: Declared, depth: number, next: (n: ts.TypeNode) => ValueType): ValueType {
  const name = node.typeName.getText();
  const args = node.typeArguments ?? [];
  if (typedArray.test(name)) return { kind: 'typedArray', name: name as TypedArrayName };
  if ((name === 'Array' || name === 'ReadonlyArray' || name === 'ArrayLike' || name === 'Iterable') && args.length > 0) return { kind: 'array', element: next(args[0]) };
  if ((name === 'Map' || name === 'ReadonlyMap') && args.length === 2) return { kind: 'map', key: next(args[0]), value: next(args[1]) };
  if ((name === 'Set' || name === 'ReadonlySet') && args.length === 1) return { kind: 'set', element: next(args[0]) };
  if ((name === 'Readonly' || name === 'Partial' || name === 'Required') && args.length === 1) return next(args[0]);
  const declared = types.get(name);
  if (!declared) return UNKNOWN;
  if (ts.isInterfaceDeclaration(declared)) return { kind: 'object', name, properties: members(declared.members, n => typeOf(n, types, depth + 1)) };
  return ts.isClassDeclaration(declared) ? UNKNOWN : typeOf(declared, types, depth + 1);
}

function members(nodes: readonly ts.TypeElement[], next: (n: ts.TypeNode) => ValueType): Record<string, ValueType> {
  const out: Record<string, ValueType> = {};
  for (const m of nodes) if (ts.isPropertySignature(m) && m.type && (ts.isIdentifier(m.name) || ts.isStringLiteral(m.name))) out[m.name.text] = next(m.type);
  return out;
}

function union(all: readonly ValueType[]): ValueType {
  const numbers = all.flatMap(t => t.kind === 'number' ? [t] : []);
  if (all.length > 0 && numbers.length === all.length && numbers.every(n => n.literals)) return { kind: 'number', literals: numbers.flatMap(n => n.literals ?? []) };
  const texts = all.flatMap(t => t.kind === 'string' ? [t] : []);
  if (all.length > 0 && texts.length === all.length && texts.every(n => n.literals)) return { kind: 'string', literals: texts.flatMap(n => n.literals ?? []) };
  return { kind: 'union', members: all };
}
