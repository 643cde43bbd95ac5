import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropyThreshold, extremes, FormatError, meanMagnitude, mseThreshold, mxArray, mxElement, mxScale, mxScaleRules, nf4, parseFormat, percentileThreshold, quantizationSchemes, quantize, quantizeConstants, requantize, quantizeMultiplier, rounder, xoshiro } from '../../../src/formats';

const random = xoshiro(11);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const data = Float64Array.from({ length: 1000 }, normal);

describe('quantize', () => {
  it('every scheme gives codes and values of the input’s length, and an error that is the values’ own', () => {
    for (const scheme of quantizationSchemes) {
      const q = quantize(data, scheme);
      expect([q.codes.length, q.values.length]).toEqual([1000, 1000]);
      const errors = [...data].map((x, i) => Math.abs(x - q.values[i]));
      expect(q.error.max).toBe(Math.max(...errors));
      expect(q.error.mean).toBeCloseTo(errors.reduce((a, b) => a + b) / 1000, 12);
      expect(q.error.sqnr).toBeCloseTo(10 * Math.log10(data.reduce((s, x) => s + x * x, 0) / errors.reduce((s, e) => s + e * e, 0)), 9);
    }
  });

  it('affine: codes and values satisfy y = (q − z)·s, and in-range values are within half a step', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1, maxLength: 40 }), fc.constantFrom('int8', 'uint8', 'int4', 'uint4'), fc.constantFrom('minmax', 'symmetric', 'mse' as const), (values, scheme, kind) => {
      const q = quantize(Float64Array.from(values), scheme, { calibration: { kind: kind as 'minmax' } });
      const [s, z] = [q.scales[0], q.zeroPoints![0]];
      q.codes.forEach((code, i) => {
        expect(q.values[i]).toBe(Math.fround((code - z) * s));
        if (kind === 'minmax') expect(Math.abs(values[i] - q.values[i])).toBeLessThanOrEqual(s * 0.5000001 + s * 0.5);
      });
    }), { numRuns: 200 });
  });

  it('finer granularity is never worse on rows of different size', () => {
    const rows = Float64Array.from({ length: 256 }, (_, i) => normal() * (i < 128 ? 1 : 100));
    const tensor = quantize(rows, 'int8', { calibration: { kind: 'symmetric' } }, [128, 128]);
    const channel = quantize(rows, 'int8', { calibration: { kind: 'symmetric' }, granularity: { kind: 'channel' } }, [128, 128]);
    const group = quantize(rows, 'int8', { calibration: { kind: 'symmetric' }, granularity: { kind: 'group', size: 32 } }, [128, 128]);
    expect([tensor.scales.length, channel.scales.length, group.scales.length]).toEqual([1, 2, 8]);
    expect(channel.error.mean).toBeLessThan(tensor.error.mean);
    expect(group.error.mean).toBeLessThan(channel.error.mean);
    expect(quantize(rows, 'int4', { granularity: { kind: 'group', size: 100 } }, [128, 128]).scales.length).toBe(4);
  });

  it('fixed scales are taken, zero points need them', () => {
    const q = quantize(Float64Array.of(1.5, 3, 1000, -1000), 'int8', { scale: 0.5, zeroPoint: -5 });
    expect([...q.codes]).toEqual([-2, 1, 127, -128]);
    expect(() => quantize(data, 'int8', { zeroPoint: 3 })).toThrow(/needs a scale/);
    expect(() => quantize(data, 'int8', { scale: 1, zeroPoint: 300 })).toThrow(/not a code/);
    expect(() => quantize(data, 'int8', { scale: -1 })).toThrow(/positive/);
  });

  it('bad input has its documented answer', () => {
    expect(() => quantize(new Float64Array(0), 'int8')).toThrow(/nothing to quantize/);
    expect(() => quantize(data, 'int9x')).toThrow(/schemes are int8/);
    expect(() => quantize(data, 'int64')).toThrow(FormatError);
    for (const scheme of ['int8', 'nf4', 'ternary', 'binary']) expect(() => quantize(Float64Array.of(1, NaN), scheme)).toThrow(/Value 2 is NaN/);
    expect([...quantize(Float64Array.of(1, Infinity, -2), 'int8', { calibration: { kind: 'symmetric' } }).codes]).toEqual([64, 127, -127]);
    for (const scheme of ['mxfp4', 'mxint8', 'nvfp4']) expect([...quantize(Float64Array.of(1, NaN), scheme).values]).toEqual([NaN, NaN]);
    for (const scheme of quantizationSchemes) expect(quantize(new Float64Array(40), scheme).error).toEqual({ max: 0, mean: 0, sqnr: Infinity });
    expect(() => quantize(data, 'int8', { granularity: { kind: 'group', size: 0 } })).toThrow(/at least 1/);
    expect(() => quantize(data, 'int8', { calibration: { kind: 'percentile', percent: 0 } })).toThrow(/percentile/);
  });
});

