import ts from 'typescript';
import type { FunctionId } from '../../program';
import { bare } from './bare';
import type { ClassInfo, Lowering } from './context';
import { evaluateEnum } from './enums';
import { describe, memberNameOf, staticMember } from './members';
import { classType } from './type-nodes';

/** Declares the `var`s of a function, wherever in its blocks they stand. */
export function hoistVariables(cx: Lowering, body: ts.Node): void {
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isExpression(node)) return;
    if (ts.isVariableDeclarationList(node) && !(node.flags & ts.NodeFlags.BlockScoped)) {
      for (const declaration of node.declarations) declareNames(cx, declaration.name, 'var');
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(body, visit);
}

function declareNames(cx: Lowering, name: ts.BindingName, kind: 'var' | 'let' | 'const'): void {
  if (ts.isIdentifier(name)) { if (name.text !== '') cx.declare(name.text, kind, cx.span(name)); return; }
  for (const element of name.elements) if (!ts.isOmittedExpression(element)) declareNames(cx, element.name, kind);
}

/** Declares everything that the statements of one block declare, before any of them is lowered: names may be used by functions above their declaration. */
export function hoistBlock(cx: Lowering, statements: readonly ts.Statement[]): void {
  for (const statement of statements) if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement) || ts.isEnumDeclaration(statement) || ts.isClassDeclaration(statement)) {
    if (statement.name) cx.typeDeclarations.set(statement.name.text, statement);
  }
  for (const statement of statements) hoist(cx, statement);
}

function hoist(cx: Lowering, statement: ts.Statement): void {
  if (ts.isFunctionDeclaration(statement)) {
    const name = statement.name?.text ?? 'default';
    const variable = cx.declare(name, 'function', cx.span(statement.name ?? statement));
    if (!statement.body) return;
    const id = cx.functionId(statement, 'function', name);
    describe(cx, statement, cx.builder.functions[id], name);
    cx.functionOfVariable.set(variable, id);
    exportIf(cx, statement, id);
    cx.postpone(id, () => cx.functionBody(statement, name));
  } else if (ts.isVariableStatement(statement)) {
    const list = statement.declarationList;
    const kind = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.BlockScoped ? 'let' : 'var';
    for (const declaration of list.declarations) {
      declareNames(cx, declaration.name, kind);
      hoistFunctionValue(cx, statement, declaration);
    }
  } else if (ts.isClassDeclaration(statement)) {
    const name = statement.name?.text ?? 'default';
    cx.declare(name, 'class', cx.span(statement.name ?? statement));
    hoistClass(cx, statement, name);
  } else if (ts.isEnumDeclaration(statement)) {
    cx.enums.set(cx.declare(statement.name.text, 'const', cx.span(statement.name)), evaluateEnum(statement));
  } else if (ts.isModuleDeclaration(statement)) {
    if (ts.isIdentifier(statement.name)) cx.declare(statement.name.text, 'const', cx.span(statement.name));
  } else if (ts.isImportDeclaration(statement)) hoistImport(cx, statement);
  else if (ts.isImportEqualsDeclaration(statement)) cx.declare(statement.name.text, 'import', cx.span(statement.name));
}

/** `const f = () => …` is a function by that name. */
function hoistFunctionValue(cx: Lowering, statement: ts.VariableStatement, declaration: ts.VariableDeclaration): void {
  if (!ts.isIdentifier(declaration.name) || !declaration.initializer) return;
  const value = bare(declaration.initializer);
  if (!ts.isArrowFunction(value) && !ts.isFunctionExpression(value)) return;
  const variable = cx.scope.lookup(declaration.name.text);
  if (variable === undefined || cx.functionOfVariable.has(variable)) return;
  const id = cx.functionId(value, ts.isArrowFunction(value) ? 'arrow' : 'function', declaration.name.text);
  describe(cx, value, cx.builder.functions[id], declaration.name.text);
  cx.functionOfVariable.set(variable, id);
  exportIf(cx, statement, id);
}

export function isExported(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(m => m.kind === ts.SyntaxKind.ExportKeyword) ?? false);
}

function exportIf(cx: Lowering, node: ts.Node, id: FunctionId): void {
  if (isExported(node)) cx.builder.functions[id].exported = true;
}

/** Gives ids to the methods of a class, so that calls to them can be resolved before their bodies are lowered. */
export function hoistClass(cx: Lowering, node: ts.ClassLikeDeclaration, name: string): ClassInfo {
  const heritage = node.heritageClauses?.find(clause => clause.token === ts.SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
  const base = heritage && ts.isIdentifier(heritage) ? heritage.text : heritage ? '?' : null;
  const info: ClassInfo = { name, base, methods: new Map(), statics: new Map(), construct: null, type: classType(cx, node, name) };
  const exported = isExported(node);
  for (const member of node.members) {
    if (!(ts.isMethodDeclaration(member) || ts.isConstructorDeclaration(member)) || !member.body) continue;
    const id = cx.functionId(member, ts.isConstructorDeclaration(member) ? 'constructor' : 'method', memberNameOf(name, member));
    const fn = cx.builder.functions[id];
    describe(cx, member, fn, memberNameOf(name, member));
    const isPrivate = member.name !== undefined && ts.isPrivateIdentifier(member.name) || (ts.getModifiers(member)?.some(m => m.kind === ts.SyntaxKind.PrivateKeyword) ?? false);
    fn.exported = exported && !isPrivate;
    fn.escapes = !isPrivate;
    if (ts.isConstructorDeclaration(member)) info.construct = id;
    else if (!ts.isComputedPropertyName(member.name)) (staticMember(member) ? info.statics : info.methods).set(member.name.text, id);
  }
  if (name !== '') cx.classes.set(name, info);
  return info;
}

function hoistImport(cx: Lowering, node: ts.ImportDeclaration): void {
  const clause = node.importClause;
  if (!clause || !ts.isStringLiteral(node.moduleSpecifier)) return;
  const module = node.moduleSpecifier.text;
  const add = (identifier: ts.Identifier, name: string): void => {
    cx.builder.variables[cx.declare(identifier.text, 'import', cx.span(identifier))].imported = { module, name };
  };
  if (clause.name) add(clause.name, 'default');
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) add(bindings.name, '*');
  else if (bindings) for (const element of bindings.elements) add(element.name, (element.propertyName ?? element.name).text);
}
