import ts from 'typescript';
import type { FunctionId, Parameter, Statement, ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import { bare } from './bare';
import { annotateFunction, annotateVariable } from './annotations';
import { assign } from './assignments';
import type { FunctionDraft } from './builder';
import type { ClassInfo, Lowering } from './context';
import { unionOf } from './library';
import { hoistVariables } from './hoisting';
import { describe, memberNameOf, staticMember } from './members';
import { widened } from './type-algebra';
import { jsDocOptional, jsDocType } from './type-members';
import { typeOfAnnotation } from './type-nodes';

/** Lowers a function with its body; a declaration's id may have been given out before, to calls that come earlier. */
export function lowerFunction(cx: Lowering, node: ts.FunctionLikeDeclaration, name: string): FunctionId {
  const contextual = cx.contextual;
  cx.contextual = null;
  const id = cx.functionId(node, kindOf(node), name);
  const fn = cx.builder.functions[id];
  fn.kind = kindOf(node);
  describe(cx, node, fn, name);
  const outer = { current: cx.current, depth: cx.depth };
  cx.current = id;
  cx.depth = 0;
  const inside = (action: () => void): void => { cx.inScope(outer.current, () => { declareOwnName(cx, node, id); cx.inScope(id, action); }); };
  try {
    inside(() => {
      const body: Statement[] = [];
      fn.parameters = node.parameters.filter(p => !isThis(p)).map((p, i) => parameter(cx, node, p, contextual?.[i], body));
      annotateFunction(cx, id, node);
      lowerBody(cx, node, fn, body);
      fn.body = body;
    });
  } finally {
    cx.current = outer.current;
    cx.depth = outer.depth;
  }
  return id;
}

/** `(function walk(n) { … walk(n - 1) … })(9)`: the name means the function, in its own body only. */
function declareOwnName(cx: Lowering, node: ts.FunctionLikeDeclaration, id: FunctionId): void {
  if (!ts.isFunctionExpression(node) || !node.name) return;
  cx.functionOfVariable.set(cx.declare(node.name.text, 'function', cx.span(node.name)), id);
}

function kindOf(node: ts.FunctionLikeDeclaration): FunctionDraft['kind'] {
  if (ts.isArrowFunction(node)) return 'arrow';
  if (ts.isGetAccessor(node)) return 'getter';
  if (ts.isSetAccessor(node)) return 'setter';
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (ts.isMethodDeclaration(node)) return 'method';
  return 'function';
}

function isThis(parameter: ts.ParameterDeclaration): boolean {
  return ts.isIdentifier(parameter.name) && parameter.name.text === 'this';
}

function parameter(cx: Lowering, fn: ts.FunctionLikeDeclaration, node: ts.ParameterDeclaration, contextual: ValueType | undefined, body: Statement[]): Parameter {
  const span = cx.span(node.name);
  const initializer = node.initializer ? cx.expression(node.initializer) : null;
  const type = parameterType(cx, node, contextual, initializer?.type);
  const optional = node.questionToken !== undefined || initializer !== null;
  const rest = node.dotDotDotToken !== undefined;
  if (!ts.isIdentifier(node.name)) {
    const variable = cx.temporary(span, type);
    cx.pattern(node.name, cx.read(variable, span), 'parameter', body, span);
    return { variable, rest, optional, initializer };
  }
  const variable = cx.declare(node.name.text, 'parameter', span, type);
  annotateVariable(cx, variable, node.name);
  if (ts.isConstructorDeclaration(fn) && ts.isParameterPropertyDeclaration(node, fn)) {
    const target = cx.builder.make({ kind: 'property', ...span, type, object: cx.opaque(span, 'this', [], cx.classInfo?.type), name: node.name.text, optional: false });
    body.push({ kind: 'expression', ...span, expression: assign(cx, target, cx.read(variable, span), span) });
  }
  return { variable, rest, optional, initializer };
}

/** Only functions that are values get parameter types from where they stand; what is a pattern has a type of its own. */
function takesContext(node: ts.ParameterDeclaration): boolean {
  const { parent } = node;
  return ts.isArrowFunction(parent) || ts.isFunctionExpression(parent) || ts.isMethodDeclaration(parent) && ts.isObjectLiteralExpression(parent.parent) || !ts.isIdentifier(node.name) || ts.isSetAccessor(parent);
}

function parameterType(cx: Lowering, node: ts.ParameterDeclaration, contextual: ValueType | undefined, initial: ValueType | undefined): ValueType {
  const annotation = node.type ?? jsDocType(node);
  let written = annotation ? typeOfAnnotation(cx, annotation) : initial ? widened(initial) : contextual ?? UNKNOWN;
  if (annotation && !node.type && node.dotDotDotToken && written.kind !== 'array') written = { kind: 'array', element: written };
  if (written.kind === 'unknown' && !annotation && takesContext(node)) return cx.types.typeOf(node.name);
  if ((node.questionToken || !initial && jsDocOptional(node)) && written.kind !== 'unknown') return unionOf([written, { kind: 'undefined' }]);
  return written;
}

function lowerBody(cx: Lowering, node: ts.FunctionLikeDeclaration, fn: FunctionDraft, body: Statement[]): void {
  if (!node.body) return;
  const returns: ValueType[] = [];
  cx.returns.set(fn.id, returns);
  if (ts.isBlock(node.body)) {
    hoistVariables(cx, node.body);
    cx.block(node.body.statements, body);
  } else {
    const value = cx.expression(node.body);
    returns.push(value.type);
    body.push({ kind: 'return', value, start: value.start, end: value.end });
  }
  if (fn.result.kind === 'unknown' && !fn.generator) {
    const inferred: ValueType = returns.length === 0 ? { kind: 'undefined' } : unionOf(returns.map(widened));
    fn.result = fn.async && inferred.kind !== 'unknown' ? { kind: 'promise', value: inferred } : inferred;
  }
}

/** Lowers the members of a class; answers what calls to it need. Static fields and blocks run where the class stands: they go to `out`. */
export function lowerClass(cx: Lowering, node: ts.ClassLikeDeclaration, info: ClassInfo, out: Statement[]): void {
  const outer = cx.classInfo;
  cx.classInfo = info;
  try {
    const fields = node.members.filter((m): m is ts.PropertyDeclaration => ts.isPropertyDeclaration(m) && m.initializer !== undefined && !staticMember(m));
    if (fields.length > 0) initializer(cx, node, fields, info);
    const withBody = (member: ts.ClassElement): member is ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration =>
      (ts.isMethodDeclaration(member) || ts.isAccessor(member) || ts.isConstructorDeclaration(member)) && member.body !== undefined;
    for (const member of node.members) if (withBody(member)) cx.postpone(cx.functionId(member, 'method', ''), () => cx.functionBody(member, memberNameOf(info.name, member)));
    for (const member of node.members) {
      if (withBody(member)) cx.demand(cx.functionId(member, 'method', ''));
      else if (ts.isPropertyDeclaration(member) && staticMember(member) && member.initializer) staticField(cx, member, info, out);
      else if (ts.isClassStaticBlockDeclaration(member)) {
        const inner: Statement[] = [];
        cx.inScope(cx.current, () => cx.block(member.body.statements, inner));
        out.push({ kind: 'block', label: null, body: inner, ...cx.span(member) });
      }
    }
  } finally {
    cx.classInfo = outer;
  }
}

/** The instance fields, as one function of assignments to `this`. */
function initializer(cx: Lowering, node: ts.ClassLikeDeclaration, fields: readonly ts.PropertyDeclaration[], info: ClassInfo): void {
  const id = cx.builder.function('initializer', `${info.name}.fields`, cx.current, cx.span(node));
  const outer = cx.current;
  cx.current = id;
  const body: Statement[] = [];
  cx.inScope(id, () => {
    for (const field of fields) {
      if (!field.initializer || ts.isComputedPropertyName(field.name)) continue;
      const span = cx.span(field);
      const name = field.name.text;
      const inner = bare(field.initializer);
      const value = ts.isArrowFunction(inner) || ts.isFunctionExpression(inner) ? methodField(cx, inner, info, name) : cx.expression(field.initializer);
      const target = cx.builder.make({ kind: 'property', ...cx.span(field.name), type: value.type, object: cx.opaque(cx.span(field.name), 'this', [], info.type), name, optional: false });
      body.push({ kind: 'expression', ...span, expression: assign(cx, target, value, span) });
    }
  });
  cx.builder.functions[id].body = body;
  cx.builder.functions[id].escapes = true;
  cx.current = outer;
}

function methodField(cx: Lowering, node: ts.ArrowFunction | ts.FunctionExpression, info: ClassInfo, name: string): ReturnType<Lowering['expression']> {
  const id = cx.functionBody(node, `${info.name}.${name}`);
  cx.builder.functions[id].escapes = true;
  return cx.builder.make({ kind: 'function', ...cx.span(node), type: UNKNOWN, function: id });
}

function staticField(cx: Lowering, member: ts.PropertyDeclaration, info: ClassInfo, out: Statement[]): void {
  if (!member.initializer || ts.isComputedPropertyName(member.name)) return;
  const span = cx.span(member);
  const value = cx.expression(member.initializer);
  const variable = cx.scope.lookup(info.name);
  const object = variable === undefined ? cx.opaque(span, 'class', []) : cx.read(variable, span);
  const target = cx.builder.make({ kind: 'property', ...cx.span(member.name), type: value.type, object, name: member.name.text, optional: false });
  out.push({ kind: 'expression', ...span, expression: assign(cx, target, value, span) });
}
