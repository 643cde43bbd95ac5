import { describe, expect, it } from 'vitest';
import { affineCode, affineFromRange, affineValue, codeRange, dynamicParameters, qlinearOutput } from '../../../src/formats/affine';
import { entropyThreshold, percentileThreshold } from '../../../src/formats/calibration';
import { onnxEntropy, onnxPercentile } from '../../../src/formats/onnx-calibration';
import { multiplyDoubleRounding, multiplySingleRounding, quantizeMultiplier, roundingDivideByPowerOfTwo, saturatingRoundingDoublingHighMul } from '../../../src/formats/requantize';
import { double, golden, rows, singles } from './vectors';

interface Linear { type: string; scale: string; zeroPoint: number; x: string; q: number[]; y: string }
interface Axis { type: string; rows: number; cols: number; scale: string; zeroPoint: number[]; x: string; q: number[]; y: string; blockSize?: number }
interface Ort {
  quantizeLinear: Linear[]; perAxis: Axis[]; blocked: Axis[];
  qlinearMatMul: { M: number; K: number; N: number; bType: string; a: number[]; b: number[]; aScale: string; aZero: number; bScale: string; bZero: number; yScale: string; yZero: number; acc: number[]; y: number[] }[];
  dynamicQuantizeLinear: { x: string; scale: string; zeroPoint: number; q: number[] }[];
}

const codes = (type: string): { lowest: number; highest: number } => codeRange(Number(type.slice(1)), type[0] === 'i');

describe('affine/ort.json', () => {
  const ort = JSON.parse(golden('affine/ort.json')) as Ort;

  it('QuantizeLinear and DequantizeLinear, per tensor', () => {
    for (const c of ort.quantizeLinear) {
      const p = { scale: singles(c.scale)[0], zeroPoint: c.zeroPoint, ...codes(c.type) };
      const q = [...singles(c.x)].map(x => affineCode(x, p));
      expect(q).toEqual(c.q);
      expect(q.map(v => affineValue(v, p) + 0)).toEqual([...singles(c.y)].map(v => v + 0));
    }
    expect(ort.quantizeLinear.length).toBeGreaterThan(0);
  });

  it('per axis and blocked', () => {
    for (const c of [...ort.perAxis, ...ort.blocked]) {
      const scales = singles(c.scale);
      const group = (i: number): number => c.blockSize ? Math.floor(i / c.cols) * (c.cols / c.blockSize) + Math.floor((i % c.cols) / c.blockSize) : i % c.cols;
      const p = (i: number) => ({ scale: scales[group(i)], zeroPoint: c.zeroPoint[group(i)], ...codes(c.type) });
      const q = [...singles(c.x)].map((x, i) => affineCode(x, p(i)));
      expect(q).toEqual(c.q);
      expect(q.map((v, i) => affineValue(v, p(i)) + 0)).toEqual([...singles(c.y)].map(v => v + 0));
    }
  });

  it('DynamicQuantizeLinear', () => {
    for (const c of ort.dynamicQuantizeLinear) {
      const x = singles(c.x);
      const p = dynamicParameters(x);
      expect([p.scale, p.zeroPoint]).toEqual([singles(c.scale)[0], c.zeroPoint]);
      expect([...x].map(v => affineCode(v, p))).toEqual(c.q);
    }
  });
});

describe('QLinearMatMul', () => {
  it('integer accumulation and requantization', () => {
    const cases = (JSON.parse(golden('affine/ort.json')) as Ort).qlinearMatMul;
    for (const c of cases) {
      const y = { scale: singles(c.yScale)[0], zeroPoint: c.yZero, lowest: 0, highest: 255 };
      for (let m = 0; m < c.M; m++) {
        for (let n = 0; n < c.N; n++) {
          let sum = 0;
          for (let k = 0; k < c.K; k++) sum += (c.a[m * c.K + k] - c.aZero) * (c.b[k * c.N + n] - c.bZero);
          expect(sum).toBe(c.acc[m * c.N + n]);
          expect(qlinearOutput(sum, singles(c.aScale)[0], singles(c.bScale)[0], y)).toBe(c.y[m * c.N + n]);
        }
      }
    }
    expect(cases.length).toBeGreaterThan(0);
  });
});

