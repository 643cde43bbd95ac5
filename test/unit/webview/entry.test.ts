import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode, exactDecimal, findFormat, formats, hexFloat } from '../../../src/formats';
import type { Format } from '../../../src/formats';
import { anatomy, groupedBits } from '../../../webview/formats/anatomy';
import { convert, toDouble } from '../../../webview/formats/conversion';
import { readEntry } from '../../../webview/formats/entry';

const format = (id: string): Format => { const found = findFormat(id); if (!found) throw new Error(`no format ${id}`); return found; };
const fp64 = format('fp64'), fp16 = format('fp16');

/** The nearest double to a typed text, by way of the exact value. */
function typed(text: string, of: Format = fp64): number {
  const entry = readEntry(text, of);
  if (entry.kind === 'problem') throw new Error(entry.message);
  return entry.kind === 'special' ? entry.value : toDouble(entry.value);
}

/** Value of a hexadecimal float by another route than the code under test: digits summed as powers of two. */
function hexValue(text: string): number {
  const [, sign, whole, fraction, exponent] = /^(-?)0x([\da-f]+)\.?([\da-f]*)p([+-]?\d+)$/.exec(text) ?? [];
  let value = 0;
  for (const digit of whole) value = value * 16 + parseInt(digit, 16);
  [...fraction].forEach((digit, i) => { value += parseInt(digit, 16) * 2 ** (-4 * (i + 1)); });
  const e = Number(exponent);
  return (sign ? -1 : 1) * value * 2 ** Math.trunc(e / 2) * 2 ** (e - Math.trunc(e / 2));
}

describe('what is typed into the number panel', () => {
  it('reads decimals as JavaScript does', () => {
    for (const text of ['0.1', '1e-400', '1e400', '5e-324', '2.4703282292062327e-324', '2.4703282292062328e-324', '-.5', '5.', '+3e2', '9007199254740993', '1.7976931348623158e308']) expect(typed(text), text).toBe(Number(text));
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => { expect(typed(Object.is(x, -0) ? '-0' : String(x))).toBe(x); }));
  });

  it('reads hexadecimal floats, fractions, bits and special values', () => {
    expect(typed('0x1.8p-3')).toBe(0.1875);
    expect(typed('1/3')).toBe(1 / 3);
    expect(typed('-22/7')).toBe(-22 / 7);
    expect(typed('0.1/3')).toBe(1 / 30);
    expect(typed('0b0011110000000000', fp16)).toBe(1);
    expect(typed('0 01111 1000000000', fp16)).toBe(1.5);
    expect(typed('0x3c00', fp16)).toBe(1);
    expect(typed('NaN')).toBeNaN();
    expect(typed('-inf')).toBe(-Infinity);
  });

  it('rounds a fraction once: 1/3 in fp16 is not the double 1/3 rounded again where the two differ', () => {
    // 2049/2048 + 2^-70 lies just above the midpoint of 1 and 1 + 2^-10: the nearest double is the midpoint itself, which would go to even.
    const just = `${(2049n * 2n ** 59n + 1n)}/${2n ** 70n}`;
    const entry = readEntry(just, fp16);
    if (entry.kind !== 'real') throw new Error('not read');
    expect(toDouble(entry.value)).toBe(1 + 2 ** -11);
    expect(convert(entry, fp16, {}).stored).toBe(1 + 2 ** -10);
  });

  it('answers what it cannot read in one sentence, and never throws', () => {
    for (const text of ['', 'abc', '1/0', '0b2', '0x10000', '1/2/3', '0b00000000000000000', '1e', '0x1.p', '--1', '9'.repeat(25_000)]) {
      const entry = readEntry(text, fp16);
      expect(entry.kind, text).toBe('problem');
      if (entry.kind === 'problem') expect(entry.message).toMatch(/[.]$/);
    }
    fc.assert(fc.property(fc.string(), fc.constantFrom(...formats), (text, of) => { readEntry(text, of); }));
  });

  it('writes hexadecimal floats and exact decimals that mean the same value', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), x => {
      expect(hexValue(hexFloat(x))).toBe(x);
      expect(Number(exactDecimal(x))).toBe(x);
    }));
    expect(exactDecimal(0.1)).toBe('0.1000000000000000055511151231257827021181583404541015625');
    expect(hexFloat(0.1)).toBe('0x1.999999999999ap-4');
    expect(exactDecimal(2 ** 70)).toBe('1180591620717411303424');
  });
});

