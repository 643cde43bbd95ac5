import type { Expression, NumberLiteral } from './expression';
import type { FunctionIr, Program } from './program';

/** The innermost expression of the source at an offset (its end counts as inside); null between expressions. Of several with one span, the one that is computed last. */
export function expressionAt(program: Program, offset: number): Expression | null {
  let found: Expression | null = null;
  for (const expression of program.expressions) {
    if (expression.start > offset || expression.end < offset || expression.start === expression.end) continue;
    if (!found || better(expression, found, offset)) found = expression;
  }
  return found;
}

function better(a: Expression, b: Expression, offset: number): boolean {
  const inside = (e: Expression): boolean => e.end > offset;
  const length = a.end - a.start - (b.end - b.start);
  // At a boundary (`a|+b`) the expression that starts there, or else the one that ends there, both shorter than their common parent.
  return length < 0 || length === 0 && (inside(a) && !inside(b) || a.id > b.id && inside(a) === inside(b));
}

/** The innermost expression that covers a span. */
export function expressionCovering(program: Program, start: number, end: number): Expression | null {
  let found: Expression | null = null;
  for (const expression of program.expressions) {
    if (expression.start > start || expression.end < end) continue;
    if (!found || expression.end - expression.start <= found.end - found.start) found = expression;
  }
  return found;
}

/** The numeric literal or named constant at an offset, with the sign in front of it. */
export function literalAt(program: Program, offset: number): { readonly literal: NumberLiteral; readonly value: number; readonly start: number; readonly end: number } | null {
  let literal: NumberLiteral | null = null;
  for (const expression of program.expressions) {
    if (expression.kind === 'number' && expression.start <= offset && offset <= expression.end && program.text.startsWith(expression.text, expression.start)) literal = expression;
  }
  if (!literal) return null;
  for (const expression of program.expressions) {
    if (expression.kind === 'operation' && expression.operator === 'neg' && expression.operands[0] === literal) return { literal, value: -literal.value, start: expression.start, end: expression.end };
  }
  return { literal, value: literal.value, start: literal.start, end: literal.end };
}

/** The innermost function around an offset; the module itself when there is none. */
export function functionAt(program: Program, offset: number): FunctionIr {
  let found = program.functions[0];
  for (const fn of program.functions) {
    if (fn.kind !== 'module' && fn.kind !== 'initializer' && fn.start <= offset && offset <= fn.end && fn.end - fn.start <= found.end - found.start) found = fn;
  }
  return found;
}

/** A function by the name that `FILE#NAME` uses: top-level function or `Class.method`. */
export function functionNamed(program: Program, name: string): FunctionIr | null {
  const named = program.functions.filter(fn => fn.name === name && fn.kind !== 'module' && fn.kind !== 'initializer');
  return named.find(fn => fn.exported) ?? named.find(fn => fn.enclosing === 0) ?? named[0] ?? null;
}
