import type { FunctionId, ValueType } from '../../program';
import type { StepModel } from './step-model';

/** What a variable may hold while a path of the program is traced. */
export type Value =
  | { readonly kind: 'number'; readonly node: number }
  | { readonly kind: 'constant'; readonly value: string | boolean | null | undefined }
  | ArrayValue
  | ObjectValue
  | { readonly kind: 'function'; readonly function: FunctionId }
  /** A parameter, or part of one, that is not yet known to be a number: `path` is `x`, `p.x`, `xs[0]`. */
  | { readonly kind: 'symbol'; readonly path: string; readonly type: ValueType; readonly range: readonly [number, number] | null; readonly ranges: Readonly<Record<string, readonly [number, number]>> };

export interface ArrayValue {
  readonly kind: 'array';
  readonly elements: Value[];
  /** What a store rounds to: `Float32Array` rounds to fp32; null stores as is. */
  readonly step: StepModel | null;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly properties: Map<string, Value>;
}

export const UNDEFINED: Value = { kind: 'constant', value: undefined };

/** Code that the bound analysis does not follow. The message is a phrase that says what, `site` where (an expression id, or −1). */
export class TraceRefusal extends Error {
  override readonly name = 'TraceRefusal';
  constructor(message: string, readonly site: number) {
    super(message);
  }
}

export function refuse(message: string, site: number): never {
  throw new TraceRefusal(message, site);
}
