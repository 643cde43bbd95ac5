/**
 * @gallery Five ways to round a half
 * @lesson Ties go to the even neighbour, away from zero, toward zero, up or down: the same sum, five totals.
 * @simulate halves fp64 int8-raw
 * @inputs {"cases": [[[11.5, 12.5, -11.5, -12.5]]]}
 * @outcome nearest-even 12 12 -12 -12; nearest-away 12 13 -12 -13; toward zero 11 12 -11 -12; up 12 13 -11 -12; down 11 12 -12 -13.
 * @source IEEE 754-2019, section 4.3.
 *
 * Run `halves` under `int8-raw` with the rounding mode of the panel changed: what enters the arithmetic is rounded to an integer. `roundings` does the same in
 * plain code; note that Math.round is none of the five (it rounds halves up).
 */

/** The values themselves, each multiplied by one: what comes back is what the format made of them. */
export function halves(xs: number[]): number[] {
  return xs.map(x => x * 1);
}

function nearestEven(x: number): number {
  const below = Math.floor(x);
  const fraction = x - below;
  if (fraction !== 0.5) return fraction < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

function nearestAway(x: number): number {
  return Math.sign(x) * Math.floor(Math.abs(x) + 0.5);
}

/** Each mode's answer for one value. */
export function roundings(x: number): { even: number; away: number; zero: number; up: number; down: number } {
  return { even: nearestEven(x), away: nearestAway(x), zero: Math.trunc(x), up: Math.ceil(x), down: Math.floor(x) };
}

/** Mean of stochastic roundings of x with a seeded generator: unbiased, it tends to x itself. */
export function stochasticMean(x: number, count: number, seed: number): number {
  let state = seed >>> 0;
  let total = 0;
  for (let i = 0; i < count; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const below = Math.floor(x);
    total += state / 4294967296 < x - below ? below + 1 : below;
  }
  return total / count;
}
