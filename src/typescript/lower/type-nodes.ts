import ts from 'typescript';
import type { ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import type { Lowering } from './context';
import { plainResult, plainType } from './plain-results';
import { jsDocResult } from './type-members';
import { keep, type Exported, type FoundType, type TypeNames } from './type-names';
import { instanceType, reading, readType, type Reading } from './type-reader';

/** The type names of the file that is being lowered, as its scopes stand. */
export function namesOf(cx: Lowering): TypeNames {
  return cx.typeNames ??= {
    find(name): FoundType {
      const declaration = cx.typeDeclarations.get(name);
      if (declaration) return { kind: 'declared', declaration, names: namesOf(cx) };
      const id = cx.scope.lookup(name);
      if (id === undefined) return { kind: 'global' };
      const { imported } = cx.builder.variables[id];
      if (!imported || imported.name === '*') return { kind: 'unknown' };
      return foundIn(cx.exported(imported.module, imported.name));
    },
    valueType(name): ValueType | null {
      const id = cx.scope.lookup(name);
      const variable = id === undefined ? undefined : cx.builder.variables[id];
      if (!variable) return null;
      const exported = variable.imported && variable.imported.name !== '*' ? cx.exported(variable.imported.module, variable.imported.name) : null;
      return exported ? typeOfExport(exported) : variable.type.kind === 'unknown' ? null : variable.type;
    },
  };
}

/** What an export is as a type. */
export function foundIn(exported: Exported | null): FoundType {
  if (!exported) return { kind: 'unknown' };
  const { declaration, names } = exported;
  return ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration) || ts.isClassLike(declaration) || ts.isEnumDeclaration(declaration)
    ? { kind: 'declared', declaration, names } : { kind: 'unknown' };
}

/** A written type: from syntax here and in the files that it is imported from; what they cannot tell is asked of the checker. */
export function typeOfAnnotation(cx: Lowering, node: ts.TypeNode | undefined): ValueType {
  if (!node) return UNKNOWN;
  if (node.kind === ts.SyntaxKind.ThisType) {
    const owner = ts.findAncestor(node, ts.isClassLike)?.name?.text;
    if (owner !== undefined) return cx.classes.get(owner)?.type ?? { kind: 'object', name: owner, properties: {} };
  }
  return readType(node, reading(namesOf(cx))) ?? cx.types.typeOf(node);
}

/** What the annotations and simple initializers of a class say of its instances. */
export function classType(cx: Lowering, node: ts.ClassLikeDeclaration, name: string): ValueType {
  return instanceType(node, name, reading(namesOf(cx))) ?? { kind: 'object', name, properties: {} };
}

/** The type of a value that another file exports, from its annotation; null when it takes the checker. */
export function typeOfExport(exported: Exported): ValueType | null {
  const { declaration, names } = exported;
  if (ts.isVariableDeclaration(declaration)) {
    if (declaration.type) return readType(declaration.type, reading(names));
    if (declaration.initializer && plainType(declaration.initializer, { names, self: {} }, new Map())?.kind === 'number') return { kind: 'number' };
    const made = declaration.initializer && instanceMade(declaration.initializer, names);
    if (made) return made;
  }
  const result = resultOfExport(exported);
  return result === null ? null : { kind: 'function', parameters: [], result };
}

/** The result of a static method of a class of another file; null when it takes the checker. */
export function staticResult({ declaration, names }: Exported, method: string): ValueType | null {
  return ts.isClassLike(declaration) ? methodResultOf(declaration, names, method, true, 0) : null;
}

/** Methods that call each other are followed this far. */
const CALLS = 4;

function methodResultOf(owner: ts.ClassLikeDeclaration, names: TypeNames, name: string, wantStatic: boolean, depth: number): ValueType | null {
  if (depth > CALLS || owner.typeParameters) return null;
  const named = owner.members.filter((each): each is ts.MethodDeclaration => ts.isMethodDeclaration(each) && !ts.isComputedPropertyName(each.name) && each.name.text === name && isStatic(each) === wantStatic);
  return named.length === 1 ? statedOrPlain(named[0], reading(names, 'give up'), wantStatic ? null : owner, depth) : null;
}

/** The result that a function states, or else plainly gives; `owner`: the class whose method it is. */
function statedOrPlain(fn: ts.FunctionLikeDeclaration, at: Reading, owner: ts.ClassLikeDeclaration | null, depth = 0): ValueType | null {
  const written = fn.type ?? jsDocResult(fn);
  if (written?.kind === ts.SyntaxKind.ThisType && owner?.name && !owner.typeParameters) return { kind: 'object', name: owner.name.text, properties: {} };
  if (written) return readType(written, at);
  if (fn.typeParameters) return null;
  let self: Readonly<Record<string, ValueType>> | undefined;
  return plainResult(fn, {
    names: at.names, get self() { return self ??= owner ? propertiesOf(owner, at) : {}; }, owner: owner ?? undefined,
    method: (of, names, name, isStatic) => methodResultOf(of, names, name, isStatic, depth + 1),
  });
}

