import ts from 'typescript';
import type { Expression, ValueType } from '../../program';
import { NUMBER, UNKNOWN } from '../../program';
import { lowerArguments, type Arguments } from './arguments';
import { bare } from './bare';
import type { Lowering } from './context';
import { elementOf, typedArrayType } from './library';
import { stripNullish } from './type-algebra';
import { instanceOfImport, typeOfAnnotation } from './type-nodes';

/** `new Float32Array(n)`, `new Vector(1, 2)`. */
export function lowerNew(cx: Lowering, node: ts.NewExpression): Expression {
  const callee = bare(node.expression);
  const args = lowerArguments(cx, node.arguments ?? [], null);
  const span = cx.span(node);
  if (!ts.isIdentifier(callee) || callee.text === '') {
    const lowered = cx.expression(callee);
    // `new this.constructor(…)`: another one of the class.
    const own = ts.isPropertyAccessExpression(callee) && callee.expression.kind === ts.SyntaxKind.ThisKeyword && callee.name.text === 'constructor' ? cx.classInfo?.type : undefined;
    const made = cx.builder.make({ kind: 'new', ...span, type: own ?? cx.types.typeOf(node), name: null, function: null, arguments: args.values, spread: args.spread });
    return lowered.kind === 'property' && lowered.object.kind === 'variable' ? made : cx.opaque(span, 'new', [lowered, made], made.type);
  }
  const name = callee.text;
  const id = cx.scope.lookup(name);
  const info = id === undefined ? undefined : cx.classes.get(name);
  if (id !== undefined) cx.resolve(name, cx.span(callee));
  const target = info?.construct ?? (id === undefined ? undefined : cx.functionOfVariable.get(id)) ?? null;
  const imported = id === undefined ? undefined : cx.builder.variables[id].imported;
  const known = info ? info.type : id === undefined ? constructed(cx, name, args, node) : imported ? instanceOfImport(cx, name, imported) : UNKNOWN;
  const made = cx.builder.make({ kind: 'new', ...span, type: cx.typed(known, node), name, function: target, arguments: args.values, spread: args.spread });
  if (target !== null) cx.noteCall(target, made.id);
  return made;
}

/** Instances of the library's classes: with written type arguments, or what the arguments make them hold. */
function constructed(cx: Lowering, name: string, args: Arguments, node: ts.NewExpression): ValueType {
  const typed = typedArrayType(name);
  if (typed) return typed;
  if (name === 'Date') return { kind: 'date' };
  if (name === 'RegExp') return { kind: 'regexp' };
  const written = (node.typeArguments ?? []).map(type => typeOfAnnotation(cx, type));
  if (name === 'Array' && args.values.length < 2 && !args.spread.includes(true)) return { kind: 'array', element: written.at(0) ?? UNKNOWN };
  if (name === 'Set' && (written.length === 1 || args.values.length === 1 && args.values[0].type.kind !== 'unknown')) return { kind: 'set', element: written.at(0) ?? elementOf(stripNullish(args.values[0].type)) };
  if (name === 'Map' && written.length === 2) return { kind: 'map', key: written[0], value: written[1] };
  if (/^(?:\w*Error|WeakMap|WeakSet|ArrayBuffer|SharedArrayBuffer|DataView|URL|AbortController|Proxy)$/.test(name)) return { kind: 'object', properties: {} };
  if (name === 'Array' && args.values.length > 1 && args.values.every(arg => arg.type.kind === 'number')) return { kind: 'array', element: NUMBER };
  return UNKNOWN;
}
