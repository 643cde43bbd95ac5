import { bigFromFraction, bigToDoubleDouble, type BigFloat } from './big-float';
import { atanBig, expBig, ln2Big, logBig, piBig, sinBig } from './big-functions';
import { divBig, mulBig, roundBig } from './big-float';

/** Interleaved hi, lo. Tables and constants are computed from big floats when they are first asked for, so that nothing is a number typed by hand. */
export type Table = Float64Array;

/** `2^(j/64)` for j = −32…31 at index j + 32, and the same minus one. */
export interface ExpTables { readonly power: Table; readonly powerMinusOne: Table }

/** Steps per unit of the tables. */
export const EXP_STEPS = 64;
export const LOG_STEPS = 32;
export const ANGLE_STEPS = 64;
export const ATAN_STEPS = 32;

const BITS = 260;
let built: Tables | null = null;

export interface Tables {
  readonly exp: ExpTables;
  /** ln 2 / 64 in parts of 36 bits, then a double: their products with |m| < 2^17 are exact but the last. */
  readonly expStep: Float64Array;
  /** π / 64 in four parts of 36 bits, then a double. */
  readonly angleStep: Float64Array;
  /** ln(j/32) for j = 0…64 at index j (j = 0 unused). */
  readonly log: Table;
  /** sin(jπ/64), j = 0…127. */
  readonly sine: Table;
  /** arctan(j/32), j = 0…32. */
  readonly atan: Table;
  /** 1/n!, n = 0…27. */
  readonly inverseFactorial: Table;
  /** 1/n, n = 0…31 (n = 0 unused). */
  readonly inverse: Table;
  readonly ln2: readonly [number, number];
  readonly ln10: readonly [number, number];
  readonly pi: readonly [number, number];
  readonly halfPi: readonly [number, number];
}

/** All tables; about 3 ms at the first call. */
export function tables(): Tables {
  return built ?? (built = build());
}

function build(): Tables {
  const integer = (n: number): BigFloat => ({ m: BigInt(n), e: 0 });
  const fraction = (n: number, d: number): BigFloat => bigFromFraction(BigInt(n), BigInt(d), BITS);
  const ln2 = ln2Big(BITS);
  const pi = piBig(BITS);
  const expOf = (j: number): BigFloat => expBig(mulBig(ln2, fraction(j, EXP_STEPS)), 160);
  const factorials: bigint[] = [1n];
  for (let n = 1; n < 28; n++) factorials.push(factorials[n - 1] * BigInt(n));
  return {
    exp: {
      power: table(64, i => expOf(i - 32)),
      powerMinusOne: table(64, i => { const v = expOf(i - 32); return { m: v.m - (1n << BigInt(-v.e)), e: v.e }; }),
    },
    expStep: parts({ m: ln2.m, e: ln2.e - 6 }, 3),
    angleStep: parts({ m: pi.m, e: pi.e - 6 }, 4),
    log: table(65, j => j === 0 || j === LOG_STEPS ? integer(0) : logBig(fraction(j, LOG_STEPS), 160)),
    sine: table(128, j => j % 64 === 0 ? integer(0) : j === 32 ? integer(1) : j === 96 ? integer(-1) : sinBig(mulBig(pi, fraction(j, ANGLE_STEPS)), 160)),
    atan: table(33, j => j === 0 ? integer(0) : atanBig(fraction(j, ATAN_STEPS), 160)),
    inverseFactorial: table(28, n => bigFromFraction(1n, factorials[n], 160)),
    inverse: table(32, n => n === 0 ? integer(0) : fraction(1, n)),
    ln2: pair(ln2),
    ln10: pair(logBig(integer(10), 200)),
    pi: pair(pi),
    halfPi: pair(divBig(pi, integer(2), BITS)),
  };
}

function pair(x: BigFloat): [number, number] {
  const { hi, lo } = bigToDoubleDouble(x);
  return [hi, lo];
}

function table(count: number, value: (index: number) => BigFloat): Table {
  const result = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const { hi, lo } = bigToDoubleDouble(value(i));
    result[2 * i] = hi;
    result[2 * i + 1] = lo;
  }
  return result;
}

/** x as a sum of `count` doubles of 36 bits and one full double. */
function parts(x: BigFloat, count: number): Float64Array {
  const result = new Float64Array(count + 1);
  let rest = x;
  for (let i = 0; i <= count; i++) {
    const part = roundBig(rest, i < count ? 36 : 53);
    result[i] = bigToDoubleDouble(part).hi;
    const e = Math.min(rest.e, part.e);
    rest = { m: (rest.m << BigInt(rest.e - e)) - (part.m << BigInt(part.e - e)), e };
  }
  return result;
}
