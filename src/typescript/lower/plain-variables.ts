import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER } from '../../program';
import { isNeverTested } from './narrowing';
import { note, noteDeclared, plainType, type Locals } from './plain-results';
import type { TypeNames } from './type-names';

const K = ts.SyntaxKind;

/**
 * The type of a variable that is declared without one and without a value that tells (`let x;`, `const xs = []`), when all that is ever stored in it plainly are
 * numbers: what the checker would find at its uses, without asking it to. Null for everything else.
 */
export function plainVariable(declaration: ts.VariableDeclaration, names: TypeNames): ValueType | null {
  if (!ts.isIdentifier(declaration.name)) return null;
  const list = declaration.initializer !== undefined;
  if (list && !isEmptyList(declaration.initializer)) return null;
  const name = declaration.name.text;
  const scope = scopeOf(declaration);
  const stored = storedIn(scope, name, list);
  // What is tested may be tested for having no value yet.
  if (!stored || stored.length === 0 || !list && !isNeverTested(declaration, name)) return null;
  const at = { names, self: {}, assumed: list ? undefined : name };
  // A value inside another function is read with what that function calls by its names.
  return stored.every(value => plainType(value, at, localsAt(scopeOf(value)))?.kind === 'number') ? list ? { kind: 'array', element: NUMBER } : NUMBER : null;
}

/** The values that are stored in a variable, or in the elements of a list; null when something else is done to it as well. */
function storedIn(scope: ts.Node, name: string, list: boolean): readonly ts.Expression[] | null {
  const stored: ts.Expression[] = [];
  let other = false;
  const isIt = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === name;
  const visit = (node: ts.Node): void => {
    if (ts.isBinaryExpression(node) && node.operatorToken.kind >= K.FirstAssignment && node.operatorToken.kind <= K.LastAssignment) {
      const { left, right, operatorToken: { kind } } = node;
      const target = list && ts.isElementAccessExpression(left) ? left.expression : left;
      if (isIt(target) && (target !== left || !list)) {
        if (kind === K.EqualsToken || kind === K.PlusEqualsToken) stored.push(right);
        else if (kind === K.BarBarEqualsToken || kind === K.AmpersandAmpersandEqualsToken || kind === K.QuestionQuestionEqualsToken) other = true;
      } else if (isIt(target)) other ||= !isEmptyList(right);
      else if (ts.isObjectLiteralExpression(left) || ts.isArrayLiteralExpression(left)) other ||= mentions(left, name);
    } else if ((ts.isForOfStatement(node) || ts.isForInStatement(node)) && !ts.isVariableDeclarationList(node.initializer)) other ||= mentions(node.initializer, name);
    else if (list && ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && isIt(node.expression.expression) && growing.has(node.expression.name.text)) {
      if (node.arguments.some(ts.isSpreadElement) || node.expression.name.text === 'splice' && node.arguments.length > 2) other = true;
      else if (node.expression.name.text !== 'splice') stored.push(...node.arguments);
    }
    if (!other) ts.forEachChild(node, visit);
  };
  visit(scope);
  return other ? null : stored;
}

const growing = new Set(['push', 'unshift', 'splice', 'fill']);

function mentions(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) ? node.text === name : ts.forEachChild(node, child => mentions(child, name) || undefined) ?? false;
}

function isEmptyList(node: ts.Expression | undefined): boolean {
  return node !== undefined && ts.isArrayLiteralExpression(node) && node.elements.length === 0;
}

/** The function, or the file, that a variable belongs to: larger than its block at times, which only makes for more to be shown. */
function scopeOf(node: ts.Node): ts.Node {
  let place = node.parent;
  while (!ts.isSourceFile(place) && !ts.isFunctionLike(place)) place = place.parent;
  return place;
}

const known = new WeakMap<ts.Node, Locals>();

/** The declarations that a function sees. */
function localsAt(scope: ts.Node): Locals {
  const found = known.get(scope);
  if (found) return found;
  const own = new Map<string, ts.Node>();
  if (ts.isFunctionLike(scope)) for (const parameter of scope.parameters) note(own, parameter.name, parameter);
  const visit = (node: ts.Node): void => {
    noteDeclared(own, node);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(scope, visit);
  const locals = ts.isSourceFile(scope) ? own : new Map([...localsAt(scopeOf(scope)), ...own]);
  known.set(scope, locals);
  return locals;
}
