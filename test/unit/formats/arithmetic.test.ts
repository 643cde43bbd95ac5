import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arithmetic, decode, encode, formats, parseFormat, rounder, ulp, type Format, type RoundingMode } from '../../../src/formats';
import { add, compare, divide, fraction, multiply, negate, roundExactly, type Fraction, type Table } from './oracle';

const modes: readonly RoundingMode[] = ['nearest-even', 'nearest-away', 'toward-zero', 'up', 'down', 'to-odd'];

/** The format as a bare table, built from its codes. */
function tableOf(format: Format): Table {
  const entries = new Map<number, boolean>();
  for (let code = 0; code < 2 ** format.bits; code++) {
    const value = decode(format, code);
    if (Number.isFinite(value) && !entries.has(value + 0)) entries.set(value + 0, code % 2 === 1);
  }
  const values = [...entries.keys()].sort((a, b) => a - b);
  return {
    values, odd: values.map(v => entries.get(v)!), infinities: format.infinities, signedZero: format.signedZero, saturates: format.family === 'codebook', step: format.minPositive,
  };
}

/** Every format of up to 8 bits that has a zero, but for radix-4, whose ties have a rule of their own. */
const small = formats.filter(f => f.bits <= 8 && !['e8m0fnu', 'binary'].includes(f.id) && !f.id.startsWith('fp4-radix4'));
const tables = new Map(small.map(f => [f.id, tableOf(f)]));

function expected(format: Format, x: Fraction, sign: number, mode: RoundingMode, saturate: boolean): number {
  const table = tables.get(format.id)!;
  const top = table.values[table.values.length - 1];
  const bottom = table.values[0];
  // The value after the largest one if the exponent went on; for unsigned formats, one step below zero.
  return roundExactly(x, sign, mode, saturate, table, top + (format.family === 'codebook' ? 1 : ulp(format, top)), bottom - (format.family === 'codebook' ? 1 : ulp(format, bottom)));
}

const same = (a: number, b: number): boolean => Object.is(a, b);

