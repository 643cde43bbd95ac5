/**
 * @gallery NF4, double quantization and a low-rank adapter
 * @lesson Levels at the quantiles of a normal distribution waste no code on weights that are normal.
 * @simulate quantizationErrors fp32
 * @inputs {"cases": [[1024, 1]]}
 * @outcome On normal weights the mean squared error of NF4 is below FP4's and int4's; double quantization of the scales costs almost nothing; a rank-2 adapter removes most of a frozen layer's output error.
 * @source Dettmers et al. 2023, QLoRA. Published 5-shot MMLU means: bfloat16 53.0, float4 52.2, NF4 with double quantization 53.1.
 */

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function normals(count: number, seed: number): number[] {
  const random = generator(seed);
  const result: number[] = [];
  for (let i = 0; i < count; i++) result.push(Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()));
  return result;
}

const NF4 = [-1, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635, -0.18477343022823334, -0.09105003625154495, 0,
  0.07958029955625534, 0.16093020141124725, 0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1];
const FP4 = [-6, -4, -3, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 3, 4, 6].map(v => v / 6);
const INT4 = [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 7].map(v => v / 7);

function nearest(x: number, levels: number[]): number {
  let best = levels[0];
  for (const level of levels) if (Math.abs(x - level) < Math.abs(x - best)) best = level;
  return best;
}

/** Largest magnitude of each block of 64. */
export function blockScales(weights: number[]): number[] {
  const scales: number[] = [];
  for (let start = 0; start < weights.length; start += 64) {
    let largest = 0;
    for (let i = start; i < Math.min(start + 64, weights.length); i++) largest = Math.max(largest, Math.abs(weights[i]));
    scales.push(largest);
  }
  return scales;
}

/** Double quantization: scales in blocks of 256, minus their mean, in 8 bits. */
export function quantizedScales(scales: number[]): number[] {
  const result: number[] = [];
  for (let start = 0; start < scales.length; start += 256) {
    const block = scales.slice(start, start + 256);
    let mean = 0;
    for (const s of block) mean += s / block.length;
    let largest = 0;
    for (const s of block) largest = Math.max(largest, Math.abs(s - mean));
    for (const s of block) result.push(largest === 0 ? mean : mean + (Math.round(((s - mean) / largest) * 127) / 127) * largest);
  }
  return result;
}

function quantize(weights: number[], levels: number[], scales: number[]): number[] {
  return weights.map((w, i) => {
    const scale = scales[i >> 6];
    return scale === 0 ? 0 : nearest(w / scale, levels) * scale;
  });
}

function meanSquaredError(a: number[], b: number[]): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] - b[i]) * (a[i] - b[i]);
  return total / a.length;
}

/** Mean squared error of quantize-dequantize on normal weights, by codebook. */
export function quantizationErrors(count: number, seed: number): { nf4: number; nf4Double: number; fp4: number; int4: number } {
  const weights = normals(count, seed);
  const scales = blockScales(weights);
  return {
    nf4: meanSquaredError(weights, quantize(weights, NF4, scales)),
    nf4Double: meanSquaredError(weights, quantize(weights, NF4, quantizedScales(scales))),
    fp4: meanSquaredError(weights, quantize(weights, FP4, scales)),
    int4: meanSquaredError(weights, quantize(weights, INT4, scales)),
  };
}

/**
 * A frozen 8 × 8 layer whose weights are NF4, and a rank-2 adapter A·B trained by gradient descent on a few inputs: the error of the layer's output
 * before and after (mean squared).
 */
export function adapter(steps: number, seed: number): { before: number; after: number } {
  const size = 8;
  const rank = 2;
  const weights = normals(size * size, seed);
  const frozen = quantize(weights, NF4, blockScales(weights));
  const residual = weights.map((w, i) => w - frozen[i]);
  const random = generator(seed + 5);
  const a = Array.from({ length: size * rank }, () => (random() - 0.5) / 5);
  const b = Array.from({ length: size * rank }, () => (random() - 0.5) / 5);
  const gap = (): { error: number; g: number[] } => {
    let error = 0;
    const g: number[] = [];
    for (let i = 0; i < size; i++) {
      for (let j = 0; j < size; j++) {
        let product = 0;
        for (let k = 0; k < rank; k++) product += a[i * rank + k] * b[j * rank + k];
        const difference = product - residual[i * size + j];
        g.push(difference);
        error += (difference * difference) / (size * size);
      }
    }
    return { error, g };
  };
  let before = 0;
  for (const r of residual) before += (r * r) / (size * size);
  for (let step = 0; step < steps; step++) {
    const { g } = gap();
    const nextA = a.slice();
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < rank; k++) {
        let da = 0;
        for (let j = 0; j < size; j++) da += g[i * size + j] * b[j * rank + k];
        nextA[i * rank + k] -= 0.5 * da;
      }
    }
    for (let j = 0; j < size; j++) {
      for (let k = 0; k < rank; k++) {
        let db = 0;
        for (let i = 0; i < size; i++) db += g[i * size + j] * a[i * rank + k];
        b[j * rank + k] -= 0.5 * db;
      }
    }
    for (let i = 0; i < a.length; i++) a[i] = nextA[i];
  }
  return { before, after: gap().error };
}
