import ts from 'typescript';
import type { ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import { constantValue } from '../lower/enums';
import type { TypeSource } from '../lower/type-source';
import type { Exported } from '../lower/type-names';
import type { ModuleGraph } from './module-graph';
import { toValueType, type TypeMemo } from './value-type';

/** The result type that the only declaration of a function states, when it depends on nothing of the call. */
function writtenResult(symbol: ts.Symbol): ts.TypeNode | undefined {
  if (symbol.declarations?.length !== 1) return undefined;
  const declaration = symbol.declarations[0];
  const fn = ts.isVariableDeclaration(declaration) && !declaration.type && declaration.initializer ? declaration.initializer : declaration;
  if (!ts.isFunctionLike(fn) || !fn.type || fn.typeParameters || ts.isTypePredicateNode(fn.type)) return undefined;
  const dependent = (node: ts.Node): boolean => node.kind === ts.SyntaxKind.ThisType || (ts.forEachChild(node, child => dependent(child) || undefined) ?? false);
  // Members of generic classes and interfaces depend on the type of the object.
  const owner = fn.parent as ts.Node | undefined;
  if (owner && (ts.isClassLike(owner) || ts.isInterfaceDeclaration(owner)) && owner.typeParameters) return undefined;
  return dependent(fn.type) ? undefined : fn.type;
}

/**
 * The type checker of one program, made when it is first asked. A question that the compiler cannot answer (it throws on some broken code) is answered "unknown".
 */
export class CheckerTypes implements TypeSource {
  private checker: ts.TypeChecker | null = null;
  private readonly memo: TypeMemo = [];
  /** How many questions were asked: for measurements. */
  asked = 0;

  constructor(private readonly program: () => ts.Program, private readonly graph: ModuleGraph | null = null) {}

  exported(from: string, module: string, name: string): Exported | null {
    return this.graph?.exported(from, module, name) ?? null;
  }

  isForeign(from: string, module: string): boolean {
    return this.graph?.isForeign(from, module) ?? false;
  }

  /** `depth`: how many levels of objects are spelled out. */
  typeOf(node: ts.Node, depth = 0): ValueType {
    this.asked++;
    try {
      const checker = this.checker ??= this.program().getTypeChecker();
      return toValueType(checker, checker.getTypeAtLocation(node), this.memo, depth);
    } catch {
      return UNKNOWN;
    }
  }

  resultOf(call: ts.CallExpression): ValueType {
    try {
      const checker = this.checker ??= this.program().getTypeChecker();
      const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name : call.expression;
      let symbol = ts.isIdentifier(callee) ? checker.getSymbolAtLocation(callee) : undefined;
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const written = symbol && writtenResult(symbol);
      if (written) {
        this.asked++;
        return toValueType(checker, checker.getTypeFromTypeNode(written), this.memo);
      }
    } catch {
      return UNKNOWN;
    }
    return this.typeOf(call);
  }

  constantOf(node: ts.Expression): number | null {
    this.asked++;
    try {
      const checker = this.checker ??= this.program().getTypeChecker();
      let symbol = checker.getSymbolAtLocation(ts.isPropertyAccessExpression(node) ? node.name : node);
      if (symbol && symbol.flags & ts.SymbolFlags.Alias) symbol = checker.getAliasedSymbol(symbol);
      const declaration = symbol?.valueDeclaration;
      if (!declaration) return null;
      if (ts.isEnumMember(declaration)) {
        const value = checker.getConstantValue(declaration);
        return typeof value === 'number' ? value : null;
      }
      if (!ts.isVariableDeclaration(declaration) || !declaration.initializer || !(declaration.parent.flags & ts.NodeFlags.Const)) return null;
      const value = constantValue(declaration.initializer, new Map());
      return typeof value === 'number' ? value : null;
    } catch {
      return null;
    }
  }
}
