/**
 * @gallery Random Fourier features in few bits
 * @lesson At equal memory, many low-precision features approximate a kernel better than few precise ones.
 * @simulate compare fp64
 * @inputs {"cases": [[8, 2048, 2]]}
 * @outcome kernelError falls as bits grow, at equal memory 4-bit features beat 32-bit ones, and (Δ1, Δ2) shrink with more features.
 * @source Rahimi and Recht 2007; Zhang et al. 2019, Low-precision random Fourier features for memory-constrained kernel approximation.
 *
 * z(x) = √(2/D) · cos(ω_iᵀx + b_i) estimates the RBF kernel by z(x)ᵀz(y). Each cosine is stored in b bits on [−1, 1] with stochastic rounding, which adds a
 * variance of at most δ² = 2/(2^b − 1)². `kernelErrorAtMemory` spends a fixed number of bits on D = memory/b features.
 */

function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** √2 cos(ωᵀx + b) for each of `count` random frequencies; divide inner products by `count`. */
export function features(x: number[], count: number, seed: number): number[] {
  const random = generator(seed);
  const result: number[] = [];
  for (let i = 0; i < count; i++) {
    let phase = 2 * Math.PI * random();
    for (const component of x) phase += component * normal(random);
    result.push(Math.SQRT2 * Math.cos(phase));
  }
  return result;
}

/** z(x)ᵀz(y), an estimate of exp(−|x − y|²/2). */
export function featureKernel(x: number[], y: number[], count: number, seed: number): number {
  const zx = features(x, count, seed);
  const zy = features(y, count, seed);
  let sum = 0;
  for (let i = 0; i < count; i++) sum += zx[i] * zy[i];
  return sum / count;
}

/** Stochastic rounding of a feature in [−√2, √2] to one of 2^bits equidistant levels. */
function store(z: number, bits: number, random: () => number): number {
  const step = (2 * Math.SQRT2) / (2 ** bits - 1);
  const position = (z + Math.SQRT2) / step;
  const below = Math.floor(position);
  return (below + (random() < position - below ? 1 : 0)) * step - Math.SQRT2;
}

function points(count: number, seed: number): number[][] {
  const random = generator(seed);
  const result: number[][] = [];
  for (let i = 0; i < count; i++) result.push([2 * random() - 1, 2 * random() - 1]);
  return result;
}

/** The exact and the approximate kernel matrix of `n` points with `count` features of `bits` bits. */
export function kernelMatrices(n: number, count: number, bits: number, seed: number): { exact: number[][]; approximate: number[][] } {
  const xs = points(n, 7);
  const random = generator(seed + 1000003);
  const z = xs.map(x => features(x, count, seed).map(v => (bits >= 32 ? v : store(v, bits, random))));
  const exact = xs.map(x => xs.map(y => Math.exp(-0.5 * ((x[0] - y[0]) ** 2 + (x[1] - y[1]) ** 2))));
  const approximate = z.map(zx => z.map(zy => {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += zx[i] * zy[i];
    return sum / count;
  }));
  return { exact, approximate };
}

/** Root mean squared error of the off-diagonal kernel entries. */
export function kernelError(n: number, count: number, bits: number, seed: number): number {
  const { exact, approximate } = kernelMatrices(n, count, bits, seed);
  let total = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (i !== j) total += (approximate[i][j] - exact[i][j]) ** 2;
  return Math.sqrt(total / (n * (n - 1)));
}

/** The same with as many features as fit into `memory` bits. */
export function kernelErrorAtMemory(n: number, memory: number, bits: number, seed: number): number {
  return kernelError(n, Math.floor(memory / bits), bits, seed);
}

/** Smallest Δ1, Δ2 ≥ 0 with (1 − Δ1)(K + λI) ⪯ (K̂ + λI) ⪯ (1 + Δ2)(K + λI), from the eigenvalues of L⁻¹(K̂ + λI)L⁻ᵀ with LLᵀ = K + λI. */
export function spectralApproximation(n: number, count: number, bits: number, lambda: number, seed: number): { delta1: number; delta2: number } {
  const { exact, approximate } = kernelMatrices(n, count, bits, seed);
  const l: number[][] = exact.map(row => row.map(() => 0));
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = exact[i][j] + (i === j ? lambda : 0);
      for (let k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
      l[i][j] = i === j ? Math.sqrt(sum) : sum / l[j][j];
    }
  }
  const solve = (column: number[]): number[] => {
    const x: number[] = [];
    for (let i = 0; i < n; i++) {
      let sum = column[i];
      for (let k = 0; k < i; k++) sum -= l[i][k] * x[k];
      x.push(sum / l[i][i]);
    }
    return x;
  };
  const half = approximate.map((row, i) => solve(row.map((v, j) => v + (i === j ? lambda : 0))));
  const whole = half.map((_, j) => solve(half.map(row => row[j])));
  const high = largestEigenvalue(whole);
  const low = high - largestEigenvalue(whole.map((row, i) => row.map((v, j) => (i === j ? high - v : -v))));
  return { delta1: Math.max(0, 1 - low), delta2: Math.max(0, high - 1) };
}

/** Largest eigenvalue of a symmetric positive semidefinite matrix by power iteration. */
function largestEigenvalue(a: number[][]): number {
  let v = a.map((_, i) => 1 + (i % 3) / 10);
  let size = 0;
  for (let step = 0; step < 300; step++) {
    const w = a.map(row => row.reduce((sum, x, j) => sum + x * v[j], 0));
    size = Math.sqrt(w.reduce((sum, x) => sum + x * x, 0));
    if (size === 0) return 0;
    v = w.map(x => x / size);
  }
  return size;
}

/** Root mean squared error of the kernel for one budget of bits a point, spent on features of 32, 8 and 4 bits. */
export function compare(n: number, memory: number, seed: number): { bits32: number; bits8: number; bits4: number } {
  return { bits32: kernelErrorAtMemory(n, memory, 32, seed), bits8: kernelErrorAtMemory(n, memory, 8, seed), bits4: kernelErrorAtMemory(n, memory, 4, seed) };
}
