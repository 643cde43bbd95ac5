import type { Statement } from '../../program';
import type { Engine } from './engine';
import { hasRange, integers, type NumberSet } from './number-set';
import type { State } from './state';
import { inductionsOf, type Induction } from './trips';
import { joinValues, toNumber } from './value';

type LoopStatement = Statement & { kind: 'loop' };

/**
 * Set the counters of a loop to what they will be at its head, by its test and their steps alone, so that the search for an invariant need not climb there pass by
 * pass. Only a guess, but never less than what the counters are in `s`: the search checks it.
 */
export function foreseeCounters(m: Engine, loop: LoopStatement, s: State): void {
  if (!loop.test || loop.form === 'do') return;
  for (const induction of inductionsOf(m, loop)) {
    const start = s.variable(induction.variable);
    const number = start && !induction.inTest ? stepsFrom(m, start.number, induction, s) : null;
    if (!start || !number) continue;
    const ahead = s.copy();
    ahead.setVariable(induction.variable, { ...start, number });
    const inside = m.condition(loop.test, ahead).yes;
    if (inside) m.evaluate(induction.assignment, inside);
    const last = inside?.variable(induction.variable);
    if (last) s.setVariable(induction.variable, joinValues(start, last));
  }
}

/** The start and all that any number of steps lead to; null when the steps may go either way, or away from what the test bounds. */
function stepsFrom(m: Engine, start: NumberSet, { change, operator, step }: Induction, s: State): NumberSet | null {
  const known = step?.kind === 'variable' && m.program.variables[step.variable].assignments === 0 ? s.variable(step.variable) : undefined;
  const size = !step ? integers(1, 1) : step.kind === 'number' ? toNumber(m.evaluate(step, s)) : known ? toNumber(known) : null;
  if (!size || (change !== 'add' && change !== 'sub') || !hasRange(start) || size.nan || !(size.lo > 0 || size.hi < 0)) return null;
  const up = (change === 'add') === size.lo > 0;
  if (operator !== (up ? 'lt' : 'gt') && operator !== (up ? 'le' : 'ge')) return null;
  return {
    ...start, ...(up ? { hi: Infinity } : { lo: -Infinity }), grid: Math.min(start.grid, size.grid), nonZero: up ? start.lo > 0 : start.hi < 0,
    evidence: false, below: [], equals: null,
  };
}
