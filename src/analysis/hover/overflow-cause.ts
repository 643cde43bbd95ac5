import { isEmpty, type Interval } from '../../exact/interval';
import { hasOperator, operator } from '../../operators';
import type { Format } from '../../formats';
import { textOf, visitExpression, type Expression, type Program } from '../../program';
import type { Facts } from '../facts';

/** The expression can leave the format only where the one thing that it depends on is above or below these values. */
export interface OverflowCause {
  readonly name: string;
  /** No overflow up to here; null: none at all in that direction. */
  readonly above: number | null;
  readonly below: number | null;
}

const STEPS = 60;

/** For an expression of one variable of known range: from where on it may overflow. Null when it depends on more, or on what is not known. */
export function overflowCause(program: Program, facts: Facts, e: Expression, format: Format): OverflowCause | null {
  const leaves = leavesOf(e);
  const [first] = leaves;
  if (!first || leaves.some(leaf => textOf(program, leaf) !== textOf(program, first))) return null;
  const fact = facts.numbers[first.id];
  if (!fact || !(fact.lo < fact.hi) || !Number.isFinite(fact.lo) || !Number.isFinite(fact.hi)) return null;
  const fits = (lo: number, hi: number): boolean => {
    const range = enclose(e, { lo, hi });
    return range !== null && !isEmpty(range) && range.hi <= format.maxFinite && range.lo >= format.lowest;
  };
  // The range may overflow at either end; a middle that fits is needed to start from.
  const middle = fact.lo <= 0 && fact.hi >= 0 ? 0 : fits(fact.lo, fact.lo) ? fact.lo : fact.hi;
  if (!fits(middle, middle)) return null;
  const reach = (end: number): number | null => {
    if (end === middle || fits(Math.min(middle, end), Math.max(middle, end))) return null;
    let good = middle;
    let bad = end;
    for (let i = 0; i < STEPS; i++) {
      const next = good + (bad - good) / 2;
      if (fits(Math.min(middle, next), Math.max(middle, next))) good = next; else bad = next;
    }
    return good;
  };
  return { name: textOf(program, first), above: reach(fact.hi), below: reach(fact.lo) };
}

/** What the expression reads: everything under its operations but literals. */
function leavesOf(e: Expression): Expression[] {
  const leaves: Expression[] = [];
  const visit = (x: Expression): void => {
    if (x.kind === 'number') return;
    if (x.kind === 'operation' && hasOperator(x.operator)) x.operands.forEach(visit);
    else leaves.push(x);
  };
  visit(e);
  return leaves;
}

function enclose(e: Expression, leaf: Interval): Interval | null {
  if (e.kind === 'number') return { lo: e.value, hi: e.value };
  if (e.kind !== 'operation' || !hasOperator(e.operator)) return leaf;
  const inputs: Interval[] = [];
  for (const x of e.operands) {
    const range = enclose(x, leaf);
    if (!range || isEmpty(range)) return null;
    inputs.push(range);
  }
  const [a, b] = e.operands;
  // x · x is a square: both factors are the same value.
  if (e.operator === 'mul' && sameLeaf(a, b)) return operator('pow').enclosure(inputs[0], { lo: 2, hi: 2 });
  return operator(e.operator).enclosure(...inputs);
}

function sameLeaf(a: Expression, b: Expression): boolean {
  let equal = a.kind === 'variable' && b.kind === 'variable' && a.variable === b.variable;
  visitExpression(a, x => { if (x.kind === 'assign' || x.kind === 'call') equal = false; });
  return equal;
}
