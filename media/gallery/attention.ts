/**
 * @gallery Attention in fp16 and bf16
 * @lesson Attention needs the scale 1/√d, the maximum subtracted, and enough digits in the exponent: bf16 never overflows but is coarse, fp16 is finer and overflows.
 * @simulate attention fp32 bf16 fp16
 * @inputs {"cases": [[[1.5, -0.5, 2, 0.25], [[1, 0, 2, -1], [0.5, 0.5, 0.5, 0.5], [-1, 2, 0, 1]], [[1, 0], [0, 1], [0.5, 0.5]]]]}
 * @outcome With the maximum subtracted both formats are finite, and fp16 has about 3 more correct bits than bf16; `attentionUnsafe` overflows in fp16 for large queries.
 * @source Vaswani et al. 2017; Dao et al. 2022 (online softmax).
 */

/** softmax(q Kᵀ / √d) V for one query. */
export function attention(query: number[], keys: number[][], values: number[][]): number[] {
  const scale = 1 / Math.sqrt(query.length);
  const scores = keys.map(key => {
    let dot = 0;
    for (let i = 0; i < key.length; i++) dot += query[i] * key[i];
    return dot * scale;
  });
  let max = -Infinity;
  for (const s of scores) max = Math.max(max, s);
  const weights = scores.map(s => Math.exp(s - max));
  let total = 0;
  for (const w of weights) total += w;
  return values[0].map((_, column) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += weights[i] * values[i][column];
    return sum / total;
  });
}

/** The same without subtracting the maximum and without the scale: exp passes 65504 at a score of 11.09. */
export function attentionUnsafe(query: number[], keys: number[][], values: number[][]): number[] {
  const weights = keys.map(key => {
    let dot = 0;
    for (let i = 0; i < key.length; i++) dot += query[i] * key[i];
    return Math.exp(dot);
  });
  let total = 0;
  for (const w of weights) total += w;
  return values[0].map((_, column) => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += weights[i] * values[i][column];
    return sum / total;
  });
}

/** Online softmax: one pass, the running maximum rescales what was summed before. */
export function onlineAttention(query: number[], keys: number[][], values: number[][]): number[] {
  const scale = 1 / Math.sqrt(query.length);
  let max = -Infinity;
  let total = 0;
  const sums = values[0].map(() => 0);
  for (let i = 0; i < keys.length; i++) {
    let dot = 0;
    for (let j = 0; j < query.length; j++) dot += query[j] * keys[i][j];
    const score = dot * scale;
    const next = Math.max(max, score);
    const shrink = Math.exp(max - next);
    const weight = Math.exp(score - next);
    total = total * shrink + weight;
    for (let c = 0; c < sums.length; c++) sums[c] = sums[c] * shrink + weight * values[i][c];
    max = next;
  }
  return sums.map(s => s / total);
}