describe('affine/calibration.json', () => {
  interface Calibration {
    datasets: Record<string, string>;
    ortScaleZeroPoint: { data: string; type: string; symmetric: boolean; qmin: number; qmax: number; rmin: string; rmax: string; scale: string; zeroPoint: number }[];
    ortThreshold: { data: string; method: string; symmetric: boolean; num_bins: number; percentile: number; numQuantizedBins: number; low: string; high: string }[];
    nvAmax: { data: string; method: string; percentile: number; bins: number; amax: string; stride: number; startBin: number; numBits: number; unsigned: boolean }[];
  }
  const calibration = JSON.parse(golden('affine/calibration.json')) as Calibration;
  const data = new Map(Object.entries(calibration.datasets).map(([name, hex]) => [name, singles(hex)]));

  it('scale and zero point of ONNX Runtime', () => {
    for (const c of calibration.ortScaleZeroPoint) {
      const p = affineFromRange(singles(c.rmin)[0], singles(c.rmax)[0], { lowest: c.qmin, highest: c.qmax }, c.symmetric);
      expect([c, p.scale, p.zeroPoint]).toEqual([c, singles(c.scale)[0], c.zeroPoint]);
    }
  });

  for (const c of calibration.ortThreshold) {
    it(`ONNX Runtime ${c.method} ${c.percentile} ${c.num_bins} bins ${c.symmetric ? 'symmetric ' : ''}on ${c.data}`, () => {
      const x = data.get(c.data)!;
      const r = c.method === 'percentile' ? onnxPercentile(x, c.percentile, c.symmetric, c.num_bins) : onnxEntropy(x, c.num_bins, c.numQuantizedBins);
      expect([r.low, r.high]).toEqual([double(c.low), double(c.high)]);
    });
  }

  for (const c of calibration.nvAmax) {
    it(`NVIDIA ${c.method} ${c.percentile ?? ''} on ${c.data}`, () => {
      const x = data.get(c.data)!;
      expect(c.method === 'percentile' ? percentileThreshold(x, c.percentile, c.bins) : entropyThreshold(x, { bits: c.numBits, unsigned: c.unsigned, stride: c.stride, startBin: c.startBin, bins: c.bins })).toBe(double(c.amax));
    });
  }
});

describe('requant/tflite.tsv', () => {
  it('high multiply, shift, multiplier and both builds', () => {
    const hexFloat = (text: string): number => { const m = /^0x([0-9a-f])\.?([0-9a-f]*)p([+-]\d+)$/.exec(text)!; return parseInt(m[1] + m[2], 16) * 2 ** (Number(m[3]) - 4 * m[2].length); };
    const data = rows('requant/tflite.tsv');
    for (const { op, a, b, result } of data) {
      const [multiplier, shift] = b.split(',').map(Number);
      const label = `${op} ${a} ${b}`;
      switch (op) {
        case 'srdhm': expect([label, saturatingRoundingDoublingHighMul(Number(a), Number(b))]).toEqual([label, Number(result)]); break;
        case 'rdbpot': expect([label, roundingDivideByPowerOfTwo(Number(a), Number(b))]).toEqual([label, Number(result)]); break;
        case 'qmul': expect([label, quantizeMultiplier(hexFloat(a))]).toEqual([label, { multiplier: Number(b), shift: Number(result) }]); break;
        case 'mbqm_double': expect([label, multiplyDoubleRounding(Number(a), { multiplier, shift })]).toEqual([label, Number(result)]); break;
        case 'mbqm_single': expect([label, multiplySingleRounding(Number(a), { multiplier, shift })]).toEqual([label, Number(result)]); break;
        default: throw new Error(`unknown operation ${op}`);
      }
    }
    expect(data.length).toBeGreaterThan(1000);
  });
});
