/**
 * @gallery Where exp overflows and underflows
 * @lesson Each format has its own pair of thresholds: 709.78 and -745.13 in fp64, 88.72 and -103.97 in fp32, 11.09 and -17.33 in fp16.
 * @simulate exponentials fp64 fp32 bf16 fp16 fp8-e5m2
 * @inputs {"cases": [[11.0], [11.1], [88.8], [-18.1], [709.7]]}
 * @outcome exp(11.1) is Infinity in fp16 and fp8-e5m2 and finite elsewhere; exp(88.8) overflows in fp32 as well; exp(-18.1) is 0 in fp16 and fp8-e5m2.
 * @source fdlibm e_exp.c thresholds 709.782712893383973096 and -745.13321910194110842; other formats by ln of their largest finite and half their smallest positive value.
 *
 * Hover `Math.exp(x)` to see what each target format does with the range of x; add `@range` and the hover becomes exact.
 */

/** exp(x), exp(−x) and their product, which is exactly 1 only as long as neither overflows nor vanishes. */
export function exponentials(x: number): { growth: number; decay: number; product: number } {
  const growth = Math.exp(x);
  const decay = Math.exp(-x);
  return { growth, decay, product: growth * decay };
}

/**
 * Logistic function in the form that overflows: exp(−x) is Infinity below −11.09 in fp16, which still gives the right limit 0,
 * while `growing` divides Infinity by Infinity.
 */
export function logistic(x: number): { decaying: number; growing: number } {
  return { decaying: 1 / (1 + Math.exp(-x)), growing: Math.exp(x) / (1 + Math.exp(x)) };
}
