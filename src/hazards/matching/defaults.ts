import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { constantOf, resolve } from './structure';

/**
 * The number that a value is when nobody gives another: the right side of `width || 0.1` and `width ?? 0.1`, the default of a parameter or of a destructured option, for
 * `this.step` the default of the constructor's parameter of that name. Null when there is none.
 */
export function defaultOf(c: HazardContext, e: Expression): number | null {
  const value = resolve(c, e);
  if (value.kind === 'logical') return value.operator === 'and' ? null : constantOf(c, value.right);
  if (value.kind === 'conditional') return constantOf(c, value.then) ?? constantOf(c, value.otherwise);
  if (value.kind === 'variable') {
    const { owner } = c.variable(value.variable);
    const parameter = c.program.functions[owner]?.parameters.find(p => p.variable === value.variable);
    if (parameter?.initializer) return constantOf(c, parameter.initializer);
    const given = c.definitions(value.variable).flatMap(d => d.kind === 'value' && d.compound === null && d.assignment === null && d.value.kind === 'conditional' ? [defaultOf(c, d.value)] : []);
    return given.length === 1 ? given[0] : null;
  }
  if (value.kind !== 'property' || value.object.kind !== 'opaque') return null;
  for (const fn of c.program.functions) {
    if (fn.kind !== 'constructor') continue;
    const parameter = fn.parameters.find(p => c.variable(p.variable).name === value.name);
    if (parameter?.initializer) return constantOf(c, parameter.initializer);
  }
  return null;
}
