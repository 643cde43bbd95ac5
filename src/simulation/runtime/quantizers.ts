import { affineFromRange, codeRange, entropyThreshold, mseThreshold, percentileThreshold, quantize, roundHalfEven, type AffineParameters } from '../../formats';

export interface QuantizerSpec {
  readonly bits: number;
  readonly signed: boolean;
  readonly symmetric: boolean;
}

/**
 * Fake quantization with a scale per site: S·(clamp(⌊x/S⌉ + Z) − Z) with S and Z from the range that calibration saw at the site. A site without a range (calibration did not reach it)
 * leaves its values as they are.
 */
export function quantizer(ranges: readonly (readonly [site: number, range: readonly [number, number]])[], spec: QuantizerSpec): (x: number, site: number) => number {
  const codes = codeRange(spec.bits, spec.signed, spec.symmetric);
  const parameters = new Map<number, AffineParameters>();
  for (const [site, [lo, hi]] of ranges) parameters.set(site, affineFromRange(lo, hi, codes, spec.symmetric));
  return (x, site) => {
    const p = parameters.get(site);
    if (p === undefined || x !== x) return x;
    const q = roundHalfEven(x / p.scale) + p.zeroPoint;
    return ((q < p.lowest ? p.lowest : q > p.highest ? p.highest : q) - p.zeroPoint) * p.scale;
  };
}

/** Clip threshold of the values that calibration saw at a site. */
export function clipThreshold(values: ArrayLike<number>, calibration: string, bits: number): number {
  if (calibration === 'kl') return entropyThreshold(values, { bits, emptyWindows: 'skipped' });
  if (calibration === 'mse') return mseThreshold(values, 2 ** (bits - 1) - 1);
  return percentileThreshold(values, Number(calibration.slice('percentile:'.length)));
}

/**
 * Quantizes a list of numbers block by block and dequantizes it; null when it holds anything else, when it looks like indices (integers from 0 up to 4095 without repetition), or when the scheme has
 * no code for a value.
 */
export function blockQuantizer(blocks: { readonly scheme: string; readonly size: number }): (list: ArrayLike<unknown>) => ArrayLike<number> | null {
  return list => {
    const values = new Float64Array(list.length);
    let indices = list.length > 0;
    const seen = new Set<number>();
    for (let i = 0; i < list.length; i++) {
      const v = list[i];
      if (typeof v !== 'number') return null;
      values[i] = v;
      if (!Number.isInteger(v) || v < 0 || v >= list.length || seen.has(v)) indices = false;
      seen.add(v);
    }
    if (indices && list.length > 1) return null;
    const fixed = blocks.scheme.startsWith('mx') || blocks.scheme === 'nvfp4' || blocks.scheme === 'nf4' || blocks.scheme === 'ternary' || blocks.scheme === 'binary' || blocks.size === 0;
    try {
      return quantize(values, blocks.scheme, fixed ? {} : { granularity: { kind: 'group', size: blocks.size }, calibration: { kind: 'symmetric' } }).values;
    } catch {
      return null;
    }
  };
}
