import {
  ONE_BIG, ZERO_BIG, absBig, addBig, bigFromNumber, bigToNumber, divBig, exponentBig, mulBig, negBig, roundBig, scaleBig, sqrtBig, subBig, toFixedPoint,
  type BigFloat, type BigRounding,
} from './big-float';
import { atanFixed, bitLength, expFixed, expm1Fixed, ln10Fixed, ln2Fixed, logFixed, piFixed, shift, sinCosFixed } from './fixed-point';

/**
 * Elementary functions on big floats. Each answers with relative error at most 2^−bits. `correctlyRounded` makes them correct to the last bit of a
 * double by Ziv's strategy (Ziv 1991): try with more and more bits until both ends of the error interval round to the same double.
 */
export type BigApproximation = (bits: number) => BigFloat;

/** The double to which the real number rounds that `approximate` approximates. After 4,096 bits the value is taken to be a double or a midpoint exactly. */
export function correctlyRounded(approximate: BigApproximation, rounding: BigRounding = 'nearest-even', firstBits = 100): number {
  for (let bits = firstBits; ; bits *= 2) {
    const value = approximate(bits);
    const error = scaleBig(absBig(value), 1 - bits);
    const low = bigToNumber(subBig(value, error), rounding);
    const high = bigToNumber(addBig(value, error), rounding);
    if (Object.is(low, high)) return low;
    if (bits > 4096) return bigToNumber(roundBig(value, bits - 64), rounding);
  }
}

export function piBig(bits: number): BigFloat {
  return { m: piFixed(bits), e: -bits };
}

export function ln2Big(bits: number): BigFloat {
  return { m: ln2Fixed(bits + 1), e: -bits - 1 };
}

/** Above this exponent e^x leaves every format by so much that only its direction matters. */
const HUGE_EXPONENT = 40;

export function expBig(x: BigFloat, bits: number): BigFloat {
  const exponent = exponentBig(x);
  if (exponent > HUGE_EXPONENT) return { m: 1n, e: x.m > 0n ? 2 ** HUGE_EXPONENT : -(2 ** HUGE_EXPONENT) };
  if (exponent < -bits - 2) return addBig(ONE_BIG, roundBig(x, bits));
  const n = bits + 12;
  const wide = n + Math.max(0, exponent) + 4;
  const fixed = toFixedPoint(x, wide);
  const ln2 = ln2Fixed(wide);
  const k = (fixed + (ln2 >> 1n)) / ln2 - (fixed + (ln2 >> 1n) < 0n ? 1n : 0n);
  return { m: expFixed(shift(fixed - k * ln2, n - wide), n), e: Number(k) - n };
}

export function expm1Big(x: BigFloat, bits: number): BigFloat {
  const exponent = exponentBig(x);
  if (x.m === 0n) return ZERO_BIG;
  if (exponent < -bits) return mulBig(x, addBig(ONE_BIG, scaleBig(roundBig(x, bits), -1)));
  if (exponent >= -1) return exponent > HUGE_EXPONENT && x.m < 0n ? { m: -1n, e: 0 } : subBig(expBig(x, bits + 6), ONE_BIG);
  const n = bits + 10 - exponent;
  return { m: expm1Fixed(toFixedPoint(x, n), n), e: -n };
}

/** ln x, x > 0. */
export function logBig(x: BigFloat, bits: number): BigFloat {
  if (x.m <= 0n) throw new RangeError('Logarithm of a big float that is not positive.');
  let k = exponentBig(x);
  let m = scaleBig(x, -k);
  if (bigToNumber(m) > 1.4) { k++; m = scaleBig(m, -1); }
  if (k === 0) return log1pBig(subBig(m, ONE_BIG), bits);
  const n = bits + 12;
  const wide = n + bitLength(BigInt(Math.abs(k)));
  return { m: logFixed(toFixedPoint(m, n), n) + shift(BigInt(k) * ln2Fixed(wide), n - wide), e: -n };
}

/** ln(1 + x), x > −1. */
export function log1pBig(x: BigFloat, bits: number): BigFloat {
  if (x.m === 0n) return ZERO_BIG;
  const exponent = exponentBig(x);
  const y = exponent < -2 * bits ? ONE_BIG : addBig(ONE_BIG, x);
  if (exponent < -bits) return mulBig(x, subBig(ONE_BIG, scaleBig(roundBig(x, bits), -1)));
  if (exponent >= -2) {
    const value = bigToNumber(y);
    if (value > 1.4 || value < 0.7) return logBig(y, bits);
  }
  const n = bits + 12 - Math.min(0, exponent);
  return { m: logFixed(toFixedPoint(y, n), n), e: -n };
}

