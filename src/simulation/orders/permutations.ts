export interface OrderSpread {
  /** result → number of orders that give it. */
  readonly counts: ReadonlyMap<number, number>;
  readonly tried: number;
  readonly exhaustive: boolean;
  /** Indices of the summands in an order with the smallest, and with the largest, result. */
  readonly lowest: readonly number[];
  readonly highest: readonly number[];
}

/**
 * Every permutation of up to 12 summands, added from the left. The results of a subset are those of the subset without its last summand, plus that summand;
 * equal results are merged and counted, so n! orders cost n·2ⁿ additions times the number of different partial sums.
 * Null when there are more summands, or more than `most` different partial sums in one subset.
 */
export function allOrders(values: readonly number[], add: (a: number, b: number) => number, most: number): OrderSpread | null {
  const n = values.length;
  if (n === 0 || n > 12) return null;
  /** By subset: result → count, and one (last summand, result before it) for tracing an order back. */
  const sums: Map<number, { count: number; last: number; before: number }>[] = [new Map()];
  let work = 0;
  for (let subset = 1; subset < 1 << n; subset++) {
    const here = new Map<number, { count: number; last: number; before: number }>();
    for (let i = 0; i < n; i++) {
      if (!(subset & (1 << i))) continue;
      const rest = subset ^ (1 << i);
      if (rest === 0) { here.set(values[i], { count: 1, last: i, before: NaN }); continue; }
      for (const [before, { count }] of sums[rest]) {
        const result = add(before, values[i]);
        const known = here.get(result);
        if (known) known.count += count; else here.set(result, { count, last: i, before });
      }
    }
    work += here.size;
    if (here.size > most || work > 2_000_000) return null;
    sums.push(here);
  }
  const full = sums[(1 << n) - 1];
  const results = [...full.keys()].filter(r => r === r).sort((a, b) => a - b);
  const trace = (result: number): number[] => {
    const order: number[] = [];
    let subset = (1 << n) - 1;
    let at = result;
    while (subset !== 0) {
      const step = sums[subset].get(at)!;
      order.unshift(step.last);
      subset ^= 1 << step.last;
      at = step.before;
    }
    return order;
  };
  const counts = new Map([...full].map(([result, { count }]) => [result, count]));
  const ends = results.length > 0 ? [results[0], results[results.length - 1]] : [NaN, NaN];
  let tried = 1;
  for (let i = 2; i <= n; i++) tried *= i;
  return { counts, tried, exhaustive: true, lowest: trace(ends[0]), highest: trace(ends[1]) };
}
