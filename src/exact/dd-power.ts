import { addBig, bigFromNumber, bigToDoubleDouble } from './big-float';
import { powBig } from './big-functions';
import { addDd, divDd, low, mulDd, scaleDd, sqrtDd, squareDd, twoProductDd } from './dd-arithmetic';
import { expDd, logDd } from './dd-exponential';

/** Roots and powers in the calling convention of `dd-arithmetic`, relative error below 2^−100. */

export function cbrtDd(xh: number, xl: number): number {
  const y = Math.cbrt(xh);
  if (y === 0 || !Number.isFinite(y)) { low[0] = 0; return y; }
  if (Math.abs(xh) < 2 ** -800 || Math.abs(xh) > 2 ** 900) {
    const up = Math.abs(xh) < 1 ? 2 ** 600 : 2 ** -600;
    const h = cbrtDd(xh * up, xl * up);
    const back = Math.abs(xh) < 1 ? 2 ** -200 : 2 ** 200;
    low[0] *= back;
    return h * back;
  }
  // Newton step from the double: y − (y³ − x)/(3y²), with y³ − x formed in double-double; twice, as the engine's cube root may be some ulps off.
  let h = twoProductDd(y, y);
  h = scaleDd(h, low[0], y);
  h = addDd(h, low[0], -xh, -xl);
  const step = h / (3 * y * y);
  const zh = y - step;
  const zl = (y - zh) - step;
  h = squareDd(zh, zl);
  h = mulDd(h, low[0], zh, zl);
  h = addDd(h, low[0], -xh, -xl);
  return addDd(zh, zl, -h / (3 * y * y), 0);
}

/** √(x² + y²) without premature overflow or underflow. */
export function hypotDd(xh: number, xl: number, yh: number, yl: number): number {
  const largest = Math.max(Math.abs(xh), Math.abs(yh));
  if (largest === 0 || !(largest < Infinity)) { low[0] = 0; return Math.hypot(xh, yh); }
  const s = largest > 2 ** 450 ? 2 ** -600 : largest < 2 ** -350 ? 2 ** 500 : 1;
  const ah = squareDd(xh * s, xl * s);
  const al = low[0];
  let h = squareDd(yh * s, yl * s);
  h = addDd(h, low[0], ah, al);
  h = sqrtDd(h, low[0]);
  low[0] /= s;
  return h / s;
}

/** x^y as JavaScript defines the special cases. */
export function powDd(xh: number, xl: number, yh: number, yl: number): number {
  if (yl === 0) {
    if (yh === 0.5 && xh >= 0) return sqrtDd(xh, xl);
    if (Number.isInteger(yh) && Math.abs(yh) <= 10) return smallPower(xh, xl, yh);
  }
  const value = xh ** yh;
  if (xh === 0 || !Number.isFinite(value) || !Number.isFinite(xh) || !Number.isFinite(yh)) { low[0] = 0; return value; }
  if (value === 0) { low[0] = 0; return 0; }
  if (xh > 0) {
    let h = logDd(xh, xl);
    h = mulDd(h, low[0], yh, yl);
    // The error of the logarithm is magnified by |y ln x|: beyond 2 the big floats take over.
    if (Math.abs(h) <= 2) return expDd(h, low[0]);
  }
  if (xh < 0 && yl !== 0) { low[0] = 0; return NaN; }
  const { hi, lo } = bigToDoubleDouble(powBig(addBig(bigFromNumber(xh), bigFromNumber(xl)), addBig(bigFromNumber(yh), bigFromNumber(yl)), 110));
  low[0] = lo;
  return hi;
}

function smallPower(xh: number, xl: number, n: number): number {
  if (n === 0) { low[0] = 0; return 1; }
  let rest = Math.abs(n);
  let rh = 1;
  let rl = 0;
  let bh = xh;
  let bl = xl;
  for (;;) {
    if (rest & 1) { rh = rh === 1 && rl === 0 ? bh : mulDd(rh, rl, bh, bl); rl = bh === rh ? bl : low[0]; }
    rest >>= 1;
    if (rest === 0) break;
    bh = squareDd(bh, bl);
    bl = low[0];
  }
  if (n < 0) return divDd(1, 0, rh, rl);
  low[0] = rl;
  return rh;
}
