import { addDd, compareDd, divDd, floorDd, low, mulDd, remDd, sqrtDd, subDd } from './dd-arithmetic';
import { acoshDd, asinhDd, atanhDd, coshDd, expDd, expm1Dd, log10Dd, log1pDd, log2Dd, logDd, sinhDd, tanhDd } from './dd-exponential';
import { cbrtDd, hypotDd, powDd } from './dd-power';
import { acosDd, asinDd, atan2Dd, atanDd, cosDd, sinDd, tanDd } from './dd-trigonometric';

/** An unevaluated sum hi + lo of two doubles with |lo| ≤ ulp(hi)/2: about 106 bits of significand. */
export interface DoubleDouble {
  readonly hi: number;
  readonly lo: number;
}

export const NAN_DD: DoubleDouble = { hi: NaN, lo: 0 };

export function toDoubleDouble(x: number): DoubleDouble {
  return { hi: x, lo: 0 };
}

type Kernel1 = (xh: number, xl: number) => number;
type Kernel2 = (xh: number, xl: number, yh: number, yl: number) => number;

function unary(kernel: Kernel1): (x: DoubleDouble) => DoubleDouble {
  return x => { const hi = kernel(x.hi, x.lo); return { hi, lo: low[0] }; };
}

function binary(kernel: Kernel2): (x: DoubleDouble, y: DoubleDouble) => DoubleDouble {
  return (x, y) => { const hi = kernel(x.hi, x.lo, y.hi, y.lo); return { hi, lo: low[0] }; };
}

/** The functions on objects; the same without allocation are `addDd`, … in `dd-arithmetic`, `dd-exponential`, `dd-trigonometric` and `dd-power`. */
export const doubleDouble = {
  add: binary(addDd),
  sub: binary(subDd),
  mul: binary(mulDd),
  div: binary(divDd),
  rem: binary(remDd),
  pow: binary(powDd),
  atan2: binary(atan2Dd),
  hypot: binary(hypotDd),
  sqrt: unary(sqrtDd),
  cbrt: unary(cbrtDd),
  exp: unary(expDd),
  expm1: unary(expm1Dd),
  log: unary(logDd),
  log1p: unary(log1pDd),
  log2: unary(log2Dd),
  log10: unary(log10Dd),
  sin: unary(sinDd),
  cos: unary(cosDd),
  tan: unary(tanDd),
  asin: unary(asinDd),
  acos: unary(acosDd),
  atan: unary(atanDd),
  sinh: unary(sinhDd),
  cosh: unary(coshDd),
  tanh: unary(tanhDd),
  asinh: unary(asinhDd),
  acosh: unary(acoshDd),
  atanh: unary(atanhDd),
  floor: unary(floorDd),
  neg: (x: DoubleDouble): DoubleDouble => ({ hi: -x.hi, lo: -x.lo }),
  abs: (x: DoubleDouble): DoubleDouble => (x.hi < 0 || Object.is(x.hi, -0) ? { hi: -x.hi, lo: -x.lo } : x),
  compare: (x: DoubleDouble, y: DoubleDouble): number => compareDd(x.hi, x.lo, y.hi, y.lo),
} as const;
