/**
 * @gallery Quadratic formula, Heron, midpoint, lerp
 * @lesson Algebra that is equal on paper is not equal in floating point: choose the form that does not subtract equals.
 * @simulate smallRootNaive fp64 fp32 fp16
 * @inputs {"cases": [[1, 200, 1], [1, 3, 2]]}
 * @outcome For x² + 200x + 1 the naive small root is 0 in fp16, has 11 of 24 bits in fp32 and loses 12 bits in fp64; the rearranged one is right to the last bit or two.
 * @source Goldberg 1991; Kahan 2000 (area of a triangle); C++20 std::lerp (P0811).
 *
 * Simulate each pair with the same inputs: `smallRootNaive`/`smallRoot`, `heronNaive`/`heron` (try the needle 100000, 99999.99979, 0.00029),
 * `lerpShort`/`lerp` at t = 1.
 */

/** (−b + √(b² − 4ac)) / 2a: cancels when b² is much larger than 4ac and b > 0. */
export function smallRootNaive(a: number, b: number, c: number): number {
  return (-b + Math.sqrt(b * b - 4 * a * c)) / (2 * a);
}

/** The same root from the other one: q has no cancellation, the product of the roots is c / a. */
export function smallRoot(a: number, b: number, c: number): number {
  const q = -(b + (b < 0 ? -1 : 1) * Math.sqrt(b * b - 4 * a * c)) / 2;
  return b < 0 ? q / a : c / q;
}

/** Heron's formula as in the textbook: s − a cancels for needles. */
export function heronNaive(a: number, b: number, c: number): number {
  const s = (a + b + c) / 2;
  return Math.sqrt(s * (s - a) * (s - b) * (s - c));
}

/** Kahan's form, sides sorted a ≥ b ≥ c; the parentheses are essential. */
export function heron(a: number, b: number, c: number): number {
  const [z, y, x] = [a, b, c].sort((p, q) => p - q);
  return Math.sqrt((x + (y + z)) * (z - (x - y)) * (z + (x - y)) * (x + (y - z))) / 4;
}

/** (a + b) / 2 overflows when a + b does: in fp16 above 32752 each. */
export function midpointNaive(a: number, b: number): number {
  return (a + b) / 2;
}

export function midpoint(a: number, b: number): number {
  return a + (b - a) / 2;
}

/** a + (b − a)·t misses b at t = 1 when b − a rounds. */
export function lerpShort(a: number, b: number, t: number): number {
  return a + (b - a) * t;
}

/** Exact at both ends. */
export function lerp(a: number, b: number, t: number): number {
  return a * (1 - t) + b * t;
}
