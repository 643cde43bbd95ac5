import { describe, expect, it } from 'vitest';
import { fromReal, type JsonValue, type Real } from '../../../src/protocol/real';
import type { SchemeRequest } from '../../../src/protocol/report';
import type { Outcome } from '../../../src/simulation/runtime/outcome';
import { resultOf, run } from './context';

function outcome(source: string, name: string, scheme: string | SchemeRequest, args: readonly JsonValue[], mode: 'record' | 'statistics' = 'record'): Outcome {
  const answer = run(source, name, scheme, args, mode);
  if (answer.status !== 'ok') throw new Error(answer.message);
  return answer;
}

describe('stochastic rounding', () => {
  const source = 'export function f(n: number) { const out: number[] = []; let s = 0; for (let i = 0; i < n; i++) { s += 0.1; out.push(s); } return out; }';
  const results = (seed: number, n: number): number[] => resultOf(run(source, 'f', { id: 'bf16', rounding: 'stochastic', seed }, [n], 'record', `/seed${seed}-${n}.ts`)) as number[];
  it('is the same for the same seed and another for another', () => {
    expect(results(7, 300)).toEqual(results(7, 301).slice(0, 300));
    expect(results(7, 300)).not.toEqual(results(8, 300));
  });
  it('does not stall where rounding to nearest does', () => {
    const nearest = resultOf(run(source, 'f', 'bf16', [3000])) as number[];
    expect(nearest[2999]).toBeLessThan(100);
    expect(results(3, 3000)[2999]).toBeGreaterThan(200);
    expect(results(3, 3000)[2999]).toBeLessThan(400);
  });
});

describe('what a run reports', () => {
  it('overflow of a number too large, not of one that is infinite from the start', () => {
    const overflows = (source: string): number => outcome(source, 'f', 'fp16', [3]).run!.sites.reduce((sum, site) => sum + site.overflow, 0);
    expect(overflows('export function f(x: number) { let least = Infinity; const most = Math.max(-Infinity, x); if (x < least) least = x; return least + most; }')).toBe(0);
    expect(overflows('export function f(x: number) { return x * 1e5; }')).toBeGreaterThan(0);
  });

  it('numbers that a native function makes of others are untracked, and only those', () => {
    const kept = "export function kept(x: number) { return [x / 3].map(v => Math.sqrt(v)).reduce((a, b) => a + b, 0) + Math.max(x, 0.5) + Number.parseFloat('0.5'); }";
    const lost = 'export function lost(x: number) { let s = 0; for (let i = 1; i < 4; i++) s += parseFloat(x / (3 * i) as unknown as string); return s; }';
    for (const mode of ['record', 'statistics'] as const) {
      expect(outcome(kept, 'kept', 'fp16', [2.7], mode).run!.untracked).toEqual([]);
      const { untracked } = outcome(lost, 'lost', 'fp16', [2.7], mode).run!;
      expect(untracked.map(([, count]) => count)).toEqual([3]);
    }
  });

  it.each(['fp16', 'bf16', 'fp32', 'fp8-e5m2', 'fp16+fp32'])('contributions of the sites add up to the error of the first number, %s', scheme => {
    const kernels: readonly [string, string, JsonValue[]][] = [
      ['norm', 'export function norm(xs: number[]) { let s = 0; for (const x of xs) s += x * x; return Math.sqrt(s); }', [[0.3, 1.7, -2.2, 0.9]]],
      ['solve', 'export function solve(a: number, b: number, c: number) { const d = Math.sqrt(b * b - 4 * a * c); return [(-b + d) / (2 * a), (-b - d) / (2 * a)]; }', [1.3, 5.7, 0.9]],
      ['logsum', 'export function logsum(xs: number[]) { const m = Math.max(...xs); return { value: m + Math.log(xs.map(x => Math.exp(x - m)).reduce((a, b) => a + b, 0)) }; }', [[0.3, 1.7, -0.2]]],
      ['poly', 'export class P { c = [0.3, -1.1, 0.7]; at(x: number) { return this.c.reduceRight((y, c) => y * x + c, 0) ** 3 / (1 + Math.hypot(x, 1, 0.5)); } }\nexport const poly = (x: number) => new P().at(x);', [0.83]],
    ];
    for (const [name, source, args] of kernels) {
      const { run: report, numbers } = outcome(source, name, scheme, args);
      const error = fromReal(numbers[0][1] as Real) - fromReal(numbers[0][2] as Real);
      const sum = report!.sites.reduce((s, site) => s + fromReal(site.contributed as Real), 0);
      expect(Math.abs(sum - error), name).toBeLessThanOrEqual(0.01 * Math.abs(error) + 1e-15);
    }
  });

  it('statistics and record agree on counts, overflow and NaN', () => {
    const source = 'export function f(n: number) { let p = 1, s = 0; for (let i = 0; i < n; i++) { p *= 3.3; s += p - p * 0.999; } return p - p + s; }';
    const [a, b] = [outcome(source, 'f', 'fp16', [14]), outcome(source, 'f', 'fp16', [14], 'statistics')];
    const of = (o: Outcome, key: 'count' | 'overflow' | 'nan'): Record<number, number> => Object.fromEntries(o.run!.sites.filter(s => s.count > 1).map(s => [s.site, s[key]]));
    for (const site of Object.keys(of(b, 'count'))) expect(of(b, 'count')[Number(site)], `site ${site}`).toBe(of(a, 'count')[Number(site)]);
    expect(a.result).toBe(b.result);
    const total = (o: Outcome, key: 'overflow' | 'nan'): number => o.run!.sites.reduce((s, x) => s + x[key], 0);
    expect(Math.min(total(a, 'overflow'), total(b, 'overflow'))).toBeGreaterThan(0);
  });
});
