/**
 * @gallery The sign-flip network
 * @lesson Rounding each partial sum can turn every decision of an exactly correct network around.
 * @simulate network fixed(1,6) fixed(1,7) fixed(1,8) fp16
 * @inputs {"cases": [[1], [-1]]}
 * @outcome Exactly, f(1) = 1 and f(-1) = -1. With partial sums in fixed point of resolution 2^-6 (or 2^-5), f(1) = -1 and f(-1) = 1. At 2^-7 both are 2 (1.992, the largest value, in fixed(1,7)); at 2^-8 and finer, and in fp16, both are right.
 * @source Four long dot products whose small weights fall under half a resolution step; see the expressiveness literature on fixed-point networks.
 *
 * f(x) = 2·ReLU(a) + 3·ReLU(b) − 3·ReLU(c) − 2·ReLU(d) over inputs that are all x, where a … d are dot products with one weight of ±1 and many small ones:
 * 128 × −1/256, 256 × 1/256, 128 × −1/128 and 64 × 1/128. Fixed-point hardware accumulates the product in a wide integer and rounds the sum when it is stored.
 * In resolution 2^-6 a step of 1/256 is a quarter of a unit, and 1/128 is half a unit, which rounds away from zero: the accumulators never move. The panel names
 * the four `+=` lines; each is absorbed in every iteration.
 */

function relu(x: number): number {
  return Math.max(0, x);
}

/** Value of the network on the input whose components are all `x` (1 or −1). */
export function network(x: number): number {
  let a = x;
  for (let i = 0; i < 128; i++) a += x * -0.00390625; // −1/256
  let b = -x;
  for (let i = 0; i < 256; i++) b += x * 0.00390625; // 1/256
  let c = x;
  for (let i = 0; i < 128; i++) c += x * -0.0078125; // −1/128
  let d = -x;
  for (let i = 0; i < 64; i++) d += x * 0.0078125; // 1/128
  return 2 * relu(a) + 3 * relu(b) - 3 * relu(c) - 2 * relu(d);
}

/** What the network is asked: is the input positive? */
export function decision(x: number): 'positive' | 'negative' {
  return network(x) > 0 ? 'positive' : 'negative';
}
