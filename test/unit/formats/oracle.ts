/**
 * An independent rounding: the format is nothing but its table of values (from the golden-tested decoder), and every decision is an exact comparison of
 * rationals on big integers. It shares no code with the rounding core.
 */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function fraction(x: number): Fraction {
  let e = 0;
  let m = x;
  while (!Number.isInteger(m)) { m *= 2; e++; }
  return { n: BigInt(m), d: 1n << BigInt(e) };
}

export const add = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d });
export const multiply = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d });
export const divide = (a: Fraction, b: Fraction): Fraction => b.n < 0n ? { n: -a.n * b.d, d: -a.d * b.n } : { n: a.n * b.d, d: a.d * b.n };
export const compare = (a: Fraction, b: Fraction): number => { const l = a.n * b.d; const r = b.n * a.d; return l < r ? -1 : l > r ? 1 : 0; };
export const negate = (a: Fraction): Fraction => ({ n: -a.n, d: a.d });

export interface Table {
  /** Ascending, finite, without −0. */
  readonly values: readonly number[];
  /** Parity of each value's code. */
  readonly odd: readonly boolean[];
  readonly infinities: boolean;
  readonly signedZero: boolean;
  /** Codebooks saturate by their own rule. */
  readonly saturates: boolean;
  /** Integers and fixed point wrap. */
  readonly step: number;
}

/**
 * The rounded value of an exact real. `sign` is the sign that a zero result takes. Beyond the table the unbounded format is continued by its last
 * gap, which suffices up to one binade above the largest value; the tests stay there or far beyond, where every rule agrees.
 */
export function roundExactly(x: Fraction, sign: number, mode: string, saturate: boolean, table: Table, nextAbove: number, nextBelow: number): number {
  const { values } = table;
  const last = values.length - 1;
  const zero = (v: number): number => v === 0 ? (table.signedZero && sign < 0 ? -0 : 0) : v;
  if (compare(x, fraction(values[last])) > 0 || compare(x, fraction(values[0])) < 0) {
    const above = x.n > 0n;
    const edge = above ? values[last] : values[0];
    if (saturate || table.saturates) return zero(edge);
    const beyond = above ? nextAbove : nextBelow;
    const edgeOdd = above ? table.odd[last] : table.odd[0];
    const outside = compare(x, fraction(beyond)) * (above ? 1 : -1) >= 0;
    const inner = !outside && !stepsOut(x, edge, beyond, edgeOdd, mode, above);
    if (inner) return zero(edge);
    const inward = mode === 'toward-zero' || (above ? mode === 'down' : mode === 'up');
    if (inward) return zero(edge);
    return table.infinities && (above || values[0] < 0) ? (above ? Infinity : -Infinity) : NaN;
  }
  let i = 0;
  for (let hi = last; hi - i > 1;) {
    const middle = (i + hi) >> 1;
    if (compare(fraction(values[middle]), x) <= 0) i = middle; else hi = middle;
    if (hi - i <= 1) break;
  }
  if (i < last && compare(fraction(values[i + 1]), x) === 0) i++;
  if (compare(fraction(values[i]), x) === 0) return zero(values[i]);
  const [lo, hi] = [values[i], values[i + 1]];
  const innerIsLow = Math.abs(lo) <= Math.abs(hi);
  const [inner, outer] = innerIsLow ? [lo, hi] : [hi, lo];
  return zero(stepsOut(x, inner, outer, table.odd[innerIsLow ? i : i + 1], mode, outer > inner) ? outer : inner);
}

function stepsOut(x: Fraction, inner: number, outer: number, innerOdd: boolean, mode: string, outerAbove: boolean): boolean {
  const middle = divide(add(fraction(inner), fraction(outer)), { n: 2n, d: 1n });
  const side = compare(x, middle) * (outerAbove ? 1 : -1);
  switch (mode) {
    case 'nearest-even': return side > 0 || (side === 0 && innerOdd);
    case 'nearest-away': return side >= 0;
    case 'toward-zero': return false;
    case 'up': return outerAbove;
    case 'down': return !outerAbove;
    case 'to-odd': return !innerOdd;
    default: throw new Error(mode);
  }
}
