/**
 * @gallery Muller's recurrence, Rump's polynomial, the logistic map
 * @lesson Some computations amplify each rounding error until nothing of the truth is left, and the result still looks plausible.
 * @simulate muller fp64 fp32 fp16
 * @inputs {"cases": [[20]]}
 * @outcome Muller's recurrence tends to 6 in exact arithmetic and to 100 in every floating-point format; Rump's polynomial at (77617, 33096) is -0.8273960599… and fp64 answers about -1.18e21; the logistic map loses about one bit a step.
 * @source Muller 1989; Rump 1988 (Loh and Walster's arrangement, 2002); May 1976.
 *
 * Simulate `muller` with 20 steps: the share of the first roundings in the final error is almost everything, because each later step multiplies it by up to 20.
 */

/** u(n+1) = 111 − 1130/u(n) + 3000/(u(n) u(n−1)), from 2 and −4; the exact sequence tends to 6. */
export function muller(steps: number): number {
  let previous = 2;
  let current = -4;
  for (let i = 0; i < steps; i++) {
    const next = 111 - 1130 / current + 3000 / (current * previous);
    previous = current;
    current = next;
  }
  return current;
}

/** 333.75 y⁶ + x²(11x²y² − y⁶ − 121y⁴ − 2) + 5.5 y⁸ + x/(2y): terms near 8e36 cancel down to −0.827…. */
export function rump(x: number, y: number): number {
  const x2 = x * x;
  const y2 = y * y;
  const y4 = y2 * y2;
  const y6 = y4 * y2;
  const y8 = y4 * y4;
  return 333.75 * y6 + x2 * (11 * x2 * y2 - y6 - 121 * y4 - 2) + 5.5 * y8 + x / (2 * y);
}

/** x ← r x (1 − x): for r = 4 each step doubles a small error on average. */
export function logisticMap(x: number, r: number, steps: number): number {
  for (let i = 0; i < steps; i++) x = r * x * (1 - x);
  return x;
}
