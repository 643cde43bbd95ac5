import { f16round } from '@petamoriken/float16';
import { arithmetic, arrayRounder, formats, mxArray, mxElement, nvfp4, nvfp4TensorScale, parseFormat, roundArray, roundingModes, xoshiro } from '../../src/formats';

const count = 10_000_000;
const repeats = 5;

const slice = 250_000;

/** Standard normal deviates (Box and Muller). */
function sample(n: number): Float64Array {
  const random = xoshiro(2026);
  return Float64Array.from({ length: n }, () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
}

/** Nanoseconds per element: the arrays are done in slices, each slice counts with its best of several runs, so that other processes disturb little. */
function nanoseconds(x: Float64Array, y: Float64Array, work: (input: Float64Array, output: Float64Array) => void): number {
  const best = new Float64Array(Math.ceil(x.length / slice)).fill(Infinity);
  // Short arrays leave the compiler fewer calls to warm up on.
  const runs = x.length < count ? 4 * repeats : repeats;
  for (let run = 0; run < runs; run++) {
    for (let s = 0; s < best.length; s++) {
      const [input, output] = [x.subarray(s * slice, (s + 1) * slice), y.subarray(s * slice, (s + 1) * slice)];
      const start = performance.now();
      work(input, output);
      best[s] = Math.min(best[s], performance.now() - start);
    }
  }
  return best.reduce((sum, t) => sum + t, 0) * 1e6 / x.length;
}

function row(name: string, time: number, peer: string, peerTime: number): void {
  console.log(`${name.padEnd(44)} ${time.toFixed(2).padStart(8)} ns  ${(time / peerTime).toFixed(2).padStart(7)} × ${peer}`);
}

/** Rounding, arithmetic and block quantization beside `Math.fround` loops and `@petamoriken/float16`. */
export async function run(): Promise<void> {
  const x = sample(count);
  const y = new Float64Array(count);
  const fround = nanoseconds(x, y, (input, output) => { for (let i = 0; i < input.length; i++) output[i] = Math.fround(input[i]); });
  const peer = nanoseconds(x, y, (input, output) => { for (let i = 0; i < input.length; i++) output[i] = f16round(input[i]); });
  const loop = 'Math.fround loop';
  console.log(`${count.toLocaleString('en')} doubles, slices of ${slice.toLocaleString('en')}, best of ${repeats}; targets: nearest-even ≤ 4 × Math.fround, fp16 ≤ 1/3 of petamoriken's, any mode ≤ 60 ns, MXFP4 ≤ 10 ns\n`);
  row('Math.fround loop', fround, loop, fround);
  row('@petamoriken/float16 f16round', peer, loop, fround);
  for (const id of ['fp16', 'bf16', 'fp8-e4m3fn', 'fp8-e5m2', 'fp4-e2m1fn', 'fp32', 'int8', 'q3.12', 'nf4']) {
    const format = parseFormat(id);
    const time = nanoseconds(x, y, arrayRounder(format));
    row(`${id} nearest-even`, time, loop, fround);
    if (id === 'fp16') row('fp16 nearest-even', time, '@petamoriken/float16', peer);
  }
  const few = 1_000_000;
  let sink = 0;
  const shortX = x.subarray(0, few);
  const shortY = y.subarray(0, few);
  let worst = { name: '', time: 0 };
  const modes = formats.filter(f => !f.id.startsWith('p3109') || /k8p[14]/.test(f.id));
  for (const mode of roundingModes.slice(1)) {
    let slowest = { name: '', time: 0 };
    for (const format of modes) {
      const time = nanoseconds(shortX, shortY, arrayRounder(format, { mode }));
      if (time > slowest.time) slowest = { name: format.id, time };
    }
    row(`${mode}, slowest of ${modes.length} formats: ${slowest.name}`, slowest.time, loop, fround);
    if (slowest.time > worst.time) worst = { name: `${slowest.name} ${mode}`, time: slowest.time };
  }
  row(`slowest of all: ${worst.name}`, worst.time, loop, fround);
  const scales = new Float64Array(Math.ceil(slice / 32));
  for (const id of ['fp4-e2m1fn', 'fp8-e4m3fn', 'mxint8']) {
    const element = mxElement(parseFormat(id));
    row(`MX quantize-dequantize, ${id}`, nanoseconds(x, y, (input, output) => mxArray(input, output, scales, element)), loop, fround);
  }
  row('NVFP4 quantize-dequantize', nanoseconds(shortX, shortY, input => { nvfp4(input, nvfp4TensorScale(5)); }), loop, fround);
  for (const id of ['fp16', 'bf16', 'fp8-e4m3fn']) {
    for (const mode of ['nearest-even', 'down', 'stochastic'] as const) {
      const { add, mul, fma } = arithmetic(parseFormat(id), { mode });
      roundArray(parseFormat(id), {}, shortX, shortY);
      const time = nanoseconds(shortY, shortY, input => { for (let i = 2; i < input.length; i++) sink += fma(add(input[i - 1], input[i]), 0.5, mul(input[i - 2], 0.25)); }) / 3;
      row(`${id} add, mul and fma, ${mode}, per operation`, time, loop, fround);
    }
  }
  if (sink !== sink) console.log('(the arithmetic met a NaN)');
}
