import { transformSync } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMpfr, type Mpfr } from '../exact/mpfr';
import { applyFix, findingsOf } from './support';

/**
 * A safe fix preserves or improves every value: original and fixed expression are evaluated on points of all magnitudes and compared with MPFR. The fixed one may be off by the
 * library's own ulp where the original was right by luck, and never by more.
 */
interface Subject {
  readonly hazard: string;
  /** Body of an arrow function of x (and y). */
  readonly code: string;
  /** The real function of the doubles x, y, rounded once. */
  readonly exact: (mpfr: Mpfr, x: number, y: number) => number;
  readonly points: readonly (readonly [number, number])[];
}

const magnitudes = [-300, -100, -20, -16, -12, -9, -6, -4, -2, -1, 0, 0.5, 1, 1.5, 2].flatMap(e => [1, 1.37, 2.9].map(m => m * 10 ** e));
const both = [...magnitudes, ...magnitudes.map(x => -x), 0];
const one = (xs: readonly number[]): readonly (readonly [number, number])[] => xs.map(x => [x, 0] as const);
const pairs = magnitudes.flatMap(x => [[x, x / 3], [x, 1e-3], [-x, x * 1e10]] as const).concat([[3e200, 4e200], [1e-200, 1e-200], [0, 0]]);
const powers = Array.from({ length: 40 }, (_, i) => 2 ** i).concat(Array.from({ length: 22 }, (_, i) => 10 ** i), magnitudes);

/** 1 − cos x = x²/2! − x⁴/4! + …, in fixed point of 2,300 bits, which holds every double and its square. */
function oneMinusCos(x: number): number {
  const bits = 2300n;
  const mantissa = BigInt(Math.abs(x) / 2 ** (x === 0 ? 0 : Math.max(-1022, Math.floor(Math.log2(Math.abs(x)))) - 52));
  const shift = bits + BigInt(x === 0 ? 0 : Math.max(-1022, Math.floor(Math.log2(Math.abs(x)))) - 52);
  const square = ((mantissa << shift) * (mantissa << shift)) >> bits;
  let term = square / 2n;
  let sum = 0n;
  for (let n = 2n; term !== 0n; n += 2n) {
    sum += term;
    term = -((term * square) >> bits) / ((n + 1n) * (n + 2n));
  }
  const width = sum.toString(2).length;
  const kept = BigInt(Math.max(0, width - 64));
  const scale = Number(kept - bits);
  return Number(sum >> kept) * 2 ** Math.max(-1000, scale) * 2 ** (scale - Math.max(-1000, scale));
}

const subjects: readonly Subject[] = [
  { hazard: 'exp-minus-one', code: 'Math.exp(x) - 1', exact: (m, x) => m.round('expm1', [[x]], 0), points: one(both) },
  { hazard: 'exp-minus-one', code: '1 - Math.exp(-x)', exact: (m, x) => -m.round('expm1', [[-x]], 0), points: one(both) },
  { hazard: 'log-one-plus', code: 'Math.log(1 + x)', exact: (m, x) => m.round('log1p', [[x]], 0), points: one(both.filter(x => x > -1)) },
  { hazard: 'log-one-plus', code: 'Math.log(1 - x)', exact: (m, x) => m.round('log1p', [[-x]], 0), points: one(both.filter(x => x < 1)) },
  { hazard: 'one-minus-cos', code: '1 - Math.cos(x)', exact: (_, x) => oneMinusCos(x), points: one(both.filter(x => Math.abs(x) < 3)) },
  { hazard: 'hypot-overflow', code: '((re, im) => Math.sqrt(re * re + im * im))(x, y)', exact: (m, x, y) => m.round('hypot', [[x], [y]], 0), points: pairs },
  { hazard: 'pow-fraction', code: 'Math.pow(x, 1 / 3)', exact: (m, x) => m.round('cbrt', [[x]], 0), points: one(both) },
  { hazard: 'log-base-ratio', code: 'Math.floor(Math.log(x) / Math.LN10)', exact: (m, x) => Math.floor(m.round('log10', [[x]], 3)), points: one(powers) },
  { hazard: 'log-base-ratio', code: 'Math.ceil(Math.log(x) / Math.LN2)', exact: (m, x) => Math.ceil(m.round('log2', [[x]], 2)), points: one(powers) },
];

