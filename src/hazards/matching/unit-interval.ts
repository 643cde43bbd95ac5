import type { Expression } from '../../program';
import type { HazardContext } from '../engine/context';
import { calledName } from './accumulation';
import { nameOf } from './names';
import { constantOf, isOperation, resolve, squareOf } from './structure';

/** The square of a ratio of two radii (an eccentricity), of a sine or cosine, or of 2·random() − 1: at most 1 as computed. */
export function withinUnit(c: HazardContext, e: Expression): boolean {
  const base = squareOf(c, e);
  if (!base) return false;
  const value = resolve(c, base);
  if (isOperation(value, 'sin', 'cos', 'tanh')) return true;
  if (isOperation(value, 'div')) return value.operands.every(o => /^(r|a|b|.*(radius|minor|major|polar|equator|semi_?axis).*)$/i.test(nameOf(c, resolve(c, o))) || constantOf(c, o) !== null);
  if (!isOperation(value, 'sub', 'mul', 'add')) return false;
  return value.operands.every(o => constantOf(c, o) !== null || draws(c, o) || part(c, o)) && value.operands.some(o => constantOf(c, o) === null);
}

/** `2 * (i + 0.5) / n`, `i / (n - 1) * 2` with the counter of a loop: the steps of a ramp, which rounding does not carry past its ends. */
function part(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (isOperation(value, 'mul')) return value.operands.every(o => constantOf(c, o) !== null || part(c, o));
  if (isOperation(value, 'div')) return part(c, value.operands[0]);
  if (isOperation(value, 'add', 'sub')) return value.operands.every(o => constantOf(c, o) !== null || part(c, o)) && constantOf(c, value.operands[0]) === null;
  return value.kind === 'variable' && c.definitions(value.variable).some(d => d.kind === 'value' && d.compound === 'add' && isOperation(d.value, 'add') && Number.isInteger(constantOf(c, d.value.operands[1])));
}

/** Twice a random number, a random number. */
function draws(c: HazardContext, e: Expression): boolean {
  const value = resolve(c, e);
  if (value.kind === 'call') return /^(random|rng|rand|uniform|next|nextFloat|prng|rnd)/i.test(calledName(c, value));
  return isOperation(value, 'mul') && value.operands.every(o => constantOf(c, o) !== null || draws(c, o));
}
