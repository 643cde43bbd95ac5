type Add = (a: number, b: number) => number;

/** Orders and algorithms that have a name, each addition and subtraction rounded by `add`. */
export function namedSums(values: readonly number[], add: Add): { name: string; result: number }[] {
  const fold = (xs: readonly number[]): number => xs.reduce((sum, x) => add(sum, x));
  const ascending = [...values].sort((a, b) => Math.abs(a) - Math.abs(b));
  return [
    { name: 'source order', result: fold(values) },
    { name: 'reversed', result: fold([...values].reverse()) },
    { name: 'ascending magnitude', result: fold(ascending) },
    { name: 'descending magnitude', result: fold([...ascending].reverse()) },
    { name: 'pairwise', result: pairwise(values, add) },
    { name: 'compensated (Kahan–Neumaier)', result: neumaier(values, add) },
  ];
}

function pairwise(values: readonly number[], add: Add): number {
  let level: readonly number[] = values;
  while (level.length > 1) {
    const next: number[] = [];
    for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? add(level[i], level[i + 1]) : level[i]);
    level = next;
  }
  return level[0];
}

/** Neumaier 1974: as Kahan's, but the larger of sum and term gives the compensation, so that a term larger than the sum is not lost. */
function neumaier(values: readonly number[], add: Add): number {
  let sum = values[0];
  let lost = 0;
  for (let i = 1; i < values.length; i++) {
    const next = add(sum, values[i]);
    const [large, small] = Math.abs(sum) >= Math.abs(values[i]) ? [sum, values[i]] : [values[i], sum];
    lost = add(lost, add(add(large, -next), small));
    sum = next;
  }
  return add(sum, lost);
}
