import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitFields, decode, exactDecimal, findFormat, FormatError, formats, hexFloat, inspect, neighbourhood, parseFormat, parseValue, roundText, storageError } from '../../../src/formats';

const fp64 = parseFormat('fp64');

/** Exact rational comparison of a decimal expansion with a double, by scaling both to integers. */
function equals(text: string, x: number): boolean {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const digits = BigInt(whole + fraction) * (text.startsWith('-') ? -1n : 1n);
  let m = x;
  let e = 0;
  while (!Number.isInteger(m)) { m *= 2; e++; }
  return digits << BigInt(e) === BigInt(m) * 10n ** BigInt(fraction.length);
}

describe('exact text', () => {
  it('writes every digit, and nothing but them', () => {
    expect(exactDecimal(0.1)).toBe('0.1000000000000000055511151231257827021181583404541015625');
    expect([1, -0, 1e22, -2.5, 2 ** -10, NaN, -Infinity].map(exactDecimal)).toEqual(['1', '-0', '10000000000000000000000', '-2.5', '0.0009765625', 'NaN', '-Infinity']);
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e60, max: 1e60 }), x => {
      if (Math.abs(x) > 1e-60) expect(equals(exactDecimal(x), x)).toBe(true);
      expect(Number(exactDecimal(x))).toBe(x);
    }), { numRuns: 300 });
  });

  it('writes hexadecimal floats that read back', () => {
    expect([0.1, 1, -0, 5e-324, 2 ** -1022, -1.5, Infinity].map(hexFloat)).toEqual(['0x1.999999999999ap-4', '0x1p+0', '-0x0p+0', '0x0.0000000000001p-1022', '0x1p-1022', '-0x1.8p+0', 'Infinity']);
    fc.assert(fc.property(fc.double({ noNaN: true }), x => { expect(roundText(hexFloat(x), fp64)).toBe(x); }), { numRuns: 300 });
  });
});

describe('typed values', () => {
  it('a decimal becomes the same double as in JavaScript', () => {
    const digits = fc.stringMatching(/^-?[0-9]{1,25}(\.[0-9]{1,25})?(e[+-]?[0-9]{1,3})?$/);
    fc.assert(fc.property(digits, text => { expect(roundText(text, fp64)).toBe(Number(text)); }), { numRuns: 1000 });
    for (const text of ['2.4703282292062327e-324', '2.4703282292062328e-324', '1.7976931348623158e308', '1.7976931348623159e308', '9007199254740993', '.5', '5.', '1e-400', '-1e400']) expect(roundText(text, fp64)).toBe(Number(text));
  });

  it('rounds once: no stop at a double', () => {
    // Just above the midpoint of 2048 and 2050; as a double it is the midpoint itself.
    expect(roundText('2049.00000000000000000001', parseFormat('fp16'))).toBe(2050);
    expect(roundText('2049', parseFormat('fp16'))).toBe(2048);
    expect(roundText('0.1', fp64, { mode: 'down' })).toBe(0.09999999999999999);
    expect(roundText('1e-999999999', parseFormat('fp16'), { mode: 'up' })).toBe(2 ** -24);
    expect(roundText('1e999999999', parseFormat('int8'), { overflow: 'saturate' })).toBe(127);
  });

  it('reads fractions, bits and special values', () => {
    const fp16 = parseFormat('fp16');
    expect(roundText('1/3', parseFormat('fp32'))).toBe(Math.fround(1 / 3));
    expect(roundText('-1/0.3', fp64)).toBe(-1 / 0.3 > -3.3333333333333335 ? -1 / 0.3 : -3.3333333333333335);
    expect(['0b0 01111 1000000000', '0x3c00', '0xfc00', 'nan', '-inf', '0x1.8p1', '−2'].map(text => roundText(text, fp16))).toEqual([1.5, 1, -Infinity, NaN, -Infinity, 3, -2]);
    expect(Object.is(roundText('-0', fp16), -0)).toBe(true);
  });

  it.each(['', 'abc', '1/0', '1/2/3', '0b01', '0x12345', '1e', '--1', '0x', '.', '1'.repeat(20001)])('refuses %s in one sentence', text => {
    expect(() => parseValue(text, parseFormat('fp16'))).toThrow(FormatError);
  });
});

describe('inspection', () => {
  it('groups the bits of every layout and names them', () => {
    expect(inspect(parseFormat('fp16'), -1.5).fields.map(f => [f.kind, f.bits])).toEqual([['sign', '1'], ['exponent', '01111'], ['significand', '1000000000']]);
    expect(inspect(parseFormat('q3.12'), -1.5).fields.map(f => f.bits).join('|')).toBe('1|110|100000000000');
    expect(inspect(parseFormat('nf4'), 1).fields).toEqual([{ kind: 'index', bits: '1111', words: 'level 15' }]);
    expect(inspect(parseFormat('fp16'), 2 ** -24)).toMatchObject({ kind: 'subnormal', hexCode: '0x0001', ulp: 2 ** -24, down: 0, up: 2 ** -23 });
    for (const format of formats) expect(bitFields(format, BigInt(0)).map(f => f.bits).join('')).toBe('0'.repeat(format.bits));
  });

  it('measures the error of a stored value exactly', () => {
    const third = parseValue('1/3', fp64);
    if (third.kind !== 'finite') throw new Error('1/3 is finite');
    // 1/3 in binary64 is 6004799503160661 / 2^54: the error is −1/3 of 2^−54.
    const error = storageError(fp64, third.value, 1 / 3);
    expect(error.absolute).toBeCloseTo(-(2 ** -54) / 3, 30);
    expect(error.ulps).toBeCloseTo(-1 / 3, 12);
    expect(storageError(parseFormat('fp16'), third.value, Infinity).ulps).toBe(Infinity);
  });

  it('lists the number line around a value', () => {
    expect(neighbourhood(parseFormat('fp4'), 2.2, 2)).toEqual([1.5, 2, 3, 4]);
    expect(neighbourhood(parseFormat('fp4'), 6, 2)).toEqual([4, 6]);
  });
});

describe('names', () => {
  it('aliases and parametric names answer with the full format', () => {
    expect(['fp4', 'fp8', 'FP16', 'float32', 'e4m3fn', 'p3109_k8p4se', 'fixed(3,12)', 'ufixed(4,4)', 'symfixed(1,6)', 'int7', 'uint1'].map(id => parseFormat(id).id))
      .toEqual(['fp4-e2m1fn', 'fp8-e4m3fn', 'fp16', 'fp32', 'fp8-e4m3fn', 'p3109-k8p4se', 'q3.12', 'uq4.4', 'sq1.6', 'int7', 'uint1']);
    expect(parseFormat('float(4,5)')).toBe(parseFormat('float(4, 5)'));
    expect(findFormat('nothing')).toBeUndefined();
    expect(decode(parseFormat('float(5,10)'), 0x3c01)).toBe(1 + 2 ** -10);
    expect(new Set(formats.map(f => f.id)).size).toBe(formats.length);
    for (const format of formats) expect(findFormat(format.id)).toBe(format);
  });

  it.each([['fp17', /did you mean/], ['float(0,70)', /exponent needs 2 to 11 bits/], ['fixed(40,40)', /1 to 53/], ['int99', /32 bits/], ['p3109-k20p3se', /K is 3 to 16/], ['p3109-k16p1se', /a double cannot hold/], ['uniform(3,1,1)', /ascending/], ['codebook(1,x)', /finite/]])('%s is refused with the remedy', (id, message) => {
    expect(() => parseFormat(id)).toThrow(message);
    expect(() => parseFormat(id)).toThrow(FormatError);
  });
});
