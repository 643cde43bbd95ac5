import { arithmetic } from './arithmetic';
import { bitwise } from './bitwise';
import { conversion } from './conversion';
import { elementary } from './elementary';
import { integral } from './integral';
import type { Operator } from './operator';
import { comparison, selection } from './selection';

export type { ExactnessModel, Operator, OperatorFamily, Spelling } from './operator';
export { f16round } from './conversion';

/** The operator table: to add an operator is to add one row. */
export const operators: readonly Operator[] = [...arithmetic, ...elementary, ...selection, ...integral, ...bitwise, ...conversion, ...comparison];

const byId = new Map(operators.map(o => [o.id, o]));

/** The row of an operator that is known to exist; throws on an id that is none (a defect of the caller). */
export function operator(id: string): Operator {
  const found = byId.get(id);
  if (!found) throw new RangeError(`There is no operator "${id}" in the operator table.`);
  return found;
}

export function hasOperator(id: string): boolean {
  return byId.has(id);
}

const byMathName = new Map(operators.filter(o => o.spelling.kind === 'call').map(o => [(o.spelling as { callee: string }).callee.slice('Math.'.length), o]));
byMathName.set('pow', operator('pow'));

/** The operator that `Math.name(…)` stands for, or undefined (`random`, `sumPrecise`, …). */
export function operatorOfMath(name: string): Operator | undefined {
  return byMathName.get(name);
}
