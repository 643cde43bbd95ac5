/**
 * The results nearest to and farthest from the exact sum over every way to order and to parenthesise up to 8 summands: all (2n − 3)!! binary trees, by dynamic
 * programming over subsets. Empty for more summands.
 */
export function groupingExtremes(values: readonly number[], add: (a: number, b: number) => number, exact: number): { name: string; result: number }[] {
  const n = values.length;
  if (n < 3 || n > 8) return [];
  const sums: Set<number>[] = [new Set()];
  for (let subset = 1; subset < 1 << n; subset++) {
    const here = new Set<number>();
    const lowestBit = subset & -subset;
    if (subset === lowestBit) here.add(values[31 - Math.clz32(subset)]);
    // Each unordered split once: the part with the lowest summand.
    for (let part = (subset - 1) & subset; part > 0; part = (part - 1) & subset) {
      if (!(part & lowestBit)) continue;
      for (const a of sums[part]) for (const b of sums[subset ^ part]) here.add(add(a, b));
    }
    if (here.size > 5000) return [];
    sums.push(here);
  }
  const results = [...sums[(1 << n) - 1]].filter(Number.isFinite);
  if (results.length === 0 || !Number.isFinite(exact)) return [];
  const by = (sign: number): number => results.reduce((best, r) => (sign * (Math.abs(r - exact) - Math.abs(best - exact)) < 0 ? r : best));
  return [{ name: 'best grouping', result: by(1) }, { name: 'worst grouping', result: by(-1) }];
}