describe('small formats against a table and exact rationals', () => {
  it('round doubles near values, midpoints and ends in every mode', () => {
    fc.assert(fc.property(fc.constantFrom(...small), fc.nat(), fc.nat(), fc.integer({ min: -3, max: 3 }), fc.double({ min: -2, max: 2, noNaN: true }), fc.constantFrom(...modes), fc.boolean(), (format, i, kind, nudge, far, mode, saturate) => {
      const { values } = tables.get(format.id)!;
      const v = values[i % values.length];
      const w = values[Math.min(i % values.length + 1, values.length - 1)];
      const base = [v, v / 2 + w / 2, v + (w - v) * Math.abs(far / 2), v * (1 + far)][kind % 4];
      const x = nudge === 0 ? base : base * (1 + nudge * 2 ** -52);
      if (Math.abs(x) > Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1])) * 1.2) return;
      const actual = rounder(format, { mode, overflow: saturate ? 'saturate' : 'ieee' })(x);
      const wanted = x < 0 && format.lowest === 0 && Number.isNaN(actual) ? NaN : expected(format, fraction(x), x < 0 || Object.is(x, -0) ? -1 : 1, mode, saturate);
      if (!same(actual, wanted)) throw new Error(`${format.id} ${mode} ${saturate} ${x}: ${actual}, expected ${wanted}`);
    }), { numRuns: 5000 });
  });

  it('add, sub, mul, div and fma in every mode', () => {
    fc.assert(fc.property(fc.constantFrom(...small), fc.nat(), fc.nat(), fc.nat(), fc.constantFrom(...modes), fc.boolean(), fc.constantFrom('add', 'sub', 'mul', 'div', 'fma'), (format, i, j, k, mode, saturate, op) => {
      const { values } = tables.get(format.id)!;
      const [a, b, c] = [i, j, k].map(n => values[n % values.length]);
      const ops = arithmetic(format, { mode, overflow: saturate ? 'saturate' : 'ieee' });
      if (op === 'div' && (b === 0 || a === 0)) return;
      const [fa, fb, fc_] = [a, b, c].map(fraction);
      const exact = op === 'add' ? add(fa, fb) : op === 'sub' ? add(fa, negate(fb)) : op === 'mul' ? multiply(fa, fb) : op === 'div' ? divide(fa, fb) : add(multiply(fa, fb), fc_);
      const product = (a < 0) !== (b < 0) ? -1 : 1;
      // An exact zero sum is −0 only when rounding down, unless both terms are zero (positive here); a rounded-to-zero result keeps its sign.
      const sum = op === 'add' || op === 'sub' || op === 'fma';
      const bothZero = op === 'fma' ? (a === 0 || b === 0) && c === 0 : a === 0 && b === 0;
      const sign = exact.n !== 0n ? (exact.n < 0n ? -1 : 1) : sum ? (bothZero ? undefined : mode === 'down' ? -1 : 1) : product;
      if (sign === undefined) return;
      const actual = op === 'fma' ? ops.fma(a, b, c) : ops[op as 'add'](a, b);
      const table = tables.get(format.id)!;
      const beyond = compare(exact, multiply(fraction(values[values.length - 1]), { n: 6n, d: 5n })) > 0 || compare(exact, multiply(fraction(values[0]), { n: 6n, d: 5n })) < 0;
      if (beyond && !saturate && !table.saturates && format.family !== 'float') return;
      if (format.lowest === 0 && exact.n < 0n) return;
      const wanted = expected(format, exact, sign, mode, saturate);
      if (beyond && mode === 'to-odd') return;
      if (!same(actual, wanted)) throw new Error(`${format.id} ${mode} ${saturate} ${op} ${a} ${b} ${c}: ${actual}, expected ${wanted}`);
    }), { numRuns: 5000 });
  });

  it('square roots in every mode', () => {
    let checked = 0;
    for (const format of small.filter(f => f.bits <= 5 || f.id === 'fp8-e4m3fn' || f.id === 'fp6-e2m3fn' || f.id === 'p3109-k6p3se')) {
      const table = tables.get(format.id)!;
      for (const mode of modes) {
        const { sqrt } = arithmetic(format, { mode, overflow: 'saturate' });
        for (const x of table.values.filter(v => v > 0)) {
          const y = sqrt(x);
          // r = √x lies between y's neighbours: compare squares exactly.
          const i = table.values.indexOf(y);
          const lower = table.values.filter(v => v >= 0 && compare(multiply(fraction(v), fraction(v)), fraction(x)) <= 0).at(-1);
          const upper = table.values.find(v => v >= 0 && compare(multiply(fraction(v), fraction(v)), fraction(x)) >= 0);
          if (i < 0 || (y !== lower && y !== upper)) throw new Error(`${format.id} ${mode} √${x} = ${y}`);
          if (lower === undefined || upper === undefined || lower === upper) continue;
          const middle = divide(add(fraction(lower), fraction(upper)), { n: 2n, d: 1n });
          const side = compare(fraction(x), multiply(middle, middle));
          const wanted = mode === 'up' ? upper : mode === 'down' || mode === 'toward-zero' ? lower : mode === 'to-odd' ? (table.odd[table.values.indexOf(lower)] ? lower : upper) : side > 0 ? upper : lower;
          if (y !== wanted) throw new Error(`${format.id} ${mode} √${x} = ${y}, expected ${wanted}`);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(1000);
  });
});

describe('wide formats', () => {
  const wide = ['fp32', 'fp64', 'bf16', 'tf32', 'fp16', 'float(11,40)', 'float(10,29)', 'float(5,30)', 'int32', 'uint32', 'q3.12', 'fixed(20,33)', 'sq2.9', 'p3109-k16p7se', 'p3109-k12p4uf'].map(parseFormat);

  it('operations are the nearest in-format bracket of the exact result', () => {
    const bits = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff));
    const view = new DataView(new ArrayBuffer(8));
    fc.assert(fc.property(fc.constantFrom(...wide), bits, bits, bits, fc.double({ min: -1, max: 1, noNaN: true }), fc.boolean(), fc.constantFrom('add', 'sub', 'mul', 'div', 'fma'), (format, p, q, r, scale, wideRange, op) => {
      const operand = ([hi, lo]: [number, number]): number => {
        view.setUint32(0, wideRange ? hi : (hi & 0x800fffff) | (0x3ff00000 - ((hi >>> 20) & 15) * 0x100000));
        view.setUint32(4, lo);
        const x = view.getFloat64(0);
        return rounder(format, { overflow: 'saturate' })(Number.isNaN(x) ? scale : x);
      };
      const [a, b, c] = [operand(p), operand(q), operand(r)];
      if (op === 'div' && b === 0) return;
      const ops = (mode: RoundingMode): number => { const o = arithmetic(format, { mode, overflow: 'saturate' }); return op === 'fma' ? o.fma(a, b, c) : o[op as 'add'](a, b); };
      const [fa, fb, fc_] = [a, b, c].map(fraction);
      const exact = op === 'add' ? add(fa, fb) : op === 'sub' ? add(fa, negate(fb)) : op === 'mul' ? multiply(fa, fb) : op === 'div' ? divide(fa, fb) : add(multiply(fa, fb), fc_);
      const [down, up, even, away, zero, odd] = (['down', 'up', 'nearest-even', 'nearest-away', 'toward-zero', 'to-odd'] as const).map(ops);
      const label = `${format.id} ${op} ${a} ${b} ${c}: ${[down, up, even, away, zero, odd].join(' ')}`;
      if (compare(exact, fraction(format.maxFinite)) >= 0 || compare(exact, fraction(format.lowest)) <= 0) return;
      const inside = compare(fraction(down), exact) <= 0 && compare(exact, fraction(up)) <= 0;
      if (!inside) throw new Error(`${label}: the directed results do not enclose the exact one`);
      const width = add(fraction(up), negate(fraction(down)));
      if (down === up ? compare(fraction(up), exact) !== 0 : compare(width, fraction(Math.max(ulp(format, up), ulp(format, down)))) > 0) throw new Error(`${label}: the directed results are not adjacent`);
      const side = compare(exact, divide(add(fraction(up), fraction(down)), { n: 2n, d: 1n }));
      const nearest = side > 0 ? up : side < 0 ? down : undefined;
      if (nearest !== undefined && (even !== nearest || away !== nearest)) throw new Error(`${label}: not the nearest`);
      if (side === 0 && down !== up && (away !== (exact.n > 0n ? up : down) || BigInt(encode(format, even)) % 2n !== 0n)) throw new Error(`${label}: wrong tie`);
      if (zero !== (exact.n >= 0n ? down : up)) throw new Error(`${label}: not toward zero`);
      if (down !== up && BigInt(encode(format, odd)) % 2n !== 1n) throw new Error(`${label}: not odd`);
    }), { numRuns: 2000 });
  });

  it('integers wrap by two’s complement, exactly', () => {
    const int32 = parseFormat('int32');
    const { add: plus, mul, fma } = arithmetic(int32, { overflow: 'wrap' });
    fc.assert(fc.property(fc.integer(), fc.integer(), fc.integer(), (a, b, c) => {
      expect(plus(a, b)).toBe((a + b) | 0);
      expect(mul(a, b)).toBe(Math.imul(a, b) + 0);
      expect(fma(a, b, c)).toBe((Math.imul(a, b) + c) | 0);
      expect(rounder(parseFormat('uint8'), { overflow: 'wrap' })(a)).toBe(a & 255);
    }));
  });

  it('fp64 to nearest is the hardware’s arithmetic, and fma is exact', () => {
    const ops = arithmetic(parseFormat('fp64'));
    fc.assert(fc.property(fc.double(), fc.double(), (a, b) => {
      expect([ops.add(a, b), ops.mul(a, b), ops.div(a, b)]).toEqual([a + b, a * b, a / b]);
    }));
    expect(ops.fma(134217729, 134217729, -18014398777917440)).toBe(1);
    expect(arithmetic(parseFormat('fp32')).fma(4097, 4097, 2 ** -30)).toBe(16785410);
  });
});