export function log2Big(x: BigFloat, bits: number): BigFloat {
  return divBig(logBig(x, bits + 4), ln2Big(bits + 8), bits + 4);
}

export function log10Big(x: BigFloat, bits: number): BigFloat {
  return divBig(logBig(x, bits + 4), { m: ln10Fixed(bits + 8), e: -bits - 8 }, bits + 4);
}

/** x = q·π/2 + r with |r| ≤ π/4 (a little more at most); r has relative error below 2^−bits. Works for every exponent. */
export function reduceAngle(x: BigFloat, bits: number): { readonly quadrant: number; readonly rest: BigFloat } {
  for (let n = bits + 16 + Math.max(0, -exponentBig(x)); ; ) {
    const wide = n + Math.max(0, exponentBig(x)) + 4;
    const fixed = toFixedPoint(x, wide);
    const half = piFixed(wide) >> 1n;
    const doubled = 2n * fixed + half;
    const q = doubled / (2n * half) - (doubled < 0n ? 1n : 0n);
    const rest = { m: fixed - q * half, e: -wide };
    const lost = -exponentBig(rest) - Math.max(0, -exponentBig(x));
    if (q === 0n) return { quadrant: 0, rest: x };
    if (n >= bits + 10 - exponentBig(rest)) return { quadrant: Number(((q % 4n) + 4n) % 4n), rest };
    n += Math.max(32, Number.isFinite(lost) ? lost : n);
  }
}

/** Sine (turn 0) or cosine (turn 1) of q·π/2 + r. */
function sineOf(quadrant: number, rest: BigFloat, bits: number): BigFloat {
  const sign = quadrant % 4 >= 2 ? -1n : 1n;
  const exponent = exponentBig(rest);
  if (exponent < -bits) {
    return quadrant % 2 === 1 ? { m: sign, e: 0 } : { m: rest.m * sign, e: rest.e };
  }
  const n = bits + 10 + (quadrant % 2 === 1 ? 0 : Math.max(0, -exponent));
  const { sin, cos } = sinCosFixed(toFixedPoint(rest, n), n);
  return { m: sign * (quadrant % 2 === 1 ? cos : sin), e: -n };
}

export function sinBig(x: BigFloat, bits: number): BigFloat {
  if (x.m === 0n) return ZERO_BIG;
  const { quadrant, rest } = reduceAngle(x, bits + 4);
  return sineOf(quadrant, rest, bits + 2);
}

export function cosBig(x: BigFloat, bits: number): BigFloat {
  if (x.m === 0n) return ONE_BIG;
  const { quadrant, rest } = reduceAngle(x, bits + 4);
  return sineOf(quadrant + 1, rest, bits + 2);
}

export function tanBig(x: BigFloat, bits: number): BigFloat {
  return x.m === 0n ? ZERO_BIG : divBig(sinBig(x, bits + 4), cosBig(x, bits + 4), bits + 4);
}

/** Angle of the point (x, y), not the origin. */
export function atan2Big(y: BigFloat, x: BigFloat, bits: number): BigFloat {
  const ay = absBig(y);
  const ax = absBig(x);
  const steep = subBig(ay, ax).m > 0n;
  const first = steep ? smallAngle(ax, ay, bits + 6) : smallAngle(ay, ax, bits + 6);
  const upright = steep ? subBig(scaleBig(piBig(bits + 8), -1), first) : first;
  const half = x.m < 0n ? subBig(piBig(bits + 8), upright) : upright;
  return y.m < 0n ? negBig(half) : half;
}

/** arctan(y/x) for 0 ≤ y ≤ x, x > 0. */
function smallAngle(y: BigFloat, x: BigFloat, bits: number): BigFloat {
  if (y.m === 0n) return ZERO_BIG;
  const drop = exponentBig(x) - exponentBig(y);
  if (drop > bits) return divBig(y, x, bits + 4);
  const n = bits + 8 + drop;
  const scale = n - exponentBig(x);
  return { m: atanFixed(toFixedPoint(y, scale), toFixedPoint(x, scale), n), e: -n };
}

export function atanBig(x: BigFloat, bits: number): BigFloat {
  return atan2Big(x, ONE_BIG, bits);
}

/** |x| ≤ 1. */
export function asinBig(x: BigFloat, bits: number): BigFloat {
  return x.m === 0n ? ZERO_BIG : atan2Big(x, sqrtBig(mulBig(subBig(ONE_BIG, x), addBig(ONE_BIG, x)), bits + 6), bits + 2);
}

