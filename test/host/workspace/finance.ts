/** Interest on one unit after `years` at a small rate. */
export function interest(rate: number, years: number): number {
  return Math.exp(rate * years) - 1;
}

export function mean(values: number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

export const tenth = 0.1;
export const tooLong = 9007199254740993;
