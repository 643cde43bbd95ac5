import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readExampleTags } from '../../../src/protocol/example-tags';
import type { JsonValue } from '../../../src/protocol/real';
import { field, galleryFolder, number, numbers, plain, result, simulate } from './run';

const seeds = [1, 2, 3];

describe('every example', () => {
  const names = readdirSync(galleryFolder).filter(f => f.endsWith('.ts')).map(f => f.replace(/\.ts$/, ''));

  it.each(names)('%s says what to look at and simulates under its schemes in time', async name => {
    const tags = readExampleTags(readFileSync(join(galleryFolder, `${name}.ts`), 'utf8'));
    for (const part of [tags.title, tags.lesson, tags.outcome, tags.source]) expect(part.length).toBeGreaterThan(10);
    expect(tags.simulate?.inputs?.kind).toBe('given');
    const { functionName, schemes, inputs } = tags.simulate!;
    const cases = inputs!.kind === 'given' ? inputs!.cases : [];
    const report = await simulate(name, functionName, ['fp64', ...schemes.map(s => s.id)], cases);
    for (const format of report.formats) expect({ id: format.id, status: format.status, message: format.message }).toMatchObject({ status: 'ok' });
    // A variable with a format of its own rounds to it in every scheme, so such an example is not plain execution.
    if (/@format/.test(readFileSync(join(galleryFolder, `${name}.ts`), 'utf8'))) return;
    const run = plain(name)[functionName];
    expect(report.formats[0].results.map(strip)).toEqual(cases.map(args => strip(toJson(run(...structuredClone(args))))));
  });
});

/** −0 and 0 alike do not matter here; typed values as JSON. */
function toJson(value: unknown): JsonValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value) as JsonValue;
  if (Array.isArray(value)) return value.map(toJson);
  if (value !== null && typeof value === 'object') return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, toJson(v)]));
  return value as JsonValue;
}

function strip(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value), (_, v: JsonValue) => (v === '-0' ? 0 : v)) as JsonValue;
}

/** The report that the example's own "Simulate" button makes. */
async function clicked(name: string): Promise<Awaited<ReturnType<typeof simulate>>> {
  const preset = readExampleTags(readFileSync(join(galleryFolder, `${name}.ts`), 'utf8')).simulate!;
  return simulate(name, preset.functionName, preset.schemes.map(s => s.id), preset.inputs?.kind === 'given' ? preset.inputs.cases : []);
}

function at(value: JsonValue, ...path: string[]): JsonValue {
  return path.reduce((v, key) => (v as Record<string, JsonValue>)[key], value);
}

describe('one click shows the outcome', () => {
  it('plain conjugate gradients stand still in fp16, the stabilised ones converge', async () => {
    const compared = result(await clicked('half-precision-cg'), 'fp16');
    for (const r of numbers(at(compared, 'plain'))) expect(r !== r || r > 0.5).toBe(true);
    expect(Math.min(...numbers(at(compared, 'stabilised')))).toBeLessThan(0.01);
  });

  it('plain fp16 training stalls, scaled training ends like fp32', async () => {
    const report = await clicked('loss-scaling');
    const [full, half] = [result(report, 'fp32'), result(report, 'fp16')];
    expect(field(half, 'plain')).toBeGreaterThan(0.8 * field(half, 'before'));
    expect(field(half, 'scaled')).toBeLessThan(1.2 * field(full, 'plain'));
  });

  it('binary networks learn, radix-4 FP4 trains like fp32, 4-bit features win, NF4 has the least error', async () => {
    const binary = result(await clicked('binary-connect'), 'fp32');
    for (const name of ['real', 'binaryConnect', 'stochastic', 'binarized']) expect(field(binary, name)).toBeGreaterThan(0.85);
    const radix = result(await clicked('radix4-fp4'), 'fp32');
    expect(field(radix, 'radix4')).toBeLessThan(1.25 * field(radix, 'fp32'));
    expect(field(radix, 'plainFp4')).toBeGreaterThan(2 * field(radix, 'fp32'));
    const features = result(await clicked('random-fourier-features'), 'fp64');
    expect(field(features, 'bits4')).toBeLessThan(0.7 * field(features, 'bits32'));
    const nf4 = result(await clicked('nf4-adapter'), 'fp32');
    expect(field(nf4, 'nf4')).toBeLessThan(Math.min(field(nf4, 'fp4'), field(nf4, 'int4')));
  });

  it('block scales beat one scale, kernels converge with their levels, layers get the bits that they need', async () => {
    const blocks = result(await clicked('block-formats'), 'fp32');
    expect(field(blocks, 'perTensor')).toBeGreaterThan(5 * field(blocks, 'mxfp4'));
    const kernels = await clicked('quantized-kernels');
    for (let i = 1; i < kernels.cases; i++) expect(number(result(kernels, 'fp64', i))).toBeLessThan(0.7 * number(result(kernels, 'fp64', i - 1)));
    const layers = result(await clicked('per-layer-precision'), 'fp64');
    for (const found of ['bruteForce', 'differentiable']) expect(number(at(layers, found, 'cost'))).toBeLessThan(0.5 * number(at(layers, 'uniform', 'cost')));
  });

  it('integer-only codes are those of fake quantization, and the stable softmax survives', async () => {
    const layer = result(await clicked('integer-only-layer'), 'fp32');
    numbers(at(layer, 'integerOnly')).forEach((code, i) => expect(Math.abs(code - numbers(at(layer, 'fakeQuantized'))[i])).toBeLessThanOrEqual(1));
    const softmax = result(await clicked('softmax'), 'fp16');
    expect(numbers(at(softmax, 'naive'))[2]).toBeNaN();
    expect(numbers(at(softmax, 'stable'))[2]).toBeCloseTo(1, 2);
  });
});

