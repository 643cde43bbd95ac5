import ts from 'typescript';
import type { Call, FunctionId } from '../../program';
import { bare } from './bare';
import type { Lowering } from './context';

/** What can be said only when the whole file has been read: exports by name, functions that were reassigned, who may call what. */
export function settle(cx: Lowering): void {
  exportsByName(cx);
  reassignedFunctions(cx);
  escapes(cx);
}

function exportsByName(cx: Lowering): void {
  const mark = (name: string): void => {
    const variable = cx.scope.lookup(name);
    const id = variable === undefined ? undefined : cx.functionOfVariable.get(variable);
    if (id !== undefined) cx.builder.functions[id].exported = true;
    const info = cx.classes.get(name);
    if (info) for (const method of [...info.methods.values(), ...info.statics.values()]) if (cx.builder.functions[method].escapes) cx.builder.functions[method].exported = true;
  };
  for (const statement of cx.source.statements) {
    if (ts.isExportDeclaration(statement) && !statement.moduleSpecifier && statement.exportClause && ts.isNamedExports(statement.exportClause)) {
      for (const element of statement.exportClause.elements) mark((element.propertyName ?? element.name).text);
    } else if (ts.isExportAssignment(statement)) {
      if (ts.isIdentifier(statement.expression)) mark(statement.expression.text);
      const id = cx.functionIds.get(bare(statement.expression));
      if (id !== undefined) cx.builder.functions[id].exported = true;
    } else if (ts.isExpressionStatement(statement)) exportsOfCommonJs(statement.expression, mark, name => { for (const fn of cx.builder.functions) if (fn.name === name && fn.enclosing === 0) fn.exported = true; });
  }
}

/** `module.exports = { f, g: h }`, `exports.f = f`. */
function exportsOfCommonJs(node: ts.Expression, mark: (name: string) => void, markLiteral: (name: string) => void): void {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.EqualsToken) return;
  const left = node.left.getText();
  if (!/^(module\.)?exports\b/.test(left)) return;
  if (ts.isIdentifier(node.right)) mark(node.right.text);
  else if (ts.isObjectLiteralExpression(node.right)) {
    for (const property of node.right.properties) {
      if (ts.isShorthandPropertyAssignment(property)) mark(property.name.text);
      else if (ts.isPropertyAssignment(property) && ts.isIdentifier(property.initializer)) mark(property.initializer.text);
      else if (property.name && ts.isIdentifier(property.name)) markLiteral(property.name.text);
    }
  } else if (ts.isPropertyAccessExpression(node.left)) markLiteral(node.left.name.text);
}

/** A name that is assigned again no longer means one function: its calls become dynamic. */
function reassignedFunctions(cx: Lowering): void {
  for (const [variable, id] of cx.functionOfVariable) {
    if (cx.builder.variables[variable].assignments === 0) continue;
    for (const site of cx.builder.functions[id].callSites) {
      const call = cx.builder.expressions[site] as { -readonly [K in keyof Call]: Call[K] };
      if (call.kind !== 'call') continue;
      call.callee = { kind: 'dynamic', callee: cx.read(variable, { start: call.calleeStart, end: call.calleeEnd }) };
    }
    cx.builder.functions[id].callSites = [];
    cx.builder.functions[id].escapes = true;
  }
}

/** Exported functions escape, and so do those that nothing alive calls: code that is being written has callers that are not there yet. */
function escapes(cx: Lowering): void {
  const { functions } = cx.builder;
  for (const fn of functions) if (fn.exported) fn.escapes = true;
  const alive = new Set<FunctionId>();
  const revive = (root: FunctionId): void => {
    const waiting = [root];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (alive.has(id)) continue;
      alive.add(id);
      waiting.push(...calledFrom.get(id) ?? []);
    }
  };
  const calledFrom = new Map<FunctionId, FunctionId[]>();
  for (const fn of functions) for (const site of fn.callSites) {
    const from = cx.callers.get(site) ?? 0;
    const called = calledFrom.get(from);
    if (called) called.push(fn.id); else calledFrom.set(from, [fn.id]);
  }
  revive(0);
  for (const fn of functions) if (fn.escapes) revive(fn.id);
  // What is left is called by nobody alive: first the ones that nobody calls at all, then one of each circle.
  const uncalled = (fn: typeof functions[number]): boolean => fn.callSites.every(site => cx.callers.get(site) === fn.id);
  for (const fn of [...functions.filter(uncalled), ...functions]) {
    if (alive.has(fn.id)) continue;
    fn.escapes = true;
    revive(fn.id);
  }
  functions[0].escapes = false;
}
