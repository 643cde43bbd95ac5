// Simulates the examples of the gallery and writes what their pictures show, webview/gallery/outcomes.json. `node scripts/gallery-pictures.mjs` after a build
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './host.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'roundoff-outcomes-'));
const number = x => typeof x === 'number' ? x : x === '-0' ? 0 : x === 'NaN' ? NaN : x === 'Infinity' ? Infinity : x === '-Infinity' ? -Infinity : Number.NaN;

/** The report of one function of an example under formats. */
function simulate(example, name, formats, cases) {
  const inputs = join(scratch, 'inputs.json');
  writeFileSync(inputs, JSON.stringify({ cases }));
  const out = execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'simulate', `${join(root, 'media/gallery', example)}.ts#${name}`, '--formats', formats.join(','), '--inputs', inputs, '--json'], { maxBuffer: 2 ** 28 });
  const report = JSON.parse(out);
  for (const f of report.formats) if (f.status !== 'ok') throw new Error(`${example}#${name} in ${f.id}: ${f.message}`);
  return Object.fromEntries(report.formats.map(f => [f.id, f]));
}

const result = (example, name, format, args) => simulate(example, name, [format], [args])[format].results[0];
const fields = (value, names) => Object.entries(names).map(([key, label]) => bar(label, number(value[key])));
const bar = (label, value) => ({ label, value: Number.isFinite(value) ? Number(value.toPrecision(4)) : String(value) });
const bars = (what, list, log = false) => ({ kind: 'bars', what, log, bars: list });
const lines = (what, series, log = false) => ({ kind: 'lines', what, log, series: Object.entries(series).map(([label, values]) => ({ label, values: values.map(v => Number.isFinite(v) ? Number(v.toPrecision(4)) : null) })) });
const error = (example, name, format, args) => { const f = simulate(example, name, [format], [args])[format]; return Math.abs(number(f.results[0]) - number(f.references[0])); };

const logits = [1, 2, 12];
const queries = [[1.5, -0.5, 2, 0.25], [[1, 0, 2, -1], [0.5, 0.5, 0.5, 0.5], [-1, 2, 0, 1]], [[1, 0], [0, 1], [0.5, 0.5]]];

