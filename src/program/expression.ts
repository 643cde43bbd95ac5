import type { ValueType } from './types';

/** Dense index of an expression within its program: facts are arrays over it. */
export type ExpressionId = number;
export type VariableId = number;
export type FunctionId = number;

interface Node {
  readonly id: ExpressionId;
  /** UTF-16 offsets of the source expression, parentheses around it left out. */
  readonly start: number;
  readonly end: number;
  readonly type: ValueType;
}

/**
 * An expression. Names are resolved, parentheses, type assertions and non-null marks are gone, compound assignments and `++` are spelled out
 * (`s += x` is an assign whose value is an operation that reads s; both have the span of the whole). Order of evaluation is operand order.
 */
export type Expression =
  | NumberLiteral | ConstantLiteral | VariableRead | Operation | Logical | Conditional | Assignment | PropertyRead | IndexRead
  | Call | Construction | ArrayLiteral | ObjectLiteral | FunctionLiteral | Sequence | Template | Opaque;

/** A number in the source, or a named constant of the language (`Math.PI`, `Number.EPSILON`, `Infinity`, `NaN`). */
export interface NumberLiteral extends Node {
  readonly kind: 'number';
  readonly value: number;
  /** As written: `0.1`, `1_000`, `0xff`, `Math.PI`. A unary minus is an operation, not part of the literal. */
  readonly text: string;
  /** Set when it is a named constant, or a `const` of another module. */
  readonly named: boolean;
}

/** Any other literal: string, boolean, null, undefined, bigint (decimal text), regular expression (source text). */
export interface ConstantLiteral extends Node {
  readonly kind: 'constant';
  readonly value: string | boolean | null | undefined;
  readonly of: 'string' | 'boolean' | 'null' | 'undefined' | 'bigint' | 'regexp';
}

export interface VariableRead extends Node {
  readonly kind: 'variable';
  readonly variable: VariableId;
}

/**
 * An operator of the operator table applied to numbers, comparisons included (`lt le gt ge eq ne`; `loose` for == and !=), or `not`, `typeof`.
 * `a + b` is `add` only when both operands are numbers or may be; when the types say string it is a `Template`.
 */
export interface Operation extends Node {
  readonly kind: 'operation';
  readonly operator: string;
  readonly operands: readonly Expression[];
  readonly loose?: boolean;
  /** `...xs` among the operands of a variadic operator: which ones are spread. */
  readonly spread?: readonly boolean[];
}

export interface Logical extends Node {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or' | 'nullish';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Node {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export type Target = VariableRead | PropertyRead | IndexRead | Opaque;

export interface Assignment extends Node {
  readonly kind: 'assign';
  readonly target: Target;
  readonly value: Expression;
  /** The operator of `target op= …` and of `++`/`--` (`add`, `sub`), else null. */
  readonly compound: string | null;
  /** `postfix` for `i++`: the expression's value is the old one. */
  readonly result: 'new' | 'old';
}

export interface PropertyRead extends Node {
  readonly kind: 'property';
  readonly object: Expression;
  readonly name: string;
  readonly optional: boolean;
}

export interface IndexRead extends Node {
  readonly kind: 'index';
  readonly object: Expression;
  readonly index: Expression;
  readonly optional: boolean;
}

/** Who is called. */
export type Callee =
  /** A function of this program: `functions[id]`. `receiver` is the object of a method call (absent for plain functions and static methods). */
  | { readonly kind: 'local'; readonly function: FunctionId; readonly receiver?: Expression | null }
  /** A function or method of the language or its library by its full name: `Math.sumPrecise`, `Number.isFinite`, `parseInt`, `Array.prototype.reduce`, `TypedArray.prototype.reduce`, `String.prototype.slice`, `Promise.all`, `setTimeout`. `receiver` is the object of a method. */
  | { readonly kind: 'library'; readonly name: string; readonly receiver: Expression | null }
  /** A function of another module: `module` as written in the import, `name` as exported. */
  | { readonly kind: 'imported'; readonly module: string; readonly name: string; readonly receiver: Expression | null }
  /** A method whose implementation is not known. */
  | { readonly kind: 'method'; readonly name: string; readonly receiver: Expression }
  | { readonly kind: 'dynamic'; readonly callee: Expression };

export interface Call extends Node {
  readonly kind: 'call';
  readonly callee: Callee;
  readonly arguments: readonly Expression[];
  readonly spread: readonly boolean[];
  readonly optional: boolean;
  /** Span of the callee's name, for messages. */
  readonly calleeStart: number;
  readonly calleeEnd: number;
}

export interface Construction extends Node {
  readonly kind: 'new';
  /** `Float32Array`, `Array`, `Map`, or the class's name; null when computed. */
  readonly name: string | null;
  /** Constructor function of a class of this program. */
  readonly function: FunctionId | null;
  readonly arguments: readonly Expression[];
  readonly spread: readonly boolean[];
}

export interface ArrayLiteral extends Node {
  readonly kind: 'array';
  /** Null is a hole. */
  readonly elements: readonly (Expression | null)[];
  readonly spread: readonly boolean[];
}

export interface ObjectLiteral extends Node {
  readonly kind: 'object';
  /** `name` is null for computed keys and for spreads. */
  readonly properties: readonly { readonly name: string | null; readonly spread: boolean; readonly value: Expression }[];
}

export interface FunctionLiteral extends Node {
  readonly kind: 'function';
  readonly function: FunctionId;
}

export interface Sequence extends Node {
  readonly kind: 'sequence';
  readonly expressions: readonly Expression[];
}

/** Text: template strings, string concatenation. */
export interface Template extends Node {
  readonly kind: 'template';
  readonly parts: readonly Expression[];
}

/**
 * Something the lowering does not model (await, yield, tagged templates, `this`, `super`, classes as values, …). Its value is any value of its type,
 * and it may have any effect on what it mentions. `children` are the expressions inside it, so that findings inside are not lost.
 */
export interface Opaque extends Node {
  readonly kind: 'opaque';
  /** `this`, `await`, `yield`, … or a phrase for people. */
  readonly reason: string;
  readonly children: readonly Expression[];
}
