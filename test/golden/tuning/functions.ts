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
