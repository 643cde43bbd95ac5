/**
 * Never ends by itself.
 * @simulate endless fp16
 * @inputs {"cases": [[0.5]]}
 */
export function endless(x: number): number {
  let y = x;
  while (y < 1e9) y = Math.sin(y) + 0.1;
  return y;
}
