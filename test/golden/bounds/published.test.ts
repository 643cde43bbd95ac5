import { describe, expect, it } from 'vitest';
import { bound } from '../../../src/analysis/bounds';
import { fromReal } from '../../../src/protocol/real';
import { geometricMean, lowerPublished, median, publishedPrograms, type PublishedProgram } from './programs';

const programs = publishedPrograms();

function errorOf(p: PublishedProgram, roundedInputs: boolean, mathUlps?: number): number {
  const { f, program } = lowerPublished(p);
  return fromReal(bound(f, program, { box: p.pre, roundedInputs, ...(mathUlps ? { mathUlps } : {}), budget: { milliseconds: 60_000 } }).result.absoluteError);
}

for (const model of ['exactInputs', 'roundedInputs'] as const) {
  describe(`published programs, ${model}`, () => {
    // The other tools take Math functions to be accurate to 0.75 ulp; the default here is what JavaScript engines need.
    const ours = new Map(programs.map(p => [p.name, { standard: errorOf(p, model === 'roundedInputs'), same: errorOf(p, model === 'roundedInputs', 0.75) }]));

    it('no bound is below an observed error', () => {
      for (const p of programs) {
        const observed = p[model].observed;
        if (observed !== null) expect(ours.get(p.name)!.standard, p.name).toBeGreaterThanOrEqual(observed);
      }
    });

    it('every program has a finite bound', () => {
      for (const p of programs) expect(ours.get(p.name)!.standard, p.name).toBeLessThan(Infinity);
    });

    const compared = programs.filter(p => p[model].fptaylor !== null);
    const ratios = (which: 'standard' | 'same'): number[] => compared.map(p => ours.get(p.name)![which] / p[model].fptaylor!);

    it('the geometric mean is at most 0.65 of FPTaylor', () => {
      expect(geometricMean(ratios('standard'))).toBeLessThanOrEqual(0.65);
    });

    it('at least 95 % of the programs are within 1.1 of FPTaylor', () => {
      expect(ratios('standard').filter(r => r <= 1.1).length / compared.length).toBeGreaterThanOrEqual(0.95);
      expect(ratios('same').filter(r => r <= 1.1).length / compared.length).toBeGreaterThanOrEqual(0.95);
    });

    it('the median is at most 1.25 of the observed error', () => {
      expect(median(programs.filter(p => p[model].observed !== null).map(p => ours.get(p.name)!.standard / p[model].observed!))).toBeLessThanOrEqual(1.25);
    });
  });
}

describe('conditional programs', () => {
  const named = (name: string): number => errorOf(programs.find(p => p.name === name)!, false);

  it('jumps are found', () => {
    expect(named('cav10')).toBeGreaterThanOrEqual(2.9);
    expect(named('cav10')).toBeLessThan(2.95);
    expect(named('perin')).toBeGreaterThanOrEqual(2);
    expect(named('perin')).toBeLessThan(2.1);
  });

  it('continuous pieces come out tiny', () => {
    expect(named('squareRoot3')).toBeLessThan(1e-10);
  });
});
