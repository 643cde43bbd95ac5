import { rounder, ulp as formatUlp, type Format } from '../../formats';

/**
 * How one operation rounds to a format: the step function of the half ulp. Only this differs between fp64, fp8, fixed point and int8.
 * `half(m)` bounds |RN(t) − t| for every real t that rounds to a magnitude of at most m.
 */
export interface StepModel {
  readonly format: Format;
  readonly fp64: boolean;
  /** Nearest value of the format, ±∞ (or NaN) where it overflows. */
  readonly round: (x: number) => number;
  /** Half an ulp at magnitude m (upper side when m is a power of two), in the units of the value; at least half the smallest positive value. */
  readonly half: (m: number) => number;
  /** Every value of magnitude at least m (m ≥ 0) is a multiple of this power of two; 0 when unknown (codebooks). */
  readonly grid: (m: number) => number;
  /** Integers times any grid step are values of the format up to this many steps: 2^p, or ∞ for fixed point. */
  readonly exactSteps: number;
  /** Smallest spacing: a multiple of it below `exactSteps` times its grid is a value of the format. */
  readonly quantum: number;
  readonly maxFinite: number;
  readonly lowest: number;
  /** True when results beyond the range become the extreme value: then the error is the distance. False: the bound is infinite there. */
  readonly saturates: boolean;
}

const ROUNDOFF = 2 ** -53;
const UFP = 2 ** 52 + 1;

/** Largest power of two at most |x|, for 2^−1021 ≤ |x| < 2^970 (Rump 2009); a slower way elsewhere. */
export function powerBelow(x: number): number {
  const m = Math.abs(x);
  if (m < 1e290 && m > 1e-290) {
    const q = UFP * m;
    return Math.abs(q - (1 - ROUNDOFF) * q);
  }
  if (m === 0 || !(m < Infinity)) return m;
  return m >= 1e290 ? powerBelow(m * 2 ** -200) * 2 ** 200 : powerBelow(m * 2 ** 300) * 2 ** -300;
}

function fp64Half(m: number): number {
  const h = ROUNDOFF * powerBelow(m);
  return h < 5e-324 ? 5e-324 : h;
}

function fp64Grid(m: number): number {
  const g = 2 * ROUNDOFF * powerBelow(m);
  return g < 5e-324 ? 5e-324 : g;
}

const models = new WeakMap<Format, StepModel>();

/** The step model of a format; made once per format. */
export function stepModel(format: Format): StepModel {
  let model = models.get(format);
  if (!model) models.set(format, model = make(format));
  return model;
}

function make(format: Format): StepModel {
  const common = { format, maxFinite: format.maxFinite, lowest: format.lowest };
  if (format.id === 'fp64') return { ...common, fp64: true, round: x => x, half: fp64Half, grid: fp64Grid, exactSteps: 2 ** 53, quantum: 5e-324, saturates: false };
  const values = format.values;
  if (values.kind === 'codebook') {
    const widest = Math.max(...values.levels.map((v, i) => (i ? v - values.levels[i - 1] : 0)));
    return { ...common, fp64: false, round: rounder(format), half: () => widest / 2, grid: () => 0, exactSteps: 0, quantum: Infinity, saturates: true };
  }
  const saturates = format.family === 'integer' || format.family === 'fixed' || (!format.infinities && !format.nans);
  const round = rounder(format, saturates ? { overflow: 'saturate' } : {});
  const quantum = 2 ** values.quantum;
  if (!Number.isFinite(values.precision)) {
    return { ...common, fp64: false, round, half: () => quantum / 2, grid: () => quantum, exactSteps: Infinity, quantum, saturates };
  }
  const step = 2 ** (1 - values.precision);
  const spacing = (m: number): number => Math.max(quantum, step * powerBelow(m));
  return {
    ...common, fp64: false, round,
    half: values.zero ? m => spacing(m) / 2 : m => formatUlp(format, m),
    grid: values.zero ? spacing : () => 0,
    exactSteps: 2 ** values.precision,
    quantum: values.zero ? quantum : Infinity,
    saturates,
  };
}
