import ts from 'typescript';
import { assigned, assignment, isAssignment, update } from './assignments';
import { bare } from './bindings';
import { ownShadow, plain, register, registered, type Context, type Emitted } from './context';
import { returned } from './functions';
import { assignOne, declarePattern } from './patterns';
import { statementMark } from './positions';
import { declaredAnew } from './stores';

export function emitStatements(c: Context, nodes: readonly ts.Statement[]): string {
  return nodes.map(n => c.statement(n)).join(' ');
}

export function emitStatement(c: Context, node: ts.Statement): string {
  return statementMark(c.source, node) + body(c, node);
}

function body(c: Context, node: ts.Statement): string {
  switch (node.kind) {
    case ts.SyntaxKind.Block: return `{ ${c.statements((node as ts.Block).statements)} }`;
    case ts.SyntaxKind.EmptyStatement: return ';';
    case ts.SyntaxKind.VariableStatement: {
      const statement = node as ts.VariableStatement;
      if (statement.modifiers?.some(m => m.kind === ts.SyntaxKind.DeclareKeyword)) return '';
      return `${declarations(c, statement.declarationList)};`;
    }
    case ts.SyntaxKind.ExpressionStatement: return `${unused(c, (node as ts.ExpressionStatement).expression)};`;
    case ts.SyntaxKind.IfStatement: {
      const s = node as ts.IfStatement;
      return `if (${c.value(s.expression)}) ${block(c, s.thenStatement)}${s.elseStatement ? ` else ${block(c, s.elseStatement)}` : ''}`;
    }
    case ts.SyntaxKind.ForStatement: return forStatement(c, node as ts.ForStatement);
    case ts.SyntaxKind.WhileStatement: return `while (${c.value((node as ts.WhileStatement).expression)}) ${loopBody(c, (node as ts.WhileStatement).statement)}`;
    case ts.SyntaxKind.DoStatement: return `do ${loopBody(c, (node as ts.DoStatement).statement)} while (${c.value((node as ts.DoStatement).expression)});`;
    case ts.SyntaxKind.ForOfStatement: return forOf(c, node as ts.ForOfStatement);
    case ts.SyntaxKind.ForInStatement: return forIn(c, node as ts.ForInStatement);
    case ts.SyntaxKind.ReturnStatement: {
      const expression = (node as ts.ReturnStatement).expression;
      return expression ? `return ${returned(c, enclosingFunction(node), expression)};` : 'return;';
    }
    case ts.SyntaxKind.ThrowStatement: return `throw ${thrown(c, (node as ts.ThrowStatement).expression)};`;
    case ts.SyntaxKind.BreakStatement: case ts.SyntaxKind.ContinueStatement: {
      const label = (node as ts.BreakOrContinueStatement).label;
      return `${node.kind === ts.SyntaxKind.BreakStatement ? 'break' : 'continue'}${label ? ` ${label.text}` : ''};`;
    }
    case ts.SyntaxKind.LabeledStatement: {
      let inner = (node as ts.LabeledStatement).statement;
      while (ts.isLabeledStatement(inner)) inner = inner.statement;
      return `${ts.isForOfStatement(inner) ? '' : `${(node as ts.LabeledStatement).label.text}: `}${body(c, (node as ts.LabeledStatement).statement)}`;
    }
    case ts.SyntaxKind.SwitchStatement: return switchStatement(c, node as ts.SwitchStatement);
    case ts.SyntaxKind.TryStatement: return tryStatement(c, node as ts.TryStatement);
    case ts.SyntaxKind.FunctionDeclaration: return (node as ts.FunctionDeclaration).body ? c.functionLike(node as ts.FunctionDeclaration) : '';
    case ts.SyntaxKind.ClassDeclaration: return isDeclared(node) ? '' : c.classLike(node as ts.ClassDeclaration);
    case ts.SyntaxKind.EnumDeclaration: return isDeclared(node) ? '' : enumDeclaration(c, node as ts.EnumDeclaration);
    case ts.SyntaxKind.ModuleDeclaration: return isDeclared(node) ? '' : namespaceDeclaration(c, node as ts.ModuleDeclaration);
    case ts.SyntaxKind.InterfaceDeclaration: case ts.SyntaxKind.TypeAliasDeclaration: case ts.SyntaxKind.NotEmittedStatement: return '';
    case ts.SyntaxKind.DebuggerStatement: return ';';
    case ts.SyntaxKind.WithStatement: return `${c.problem(node, '"with" is not simulated: name the object instead.')};`;
    default: return `${c.problem(node, `This statement (${ts.SyntaxKind[node.kind]}) is not simulated.`)};`;
  }
}

