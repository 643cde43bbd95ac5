import ts from 'typescript';
import type { Expression, Loop, Statement, VariableId } from '../../program';
import { UNKNOWN } from '../../program';
import { bare } from './bare';
import { annotateVariable } from './annotations';
import { assign, destructure, lowerTarget } from './assignments';
import type { Lowering } from './context';
import { lowerNamed } from './expressions';
import { hoistBlock } from './hoisting';
import { elementOf, libraryNamespaces, mathOperators } from './library';
import { plainVariable } from './plain-variables';
import { stripNullish, widened } from './type-algebra';
import { jsDocType } from './type-members';
import { namesOf, typeOfAnnotation } from './type-nodes';

const K = ts.SyntaxKind;

/** The statements of a block: first what they declare, then they themselves, then the bodies of its functions (which may use all of it). */
export function lowerBlock(cx: Lowering, statements: readonly ts.Statement[], out: Statement[]): void {
  hoistBlock(cx, statements);
  for (const statement of inOrder(statements)) cx.statement(statement, out);
}

/** The same, handing control back after each statement. */
export function* blockSlices(cx: Lowering, statements: readonly ts.Statement[], out: Statement[]): Generator<void, void> {
  hoistBlock(cx, statements);
  for (const statement of inOrder(statements)) { cx.statement(statement, out); yield; }
}

function inOrder(statements: readonly ts.Statement[]): readonly ts.Statement[] {
  return statements.some(ts.isFunctionDeclaration) ? [...statements.filter(s => !ts.isFunctionDeclaration(s)), ...statements.filter(ts.isFunctionDeclaration)] : statements;
}

/** A statement's own list, in its own scope. */
function nested(cx: Lowering, node: ts.Statement): Statement[] {
  const out: Statement[] = [];
  cx.inScope(cx.current, () => lowerBlock(cx, ts.isBlock(node) ? node.statements : [node], out));
  return out;
}

export function lowerStatement(cx: Lowering, node: ts.Statement, out: Statement[], label: string | null = null): void {
  const span = cx.span(node);
  switch (node.kind) {
    case K.VariableStatement:
      if ((node as ts.VariableStatement).modifiers?.some(m => m.kind === K.DeclareKeyword)) lowerAmbient(cx, (node as ts.VariableStatement).declarationList);
      else lowerDeclarations(cx, (node as ts.VariableStatement).declarationList, out);
      return;
    case K.ExpressionStatement: out.push({ kind: 'expression', ...span, expression: cx.expression((node as ts.ExpressionStatement).expression) }); return;
    case K.Block: out.push({ kind: 'block', ...span, label, body: nested(cx, node) }); return;
    case K.IfStatement: {
      const statement = node as ts.IfStatement;
      const test = cx.expression(statement.expression);
      const then = nested(cx, statement.thenStatement);
      out.push({ kind: 'if', ...span, test, then, otherwise: statement.elseStatement ? nested(cx, statement.elseStatement) : [] });
      return;
    }
    case K.ForStatement: lowerFor(cx, node as ts.ForStatement, label, out); return;
    case K.WhileStatement: case K.DoStatement: {
      const statement = node as ts.WhileStatement | ts.DoStatement;
      const form = node.kind === K.WhileStatement ? 'while' : 'do';
      const test = form === 'while' ? cx.expression(statement.expression) : null;
      const body = nested(cx, statement.statement);
      out.push({ kind: 'loop', form, ...span, label, init: [], test: test ?? cx.expression(statement.expression), update: null, body });
      return;
    }
    case K.ForOfStatement: case K.ForInStatement: lowerForOf(cx, node as ts.ForOfStatement | ts.ForInStatement, label, out); return;
    case K.ReturnStatement: {
      const value = (node as ts.ReturnStatement).expression;
      const lowered = value ? lowerNamed(cx, value, '') : null;
      cx.returns.get(cx.current)?.push(lowered?.type ?? { kind: 'undefined' });
      out.push({ kind: 'return', ...span, value: lowered });
      return;
    }
    case K.ThrowStatement: out.push({ kind: 'throw', ...span, value: cx.expression((node as ts.ThrowStatement).expression) }); return;
    case K.BreakStatement: case K.ContinueStatement:
      out.push({ kind: node.kind === K.BreakStatement ? 'break' : 'continue', ...span, label: (node as ts.BreakOrContinueStatement).label?.text ?? null });
      return;
    case K.LabeledStatement: lowerStatement(cx, (node as ts.LabeledStatement).statement, out, (node as ts.LabeledStatement).label.text); return;
    case K.TryStatement: lowerTry(cx, node as ts.TryStatement, out); return;
    case K.SwitchStatement: lowerSwitch(cx, node as ts.SwitchStatement, label, out); return;
    case K.ClassDeclaration: cx.classLike(node as ts.ClassDeclaration, (node as ts.ClassDeclaration).name?.text ?? 'default', out); return;
    case K.FunctionDeclaration: if ((node as ts.FunctionDeclaration).body) cx.demand(cx.functionId(node, 'function', '')); return;
    case K.ModuleDeclaration: lowerNamespace(cx, node as ts.ModuleDeclaration, out); return;
    case K.ExportAssignment: out.push({ kind: 'expression', ...span, expression: lowerNamed(cx, (node as ts.ExportAssignment).expression, 'default') }); return;
    case K.WithStatement: out.push({ kind: 'opaque', ...span, reason: 'with', children: [cx.expression((node as ts.WithStatement).expression)] }); return;
    default: return; // Types, imports, exports by name, empty statements and debugger do nothing.
  }
}

