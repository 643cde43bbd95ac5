import type { Expression, Target, VariableId } from './expression';

interface Node {
  readonly start: number;
  readonly end: number;
}

/** Destructuring is spelled out with temporaries; hoisted function declarations are not statements (they are in `Program.functions`). */
export type Statement =
  | ({ readonly kind: 'declare'; readonly variable: VariableId; readonly value: Expression | null } & Node)
  | ({ readonly kind: 'expression'; readonly expression: Expression } & Node)
  | ({ readonly kind: 'if'; readonly test: Expression; readonly then: readonly Statement[]; readonly otherwise: readonly Statement[] } & Node)
  | Loop
  | ForOf
  | ({ readonly kind: 'return'; readonly value: Expression | null } & Node)
  | ({ readonly kind: 'throw'; readonly value: Expression } & Node)
  | ({ readonly kind: 'break' | 'continue'; readonly label: string | null } & Node)
  | ({ readonly kind: 'block'; readonly label: string | null; readonly body: readonly Statement[] } & Node)
  | ({ readonly kind: 'try'; readonly body: readonly Statement[]; readonly parameter: VariableId | null; readonly handler: readonly Statement[] | null; readonly finalizer: readonly Statement[] | null } & Node)
  | ({ readonly kind: 'switch'; readonly subject: Expression; readonly cases: readonly { readonly test: Expression | null; readonly body: readonly Statement[] }[]; readonly label: string | null } & Node)
  /** Not modelled; may assign anything that it mentions. */
  | ({ readonly kind: 'opaque'; readonly reason: string; readonly children: readonly Expression[] } & Node);

/** for, while, do-while. `for (init; test; update) body`; init stands before the loop in the same block. */
export interface Loop extends Node {
  readonly kind: 'loop';
  readonly form: 'for' | 'while' | 'do';
  readonly label: string | null;
  readonly init: readonly Statement[];
  readonly test: Expression | null;
  readonly update: Expression | null;
  readonly body: readonly Statement[];
}

/** for-of and for-in. The first statements of the body take the element from `element` into the pattern's variables. */
export interface ForOf extends Node {
  readonly kind: 'for-of' | 'for-in';
  readonly label: string | null;
  readonly iterable: Expression;
  /** The loop variable, or a temporary when it is a pattern or an assignment target. */
  readonly element: VariableId;
  readonly target: Target | null;
  readonly body: readonly Statement[];
}