/** A number that is thrown has its shadow when it is caught. */
function thrown(c: Context, node: ts.Expression): string {
  const e = c.expression(node);
  return e.kind === 'other' || !e.shadow ? e.code : `${c.p}th(${registered(c, e)})`;
}

function isDeclared(node: ts.Node): boolean {
  return ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(m => m.kind === ts.SyntaxKind.DeclareKeyword) ?? false);
}

/** An expression whose value nobody reads. */
function unused(c: Context, node: ts.Expression): string {
  const e = bare(node);
  let code: string;
  if (ts.isPostfixUnaryExpression(e)) code = update(c, e, true).code;
  else if (ts.isBinaryExpression(e) && isAssignment(e.operatorToken.kind)) code = assignment(c, e).code;
  else code = c.expression(e).code;
  return /^(?:\{|function|class|async|let)/.test(code) ? `(${code})` : code;
}

function block(c: Context, node: ts.Statement): string {
  return ts.isBlock(node) ? c.statement(node) : `{ ${c.statement(node)} }`;
}

function loopBody(c: Context, node: ts.Statement, first = ''): string {
  return `{ ${c.p}t(); ${first}${ts.isBlock(node) ? c.statements(node.statements) : c.statement(node)} }`;
}

export function declarations(c: Context, list: ts.VariableDeclarationList): string {
  if (list.flags & (ts.NodeFlags.Using | ts.NodeFlags.AwaitUsing) && (list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const && (list.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Let) {
    return c.problem(list, '"using" declarations are not simulated: release the resource in a finally block.');
  }
  const keyword = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.Let ? 'let' : 'var';
  const parts = list.declarations.flatMap(d => declaration(c, d, keyword));
  return `${keyword} ${parts.join(', ')}`;
}

function declaration(c: Context, node: ts.VariableDeclaration, keyword: string): string[] {
  if (!ts.isIdentifier(node.name)) return declarePattern(c, node.name, c.expression(node.initializer!));
  const binding = c.bindings.declared(node);
  const name = node.name.text;
  const companions = c.companions(binding);
  if (!node.initializer) return keyword === 'var' ? [name, ...companions] : [name, ...companions.map(companion => `${companion} = 0`)];
  const value = assigned(c, binding, node.initializer, node);
  const shadow = value.shadow ?? ownShadow(c, name);
  return [`${name} = ${declaredAnew(c, binding, value.code)}`, ...companions.map((companion, i) => `${companion} = ${value.kind === 'other' ? (i ? '0' : c.mode === 'record' ? '0' : 'NaN') : shadow[i]}`)];
}

function forStatement(c: Context, s: ts.ForStatement): string {
  const initializer = s.initializer ? ts.isVariableDeclarationList(s.initializer) ? declarations(c, s.initializer) : unused(c, s.initializer) : '';
  return `for (${initializer}; ${s.condition ? c.value(s.condition) : ''}; ${s.incrementor ? unused(c, s.incrementor) : ''}) ${loopBody(c, s.statement)}`;
}

/** The shadow of an element: by position in an array, else what the iterator's last step left in the register. */
function forOf(c: Context, s: ts.ForOfStatement): string {
  const [iterable, position] = [`${c.p}e${s.pos}`, `${c.p}k${s.pos}`];
  const value = `${c.p}v${s.pos}`;
  const element: Emitted = { code: `${c.p}${s.awaitModifier ? 'af' : 'lf'}(${iterable}, ++${position}, ${value})`, shadow: register(c), kind: 'any' };
  let first: string;
  if (ts.isVariableDeclarationList(s.initializer)) {
    const keyword = s.initializer.flags & ts.NodeFlags.Const ? 'const' : s.initializer.flags & ts.NodeFlags.Let ? 'let' : 'var';
    first = `${keyword} ${declarePattern(c, s.initializer.declarations[0].name, element).join(', ')}; `;
  } else first = `${assignOne(c, s.initializer, element).join(', ')}; `;
  const head = `${s.awaitModifier ? 'for await' : 'for'} (const ${value} of ${s.awaitModifier ? iterable : `${c.p}it(${iterable})`}) `;
  // A label of the loop belongs to the loop itself: what surrounds it stands in the head's own block.
  return labelled(s, `let ${iterable} = ${c.value(s.expression)}, ${position} = -1; `, head + loopBody(c, s.statement, first));
}

function forIn(c: Context, s: ts.ForInStatement): string {
  const value = `${c.p}v${s.pos}`;
  let first: string;
  if (ts.isVariableDeclarationList(s.initializer)) {
    const keyword = s.initializer.flags & ts.NodeFlags.Const ? 'const' : s.initializer.flags & ts.NodeFlags.Let ? 'let' : 'var';
    first = `${keyword} ${declarePattern(c, s.initializer.declarations[0].name, plain(value, 'other', true)).join(', ')}; `;
  } else first = `${assignOne(c, s.initializer, plain(value, 'other', true)).join(', ')}; `;
  return `for (const ${value} in ${c.value(s.expression)}) ${loopBody(c, s.statement, first)}`;
}

/** Statements that must run before a labelled loop, so that the label stays on the loop: `{ before; label: loop }`. */
function labelled(s: ts.Statement, before: string, loop: string): string {
  const labels: string[] = [];
  for (let n: ts.Node = s.parent; ts.isLabeledStatement(n); n = n.parent) labels.unshift(n.label.text);
  return `{ ${before}${labels.map(l => `${l}: `).join('')}${loop} }`;
}

function switchStatement(c: Context, s: ts.SwitchStatement): string {
  const clauses = s.caseBlock.clauses.map(clause => `${ts.isCaseClause(clause) ? `case ${c.value(clause.expression)}:` : 'default:'} ${c.statements(clause.statements)}`);
  return `switch (${c.value(s.expression)}) { ${clauses.join(' ')} }`;
}

function tryStatement(c: Context, s: ts.TryStatement): string {
  let code = `try { ${c.statements(s.tryBlock.statements)} }`;
  if (s.catchClause) {
    const variable = s.catchClause.variableDeclaration;
    const name = `${c.p}x${s.pos}`;
    const take = variable ? `let ${declarePattern(c, variable.name, { code: `${c.p}cx(${name})`, shadow: register(c), kind: 'any' }).join(', ')}; ` : '';
    code += ` catch (${name}) { ${c.p}caught(${name}); ${take}${c.statements(s.catchClause.block.statements)} }`;
  }
  return code + (s.finallyBlock ? ` finally { const ${c.p}f${s.pos} = ${c.p}keep(); ${c.statements(s.finallyBlock.statements)} ${c.p}back(${c.p}f${s.pos}); }` : '');
}

function enclosingFunction(node: ts.Node): ts.Node {
  let n = node.parent;
  while (!ts.isFunctionLike(n) && !ts.isSourceFile(n)) n = n.parent;
  return n;
}

function enumDeclaration(c: Context, node: ts.EnumDeclaration): string {
  const name = node.name.text;
  const known: string[] = [];
  let previous: string | null = null;
  const members = node.members.map(m => {
    const key = JSON.stringify(ts.isIdentifier(m.name) || ts.isStringLiteralLike(m.name) ? m.name.text : m.name.getText(c.source));
    const text = m.initializer ? bare(m.initializer) : undefined;
    const value = text ? enumValue(c, text, name, known) : previous === null ? '0' : `${name}[${previous}] + 1`;
    previous = key;
    known.push(JSON.parse(key) as string);
    return text && ts.isStringLiteralLike(text) ? `${name}[${key}] = ${value};` : `${name}[${name}[${key}] = ${value}] = ${key};`;
  });
  return `var ${name}; (function (${name}) { ${members.join(' ')} })(${name} || (${name} = {}));`;
}

/** Members of an enum name each other without the enum's name. */
function enumValue(c: Context, node: ts.Expression, name: string, known: readonly string[]): string {
  const text = node.getText(c.source);
  return text.replace(/(?<![.\w$"'`])[A-Za-z_$][\w$]*/g, word => known.includes(word) ? `${name}.${word}` : word);
}

function namespaceDeclaration(c: Context, node: ts.ModuleDeclaration): string {
  if (!node.body || !ts.isModuleBlock(node.body) || !ts.isIdentifier(node.name)) return `${c.problem(node, 'Nested namespace names are not simulated: use a module.')};`;
  const name = node.name.text;
  const exported: string[] = [];
  const statements = node.body.statements;
  for (const s of statements) {
    const isExported = ts.canHaveModifiers(s) && ts.getModifiers(s)?.some(m => m.kind === ts.SyntaxKind.ExportKeyword);
    if (!isExported || isDeclared(s)) continue;
    if (ts.isVariableStatement(s)) s.declarationList.declarations.forEach(d => { if (ts.isIdentifier(d.name)) exported.push(d.name.text); });
    else if ((ts.isFunctionDeclaration(s) || ts.isClassDeclaration(s) || ts.isEnumDeclaration(s)) && s.name) exported.push(s.name.text);
  }
  const { result, temporaries } = c.frame(() => c.statements(statements));
  return `var ${name}; (function (${name}) {${temporaries}${exported.map(e => `Object.defineProperty(${name}, "${e}", { enumerable: true, configurable: true, get() { return ${e}; } });`).join(' ')} ${result} })(${name} || (${name} = {}));`;
}
