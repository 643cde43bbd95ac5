/** What the service asks of the worker. Each request is answered once, in order. */
export type WorkerRequest =
  /** Throws the context away and evaluates scripts in a new one. */
  | { readonly id: number; readonly kind: 'open'; readonly scripts: readonly { readonly name: string; readonly text: string }[] }
  /** Evaluates an expression in the context; its value, as text, is the answer. */
  | { readonly id: number; readonly kind: 'evaluate'; readonly text: string };

export interface WorkerAnswer {
  readonly id: number;
  readonly text: string;
  /** A failure outside the user's code: a script that does not compile. */
  readonly error?: string;
  readonly stack?: string;
}
