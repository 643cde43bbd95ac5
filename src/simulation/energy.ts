/**
 * Energy of one operation in picojoules, 45 nm process: the published table (integer add 8/16/32 bits, fp16 and fp32 add; integer multiply 8/32 bits, fp16 and fp32 multiply). Widths in between and beyond are
 * extrapolated: additions grow with the width, multiplications with its square.
 */
const known = {
  float: { add: [[16, 0.4], [32, 0.9]], mul: [[16, 1.1], [32, 3.7]] },
  integer: { add: [[8, 0.03], [16, 0.05], [32, 0.1]], mul: [[8, 0.2], [32, 3.1]] },
} as const;

export function operationEnergy(family: 'float' | 'integer', kind: 'add' | 'mul', bits: number): number {
  const table: readonly (readonly [number, number])[] = known[family][kind];
  const exact = table.find(([b]) => b === bits);
  if (exact) return exact[1];
  const power = kind === 'add' ? 1 : 2;
  const nearest = table.reduce((best, row) => Math.abs(Math.log2(row[0] / bits)) < Math.abs(Math.log2(best[0] / bits)) ? row : best);
  return nearest[1] * (bits / nearest[0]) ** power;
}

/** Multiplications that one operation costs, for those that are neither: a division or root about 4, an elementary function about 20. */
export function energyOf(operator: string, family: 'float' | 'integer', bits: number): number {
  if (['add', 'sub', 'rem', 'lt', 'le', 'gt', 'ge'].includes(operator)) return operationEnergy(family, 'add', bits);
  if (operator === 'mul') return operationEnergy(family, 'mul', bits);
  if (operator === 'div' || operator === 'sqrt') return 4 * operationEnergy(family, 'mul', bits);
  if (['literal', 'convert', 'input', 'neg', 'abs', 'min', 'max', 'plus', 'call', 'fround', 'f16round', 'sign'].includes(operator)) return 0;
  if (['floor', 'ceil', 'round', 'trunc'].includes(operator)) return operationEnergy(family, 'add', bits);
  return 20 * operationEnergy(family, 'mul', bits);
}
