import ts from 'typescript';
import type { ValueType } from '../../program';
import { NUMBER } from '../../program';
import { unionOf } from './library';
import { jsDocType } from './type-members';
import type { TypeNames } from './type-names';
import { reading, readType } from './type-reader';

const K = ts.SyntaxKind;
const BOOLEAN: ValueType = { kind: 'boolean' };

/** Where a body is read. */
export interface PlainPlace {
  /** The type names of its file. */
  readonly names: TypeNames;
  /** What is known of the properties of `this`. */
  readonly self: Readonly<Record<string, ValueType>>;
  /** The class of `this`. */
  readonly owner?: ts.ClassLikeDeclaration;
  /** A name that is taken for a number while that is being shown. */
  readonly assumed?: string;
  /** The result of a method of a class of these names, static or not; null when that takes the checker. */
  readonly method?: (owner: ts.ClassLikeDeclaration, names: TypeNames, name: string, isStatic: boolean) => ValueType | null;
}

/** Declarations by name. */
export type Locals = ReadonlyMap<string, ts.Node>;

/**
 * The result of a function that states none, when every `return` in it plainly is a number, a truth value or a new object of a class: what the checker would infer,
 * without asking it to. Null for everything else.
 */
export function plainResult(fn: ts.FunctionLikeDeclaration, at: PlainPlace): ValueType | null {
  if (!fn.body || fn.asteriskToken || ts.getCombinedModifierFlags(fn) & ts.ModifierFlags.Async) return null;
  const locals = new Map<string, ts.Node>();
  for (const parameter of fn.parameters) note(locals, parameter.name, parameter);
  if (!ts.isBlock(fn.body)) return plainType(fn.body, at, locals);
  const last = fn.body.statements.at(-1);
  if (!last || !ts.isReturnStatement(last) && !ts.isThrowStatement(last)) return null;
  const returns: (ts.Expression | undefined)[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isReturnStatement(node)) returns.push(node.expression);
    else noteDeclared(locals, node);
    if (!ts.isFunctionLike(node) && !ts.isClassLike(node)) ts.forEachChild(node, visit);
  };
  ts.forEachChild(fn.body, visit);
  const types: ValueType[] = [];
  for (const value of returns) {
    const type: ValueType | null = value ? plainType(value, at, locals) : { kind: 'undefined' };
    if (!type) return null;
    types.push(type);
  }
  return types.length === 0 ? null : unionOf(types);
}

