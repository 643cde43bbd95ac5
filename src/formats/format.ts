/**
 * A number format as data. The rounding core reads the value set (a lattice or a codebook), the encoder reads the layout; neither ever looks at
 * the name. `registry.ts` holds the named formats, `parse.ts` builds the parametric ones.
 */
export interface Format {
  /** Full name, as the contracts print it: `fp8-e4m3fn`, `q3.12`, `float(5,7)`. */
  readonly id: string;
  readonly title: string;
  readonly family: 'float' | 'integer' | 'fixed' | 'codebook' | 'scale';
  /** Heading under which interfaces list the format. */
  readonly group: string;
  /** Width of one code in bits. */
  readonly bits: number;
  /** Significand bits with the hidden one (p); null where the spacing does not follow the magnitude. */
  readonly significandBits: number | null;
  readonly exponentBits: number | null;
  readonly bias: number | null;
  readonly maxFinite: number;
  /** Most negative value; zero for unsigned formats. */
  readonly lowest: number;
  readonly minNormal: number | null;
  /** Smallest value above zero. */
  readonly minPositive: number;
  /** Largest relative error of rounding to nearest in the normal range, 2^−p. */
  readonly unitRoundoff: number | null;
  readonly infinities: boolean;
  readonly nans: boolean;
  readonly subnormals: boolean;
  readonly signedZero: boolean;
  readonly values: Lattice | Codebook;
  readonly layout: Layout;
}

/**
 * The finite values n·2^k with |n| < 2^precision, k ≥ quantum, between `lowest` and `highest`. A float has a finite precision; an integer or
 * fixed-point format is the lattice whose precision never binds (`Infinity`), so that one rule serves both.
 */
export interface Lattice {
  readonly kind: 'lattice';
  readonly precision: number;
  /** Binary exponent of the smallest spacing. */
  readonly quantum: number;
  readonly lowest: number;
  readonly highest: number;
  /** False for a pure scale (E8M0), whose code 0 is its smallest power of two. */
  readonly zero: boolean;
  readonly signedZero: boolean;
  readonly infinities: boolean;
  readonly nans: boolean;
  /** For precision 1, where the significand has no even value: code parity of 2^k is the parity of k + bias. */
  readonly bias: number;
}

/** A finite list of levels in ascending order. Its own overflow rule is to saturate: the nearest level always exists. */
export interface Codebook {
  readonly kind: 'codebook';
  readonly levels: readonly number[];
  /** Code of each level. */
  readonly codes: readonly number[];
  /** Rule of `nearest-even` for the midpoint between two levels: the level with the even code, or the smaller magnitude. */
  readonly tie: 'even-code' | 'toward-zero';
}

/** How a value becomes bits. */
export type Layout =
  | {
    readonly kind: 'sign-magnitude';
    readonly signBits: 0 | 1;
    readonly exponentBits: number;
    readonly fractionBits: number;
    readonly bias: number;
    /** `above`: every magnitude code after the largest finite value (and infinity) is NaN; `sign`: the only NaN is the code of −0. */
    readonly nan: 'above' | 'sign' | 'none';
  }
  | { readonly kind: 'twos-complement'; readonly fractionBits: number }
  | { readonly kind: 'table' };

/** A format that does not exist or a rounding that does not apply to it; the message is one sentence with the remedy. */
export class FormatError extends Error {
  override readonly name = 'FormatError';
}

export interface FloatDescription {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly family?: 'float' | 'scale';
  readonly exponentBits: number;
  readonly fractionBits: number;
  readonly bias: number;
  readonly signed?: boolean;
  /** Largest finite value. */
  readonly maxFinite: number;
  readonly infinities: boolean;
  readonly nan: 'above' | 'sign' | 'none';
  readonly signedZero?: boolean;
  readonly zero?: boolean;
}

