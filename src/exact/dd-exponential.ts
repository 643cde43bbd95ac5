import { addDd, divDd, low, mulDd, scaleDd, sqrtDd, squareDd, subDd, twoProductDd } from './dd-arithmetic';
import { EXP_STEPS, LOG_STEPS, tables } from './dd-tables';

/**
 * Exponentials, logarithms and what is made of them, in the calling convention of `dd-arithmetic`. Relative error below 2^−100 unless said otherwise.
 * e^x: x = m·ln2/64 + r with |r| ≤ 0.0055, table of 2^(j/64), Taylor series of e^r − 1 whose terms from r^8 on need double precision only.
 * ln x: x = 2^k·c·(1 + …) with c a multiple of 1/32 near x, then 2 artanh((x − c)/(x + c)).
 */

const LARGEST_EXP = 709.79;
const SMALLEST_EXP = -745.2;

/** e^r − 1 for |r| ≤ 0.006. */
function expm1Small(rh: number, rl: number): number {
  const f = tables().inverseFactorial;
  const q = f[16] + rh * (f[18] + rh * (f[20] + rh * (f[22] + rh * f[24])));
  let h = scaleDd(rh, rl, q);
  h = addDd(h, low[0], f[14], f[15]);
  for (let n = 6; n >= 2; n--) {
    h = mulDd(h, low[0], rh, rl);
    h = addDd(h, low[0], f[2 * n], f[2 * n + 1]);
  }
  h = mulDd(h, low[0], rh, rl);
  h = mulDd(h, low[0], rh, rl);
  return addDd(h, low[0], rh, rl);
}

/** x − m·ln2/64. */
function expRest(xh: number, xl: number, m: number): number {
  const s = tables().expStep;
  const tail = twoProductDd(-m, s[3]);
  const tailLow = low[0];
  let h = addDd(xh, xl, -m * s[0], 0);
  h = addDd(h, low[0], -m * s[1], 0);
  h = addDd(h, low[0], -m * s[2], 0);
  return addDd(h, low[0], tail, tailLow);
}

function scaleByPower(h: number, l: number, k: number): number {
  if (k > -1000 && k < 1000) {
    const factor = 2 ** k;
    low[0] = l * factor;
    return h * factor;
  }
  const first = 2 ** Math.trunc(k / 2);
  const second = 2 ** (k - Math.trunc(k / 2));
  const hi = h * first * second;
  low[0] = Number.isFinite(hi) ? l * first * second : 0;
  return hi;
}

export function expDd(xh: number, xl: number): number {
  if (!(xh < LARGEST_EXP) || xh < SMALLEST_EXP) { low[0] = 0; return Math.exp(xh); }
  const m = Math.round(xh * (EXP_STEPS / Math.LN2));
  let rh = expRest(xh, xl, m);
  rh = expm1Small(rh, low[0]);
  const k = Math.floor((m + 32) / EXP_STEPS);
  const j = m - k * EXP_STEPS + 32;
  const t = tables().exp.power;
  rh = mulDd(rh, low[0], t[2 * j], t[2 * j + 1]);
  rh = addDd(rh, low[0], t[2 * j], t[2 * j + 1]);
  return scaleByPower(rh, low[0], k);
}

export function expm1Dd(xh: number, xl: number): number {
  if (!(Math.abs(xh) < 0.34)) {
    const h = expDd(xh, xl);
    return addDd(h, low[0], -1, 0);
  }
  const m = Math.round(xh * (EXP_STEPS / Math.LN2));
  if (m === 0) return Math.abs(xh) < 2 ** -500 ? keep(xh, xl) : expm1Small(xh, xl);
  let h = expRest(xh, xl, m);
  h = expm1Small(h, low[0]);
  const j = m + 32;
  const { power, powerMinusOne } = tables().exp;
  h = mulDd(h, low[0], power[2 * j], power[2 * j + 1]);
  return addDd(h, low[0], powerMinusOne[2 * j], powerMinusOne[2 * j + 1]);
}

function keep(h: number, l: number): number {
  low[0] = l;
  return h;
}

/** 2 artanh(n/d) for |n/d| ≤ 0.0115. */
function logRatio(nh: number, nl: number, dh: number, dl: number): number {
  const sh = divDd(nh, nl, dh, dl);
  const sl = low[0];
  const inverse = tables().inverse;
  const zh = squareDd(sh, sl);
  const zl = low[0];
  let h = zh * (inverse[18] + zh * (inverse[22] + zh * (inverse[26] + zh * (inverse[30] + zh * inverse[34]))));
  h = addDd(h, 0, inverse[14], inverse[15]);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], inverse[10], inverse[11]);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], inverse[6], inverse[7]);
  h = mulDd(h, low[0], zh, zl);
  h = mulDd(h, low[0], sh, sl);
  h = addDd(h, low[0], sh, sl);
  low[0] *= 2;
  return 2 * h;
}

export function logDd(xh: number, xl: number): number {
  if (!(xh > 0) || xh === Infinity) { low[0] = 0; return Math.log(xh); }
  let k = 0;
  let mh = xh;
  let ml = xl;
  if (mh < 2 ** -1000) { mh *= 2 ** 200; ml *= 2 ** 200; k -= 200; }
  if (mh < 0.703125 || mh >= 1.40625) {
    let e = Math.round(Math.log2(mh));
    let f = e > 1000 ? 2 ** -500 * 2 ** (500 - e) : 2 ** -e;
    if (mh * f < 0.703125) { e--; f *= 2; } else if (mh * f >= 1.40625) { e++; f /= 2; }
    k += e;
    mh *= f;
    ml *= f;
  }
  const j = Math.round(mh * LOG_STEPS);
  const c = j / LOG_STEPS;
  const dh = addDd(mh, ml, c, 0);
  const dl = low[0];
  let h = addDd(mh, ml, -c, 0);
  h = logRatio(h, low[0], dh, dl);
  return addLogs(h, low[0], j, k);
}

