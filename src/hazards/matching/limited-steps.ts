import type { Assignment, Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { sameTarget } from './accumulation';
import { decimalStep, dyadic } from './dyadic';
import { nameOf, wordsOf } from './names';
import { constantOf, isOperation } from './structure';

/** Settings that a user or a timer moves step by step, and that are shown or refused outside of their range. */
const settings: ReadonlySet<string> = new Set(['volume', 'playbackrate', 'zoom', 'rate', 'gain', 'value', 'quantity', 'amount', 'threshold', 'scale']);

/**
 * `if (audio.volume < 1) audio.volume += 0.1`: a property that outlives the step moves by a decimal fraction and is compared with a limit as it is, and nothing clamps or rounds it.
 * A medium's volume takes any limit, since it throws outside of 0 to 1; other settings take a limit that is written as a number.
 */
export function stepsToLimit(c: HazardContext, a: Assignment, step: Expression): boolean {
  const { target } = a;
  if (target.kind !== 'property' || a.compound === null || c.position(a).repetition !== null || constantOf(c, step) === null || !decimalStep(c, step)) return false;
  const words = wordsOf(target.name);
  if (!words.some(w => settings.has(w)) && !settings.has(target.name.toLowerCase())) return false;
  const fn = c.function(a);
  const volume = target.name === 'volume';
  const own = (e: Expression): boolean => e.kind === 'property' && e.name === target.name && sameTarget(c, e, target);
  // A limit of 0.1 before 0.1 is taken away leaves room for it.
  const limit = (o: Expression): boolean => { const k = constantOf(c, o); return k === null ? volume && nameOf(c, o) !== '' : dyadic(k) && (volume || k !== 0); };
  const compared = (['lt', 'le', 'gt', 'ge'] as const).some(operator => c.operations(operator).some(t => c.function(t) === fn && t.operands.some(own) && t.operands.some(o => !own(o) && limit(o))));
  if (!compared) return false;
  // Set to something else in the same function afterwards: the limit itself, a clamped or rounded value.
  return !c.assignments().some(o => o !== a && c.function(o) === fn && o.start > a.end && o.compound === null && own(o.target) && !isOperation(o.value, 'add', 'sub'));
}
