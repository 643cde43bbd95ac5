import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import type { Facts } from '../../../src/analysis/facts';
import type { Program } from '../../../src/program';
import { instrumented } from './instrumented';

/** Runs programs with every expression's value observed, to compare with its facts. */

export interface Observation {
  readonly id: number;
  readonly value: unknown;
}

class OutOfSteps extends Error {}

/** Run an exported function of the program; every observation is handed to `see` while it happens. Errors of the program itself are swallowed. */
export function run(program: Program, name: string, args: readonly unknown[], see: (observation: Observation) => void, limit = 20_000): void {
  const code = transformSync(instrumented(program, 0), { loader: 'ts', format: 'cjs' }).code;
  let steps = 0;
  const module = { exports: {} as Record<string, (...args: readonly unknown[]) => unknown> };
  const __see = (_file: number, id: number, value: unknown): unknown => {
    if (++steps > limit) throw new OutOfSteps();
    see({ id, value });
    return value;
  };
  try {
    // The program's arrays must be the caller's, hence no realm of its own.
    const start = runInNewContext(`(function (module, exports, __see, Math, Number, Error, Array, Float64Array, Int8Array, Uint8Array, Int32Array, Uint8ClampedArray) {${code}\n})`, {}, { timeout: 2000 }) as (...all: unknown[]) => void;
    start(module, module.exports, __see, Math, Number, Error, Array, Float64Array, Int8Array, Uint8Array, Int32Array, Uint8ClampedArray);
    module.exports[name](...args);
  } catch {
    // A program may throw, overflow the stack or run out of steps: what was seen until then counts.
  }
}

/** What is wrong with a fact, given a value that its expression took; null when the fact contains it. */
export function contradiction(facts: Facts, { id, value }: Observation): string | null {
  if (!facts.reachable[id]) return 'reached although "unreachable"';
  if (typeof value === 'number') {
    const fact = facts.numbers[id];
    if (!fact) return `is the number ${value} although "never a number"`;
    if (value !== value) return fact.maybeNaN ? null : 'is NaN although "never NaN"';
    if (!(value >= fact.lo && value <= fact.hi)) return `is ${value}, outside [${fact.lo}, ${fact.hi}]`;
    if (fact.integer && Number.isFinite(value) && !Number.isInteger(value)) return `is ${value}, not an integer`;
    if (Object.is(value, -0) && !fact.maybeNegativeZero) return 'is −0 although "never −0"';
    if (value === 0 && fact.nonZero) return 'is 0 although "never 0"';
    if (Number.isFinite(value) && !isMultiple(value, fact.grid)) return `is ${value}, no multiple of 2^${fact.grid}`;
    return null;
  }
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const list = value as ArrayLike<unknown>;
    const length = facts.lengths[id];
    if (length && !(list.length >= length.lo && list.length <= length.hi)) return `has length ${list.length}, outside [${length.lo}, ${length.hi}]`;
    const element = facts.elements[id];
    for (let i = 0; i < list.length; i++) {
      const x = list[i];
      if (typeof x !== 'number') continue;
      if (!element) return `has the element ${x} although "no numbers in it"`;
      if (x !== x ? !element.maybeNaN : !(x >= element.lo && x <= element.hi)) return `has the element ${x}, outside [${element.lo}, ${element.hi}]`;
      if (Object.is(x, -0) && !element.maybeNegativeZero) return 'has an element −0 although "never −0"';
    }
  }
  return null;
}

function isMultiple(value: number, grid: number): boolean {
  if (grid <= -1074 || value === 0) return true;
  if (grid > 1000) return false;
  return grid >= 0 ? value % 2 ** grid === 0 : Number.isInteger(value) || Number.isInteger(value * 2 ** Math.min(-grid, 1023)) || -grid > 1023;
}
