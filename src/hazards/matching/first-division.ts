import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';

const reported = new WeakMap<HazardContext, Map<string, Expression>>();

/** Whether the division is the first one of its function (or line) by this: one finding for all components of a vector. */
export function firstBy(c: HazardContext, e: Expression, length: Expression, line = -1): boolean {
  let seen = reported.get(c);
  if (!seen) reported.set(c, seen = new Map());
  const key = `${c.function(e).id} ${line} ${c.source(length)}`;
  if (!seen.has(key)) seen.set(key, e);
  return seen.get(key) === e;
}