/** What each picture shows. An example without a row keeps its drawing. */
const outcomes = {
  'non-associative-sums': () => bars('error of Σ 1/k in fp16', [bar('large first', error('non-associative-sums', 'harmonicForward', 'fp16', [1000])), bar('small first', error('non-associative-sums', 'harmonicBackward', 'fp16', [1000]))]),
  'exp-thresholds': () => {
    const { formats } = JSON.parse(execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'formats', '--json'], { maxBuffer: 2 ** 26 }));
    return bars('exp overflows beyond', ['fp64', 'fp32', 'fp16', 'fp8-e5m2'].map(id => bar(id, Math.log(formats.find(f => f.id === id).maxFinite))), true);
  },
  calibration: () => bars('error by calibration', Object.entries(result('calibration', 'compareCalibrations', 'fp64', [2000, 1])).map(([name, value]) => bar({ minMax: 'min-max', kl: 'KL' }[name] ?? name, number(value))), true),
  'sign-flip-network': () => {
    const found = simulate('sign-flip-network', 'network', ['fixed(1,6)', 'fixed(1,7)', 'fixed(1,8)'], [[1]]);
    return bars('f(1), exactly 1', Object.values(found).map((f, i) => bar(`2⁻${'⁶⁷⁸'[i]}`, number(f.results[0]))));
  },
  'half-precision-cg': () => {
    const found = result('half-precision-cg', 'compare', 'fp16', [50, 30, 10]);
    return lines('residual in fp16', { plain: found.plain.map(number), stabilised: found.stabilised.map(number) }, true);
  },
  'gaussian-process': () => bars('effective dimension', fields(result('gaussian-process', 'effectiveDimension', 'fp64', [20, 0.1, 0.05, 1]), { exact: 'exact', quantized: 'rounded' })),
  'quantized-kernels': () => lines('error by levels, 8 to 64', { 'kernel error': [8, 16, 32, 64].map(n => number(result('quantized-kernels', 'kernelError', 'fp64', [n, 60, 1]))) }, true),
  'random-fourier-features': () => bars('error at equal memory', fields(result('random-fourier-features', 'compare', 'fp64', [8, 2048, 2]), { bits32: '32 bits', bits8: '8 bits', bits4: '4 bits' })),
  'loss-scaling': () => bars('loss in fp16', fields(result('loss-scaling', 'compare', 'fp16', [40, 1024, 1]), { before: 'before', plain: 'plain', scaled: 'scaled' })),
  'per-layer-precision': () => { const found = result('per-layer-precision', 'compare', 'fp64', [0.1]); return bars('bits of weights', [bar('all 8 bits', found.uniform.cost), bar('brute force', found.bruteForce.cost), bar('softmax', found.differentiable.cost)]); },
  'radix4-fp4': () => bars('final loss', fields(result('radix4-fp4', 'compare', 'fp32', [25, 1]), { fp32: 'fp32', radix4: 'radix-4', plainFp4: 'plain FP4' })),
  'nf4-adapter': () => bars('error on normal weights', fields(result('nf4-adapter', 'quantizationErrors', 'fp32', [1024, 1]), { nf4: 'NF4', fp4: 'FP4', int4: 'int4' })),
  'binary-connect': () => bars('accuracy', fields(result('binary-connect', 'compare', 'fp32', [6, 1]), { real: 'real', binaryConnect: 'binary', binarized: 'BNN' })),
  'block-formats': () => bars('error beside outliers', fields(result('block-formats', 'outlierErrors', 'fp32', [1024, 1]), { perTensor: 'one scale', mxfp4: 'MXFP4', nvfp4: 'NVFP4' })),
  softmax: () => { const found = result('softmax', 'compare', 'fp16', [logits]); return bars('largest share in fp16', [bar('naive', number(found.naive[2])), bar('stable', number(found.stable[2]))]); },
  attention: () => bars('correct bits', Object.values(simulate('attention', 'attention', ['fp32', 'fp16', 'bf16'], [queries])).map(f => bar(f.id, number(f.correctBits)))),
  variance: () => bars('error in fp32', [['naiveVariance', 'naive'], ['twoPassVariance', 'two-pass'], ['welfordVariance', 'Welford']].map(([name, label]) => bar(label, error('variance', name, 'fp32', [[100.1, 100.2, 100.3, 100.4]]))), true),
  'classic-formulas': () => bars('correct bits in fp16', [['smallRootNaive', 'naive'], ['smallRoot', 'stable']].map(([name, label]) => bar(label, number(simulate('classic-formulas', name, ['fp16'], [[1, 200, 1]]).fp16.correctBits)))),
  'chaotic-recurrences': () => { const steps = Array.from({ length: 20 }, (_, i) => [i + 2]); const found = simulate('chaotic-recurrences', 'muller', ['fp64', 'fp32'], steps); return lines('Muller: 6 in truth', { fp64: found.fp64.results.map(number), fp32: found.fp32.results.map(number) }); },
  'ternary-weights': () => bars('cosine to the real layer', [64, 256].map(n => bar(`${n} weights`, number(result('ternary-weights', 'fidelity', 'fp32', [n, 50, 1]))))),
};

const made = {};
for (const [name, make] of Object.entries(outcomes)) { made[name] = make(); console.log(name, JSON.stringify(made[name]).slice(0, 150)); }
rmSync(scratch, { recursive: true, force: true });
writeFileSync(join(root, 'webview/gallery/outcomes.json'), `{\n${Object.entries(made).map(([name, outcome]) => `  ${JSON.stringify(name)}: ${JSON.stringify(outcome)}`).join(',\n')}\n}\n`);
