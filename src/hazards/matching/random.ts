import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { constantOf, isOperation, resolve } from './structure';

/** Names of generators of numbers in [0, 1). */
const generators = /^_?(math_?)?(random|rng|rand|rnd|uniform|prng|next_?(float|double|random)?|random_?(float|uniform|number)?|alea|mulberry32|unif)$/i;

/** A number in [0, 1) from a random generator, 0 among them: `Math.random()`, `rng()`, `this.random()`. Through locals with one value. */
export function drawn(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  return value.kind === 'call' && value.arguments.length === 0 && generators.test(calledName(c, value));
}

/** A draw times constants and other draws. */
export function scaledDraw(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'mul')) return value.operands.every(o => constantOf(c, o) !== null || scaledDraw(c, o)) && value.operands.some(o => constantOf(c, o) === null);
  return drawn(c, value);
}
