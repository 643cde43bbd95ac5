import { expBig, logBig, piBig, sqrtBig, divBig, ONE_BIG, type BigFloat } from '../../exact';

const BITS = 200;
const integer = (n: bigint): BigFloat => ({ m: n, e: 0 });

/** The real numbers that constants of `Math` stand for. */
const makers: Readonly<Record<string, () => BigFloat>> = {
  'Math.PI': () => piBig(BITS),
  'Math.E': () => expBig(ONE_BIG, BITS),
  'Math.LN2': () => logBig(integer(2n), BITS),
  'Math.LN10': () => logBig(integer(10n), BITS),
  'Math.LOG2E': () => divBig(ONE_BIG, logBig(integer(2n), BITS), BITS),
  'Math.LOG10E': () => divBig(ONE_BIG, logBig(integer(10n), BITS), BITS),
  'Math.SQRT2': () => sqrtBig(integer(2n), BITS),
  'Math.SQRT1_2': () => sqrtBig({ m: 1n, e: -1 }, BITS),
};

/** The irrational number behind `Math.PI` and its like; undefined for constants that are doubles by definition. */
export function namedReal(text: string): BigFloat | undefined {
  return Object.hasOwn(makers, text) ? makers[text]() : undefined;
}
