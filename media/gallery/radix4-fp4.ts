/**
 * @gallery Radix-4 FP4 with two-phase rounding
 * @lesson A 4-bit gradient format needs range more than digits: powers of four, looked at twice, with a scale per layer.
 * @simulate compare fp32
 * @inputs {"cases": [[25, 1]]}
 * @outcome Two-phase radix-4 FP4 with gradient scales ends within a quarter of the loss of fp32; plain FP4 (e2m1, no scale) ends at more than twice it.
 * @source Sun et al. 2020, Ultra-low precision 4-bit training of deep neural networks (NeurIPS).
 *
 * Magnitudes are 4^k with the boundary between 4^(n−1) and 4^n at 4^n/1.6. The even phase rounds to 4^k, the odd phase to 2·4^k: the first is used for dL/dx, the
 * second for dL/dW, so that one gradient is seen twice. `trainRadix4` trains a small network with both; `trainPlainFp4` uses e2m1 without scaling.
 */

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

/** Nearest power of four in the radix-4 sense, 4^−top … 4^0 times `scale`; below the smallest boundary 0. `odd` doubles the grid. */
export function roundRadix4(x: number, scale: number, odd: boolean): number {
  const unit = odd ? 2 * scale : scale;
  const magnitude = Math.abs(x) / unit;
  if (magnitude === 0) return 0;
  let level = 1;
  while (magnitude < level / 1.6 && level > 4 ** -6) level /= 4;
  if (magnitude < level / 1.6) return 0;
  return Math.sign(x) * level * unit;
}

/** Nearest of 0, 0.5, 1, 1.5, 2, 3, 4, 6: FP4 e2m1. */
export function roundE2m1(x: number): number {
  const levels = [0, 0.5, 1, 1.5, 2, 3, 4, 6];
  const magnitude = Math.abs(x);
  let best = 0;
  for (const level of levels) if (Math.abs(magnitude - level) < Math.abs(magnitude - best)) best = level;
  return Math.sign(x) * best;
}

interface Data { xs: number[][]; ys: number[] }

/** Two interleaved half circles. */
function moons(count: number, seed: number): Data {
  const random = generator(seed);
  const xs: number[][] = [];
  const ys: number[] = [];
  for (let i = 0; i < count; i++) {
    const label = i % 2;
    const angle = Math.PI * random();
    xs.push([label === 0 ? Math.cos(angle) : 1 - Math.cos(angle), label === 0 ? Math.sin(angle) : 0.5 - Math.sin(angle)]);
    ys.push(label);
  }
  return { xs, ys };
}

const HIDDEN = 8;

/** Trains 2-8-1 tanh/logistic by gradient descent; `forInput` and `forWeights` round the gradient at the hidden layer and at the output. */
function train(steps: number, seed: number, forInput: (g: number[]) => number[], forWeights: (g: number[]) => number[]): number {
  const { xs, ys } = moons(48, 11);
  const random = generator(seed);
  const w1 = Array.from({ length: HIDDEN * 3 }, () => 2 * random() - 1);
  const w2 = Array.from({ length: HIDDEN + 1 }, () => 2 * random() - 1);
  let loss = 0;
  for (let step = 0; step < steps; step++) {
    loss = 0;
    const hidden: number[][] = [];
    const output: number[] = [];
    for (let i = 0; i < xs.length; i++) {
      const h: number[] = [];
      let z = w2[HIDDEN];
      for (let k = 0; k < HIDDEN; k++) {
        h.push(Math.tanh(w1[3 * k] * xs[i][0] + w1[3 * k + 1] * xs[i][1] + w1[3 * k + 2]));
        z += w2[k] * h[k];
      }
      const p = 1 / (1 + Math.exp(-z));
      loss += (Math.max(z, 0) - z * ys[i] + Math.log1p(Math.exp(-Math.abs(z)))) / xs.length;
      hidden.push(h);
      output.push((p - ys[i]) / xs.length);
    }
    const outputForInput = forInput(output);
    const outputForWeights = forWeights(output);
    const g1 = new Array<number>(HIDDEN * 3).fill(0);
    const g2 = new Array<number>(HIDDEN + 1).fill(0);
    const back: number[][] = [];
    for (let k = 0; k < HIDDEN; k++) back.push(xs.map((_, i) => outputForInput[i] * w2[k] * (1 - hidden[i][k] * hidden[i][k])));
    for (let k = 0; k < HIDDEN; k++) {
      const column = forWeights(back[k]);
      for (let i = 0; i < xs.length; i++) {
        g1[3 * k] += column[i] * xs[i][0];
        g1[3 * k + 1] += column[i] * xs[i][1];
        g1[3 * k + 2] += column[i];
        g2[k] += outputForWeights[i] * hidden[i][k];
      }
    }
    for (const g of outputForWeights) g2[HIDDEN] += g;
    for (let j = 0; j < w1.length; j++) w1[j] -= 2 * g1[j];
    for (let j = 0; j < w2.length; j++) w2[j] -= 2 * g2[j];
  }
  return loss;
}

/** Final loss with gradients as they are. */
export function trainFp32(steps: number, seed: number): number {
  return train(steps, seed, g => g, g => g);
}

/** A power of four just above the largest gradient: the layer's scale. */
function gradScale(g: number[]): number {
  let largest = 0;
  for (const v of g) largest = Math.max(largest, Math.abs(v));
  return largest === 0 ? 1 : 4 ** Math.ceil(Math.log2(largest) / 2);
}

/** Final loss with radix-4 gradients, even phase toward the inputs, odd phase toward the weights, scaled per layer. */
export function trainRadix4(steps: number, seed: number): number {
  return train(steps, seed,
    g => { const scale = gradScale(g); return g.map(v => roundRadix4(v, scale, false)); },
    g => { const scale = gradScale(g); return g.map(v => roundRadix4(v, scale / 2, true)); });
}

/** Final loss with e2m1 gradients and no scale: everything below 0.25 becomes 0, nothing is learned. */
export function trainPlainFp4(steps: number, seed: number): number {
  return train(steps, seed, g => g.map(roundE2m1), g => g.map(roundE2m1));
}

/** Final losses of the three. */
export function compare(steps: number, seed: number): { fp32: number; radix4: number; plainFp4: number } {
  return { fp32: trainFp32(steps, seed), radix4: trainRadix4(steps, seed), plainFp4: trainPlainFp4(steps, seed) };
}