describe('stochastic arithmetic', () => {
  /** The draw below which the result is the neighbour away from zero, found by bisection over draws. */
  function threshold(compute: (u: number) => number, inner: number): number {
    const low = Math.abs(inner);
    let [a, b] = [0, 1];
    for (let i = 0; i < 53; i++) { const u = (a + b) / 2; if (Math.abs(compute(u)) > low) a = u; else b = u; }
    return b;
  }

  it('has the exact probability of the unrounded result', () => {
    for (const id of ['bf16', 'fp8-e4m3fn', 'tf32']) {
      const format = parseFormat(id);
      const round = rounder(format);
      fc.assert(fc.property(fc.double({ min: -4, max: 4, noNaN: true }), fc.double({ min: 2 ** -12, max: 4, noNaN: true }), fc.constantFrom('add', 'mul', 'div'), (x, y, op) => {
        const [a, b] = [round(x), round(y)];
        if (b === 0) return;
        const exact = op === 'add' ? add(fraction(a), fraction(b)) : op === 'mul' ? multiply(fraction(a), fraction(b)) : divide(fraction(a), fraction(b));
        const [down, up] = (['down', 'up'] as const).map(mode => arithmetic(format, { mode })[op](a, b));
        if (down === up) return;
        const [inner, outer] = Math.abs(down) < Math.abs(up) ? [down, up] : [up, down];
        const p = threshold(u => arithmetic(format, { mode: 'stochastic', random: () => u })[op](a, b), inner);
        const wanted = divide(add(exact, negate(fraction(inner))), add(fraction(outer), negate(fraction(inner))));
        expect(Math.abs(p - Number(wanted.n * 2n ** 60n / wanted.d) / 2 ** 60)).toBeLessThan(2 ** -48);
      }), { numRuns: 60 });
    }
  });
});
