import ts from 'typescript';
import { functionAround, type Binding } from './bindings';
import type { Context } from './context';

/**
 * Objects whose properties a function names more than once: their store is looked up at the first access and kept in a temporary of the function. Only what stands for one object from its declaration
 * on is kept (`const`, parameters that are not assigned to, `this` of a function), and only where no inner function names a property of it.
 */
export function keptStore(c: Context, object: ts.Identifier | ts.Expression): string | undefined {
  if (ts.isIdentifier(object)) {
    const binding = c.bindings.of(object);
    return binding && isKept(binding) ? c.storeTemporary(keyOf(binding)) : undefined;
  }
  return object.kind === ts.SyntaxKind.ThisKeyword && thisIsOfFunction(object) ? c.storeTemporary('this') : undefined;
}

/** Code of the value of a declaration: the variable stands for a new object. */
export function declaredAnew(c: Context, binding: Binding, code: string): string {
  return isKept(binding) ? `(${c.storeTemporary(keyOf(binding))} = ${c.p}empty, ${code})` : code;
}

function isKept(binding: Binding): boolean {
  const { declaration } = binding;
  if (binding.members < 2 || binding.imported !== null || binding.assigned.length !== 1) return false;
  if (ts.isParameter(declaration)) return true;
  if (ts.isBindingElement(declaration)) return isBlockScoped(declaration);
  if (!ts.isVariableDeclaration(declaration) || !ts.isIdentifier(declaration.name) || !isBlockScoped(declaration)) return false;
  const made = declaration.initializer;
  // A function takes its name from the declaration that it stands in.
  return made ? !ts.isFunctionLike(made) && !ts.isClassLike(made) : ts.isForOfStatement(declaration.parent.parent);
}

function isBlockScoped(declaration: ts.Node): boolean {
  for (let n = declaration; ; n = n.parent) {
    if (ts.isVariableDeclarationList(n)) return (n.flags & ts.NodeFlags.BlockScoped) !== 0 && !ts.isForStatement(n.parent) && !ts.isForInStatement(n.parent);
    if (ts.isParameter(n) || ts.isStatement(n) || ts.isSourceFile(n)) return false;
  }
}

function keyOf(binding: Binding): string {
  return String(binding.declaration.pos);
}

/** Not in an arrow function, whose `this` is that of another function, nor in a constructor, which may have none yet. */
function thisIsOfFunction(node: ts.Node): boolean {
  const f = functionAround(node);
  return f !== undefined && (ts.isMethodDeclaration(f) || ts.isFunctionDeclaration(f) || ts.isFunctionExpression(f) || ts.isAccessor(f));
}