describe('stated outcomes', () => {
  it('1 sums depend on their order', async () => {
    const groupings = result(await simulate('non-associative-sums', 'groupings', ['fp64'], [[]]), 'fp64');
    expect(groupings).toEqual({ left: 0.6000000000000001, right: 0.6 });
    expect(number(result(await simulate('non-associative-sums', 'tinyTermFirst', ['fp64'], [[1, 1e-17]]), 'fp64'))).toBe(0);
    expect(number(result(await simulate('non-associative-sums', 'tinyTermLast', ['fp64'], [[1, 1e-17]]), 'fp64'))).toBe(1e-17);
    const forward = number(result(await simulate('non-associative-sums', 'harmonicForward', ['fp16'], [[1000]]), 'fp16'));
    const backward = number(result(await simulate('non-associative-sums', 'harmonicBackward', ['fp16'], [[1000]]), 'fp16'));
    expect(Math.abs(backward - 7.4854708605503449)).toBeLessThan(0.25 * Math.abs(forward - 7.4854708605503449));
  });

  it('2 exp overflows and underflows at each format\'s own thresholds', async () => {
    const report = await simulate('exp-thresholds', 'exponentials', ['fp64', 'fp32', 'fp16'], [[11], [11.1], [88.8], [-18.1]]);
    expect(field(result(report, 'fp16', 0), 'growth')).toBeLessThan(65505);
    expect(field(result(report, 'fp16', 1), 'growth')).toBe(Infinity);
    expect(field(result(report, 'fp32', 1), 'growth')).toBeGreaterThan(6e4);
    expect(field(result(report, 'fp32', 2), 'growth')).toBe(Infinity);
    expect(field(result(report, 'fp64', 2), 'growth')).toBeGreaterThan(1e38);
    expect(field(result(report, 'fp16', 3), 'growth')).toBe(0);
    const logistic = await simulate('exp-thresholds', 'logistic', ['fp16'], [[-12], [12]]);
    expect(field(result(logistic, 'fp16', 0), 'decaying')).toBe(0);
    expect(field(result(logistic, 'fp16', 1), 'growing')).toBeNaN();
  });

  it('3 the rounding modes', async () => {
    const modes = plain('rounding-modes').roundings;
    expect([11.5, 12.5, -11.5, -12.5].map(x => modes(x))).toEqual([
      { even: 12, away: 12, zero: 11, up: 12, down: 11 }, { even: 12, away: 13, zero: 12, up: 13, down: 12 },
      { even: -12, away: -12, zero: -11, up: -11, down: -12 }, { even: -12, away: -13, zero: -12, up: -12, down: -13 }]);
    expect(numbers(result(await simulate('rounding-modes', 'halves', ['int8-raw'], [[[11.5, 12.5, -11.5, -12.5]]]), 'int8-raw'))).toEqual([12, 12, -12, -12]);
    const mean = number(result(await simulate('rounding-modes', 'stochasticMean', ['fp64'], [[0.3, 4000, 1]]), 'fp64'));
    expect(Math.abs(mean - 0.3)).toBeLessThan(0.03);
  });

  it('4 clipping calibrations beat min-max on heavy tails', async () => {
    const report = await simulate('calibration', 'compareCalibrations', ['fp32'], seeds.map(s => [2000, s]));
    seeds.forEach((_, i) => {
      const errors = result(report, 'fp32', i);
      const worst = Math.min(field(errors, 'minMax'), field(errors, 'symmetric'));
      expect(field(errors, 'percentile')).toBeLessThan(0.85 * worst);
      expect(field(errors, 'kl')).toBeLessThan(0.85 * worst);
    });
  });

  it('5 integer-only and fake quantization differ by at most one code, and the requantization matches published kernels', async () => {
    const random = seededRandom(5);
    const cases = Array.from({ length: 40 }, () => [
      Array.from({ length: 6 }, () => 4 * random() - 2), Array.from({ length: 3 }, () => Array.from({ length: 6 }, () => 2 * random() - 1)), Array.from({ length: 3 }, () => random() - 0.5),
    ]);
    const integer = await simulate('integer-only-layer', 'integerLayer', ['fp64'], cases);
    const fake = await simulate('integer-only-layer', 'fakeQuantizedLayer', ['fp64'], cases);
    cases.forEach((_, i) => {
      const a = numbers(result(integer, 'fp64', i));
      const b = numbers(result(fake, 'fp64', i));
      for (let j = 0; j < a.length; j++) expect(Math.abs(a[j] - b[j])).toBeLessThanOrEqual(1);
    });
    const { saturatingRoundingDoublingHighMul: srdhm, roundingDivideByPowerOfTwo: rdbpot } = plain('integer-only-layer');
    let checked = 0;
    for (const line of vectors('requant/tflite.tsv')) {
      const [op, a, b, expected] = line.split('\t');
      if (op === 'srdhm') expect(srdhm(Number(a), Number(b))).toBe(Number(expected));
      else if (op === 'rdbpot') expect(Number(rdbpot(Number(a), Number(b))) + 0).toBe(Number(expected));
      else continue;
      checked++;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('6 the sign-flip network', async () => {
    const report = await simulate('sign-flip-network', 'network', ['fixed(1,6)', 'fixed(2,5)', 'fixed(1,7)', 'fixed(2,7)', 'fixed(1,8)', 'fp16', 'fp64'], [[1], [-1]]);
    const both = (id: string): number[] => [number(result(report, id, 0)), number(result(report, id, 1))];
    expect(both('fixed(1,6)')).toEqual([-1, 1]);
    expect(both('fixed(2,5)')).toEqual([-1, 1]);
    expect(both('fixed(2,7)')).toEqual([2, 2]);
    expect(both('fixed(1,8)')).toEqual([1, -1]);
    expect(both('fp16')).toEqual([1, -1]);
    expect(both('fp64')).toEqual([1, -1]);
    const run = report.formats[0].firstCase;
    const lines = readFileSync(join(galleryFolder, 'sign-flip-network.ts'), 'utf8').split('\n');
    const blamed = [...run.sites].sort((x, y) => y.share - x.share).filter(s => s.share > 0.05);
    expect(blamed.length).toBeGreaterThan(0);
    for (const site of blamed) expect(lines[site.line - 1]).toMatch(/\+=/);
    expect(run.sites.filter(s => s.absorbed >= 60).length).toBeGreaterThanOrEqual(3);
  });

  it('7 expressiveness in plain code agrees with the checker\'s verdicts', async () => {
    const report = await simulate('expressiveness', 'reachable', ['fp64'], [['relu', 3, 2], ['sigmoid', 1, 1], ['tanh', 2, 1]]);
    expect([0, 1, 2].map(i => field(result(report, 'fp64', i), 'missing'))).toEqual([0, 2, 0]);
  });

  it('8 half-precision conjugate gradients: plain breaks down, stabilised converges', async () => {
    const plainRun = await simulate('half-precision-cg', 'plainResiduals', ['fp64', 'fp16'], [[100, 30, 30]]);
    const exact = numbers(result(plainRun, 'fp64'));
    expect(exact[29]).toBeLessThan(1e-12);
    const half = numbers(result(plainRun, 'fp16')).slice(0, 15);
    for (const r of half) expect(r !== r || r > 0.5).toBe(true);
    expect(half.some(r => r !== r)).toBe(true);
    const stable = numbers(result(await simulate('half-precision-cg', 'stabilisedResiduals', ['fp16'], [[100, 30, 30]]), 'fp16'));
    expect(Math.min(...stable.slice(0, 10))).toBeLessThan(0.01);
  });

  it('9 Gaussian process: Cholesky against CG, and the effective dimension grows', async () => {
    const nll = number(result(await simulate('gaussian-process', 'negativeLogLikelihood', ['fp64'], [[12, 1, 0.1]]), 'fp64'));
    const cg = number(result(await simulate('gaussian-process', 'quadraticByCg', ['fp64'], [[12, 1, 0.1, 40]]), 'fp64'));
    // Three ways to one number: Cholesky against conjugate gradients and the eigenvalues (Jacobi), which share no step with it.
    const { eigenvalues, kernelMatrix } = plain('gaussian-process');
    const logDeterminant = (eigenvalues(kernelMatrix(12, 1, 0.1)) as number[]).reduce((sum, v) => sum + Math.log(v), 0);
    expect(nll).toBeCloseTo(0.5 * logDeterminant + cg + 6 * Math.log(2 * Math.PI), 6);
    const dimension = await simulate('gaussian-process', 'effectiveDimension', ['fp64'], [1, 2, 3, 4, 5].map(s => [20, 0.1, 0.05, s]));
    for (let i = 0; i < 5; i++) expect(field(result(dimension, 'fp64', i), 'quantized')).toBeGreaterThan(field(result(dimension, 'fp64', i), 'exact'));
  });

  it('10 quantized kernels: the error halves as the levels double', async () => {
    const report = await simulate('quantized-kernels', 'kernelError', ['fp64'], [[8, 200, 1], [16, 200, 1], [32, 200, 1], [64, 200, 1]]);
    const errors = [0, 1, 2, 3].map(i => number(result(report, 'fp64', i)));
    for (let i = 1; i < 4; i++) expect(errors[i]).toBeLessThan(0.6 * errors[i - 1]);
  });

  it('11 random Fourier features: fewer bits cost little, and win at equal memory', async () => {
    const bits = [1, 2, 4, 8];
    const report = await simulate('random-fourier-features', 'kernelError', ['fp64'], seeds.flatMap(s => bits.map(b => [12, 256, b, s])));
    const mean = bits.map((_, i) => seeds.reduce((sum, _s, j) => sum + number(result(report, 'fp64', j * bits.length + i)) / seeds.length, 0));
    for (let i = 1; i < mean.length; i++) expect(mean[i]).toBeLessThan(mean[i - 1]);
    const memory = await simulate('random-fourier-features', 'kernelErrorAtMemory', ['fp64'], seeds.flatMap(s => [[12, 4096, 4, s], [12, 4096, 32, s]]));
    const total = [0, 1].map(i => seeds.reduce((sum, _s, j) => sum + number(result(memory, 'fp64', 2 * j + i)), 0));
    expect(total[0]).toBeLessThan(0.7 * total[1]);
    const spectral = await simulate('random-fourier-features', 'spectralApproximation', ['fp64'], [[12, 64, 4, 0.1, 1], [12, 512, 4, 0.1, 1]]);
    for (const delta of ['delta1', 'delta2']) expect(field(result(spectral, 'fp64', 1), delta)).toBeLessThan(field(result(spectral, 'fp64', 0), delta));
  });

  it('12 loss scaling: plain fp16 stalls, scaling with master weights converges like fp32', async () => {
    const start = await simulate('loss-scaling', 'trainPlain', ['fp64'], [[0, 1], [0, 2], [0, 3]]);
    const bare = await simulate('loss-scaling', 'trainPlain', ['fp32', 'fp16'], seeds.map(s => [40, s]));
    const scaled = await simulate('loss-scaling', 'trainScaled', ['fp16'], seeds.map(s => [40, 1024, s]));
    seeds.forEach((_, i) => {
      const [initial, full, stalled, rescued] = [number(result(start, 'fp64', i)), number(result(bare, 'fp32', i)), number(result(bare, 'fp16', i)), number(result(scaled, 'fp16', i))];
      expect(full).toBeLessThan(0.25 * initial);
      expect(stalled).toBeGreaterThan(0.8 * initial);
      expect(rescued).toBeLessThan(1.5 * full);
    });
  });

  it('13 per-layer precision: cheaper than uniform 8 bits at the same tolerance', () => {
    const { bruteForce, differentiable } = plain('per-layer-precision') as unknown as Record<string, (...a: number[]) => { bits: number[]; error: number; cost: number }>;
    const best = bruteForce(0.1);
    expect(best.cost).toBeLessThan(0.5 * 144);
    const soft = differentiable(0.01, 60);
    expect(soft.error).toBeLessThan(0.1);
    expect(soft.cost).toBeLessThanOrEqual(1.1 * best.cost);
  });

  it('14 radix-4 FP4 with scales trains like fp32, plain FP4 does not', async () => {
    const run = async (name: string): Promise<number[]> => {
      const report = await simulate('radix4-fp4', name, ['fp32'], seeds.map(s => [60, s]));
      return seeds.map((_, i) => number(result(report, 'fp32', i)));
    };
    const [full, radix4, bare] = [await run('trainFp32'), await run('trainRadix4'), await run('trainPlainFp4')];
    seeds.forEach((_, i) => {
      expect(radix4[i]).toBeLessThan(1.25 * full[i]);
      expect(bare[i]).toBeGreaterThan(2 * radix4[i]);
    });
  });

  it('15 NF4 has the smallest error on normal weights; the adapter repairs the frozen layer', async () => {
    const report = await simulate('nf4-adapter', 'quantizationErrors', ['fp32'], seeds.map(s => [1024, s]));
    seeds.forEach((_, i) => {
      const errors = result(report, 'fp32', i);
      expect(field(errors, 'nf4')).toBeLessThan(0.85 * field(errors, 'fp4'));
      expect(field(errors, 'nf4')).toBeLessThan(0.85 * field(errors, 'int4'));
      expect(field(errors, 'nf4Double')).toBeLessThan(1.02 * field(errors, 'nf4'));
    });
    const repaired = result(await simulate('nf4-adapter', 'adapter', ['fp32'], [[200, 1]]), 'fp32');
    expect(field(repaired, 'after')).toBeLessThan(0.5 * field(repaired, 'before'));
  });

  it('16 binary weights learn', async () => {
    for (const [name, least] of [['trainReal', 0.9], ['trainBinaryConnect', 0.85], ['trainBinaryConnectStochastic', 0.85], ['trainBinarized', 0.85]] as const) {
      const report = await simulate('binary-connect', name, ['fp32'], seeds.map(s => [12, s]));
      seeds.forEach((_, i) => expect(number(result(report, 'fp32', i))).toBeGreaterThanOrEqual(least));
    }
  });

  it('17 ternary weights keep most of a layer', async () => {
    const report = await simulate('ternary-weights', 'fidelity', ['fp32'], seeds.map(s => [64, 200, s]));
    seeds.forEach((_, i) => expect(number(result(report, 'fp32', i))).toBeGreaterThan(0.85));
  });

  it('18 block formats beat one scale by at least 5', async () => {
    const report = await simulate('block-formats', 'outlierErrors', ['fp32'], [[1024, 1], [1024, 2]]);
    for (const i of [0, 1]) {
      const errors = result(report, 'fp32', i);
      expect(field(errors, 'perTensor')).toBeGreaterThan(5 * field(errors, 'mxfp4'));
      expect(field(errors, 'mxfp4')).toBeGreaterThan(field(errors, 'nvfp4'));
    }
  });

  it('19 softmax, log-sum-exp and attention', async () => {
    const logits = [[1, 2, 12]];
    const naive = numbers(result(await simulate('softmax', 'naiveSoftmax', ['fp16'], [logits]), 'fp16'));
    expect(naive[2]).toBeNaN();
    const stable = numbers(result(await simulate('softmax', 'stableSoftmax', ['fp16'], [logits]), 'fp16'));
    expect(stable[2]).toBeCloseTo(0.99994, 3);
    expect(number(result(await simulate('softmax', 'naiveLogSumExp', ['fp16'], [logits]), 'fp16'))).toBe(Infinity);
    expect(number(result(await simulate('softmax', 'stableLogSumExp', ['fp16'], [logits]), 'fp16'))).toBeCloseTo(12, 2);
    const inputs = [[1.5, -0.5, 2, 0.25], [[1, 0, 2, -1], [0.5, 0.5, 0.5, 0.5], [-1, 2, 0, 1]], [[1, 0], [0, 1], [0.5, 0.5]]];
    const report = await simulate('attention', 'attention', ['bf16', 'fp16'], [inputs]);
    const [bf16, fp16] = report.formats;
    expect(number(fp16.correctBits as JsonValue)).toBeGreaterThan(number(bf16.correctBits as JsonValue) + 1.5);
    const loud = [inputs[0].map(v => 4 * (v as number)), inputs[1], inputs[2]];
    expect(numbers(result(await simulate('attention', 'attentionUnsafe', ['fp16'], [loud]), 'fp16'))[0]).toBeNaN();
    expect(numbers(result(await simulate('attention', 'onlineAttention', ['fp16'], [loud]), 'fp16')).every(Number.isFinite)).toBe(true);
  });

  it('20 naive against Welford variance; Kahan; pairwise', async () => {
    const xs = [100.1, 100.2, 100.3, 100.4];
    const error = async (name: string, format: string): Promise<number> => {
      const report = await simulate('variance', name, [format], [[xs]]);
      return Math.abs(number(result(report, format)) - number(report.formats[0].references[0]));
    };
    expect(await error('welfordVariance', 'fp32')).toBeLessThan(0.01 * await error('naiveVariance', 'fp32'));
    expect(await error('twoPassVariance', 'fp32')).toBeLessThan(0.01 * await error('naiveVariance', 'fp32'));
    expect(number(result(await simulate('variance', 'naiveSum', ['fp16'], [[1, 3000]]), 'fp16'))).toBe(2048);
    expect(number(result(await simulate('variance', 'kahanSum', ['fp16'], [[1, 3000]]), 'fp16'))).toBe(3000);
    expect(number(result(await simulate('variance', 'pairwiseSum', ['fp16'], [[new Array<number>(3000).fill(1)]]), 'fp16'))).toBe(3000);
  });

  it('21 the classic formulas', async () => {
    const bits = async (name: string, format: string, args: number[]): Promise<number> => number((await simulate('classic-formulas', name, [format], [args])).formats[0].correctBits as JsonValue);
    expect(await bits('smallRoot', 'fp16', [1, 200, 1])).toBeGreaterThan(8);
    expect(await bits('smallRootNaive', 'fp16', [1, 200, 1])).toBeLessThan(2);
    expect(await bits('heron', 'fp64', [100000, 99999.99979, 0.00029])).toBeGreaterThan(await bits('heronNaive', 'fp64', [100000, 99999.99979, 0.00029]) + 5);
    expect(number(result(await simulate('classic-formulas', 'midpointNaive', ['fp16'], [[40000, 50000]]), 'fp16'))).toBe(Infinity);
    expect(number(result(await simulate('classic-formulas', 'midpoint', ['fp16'], [[40000, 50000]]), 'fp16'))).toBe(45000 - 8);
  });

  it('22 Muller, Rump and the logistic map', async () => {
    const muller = await simulate('chaotic-recurrences', 'muller', ['fp64', 'fp32', 'fp16'], [[40]]);
    for (const id of ['fp64', 'fp32', 'fp16']) expect(number(result(muller, id))).toBeCloseTo(100, 0);
    const rump = await simulate('chaotic-recurrences', 'rump', ['fp64'], [[77617, 33096]]);
    expect(number(result(rump, 'fp64'))).toBeLessThan(-1e20);
    const map = await simulate('chaotic-recurrences', 'logisticMap', ['fp16'], [[0.3, 4, 5], [0.3, 4, 40]]);
    expect(Math.abs(number(result(map, 'fp16', 0)) - number(map.formats[0].references[0]))).toBeLessThan(0.05);
    expect(Math.abs(number(result(map, 'fp16', 1)) - number(map.formats[0].references[1]))).toBeGreaterThan(0.01);
  });
});

function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => { state = (Math.imul(state, 1664525) + 1013904223) >>> 0; return state / 2 ** 32; };
}

function vectors(name: string): string[] {
  const path = join(galleryFolder, '../../../shared/golden', name);
  try {
    return readFileSync(path, 'utf8').split('\n').filter(line => line !== '' && !line.startsWith('op'));
  } catch {
    throw new Error(`the golden vectors are missing: expected ../shared/golden/${name} beside the repository`);
  }
}