/** A sign-magnitude binary float: value (−1)^s · 2^(E−bias) · (1 + M/2^m), subnormal for E = 0. */
export function floatFormat(d: FloatDescription): Format {
  const signed = d.signed ?? true;
  const zero = d.zero ?? true;
  const precision = d.fractionBits + 1;
  const minExponent = (zero ? 1 : 0) - d.bias;
  const quantum = minExponent - d.fractionBits;
  const signedZero = d.signedZero ?? false;
  const nans = d.nan !== 'none';
  const lowest = signed ? -d.maxFinite : zero ? 0 : 2 ** minExponent;
  return {
    id: d.id, title: d.title, group: d.group, family: d.family ?? 'float', bits: (signed ? 1 : 0) + d.exponentBits + d.fractionBits,
    significandBits: precision, exponentBits: d.exponentBits, bias: d.bias, maxFinite: d.maxFinite, lowest, minNormal: 2 ** minExponent,
    minPositive: 2 ** quantum, unitRoundoff: 2 ** -precision, infinities: d.infinities, nans, subnormals: d.fractionBits > 0, signedZero,
    values: { kind: 'lattice', precision, quantum, lowest, highest: d.maxFinite, zero, signedZero, infinities: d.infinities, nans, bias: d.bias },
    layout: { kind: 'sign-magnitude', signBits: signed ? 1 : 0, exponentBits: d.exponentBits, fractionBits: d.fractionBits, bias: d.bias, nan: d.nan },
  };
}

export interface GridDescription {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly family: 'integer' | 'fixed';
  readonly bits: number;
  /** Values are q·2^−fractionBits for integers q in [lowest, highest]. */
  readonly fractionBits: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Evenly spaced values q·2^−f in two's complement: integers and fixed point. There is no NaN, infinity or −0. */
export function gridFormat(d: GridDescription): Format {
  const step = 2 ** -d.fractionBits;
  return {
    id: d.id, title: d.title, group: d.group, family: d.family, bits: d.bits, significandBits: null, exponentBits: null, bias: null,
    maxFinite: d.highest * step, lowest: d.lowest * step, minNormal: null, minPositive: step, unitRoundoff: null, infinities: false, nans: false,
    subnormals: false, signedZero: false,
    values: {
      kind: 'lattice', precision: Infinity, quantum: -d.fractionBits, lowest: d.lowest * step, highest: d.highest * step, zero: true, signedZero: false,
      infinities: false, nans: false, bias: 0,
    },
    layout: { kind: 'twos-complement', fractionBits: d.fractionBits },
  };
}

export interface CodebookDescription {
  readonly id: string;
  readonly title: string;
  readonly group: string;
  readonly bits: number;
  /** Value of each code, in code order; `null` for a code without a value. Repeated values keep their first code. */
  readonly table: readonly (number | null)[];
  readonly tie?: 'even-code' | 'toward-zero';
}

/** Arbitrary levels: NF4, radix-4 FP4, ternary, and a user's own list. */
export function codebookFormat(d: CodebookDescription): Format {
  const pairs = new Map<number, number>();
  d.table.forEach((value, code) => { if (value !== null && !pairs.has(value + 0)) pairs.set(value + 0, code); });
  const levels = [...pairs.keys()].sort((a, b) => a - b);
  if (levels.length < 2 || !levels.every(Number.isFinite)) throw new FormatError(`The codebook "${d.id}" needs at least two different finite levels.`);
  return {
    id: d.id, title: d.title, group: d.group, family: 'codebook', bits: d.bits, significandBits: null, exponentBits: null, bias: null,
    maxFinite: levels[levels.length - 1], lowest: levels[0], minNormal: null, minPositive: levels.find(v => v > 0) ?? NaN, unitRoundoff: null,
    infinities: false, nans: false, subnormals: false, signedZero: false,
    values: { kind: 'codebook', levels, codes: levels.map(v => pairs.get(v)!), tie: d.tie ?? 'even-code' },
    layout: { kind: 'table' },
  };
}
