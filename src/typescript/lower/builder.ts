import type { Expression, FunctionId, Parameter, Program, Statement, ValueType, Variable, VariableId, Directive } from '../../program';
import { UNKNOWN } from '../../program';
import type { Problem } from '../../protocol/place';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;

export interface Span {
  readonly start: number;
  readonly end: number;
}

export type VariableDraft = Mutable<Variable>;
export type FunctionDraft = { -readonly [K in keyof Program['functions'][number]]: Program['functions'][number][K] } & {
  parameters: Parameter[];
  body: readonly Statement[];
  callSites: number[];
};

/**
 * The program under construction: dense tables that only grow. Ids are positions in them, children of an expression are made before it
 * (except the function bodies of literals), so that an expression's id is larger than those of its operands.
 */
export class Builder {
  readonly expressions: Expression[] = [];
  readonly variables: VariableDraft[] = [];
  readonly functions: FunctionDraft[] = [];
  readonly problems: Problem[] = [];
  readonly directives: Directive[] = [];

  constructor(readonly file: string, readonly text: string, readonly lineStarts: readonly number[]) {}

  /** Gives the expression its id and enters it into the table. */
  make<T extends WithoutId<Expression>>(draft: T): T & { readonly id: number } {
    const made = draft as T & { id: number };
    made.id = this.expressions.length;
    this.expressions.push(made as unknown as Expression);
    return made;
  }

  variable(name: string, kind: Variable['kind'], owner: FunctionId, span: Span, type: ValueType = UNKNOWN): VariableId {
    const id = this.variables.length;
    this.variables.push({ id, name, kind, type, owner, start: span.start, end: span.end, assignments: 0, captured: false, range: null, format: null });
    return id;
  }

  function(kind: FunctionDraft['kind'], name: string, enclosing: FunctionId | null, span: Span): FunctionId {
    const id = this.functions.length;
    this.functions.push({
      id, name, kind, start: span.start, end: span.end, nameStart: span.start, nameEnd: span.start, exported: false, async: false, generator: false,
      enclosing, parameters: [], body: [], result: UNKNOWN, callSites: [], escapes: false, format: null,
    });
    return id;
  }

  problem(offset: number, message: string): void {
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.lineStarts[middle] <= offset) low = middle; else high = middle - 1;
    }
    this.problems.push({ file: this.file, line: low + 1, column: offset - this.lineStarts[low] + 1, message });
  }

  program(): Program {
    const { file, text, functions, variables, expressions, problems, directives, lineStarts } = this;
    return { file, text, functions, variables, expressions, problems, directives, lineStarts };
  }
}