/** The result that a function of another file states, when it does not depend on the call. */
export function resultOfExport(exported: Exported): ValueType | null {
  const { declaration, names } = exported;
  const fn = ts.isVariableDeclaration(declaration) ? declaration.initializer ?? declaration : declaration;
  if (ts.isVariableDeclaration(fn)) return fn.type && ts.isFunctionTypeNode(fn.type) && !fn.type.typeParameters ? readType(fn.type.type, reading(names, 'give up')) : null;
  if (!ts.isFunctionDeclaration(fn) && !ts.isArrowFunction(fn) && !ts.isFunctionExpression(fn)) return null;
  return statedOrPlain(fn, reading(names, 'give up'), null);
}

/** `new Point()` of a class without type parameters that these names know. */
function instanceMade(node: ts.Expression, names: TypeNames): ValueType | null {
  if (!ts.isNewExpression(node) || !ts.isIdentifier(node.expression)) return null;
  const found = names.find(node.expression.text);
  return found.kind === 'declared' && ts.isClassLike(found.declaration) && !found.declaration.typeParameters ? { kind: 'object', name: node.expression.text, properties: {} } : null;
}

/** `new Matrix(…)` of an imported class without type parameters. */
export function instanceOfImport(cx: Lowering, name: string, imported: { readonly module: string; readonly name: string }): ValueType {
  const declaration = cx.exported(imported.module, imported.name)?.declaration;
  return declaration && ts.isClassLike(declaration) && !declaration.typeParameters ? { kind: 'object', name, properties: {} } : UNKNOWN;
}

/** What a member is as a value, and what it answers when it is called. */
export interface Member {
  readonly property: ValueType | null;
  readonly result: ValueType | null;
}

/** The type of a member of a class or interface that a value's type names; null when it is not known by name. */
export function memberOf(cx: Lowering, typeName: string, member: string): Member | null {
  const found = namesOf(cx).find(typeName);
  if (found.kind !== 'declared' || !ts.isInterfaceDeclaration(found.declaration) && !ts.isClassLike(found.declaration)) return null;
  const { declaration, names } = found;
  return keep(names, declaration, `member ${member}`, () => readMember(declaration, names, member));
}

function readMember(declaration: ts.InterfaceDeclaration | ts.ClassLikeDeclaration, names: TypeNames, member: string): Member | null {
  const named = (declaration.members as readonly (ts.TypeElement | ts.ClassElement)[]).filter(each => each.name !== undefined && !ts.isComputedPropertyName(each.name) && each.name.text === member && !isStatic(each));
  const at = reading(names, 'give up');
  if (named.length === 0) {
    const properties = ts.isClassLike(declaration) ? propertiesOf(declaration, at) : {};
    return Object.hasOwn(properties, member) ? { property: properties[member], result: null } : null;
  }
  // What a generic class computes may depend on its arguments.
  const given = (each: ts.FunctionLikeDeclaration): ValueType | null => declaration.typeParameters && !each.type && !jsDocResult(each) ? null : statedOrPlain(each, at, ts.isClassLike(declaration) ? declaration : null);
  if (named.every(each => ts.isMethodSignature(each) || ts.isMethodDeclaration(each))) {
    const results = named.map(each => ts.isMethodDeclaration(each) ? given(each) : (each as ts.MethodSignature).type ? readType((each as ts.MethodSignature).type!, at) : null);
    const same = results.every(type => type !== null && JSON.stringify(type) === JSON.stringify(results[0]));
    return { property: null, result: same ? results[0] : null };
  }
  const [only] = named;
  if (named.length === 1 && ts.isGetAccessorDeclaration(only) && !only.type) return { property: given(only), result: null };
  if (named.length > 1 || !ts.isPropertySignature(only) && !ts.isPropertyDeclaration(only) && !ts.isGetAccessorDeclaration(only) || !only.type || !ts.isGetAccessorDeclaration(only) && only.questionToken) return null;
  return { property: readType(only.type, at), result: null };
}

function propertiesOf(declaration: ts.ClassLikeDeclaration, at: Reading): Readonly<Record<string, ValueType>> {
  const type = instanceType(declaration, declaration.name?.text ?? '', at);
  return type?.kind === 'object' ? type.properties : {};
}

function isStatic(member: ts.TypeElement | ts.ClassElement): boolean {
  return (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
}