/** h + ln(j/32) + k·ln 2. */
function addLogs(hh: number, hl: number, j: number, k: number): number {
  const { log, ln2 } = tables();
  let h = hh;
  low[0] = hl;
  if (j !== LOG_STEPS) h = addDd(h, low[0], log[2 * j], log[2 * j + 1]);
  if (k === 0) return h;
  const l = low[0];
  const kh = scaleDd(ln2[0], ln2[1], k);
  return addDd(kh, low[0], h, l);
}

export function log1pDd(xh: number, xl: number): number {
  if (!(xh > -1) && !(xh === -1 && xl > 0)) { low[0] = 0; return Math.log1p(xh); }
  if (!(xh > -0.28 && xh < 0.39)) {
    const h = addDd(1, 0, xh, xl);
    return logDd(h, low[0]);
  }
  if (Math.abs(xh) < 2 ** -500) return keep(xh, xl);
  const j = Math.round((1 + xh) * LOG_STEPS);
  const c = j / LOG_STEPS;
  const dh = addDd(1 + c, 0, xh, xl);
  const dl = low[0];
  let h = addDd(xh, xl, 1 - c, 0);
  h = logRatio(h, low[0], dh, dl);
  return addLogs(h, low[0], j, 0);
}

export function log2Dd(xh: number, xl: number): number {
  const h = logDd(xh, xl);
  const { ln2 } = tables();
  return divDd(h, low[0], ln2[0], ln2[1]);
}

export function log10Dd(xh: number, xl: number): number {
  const h = logDd(xh, xl);
  const { ln10 } = tables();
  return divDd(h, low[0], ln10[0], ln10[1]);
}

/** e^x/2 for x ≥ 709, where e^x may overflow before it is halved; e^−x is below the last bit there. */
function halfExp(xh: number, xl: number): number {
  if (!(xh < 710.5)) { low[0] = 0; return xh * Infinity; }
  const h = expDd(xh / 2, xl / 2);
  const l = low[0];
  return mulDd(h / 2, l / 2, h, l);
}

export function sinhDd(xh: number, xl: number): number {
  if (xh < 0) { const h = sinhDd(-xh, -xl); low[0] = -low[0]; return -h; }
  if (!(xh < 709)) return halfExp(xh, xl);
  const eh = expm1Dd(xh, xl);
  const el = low[0];
  let h = addDd(eh, el, 1, 0);
  h = divDd(eh, el, h, low[0]);
  h = addDd(h, low[0], eh, el);
  low[0] /= 2;
  return h / 2;
}

export function coshDd(xh: number, xl: number): number {
  if (!(Math.abs(xh) < 709)) return xh < 0 ? halfExp(-xh, -xl) : halfExp(xh, xl);
  const eh = xh < 0 ? expDd(-xh, -xl) : expDd(xh, xl);
  const el = low[0];
  let h = divDd(1, 0, eh, el);
  h = addDd(h, low[0], eh, el);
  low[0] /= 2;
  return h / 2;
}

export function tanhDd(xh: number, xl: number): number {
  if (!(Math.abs(xh) < 40)) { low[0] = 0; return Math.tanh(xh); }
  const eh = expm1Dd(2 * xh, 2 * xl);
  const el = low[0];
  const dh = addDd(eh, el, 2, 0);
  return divDd(eh, el, dh, low[0]);
}

export function asinhDd(xh: number, xl: number): number {
  if (xh < 0) { const h = asinhDd(-xh, -xl); low[0] = -low[0]; return -h; }
  if (!(xh < 2 ** 300)) {
    const h = logDd(xh, xl);
    const { ln2 } = tables();
    return addDd(h, low[0], ln2[0], ln2[1]);
  }
  if (xh < 2 ** -300) return keep(xh, xl);
  // ln(1 + x + x²/(1 + √(1 + x²))).
  const sh = squareDd(xh, xl);
  const sl = low[0];
  let h = addDd(sh, sl, 1, 0);
  h = sqrtDd(h, low[0]);
  h = addDd(h, low[0], 1, 0);
  h = divDd(sh, sl, h, low[0]);
  h = addDd(h, low[0], xh, xl);
  return log1pDd(h, low[0]);
}

export function acoshDd(xh: number, xl: number): number {
  if (!(xh >= 1)) { low[0] = 0; return NaN; }
  if (!(xh < 2 ** 300)) {
    const h = logDd(xh, xl);
    const { ln2 } = tables();
    return addDd(h, low[0], ln2[0], ln2[1]);
  }
  // With t = x − 1: ln(1 + t + √(t² + 2t)).
  const th = addDd(xh, xl, -1, 0);
  const tl = low[0];
  let h = addDd(th, tl, 2, 0);
  h = mulDd(h, low[0], th, tl);
  h = sqrtDd(h, low[0]);
  h = addDd(h, low[0], th, tl);
  return log1pDd(h, low[0]);
}

export function atanhDd(xh: number, xl: number): number {
  if (xh < 0) { const h = atanhDd(-xh, -xl); low[0] = -low[0]; return -h; }
  if (!(Math.abs(xh) < 1)) { low[0] = 0; return Math.atanh(xh); }
  if (Math.abs(xh) < 2 ** -300) return keep(xh, xl);
  const dh = subDd(1, 0, xh, xl);
  const dl = low[0];
  let h = divDd(2 * xh, 2 * xl, dh, dl);
  h = log1pDd(h, low[0]);
  low[0] /= 2;
  return h / 2;
}
