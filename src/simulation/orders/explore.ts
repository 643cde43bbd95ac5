import { arithmetic, findFormat, parseFormat, rounder, ulp, xoshiro, type Format } from '../../formats';
import { exactOf, exactRounder, exactSum, type ExactValue } from '../../formats/exact';
import type { NamedOrder, OrdersReport, OrdersRequest } from '../../protocol/panel';
import { fromReal, toReal } from '../../protocol/real';
import { groupingExtremes } from './groupings';
import { namedSums } from './named';
import { allOrders, type OrderSpread } from './permutations';

/** Most summands that a request may carry. */
export const MOST_SUMMANDS = 100_000;

/**
 * Sums the same numbers in many orders, each addition rounded to the format, and answers the distribution of results against the exact sum.
 * The numbers enter the format first; the exact sum is that of the numbers as entered. All permutations are covered when their results can be counted by
 * dynamic programming over subsets (up to 12 numbers), else `request.orders` random ones plus the named ones.
 * Throws a RangeError with one sentence for an empty or oversized request and for an unknown format.
 */
export function exploreOrders(request: OrdersRequest, now: () => number = Date.now): OrdersReport {
  const started = now();
  const format = findFormat(request.format) ?? parseFormat(request.format);
  if (request.values.length === 0) throw new RangeError('There is nothing to sum: give at least one number.');
  if (request.values.length > MOST_SUMMANDS) throw new RangeError(`${request.values.length} summands are too many; at most ${MOST_SUMMANDS} are tried.`);
  const enter = rounder(format);
  const values = request.values.map(v => enter(fromReal(v)));
  const { add } = arithmetic(format);
  const exact = exactTotal(values);
  const spread = allOrders(values, add, 20_000) ?? randomOrders(values, add, Math.max(1, request.orders), request.seed);
  const named = [...namedSums(values, add), ...groupingExtremes(values, add, exact.nearest)];
  const finite = Number.isFinite(exact.nearest);
  const magnitude = values.reduce((sum, v) => sum + Math.abs(v), 0);
  return {
    version: 1, request,
    exact: toReal(exact.nearest), rounded: toReal(exact.value === null ? exact.nearest : exactRounder(format)(exact.value)),
    condition: toReal(exact.nearest === 0 ? (magnitude === 0 ? 1 : Infinity) : magnitude / Math.abs(exact.nearest)),
    bound: toReal(finite && format.unitRoundoff !== null ? (values.length - 1) * format.unitRoundoff * magnitude : Infinity),
    named: named.map(({ name, result }): NamedOrder => ({ name, result: toReal(result), ulps: toReal(distance(format, result, exact)) })),
    distribution: [...spread.counts].sort(([a], [b]) => a - b).map(([result, count]) => ({ result: toReal(result), count })),
    tried: spread.tried, exhaustive: spread.exhaustive, lowest: spread.lowest, highest: spread.highest,
    seconds: (now() - started) / 1000,
  };
}

export interface ExactTotal {
  /** Null when a summand is not finite. */
  readonly value: ExactValue | null;
  /** The sum rounded once to a double; the IEEE sum of the infinities when there are any. */
  readonly nearest: number;
}

/** The exact sum of doubles. */
export function exactTotal(values: readonly number[]): ExactTotal {
  let special = 0;
  let total = exactOf(0);
  for (const v of values) if (Number.isFinite(v)) total = exactSum(total, exactOf(v)); else special += v;
  return special === 0 ? { value: total, nearest: exactRounder(parseFormat('fp64'))(total) } : { value: null, nearest: special };
}

/** |result − exact| in ulps of the format at the exact sum. */
function distance(format: Format, result: number, exact: ExactTotal): number {
  if (exact.value === null || !Number.isFinite(result)) return Object.is(result, exact.nearest) ? 0 : result !== result ? NaN : Infinity;
  const gap = exactSum(exactOf(result), { ...exact.value, negative: !exact.value.negative });
  return Math.abs(exactRounder(parseFormat('fp64'))(gap)) / ulp(format, exact.nearest);
}

function randomOrders(values: readonly number[], add: (a: number, b: number) => number, orders: number, seed: number): OrderSpread {
  const random = xoshiro(seed);
  const order = values.map((_, i) => i);
  const counts = new Map<number, number>();
  let lowest = order.slice();
  let highest = order.slice();
  let least = Infinity;
  let most = -Infinity;
  const budget = Math.max(1, Math.min(orders, Math.floor(20_000_000 / values.length)));
  for (let tried = 0; tried < budget; tried++) {
    if (tried > 0) for (let i = order.length - 1; i > 0; i--) {
      const j = Math.floor(random() * (i + 1));
      [order[i], order[j]] = [order[j], order[i]];
    }
    let sum = values[order[0]];
    for (let i = 1; i < order.length; i++) sum = add(sum, values[order[i]]);
    counts.set(sum, (counts.get(sum) ?? 0) + 1);
    if (sum < least) { least = sum; lowest = order.slice(); }
    if (sum > most) { most = sum; highest = order.slice(); }
  }
  return { counts, tried: budget, exhaustive: false, lowest, highest };
}
