import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { arithmetic, decode, encode, findFormat, neighbours, parseFormat, rounder, type Format, type Rounding, type RoundingMode } from '../../../src/formats';
import { double, formatId, golden, hexOf, rows } from './vectors';

const modes: Record<string, RoundingMode> = { rne: 'nearest-even', rna: 'nearest-away', rtz: 'toward-zero', rup: 'up', rdn: 'down', rto: 'to-odd' };

/** A code cell of the files as a value; tf32 codes are binary32 patterns. */
function cell(format: Format, text: string): number {
  if (text === 'n' || text === '!') return NaN;
  const code = parseInt(text, 16);
  return decode(format, format.id === 'tf32' ? Math.floor(code / 8192) : code);
}

/** Compares and lists at most ten failures. */
class Tally {
  readonly failures: string[] = [];
  count = 0;
  check(actual: number, expected: number, label: () => string): void {
    this.count++;
    if (!Object.is(actual, expected) && this.failures.length < 10) this.failures.push(`${label()}: ${actual} (${hexOf(actual)}), expected ${expected} (${hexOf(expected)})`);
  }
  done(): void {
    expect(this.failures).toEqual([]);
    expect(this.count).toBeGreaterThan(0);
  }
}

describe('decode.json', () => {
  const tables = JSON.parse(golden('decode.json')) as Record<string, { bits: number; values: (number | string)[]; codes?: number[]; precision?: number; bias?: number; infinities?: boolean; negativeZero?: boolean }>;
  for (const [name, table] of Object.entries(tables)) {
    it(`${name}: every code decodes, every value encodes back`, () => {
      const format = parseFormat(formatId(name));
      expect(format.bits).toBe(table.bits);
      if (table.precision !== undefined && format.family === 'float') expect([format.significandBits, format.bias, format.infinities, format.signedZero]).toEqual([table.precision, table.bias, table.infinities, table.negativeZero]);
      const tally = new Tally();
      table.values.forEach((value, i) => {
        const code = table.codes?.[i] ?? i;
        const expected = Number(value === '-0' ? -0 : value);
        const actual = decode(format, code);
        tally.check(actual, expected, () => `decode ${code.toString(16)}`);
        if (expected === expected && format.family !== 'codebook') tally.check(Number(encode(format, expected)), code, () => `encode ${expected}`);
      });
      const finite = table.values.map(Number).filter(Number.isFinite);
      if (!table.codes) tally.check(format.maxFinite, Math.max(...finite), () => 'maxFinite');
      tally.done();
    });
  }
});

describe('round/*.tsv', () => {
  const folder = resolve(__dirname, '../../../../shared/golden/round');
  const names = readdirSync(folder).filter(f => f.endsWith('.tsv')).map(f => f.slice(0, -4)).filter(n => n !== 'disagreements' && n !== 'e8m0fnu');
  for (const name of names) {
    it(`${name}: six modes, saturating and not`, () => {
      const format = parseFormat(formatId(name));
      const tally = new Tally();
      const data = rows(`round/${name}.tsv`);
      for (const [column, mode] of Object.entries(modes)) {
        for (const saturates of [false, true]) {
          const round = rounder(format, { mode, overflow: saturates ? 'saturate' : 'ieee' });
          for (const row of data) {
            const text = saturates ? row[column + '_s'] || row[column] : row[column];
            if (text === '~') continue;
            tally.check(round(double(row.x)), cell(format, text), () => `${mode}${saturates ? ' saturating' : ''} ${double(row.x)} (${row.x})`);
          }
        }
      }
      tally.done();
    });
  }

  it('e8m0fnu: nearest-even, toward zero and up as gfloat, nearest-away as ml_dtypes (whose ties go up) outside the lowest binade', () => {
    const format = parseFormat('e8m0fnu');
    const tally = new Tally();
    const columns: [string, Rounding][] = [['gf_rne', {}], ['gf_rtz', { mode: 'toward-zero' }], ['gf_rup', { mode: 'up' }]];
    for (const row of rows('round/e8m0fnu.tsv')) {
      const x = double(row.x);
      for (const [column, rounding] of columns) {
        if (row[column]) tally.check(rounder(format, rounding)(x), cell(format, row[column]), () => `${column} ${row.x}`);
      }
      // Just above 2^−127 ml_dtypes goes through binary32 subnormals and rounds up what is nearer to 2^−127.
      if (x > 2 ** -127 && x < 2 ** -126) continue;
      for (const [column, overflow] of [['mld_rne', 'ieee'], ['mld_rne_sat', 'saturate']] as const) {
        if (row[column] && row[column] !== '~' && Math.abs(x) !== Infinity) tally.check(rounder(format, { mode: 'nearest-away', overflow })(x), cell(format, row[column]), () => `${column} ${row.x}`);
      }
    }
    tally.done();
  });
});

