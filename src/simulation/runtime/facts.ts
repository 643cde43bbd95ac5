import type { Format } from '../../formats';

/** What the diagnosis of a run needs to know of the scheme's arithmetic format. Plain data, written into the kernel. */
export interface FormatFacts {
  /** Significand bits; null where the spacing does not follow the magnitude. */
  readonly precision: number | null;
  /** Binary exponent of the smallest spacing. */
  readonly quantum: number;
  readonly maxFinite: number;
  readonly lowest: number;
  /** Results below it that were inexact underflowed. */
  readonly minNormal: number;
}

export function factsOf(format: Format): FormatFacts {
  return { precision: format.significandBits, quantum: Math.round(Math.log2(format.minPositive)), maxFinite: format.maxFinite, lowest: format.lowest, minNormal: format.minNormal ?? 0 };
}

/** ⌊log2 |x|⌋ of a finite double that is not zero, from its bits. */
export function exponentOf(x: number): number {
  scratch[0] = x;
  const biased = (words[1] >>> 20) & 0x7ff;
  if (biased !== 0) return biased - 1023;
  scratch[0] = x * 2 ** 54;
  return ((words[1] >>> 20) & 0x7ff) - 1023 - 54;
}

const scratch = new Float64Array(1);
const words = new Uint32Array(scratch.buffer);

/** Spacing of the format at x. */
export function spacing(f: FormatFacts, x: number): number {
  if (f.precision === null || x === 0 || !Number.isFinite(x)) return 2 ** f.quantum;
  return 2 ** Math.max(exponentOf(x) - f.precision + 1, f.quantum);
}
