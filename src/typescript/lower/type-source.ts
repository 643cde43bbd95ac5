import type ts from 'typescript';
import type { ValueType } from '../../program';
import { UNKNOWN } from '../../program';
import type { Exported } from './type-names';

/**
 * What the lowering asks of the type checker. It asks only where syntax cannot tell, because each answer may cost the checker the inference of
 * everything the node depends on. Every answer may be "unknown".
 */
export interface TypeSource {
  /** Type of an expression, a declared name or a type node at its place (narrowed by control flow). */
  typeOf(node: ts.Node): ValueType;
  /** Type of a call: from the callee's written result where it has one, which spares the checker the arguments. */
  resultOf(call: ts.CallExpression): ValueType;
  /** The declaration that an import of the file means, when the syntax of the files tells. */
  exported(from: string, module: string, name: string): Exported | null;
  /** Whether nothing can be known of what a module exports: asking for its types is no use. */
  isForeign(from: string, module: string): boolean;
  /** Value of an imported numeric constant (`export const EPS = 1e-9`) or of an enum member of another file. */
  constantOf(node: ts.Expression): number | null;
}

/** No checker: syntax alone. */
export const noTypes: TypeSource = { typeOf: () => UNKNOWN, resultOf: () => UNKNOWN, exported: () => null, isForeign: () => false, constantOf: () => null };
