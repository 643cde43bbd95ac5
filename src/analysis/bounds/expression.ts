import type { Expression, ExpressionId, FunctionIr, Program, VariableId } from '../../program';
import { bound, type BoundRequest } from './bound';
import type { BoundResult } from './result';

/**
 * Bound of one expression, its variables being values of the format in given ranges: what a hover shows where the whole function cannot be bounded. The variables
 * count as independent and exact here, so this is the error that the expression itself adds.
 * @param rangeOf range of a variable at this place, for example from the range analysis; null when it is not known
 */
export function boundExpression(program: Program, id: ExpressionId, rangeOf: (variable: VariableId) => readonly [number, number] | null, request: Omit<BoundRequest, 'box'> = {}): BoundResult {
  const expression = program.expressions[id];
  const variables = [...variablesIn(expression)].filter(v => program.variables[v].kind !== 'function' && !isModuleConstant(program, v));
  const box: Record<string, readonly [number, number]> = {};
  for (const v of variables) {
    const range = rangeOf(v);
    if (range) box[program.variables[v].name] = range;
  }
  const f: FunctionIr = {
    id: program.functions.length, name: program.text.slice(expression.start, expression.end).slice(0, 60), kind: 'arrow', start: expression.start, end: expression.end, nameStart: expression.start,
    nameEnd: expression.start, exported: false, async: false, generator: false, enclosing: 0,
    parameters: variables.map(variable => ({ variable, rest: false, optional: false, initializer: null })),
    body: [{ kind: 'return', value: expression, start: expression.start, end: expression.end }],
    result: expression.type, callSites: [], escapes: false, format: null,
  };
  return bound(f, { ...program, functions: [...program.functions, f] }, { ...request, box });
}

function isModuleConstant(program: Program, id: VariableId): boolean {
  const v = program.variables[id];
  return v.owner === 0 && v.kind === 'const';
}

/** Variables that an expression reads, in order. */
function variablesIn(e: Expression, found = new Set<VariableId>()): Set<VariableId> {
  if (e.kind === 'variable') found.add(e.variable);
  else for (const child of operandsOf(e)) variablesIn(child, found);
  return found;
}

function operandsOf(e: Expression): readonly Expression[] {
  switch (e.kind) {
    case 'operation': return e.operands;
    case 'logical': return [e.left, e.right];
    case 'conditional': return [e.test, e.then, e.otherwise];
    case 'property': return [e.object];
    case 'index': return [e.object, e.index];
    case 'call': return [...e.arguments, ...(e.callee.kind === 'library' && e.callee.receiver ? [e.callee.receiver] : [])];
    case 'array': return e.elements.filter(x => x !== null);
    case 'object': return e.properties.map(p => p.value);
    case 'sequence': return e.expressions;
    default: return [];
  }
}
