/**
 * @gallery BinaryConnect and a binarized network
 * @lesson Keep real weights for the small updates and binarize them for every product; gradients pass straight through the sign.
 * @simulate compare fp32
 * @inputs {"cases": [[6, 1]]}
 * @outcome All four variants learn the task: the real network reaches at least 0.9 of the training patterns, the binary ones at least 0.85.
 * @source Courbariaux, Bengio and David 2015, BinaryConnect; Courbariaux et al. 2016 and Hubara et al. 2016, Binarized neural networks.
 *
 * w_b = +1 if w ≥ 0 else −1, or +1 with probability hard-sigmoid(w) = clip((w + 1)/2, 0, 1). In the binarized network the hidden activations are signs too; backward
 * the straight-through estimator uses the derivative of clip(x, −1, 1).
 */

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const INPUTS = 8;
const HIDDEN = 8;
const SAMPLES = 48;

function clip(x: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, x));
}

/** +1 or −1. */
export function binarize(w: number): number {
  return w >= 0 ? 1 : -1;
}

/** +1 with probability clip((w + 1)/2, 0, 1); `u` is uniform in [0, 1). */
export function binarizeStochastic(w: number, u: number): number {
  return u < clip((w + 1) / 2, 0, 1) ? 1 : -1;
}

/** Patterns of ±1 labelled by the majority of a fixed subset of their bits. */
function task(seed: number): { xs: number[][]; ys: number[] } {
  const random = generator(seed);
  const xs: number[][] = [];
  const ys: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const x = Array.from({ length: INPUTS }, () => (random() < 0.5 ? -1 : 1));
    xs.push(x);
    ys.push(x[0] + x[2] + x[5] - x[6] + x[7] > 0 ? 1 : -1);
  }
  return { xs, ys };
}

type Weights = (w: number, random: () => number) => number;

/** Trains INPUTS-HIDDEN-1 with hinge loss; `weight` maps stored to used weights, `signs` makes hidden activations binary. Answers the training accuracy. */
function train(epochs: number, seed: number, weight: Weights, signs: boolean): number {
  const { xs, ys } = task(17);
  const random = generator(seed);
  const w1 = Array.from({ length: HIDDEN * INPUTS }, () => 2 * random() - 1);
  const w2 = Array.from({ length: HIDDEN }, () => 2 * random() - 1);
  const forward = (x: number[], a: number[], b: number[]): { z: number[]; h: number[]; score: number } => {
    const z: number[] = [];
    const h: number[] = [];
    let score = 0;
    for (let k = 0; k < HIDDEN; k++) {
      let sum = 0;
      for (let j = 0; j < INPUTS; j++) sum += a[k * INPUTS + j] * x[j];
      z.push(sum / INPUTS);
      h.push(signs ? binarize(sum) : clip(sum / INPUTS, -1, 1));
      score += b[k] * h[k];
    }
    return { z, h, score: score / HIDDEN };
  };
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let i = 0; i < SAMPLES; i++) {
      const a = w1.map(w => weight(w, random));
      const b = w2.map(w => weight(w, random));
      const { z, h, score } = forward(xs[i], a, b);
      if (score * ys[i] >= 0.5) continue;
      for (let k = 0; k < HIDDEN; k++) {
        const through = Math.abs(z[k]) <= 1 ? b[k] * ys[i] : 0;
        w2[k] = clip(w2[k] + 0.05 * h[k] * ys[i], -1, 1);
        for (let j = 0; j < INPUTS; j++) w1[k * INPUTS + j] = clip(w1[k * INPUTS + j] + 0.05 * through * xs[i][j], -1, 1);
      }
    }
  }
  const fixed: Weights = weight === realWeight ? realWeight : w => binarize(w);
  const a = w1.map(w => fixed(w, random));
  const b = w2.map(w => fixed(w, random));
  let right = 0;
  for (let i = 0; i < SAMPLES; i++) if (forward(xs[i], a, b).score * ys[i] > 0) right += 1;
  return right / SAMPLES;
}

const realWeight: Weights = w => w;

export function trainReal(epochs: number, seed: number): number {
  return train(epochs, seed, realWeight, false);
}

export function trainBinaryConnect(epochs: number, seed: number): number {
  return train(epochs, seed, w => binarize(w), false);
}

export function trainBinaryConnectStochastic(epochs: number, seed: number): number {
  return train(epochs, seed, (w, random) => binarizeStochastic(w, random()), false);
}

/** Binary weights and binary hidden activations, straight-through gradients. */
export function trainBinarized(epochs: number, seed: number): number {
  return train(epochs, seed, w => binarize(w), true);
}

/** Accuracy on the training patterns of all four. */
export function compare(epochs: number, seed: number): { real: number; binaryConnect: number; stochastic: number; binarized: number } {
  return { real: trainReal(epochs, seed), binaryConnect: trainBinaryConnect(epochs, seed), stochastic: trainBinaryConnectStochastic(epochs, seed), binarized: trainBinarized(epochs, seed) };
}
