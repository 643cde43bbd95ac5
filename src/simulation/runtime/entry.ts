import * as exact from '../../exact/dd-arithmetic';
import * as exponential from '../../exact/dd-exponential';
import * as power from '../../exact/dd-power';
import * as trigonometric from '../../exact/dd-trigonometric';
import { arithmetic, parseFormat, rounder, xoshiro, type Arithmetic, type Rounding } from '../../formats';
import { generalRounder } from '../../formats/general';
import { f16round } from '../../operators';
import { blockQuantizer, clipThreshold, quantizer } from './quantizers';
import { decode } from './decode';
import { integerOnly } from './integer-only';
import { outcome } from './outcome';
import { low } from '../../exact/dd-arithmetic';

/**
 * The part of the run-time that is the same for every scheme: evaluated as a script inside the run's own context, before the kernel, as the constant `$0rt` under the run's prefix.
 * It depends on nothing of the host.
 */
interface RoundingSpec {
  readonly id: string;
  readonly rounding: Rounding;
  readonly seed: number;
}

function rounding(spec: RoundingSpec): Rounding {
  return spec.rounding.mode === 'stochastic' ? { ...spec.rounding, random: shared(spec.seed) } : spec.rounding;
}

/** One stream of random numbers a seed, so that rounding and arithmetic of a unit draw from the same one. */
const streams = new Map<number, () => number>();

function shared(seed: number): () => number {
  let stream = streams.get(seed);
  if (!stream) { stream = xoshiro(seed); streams.set(seed, stream); }
  return stream;
}

/** a % b of double-doubles, for quotients below 2^53. */
function remDd(ah: number, al: number, bh: number, bl: number): number {
  const q = exact.divDd(ah, al, bh, bl);
  let n = Math.trunc(q);
  if (n === q && low[0] !== 0 && (q > 0) !== (low[0] > 0)) n -= Math.sign(q);
  const p = exact.mulDd(n, 0, bh, bl);
  return exact.subDd(ah, al, p, low[0]);
}

/** f (floor, ceil, round, trunc, sign) of a double-double. */
function integral(f: (x: number) => number, hi: number, lo: number): number {
  low[0] = 0;
  if (!Number.isInteger(hi) || lo === 0) return f(hi);
  if (f(0.25) === 0 && f(-0.25) === -1) return lo < 0 ? hi - 1 : hi;
  if (f(0.25) === 1 && f(-0.25) === 0 && f(3) === 3) return lo > 0 ? hi + 1 : hi;
  if (f(2.25) === 2 && f(-2.25) === -2 && f(0.75) === 0) return hi > 0 && lo < 0 ? hi - 1 : hi < 0 && lo > 0 ? hi + 1 : hi;
  return f(hi);
}

export const runtime = {
  ...exact, ...exponential, ...power, ...trigonometric, remDd, integral, xoshiro, decode, outcome, quantizer, integerOnly, blockQuantizer, clipThreshold,
  single: (x: number): number => Math.fround(x),
  half: f16round,
  rounder: (spec: RoundingSpec): ((x: number) => number) => rounder(parseFormat(spec.id), rounding(spec)),
  generalRounder: (spec: RoundingSpec): ((x: number) => number) => generalRounder(parseFormat(spec.id), rounding(spec)),
  arithmetic: (spec: RoundingSpec): Arithmetic => arithmetic(parseFormat(spec.id), rounding(spec)),
};
