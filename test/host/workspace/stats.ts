/** Variance of the values by the textbook formula. @range xs [100, 101] */
export function variance(xs: number[]): number {
  let sum = 0;
  let squares = 0;
  for (const x of xs) {
    sum += x;
    squares += x * x;
  }
  const mean = sum / xs.length;
  return squares / xs.length - mean * mean;
}

export function norm(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
