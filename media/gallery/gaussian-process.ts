/**
 * @gallery Gaussian process marginal likelihood
 * @lesson Low precision adds noise to the kernel's spectrum: the Cholesky pivots suffer first, and the effective dimension grows.
 * @simulate negativeLogLikelihood fp64 fp32 bf16
 * @inputs {"cases": [[12, 1, 0.1]]}
 * @outcome Cholesky and conjugate gradients agree to 1e-6 in fp64; in bf16 the Cholesky pivots become inaccurate first; the effective dimension of a coarsely rounded kernel is at least that of the exact one.
 * @source Rasmussen and Williams 2006, algorithm 2.1; Gardner et al. 2018 (CG for Gaussian processes); Maddox et al. 2022, Low-precision arithmetic for fast Gaussian processes.
 *
 * `negativeLogLikelihood` is ½ log|K̃| + ½ yᵀK̃⁻¹y + (N/2) log 2π by Cholesky; `quadraticByCg` is the middle term without a factorization.
 */

/** K + σ²I for an RBF kernel on N equidistant points of [0, 10]. */
export function kernelMatrix(n: number, lengthScale: number, noise: number): number[][] {
  const rows: number[][] = [];
  for (let i = 0; i < n; i++) {
    const row: number[] = [];
    for (let j = 0; j < n; j++) {
      const distance = ((i - j) * 10) / (n - 1) / lengthScale;
      row.push(Math.exp(-0.5 * distance * distance) + (i === j ? noise : 0));
    }
    rows.push(row);
  }
  return rows;
}

/** Lower triangular L with L Lᵀ = a. */
export function cholesky(a: number[][]): number[][] {
  const n = a.length;
  const l: number[][] = a.map(row => row.map(() => 0));
  for (let j = 0; j < n; j++) {
    let pivot = a[j][j];
    for (let k = 0; k < j; k++) pivot -= l[j][k] * l[j][k];
    l[j][j] = Math.sqrt(pivot);
    for (let i = j + 1; i < n; i++) {
      let sum = a[i][j];
      for (let k = 0; k < j; k++) sum -= l[i][k] * l[j][k];
      l[i][j] = sum / l[j][j];
    }
  }
  return l;
}

function observations(n: number): number[] {
  const y: number[] = [];
  for (let i = 0; i < n; i++) y.push(Math.sin((i * 10) / (n - 1)));
  return y;
}

export function negativeLogLikelihood(n: number, lengthScale: number, noise: number): number {
  const l = cholesky(kernelMatrix(n, lengthScale, noise));
  const y = observations(n);
  const z: number[] = [];
  let logDeterminant = 0;
  let quadratic = 0;
  for (let i = 0; i < n; i++) {
    let sum = y[i];
    for (let k = 0; k < i; k++) sum -= l[i][k] * z[k];
    z.push(sum / l[i][i]);
    quadratic += z[i] * z[i];
    logDeterminant += 2 * Math.log(l[i][i]);
  }
  return 0.5 * logDeterminant + 0.5 * quadratic + 0.5 * n * Math.log(2 * Math.PI);
}

/** ½ yᵀK̃⁻¹y by conjugate gradients, O(iterations · N²) instead of O(N³). */
export function quadraticByCg(n: number, lengthScale: number, noise: number, iterations: number): number {
  const k = kernelMatrix(n, lengthScale, noise);
  const y = observations(n);
  const x = y.map(() => 0);
  const r = y.slice();
  const d = y.slice();
  let gamma = 0;
  for (const v of r) gamma += v * v;
  for (let step = 0; step < iterations && gamma > 1e-24; step++) {
    const kd = k.map(row => row.reduce((sum, v, j) => sum + v * d[j], 0));
    let curvature = 0;
    for (let i = 0; i < n; i++) curvature += d[i] * kd[i];
    const alpha = gamma / curvature;
    let next = 0;
    for (let i = 0; i < n; i++) {
      x[i] += alpha * d[i];
      r[i] -= alpha * kd[i];
      next += r[i] * r[i];
    }
    for (let i = 0; i < n; i++) d[i] = r[i] + (next / gamma) * d[i];
    gamma = next;
  }
  let result = 0;
  for (let i = 0; i < n; i++) result += y[i] * x[i];
  return result / 2;
}

/** Eigenvalues of a symmetric matrix by cyclic Jacobi rotations. */
export function eigenvalues(matrix: number[][]): number[] {
  const a = matrix.map(row => row.slice());
  const n = a.length;
  for (let sweep = 0; sweep < 12; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (a[p][q] === 0) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let i = 0; i < n; i++) {
          const u = a[i][p];
          const v = a[i][q];
          a[i][p] = c * u - s * v;
          a[i][q] = s * u + c * v;
        }
        for (let i = 0; i < n; i++) {
          const u = a[p][i];
          const v = a[q][i];
          a[p][i] = c * u - s * v;
          a[q][i] = s * u + c * v;
        }
      }
    }
  }
  return a.map((row, i) => row[i]);
}

/**
 * Effective dimension N_eff = Σ λ/(λ + σ²) of the kernel matrix, and of the same matrix with each entry rounded stochastically to a multiple of `step`
 * (symmetrically; negative eigenvalues count as 0). Rounding fills the tail of the spectrum, so the second number is the larger one.
 */
export function effectiveDimension(n: number, noise: number, step: number, seed: number): { exact: number; quantized: number } {
  const k = kernelMatrix(n, 1, 0);
  let state = seed >>> 0;
  const rounded = k.map(row => row.slice());
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const below = Math.floor(k[i][j] / step);
      const up = state / 4294967296 < k[i][j] / step - below ? 1 : 0;
      rounded[i][j] = rounded[j][i] = (below + up) * step;
    }
  }
  const dimension = (matrix: number[][]): number => {
    let sum = 0;
    for (const value of eigenvalues(matrix)) {
      const lambda = Math.max(0, value);
      sum += lambda / (lambda + noise);
    }
    return sum;
  };
  return { exact: dimension(k), quantized: dimension(rounded) };
}
