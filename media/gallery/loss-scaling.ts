/**
 * @gallery Loss scaling and master weights
 * @lesson Gradients below 2^-24 are zero in fp16, and updates below half an ulp of the weight are absorbed: scale the loss, keep the weights in fp32.
 * @simulate compare fp32 fp16
 * @inputs {"cases": [[40, 1024, 1]]}
 * @outcome fp32 converges; `trainPlain` under fp16 stalls near its starting loss; `trainScaled` under fp16, with a loss scale and fp32 master weights, converges like fp32.
 * @source Micikevicius et al. 2018, Mixed precision training (ICLR).
 *
 * A logistic classifier on two clusters. The loss is a mean over 64 samples × 2^20 positions, as in a segmentation head, so single gradients are near 1e-8 and the
 * learning rate is 960000 (in two factors, because 65504 is the largest fp16 number). `gradientExponents` answers the binary exponents of the gradients: those below −24 vanish in fp16.
 */

const SAMPLES = 64;
const POSITIONS = 16384;

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 21) / 2048; // 11 bits: the data are the same in every format
  };
}

/** Two overlapping clusters around (1, 0.5) and (−1, −0.5). */
function clusters(seed: number): { xs: number[][]; ys: number[] } {
  const random = generator(seed);
  const xs: number[][] = [];
  const ys: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const label = i % 2;
    const side = label === 1 ? 1 : -1;
    xs.push([side + 1.6 * (random() - 0.5), side / 2 + 1.6 * (random() - 0.5)]);
    ys.push(label);
  }
  return { xs, ys };
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

function meanLoss(xs: number[][], ys: number[], w: number[]): number {
  let loss = 0;
  for (let i = 0; i < xs.length; i++) {
    const z = w[0] * xs[i][0] + w[1] * xs[i][1] + w[2];
    loss += (Math.max(z, 0) - z * ys[i] + Math.log1p(Math.exp(-Math.abs(z)))) / SAMPLES;
  }
  return loss;
}

/** Everything in the format of the simulation. */
export function trainPlain(steps: number, seed: number): number {
  const { xs, ys } = clusters(seed);
  const w = [0.1, -0.1, 0];
  for (let step = 0; step < steps; step++) {
    const g = [0, 0, 0];
    for (let i = 0; i < SAMPLES; i++) {
      const difference = logistic(w[0] * xs[i][0] + w[1] * xs[i][1] + w[2]) - ys[i];
      const delta = difference / SAMPLES / POSITIONS / 64;
      g[0] += delta * xs[i][0];
      g[1] += delta * xs[i][1];
      g[2] += delta;
    }
    for (let j = 0; j < 3; j++) w[j] -= 60000 * (16 * g[j]);
  }
  return meanLoss(xs, ys, w);
}

/** The loss multiplied by `scale` before the gradients; master weights in fp32, where the steps are unscaled and applied. */
export function trainScaled(steps: number, scale: number, seed: number): number {
  const { xs, ys } = clusters(seed);
  let /* @format fp32 */ master0 = 0.1;
  let /* @format fp32 */ master1 = -0.1;
  let /* @format fp32 */ master2 = 0;
  for (let step = 0; step < steps; step++) {
    const w = [master0, master1, master2];
    const g = [0, 0, 0];
    for (let i = 0; i < SAMPLES; i++) {
      const difference = logistic(w[0] * xs[i][0] + w[1] * xs[i][1] + w[2]) - ys[i];
      const delta = (difference * scale) / SAMPLES / POSITIONS / 64;
      g[0] += delta * xs[i][0];
      g[1] += delta * xs[i][1];
      g[2] += delta;
    }
    const /* @format fp32 */ rate = (60000 / scale) * 16;
    const /* @format fp32 */ step0 = rate * g[0];
    const /* @format fp32 */ step1 = rate * g[1];
    const /* @format fp32 */ step2 = rate * g[2];
    master0 -= step0;
    master1 -= step1;
    master2 -= step2;
  }
  return meanLoss(xs, ys, [master0, master1, master2]);
}

/** ⌊log2 |g|⌋ of each sample's gradient at the start: the share below −24 underflows in fp16. */
export function gradientExponents(seed: number): number[] {
  const { xs, ys } = clusters(seed);
  const exponents: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const delta = (logistic(0.1 * xs[i][0] - 0.1 * xs[i][1]) - ys[i]) / SAMPLES / POSITIONS / 64;
    exponents.push(Math.floor(Math.log2(Math.abs(delta * xs[i][0]))));
  }
  return exponents;
}

/** The loss before training, after plain training, and after training with a scaled loss and master weights. */
export function compare(steps: number, scale: number, seed: number): { before: number; plain: number; scaled: number } {
  return { before: trainPlain(0, seed), plain: trainPlain(steps, seed), scaled: trainScaled(steps, scale, seed) };
}
