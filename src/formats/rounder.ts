import { nearestClosure } from './closures';
import type { Format } from './format';
import { generalRounder } from './general';
import { compile, rounderText, type Generated, type NearestOperations } from './generate';
import { xoshiro } from './random';
import { checkRounding, type Rounding } from './rounding';
import { saturatingRest, staircase, staircaseText, stochasticCodebook, stochasticLattice, stochasticTableText } from './table';
import type { Table, Text } from './table-layout';

/**
 * The function that rounds a double to the format, correctly and once. NaN where the format has no answer (no NaN, no infinity, not saturating).
 * Throws `FormatError` for a rounding that does not apply to the format. Deterministic rounders are made once per format and rounding.
 */
export function rounder(format: Format, rounding: Rounding = {}): (x: number) => number {
  return generated(format, rounding).round;
}

/** `roundArray` for many calls: the function that rounds one array into another of at least its length. */
export function arrayRounder(format: Format, rounding: Rounding = {}): (input: Float64Array, output: Float64Array) => void {
  return generated(format, rounding).array;
}

/** Rounds every element of `input` into `output`, which may be the same array and must not be shorter. */
export function roundArray(format: Format, rounding: Rounding, input: Float64Array, output: Float64Array): void {
  if (output.length < input.length) throw new RangeError(`roundArray needs an output of at least ${input.length} elements, not ${output.length}.`);
  generated(format, rounding).array(input, output);
}

/** The double operation followed by the rounder, in one function each, so that it is inlined where it is used. See `arithmetic` for when that is correct. */
export function nearestOperations(format: Format, rounding: Rounding): NearestOperations {
  return generated(format, rounding).operations;
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
  const random = rounding.random ?? Math.random;
  const table = tableOf(format, rounding, general);
  const text = table ? tableText(format, rounding, table) : rounderText(format, rounding);
  const compiled = text === undefined ? undefined : compile(text, general, random, table);
  return compiled ?? withLoop(nearestClosure(format, rounding, general) ?? general);
}

const stochasticTables = new WeakMap<Format, { readonly table: Table | undefined }>();

function tableOf(format: Format, rounding: Rounding, general: (x: number) => number): Table | undefined {
  const { values } = format;
  if (rounding.mode !== 'stochastic') return values.kind === 'codebook' ? staircase(values, general) : undefined;
  if (rounding.randomBits !== undefined || rounding.subnormals === 'flush') return undefined;
  let known = stochasticTables.get(format);
  if (!known) stochasticTables.set(format, known = { table: values.kind === 'codebook' ? stochasticCodebook(values) : stochasticLattice(values) });
  return known.table;
}

function tableText(format: Format, rounding: Rounding, table: Table): Text {
  if (rounding.mode !== 'stochastic') return staircaseText(table);
  return stochasticTableText(table, format.signedZero, format.values.kind === 'codebook' ? saturatingRest : rounderText(format, rounding)!.rest);
}

function withLoop(round: (x: number) => number): Generated {
  return {
    round,
    array: (input, output) => { for (let i = 0; i < input.length; i++) output[i] = round(input[i]); },
    operations: { add: (a, b) => round(a + b), sub: (a, b) => round(a - b), mul: (a, b) => round(a * b), div: (a, b) => round(a / b), sqrt: a => round(Math.sqrt(a)) },
  };
}
