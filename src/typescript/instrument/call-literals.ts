import ts from 'typescript';
import { toReal, type JsonValue } from '../../protocol/real';
import { binaryValue, unaryValue } from '../lower/enums';
import { bare } from './bindings';

/** One call whose arguments are all written out. */
export interface LiteralCall {
  /** From 1. */
  readonly line: number;
  readonly args: readonly JsonValue[];
}

/**
 * The calls of a function in a source text whose arguments are literals: numbers, texts, arrays, objects, typed arrays, arithmetic on numbers, and constants of the file that stand for such. Calls that are
 * expected to throw are left out.
 * @param name `f`, or `Class.method` for a static one
 * @param leads whether a module specifier of this text leads to the function's file; null when the text is that file
 */
export function literalCalls(file: string, text: string, name: string, leads: ((specifier: string) => boolean) | null): LiteralCall[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const [root, member] = name.split('.') as [string, string | undefined];
  const names = leads ? importedNames(source, root, leads) : { direct: new Set([root]), spaces: new Set<string>() };
  if (names.direct.size + names.spaces.size === 0) return [];
  const isTarget = (node: ts.Expression, wanted: string | undefined): boolean => {
    const e = bare(node);
    if (wanted !== undefined) return ts.isPropertyAccessExpression(e) && e.name.text === wanted && isTarget(e.expression, undefined);
    if (ts.isIdentifier(e)) return names.direct.has(e.text);
    return ts.isPropertyAccessExpression(e) && e.name.text === root && ts.isIdentifier(e.expression) && names.spaces.has(e.expression.text);
  };
  const constants = constantsOf(source);
  const found: LiteralCall[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && isTarget(node.expression, member) && !expectedToThrow(node)) {
      const args = valuesOf(node.arguments, constants, 0);
      if (args) found.push({ line: source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1, args: args.map(written) });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Local names of an imported function, and of module objects that hold it. */
function importedNames(source: ts.SourceFile, root: string, leads: (specifier: string) => boolean): { direct: Set<string>; spaces: Set<string> } {
  const [direct, spaces] = [new Set<string>(), new Set<string>()];
  const required = (node: ts.Expression | undefined): boolean => node !== undefined && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === 'require'
    && node.arguments.length === 1 && ts.isStringLiteralLike(node.arguments[0]) && leads(node.arguments[0].text);
  for (const s of source.statements) {
    if (ts.isImportDeclaration(s) && ts.isStringLiteral(s.moduleSpecifier) && leads(s.moduleSpecifier.text)) {
      const bound = s.importClause?.namedBindings;
      if (s.importClause?.name?.text === root) direct.add(root);
      if (bound && ts.isNamespaceImport(bound)) spaces.add(bound.name.text);
      if (bound && ts.isNamedImports(bound)) for (const e of bound.elements) if ((e.propertyName ?? e.name).text === root) direct.add(e.name.text);
    } else if (ts.isVariableStatement(s)) {
      for (const d of s.declarationList.declarations) {
        if (!required(d.initializer)) continue;
        if (ts.isIdentifier(d.name)) spaces.add(d.name.text);
        else if (ts.isObjectBindingPattern(d.name)) for (const e of d.name.elements) if (((e.propertyName ?? e.name) as ts.Identifier).text === root && ts.isIdentifier(e.name)) direct.add(e.name.text);
      }
    }
  }
  return { direct, spaces };
}

function expectedToThrow(node: ts.Node): boolean {
  for (let n = node; !ts.isSourceFile(n); n = n.parent) if (ts.isStatement(n) && !ts.isBlock(n)) return /\b(?:toThrow\w*|throws|rejects)\b/.test(n.getText());
  return false;
}

type Constants = ReadonlyMap<string, ts.Expression>;

/** `const` variables whose name is declared once in the whole file, by their initializers. */
function constantsOf(source: ts.SourceFile): Constants {
  const found = new Map<string, ts.Expression | null>();
  const visit = (node: ts.Node): void => {
    if ((ts.isVariableDeclaration(node) || ts.isParameter(node) || ts.isBindingElement(node) || ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name && ts.isIdentifier(node.name)) {
      const constant = ts.isVariableDeclaration(node) && node.initializer && ts.isVariableDeclarationList(node.parent) && (node.parent.flags & ts.NodeFlags.Const) !== 0;
      found.set(node.name.text, constant && !found.has(node.name.text) ? node.initializer : null);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return new Map([...found].filter((entry): entry is [string, ts.Expression] => entry[1] !== null));
}

/** A value of the source text; undefined stands for "not a literal", so that an undefined of the program is null. */
type Literal = number | string | boolean | null | Literal[] | { [key: string]: Literal };

function valuesOf(nodes: readonly ts.Expression[], constants: Constants, depth: number): Literal[] | undefined {
  const out: Literal[] = [];
  for (const node of nodes) {
    const value = literal(ts.isSpreadElement(node) ? node.expression : node, constants, depth + 1);
    if (value === undefined || (ts.isSpreadElement(node) && !Array.isArray(value))) return undefined;
    if (ts.isSpreadElement(node)) out.push(...value as Literal[]); else out.push(value);
  }
  return out;
}

function literal(node: ts.Expression, constants: Constants, depth: number): Literal | undefined {
  const e = bare(node);
  if (depth > 20) return undefined;
  if (ts.isNumericLiteral(e)) return Number(e.text);
  if (ts.isStringLiteralLike(e)) return e.text;
  if (e.kind === ts.SyntaxKind.TrueKeyword || e.kind === ts.SyntaxKind.FalseKeyword) return e.kind === ts.SyntaxKind.TrueKeyword;
  if (e.kind === ts.SyntaxKind.NullKeyword) return null;
  if (ts.isIdentifier(e)) return e.text === 'NaN' ? NaN : e.text === 'Infinity' ? Infinity : e.text === 'undefined' ? null : constants.has(e.text) ? literal(constants.get(e.text)!, constants, depth + 1) : undefined;
  if (ts.isArrayLiteralExpression(e)) return valuesOf(e.elements, constants, depth);
  if (ts.isObjectLiteralExpression(e)) return objectOf(e, constants, depth);
  if (ts.isPrefixUnaryExpression(e) || ts.isBinaryExpression(e)) return arithmetic(e, constants, depth);
  if (ts.isPropertyAccessExpression(e) && ts.isIdentifier(e.expression) && (e.expression.text === 'Math' || e.expression.text === 'Number')) {
    const value = (e.expression.text === 'Math' ? Math as unknown : Number as unknown) as Readonly<Record<string, unknown>>;
    return typeof value[e.name.text] === 'number' ? value[e.name.text] as number : undefined;
  }
  return listOf(e, constants, depth);
}

function objectOf(node: ts.ObjectLiteralExpression, constants: Constants, depth: number): Literal | undefined {
  const out: Record<string, Literal> = {};
  for (const p of node.properties) {
    const name = p.name && (ts.isIdentifier(p.name) || ts.isStringLiteralLike(p.name) || ts.isNumericLiteral(p.name)) ? p.name.text : undefined;
    const value = ts.isPropertyAssignment(p) ? literal(p.initializer, constants, depth + 1) : ts.isShorthandPropertyAssignment(p) ? literal(p.name, constants, depth + 1) : undefined;
    if (name === undefined || name === '__proto__' || value === undefined) return undefined;
    out[name] = value;
  }
  return out;
}

function arithmetic(e: ts.PrefixUnaryExpression | ts.BinaryExpression, constants: Constants, depth: number): Literal | undefined {
  if (ts.isPrefixUnaryExpression(e)) {
    const value = literal(e.operand, constants, depth + 1);
    return typeof value === 'number' ? unaryValue(e.operator, value) ?? undefined : undefined;
  }
  const [a, b] = [literal(e.left, constants, depth + 1), literal(e.right, constants, depth + 1)];
  return typeof a === 'number' && typeof b === 'number' ? binaryValue(e.operatorToken.kind, a, b) ?? undefined : undefined;
}

/** `new Float64Array([…])`, `Float32Array.of(…)`, `Float64Array.from([…])`, `new Set([…])`: as a list of their elements. */
function listOf(e: ts.Expression, constants: Constants, depth: number): Literal | undefined {
  if (ts.isNewExpression(e) && ts.isIdentifier(e.expression) && /^(?:\w+\d+(?:Clamped)?Array|Array|Set)$/.test(e.expression.text)) {
    const args = valuesOf(e.arguments ?? [], constants, depth);
    if (args?.length !== 1) return undefined;
    if (Array.isArray(args[0])) return args[0];
    return typeof args[0] === 'number' && Number.isInteger(args[0]) && args[0] >= 0 && args[0] <= 4096 && e.expression.text !== 'Array' ? new Array<number>(args[0]).fill(0) : undefined;
  }
  if (ts.isCallExpression(e) && ts.isPropertyAccessExpression(e.expression) && ts.isIdentifier(e.expression.expression) && /^(?:\w+\d+(?:Clamped)?)?Array$/.test(e.expression.expression.text)) {
    const args = valuesOf(e.arguments, constants, depth);
    if (e.expression.name.text === 'of') return args;
    if (e.expression.name.text === 'from' && args?.length === 1 && Array.isArray(args[0])) return args[0];
  }
  return undefined;
}

/** As a case of a request. */
function written(value: Literal): JsonValue {
  if (typeof value === 'number') return toReal(value);
  if (Array.isArray(value)) return value.map(written);
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, written(v)])) : value;
}
