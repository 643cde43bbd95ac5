import type { Expression, FunctionIr, Program } from '../program';

/** The innermost expression whose span holds the offset and that `accept` takes; of equal spans the one that was lowered last, which is the whole. */
export function expressionAt(program: Program, offset: number, accept: (expression: Expression) => boolean): Expression | undefined {
  let best: Expression | undefined;
  for (const expression of program.expressions) {
    if (expression.start > offset || expression.end < offset || !accept(expression)) continue;
    if (!best || expression.end - expression.start <= best.end - best.start) best = expression;
  }
  return best;
}

/** The innermost function around the offset; the module itself when there is none. */
export function functionAt(program: Program, offset: number): FunctionIr {
  return program.functions.filter(fn => fn.start <= offset && offset <= fn.end)
    .reduce((best, fn) => fn.kind !== 'module' && (best.kind === 'module' || fn.end - fn.start <= best.end - best.start) ? fn : best, program.functions[0]);
}

/** The function around the offset that can be called by name (`FILE#NAME`), looking outwards from the innermost. */
export function namedFunctionAt(program: Program, offset: number): FunctionIr | undefined {
  for (let fn: FunctionIr | undefined = functionAt(program, offset); fn && fn.kind !== 'module'; fn = fn.enclosing === null ? undefined : program.functions[fn.enclosing]) {
    if (fn.name !== '' && fn.enclosing === 0 && ['function', 'arrow', 'method'].includes(fn.kind)) return fn;
  }
  return undefined;
}
