import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { resolve } from './structure';

/** `resolve`, and on from a variable of a parameter's pattern to the part that it stands for: `({ data })` answers the property `data` of what the caller gives. */
export function unpacked(c: HazardContext, e: Expression, depth = 4): Expression {
  const value = resolve(c, e);
  if (value.kind !== 'variable' || depth === 0 || c.variable(value.variable).kind !== 'parameter') return value;
  const definitions = c.definitions(value.variable);
  const only = definitions.length === 1 ? definitions[0] : null;
  return only?.kind === 'value' && only.assignment === null && only.compound === null ? unpacked(c, only.value, depth - 1) : value;
}
