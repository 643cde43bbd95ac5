import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { unpacked } from './patterns';
import { constantOf } from './structure';

/** The number that an expression is, or is when nobody gives another. */
export function usualConstant(c: HazardContext, e: Expression): number | null {
  return constantOf(c, e) ?? defaultOf(c, e);
}

/**
 * The number that a value is when nobody gives another: the right side of `width || 0.1` and `width ?? 0.1`, the default of a parameter or of a destructured option, the one number
 * that the file stores in a field of that name, for `this.step` the default of the constructor's parameter of that name. Null when there is none.
 */
export function defaultOf(c: HazardContext, e: Expression): number | null {
  const value = unpacked(c, e);
  switch (value.kind) {
    case 'logical': return value.operator === 'and' ? null : constantOf(c, value.right);
    case 'conditional': return constantOf(c, value.then) ?? constantOf(c, value.otherwise);
    case 'variable': {
      const parameter = c.program.functions[c.variable(value.variable).owner].parameters.find(p => p.variable === value.variable);
      return parameter?.initializer ? constantOf(c, parameter.initializer) : null;
    }
    case 'property': return storedConstant(c, value.name) ?? (value.object.kind === 'opaque' ? constructorDefault(c, value.name) : null);
    default: return null;
  }
}

function storedConstant(c: HazardContext, name: string): number | null {
  const stored = c.assignments().filter(a => a.target.kind === 'property' && a.target.name === name);
  return stored.length === 1 && stored[0].compound === null ? usualConstant(c, stored[0].value) : null;
}

function constructorDefault(c: HazardContext, name: string): number | null {
  for (const fn of c.program.functions) {
    const parameter = fn.kind === 'constructor' ? fn.parameters.find(p => c.variable(p.variable).name === name) : undefined;
    if (parameter?.initializer) return constantOf(c, parameter.initializer);
  }
  return null;
}
