import { xoshiro } from '../../formats';
import { fromReal, toReal, type JsonValue, type Real } from '../../protocol/real';
import { generateCases, type InputParameter } from './generate';

export type Case = readonly JsonValue[];

export interface WorstInput {
  readonly case: Case;
  readonly error: number;
  /** Runs of the function that the search took. */
  readonly evaluations: number;
}

export interface WorstSearch {
  readonly parameters: readonly InputParameter[];
  /** Inputs to start from, besides generated ones. */
  readonly start: readonly Case[];
  /** Error of each case under the scheme, relative; NaN for a case that does not count (it threw, its reference is not finite). */
  readonly evaluate: (cases: readonly Case[]) => Promise<readonly number[]>;
  /** Most runs of the function. */
  readonly budget: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly progress?: (fraction: number, error: number) => void;
}

const batch = 64;
const kept = 6;

/**
 * Looks for the inputs with the largest error: a third of the budget samples (everyday values, edge cases, and numbers uniform over bit patterns), the rest
 * refines the best few by steps in single numbers, from half the magnitude down to single ulps, keeping what grows. Never leaves a declared range.
 * Answers null when no case counts. Aborting throws the signal's reason.
 */
export async function searchWorst(search: WorstSearch): Promise<WorstInput | null> {
  const random = xoshiro(search.seed);
  let pool: { case: Case; error: number }[] = [];
  let evaluations = 0;
  const run = async (cases: readonly Case[]): Promise<void> => {
    search.signal?.throwIfAborted();
    const errors = await search.evaluate(cases);
    evaluations += cases.length;
    cases.forEach((c, i) => { if (errors[i] === errors[i]) pool.push({ case: c, error: errors[i] }); });
    pool = pool.sort((a, b) => b.error - a.error).slice(0, kept);
    search.progress?.(Math.min(1, evaluations / search.budget), pool[0]?.error ?? 0);
  };
  const ranges = rangesOf(search.parameters);
  const samples = [...search.start, ...generateCases(search.parameters, Math.max(1, Math.ceil(search.budget / 6)), search.seed).cases];
  const patterns = samples.slice(0, Math.ceil(search.budget / 6)).map(c => mapNumbers(c, (x, top) => (random() < 0.5 ? bitPattern(ranges[top], random) ?? x : x)));
  const all = [...samples, ...patterns].slice(0, Math.max(1, Math.floor(search.budget / 3)));
  for (let i = 0; i < all.length; i += batch) await run(all.slice(i, i + batch));
  if (pool.length === 0) return null;
  let scale = 0.5;
  while (evaluations < search.budget) {
    const before = pool[0].error;
    const size = Math.min(batch, search.budget - evaluations);
    await run(Array.from({ length: size }, (_, i) => neighbour(pool[i % pool.length].case, scale * 2 ** (-6 * random()), ranges, random)));
    scale = pool[0].error > before ? Math.min(0.5, scale * 2) : Math.max(2 ** -52, scale / 4);
    if (pool[0].error === Infinity) break;
  }
  return { ...pool[0], evaluations };
}

function rangesOf(parameters: readonly InputParameter[]): InputParameter['range'][] {
  return parameters.map(p => p.range);
}

/** One to three of the case's numbers moved by up to `scale` of their magnitude (of the range, near zero), or negated, or exchanged for a range's end. */
function neighbour(from: Case, scale: number, ranges: readonly InputParameter['range'][], random: () => number): Case {
  let total = 0;
  mapNumbers(from, x => { total++; return x; });
  if (total === 0) return from;
  const chosen = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => Math.floor(random() * total)));
  let index = 0;
  return mapNumbers(from, (x, top) => {
    if (!chosen.has(index++)) return x;
    const range = ranges[top];
    const u = random();
    if (u < 0.03) return clamp(-x, range);
    if (u < 0.06 && range) return random() < 0.5 ? range[0] : range[1];
    if (Number.isInteger(x) && Math.abs(x) < 64 && !range) return x;
    const step = (2 * random() - 1) * scale;
    return clamp(x === 0 ? step * (range ? Math.max(Math.abs(range[0]), Math.abs(range[1])) : 1) : x * (1 + step), range);
  });
}

function clamp(x: number, range: InputParameter['range']): number {
  return range ? Math.min(range[1], Math.max(range[0], x)) : x;
}

/** A double uniform over the bit patterns of the range (of everything between 1e−30 and 1e30 without one). */
function bitPattern(range: InputParameter['range'], random: () => number): number | undefined {
  const [lo, hi] = range ?? [-1e30, 1e30];
  const at = ordinal(lo) + (ordinal(hi) - ordinal(lo)) * random();
  const x = fromOrdinal(Math.round(at));
  return x >= lo && x <= hi ? x : undefined;
}

const scratch = new DataView(new ArrayBuffer(8));

/** Position among the doubles in steps of 2^11 ulps, so that it is a safe integer: monotone in x. */
function ordinal(x: number): number {
  scratch.setFloat64(0, Math.abs(x));
  const magnitude = Number(scratch.getBigUint64(0) >> 11n);
  return x < 0 ? -magnitude : magnitude;
}

function fromOrdinal(n: number): number {
  scratch.setBigUint64(0, BigInt(Math.abs(n)) << 11n);
  return (n < 0 ? -1 : 1) * scratch.getFloat64(0);
}

/** The case with each number replaced; `top` is the index of the argument that the number is part of. */
function mapNumbers(from: Case, replace: (x: number, top: number) => number): Case {
  const map = (value: JsonValue, top: number): JsonValue => {
    if (typeof value === 'number' || value === '-0' || value === 'NaN' || value === 'Infinity' || value === '-Infinity') return toReal(replace(fromReal(value as Real), top));
    if (Array.isArray(value)) return (value as readonly JsonValue[]).map(v => map(v, top));
    if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, map(v, top)]));
    return value;
  };
  return from.map((value, top) => map(value, top));
}
