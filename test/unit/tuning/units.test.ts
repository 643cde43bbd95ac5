import { describe, expect, it } from 'vitest';
import { loadModules } from '../../../src/server/simulate/modules';
import { instrumentProgram } from '../../../src/server/simulate/program';
import { measuring } from '../../../src/server/tune/sizes';
import { unitsOfSites } from '../../../src/server/tune/units';

const text = `export function f(xs: number[], /* @format a */ scale: number): number {
  let /* @format b */ sum = 0;
  const /* @format c */ out = new Float64Array(xs.length);
  for (let i = 0; i < xs.length; i++) { sum += xs[i] * scale; out[i] = xs[i] / 3; }
  const half = sum * 0.5;
  return half - out[0];
}
`;
const files = { readFile: (path: string) => (path === '/f.ts' ? text : undefined), fileExists: (path: string) => path === '/f.ts' };

describe.each(['statistics', 'statistics-wide'] as const)('the instrumented program for %s', mode => {
  const program = instrumentProgram(loadModules('/f.ts', files), mode, 'f');
  const units = unitsOfSites(program);
  const formatAt = (source: string): string | null | undefined => {
    const site = program.sites.findIndex(s => s.text === source && ['add', 'sub', 'mul', 'div'].includes(s.operator));
    const unit = units[site];
    return site < 0 ? undefined : unit === null ? null : program.formats[unit];
  };

  it('tells which operation rounds to which variable\'s format', () => {
    expect(program.formats).toEqual(expect.arrayContaining(['a', 'b', 'c']));
    expect(formatAt('sum += xs[i] * scale')).toBe('b');
    expect(formatAt('xs[i] * scale')).toBe('b');
    expect(formatAt('xs[i] / 3')).toBe(null);
    expect(formatAt('sum * 0.5')).toBe(null);
    expect(formatAt('half - out[0]')).toBe(null);
  });

  it('can note the arrays that take a format', () => {
    const { scripts } = measuring(program);
    const notes = scripts.at(-1)!.text.match(/sizeF\d+\(/g) ?? [];
    expect(notes.length).toBeGreaterThanOrEqual(2);
    expect(scripts.at(-1)!.text).not.toMatch(/\$0(in|add|mul)F\d+\(/);
  });
});
