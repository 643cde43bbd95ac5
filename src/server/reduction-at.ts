import { placeOf, textOf, type Expression } from '../program';
import type { OrdersRequest } from '../protocol/panel';
import { toReal } from '../protocol/real';
import type { Analysis } from './analyses';

/** Random orders that are tried unless all of them are few. */
const orders = 2000;

/**
 * The sum at an offset whose summands are written in the source: a chain of additions and subtractions of numbers, or the numbers of an array literal.
 * Null when the cursor is on neither.
 */
export function reductionAt(analysis: Analysis, offset: number): OrdersRequest | null {
  const program = analysis.program();
  const found = outermostSum(analysis, offset) ?? arrayAt(analysis, offset);
  const values = found && (found.kind === 'array' ? numbersOf(found) : summandsOf(found));
  if (!found || !values || values.length < 2) return null;
  return { place: placeOf(program, found), text: textOf(program, found).slice(0, 200), values: values.map(toReal), format: 'fp64', orders, seed: 1 };
}

/** The largest chain of additions around the offset all of whose summands are numbers in the source. */
function outermostSum(analysis: Analysis, offset: number): Expression | undefined {
  return analysis.program().expressions.filter(expression => expression.start <= offset && offset <= expression.end && isSum(expression) && summandsOf(expression) !== undefined)
    .sort((a, b) => (b.end - b.start) - (a.end - a.start))[0];
}

/** The smallest array literal around the offset whose elements are all numbers. */
function arrayAt(analysis: Analysis, offset: number): Expression | undefined {
  return analysis.program().expressions.filter(expression => expression.start <= offset && offset <= expression.end && numbersOf(expression) !== undefined)
    .sort((a, b) => (a.end - a.start) - (b.end - b.start))[0];
}

function isSum(expression: Expression): boolean {
  return expression.kind === 'operation' && (expression.operator === 'add' || expression.operator === 'sub') && expression.operands.length === 2;
}

function summandsOf(expression: Expression, sign = 1): number[] | undefined {
  const value = numberOf(expression);
  if (value !== undefined) return [sign * value];
  if (expression.kind !== 'operation' || !isSum(expression)) return undefined;
  const left = summandsOf(expression.operands[0], sign);
  const right = summandsOf(expression.operands[1], expression.operator === 'add' ? sign : -sign);
  return left && right && [...left, ...right];
}

function numbersOf(array: Expression): number[] | undefined {
  if (array.kind !== 'array' || array.elements.length < 2) return undefined;
  const values = array.elements.map(element => element === null ? undefined : numberOf(element));
  return values.some(value => value === undefined) ? undefined : values as number[];
}

function numberOf(expression: Expression): number | undefined {
  if (expression.kind === 'number') return expression.value;
  if (expression.kind === 'operation' && expression.operator === 'neg' && expression.operands[0].kind === 'number') return -expression.operands[0].value;
  return undefined;
}
