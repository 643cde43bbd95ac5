import { nearestClosure, staircase } from './closures';
import type { Format } from './format';
import { generalRounder } from './general';
import { compile, rounderText, type Generated } from './generate';
import { xoshiro } from './random';
import { checkRounding, type Rounding } from './rounding';

/**
 * The function that rounds a double to the format, correctly and once. NaN where the format has no answer (no NaN, no infinity, not saturating).
 * Throws `FormatError` for a rounding that does not apply to the format. Deterministic rounders are made once per format and rounding.
 */
export function rounder(format: Format, rounding: Rounding = {}): (x: number) => number {
  return generated(format, rounding).round;
}

/** Rounds every element of `input` into `output`, which may be the same array and must not be shorter. */
export function roundArray(format: Format, rounding: Rounding, input: Float64Array, output: Float64Array): void {
  if (output.length < input.length) throw new RangeError(`roundArray needs an output of at least ${input.length} elements, not ${output.length}.`);
  generated(format, rounding).array(input, output);
}

const made = new WeakMap<Format, Map<string, Generated>>();

function generated(format: Format, rounding: Rounding): Generated {
  if (rounding.mode === 'stochastic') return make(format, { ...rounding, random: rounding.random ?? xoshiro(1) });
  const key = `${rounding.mode ?? 'nearest-even'} ${rounding.overflow ?? 'ieee'} ${rounding.subnormals ?? 'keep'}`;
  let known = made.get(format);
  if (!known) made.set(format, known = new Map());
  let result = known.get(key);
  if (!result) known.set(key, result = make(format, rounding));
  return result;
}

function make(format: Format, rounding: Rounding): Generated {
  checkRounding(format, rounding);
  const general = generalRounder(format, rounding);
  if (format.values.kind === 'codebook') return withLoop(rounding.mode === 'stochastic' ? general : staircase(format.values, general) ?? general);
  const text = rounderText(format, rounding);
  const compiled = text === undefined ? undefined : compile(text, general, rounding.random ?? Math.random);
  return compiled ?? withLoop(nearestClosure(format, rounding, general) ?? general);
}

function withLoop(round: (x: number) => number): Generated {
  return { round, array: (input, output) => { for (let i = 0; i < input.length; i++) output[i] = round(input[i]); } };
}
