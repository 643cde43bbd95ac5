/**
 * @gallery Kernels on quantized inputs
 * @lesson A kernel of quantized inputs is still a kernel; per-dimension tables are cheap, and the error falls in proportion to the step.
 * @simulate kernelError fp64
 * @inputs {"cases": [[8, 60, 1], [16, 60, 1], [32, 60, 1]]}
 * @outcome kernelError falls by about 2 each time the levels double; additive and block tables give the same value as quantizing the inputs first.
 * @source Additive and block kernels with quantized inputs: k_q(x, y) = k(q(x), q(y)) = Σ_d φ(x_d)ᵀ K_d φ(y_d).
 *
 * `additiveKernel` sums one-dimensional kernels, `blockKernel` takes pairs of dimensions together; both look their values up in tables over the levels.
 */

/** Nearest of `levels` equidistant values on [−1, 1], as an index. */
function level(x: number, levels: number): number {
  return Math.max(0, Math.min(levels - 1, Math.round(((x + 1) / 2) * (levels - 1))));
}

function value(index: number, levels: number): number {
  return -1 + (2 * index) / (levels - 1);
}

/** K_d as a table over pairs of levels: exp(−(a − b)²/2). */
export function table(levels: number): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < levels; i++) {
    const row: number[] = [];
    for (let j = 0; j < levels; j++) {
      const difference = value(i, levels) - value(j, levels);
      row.push(Math.exp(-0.5 * difference * difference));
    }
    rows.push(row);
  }
  return rows;
}

/** Σ_d k(q(x_d), q(y_d)) / D: block-diagonal with 1 × 1 blocks. */
export function additiveKernel(x: number[], y: number[], levels: number): number {
  const k = table(levels);
  let sum = 0;
  for (let d = 0; d < x.length; d++) sum += k[level(x[d], levels)][level(y[d], levels)];
  return sum / x.length;
}

/** Dimensions in pairs: the kernel of a pair is the product of its two, summed over pairs. */
export function blockKernel(x: number[], y: number[], levels: number): number {
  const k = table(levels);
  let sum = 0;
  let blocks = 0;
  for (let d = 0; d < x.length; d += 2) {
    let product = k[level(x[d], levels)][level(y[d], levels)];
    if (d + 1 < x.length) product *= k[level(x[d + 1], levels)][level(y[d + 1], levels)];
    sum += product;
    blocks += 1;
  }
  return sum / blocks;
}

/** Root mean squared difference between the quantized and the exact additive kernel over pairs of pseudo-random points. */
export function kernelError(levels: number, pairs: number, seed: number): number {
  let state = seed >>> 0;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 4294967296) * 2 - 1;
  };
  let total = 0;
  for (let i = 0; i < pairs; i++) {
    const x = [random(), random(), random(), random()];
    const y = [random(), random(), random(), random()];
    let exact = 0;
    for (let d = 0; d < 4; d++) exact += Math.exp(-0.5 * (x[d] - y[d]) * (x[d] - y[d])) / 4;
    const error = additiveKernel(x, y, levels) - exact;
    total += error * error;
  }
  return Math.sqrt(total / pairs);
}


