import { findFormat, type Format } from '../../formats';
import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';

/** The formats that an expression is meant to run in: those of the settings, and the `@format` of the functions around it. */
export function targetsAt(c: HazardContext, e: Expression): Format[] {
  const ids = new Set(c.targetFormats);
  for (let f: ReturnType<HazardContext['function']> | null = c.function(e); f; f = f.enclosing === null ? null : c.program.functions[f.enclosing]) {
    if (f.format) { ids.add(f.format); break; }
  }
  return [...ids].map(id => findFormat(id)).filter((f): f is Format => f !== undefined);
}

/** Whether any expression of the program has a target: rules for targets end at once when not. */
export function anyTarget(c: HazardContext): boolean {
  return c.targetFormats.length > 0 || c.program.functions.some(f => f.format !== null);
}
