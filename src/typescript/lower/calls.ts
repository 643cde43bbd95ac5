import ts from 'typescript';
import type { Callee, Expression, FunctionId, ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { lowerArguments, type Arguments } from './arguments';
import { bare } from './bare';
import type { Span } from './builder';
import type { ClassInfo, Lowering } from './context';
import { callbackParameters, elementOf, functionResult, libraryFunctions, libraryNamespaces, mathOperators, methodResult, prototypeOf, unambiguousMethods } from './library';
import { stripNullish } from './type-algebra';
import { memberOf, resultOfExport, staticResult } from './type-nodes';

const K = ts.SyntaxKind;

/** A call: an operation when it is `Math.exp` and the like, else a call with its callee resolved as far as the syntax and the types tell. */
export function lowerCall(cx: Lowering, node: ts.CallExpression): Expression {
  const callee = bare(node.expression);
  if (ts.isIdentifier(callee) && callee.text !== '') return callByName(cx, node, callee);
  if (ts.isPropertyAccessExpression(callee)) return callOfMember(cx, node, callee);
  if (ts.isArrowFunction(callee) || ts.isFunctionExpression(callee)) {
    const args = lowerArguments(cx, node.arguments, null);
    const id = cx.functionBody(callee, callee.name?.text ?? '');
    return localCall(cx, node, id, null, args, callee);
  }
  if (callee.kind === K.SuperKeyword) {
    const base = cx.classInfo?.base ? cx.classes.get(cx.classInfo.base) : undefined;
    const args = lowerArguments(cx, node.arguments, null);
    if (base?.construct !== undefined && base.construct !== null) return localCall(cx, node, base.construct, null, args, callee);
    return finish(cx, node, { kind: 'dynamic', callee: cx.opaque(cx.span(callee), 'super', []) }, args, { kind: 'undefined' }, callee);
  }
  const lowered = cx.expression(callee);
  const args = lowerArguments(cx, node.arguments, null);
  return finish(cx, node, { kind: 'dynamic', callee: lowered }, args, resultOf(lowered.type), callee);
}

function resultOf(type: ValueType): ValueType {
  const callable = stripNullish(type);
  return callable.kind === 'function' ? callable.result : UNKNOWN;
}

function callByName(cx: Lowering, node: ts.CallExpression, callee: ts.Identifier): Expression {
  const name = callee.text;
  const id = cx.scope.lookup(name);
  if (id === undefined) {
    if (libraryFunctions.has(name)) return libraryCall(cx, node, name, callee);
    const read = cx.expression(callee);
    return finish(cx, node, { kind: 'dynamic', callee: read }, lowerArguments(cx, node.arguments, null), UNKNOWN, callee);
  }
  const variable = cx.builder.variables[id];
  const alias = cx.aliases.get(id);
  if (alias !== undefined) { cx.resolve(name, cx.span(callee)); return libraryCall(cx, node, alias, callee); }
  const target = cx.functionOfVariable.get(id);
  if (target !== undefined) {
    cx.resolve(name, cx.span(callee));
    return localCall(cx, node, target, null, lowerArguments(cx, node.arguments, null), callee);
  }
  if (variable.imported && variable.imported.name !== '*') {
    cx.resolve(name, cx.span(callee));
    const { module, name: exported } = variable.imported;
    const declared = cx.exported(module, exported);
    return finish(cx, node, { kind: 'imported', module, name: exported, receiver: null }, lowerArguments(cx, node.arguments, null), declared ? resultOfExport(declared) ?? UNKNOWN : UNKNOWN, callee);
  }
  const read = cx.expression(callee);
  return finish(cx, node, { kind: 'dynamic', callee: read }, lowerArguments(cx, node.arguments, null), resultOf(read.type), callee);
}

function callOfMember(cx: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression): Expression {
  const method = callee.name.text;
  const object = bare(callee.expression);
  if (ts.isIdentifier(object)) {
    const id = cx.scope.lookup(object.text);
    const namespace = cx.namespaceOf(object.text);
    if (namespace !== null && libraryNamespaces.has(namespace)) return libraryCall(cx, node, `${namespace}.${method}`, callee.name);
    if (id !== undefined) {
      const statics = cx.classes.get(object.text);
      const target = statics && cx.builder.variables[id].kind === 'class' ? statics.statics.get(method) : undefined;
      if (target !== undefined) return localCall(cx, node, target, null, lowerArguments(cx, node.arguments, null), callee.name);
      const imported = cx.builder.variables[id].imported;
      if (imported?.name === '*') {
        cx.resolve(object.text, cx.span(object));
        const declared = cx.exported(imported.module, method);
        return finish(cx, node, { kind: 'imported', module: imported.module, name: method, receiver: null }, lowerArguments(cx, node.arguments, null), declared ? resultOfExport(declared) ?? UNKNOWN : UNKNOWN, callee.name);
      }
      const declared = imported ? cx.exported(imported.module, imported.name) : null;
      if (declared && ts.isClassLike(declared.declaration)) {
        const receiver = cx.expression(object);
        return finish(cx, node, { kind: 'method', name: method, receiver }, lowerArguments(cx, node.arguments, null), staticResult(declared, method) ?? UNKNOWN, callee.name);
      }
    }
  }
  const applied = applyOfLibrary(cx, node, object, method);
  if (applied) return applied;
  return callOfMethod(cx, node, callee, object, method);
}

/** `Math.max.apply(null, xs)` and `Math.hypot.call(null, a, b)`. */
function applyOfLibrary(cx: Lowering, node: ts.CallExpression, object: ts.Expression, method: string): Expression | null {
  if (method !== 'apply' && method !== 'call' || !ts.isPropertyAccessExpression(object) || !ts.isIdentifier(object.expression)) return null;
  if (!cx.isGlobal(object.expression.text) || object.expression.text !== 'Math' || !mathOperators.has(object.name.text)) return null;
  if (node.arguments.length === 0 || node.arguments.some(ts.isSpreadElement)) return null;
  const rest = node.arguments.slice(1);
  const args: Arguments = method === 'call' ? lowerArguments(cx, rest, null) : { values: rest.slice(0, 1).map(arg => cx.expression(arg)), spread: [true] };
  return libraryApplication(cx, node, `Math.${object.name.text}`, args, object.name);
}

function callOfMethod(cx: Lowering, node: ts.CallExpression, callee: ts.PropertyAccessExpression, object: ts.Expression, method: string): Expression {
  const isSuper = object.kind === K.SuperKeyword;
  const receiver = isSuper ? cx.opaque(cx.span(object), 'super', []) : cx.expression(object);
  let type = stripNullish(receiver.type);
  const target = localMethod(cx, isSuper ? cx.classInfo?.base ?? null : type.kind === 'object' ? type.name ?? null : null, method, isSuper);
  if (target !== null) return localCall(cx, node, target, receiver, lowerArguments(cx, node.arguments, null), callee.name);
  if (type.kind === 'unknown' && receiver.kind !== 'opaque' && !cx.hopeless(receiver)) type = stripNullish(cx.types.typeOf(object));
  const owner = prototypeOf(type) ?? (type.kind === 'unknown' ? unambiguousMethods.get(method) ?? null : null);
  const initial = node.arguments.length > 1 && (method === 'reduce' || method === 'reduceRight') ? cx.types : null;
  const args = lowerArguments(cx, node.arguments, owner === null ? null : values => callbackParameters(type, method, initial ? values[1]?.type ?? null : null));
  if (owner === null) return finish(cx, node, { kind: 'method', name: method, receiver }, args, memberResult(cx, type, method), callee.name);
  const known = type.kind === 'unknown' ? methodResult({ kind: 'string' }, method, []) : methodResult(type, method, args.values.map(arg => arg.type));
  return finish(cx, node, { kind: 'library', name: `${owner}.prototype.${method}`, receiver }, args, known, callee.name, node.questionDotToken !== undefined || callee.questionDotToken !== undefined);
}

function memberResult(cx: Lowering, type: ValueType, method: string): ValueType {
  const stored = resultOf(receiverMember(type, method));
  return stored.kind === 'unknown' && type.kind === 'object' && type.name !== undefined ? memberOf(cx, type.name, method)?.result ?? UNKNOWN : stored;
}

function receiverMember(type: ValueType, method: string): ValueType {
  return type.kind === 'object' && Object.hasOwn(type.properties, method) ? type.properties[method] : UNKNOWN;
}

/** The one implementation of a method that the class of the receiver can have; null when a subclass of this file overrides it. */
function localMethod(cx: Lowering, className: string | null, method: string, exact: boolean): FunctionId | null {
  if (className === null) return null;
  let info: ClassInfo | undefined = cx.classes.get(className);
  if (!info) return null;
  if (!exact && overridden(cx, className, method)) return null;
  for (let steps = 0; info && steps < 20; steps++) {
    const found = info.methods.get(method);
    if (found !== undefined) return found;
    info = info.base === null ? undefined : cx.classes.get(info.base);
  }
  return null;
}

function overridden(cx: Lowering, className: string, method: string): boolean {
  for (const info of cx.classes.values()) {
    if (!info.methods.has(method) || info.name === className) continue;
    let base = info.base;
    for (let steps = 0; base !== null && steps < 20; steps++) {
      if (base === className) return true;
      base = cx.classes.get(base)?.base ?? null;
    }
  }
  return false;
}

function libraryCall(cx: Lowering, node: ts.CallExpression, name: string, calleeName: ts.Node): Expression {
  const parameters = name === 'Array.from' || name.endsWith('Array.from') ? (values: readonly (Expression | undefined)[]): readonly ValueType[] => [elementOf(values[0]?.type ?? UNKNOWN), NUMBER] : null;
  return libraryApplication(cx, node, name, lowerArguments(cx, node.arguments, parameters), calleeName);
}

function libraryApplication(cx: Lowering, node: ts.CallExpression, name: string, args: Arguments, calleeName: ts.Node): Expression {
  if (name.startsWith('Math.')) {
    const row = mathOperators.get(name.slice(5));
    if (row && (row.arity === null ? true : args.values.length === row.arity && !args.spread.includes(true))) {
      return cx.builder.make({
        kind: 'operation', ...cx.span(node), type: NUMBER, operator: row.operator, operands: args.values,
        ...(args.spread.includes(true) ? { spread: args.spread } : {}),
      });
    }
  }
  const result = functionResult(name, args.values.map(arg => arg.type));
  return finish(cx, node, { kind: 'library', name, receiver: null }, args, result, calleeName);
}

function localCall(cx: Lowering, node: ts.CallExpression, target: FunctionId, receiver: Expression | null, args: Arguments, calleeName: ts.Node): Expression {
  const callee: Callee = receiver === null ? { kind: 'local', function: target } : { kind: 'local', function: target, receiver };
  const call = finish(cx, node, callee, args, cx.resultOf(target), calleeName);
  cx.noteCall(target, call.id);
  return call;
}

function isHopeless(cx: Lowering, callee: Callee): boolean {
  if (callee.kind === 'imported') return cx.types.isForeign(cx.source.fileName, callee.module);
  const from = callee.kind === 'dynamic' ? callee.callee : callee.kind === 'method' ? callee.receiver : null;
  return from !== null && cx.hopeless(from);
}

/** The value of a statement that is only a call goes nowhere: its type is not worth a question. */
function isUnused(node: ts.CallExpression): boolean {
  return (node.parent as ts.Node | undefined)?.kind === K.ExpressionStatement;
}

/** `f?.(x)`; and `o?.f(x)` where the callee is not an expression of its own. */
function isOptional(node: ts.CallExpression, callee: Callee): boolean {
  return node.questionDotToken !== undefined || (callee.kind !== 'dynamic' && ts.isPropertyAccessExpression(node.expression) && node.expression.questionDotToken !== undefined);
}

function finish(cx: Lowering, node: ts.CallExpression, callee: Callee, args: Arguments, known: ValueType, calleeName: ts.Node, optional = isOptional(node, callee)): Expression {
  const name: Span = cx.span(calleeName);
  const asks = known.kind === 'unknown' && !isUnused(node) && !isHopeless(cx, callee);
  const type = asks ? cx.types.resultOf(node) : known;
  // A value that is used and yet "undefined" or "never" comes from a method that a subclass implements.
  const nothing = (type.kind === 'undefined' || type.kind === 'never') && !isUnused(node) && callee.kind !== 'library';
  return cx.builder.make({
    kind: 'call', ...cx.span(node), type: nothing ? UNKNOWN : type, callee, arguments: args.values, spread: args.spread, optional, calleeStart: name.start, calleeEnd: name.end,
  });
}
