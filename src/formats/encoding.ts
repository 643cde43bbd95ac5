import { FormatError, type Codebook, type Format, type Layout } from './format';

/**
 * The code of a value of the format: a number below 2^32, a bigint for wider formats. NaN gives the canonical (quiet) NaN. Throws `FormatError` for a
 * value that the format does not hold: round first.
 */
export function encode(format: Format, x: number): number | bigint {
  const code = encodeBits(format, x);
  return format.bits <= 32 ? Number(code) : code;
}

/** The value of a code; NaN for NaN codes and for codes without a value. Throws `FormatError` for a code outside [0, 2^bits). */
export function decode(format: Format, code: number | bigint): number {
  const bits = toCode(format, code);
  const layout = format.layout;
  switch (layout.kind) {
    case 'sign-magnitude': return decodeFloat(format, layout, bits);
    case 'twos-complement': {
      const units = Number(BigInt.asIntN(format.bits, format.lowest < 0 ? bits : bits << 0n));
      const value = (format.lowest < 0 ? units : Number(bits)) * 2 ** -layout.fractionBits;
      return value < format.lowest || value > format.maxFinite ? NaN : value;
    }
    case 'table': {
      const book = format.values as Codebook;
      const index = book.codes.indexOf(Number(bits));
      return index >= 0 ? book.levels[index] : aliasOfZero(format, Number(bits));
    }
  }
}

type SignMagnitude = Extract<Layout, { kind: 'sign-magnitude' }>;

/** In sign-magnitude codebooks the code of −0 decodes to 0; other codes without a level have no value. */
function aliasOfZero(format: Format, code: number): number {
  const book = format.values as Codebook;
  return code === 2 ** (format.bits - 1) && book.levels.includes(0) && book.codes[book.levels.indexOf(0)] === 0 && format.bits > 2 ? 0 : NaN;
}

function toCode(format: Format, code: number | bigint): bigint {
  const valid = typeof code === 'bigint' || Number.isSafeInteger(code);
  const bits = valid ? BigInt(code) : -1n;
  if (bits < 0n || bits >> BigInt(format.bits) !== 0n) throw new FormatError(`${String(code)} is not a code of ${format.id}, whose codes are the integers of ${format.bits} bits.`);
  return bits;
}

function decodeFloat(format: Format, layout: SignMagnitude, bits: bigint): number {
  const magnitudeBits = BigInt(layout.exponentBits + layout.fractionBits);
  const negative = layout.signBits === 1 && bits >> magnitudeBits === 1n;
  const magnitudeCode = bits & ((1n << magnitudeBits) - 1n);
  if (layout.nan === 'sign' && negative && magnitudeCode === 0n) return NaN;
  const top = largestCode(format, layout);
  if (magnitudeCode > top) return format.infinities && magnitudeCode === top + 1n ? (negative ? -Infinity : Infinity) : NaN;
  const exponent = Number(magnitudeCode >> BigInt(layout.fractionBits));
  const fraction = Number(magnitudeCode & ((1n << BigInt(layout.fractionBits)) - 1n));
  const pure = format.values.kind === 'lattice' && !format.values.zero;
  const units = exponent === 0 && !pure ? fraction : 2 ** layout.fractionBits + fraction;
  const value = scaled(units, (exponent === 0 && !pure ? 1 : exponent) - layout.bias - layout.fractionBits);
  return negative ? -value : value;
}

/** units·2^exponent without an intermediate power that underflows. */
function scaled(units: number, exponent: number): number {
  return exponent < -1022 ? units * 2 ** (exponent + 60) * 2 ** -60 : units * 2 ** exponent;
}

function largestCode(format: Format, layout: SignMagnitude): bigint {
  return magnitudeCodeOf(format, layout, format.maxFinite);
}

/** Code of a finite magnitude: (E << m) + M, from the bits of the double. */
function magnitudeCodeOf(format: Format, layout: SignMagnitude, magnitude: number): bigint {
  const values = format.values;
  if (values.kind !== 'lattice' || magnitude === 0) return 0n;
  const exponent = Math.max(exponentOf(magnitude), values.quantum + layout.fractionBits);
  const scaled = scaleToUnits(magnitude, exponent - layout.fractionBits);
  if (!Number.isInteger(scaled)) throw notAValue(format, magnitude);
  const units = BigInt(scaled);
  const hidden = 1n << BigInt(layout.fractionBits);
  const field = BigInt(exponent + layout.bias);
  return units < hidden && values.zero ? units : (field << BigInt(layout.fractionBits)) + (units - hidden);
}

function scaleToUnits(magnitude: number, exponent: number): number {
  return exponent < -1000 ? magnitude * 2 ** 600 * 2 ** (-exponent - 600) : magnitude / 2 ** exponent;
}

const scratch = new Float64Array(1);
const words = new BigUint64Array(scratch.buffer);

/** ⌊log2 x⌋ of a positive finite double, from its bits. */
export function exponentOf(x: number): number {
  scratch[0] = x;
  const field = Number((words[0] >> 52n) & 0x7ffn);
  if (field > 0) return field - 1023;
  scratch[0] = x * 2 ** 54;
  return Number((words[0] >> 52n) & 0x7ffn) - 1023 - 54;
}

function encodeBits(format: Format, x: number): bigint {
  const layout = format.layout;
  if (layout.kind === 'table') {
    const book = format.values as Codebook;
    const index = book.levels.indexOf(x === 0 ? 0 : x);
    if (index < 0) throw notAValue(format, x);
    return BigInt(book.codes[index]);
  }
  if (layout.kind === 'twos-complement') {
    const units = x * 2 ** layout.fractionBits;
    if (!Number.isInteger(units) || x < format.lowest || x > format.maxFinite) throw notAValue(format, x);
    return BigInt.asUintN(format.bits, BigInt(units));
  }
  return encodeFloat(format, layout, x);
}

function encodeFloat(format: Format, layout: SignMagnitude, x: number): bigint {
  const sign = 1n << BigInt(layout.exponentBits + layout.fractionBits);
  if (x !== x) {
    if (!format.nans) throw notAValue(format, x);
    if (layout.nan === 'sign') return sign;
    const top = largestCode(format, layout);
    const quiet = (((1n << BigInt(layout.exponentBits)) - 1n) << BigInt(layout.fractionBits)) | (layout.fractionBits > 0 ? 1n << BigInt(layout.fractionBits - 1) : 0n);
    return format.infinities && quiet > top + 1n ? quiet : sign - 1n;
  }
  const negative = (x < 0 || Object.is(x, -0)) && (x !== 0 || format.signedZero);
  if (negative && layout.signBits === 0) throw notAValue(format, x);
  const magnitude = Math.abs(x);
  if (magnitude === Infinity ? !format.infinities : magnitude > format.maxFinite) throw notAValue(format, x);
  const code = magnitude === Infinity ? largestCode(format, layout) + 1n : magnitudeCodeOf(format, layout, magnitude);
  if (code < 0n) throw notAValue(format, x);
  return (negative ? sign : 0n) | code;
}

function notAValue(format: Format, x: number): FormatError {
  return new FormatError(`${x} is not a value of ${format.id}; round it first.`);
}