const evaluate = (body: string): (x: number, y: number) => number => new Function('x', 'y', transformSync(`return ${body}`, { loader: 'ts' }).code) as (x: number, y: number) => number;

/** Distance in units of the last place of the exact value; 0 for equal specials, Infinity where one is NaN or infinite and the other is not. */
function ulps(value: number, exact: number): number {
  if (Object.is(value, exact) || value === exact) return 0;
  if (!Number.isFinite(value) || !Number.isFinite(exact)) return Infinity;
  return Math.abs(value - exact) / Math.max(2 ** -1074, 2 ** (Math.floor(Math.log2(Math.abs(exact))) - 52));
}

describe('safe fixes', () => {
  let mpfr: Mpfr;
  beforeAll(async () => { mpfr = await loadMpfr(); });
  for (const { hazard, code, exact, points } of subjects) {
    it(`${code} is never worse after the fix`, () => {
      const source = `export const f = (x: number, y: number) => ${code};`;
      const finding = findingsOf(source).find(f => f.hazard === hazard)!;
      expect(finding.fixes[0].safe).toBe(true);
      const fixed = applyFix(source, finding).replace(/^.*?=> /, '').replace(/;$/, '');
      const [before, after] = [evaluate(code), evaluate(fixed)];
      let better = 0;
      for (const [x, y] of points) {
        const truth = exact(mpfr, x, y);
        const [was, is] = [ulps(before(x, y), truth), ulps(after(x, y), truth)];
        expect(is, `${fixed} at ${x}, ${y}: ${after(x, y)} instead of ${truth}; before ${before(x, y)}`).toBeLessThanOrEqual(Math.max(was, 2));
        if (is < was) better++;
      }
      expect(better).toBeGreaterThan(0);
    });
  }

  it('clamps keep every value inside the domain and answer just outside', () => {
    const source = 'export const f = (a: number, b: number) => Math.acos(a * b);';
    const fixed = evaluate(applyFix(source, findingsOf(source).find(f => f.hazard === 'invalid-domain')!).replace(/^.*?=> /, '').replace(/;$/, '').replaceAll(/\ba \* b\b/g, 'x'));
    for (const x of [-1, -0.5, -1e-300, 0, 0.3, 1]) expect(fixed(x, 0)).toBe(Math.acos(x));
    expect([fixed(1 + 2 ** -52, 0), fixed(-1 - 2 ** -52, 0)]).toEqual([0, Math.PI]);
  });

  it('a reduced minimum or maximum is the spread one for every array', () => {
    const lists = [[], [3], [1, 2, -5], [0, -0], [-0, 0], [NaN, 1], [1, NaN], [Infinity, -Infinity], both];
    for (const name of ['max', 'min'] as const) {
      const source = `export const f = (xs: number[]) => Math.${name}(...xs);`;
      const finding = findingsOf(source).find(f => f.hazard === 'spread-minmax')!;
      expect(finding.fixes[0].safe).toBe(true);
      const fixed = new Function('xs', `return ${applyFix(source, finding).replace(/^.*?=> /, '')}`) as (xs: readonly number[]) => number;
      for (const xs of lists) expect(fixed(xs)).toBe(Math[name](...xs));
    }
    // Of a set there is no reduce.
    const set = 'export const f = (xs: Set<number>) => Math.max(...xs);';
    expect(findingsOf(set).find(f => f.hazard === 'spread-minmax')!.fixes).toEqual([]);
  });

  it('money is rounded to the nearest whole', () => {
    const source = 'export const cents = (amount: number) => amount * 100;';
    const fixed = evaluate(applyFix(source, findingsOf(source).find(f => f.hazard === 'money-float')!).replace(/^.*?=> /, '').replace(/;$/, '').replaceAll('amount', 'x'));
    for (let c = 0; c < 100_000; c += 7) expect(fixed(c / 100, 0)).toBe(c);
  });
});
