import { codebookFormat, floatFormat, FormatError, gridFormat, type Format } from './format';

/**
 * An IEEE-like float with `exponentBits` and `fractionBits`: infinities, NaNs, subnormals, bias 2^(e−1) − 1.
 * Throws `FormatError` unless 2 ≤ e ≤ 11 and 1 ≤ m ≤ 52, the formats whose values are all doubles.
 */
export function customFloat(exponentBits: number, fractionBits: number): Format {
  const id = `float(${exponentBits},${fractionBits})`;
  if (!whole(exponentBits, 2, 11) || !whole(fractionBits, 1, 52)) {
    throw new FormatError(`${id} cannot be represented: the exponent needs 2 to 11 bits and the fraction 1 to 52, as in float(5,10).`);
  }
  const bias = 2 ** (exponentBits - 1) - 1;
  return floatFormat({
    id, title: `Float with ${exponentBits} exponent and ${fractionBits} fraction bits`, group: 'Your own', exponentBits, fractionBits, bias,
    maxFinite: (2 - 2 ** -fractionBits) * 2 ** bias, infinities: true, nan: 'above', signedZero: true,
  });
}

export type FixedKind = 'signed' | 'unsigned' | 'symmetric';

const fixedPrefix = { signed: '', unsigned: 'u', symmetric: 's' } as const;

/**
 * Fixed point with i integer and f fraction bits, values q·2^−f. `signed` (id `qI.F`) is two's complement with a sign bit of its own,
 * q ∈ [−2^(i+f), 2^(i+f) − 1]; `unsigned` (`uqI.F`) has q ∈ [0, 2^(i+f) − 1]; `symmetric` (`sqI.F`) is Q_{p,s} with p = i + f and s = f,
 * q ∈ [−2^p + 1, 2^p − 1]. Throws `FormatError` unless 1 ≤ i + f ≤ 53, so that every value is a double.
 */
export function fixedFormat(integerBits: number, fractionBits: number, kind: FixedKind = 'signed'): Format {
  const prefix = fixedPrefix[kind];
  const id = `${prefix}q${integerBits}.${fractionBits}`;
  const p = integerBits + fractionBits;
  if (!whole(integerBits, 0, 53) || !whole(fractionBits, 0, 53) || !whole(p, 1, 53)) {
    throw new FormatError(`${prefix}fixed(${integerBits},${fractionBits}) cannot be represented: integer and fraction bits together must be 1 to 53, as in fixed(3,12).`);
  }
  const words = { signed: 'Fixed point', unsigned: 'Unsigned fixed point', symmetric: 'Symmetric fixed point' }[kind];
  return gridFormat({
    id, title: `${words}, ${integerBits} integer and ${fractionBits} fraction bits`, group: 'Fixed point', family: 'fixed', bits: p + (kind === 'unsigned' ? 0 : 1),
    fractionBits, lowest: kind === 'unsigned' ? 0 : kind === 'symmetric' ? 1 - 2 ** p : -(2 ** p), highest: 2 ** p - 1,
  });
}

/** A two's complement or unsigned integer of 2 to 32 bits (unsigned also of 1). Throws `FormatError` outside that range. */
export function integerFormat(bits: number, signed: boolean): Format {
  const id = `${signed ? 'int' : 'uint'}${bits}`;
  if (!whole(bits, signed ? 2 : 1, 32)) throw new FormatError(`${id} cannot be represented: integers have ${signed ? 2 : 1} to 32 bits, as in int8.`);
  return gridFormat({
    id, title: `${bits}-bit ${signed ? 'signed' : 'unsigned'} integer`, group: 'Integers', family: 'integer', bits, fractionBits: 0,
    lowest: signed ? -(2 ** (bits - 1)) : 0, highest: 2 ** (signed ? bits - 1 : bits) - 1,
  });
}

/**
 * The IEEE P3109 format of K bits and precision P: one zero, one NaN, and infinities when `extended`. Signed formats have P < K and bias 2^(K−P−1),
 * unsigned ones P ≤ K and bias 2^(K−P). Throws `FormatError` unless 3 ≤ K ≤ 16 and its exponents are those of a double.
 */
export function p3109Format(k: number, p: number, signed: boolean, extended: boolean): Format {
  const id = `p3109-k${k}p${p}${signed ? 's' : 'u'}${extended ? 'e' : 'f'}`;
  const exponentBits = k - p + (signed ? 0 : 1);
  if (!whole(k, 3, 16) || !whole(p, 1, signed ? k - 1 : k)) {
    throw new FormatError(`${id} does not exist: K is 3 to 16 and P is 1 to ${signed ? 'K − 1 in a signed format' : 'K'}, as in p3109-k8p4se.`);
  }
  if (exponentBits > 11) throw new FormatError(`${id} has values that a double cannot hold; take a precision of at least ${k - (signed ? 11 : 10)}.`);
  const bias = 2 ** (exponentBits - 1);
  // Magnitude codes run to 2^(K−1) − 1 (signed) or 2^K − 1; an unsigned format gives the top one to NaN, an extended one the next to infinity.
  const topCode = 2 ** (signed ? k - 1 : k) - 1 - (signed ? 0 : 1) - (extended ? 1 : 0);
  const fractionBits = p - 1;
  return floatFormat({
    id, title: `P3109 with K = ${k}, P = ${p}, ${signed ? 'signed' : 'unsigned'}, ${extended ? 'extended' : 'finite'}`, group: `P3109, ${k} bits`, signed,
    exponentBits, fractionBits, bias, maxFinite: magnitude(topCode, fractionBits, bias), infinities: extended, nan: signed ? 'sign' : 'above',
  });
}

/** A user's own levels, in code order. Throws `FormatError` when fewer than two differ or one is not finite. */
export function customCodebook(id: string, table: readonly number[]): Format {
  if (table.length > 65536) throw new FormatError(`The codebook "${id}" has ${table.length} levels; at most 65,536 are possible.`);
  return codebookFormat({ id, title: `Codebook of ${table.length} levels`, group: 'Your own', bits: Math.max(1, Math.ceil(Math.log2(table.length))), table });
}

/** p-bit fixed point over [lo, hi]: the 2^p levels lo + (hi − lo)·k/(2^p − 1). */
export function uniformCodebook(bits: number, lo: number, hi: number): Format {
  const id = `uniform(${bits},${lo},${hi})`;
  if (!whole(bits, 1, 16) || !(lo < hi)) throw new FormatError(`${id} cannot be built: it takes 1 to 16 bits and two bounds in ascending order, as in uniform(4,-1,1).`);
  const last = 2 ** bits - 1;
  return customCodebook(id, Array.from({ length: last + 1 }, (_, k) => k === last ? hi : lo + (hi - lo) * (k / last)));
}

function magnitude(code: number, fractionBits: number, bias: number): number {
  const exponent = Math.floor(code / 2 ** fractionBits);
  const fraction = code % 2 ** fractionBits;
  return exponent === 0 ? fraction * 2 ** (1 - bias - fractionBits) : (2 ** fractionBits + fraction) * 2 ** (exponent - bias - fractionBits);
}

function whole(n: number, lo: number, hi: number): boolean {
  return Number.isInteger(n) && n >= lo && n <= hi;
}