describe('MX blocks', () => {
  it('scale rules follow their definitions, by exact arithmetic', () => {
    // log2 is computed on the mantissa-free exponent: amax = m·2^e with m in [1, 2).
    fc.assert(fc.property(fc.double({ min: 1, max: 2, maxExcluded: true, noNaN: true }), fc.integer({ min: -90, max: 90 }), fc.constantFrom('fp8-e4m3fn', 'fp6-e2m3fn', 'fp4-e2m1fn', 'mxint8'), (m, e, id) => {
      const element = mxElement(parseFormat(id));
      const top = Math.log2(element.largestPower);
      const amax = m * 2 ** e;
      expect(mxScale(amax, element, 'floor')).toBe(2 ** (e - top));
      expect(mxScale(amax, element, 'ceil')).toBe(2 ** ((m > 1 ? e + 1 : e) - top));
      const rceil = mxScale(amax, element, 'rceil');
      expect(amax <= element.largest * rceil && amax > element.largest * (rceil / 2)).toBe(true);
    }));
    expect(mxScaleRules).toHaveLength(4);
    expect(mxScale(16 - 2 ** -49, mxElement(parseFormat('fp4')), 'floor')).toBe(2);
  });

  it('elements are the format’s saturating rounding of x/scale, tables and all', () => {
    for (const id of ['fp8-e4m3fn', 'fp8-e5m2', 'fp6-e3m2fn', 'fp6-e2m3fn', 'fp4-e2m1fn']) {
      const round = rounder(parseFormat(id), { overflow: 'saturate' });
      const x = Float64Array.from({ length: 640 }, (_, i) => i % 7 === 0 ? Math.round(normal() * 8) / 16 : normal() * 2 ** (i % 5));
      x[3] = -0;
      const y = new Float64Array(640);
      const scales = new Float64Array(20);
      mxArray(x, y, scales, mxElement(parseFormat(id)));
      x.forEach((v, i) => { const s = scales[i >> 5]; if (!Object.is(y[i], round(v / s) * s)) throw new Error(`${id} ${v}: ${y[i]}, expected ${round(v / s) * s}`); });
    }
    expect(() => mxElement(parseFormat('nf4'))).toThrow(FormatError);
  });
});

describe('calibration', () => {
  it('percentiles cover at least their share', () => {
    for (const percent of [50, 90, 99, 99.9, 100]) {
      const t = percentileThreshold(data, percent);
      // One bin of slack below the threshold's upper edge.
      const bin = extremes(data).absolute / 2048;
      expect(data.filter(x => Math.abs(x) <= t + bin).length).toBeGreaterThanOrEqual(Math.floor(percent * 10));
    }
  });

  it('MSE is no worse than min-max on heavy tails, and KL clips an outlier', () => {
    const tails = Float64Array.from({ length: 20000 }, (_, i) => i === 0 ? 60 : normal());
    const with_ = (kind: 'symmetric' | 'mse' | 'kl') => quantize(tails, 'int4', { calibration: { kind } }).error;
    expect(with_('mse').sqnr).toBeGreaterThan(with_('symmetric').sqnr);
    expect(entropyThreshold(tails)).toBeLessThan(30);
    expect(mseThreshold(new Float64Array(3), 127)).toBe(0);
  });

  it('an empty window is NVIDIA’s choice only where asked', () => {
    const far = Float64Array.from({ length: 5000 }, () => 5 + normal() / 10);
    expect(entropyThreshold(far, { emptyWindows: 'skipped' })).toBeGreaterThan(entropyThreshold(far, { emptyWindows: 'chosen' }));
  });
});

describe('NF4, ternary and binary', () => {
  it('each value takes the nearest level of its block', () => {
    const levels = parseFormat('nf4').values;
    if (levels.kind !== 'codebook') throw new Error('NF4 is a codebook');
    const q = nf4(data);
    data.forEach((x, i) => {
      const s = q.scales[i >> 6];
      const best = Math.min(...levels.levels.map(l => Math.abs(l - x / s)));
      expect(Math.abs(levels.levels[q.codes[i]] - x / s)).toBeLessThanOrEqual(best + 1e-6);
    });
  });

  it('double quantization keeps block constants within a percent of their spread', () => {
    const constants = Float64Array.from({ length: 600 }, () => 2 + random());
    const back = quantizeConstants(constants);
    back.forEach((c, i) => expect(Math.abs(c - constants[i])).toBeLessThan(0.01));
    expect([...quantizeConstants(Float64Array.of(3, 3))]).toEqual([3, 3]);
  });

  it('ternary rounds by absmean, binary takes signs, stochastically in proportion', () => {
    expect([...quantize(Float64Array.of(0.1, -2, 1, 0.5), 'ternary', { scale: 1 }).codes]).toEqual([0, -1, 1, 0]);
    expect(quantize(data, 'ternary').scales[0]).toBe(meanMagnitude(data));
    expect([...quantize(Float64Array.of(0.1, -2, 0, -0), 'binary').codes]).toEqual([1, -1, 1, 1]);
    const half = quantize(new Float64Array(20000).fill(0.5), 'binary', { random: xoshiro(3) });
    expect(half.codes.filter(c => c === 1).length / 20000).toBeCloseTo(0.75, 1);
  });
});

describe('requantization', () => {
  it('is within one of the real product and clamps', () => {
    fc.assert(fc.property(fc.integer({ min: -(2 ** 24), max: 2 ** 24 }), fc.double({ min: 1e-6, max: 0.9, noNaN: true }), (accumulator, real) => {
      const multiplier = quantizeMultiplier(real);
      for (const rounding of ['double', 'single'] as const) {
        const result = requantize(accumulator, { multiplier, outputOffset: 0, lowest: -(2 ** 31), highest: 2 ** 31 - 1, rounding });
        expect(Math.abs(result - accumulator * real)).toBeLessThanOrEqual(1.01);
      }
    }));
    expect(requantize(1e6, { multiplier: quantizeMultiplier(1), outputOffset: 3, lowest: -128, highest: 127 })).toBe(127);
    expect(() => quantizeMultiplier(-1)).toThrow(RangeError);
  });
});
