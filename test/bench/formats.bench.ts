import { f16round } from '@petamoriken/float16';
import { arithmetic, formats, mxArray, mxElement, nvfp4, nvfp4TensorScale, parseFormat, roundArray, roundingModes, xoshiro } from '../../src/formats';

const count = 10_000_000;
const repeats = 5;

/** Normal deviates with a spread of magnitudes, so that branches are not predictable. */
function sample(n: number): Float64Array {
  const random = xoshiro(2026);
  return Float64Array.from({ length: n }, () => (random() + random() + random() - 1.5) * 2 ** Math.floor(random() * 8 - 4));
}

/** Best of several runs, in nanoseconds per element. */
function nanoseconds(n: number, work: () => void): number {
  let best = Infinity;
  for (let i = 0; i < repeats; i++) {
    const start = performance.now();
    work();
    best = Math.min(best, performance.now() - start);
  }
  return best * 1e6 / n;
}

function row(name: string, time: number, peer: string, peerTime: number): void {
  console.log(`${name.padEnd(44)} ${time.toFixed(2).padStart(8)} ns  ${(time / peerTime).toFixed(2).padStart(7)} × ${peer}`);
}

/** Rounding, arithmetic and block quantization beside `Math.fround` loops and `@petamoriken/float16`. */
export async function run(): Promise<void> {
  const x = sample(count);
  const y = new Float64Array(count);
  const fround = nanoseconds(count, () => { for (let i = 0; i < count; i++) y[i] = Math.fround(x[i]); });
  const peer = nanoseconds(count, () => { for (let i = 0; i < count; i++) y[i] = f16round(x[i]); });
  const loop = 'Math.fround loop';
  console.log(`${count.toLocaleString('en')} doubles, best of ${repeats}; targets: nearest-even ≤ 4 × Math.fround, fp16 ≤ 1/3 of petamoriken's, any mode ≤ 60 ns, MXFP4 ≤ 10 ns\n`);
  row('Math.fround loop', fround, loop, fround);
  row('@petamoriken/float16 f16round', peer, loop, fround);
  for (const id of ['fp16', 'bf16', 'fp8-e4m3fn', 'fp8-e5m2', 'fp4-e2m1fn', 'fp32', 'int8', 'q3.12', 'nf4']) {
    const format = parseFormat(id);
    const time = nanoseconds(count, () => roundArray(format, {}, x, y));
    row(`${id} nearest-even`, time, loop, fround);
    if (id === 'fp16') row('fp16 nearest-even', time, '@petamoriken/float16', peer);
  }
  const few = 2_000_000;
  const shortX = x.subarray(0, few);
  const shortY = y.subarray(0, few);
  let worst = { name: '', time: 0 };
  const modes = formats.filter(f => !f.id.startsWith('p3109') || /k8p[14]/.test(f.id));
  for (const mode of roundingModes.slice(1)) {
    let slowest = { name: '', time: 0 };
    for (const format of modes) {
      const time = nanoseconds(few, () => roundArray(format, { mode }, shortX, shortY));
      if (time > slowest.time) slowest = { name: format.id, time };
    }
    row(`${mode}, slowest of ${modes.length} formats: ${slowest.name}`, slowest.time, loop, fround);
    if (slowest.time > worst.time) worst = { name: `${slowest.name} ${mode}`, time: slowest.time };
  }
  row(`slowest of all: ${worst.name}`, worst.time, loop, fround);
  const scales = new Float64Array(count / 32);
  for (const id of ['fp4-e2m1fn', 'fp8-e4m3fn', 'mxint8']) {
    const element = mxElement(parseFormat(id));
    row(`MX quantize-dequantize, ${id}`, nanoseconds(count, () => mxArray(x, y, scales, element)), loop, fround);
  }
  row('NVFP4 quantize-dequantize', nanoseconds(few, () => { nvfp4(shortX, nvfp4TensorScale(12)); }), loop, fround);
  for (const id of ['fp16', 'bf16', 'fp8-e4m3fn']) {
    for (const mode of ['nearest-even', 'down', 'stochastic'] as const) {
      const { add, mul, fma } = arithmetic(parseFormat(id), { mode });
      roundArray(parseFormat(id), {}, shortX, shortY);
      const time = nanoseconds(3 * few, () => { for (let i = 2; i < few; i++) shortY[i] = fma(add(shortY[i - 1], shortX[i]), 0.5, mul(shortX[i - 1], 0.25)); });
      row(`${id} add, mul and fma, ${mode}, per operation`, time, loop, fround);
    }
  }
}
