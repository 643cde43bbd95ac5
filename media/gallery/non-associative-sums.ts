/**
 * @gallery Sums that depend on their order
 * @lesson Floating-point addition is commutative but not associative: the grouping decides which digits survive.
 * @simulate tinyTermFirst fp64 fp32 fp16
 * @inputs {"cases": [[1, 1e-17]]}
 * @outcome (1 + 1e-17) - 1 is 0, but 1 + (-1 + 1e-17) keeps the tiny term; 0.1 + 0.2 + 0.3 is 0.6000000000000001 from the left and 0.6 from the right.
 * @source Goldberg 1991, What every computer scientist should know about floating-point arithmetic; Higham 2002, chapter 4.
 *
 * Look at the hovers of the two groupings, then simulate `tinyTermFirst` and `tinyTermLast`: the same three numbers, two results. The error enters at
 * the addition that absorbs `tiny`. In fp16 the effect no longer needs tiny numbers: `harmonicForward` loses whole terms once the sum passes 2048 × the term.
 */

/** 0.1 + 0.2 rounds up first, so the left grouping ends one ulp above 0.6. */
export function groupings(): { left: number; right: number } {
  return { left: (0.1 + 0.2) + 0.3, right: 0.1 + (0.2 + 0.3) };
}

/** The tiny term meets the large one first and is absorbed: what is left is 0. */
export function tinyTermFirst(large: number, tiny: number): number {
  return (large + tiny) - large;
}

/** The large terms cancel first, so the tiny term survives. */
export function tinyTermLast(large: number, tiny: number): number {
  return (large - large) + tiny;
}

/** 1 + 1/2 + … + 1/n, the large terms first: late terms meet a large sum and lose their low digits. */
export function harmonicForward(n: number): number {
  let sum = 0;
  for (let k = 1; k <= n; k++) sum += 1 / k;
  return sum;
}

/** The same terms, the small ones first: each meets a sum of its own size. */
export function harmonicBackward(n: number): number {
  let sum = 0;
  for (let k = n; k >= 1; k--) sum += 1 / k;
  return sum;
}
