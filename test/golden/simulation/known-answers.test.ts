import { describe, expect, it } from 'vitest';
import { fromReal, type Real } from '../../../src/protocol/real';
import type { Outcome } from '../../../src/simulation/runtime/outcome';
import { run } from '../../unit/simulation/context';

/** Documented behaviour of classic computations, with the right line to blame. */
function outcome(source: string, name: string, scheme: string, args: readonly never[] | readonly (number | readonly number[])[], mode: 'record' | 'statistics' | 'statistics-wide' = 'record'): Outcome {
  const answer = run(source, name, scheme, args as never, mode);
  if (answer.status !== 'ok') throw new Error(answer.message);
  return answer;
}

const signFlip = `
const relu = (x: number): number => Math.max(0, x);
export function network(x: number): number {
  let a = x; for (let i = 0; i < 128; i++) a += x * -1 / 256;
  let b = -x; for (let i = 0; i < 256; i++) b += x * 0.00390625;
  let c = x; for (let i = 0; i < 128; i++) c += x * -0.0078125;
  let d = -x; for (let i = 0; i < 64; i++) d += x * 0.0078125;
  return 2 * relu(a) + 3 * relu(b) - 3 * relu(c) - 2 * relu(d);
}`.replace('x * -1 / 256', 'x * -0.00390625');

describe('known answers', () => {
  it('the sign-flip network flips both signs at resolution 2^-6 and 2^-5, and the accumulators are absorbed', () => {
    for (const scheme of ['fixed(1,6)', 'fixed(1,5)']) {
      expect(outcome(signFlip, 'network', scheme, [1]).result).toBe(-1);
      expect(outcome(signFlip, 'network', scheme, [-1]).result).toBe(1);
    }
    for (const scheme of ['fixed(1,8)', 'fp16']) {
      expect(outcome(signFlip, 'network', scheme, [1]).result).toBe(1);
      expect(outcome(signFlip, 'network', scheme, [-1]).result).toBe(-1);
    }
    const run = outcome(signFlip, 'network', 'fixed(1,6)', [1]).run!;
    const absorbed = run.sites.filter(s => s.absorbed > 50);
    expect(absorbed.length).toBeGreaterThanOrEqual(4);
    expect(fromReal(run.attributed as Real)).toBe(-2);
  });

  it('Kahan summation in fp16 keeps what naive summation absorbs', () => {
    const source = `
      export function naive(n: number): number { let s = 0; for (let i = 0; i < n; i++) s += 0.1; return s; }
      export function kahan(n: number): number { let s = 0, c = 0; for (let i = 0; i < n; i++) { const y = 0.1 - c, t = s + y; c = (t - s) - y; s = t; } return s; }`;
    expect(outcome(source, 'naive', 'fp16', [4000]).result).toBe(256);
    expect(outcome(source, 'kahan', 'fp16', [4000]).result).toBeCloseTo(400, -0.5);
  });

  it('Muller\'s recurrence in double goes to 100, its reference does not yet', () => {
    const source = 'export function muller(n: number): number { let x = 4, y = 4.25; for (let i = 0; i < n; i++) { const z = 108 - (815 - 1500 / x) / y; x = y; y = z; } return y; }';
    const { result, reference } = outcome(source, 'muller', 'fp64', [20]);
    expect(result).toBeCloseTo(100, 0);
    expect(reference).toBeCloseTo(5, 0);
  });

  it('Rump\'s polynomial in double is wrong in every digit; double-double is not enough either, but the cancellation is named', () => {
    const source = 'export function rump(a: number, b: number): number { return 333.75 * b ** 6 + a * a * (11 * a * a * b * b - b ** 6 - 121 * b ** 4 - 2) + 5.5 * b ** 8 + a / (2 * b); }';
    const answer = outcome(source, 'rump', 'fp64', [77617, 33096]);
    expect(Math.abs(answer.result as number)).toBeGreaterThan(1e20);
    expect(Math.max(...answer.run!.sites.map(s => s.cancelled))).toBeGreaterThan(40);
  });

  it('naive variance in fp32 cancels, Welford\'s does not', () => {
    const source = `
      export function naive(xs: number[]): number { let s = 0, q = 0; for (const x of xs) { s += x; q += x * x; } return (q - s * s / xs.length) / (xs.length - 1); }
      export function welford(xs: number[]): number { let m = 0, q = 0, n = 0; for (const x of xs) { n++; const d = x - m; m += d / n; q += d * (x - m); } return q / (n - 1); }`;
    const xs = [10001.1, 10002.3, 10003.9, 10004.2, 10000.7];
    const naive = outcome(source, 'naive', 'fp32', [xs]);
    const welford = outcome(source, 'welford', 'fp32', [xs]);
    const off = (o: Outcome): number => Math.abs((o.result as number) - (o.reference as number)) / (o.reference as number);
    expect(off(naive)).toBeGreaterThan(0.01);
    expect(off(welford)).toBeLessThan(0.001);
    expect(Math.max(...naive.run!.sites.map(s => s.cancelled))).toBeGreaterThan(20);
  });

  it('contributions add up to the observed error on smooth code', () => {
    const source = 'export function f(x: number, y: number, n: number): number { let s = 0; for (let i = 1; i <= n; i++) s += Math.sin(x * i) * Math.exp(-y * i) / (1 + x * x / i); return Math.sqrt(s * s + 0.3); }';
    for (const scheme of ['fp16', 'bf16', 'fp32', 'tf32', 'fp8-e5m2', 'fp64', 'fp16+fp32', 'fixed(3,10)']) {
      const { run: r } = outcome(source, 'f', scheme, [0.7, 0.11, 40]);
      const [observed, attributed] = [fromReal(r!.output.error as Real), fromReal(r!.attributed as Real)];
      expect(Math.abs(observed - attributed), scheme).toBeLessThanOrEqual(0.01 * Math.abs(observed) + 1e-25);
    }
  });
});
