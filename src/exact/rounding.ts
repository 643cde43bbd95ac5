/**
 * Directed rounding without a rounding mode. A double operation is rounded to nearest; the error of + − × ÷ √ can be found exactly with
 * error-free transformations (Dekker 1971, Knuth TAOCP 4.2.2), and its sign says on which side of the exact result the double lies. So the
 * next double is taken only when the result is inexact: 1 + 1 = [2, 2]. Where a residual would overflow or fall under the smallest subnormal,
 * the step is taken always; it is then at most one double too wide.
 */

const UNIT = 2 ** -53;
const PHI = UNIT * (1 + 2 * UNIT);
const TINY = 2 ** -1021;
const SMALL = 2 ** -960;
const LARGE = 2 ** 995;
const SPLITTER = 2 ** 27 + 1;

/** Smallest double greater than x. +∞ and NaN are returned unchanged; −∞ gives the most negative finite double. Rump, Zimmermann, Boldo, Melquiond 2009. */
export function nextUp(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude < TINY) return x + 5e-324;
  if (magnitude < SMALL) return nextUp(x * 2 ** 200) * 2 ** -200;
  if (magnitude <= Number.MAX_VALUE) return x + PHI * magnitude;
  return x === -Infinity ? -Number.MAX_VALUE : x;
}

/** Largest double less than x. */
export function nextDown(x: number): number {
  return -nextUp(-x);
}

/** Distance from |x| to the next larger double: 2^(e−52) for 2^e ≤ |x| < 2^(e+1), 2^−1074 for subnormals. */
export function ulp(x: number): number {
  const magnitude = Math.abs(x);
  if (magnitude === Number.MAX_VALUE) return 2 ** 971;
  return nextUp(magnitude) - magnitude;
}

/** a + b − s exactly, where s = RN(a + b) is finite (TwoSum; exact even for subnormals). */
export function sumError(a: number, b: number, s: number): number {
  const t = s - a;
  return (a - (s - t)) + (b - t);
}

/** a·b − p exactly, where p = RN(a·b), |a|, |b| < 2^995 and |p| ≥ 2^−960 or p is exact (TwoProduct by Veltkamp splitting). */
export function productError(a: number, b: number, p: number): number {
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  return ((ah * bh - p) + ah * bl + al * bh) + al * bl;
}

/** Side of the exact result: −1 below the double, 0 equal, +1 above, NaN unknown. */
type Side = number;

function sideOfSum(a: number, b: number, s: number): Side {
  return Math.sign(sumError(a, b, s));
}

function sideOfProduct(a: number, b: number, p: number): Side {
  if (a === 0 || b === 0) return 0;
  if (Math.abs(a) >= LARGE || Math.abs(b) >= LARGE) {
    if (Math.abs(p) < SMALL) return NaN;
    return Math.abs(a) >= LARGE ? (Math.abs(b) >= LARGE ? NaN : sideOfProduct(a * 2 ** -60, b, p * 2 ** -60)) : sideOfProduct(b, a, p);
  }
  if (Math.abs(p) < SMALL) {
    if (Math.abs(a) < 2 ** -400 && Math.abs(b) < 2 ** -400) return Math.sign(a) * Math.sign(b) * (p === 0 ? 1 : NaN);
    // One factor is large enough to be scaled up: compare the exact scaled product with the scaled double.
    const scaled = Math.abs(a) > Math.abs(b) ? [a, b * 2 ** 300] : [a * 2 ** 300, b];
    const product = scaled[0] * scaled[1];
    if (Math.abs(product) < SMALL || Math.abs(product) >= LARGE) return NaN;
    return Math.sign((product - p * 2 ** 300) + productError(scaled[0], scaled[1], product));
  }
  return Math.sign(productError(a, b, p));
}

