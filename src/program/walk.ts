import { childrenOf, partsOf } from './children';
import type { Expression } from './expression';
import type { FunctionIr } from './program';
import type { Statement } from './statement';

/** Visits an expression and everything inside it, outer first. `visit` answers false to leave out what is inside. */
export function visitExpression(root: Expression, visit: (expression: Expression) => unknown): void {
  const stack: Expression[] = [root];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (visit(next) === false) continue;
    const inner = childrenOf(next);
    for (let i = inner.length - 1; i >= 0; i--) stack.push(inner[i]);
  }
}

/** Visits statements and the statements inside them, outer first; not those of nested functions. */
export function visitStatements(body: readonly Statement[], visit: (statement: Statement) => unknown): void {
  for (const statement of body) {
    if (visit(statement) === false) continue;
    for (const block of partsOf(statement).blocks) visitStatements(block, visit);
  }
}

/** Visits every expression of a list of statements, outer first; not those of nested functions. */
export function visitExpressions(body: readonly Statement[], visit: (expression: Expression) => unknown): void {
  visitStatements(body, statement => {
    const { before, after } = partsOf(statement);
    for (const expression of before) visitExpression(expression, visit);
    for (const expression of after) visitExpression(expression, visit);
  });
}

/** Visits every expression of a function: defaults of its parameters, then its body. */
export function visitFunction(fn: FunctionIr, visit: (expression: Expression) => unknown): void {
  for (const parameter of fn.parameters) if (parameter.initializer) visitExpression(parameter.initializer, visit);
  visitExpressions(fn.body, visit);
}
