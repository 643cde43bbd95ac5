import { bigFromNumber, bigToDoubleDouble, addBig } from './big-float';
import { reduceAngle } from './big-functions';
import { addDd, divDd, low, mulDd, scaleDd, sqrtDd, squareDd, subDd, twoProductDd } from './dd-arithmetic';
import { ANGLE_STEPS, ATAN_STEPS, tables } from './dd-tables';

/**
 * Trigonometric functions in the calling convention of `dd-arithmetic`, relative error below 2^−100, near zeros too. x = m·π/64 + r with |r| ≤ π/128 (π in
 * 197 bits for |x| < 6000, in as many as it takes beyond), table of sin(jπ/64), Taylor series whose terms from r^8 on need double precision only.
 */

const DIRECT_LIMIT = 6000;

/** Result of `reduce` beside `low`: index into the sine table and the rest's parts. */
const state = { index: 0, high: 0, low: 0 };

function reduce(xh: number, xl: number): void {
  const { angleStep: s } = tables();
  if (Math.abs(xh) < DIRECT_LIMIT) {
    const m = Math.round(xh * (ANGLE_STEPS / Math.PI));
    const tail = twoProductDd(-m, s[4]);
    const tailLow = low[0];
    let h = addDd(xh, xl, -m * s[0], 0);
    h = addDd(h, low[0], -m * s[1], 0);
    h = addDd(h, low[0], -m * s[2], 0);
    h = addDd(h, low[0], -m * s[3], 0);
    state.high = addDd(h, low[0], tail, tailLow);
    state.low = low[0];
    state.index = m & 127;
    return;
  }
  const { quadrant, rest } = reduceAngle(addBig(bigFromNumber(xh), bigFromNumber(xl)), 120);
  const { hi, lo } = bigToDoubleDouble(rest);
  reduce(hi, lo);
  state.index = (state.index + 32 * quadrant) & 127;
}

function sinSmall(rh: number, rl: number): number {
  const f = tables().inverseFactorial;
  const zh = squareDd(rh, rl);
  const zl = low[0];
  const q = f[18] - zh * (f[22] - zh * (f[26] - zh * (f[30] - zh * f[34])));
  let h = scaleDd(zh, zl, q);
  h = subDd(h, low[0], f[14], f[15]);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], f[10], f[11]);
  h = mulDd(h, low[0], zh, zl);
  h = subDd(h, low[0], f[6], f[7]);
  h = mulDd(h, low[0], zh, zl);
  h = mulDd(h, low[0], rh, rl);
  return addDd(h, low[0], rh, rl);
}

function cosSmall(rh: number, rl: number): number {
  const f = tables().inverseFactorial;
  const zh = squareDd(rh, rl);
  const zl = low[0];
  const q = f[16] - zh * (f[20] - zh * (f[24] - zh * (f[28] - zh * f[32])));
  let h = scaleDd(zh, zl, q);
  h = subDd(h, low[0], f[12], f[13]);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], f[8], f[9]);
  h = mulDd(h, low[0], zh, zl);
  h = subDd(h, low[0], 0.5, 0);
  h = mulDd(h, low[0], zh, zl);
  return addDd(h, low[0], 1, 0);
}

/** Sine of the reduced argument advanced by `turn` table steps. */
function reducedSine(turn: number): number {
  const { sine } = tables();
  const i = (state.index + turn) & 127;
  const j = (i + 32) & 127;
  const rh = state.high;
  const rl = state.low;
  let sh = sinSmall(rh, rl);
  sh = mulDd(sh, low[0], sine[2 * j], sine[2 * j + 1]);
  if (i % 64 === 0) return sh;
  const sl = low[0];
  let ch = cosSmall(rh, rl);
  ch = mulDd(ch, low[0], sine[2 * i], sine[2 * i + 1]);
  return addDd(ch, low[0], sh, sl);
}

export function sinDd(xh: number, xl: number): number {
  if (!Number.isFinite(xh)) { low[0] = 0; return NaN; }
  if (Math.abs(xh) < 2 ** -300) { low[0] = xl; return xh; }
  reduce(xh, xl);
  return reducedSine(0);
}

export function cosDd(xh: number, xl: number): number {
  if (!Number.isFinite(xh)) { low[0] = 0; return NaN; }
  reduce(xh, xl);
  return reducedSine(32);
}

