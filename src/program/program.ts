import type { Place, Problem } from '../protocol/place';
import type { Expression, ExpressionId, FunctionId, VariableId } from './expression';
import type { Statement } from './statement';
import type { ValueType } from './types';

/** One source file, lowered. Plain data: no compiler object in it. Lowering never fails; what it does not understand is opaque. */
export interface Program {
  readonly file: string;
  readonly text: string;
  /** `functions[0]` is the module itself. */
  readonly functions: readonly FunctionIr[];
  readonly variables: readonly Variable[];
  /** Every expression, by id. */
  readonly expressions: readonly Expression[];
  readonly problems: readonly Problem[];
  readonly directives: readonly Directive[];
  /** Offset of the first unit of each line. */
  readonly lineStarts: readonly number[];
}

export interface FunctionIr {
  readonly id: FunctionId;
  /** `variance`, `Vector.length`, or `` for an anonymous one. */
  readonly name: string;
  readonly kind: 'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor' | 'initializer';
  readonly start: number;
  readonly end: number;
  readonly nameStart: number;
  readonly nameEnd: number;
  readonly exported: boolean;
  readonly async: boolean;
  readonly generator: boolean;
  /** The function it is written in; null for the module. */
  readonly enclosing: FunctionId | null;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[];
  readonly result: ValueType;
  /** Calls in this program that certainly call it. */
  readonly callSites: readonly ExpressionId[];
  /** True when it is exported or used other than by calling it, so that callers may be unknown. */
  readonly escapes: boolean;
  /** JSDoc `@range NAME [LO, HI]` of parameters, `@format fp16` of the function, `@returns`-ranges are not read. */
  readonly format: string | null;
}

export interface Parameter {
  /** The variable, or a temporary that the body's first statements destructure. */
  readonly variable: VariableId;
  readonly rest: boolean;
  readonly optional: boolean;
  readonly initializer: Expression | null;
}

export interface Variable {
  readonly id: VariableId;
  readonly name: string;
  readonly kind: 'parameter' | 'const' | 'let' | 'var' | 'function' | 'class' | 'import' | 'catch' | 'global' | 'temporary';
  readonly type: ValueType;
  /** Function that declares it (0 = module level). */
  readonly owner: FunctionId;
  readonly start: number;
  readonly end: number;
  /** Number of assignments after the declaration. */
  readonly assignments: number;
  /** Read or written by a function other than its owner. */
  readonly captured: boolean;
  /** From JSDoc `@range`: a promise about every value (elements, for arrays). Ends inclusive. */
  readonly range: readonly [number, number] | null;
  /** `@range p.x [0, 1]` of a parameter p: promises about its properties, by path (`x`, `a.b`). */
  readonly propertyRanges?: Readonly<Record<string, readonly [number, number]>>;
  /** From JSDoc or inline `@format`. */
  readonly format: string | null;
  /** For an import: what is imported from where. */
  readonly imported?: { readonly module: string; readonly name: string };
}

/** `// roundoff-disable-next-line id, id -- reason`, `roundoff-disable`, `roundoff-enable`, `roundoff-disable-line`. */
export interface Directive {
  readonly kind: 'disable' | 'enable' | 'disable-line' | 'disable-next-line';
  /** Empty: all hazards. */
  readonly hazards: readonly string[];
  readonly reason: string;
  readonly start: number;
  readonly line: number;
}

/** The place of a span of the program's file. */
export function placeOf(program: Program, span: { readonly start: number; readonly end: number }): Place {
  const from = lineColumn(program, span.start);
  const to = lineColumn(program, span.end);
  return { file: program.file, start: span.start, end: span.end, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** 1-based line and column (UTF-16 units) of an offset. */
export function lineColumn(program: Program, offset: number): { line: number; column: number } {
  const starts = program.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle] <= offset) low = middle; else high = middle - 1;
  }
  return { line: low + 1, column: offset - starts[low] + 1 };
}

export function textOf(program: Program, span: { readonly start: number; readonly end: number }): string {
  return program.text.slice(span.start, span.end);
}
