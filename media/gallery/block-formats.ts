/**
 * @gallery Block formats against one scale
 * @lesson One outlier ruins a per-tensor scale; a scale for every 16 or 32 values confines the damage.
 * @simulate outlierErrors fp32
 * @inputs {"cases": [[1024, 1], [1024, 2]]}
 * @outcome On data with outliers the mean squared error of MXFP4 and NVFP4, the outliers left out, is at least 5 times below per-tensor FP4's.
 * @source OCP Microscaling Formats 1.0 (2023); NVIDIA NVFP4 (block of 16, e4m3 scale).
 */

/** Nearest e2m1 value: 0, 0.5, 1, 1.5, 2, 3, 4, 6; beyond 6 it saturates. */
function e2m1(x: number): number {
  const levels = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
  const magnitude = Math.abs(x);
  let best = 0;
  for (const level of levels) if (Math.abs(magnitude - level) < Math.abs(magnitude - best)) best = level;
  return x < 0 ? -best : best;
}

function largest(xs: number[]): number {
  let result = 0;
  for (const x of xs) result = Math.max(result, Math.abs(x));
  return result;
}

/** One scale for everything: max|x| / 6. */
export function perTensor(xs: number[]): number[] {
  const scale = largest(xs) / 6;
  return xs.map(x => (scale === 0 ? 0 : e2m1(x / scale) * scale));
}

/** MXFP4: blocks of 32, power-of-two scale 2^(⌊log2 max⌋ − 2). */
export function mxfp4(xs: number[]): number[] {
  const result: number[] = [];
  for (let start = 0; start < xs.length; start += 32) {
    const block = xs.slice(start, start + 32);
    const max = largest(block);
    const scale = max === 0 ? 1 : 2 ** (Math.floor(Math.log2(max)) - 2);
    for (const x of block) result.push(e2m1(x / scale) * scale);
  }
  return result;
}

/** NVFP4 without the tensor scale: blocks of 16, scale max/6 (in e4m3, here to three bits after the leading one). */
export function nvfp4(xs: number[]): number[] {
  const result: number[] = [];
  for (let start = 0; start < xs.length; start += 16) {
    const block = xs.slice(start, start + 16);
    const max = largest(block) / 6;
    const unit = max === 0 ? 1 : 2 ** (Math.floor(Math.log2(max)) - 3);
    const scale = max === 0 ? 1 : Math.round(max / unit) * unit;
    for (const x of block) result.push(e2m1(x / scale) * scale);
  }
  return result;
}

/** Normal data with one outlier of 60 standard deviations in every 256 values: mean squared errors over the other values. */
export function outlierErrors(count: number, seed: number): { perTensor: number; mxfp4: number; nvfp4: number } {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const xs: number[] = [];
  for (let i = 0; i < count; i++) {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    xs.push(i % 256 === 100 ? 60 : normal);
  }
  const error = (quantized: number[]): number => {
    let total = 0;
    let n = 0;
    for (let i = 0; i < count; i++) {
      if (i % 256 === 100) continue;
      total += (quantized[i] - xs[i]) ** 2;
      n += 1;
    }
    return total / n;
  };
  return { perTensor: error(perTensor(xs)), mxfp4: error(mxfp4(xs)), nvfp4: error(nvfp4(xs)) };
}

/** A plain dot product: simulate it under the block schemes to see the same in the panel. */
export function scaledDot(x: number[], y: number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}


