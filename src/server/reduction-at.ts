import { functionAt, placeOf, textOf, type Expression } from '../program';
import type { OrdersRequest } from '../protocol/panel';
import type { Place } from '../protocol/place';
import { toReal, type JsonValue, type Real } from '../protocol/real';
import type { Analysis } from './analyses';

/** Random orders that are tried unless all of them are few. */
const orders = 2000;

/**
 * The sum at an offset: a chain of additions and subtractions of numbers, or the numbers of an array literal, as written in the source; else, inside of a
 * named function, a loop or `reduce` that adds up, on the elements that `sample` gives for the function's first array of numbers. Null when there is none.
 */
export function reductionAt(analysis: Analysis, offset: number, sample: (functionName: string) => readonly JsonValue[] | undefined): OrdersRequest | null {
  const program = analysis.program();
  const found = outermostSum(analysis, offset) ?? arrayAt(analysis, offset);
  const written = found && (found.kind === 'array' ? numbersOf(found) : summandsOf(found));
  if (found && written && written.length >= 2) return request(placeOf(program, found), textOf(program, found), written.map(toReal));
  const fn = functionAt(program, offset);
  const reduction = accumulationIn(analysis, fn.start, fn.end);
  const values = fn.kind === 'module' || !reduction ? undefined : sample(fn.name)?.map(firstNumbers).find(numbers => numbers.length >= 2);
  return reduction && values ? request(placeOf(program, reduction), textOf(program, reduction), values) : null;
}

function request(place: Place, text: string, values: readonly Real[]): OrdersRequest {
  return { place, text: text.slice(0, 200), values, format: 'fp64', orders, seed: 1 };
}

/** `s += x`, `s = s + x`, or a call of `reduce`, within a span. */
function accumulationIn(analysis: Analysis, start: number, end: number): Expression | undefined {
  return analysis.program().expressions.find(expression => expression.start >= start && expression.end <= end && (
    (expression.kind === 'assign' && expression.value.kind === 'operation' && expression.value.operator === 'add' && expression.target.kind === 'variable'
      && expression.value.operands.some(operand => operand.kind === 'variable' && expression.target.kind === 'variable' && operand.variable === expression.target.variable)
      && !expression.value.operands.some(operand => operand.kind === 'number'))
    || (expression.kind === 'call' && expression.callee.kind === 'library' && expression.callee.name.endsWith('.prototype.reduce'))));
}

/** The numbers of an array argument. */
function firstNumbers(value: JsonValue): Real[] {
  return Array.isArray(value) ? value.filter((item): item is Real => typeof item === 'number' || item === '-0') : [];
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
