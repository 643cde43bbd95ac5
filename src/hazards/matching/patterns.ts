import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { constantOf, isOperation, resolve } from './structure';

/** `resolve`, and on from a variable of a parameter's pattern to the part that it stands for: `({ data })` answers the property `data` of what the caller gives. */
export function unpacked(c: HazardContext, e: Expression, depth = 4): Expression {
  const value = resolve(c, e);
  if (value.kind !== 'variable' || depth === 0 || c.variable(value.variable).kind !== 'parameter') return value;
  const definitions = c.definitions(value.variable);
  const only = definitions.length === 1 ? definitions[0] : null;
  return only?.kind === 'value' && only.assignment === null && only.compound === null ? unpacked(c, only.value, depth - 1) : value;
}

/** The number that an expression is, or is when nobody gives another: the default of a parameter, of a part of a pattern, of `given ?? 1e-8`. */
export function usualConstant(c: HazardContext, e: Expression): number | null {
  const fixed = constantOf(c, e);
  if (fixed !== null) return fixed;
  const value = unpacked(c, e);
  if (value.kind === 'logical' && value.operator !== 'and') return constantOf(c, value.right);
  if (value.kind === 'conditional' && isOperation(value.test, 'eq') && value.test.operands.some(o => o.type.kind === 'undefined')) return constantOf(c, value.then);
  if (value.kind === 'property') return storedConstant(c, value.name);
  if (value.kind !== 'variable' || c.variable(value.variable).kind !== 'parameter') return null;
  const parameter = c.program.functions[c.variable(value.variable).owner].parameters.find(p => p.variable === value.variable);
  return parameter?.initializer ? constantOf(c, parameter.initializer) : null;
}

/** The one number that the file ever stores in a field of this name. */
function storedConstant(c: HazardContext, name: string): number | null {
  const stored = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === name);
  return stored.length === 1 && stored[0].compound === null ? usualConstant(c, stored[0].value) : null;
}