/** `declare const x: number`: someone else defines it, so its value is anything of its type. */
function lowerAmbient(cx: Lowering, list: ts.VariableDeclarationList): void {
  for (const declaration of list.declarations) {
    if (!ts.isIdentifier(declaration.name)) continue;
    const id = cx.declare(declaration.name.text, 'global', cx.span(declaration.name));
    const variable = cx.builder.variables[id];
    variable.kind = 'global';
    variable.type = typeOfAnnotation(cx, declaration.type);
    annotateVariable(cx, id, declaration.name);
  }
}

function lowerDeclarations(cx: Lowering, list: ts.VariableDeclarationList, out: Statement[]): void {
  const kind = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.BlockScoped ? 'let' : 'var';
  for (const declaration of list.declarations) {
    const span = cx.span(declaration);
    if (!ts.isIdentifier(declaration.name)) {
      if (!declaration.initializer) continue;
      const value = cx.expression(declaration.initializer);
      const written = typeOfAnnotation(cx, declaration.type ?? jsDocType(declaration));
      if (value.type.kind === 'unknown' && written.kind !== 'unknown') Object.assign(value, { type: written });
      cx.pattern(declaration.name, value, kind, out, span);
      noteMathAliases(cx, declaration);
      continue;
    }
    const id = cx.declare(declaration.name.text, kind, cx.span(declaration.name));
    const variable = cx.builder.variables[id];
    const written = declaration.type ?? jsDocType(declaration);
    if (written) variable.type = typeOfAnnotation(cx, written);
    const value = declaration.initializer ? initialValue(cx, id, declaration.initializer, declaration.name.text) : null;
    if (!written && value && variable.type.kind === 'unknown') variable.type = plainVariable(declaration, namesOf(cx)) ?? inferredType(cx, id, declaration.name, value, kind);
    if (!written && !value && kind !== 'const') {
      const plain = plainVariable(declaration, namesOf(cx));
      if (plain) variable.type = plain;
      else cx.evolving.add(id);
    }
    annotateVariable(cx, id, declaration.name);
    noteAlias(cx, id, declaration.initializer);
    if (kind === 'var' && value === null) continue;
    if (kind === 'var') noteVarInitializer(cx, id);
    out.push({ kind: 'declare', ...span, variable: id, value });
  }
}

/** A second initializer of a `var`, or one on top of a function or parameter of that name, is an assignment. */
function noteVarInitializer(cx: Lowering, id: VariableId): void {
  const variable = cx.builder.variables[id];
  if (variable.kind !== 'var' || cx.initialised.has(id)) variable.assignments++;
  cx.initialised.add(id);
}