describe('stochastic.tsv', () => {
  const rules = [['n8_rne', 'nearest-even'], ['n8_odd', 'nearest-odd'], ['n8_fast', 'midpoint'], ['n8_fastest', 'truncate']] as const;
  it('neighbours, exact probability and the four 8-bit rules', () => {
    const tally = new Tally();
    for (const row of rows('stochastic.tsv')) {
      const format = parseFormat(formatId(row.format));
      const x = double(row.x);
      const [lo, hi] = [cell(format, row.lo), cell(format, row.hi)];
      if (lo === hi) { tally.check(rounder(format, { mode: 'stochastic' })(x), lo, () => `exact ${x}`); continue; }
      const near = neighbours(format, x);
      tally.check(near.down, lo + 0, () => `down ${row.format} ${row.x}`);
      tally.check(near.up + 0, hi + 0, () => `up ${row.format} ${row.x}`);
      // The threshold of an exact decision is the probability of the neighbour of larger magnitude.
      const pHi = double(row.p_hi);
      const [away, p] = Math.abs(hi) > Math.abs(lo) ? [hi, pHi] : [lo, 1 - pHi];
      const at = (u: number): number => rounder(format, { mode: 'stochastic', random: () => u })(x);
      tally.check(at(p * (1 - 2 ** -50)) , away, () => `just below p ${row.format} ${row.x}`);
      tally.check(Number(at(Math.min(p * (1 + 2 ** -50), 1 - 2 ** -53)) === away && p < 0.999999), 0, () => `just above p ${row.format} ${row.x}`);
      for (const [column, randomRule] of rules) {
        let n = 0;
        let word = 0;
        const round = rounder(format, { mode: 'stochastic', randomBits: 8, randomRule, random: () => word / 256 });
        for (word = 0; word < 256; word++) if (round(x) === away) n++;
        tally.check(n, Number(row[column]), () => `${column} ${row.format} ${row.x}`);
      }
    }
    tally.done();
  });
});

describe('arith/*.tsv', () => {
  const operations = ['add', 'sub', 'mul', 'div', 'fma', 'sqrt'] as const;
  for (const name of ['fp16', 'bf16', 'e4m3fn']) {
    it(`${name}: six operations in four modes`, () => {
      const format = findFormat(name)!;
      const tally = new Tally();
      const data = rows(`arith/${name}.tsv`);
      for (const column of ['rne', 'rtz', 'rup', 'rdn']) {
        const ops = arithmetic(format, { mode: modes[column] });
        for (const row of data) {
          const [a, b, c] = [cell(format, row.a), cell(format, row.b), cell(format, row.c)];
          for (const op of operations) {
            const text = row[`${op}_${column}`] || row[`${op}_rne`];
            if (text === '~') continue;
            tally.check(op === 'fma' ? ops.fma(a, b, c) : op === 'sqrt' ? ops.sqrt(a) : ops[op](a, b), cell(format, text), () => `${op} ${column} ${a} ${b} ${c}`);
          }
        }
      }
      tally.done();
    });
  }
});