/** |x| ≤ 1. */
export function acosBig(x: BigFloat, bits: number): BigFloat {
  if (subBig(x, ONE_BIG).m === 0n) return ZERO_BIG;
  return atan2Big(sqrtBig(mulBig(subBig(ONE_BIG, x), addBig(ONE_BIG, x)), bits + 6), x, bits + 2);
}

export function sinhBig(x: BigFloat, bits: number): BigFloat {
  const em = expm1Big(absBig(x), bits + 6);
  const half = scaleBig(addBig(em, divBig(em, addBig(em, ONE_BIG), bits + 6)), -1);
  return x.m < 0n ? negBig(half) : half;
}

export function coshBig(x: BigFloat, bits: number): BigFloat {
  const e = expBig(absBig(x), bits + 6);
  if (e.e > 2 ** 30) return e;
  return scaleBig(addBig(e, divBig(ONE_BIG, e, bits + 6)), -1);
}

export function tanhBig(x: BigFloat, bits: number): BigFloat {
  if (exponentBig(x) > 20) return { m: x.m < 0n ? -1n : 1n, e: 0 };
  const em = expm1Big(scaleBig(absBig(x), 1), bits + 6);
  const value = divBig(em, addBig(em, { m: 2n, e: 0 }), bits + 6);
  return x.m < 0n ? negBig(value) : value;
}

export function asinhBig(x: BigFloat, bits: number): BigFloat {
  const a = roundBig(absBig(x), bits + 400);
  const square = mulBig(a, a);
  const root = sqrtBig(addBig(ONE_BIG, square), bits + 8);
  const value = log1pBig(addBig(a, divBig(square, addBig(ONE_BIG, root), bits + 8)), bits + 4);
  return x.m < 0n ? negBig(value) : value;
}

/** x ≥ 1. */
export function acoshBig(x: BigFloat, bits: number): BigFloat {
  const t = subBig(x, ONE_BIG);
  return log1pBig(addBig(t, sqrtBig(mulBig(t, addBig(t, { m: 2n, e: 0 })), bits + 8)), bits + 4);
}

/** |x| < 1. */
export function atanhBig(x: BigFloat, bits: number): BigFloat {
  const a = absBig(x);
  const value = scaleBig(log1pBig(divBig(scaleBig(a, 1), subBig(ONE_BIG, a), bits + 8), bits + 4), -1);
  return x.m < 0n ? negBig(value) : value;
}

export function cbrtBig(x: BigFloat, bits: number): BigFloat {
  if (x.m === 0n) return ZERO_BIG;
  const negative = x.m < 0n;
  const m = negative ? -x.m : x.m;
  let k = Math.max(0, 3 * (bits + 4) - bitLength(m));
  k += (((x.e - k) % 3) + 3) % 3;
  const n = m << BigInt(k);
  let r = 1n << BigInt(Math.ceil(bitLength(n) / 3) + 1);
  for (;;) {
    const next = (2n * r + n / (r * r)) / 3n;
    if (next >= r) break;
    r = next;
  }
  return { m: negative ? -r : r, e: (x.e - k) / 3 };
}

/** x^y; x > 0, or y an integer. */
export function powBig(x: BigFloat, y: BigFloat, bits: number): BigFloat {
  if (y.m === 0n) return ONE_BIG;
  if (x.m === 0n) return ZERO_BIG;
  const nearest = bigToNumber(y);
  const n = Number.isFinite(nearest) && subBig(y, bigFromNumber(nearest)).m === 0n ? nearest : NaN;
  if (Number.isInteger(n) && Math.abs(n) <= 64) {
    const power = integerPower(x, Math.abs(n), bits + 16);
    return n < 0 ? divBig(ONE_BIG, power, bits + 4) : power;
  }
  if (x.m < 0n && !Number.isInteger(n)) throw new RangeError('Power of a negative big float to an exponent that is not an integer.');
  const odd = Number.isInteger(n) && Math.abs(n) % 2 === 1;
  const rough = exponentBig(logBig(absBig(x), 20)) + exponentBig(y);
  const value = expBig(mulBig(logBig(absBig(x), bits + 12 + Math.max(0, rough)), y), bits + 4);
  return x.m < 0n && odd ? negBig(value) : value;
}

function integerPower(x: BigFloat, n: number, bits: number): BigFloat {
  let result = ONE_BIG;
  let base = x;
  for (let rest = n; rest > 0; rest = rest >> 1) {
    if (rest & 1) result = roundBig(mulBig(result, base), bits);
    base = roundBig(mulBig(base, base), bits);
  }
  return result;
}

export function hypotBig(operands: readonly BigFloat[], bits: number): BigFloat {
  return sqrtBig(operands.reduce((sum, x) => addBig(sum, mulBig(x, x)), ZERO_BIG), bits + 2);
}
