/**
 * @gallery A format for every layer
 * @lesson Layers differ in what they need: search the assignment with the smallest cost whose loss stays close to full precision.
 * @simulate compare fp64
 * @inputs {"cases": [[0.1]]}
 * @outcome Brute force over 3 bit widths and 3 layers finds a cheaper assignment than uniform 8 bits at the same error; the differentiable search finds the same or one close to it.
 * @source Wu et al. 2018, Mixed precision quantization of ConvNets via differentiable neural architecture search.
 *
 * `bruteForce` tries all 3³ assignments, `differentiable` relaxes the choice to a softmax over bit widths per layer and descends on error + λ · cost. The
 * command Tune Precision does the same for the variables of your own function.
 */

const BITS = [2, 4, 8];
const LAYERS = [
  [[0.9, -0.4], [0.3, 0.8], [-0.6, 0.5]],
  [[0.5, -0.7, 0.2], [0.1, 0.6, -0.9], [0.8, 0.05, 0.4]],
  [[1.2, -0.3, 0.7]],
];

function quantize(x: number, bits: number): number {
  const levels = 2 ** (bits - 1) - 1;
  return Math.max(-levels, Math.min(levels, Math.round((x / 1.5) * levels))) * (1.5 / levels);
}

function forward(x: number[], weights: number[][][]): number {
  let h = x;
  for (let layer = 0; layer < weights.length; layer++) {
    h = weights[layer].map(row => {
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += row[j] * h[j];
      return layer < weights.length - 1 ? Math.tanh(sum) : sum;
    });
  }
  return h[0];
}

/** The network with its real weights. */
export function network(x: number[]): number {
  return forward(x, LAYERS);
}

const PROBES = [[1, 0], [0, 1], [-1, 0.5], [0.5, -1], [0.75, 0.75], [-0.5, -0.25], [1.5, -0.5], [-1.25, 1]];

/** Root mean squared output error when layer i has `bits[i]` bits. */
export function assignmentError(bits: number[]): number {
  const weights = LAYERS.map((layer, i) => layer.map(row => row.map(w => quantize(w, bits[i]))));
  let total = 0;
  for (const x of PROBES) total += (forward(x, weights) - forward(x, LAYERS)) ** 2;
  return Math.sqrt(total / PROBES.length);
}

/** Weights times bits: the memory of the assignment. */
export function cost(bits: number[]): number {
  return bits.reduce((sum, b, i) => sum + b * LAYERS[i].length * LAYERS[i][0].length, 0);
}

/** The cheapest assignment with error ≤ tolerance, by trying all. */
export function bruteForce(tolerance: number): { bits: number[]; error: number; cost: number } {
  let best = { bits: [8, 8, 8], error: assignmentError([8, 8, 8]), cost: cost([8, 8, 8]) };
  for (const a of BITS) for (const b of BITS) for (const c of BITS) {
    const bits = [a, b, c];
    const error = assignmentError(bits);
    if (error <= tolerance && cost(bits) < best.cost) best = { bits, error, cost: cost(bits) };
  }
  return best;
}

/** A softmax over bit widths per layer; expected weights are mixtures; descent by finite differences on error² + λ · expected cost; then the argmax. */
export function differentiable(lambda: number, steps: number): { bits: number[]; error: number; cost: number } {
  const theta = LAYERS.map(() => [0, 0, 0]);
  const softmax = (row: number[]): number[] => {
    const max = Math.max(row[0], row[1], row[2]);
    const exps = row.map(v => Math.exp(v - max));
    const total = exps[0] + exps[1] + exps[2];
    return exps.map(e => e / total);
  };
  // What one layer alone costs and adds, the others at 8 bits: the mixtures are of these.
  const alone = LAYERS.map((layer, i) => BITS.map(b => ({ error: assignmentError([8, 8, 8].map((eight, j) => (j === i ? b : eight))), cost: b * layer.length * layer[0].length })));
  const objective = (): number => {
    const shares = theta.map(softmax);
    let error = 0;
    let expected = 0;
    for (let layer = 0; layer < LAYERS.length; layer++) {
      for (let choice = 0; choice < BITS.length; choice++) {
        error += shares[layer][choice] * alone[layer][choice].error;
        expected += shares[layer][choice] * alone[layer][choice].cost;
      }
    }
    return error + lambda * expected;
  };
  for (let step = 0; step < steps; step++) {
    const gradient = theta.map(row => row.map((_, choice) => {
      const saved = row[choice];
      row[choice] = saved + 1e-3;
      const above = objective();
      row[choice] = saved - 1e-3;
      const below = objective();
      row[choice] = saved;
      return (above - below) / 2e-3;
    }));
    for (let layer = 0; layer < theta.length; layer++) for (let choice = 0; choice < 3; choice++) theta[layer][choice] -= 5 * gradient[layer][choice];
  }
  const bits = theta.map(row => BITS[row.indexOf(Math.max(row[0], row[1], row[2]))]);
  return { bits, error: assignmentError(bits), cost: cost(bits) };
}

/** Uniform 8 bits beside what the two searches find within the same error. */
export function compare(tolerance: number): { uniform: { error: number; cost: number }; bruteForce: { bits: number[]; error: number; cost: number }; differentiable: { bits: number[]; error: number; cost: number } } {
  const uniform = LAYERS.map(() => 8);
  return { uniform: { error: assignmentError(uniform), cost: cost(uniform) }, bruteForce: bruteForce(tolerance), differentiable: differentiable(0.01, 60) };
}