/** A function that is the value of a variable was given its id when the block was hoisted; being that value is not an escape. */
function initialValue(cx: Lowering, id: VariableId, node: ts.Expression, name: string): Expression {
  const known = cx.functionOfVariable.get(id);
  const escaped = known === undefined || cx.builder.functions[known].escapes;
  const value = lowerNamed(cx, node, name);
  if (known !== undefined && !escaped && value.kind === 'function' && value.function === known) cx.builder.functions[known].escapes = false;
  return value;
}

/** Type of a variable without annotation. Empty arrays, null and undefined say nothing of what comes later. */
function inferredType(cx: Lowering, id: VariableId, name: ts.Identifier, value: Expression, kind: 'const' | 'let' | 'var'): Expression['type'] {
  const type = widened(value.type);
  const empty = value.kind === 'array' && value.elements.length === 0 || kind !== 'const' && (type.kind === 'null' || type.kind === 'undefined');
  if (empty) cx.evolving.add(id);
  if (empty || type.kind === 'unknown' && !cx.hopeless(value)) return cx.types.typeOf(name);
  return type;
}

/** `const floor = Math.floor`. */
function noteAlias(cx: Lowering, id: VariableId, initializer: ts.Expression | undefined): void {
  if (initializer && ts.isIdentifier(initializer) && initializer.text === 'Math' && cx.isGlobal('Math') && cx.keepsValue(id)) cx.namespaces.set(id, 'Math');
  if (!initializer || !ts.isPropertyAccessExpression(initializer) || !ts.isIdentifier(initializer.expression)) return;
  const namespace = cx.namespaceOf(initializer.expression.text);
  if (namespace !== null && libraryNamespaces.has(namespace) && cx.keepsValue(id)) cx.aliases.set(id, `${namespace}.${initializer.name.text}`);
}

/** `const { sqrt, PI: pi } = Math`. */
function noteMathAliases(cx: Lowering, declaration: ts.VariableDeclaration): void {
  if (!ts.isObjectBindingPattern(declaration.name) || !declaration.initializer || !ts.isIdentifier(declaration.initializer)) return;
  const namespace = cx.namespaceOf(declaration.initializer.text);
  if (namespace === null || !libraryNamespaces.has(namespace)) return;
  for (const element of declaration.name.elements) {
    const key = element.propertyName ?? element.name;
    if (!ts.isIdentifier(element.name) || !ts.isIdentifier(key) || element.initializer) continue;
    const id = cx.scope.lookup(element.name.text);
    if (id !== undefined && cx.keepsValue(id) && (namespace !== 'Math' || mathOperators.has(key.text) || key.text === 'random')) cx.aliases.set(id, `${namespace}.${key.text}`);
  }
}

function lowerFor(cx: Lowering, node: ts.ForStatement, label: string | null, out: Statement[]): void {
  cx.inScope(cx.current, () => {
    const init: Statement[] = [];
    if (node.initializer && ts.isVariableDeclarationList(node.initializer)) lowerDeclarations(cx, node.initializer, init);
    else if (node.initializer) init.push({ kind: 'expression', ...cx.span(node.initializer), expression: cx.expression(node.initializer) });
    const test = node.condition ? cx.expression(node.condition) : null;
    const body = nested(cx, node.statement);
    const update = node.incrementor ? cx.expression(node.incrementor) : null;
    const loop: Loop = { kind: 'loop', form: 'for', ...cx.span(node), label, init, test, update, body };
    out.push(loop);
  });
}

function lowerForOf(cx: Lowering, node: ts.ForOfStatement | ts.ForInStatement, label: string | null, out: Statement[]): void {
  const iterable = cx.expression(node.expression);
  const elementType = ts.isForInStatement(node) ? { kind: 'string' } as const : elementOf(stripNullish(iterable.type));
  cx.inScope(cx.current, () => {
    const body: Statement[] = [];
    const [element, target] = loopElement(cx, node, elementType, body);
    body.push(...nested(cx, node.statement));
    out.push({ kind: ts.isForOfStatement(node) ? 'for-of' : 'for-in', ...cx.span(node), label, iterable, element, target, body });
  });
}

