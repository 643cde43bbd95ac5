import type { Expression, Operation } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { constantOf, isOperation, resolve } from './structure';

/** The largest value that is known of an unsigned operand: by its range, the bits that a read says it reads, or the masks of all stores to a field of that name; null when there is none. */
export function unsignedBound(c: HazardContext, e: Expression): number | null {
  const fact = c.fact(e);
  if (fact?.evidence && Number.isFinite(fact.hi) && fact.lo >= 0) return fact.hi;
  const value = resolve(c, e);
  const width = value.kind === 'call' ? /^(?:get|read)_?(?:U|Unsigned)_?(?:Int|Short)?_?(8|16|32)?/i.exec(calledName(c, value)) : null;
  if (width?.[1]) return 2 ** Number(width[1]) - 1;
  if (width && /short/i.test(width[0])) return 65535;
  if (value.kind === 'call' && /^charCodeAt$/.test(calledName(c, value))) return 65535;
  if (isOperation(value, 'bitand')) return maskOf(c, value);
  return value.kind === 'property' ? fieldBound(c, value.name) : null;
}

function maskOf(c: HazardContext, e: Operation): number | null {
  const mask = e.operands.map(o => constantOf(c, o)).find(k => k !== null && k >= 0);
  return mask ?? null;
}

/** The largest value that any plain store of this file puts into the field: all of them mask it, or cut it by a shift. */
function fieldBound(c: HazardContext, name: string): number | null {
  let bound = -1;
  for (const a of c.assignments()) {
    if (a.target.kind !== 'property' || a.target.name !== name || a.compound !== null) continue;
    const value = resolve(c, a.value);
    const count = isOperation(value, 'ushr') ? constantOf(c, value.operands[1]) : null;
    const size = isOperation(value, 'bitand') ? maskOf(c, value) : count !== null ? 2 ** (32 - (count & 31)) - 1 : constantOf(c, value);
    if (size === null) return null;
    bound = Math.max(bound, size);
  }
  return bound >= 0 ? bound : null;
}
