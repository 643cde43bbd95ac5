/**
 * What continuous interest adds to one unit.
 *
 * @range rate [1e-9, 0.2]
 * @range years [1, 40]
 */
export function growth(rate: number, years: number): number {
  return Math.exp(rate * years) - 1;
}
