/** Functions that the tuner is tried on: plain numeric code of different kinds. */

export function dot(x: number[], y: number[]): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i] * y[i];
  return sum;
}

export function mean(xs: number[]): number {
  let total = 0;
  for (const x of xs) total += x;
  return total / xs.length;
}

export function variance(xs: number[]): number {
  let average = 0;
  for (const x of xs) average += x / xs.length;
  let squares = 0;
  for (const x of xs) {
    const deviation = x - average;
    squares += deviation * deviation;
  }
  return squares / xs.length;
}

export function polynomial(x: number): number {
  let value = 0.25;
  value = value * x - 1.5;
  value = value * x + 0.75;
  value = value * x + 2;
  return value;
}

export function norm(xs: number[]): number {
  let squares = 0;
  for (const x of xs) squares += x * x;
  const root = Math.sqrt(squares);
  return root;
}

export function matvec(matrix: number[][], x: number[]): number[] {
  const result: number[] = [];
  for (const row of matrix) {
    let sum = 0;
    for (let j = 0; j < x.length; j++) sum += row[j] * x[j];
    result.push(sum);
  }
  return result;
}

export function softmaxLoss(logits: number[]): number {
  let max = -Infinity;
  for (const z of logits) max = Math.max(max, z);
  let total = 0;
  for (const z of logits) {
    const shifted = Math.exp(z - max);
    total += shifted;
  }
  return max + Math.log(total) - logits[0];
}

export function newtonRoot(a: number): number {
  let guess = a;
  for (let i = 0; i < 6; i++) {
    const quotient = a / guess;
    guess = (guess + quotient) / 2;
  }
  return guess;
}

export function heat(cells: number[], steps: number): number[] {
  let now = cells.slice();
  for (let t = 0; t < steps; t++) {
    const next = now.slice();
    for (let i = 1; i + 1 < now.length; i++) {
      const flux = now[i - 1] - 2 * now[i] + now[i + 1];
      next[i] = now[i] + 0.25 * flux;
    }
    now = next;
  }
  return now;
}

export function interest(principal: number, rate: number, years: number): number {
  let balance = principal;
  for (let year = 0; year < years; year++) {
    const gain = balance * rate;
    balance += gain;
  }
  return balance;
}

export function triangle(a: number, b: number, c: number): number {
  const s = (a + b + c) / 2;
  const product = s * (s - a) * (s - b) * (s - c);
  return Math.sqrt(product);
}

export function smooth(signal: number[], taps: number[]): number[] {
  const out = new Float64Array(signal.length - taps.length + 1);
  for (let i = 0; i < out.length; i++) {
    for (let j = 0; j < taps.length; j++) out[i] += signal[i + j] * taps[j];
  }
  return Array.from(out);
}

export function matmul(a: number[][], b: number[][]): number[][] {
  const c: number[][] = [];
  for (let i = 0; i < a.length; i++) {
    const row: number[] = [];
    for (let j = 0; j < b[0].length; j++) {
      let sum = 0;
      for (let k = 0; k < b.length; k++) sum += a[i][k] * b[k][j];
      row.push(sum);
    }
    c.push(row);
  }
  return c;
}

export function layer(weights: Float32Array, bias: Float32Array, input: Float32Array): number[] {
  const activations = new Float32Array(bias.length);
  for (let o = 0; o < bias.length; o++) {
    let sum = bias[o];
    for (let i = 0; i < input.length; i++) sum += weights[o * input.length + i] * input[i];
    activations[o] = Math.max(0, sum);
  }
  return [...activations];
}

export function histogramMean(samples: number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0);
  for (const s of samples) counts[Math.min(bins - 1, Math.floor(s * bins))]++;
  let mean = 0;
  for (let b = 0; b < bins; b++) mean += ((b + 0.5) / bins) * (counts[b] / samples.length);
  return mean;
}

export function kahan(xs: number[]): number {
  let sum = 0;
  let lost = 0;
  for (const x of xs) {
    const y = x - lost;
    const t = sum + y;
    lost = t - sum - y;
    sum = t;
  }
  return sum;
}

/** Converges; a format that is too narrow never gets below the limit. */
export function fixedPoint(x: number): number {
  let y = 1;
  let change = 1;
  while (change > 1e-3) {
    const next = Math.cos(x * y);
    change = Math.abs(next - y);
    y = 0.5 * (y + next);
  }
  return y;
}