/** What a statement declares. */
export function noteDeclared(locals: Map<string, ts.Node>, node: ts.Node): void {
  if (ts.isVariableDeclaration(node)) note(locals, node.name, node);
  else if ((ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name) note(locals, node.name, node);
}

/** A name that is declared twice, or taken apart, stands for nothing plain. */
export function note(locals: Map<string, ts.Node>, name: ts.BindingName, declaration: ts.Node): void {
  if (ts.isIdentifier(name)) locals.set(name.text, locals.has(name.text) ? name : declaration);
  else for (const element of name.elements) if (!ts.isOmittedExpression(element)) note(locals, element.name, element);
}

export function plainType(node: ts.Expression, at: PlainPlace, locals: Locals): ValueType | null {
  const of = (inner: ts.Expression): ValueType | null => plainType(inner, at, locals);
  const isNumber = (inner: ts.Expression): boolean => of(inner)?.kind === 'number';
  if (ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) return of(node.expression);
  if (ts.isNumericLiteral(node)) return NUMBER;
  if (node.kind === K.TrueKeyword || node.kind === K.FalseKeyword) return BOOLEAN;
  if (ts.isIdentifier(node)) return ofName(node.text, at, locals);
  if (ts.isNewExpression(node)) return ofNew(node, at, locals);
  if (ts.isPropertyAccessExpression(node)) return ofProperty(node, at, locals);
  if (ts.isElementAccessExpression(node)) return ts.isIdentifier(node.expression) && !node.questionDotToken ? elementOf(node.expression.text, at, locals) : null;
  if (node.kind === K.ThisKeyword) return at.owner?.name && !at.owner.typeParameters ? { kind: 'object', name: at.owner.name.text, properties: {} } : null;
  if (ts.isCallExpression(node)) return ts.isPropertyAccessExpression(node.expression) && !node.questionDotToken ? ofMethod(node.expression, at, locals) : null;
  if (ts.isPrefixUnaryExpression(node)) return node.operator === K.ExclamationToken ? BOOLEAN : node.operator === K.PlusToken || isNumber(node.operand) ? NUMBER : null;
  if (ts.isConditionalExpression(node)) {
    const yes = of(node.whenTrue), no = of(node.whenFalse);
    return yes && no && unionOf([yes, no]);
  }
  if (!ts.isBinaryExpression(node)) return null;
  const operator = node.operatorToken.kind;
  if (comparisons.has(operator)) return BOOLEAN;
  // A number with anything but another number throws or is text: only `+` makes text. No length is a BigInt.
  if (arithmetic.has(operator)) return [node.left, node.right].some(each => isNumber(each) || ts.isPropertyAccessExpression(each) && each.name.text === 'length') ? NUMBER : null;
  if (operator === K.PlusToken) return isNumber(node.left) && isNumber(node.right) ? NUMBER : null;
  return null;
}

function ofName(name: string, at: PlainPlace, locals: Locals): ValueType | null {
  if (name === at.assumed) return NUMBER;
  const declaration = locals.get(name);
  if (!declaration) return name === 'undefined' ? { kind: 'undefined' } : null;
  if (ts.isParameter(declaration)) return declaration.type ? declaration.type.kind === K.NumberKeyword && !declaration.questionToken ? NUMBER : null : declaration.initializer && ts.isNumericLiteral(declaration.initializer) ? NUMBER : null;
  if (!ts.isVariableDeclaration(declaration) || declaration.type || !declaration.initializer) return null;
  // The value of a variable that is its own initializer's part is nobody's to know.
  const without = new Map(locals);
  without.set(name, declaration.name);
  const type = plainType(declaration.initializer, at, without);
  return type?.kind === 'number' || type?.kind === 'boolean' ? type : null;
}

/** `xs[i]` of a list of numbers that is declared as one. */
function elementOf(name: string, at: PlainPlace, locals: Locals): ValueType | null {
  const declaration = locals.get(name);
  if (!declaration || !ts.isParameter(declaration) && !ts.isVariableDeclaration(declaration)) return null;
  const written = declaration.type ?? jsDocType(declaration);
  const made = !written && declaration.initializer && ts.isNewExpression(declaration.initializer) && ts.isIdentifier(declaration.initializer.expression) ? declaration.initializer.expression.text : '';
  const type = written ? readType(written, reading(at.names, 'give up')) : null;
  const numbers = type?.kind === 'array' && type.element.kind === 'number' || type?.kind === 'typedArray' && !/^Big/.test(type.name) || /^(?:Float|Uint|Int)(?:8|16|32|64)(?:Clamped)?Array$/.test(made);
  return numbers ? NUMBER : null;
}

function ofNew(node: ts.NewExpression, at: PlainPlace, locals: Locals): ValueType | null {
  if (!ts.isIdentifier(node.expression) || locals.has(node.expression.text)) return null;
  const name = node.expression.text;
  const found = at.names.find(name);
  return found.kind === 'declared' && ts.isClassLike(found.declaration) && !found.declaration.typeParameters ? { kind: 'object', name, properties: {} } : null;
}

function ofMethod({ expression, name }: ts.PropertyAccessExpression, at: PlainPlace, locals: Locals): ValueType | null {
  if (isMath(expression, locals)) return NUMBER;
  if (!at.method) return null;
  if (expression.kind === K.ThisKeyword) return at.owner ? at.method(at.owner, at.names, name.text, false) : null;
  if (!ts.isIdentifier(expression) || locals.has(expression.text)) return null;
  const found = at.names.find(expression.text);
  return found.kind === 'declared' && ts.isClassLike(found.declaration) ? at.method(found.declaration, found.names, name.text, true) : null;
}

function ofProperty(node: ts.PropertyAccessExpression, at: PlainPlace, locals: Locals): ValueType | null {
  if (node.questionDotToken) return null;
  if (node.expression.kind === K.ThisKeyword) {
    const own = Object.hasOwn(at.self, node.name.text) ? at.self[node.name.text] : null;
    return own?.kind === 'number' || own?.kind === 'boolean' ? own : null;
  }
  return isMath(node.expression, locals) ? NUMBER : null;
}

function isMath(node: ts.Expression, locals: Locals): boolean {
  return ts.isIdentifier(node) && node.text === 'Math' && !locals.has('Math');
}

const comparisons = new Set([K.EqualsEqualsToken, K.EqualsEqualsEqualsToken, K.ExclamationEqualsToken, K.ExclamationEqualsEqualsToken, K.LessThanToken, K.LessThanEqualsToken, K.GreaterThanToken, K.GreaterThanEqualsToken, K.InKeyword, K.InstanceOfKeyword]);
const arithmetic = new Set([K.MinusToken, K.AsteriskToken, K.SlashToken, K.PercentToken, K.AsteriskAsteriskToken]);
