import type { Format } from './format';
import { generalRounder } from './general';
import type { Rounding } from './rounding';

/** The function that rounds one double to the format, correctly and once. */
export function rounder(format: Format, rounding: Rounding = {}): (x: number) => number {
  return generalRounder(format, rounding);
}

/** Rounds every element of `input` into `output` (which may be the same array). */
export function roundArray(format: Format, rounding: Rounding, input: Float64Array, output: Float64Array): void {
  const round = rounder(format, rounding);
  for (let i = 0; i < input.length; i++) output[i] = round(input[i]);
}
