/**
 * Double-double arithmetic without allocation: a number is two doubles hi + lo, each function takes its operands as hi, lo, …, returns the high part and
 * leaves the low part in `low[0]` (a typed array, because a module-level variable would box every double). Results of finite operands that overflow, and
 * results that are not numbers, have low part 0 and the high part that double arithmetic gives.
 * Algorithms and error bounds: Joldes, Muller, Popescu, "Tight and rigorous error bounds for basic building blocks of double-word arithmetic", 2017:
 * + at most 3·2^−106 relative, × 5·2^−106 or less, ÷ 10·2^−106 or less.
 */
export const low = new Float64Array(1);

const SPLITTER = 2 ** 27 + 1;
/** Beyond it the splitting of a factor overflows. */
const SPLIT_LIMIT = 2 ** 995;

/** a·b − p for p = RN(a·b), with the result 0 where it cannot be formed. */
export function residual(a: number, b: number, p: number): number {
  const ta = SPLITTER * a;
  const ah = ta - (ta - a);
  const al = a - ah;
  const tb = SPLITTER * b;
  const bh = tb - (tb - b);
  const bl = b - bh;
  const e = ((ah * bh - p) + ah * bl + al * bh) + al * bl;
  return e === e ? e : largeResidual(a, b, p);
}

function largeResidual(a: number, b: number, p: number): number {
  if (!Number.isFinite(p)) return 0;
  if (Math.abs(a) > SPLIT_LIMIT) return residual(a * 2 ** -60, b, p * 2 ** -60) * 2 ** 60;
  return Math.abs(b) > SPLIT_LIMIT || Math.abs(p) > SPLIT_LIMIT ? residual(a, b * 2 ** -60, p * 2 ** -60) * 2 ** 60 : 0;
}

/** Normalises s + e with |e| small against |s|. */
function fast(s: number, e: number): number {
  const hi = s + e;
  const lo = e - (hi - s);
  low[0] = lo === lo ? lo : 0;
  // −0 + 0 would lose the sign of a zero.
  return hi === 0 && s === 0 ? s : hi === hi || s !== s ? hi : s;
}

/** a + b of two doubles, exactly. */
export function twoSumDd(a: number, b: number): number {
  const s = a + b;
  const t = s - a;
  const e = (a - (s - t)) + (b - t);
  low[0] = e === e ? e : 0;
  return s;
}

/** a·b of two doubles, exactly (away from underflow). */
export function twoProductDd(a: number, b: number): number {
  const p = a * b;
  low[0] = residual(a, b, p);
  return p;
}

export function addDd(ah: number, al: number, bh: number, bl: number): number {
  const s = ah + bh;
  const st = s - ah;
  const se = (ah - (s - st)) + (bh - st);
  if (se !== se || (ah === 0 && bh === 0)) { low[0] = 0; return s; }
  const t = al + bl;
  const tt = t - al;
  const te = (al - (t - tt)) + (bl - tt);
  const c = se + t;
  const v = s + c;
  return fast(v, te + (c - (v - s)));
}

export function subDd(ah: number, al: number, bh: number, bl: number): number {
  return addDd(ah, al, -bh, -bl);
}

export function mulDd(ah: number, al: number, bh: number, bl: number): number {
  const p = ah * bh;
  return fast(p, residual(ah, bh, p) + (ah * bl + al * bh + al * bl));
}

/** Product with a double. */
export function scaleDd(ah: number, al: number, b: number): number {
  const p = ah * b;
  return fast(p, residual(ah, b, p) + al * b);
}

export function squareDd(ah: number, al: number): number {
  const p = ah * ah;
  return fast(p, residual(ah, ah, p) + (2 * ah * al + al * al));
}

export function divDd(ah: number, al: number, bh: number, bl: number): number {
  const q = ah / bh;
  if (q === 0 || !Number.isFinite(q) || !Number.isFinite(bh)) { low[0] = 0; return q; }
  if (Math.abs(ah) < 2 ** -900 && Math.abs(bh) < 2 ** 900) return divDd(ah * 2 ** 110, al * 2 ** 110, bh * 2 ** 110, bl * 2 ** 110);
  const p = q * bh;
  // a − q·b: the high difference is exact, q is within an ulp of a/b.
  const r = (ah - p) - residual(q, bh, p) + (al - q * bl);
  const q2 = r / bh;
  const hi = q + q2;
  if (hi !== hi) { low[0] = 0; return q; }
  const e = q2 - (hi - q);
  // A third quotient digit: removes the error of the second.
  const p2 = hi * bh;
  const r3 = ((ah - p2) - residual(hi, bh, p2)) + (al - hi * bl) - e * bh;
  return fast(hi, e + r3 / bh);
}

export function sqrtDd(ah: number, al: number): number {
  const s = Math.sqrt(ah);
  if (!(s > 0) || s === Infinity) { low[0] = 0; return s; }
  if (ah < 2 ** -900) {
    const hi = sqrtDd(ah * 2 ** 120, al * 2 ** 120);
    low[0] *= 2 ** -60;
    return hi * 2 ** -60;
  }
  const p = s * s;
  const r = (ah - p) - residual(s, s, p) + al;
  const c = r / (2 * s);
  // Second Newton step in closed form: √(s² + r) = s + c − c²/(2s) + …
  return fast(s, c - c * c / (2 * s));
}

/** Compares a with b: negative, 0 or positive; NaN when one is not a number. */
export function compareDd(ah: number, al: number, bh: number, bl: number): number {
  return ah === bh ? al - bl : ah - bh;
}

/** Integer part toward −∞. */
export function floorDd(ah: number, al: number): number {
  const f = Math.floor(ah);
  if (f !== ah) { low[0] = 0; return f; }
  return fast(f, Math.floor(al));
}

/** Remainder of the truncated quotient, sign of a (JavaScript's %), for |a/b| < 2^100; the quotient is corrected so that the result is in range. */
export function remDd(ah: number, al: number, bh: number, bl: number): number {
  if (!Number.isFinite(ah) || bh === 0 || bh !== bh) { low[0] = 0; return NaN; }
  if (!Number.isFinite(bh)) { low[0] = al; return ah; }
  if (al === 0 && bl === 0) { low[0] = 0; return ah % bh; }
  const sign = ah < 0 ? -1 : 1;
  const xh = ah * sign;
  const xl = al * sign;
  const yh = Math.abs(bh);
  const yl = bh < 0 ? -bl : bl;
  let qh = divDd(xh, xl, yh, yl);
  qh = floorDd(qh, low[0]);
  let rh = mulDd(qh, low[0], yh, yl);
  rh = subDd(xh, xl, rh, low[0]);
  if (rh < 0) rh = addDd(rh, low[0], yh, yl);
  else if (compareDd(rh, low[0], yh, yl) >= 0) rh = subDd(rh, low[0], yh, yl);
  low[0] *= sign;
  return rh * sign;
}
