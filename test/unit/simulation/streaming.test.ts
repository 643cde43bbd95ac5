import { describe, expect, it } from 'vitest';
import { loadModules } from '../../../src/server/simulate/modules';
import { instrumentProgram } from '../../../src/server/simulate/program';
import type { Outcome } from '../../../src/simulation/runtime/outcome';
import type { SiteSummary } from '../../../src/simulation/runtime/tape';
import { run } from './context';

/** Programs whose expressions the streaming kernel computes as a whole; every number that enters a sum was computed, so that the tape knows both operands. */
const programs: Readonly<Record<string, string>> = {
  'sums of products': 'const c = x / 11; let s = x / 3; for (let i = 1; i < 40; i++) s += c * i - s / 7 + (s - c) * (s - c) * 0.01; return s;',
  'cancellation and absorption': 'let s = x / 3, t = x / 7; for (let i = 1; i < 60; i++) { const u = x / i, v = u * 2; s += (v - u) * 0.5 - (u - v / 3); t = t + s * 3 - t * 1.01; } return s - t;',
  'subnormal results and zeros': 'let s = x / 3, t = x * 0; for (let i = 0; i < 70; i++) { s = s * 0.5 + s * s * 0.25; t = t * 0.5 + (s - s / 3) * (s - s); } return s + t;',
  'overflow': 'let a = x * x + x / 3; for (let i = 0; i < 12; i++) a = a * a + a * 2; return a - a / 3;',
  'comparisons, roots and signs': 'let s = x / 3; for (let i = 1; i < 50; i++) { const d = x / i; if (d * d + s * d < 2 - s * d) s = s + Math.sqrt(d * d + d) * 0.1; else s = -s * 0.5 + Math.abs(d - s * 2); } return s;',
  'index arithmetic of parameters': 'const n = 6, g = new Float64Array(36); const at = (i: number, j: number, w: number) => g[i * w + j]; for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) g[i * n + j] = x / (i + 1) + x / (j + 2); let s = x / 9; for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) s += at(i, j, n) * at(j, i, n); return s;',
  'operands that are no numbers': 'let s = x / 3; const o = { valueOf: () => x / 7 } as unknown as number, t = "2" as unknown as number; for (let i = 0; i < 5; i++) s = s * t - o * s + (s - o) / t; return s;',
  'calls among the operands': 'let k = x / 3; const f = () => { k = k * 0.7 + x / 9; return k; }; let s = x / 5; for (let i = 0; i < 9; i++) s = k * s - f() * k + (k - s) / f(); return s;',
};

function sitesOf(text: string, scheme: string, mode: 'record' | 'statistics'): { result: unknown; sites: SiteSummary[] } {
  const outcome = run(`export function f(x: number): unknown { ${text} }`, 'f', scheme, [1.7], mode) as Outcome;
  return { result: outcome.result, sites: outcome.run!.sites.filter(s => s.count > 0) };
}

describe('a streaming run counts what a recorded run counts', () => {
  for (const [name, text] of Object.entries(programs)) {
    it.each(['fp16', 'fp8-e4m3', 'fp64', 'fp16+fp32'])(`${name}: %s`, scheme => {
      const [streamed, recorded] = [sitesOf(text, scheme, 'statistics'), sitesOf(text, scheme, 'record')];
      expect(streamed.result).toEqual(recorded.result);
      const known = new Map(streamed.sites.map(s => [s.site, s]));
      const operations = new Set(['add', 'sub', 'mul', 'div', 'sqrt', 'abs', 'neg']);
      const kinds = operatorsOf(text);
      for (const r of recorded.sites) {
        if (!operations.has(kinds[r.site])) continue;
        const s = known.get(r.site);
        expect([s?.count, s?.lo, s?.hi], `site ${r.site}`).toEqual([r.count, r.lo, r.hi]);
        if (kinds[r.site] !== 'add' && kinds[r.site] !== 'sub') continue;
        expect(s!.absorbed, `absorbed at site ${r.site}`).toBe(r.absorbed);
        if (typeof r.condition === 'number' && r.condition > 1) expect(s!.condition, `condition at site ${r.site}`).toBeCloseTo(r.condition, 6);
      }
    });
  }
});

/** Operators by site number: both modes number the same sites in the same order. */
function operatorsOf(text: string): readonly string[] {
  const files = { readFile: (): string => `export function f(x: number): unknown { ${text} }`, fileExists: (): boolean => true };
  return instrumentProgram(loadModules('/test.ts', files), 'record', 'f').sites.map(s => s.operator);
}
