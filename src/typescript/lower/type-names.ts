import ts from 'typescript';
import type { ValueType } from '../../program';

export type TypeDeclaration = ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassLikeDeclaration | ts.EnumDeclaration;

/** What a type name means in some file. */
export type FoundType =
  | { readonly kind: 'declared'; readonly declaration: TypeDeclaration; readonly names: TypeNames }
  /** Nothing of the program: a name of the language's library, if anything. */
  | { readonly kind: 'global' }
  | { readonly kind: 'unknown' };

/** The type names of one file: its own and those that it imports. */
export interface TypeNames {
  find(name: string): FoundType;
  /** The type of a value of that name at the top of the file, where its declaration tells without the checker. */
  valueType(name: string): ValueType | null;
  /** What was read of declarations of the file, where the names cannot change between two questions. */
  readonly kept?: Kept;
}

export type Kept = Map<ts.Node, Map<string, unknown>>;

/** The answer to a question of a declaration: that of the last time, where the names are known to stand still. */
export function keep<T>(names: TypeNames, declaration: ts.Node, question: string, answer: () => T): T {
  if (!names.kept) return answer();
  let answers = names.kept.get(declaration);
  if (!answers) names.kept.set(declaration, answers = new Map());
  if (!answers.has(question)) answers.set(question, answer());
  return answers.get(question) as T;
}

/** A declaration of another file, with the names that its types are written in. */
export interface Exported {
  readonly declaration: ts.Node;
  readonly names: TypeNames;
}

/** The type parameter that a name means at a node, when it is one. */
export function typeParameterAt(node: ts.Node, name: string): ts.TypeParameterDeclaration | null {
  for (let place = node.parent as ts.Node | undefined; place; place = place.parent as ts.Node | undefined) {
    if (ts.isInferTypeNode(place) && place.typeParameter.name.text === name) return place.typeParameter;
    if (ts.isMappedTypeNode(place) && place.typeParameter.name.text === name) return place.typeParameter;
    const parameters = (place as Partial<ts.SignatureDeclarationBase>).typeParameters;
    const found = parameters?.find(each => each.name.text === name);
    if (found) return found;
  }
  return null;
}