function sideOfQuotient(a: number, b: number, q: number): Side {
  if (a === 0) return 0;
  if (Math.abs(q) < SMALL || Math.abs(q) >= LARGE || Math.abs(b) >= LARGE || Math.abs(a) < SMALL || Math.abs(a) >= LARGE) return NaN;
  const product = q * b;
  return Math.sign((a - product) - productError(q, b, product)) * Math.sign(b);
}

function sideOfRoot(a: number, s: number): Side {
  if (a === 0) return 0;
  if (a < SMALL) return sideOfRoot(a * 2 ** 300, s * 2 ** 150);
  if (a >= LARGE) return sideOfRoot(a * 2 ** -300, s * 2 ** -150);
  const square = s * s;
  return Math.sign((a - square) - productError(s, s, square));
}

/** Finite operands whose result is infinite overflowed: the exact result lies beyond the largest finite double, not at infinity. */
function overflowDown(result: number, finite: boolean): number {
  return finite && result === Infinity ? Number.MAX_VALUE : result;
}

function overflowUp(result: number, finite: boolean): number {
  return finite && result === -Infinity ? -Number.MAX_VALUE : result;
}

function down(r: number, side: Side): number {
  return side >= 0 ? r : nextDown(r);
}

function up(r: number, side: Side): number {
  return side <= 0 ? r : nextUp(r);
}

/** Largest double at most a + b. */
export function addDown(a: number, b: number): number {
  const s = a + b;
  return Number.isFinite(s) ? down(s, sideOfSum(a, b, s)) : overflowDown(s, Number.isFinite(a) && Number.isFinite(b));
}

/** Smallest double at least a + b. */
export function addUp(a: number, b: number): number {
  const s = a + b;
  return Number.isFinite(s) ? up(s, sideOfSum(a, b, s)) : overflowUp(s, Number.isFinite(a) && Number.isFinite(b));
}

/** A double at most a·b; the largest such one away from underflow. */
export function mulDown(a: number, b: number): number {
  const p = a * b;
  return Number.isFinite(p) ? down(p, sideOfProduct(a, b, p)) : overflowDown(p, Number.isFinite(a) && Number.isFinite(b));
}

/** A double at least a·b; the smallest such one away from underflow. */
export function mulUp(a: number, b: number): number {
  const p = a * b;
  return Number.isFinite(p) ? up(p, sideOfProduct(a, b, p)) : overflowUp(p, Number.isFinite(a) && Number.isFinite(b));
}

/** A double at most a/b, b ≠ 0; the largest such one away from under- and overflow. */
export function divDown(a: number, b: number): number {
  const q = a / b;
  if (!Number.isFinite(b)) return Number.isFinite(a) ? (Math.sign(a) * Math.sign(b) < 0 ? -5e-324 : 0) : q;
  return Number.isFinite(q) ? down(q, sideOfQuotient(a, b, q)) : overflowDown(q, Number.isFinite(a) && b !== 0);
}

/** A double at least a/b, b ≠ 0; the smallest such one away from under- and overflow. */
export function divUp(a: number, b: number): number {
  return -divDown(-a, b);
}

/** Largest double at most √a; NaN for a < 0. */
export function sqrtDown(a: number): number {
  const s = Math.sqrt(a);
  return Number.isFinite(s) ? down(s, sideOfRoot(a, s)) : s;
}

/** Smallest double at least √a; NaN for a < 0. */
export function sqrtUp(a: number): number {
  const s = Math.sqrt(a);
  return Number.isFinite(s) ? up(s, sideOfRoot(a, s)) : s;
}

/** A bound below every real that a library function with error of at most `ulps` ulps can have meant by the result r. */
export function below(r: number, ulps: number): number {
  if (r === Infinity) return Number.MAX_VALUE;
  return r - (Math.abs(r) * ulps * 2.3e-16 + ulps * 5e-324);
}

/** A bound above every real that a library function with error of at most `ulps` ulps can have meant by the result r. */
export function above(r: number, ulps: number): number {
  return -below(-r, ulps);
}