function loopElement(cx: Lowering, node: ts.ForOfStatement | ts.ForInStatement, elementType: Expression['type'], body: Statement[]): [VariableId, ReturnType<typeof lowerTarget> | null] {
  const initializer = node.initializer;
  const span = cx.span(initializer);
  if (ts.isVariableDeclarationList(initializer)) {
    const declaration = initializer.declarations[0] as ts.VariableDeclaration | undefined;
    const kind = initializer.flags & ts.NodeFlags.Const ? 'const' : initializer.flags & ts.NodeFlags.BlockScoped ? 'let' : 'var';
    if (declaration && ts.isIdentifier(declaration.name)) {
      const id = cx.declare(declaration.name.text, kind, cx.span(declaration.name), elementType);
      const variable = cx.builder.variables[id];
      if (variable.type.kind === 'unknown') variable.type = elementType.kind === 'unknown' ? cx.types.typeOf(declaration.name) : elementType;
      if (kind === 'var') noteVarInitializer(cx, id);
      annotateVariable(cx, id, declaration.name);
      return [id, null];
    }
    const temporary = cx.temporary(span, elementType.kind === 'unknown' && declaration ? cx.types.typeOf(declaration.name) : elementType);
    if (declaration) cx.pattern(declaration.name, cx.read(temporary, span), kind, body, span);
    return [temporary, null];
  }
  const temporary = cx.temporary(span, elementType);
  const inner = bare(initializer);
  if (ts.isArrayLiteralExpression(inner) || ts.isObjectLiteralExpression(inner)) {
    body.push({ kind: 'expression', ...span, expression: destructure(cx, inner, cx.read(temporary, span), span) });
    return [temporary, null];
  }
  const target = lowerTarget(cx, inner);
  body.push({ kind: 'expression', ...span, expression: assign(cx, target, cx.read(temporary, span), span) });
  return [temporary, target];
}

function lowerTry(cx: Lowering, node: ts.TryStatement, out: Statement[]): void {
  const body = nested(cx, node.tryBlock);
  let parameter: VariableId | null = null;
  let handler: Statement[] | null = null;
  const clause = node.catchClause;
  if (clause) {
    cx.inScope(cx.current, () => {
      const statements: Statement[] = [];
      const name = clause.variableDeclaration?.name;
      if (name && ts.isIdentifier(name)) parameter = cx.declare(name.text, 'catch', cx.span(name));
      else if (name) {
        parameter = cx.temporary(cx.span(name), UNKNOWN);
        cx.pattern(name, cx.read(parameter, cx.span(name)), 'let', statements, cx.span(name));
      }
      statements.push(...nested(cx, clause.block));
      handler = statements;
    });
  }
  out.push({ kind: 'try', ...cx.span(node), body, parameter, handler, finalizer: node.finallyBlock ? nested(cx, node.finallyBlock) : null });
}

function lowerSwitch(cx: Lowering, node: ts.SwitchStatement, label: string | null, out: Statement[]): void {
  const subject = cx.expression(node.expression);
  cx.inScope(cx.current, () => {
    const clauses = node.caseBlock.clauses;
    hoistBlock(cx, clauses.flatMap(clause => [...clause.statements]));
    const cases = clauses.map(clause => {
      const test = ts.isCaseClause(clause) ? cx.expression(clause.expression) : null;
      const body: Statement[] = [];
      for (const statement of clause.statements) cx.statement(statement, body);
      return { test, body };
    });
    out.push({ kind: 'switch', ...cx.span(node), subject, cases, label });
  });
}

function lowerNamespace(cx: Lowering, node: ts.ModuleDeclaration, out: Statement[]): void {
  if (!node.body) return;
  const body: Statement[] = [];
  const inner = node.body;
  cx.inScope(cx.current, () => {
    if (ts.isModuleBlock(inner)) lowerBlock(cx, inner.statements, body);
    else if (ts.isModuleDeclaration(inner)) lowerNamespace(cx, inner, body);
  });
  out.push({ kind: 'block', ...cx.span(node), label: null, body });
}
