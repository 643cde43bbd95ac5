import ts from 'typescript';
import type { FunctionDraft } from './builder';
import type { Lowering } from './context';
import { jsDocResult } from './type-members';
import { typeOfAnnotation } from './type-nodes';

/** Span, name, modifiers and declared result of a function: enough for calls to it before its body is lowered. */
export function describe(cx: Lowering, node: ts.FunctionLikeDeclaration, fn: FunctionDraft, name: string): void {
  fn.name = name;
  const parent = node.parent as ts.Node | undefined;
  const nameNode = node.name ?? (parent && (ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent)) ? parent.name : undefined);
  const span = nameNode ? cx.span(nameNode) : { start: fn.start, end: fn.start };
  fn.nameStart = span.start;
  fn.nameEnd = span.end;
  fn.async = ts.canHaveModifiers(node) && (ts.getModifiers(node)?.some(m => m.kind === ts.SyntaxKind.AsyncKeyword) ?? false);
  fn.generator = node.asteriskToken !== undefined;
  const written = node.type ?? jsDocResult(node);
  if (fn.result.kind === 'unknown' && written && !fn.generator) fn.result = typeOfAnnotation(cx, written);
}

export function staticMember(member: ts.ClassElement): boolean {
  return ts.canHaveModifiers(member) && (ts.getModifiers(member)?.some(m => m.kind === ts.SyntaxKind.StaticKeyword) ?? false);
}

/** `Vector.length`, `Vector.constructor`; `Vector.` for a computed name. */
export function memberNameOf(className: string, member: ts.ClassElement): string {
  if (ts.isConstructorDeclaration(member)) return `${className}.constructor`;
  return `${className}.${member.name && !ts.isComputedPropertyName(member.name) ? member.name.text : ''}`;
}