describe('the anatomy of a code', () => {
  const small = formats.filter(f => f.bits <= 8);

  it('has fields that cover all bits, and a formula that gives the decoded value', () => {
    for (const f of small) {
      for (let code = 0; code < 2 ** f.bits; code++) {
        const { fields, formula } = anatomy(f, BigInt(code));
        expect(fields.reduce((n, field) => n + field.bits, 0), f.id).toBe(f.bits);
        expect(groupedBits(f, BigInt(code)).replaceAll(' ', '')).toBe(code.toString(2).padStart(f.bits, '0'));
        const value = decode(f, code);
        if (Number.isFinite(value) && f.layout.kind === 'sign-magnitude') expect(evaluated(formula), `${f.id} ${code}: ${formula}`).toBe(value);
      }
    }
  });

  it('moves by one bit to the value that the format gives that code', () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 63 }), (x, bit) => {
      const code = BigInt(encode(fp64, x)) ^ (1n << BigInt(bit));
      expect(typed(`0b${code.toString(2).padStart(64, '0')}`)).toEqual(decode(fp64, code));
    }));
  });
});

describe('the value in every format', () => {
  it('names exact, rounded, saturated, underflowed and overflowed values', () => {
    const flags = (text: string, id: string, overflow: 'ieee' | 'saturate' = 'ieee'): readonly string[] => {
      const entry = readEntry(text, format(id));
      return entry.kind === 'problem' ? [] : convert(entry, format(id), { overflow }).flags;
    };
    expect(flags('0.5', 'fp16')).toContain('exact');
    expect(flags('0.1', 'fp16')).not.toContain('exact');
    expect(flags('1e5', 'fp16')).toContain('overflow');
    expect(flags('1e5', 'fp16', 'saturate')).toContain('saturated');
    expect(flags('1e-9', 'fp16')).toContain('underflow');
    expect(flags('1e-7', 'fp16')).toContain('subnormal');
    expect(flags('NaN', 'int8')).not.toContain('exact');
  });

  it('gives errors of at most half an ulp when rounding to nearest, in range', () => {
    fc.assert(fc.property(fc.double({ min: 2 ** -14, max: 65504, noNaN: true }), x => {
      const entry = readEntry(exactDecimal(x), fp16);
      if (entry.kind !== 'real') throw new Error('not read');
      const result = convert(entry, fp16, {});
      expect(result.ulps).toBeLessThanOrEqual(0.5);
      expect(Math.abs(result.stored - x)).toBe(Math.abs(result.error));
    }));
  });

});

/** Evaluates `(−1)¹ · 2⁻⁴ · (1 + 614/1024) = …` by its own grammar. */
function evaluated(formula: string): number {
  const digits = (raised: string): number => Number(raised.replace(/./g, c => '-0123456789'['⁻⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(c)]));
  let value = 1;
  for (const factor of formula.split(' = ')[0].split(' · ')) {
    const power = /^(\(−1\)|2)([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/.exec(factor);
    const quotient = /^\(?(1 \+ )?(\d+)\/(\d+)\)?$/.exec(factor);
    if (power) value *= (power[1] === '2' ? 2 : -1) ** digits(power[2]);
    else if (quotient) value *= (quotient[1] ? 1 : 0) + Number(quotient[2]) / Number(quotient[3]);
    else throw new Error(`no meaning for “${factor}” in ${formula}`);
  }
  return value;
}