export function tanDd(xh: number, xl: number): number {
  if (!Number.isFinite(xh)) { low[0] = 0; return NaN; }
  if (Math.abs(xh) < 2 ** -300) { low[0] = xl; return xh; }
  reduce(xh, xl);
  const sh = reducedSine(0);
  const sl = low[0];
  const ch = reducedSine(32);
  return divDd(sh, sl, ch, low[0]);
}

/** arctan v for 0 ≤ v ≤ 1 (a little more). */
function atanUnit(vh: number, vl: number): number {
  const { atan, inverse } = tables();
  const j = Math.round(vh * ATAN_STEPS);
  const c = j / ATAN_STEPS;
  let th = vh;
  let tl = vl;
  if (j > 0) {
    let dh = scaleDd(vh, vl, c);
    dh = addDd(dh, low[0], 1, 0);
    const dl = low[0];
    const nh = addDd(vh, vl, -c, 0);
    th = divDd(nh, low[0], dh, dl);
    tl = low[0];
  } else if (vh < 2 ** -300) {
    low[0] = vl;
    return vh;
  }
  const zh = squareDd(th, tl);
  const zl = low[0];
  const q = inverse[22] - zh * (inverse[26] - zh * (inverse[30] - zh * (inverse[34] - zh * inverse[38])));
  let h = scaleDd(zh, zl, -q);
  h = addDd(h, low[0], inverse[18], inverse[19]);
  h = mulDd(h, low[0], zh, zl);
  h = subDd(h, low[0], inverse[14], inverse[15]);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], inverse[10], inverse[11]);
  h = mulDd(h, low[0], zh, zl);
  h = subDd(h, low[0], inverse[6], inverse[7]);
  h = mulDd(h, low[0], zh, zl);
  h = mulDd(h, low[0], th, tl);
  h = addDd(h, low[0], th, tl);
  return j > 0 ? addDd(h, low[0], atan[2 * j], atan[2 * j + 1]) : h;
}

export function atanDd(xh: number, xl: number): number {
  return atan2Dd(xh, xl, 1, 0);
}

/** Angle of the point (x, y) in [−π, π]. */
export function atan2Dd(yh: number, yl: number, xh: number, xl: number): number {
  if (yh === 0 || xh === 0 && xl === 0 || !Number.isFinite(yh) || !Number.isFinite(xh)) return special(yh, xh);
  if (yh < 0) { const h = atan2Dd(-yh, -yl, xh, xl); low[0] = -low[0]; return -h; }
  const { halfPi, pi } = tables();
  const ax = Math.abs(xh);
  const al = xh < 0 ? -xl : xl;
  let h: number;
  if (yh > ax) {
    h = divDd(ax, al, yh, yl);
    h = atanUnit(h, low[0]);
    h = subDd(halfPi[0], halfPi[1], h, low[0]);
  } else {
    h = divDd(yh, yl, ax, al);
    h = atanUnit(h, low[0]);
  }
  return xh < 0 ? subDd(pi[0], pi[1], h, low[0]) : h;
}

/** Axes and infinities: a multiple of π/4, with its low part. */
function special(y: number, x: number): number {
  const value = Math.atan2(y, x);
  const { pi } = tables();
  low[0] = value === value && value !== 0 ? pi[1] * (Math.round(value * (4 / Math.PI)) / 4) : 0;
  return value;
}

export function asinDd(xh: number, xl: number): number {
  let h = addDd(1, 0, xh, xl);
  const sl = low[0];
  const dh = subDd(1, 0, xh, xl);
  h = mulDd(dh, low[0], h, sl);
  if (!(h >= 0)) { low[0] = 0; return NaN; }
  h = sqrtDd(h, low[0]);
  return atan2Dd(xh, xl, h, low[0]);
}

export function acosDd(xh: number, xl: number): number {
  let h = addDd(1, 0, xh, xl);
  const sl = low[0];
  const dh = subDd(1, 0, xh, xl);
  h = mulDd(dh, low[0], h, sl);
  if (!(h >= 0)) { low[0] = 0; return NaN; }
  h = sqrtDd(h, low[0]);
  return atan2Dd(h, low[0], xh, xl);
}
