import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WholeReports } from '../../../src/server/whole-reports';
import { valueText } from '../../../webview/shared/number-text';
import type { FormatReport, RunReport, SimulationReport, SiteReport } from '../../../src/protocol/report';
import { isWhole, pageOf, summaryOf, wholeLength } from '../../../src/protocol/report-pages';
import type { JsonValue } from '../../../src/protocol/real';

interface Size { readonly formats: number; readonly sites: number; readonly iterations: number; readonly cases: number; readonly input: JsonValue; readonly result: JsonValue }

/** A report of the shape and size that a run makes: its numbers are arbitrary. */
function reportOf({ formats, sites, iterations, cases, input, result }: Size): SimulationReport {
  const site = (i: number): SiteReport => ({
    site: `${i * 10}-${i * 10 + 5}`, file: '/a.ts', start: i * 10, end: i * 10 + 5, line: i + 1, column: 1, endLine: i + 1, endColumn: 6, text: 'a + b', operator: 'add', count: 1000, range: [0, 1], localError: 0.5,
    contributedError: 1e-9 * i, share: i / (sites * sites), condition: 1, cancelledBits: 0, absorbed: 0, overflow: 0, underflow: 0, saturated: 0, nan: 0, branchDivergence: 0, untracked: 0, last: { simulated: 1, reference: 1 },
    iterations: Array.from({ length: iterations }, (_, k) => ({ index: k * 50, simulated: k / 3, reference: k / 3 + 1e-9, contributed: 1e-12 })),
  });
  const run: RunReport = {
    sites: Array.from({ length: sites }, (_, i) => site(i)), edges: Array.from({ length: sites }, (_, i) => ({ from: site(i).site, to: site((i + 1) % sites).site, error: 1e-9, count: 10 })), output: null, outputPath: '', outputValue: 1,
    outputReference: 1, outputError: 0, attributedError: 0, attribution: 'exact', recordedOperations: 1e6, totalOperations: 1e6,
    series: Array.from({ length: 2000 }, (_, k) => ({ operation: k * 500, site: site(k % sites).site, simulated: k / 7, reference: k / 7 })), firstDivergence: null, divergences: [], untracked: 0,
  };
  const format = (id: string): FormatReport => ({
    id, title: id, status: 'ok', message: '', results: Array<JsonValue>(cases).fill(result), references: Array<JsonValue>(cases).fill(result), maxAbsoluteError: 1, maxRelativeError: 1, correctBits: 3, significandBits: 11, worstCase: 0,
    caseErrors: Array.from({ length: cases }, (_, i) => (i * 7919 % 1009) / 1e6), firstCase: run, operations: { add16: 1e6 }, energyPicojoules: 1, memoryBytes: 1, seconds: 1, exponents: { lowest: 0, counts: [], zeros: 0, nonFinite: 0 }, representable: null,
  });
  return {
    version: 1, function: '/a.ts#f', description: { name: 'f', file: '/a.ts', start: 0, end: 10, line: 1, endLine: 1, parameters: [], numeric: true }, sources: { '/a.ts': '' }, cases,
    inputs: Array.from({ length: cases }, () => [input]), formats: Array.from({ length: formats }, (_, i) => format(`f${i}`)), seconds: 1, notes: [],
  };
}

const bytes = (value: unknown): number => JSON.stringify(value).length;

describe('pages of a report', () => {
  it('leave a report of ordinary size as it is', () => {
    const report = reportOf({ formats: 4, sites: 12, iterations: 200, cases: 32, input: [1, 2, 3], result: 1 });
    expect(summaryOf(report, 'id')).toBe(report);
    expect(new WholeReports().summarize(report)).toBe(report);
  });

  it('bound the summary and every page, whatever grows', () => {
    const large: Size[] = [
      { formats: 6, sites: 150, iterations: 200, cases: 1, input: 1, result: 1 },
      { formats: 7, sites: 10, iterations: 200, cases: 8_000, input: [0.1, 0.2, 0.3], result: 0.123456789 },
      { formats: 7, sites: 10, iterations: 10, cases: 1, input: Array.from({ length: 60_000 }, (_, i) => i / 7), result: Array.from({ length: 60_000 }, (_, i) => i / 3) },
      { formats: 7, sites: 10, iterations: 10, cases: 1, input: { xs: Array.from({ length: 500 }, () => Array.from({ length: 200 }, (_, i) => i / 7)) }, result: { a: 1, b: Array.from({ length: 40_000 }, () => 0.1) } },
    ];
    for (const size of large) {
      const report = reportOf(size);
      const summary = summaryOf(report, 'id', 'f1');
      expect(summary.whole).toBe('id');
      expect(bytes(summary), JSON.stringify({ ...size, input: 0, result: 0 })).toBeLessThan(8e6);
      expect(bytes(summary)).toBeLessThan(bytes(report) / 2);
      for (const page of [{ kind: 'run', format: 'f2' } as const, { kind: 'cases', format: 'f2', order: 'worst', from: 0, count: 50 } as const]) expect(bytes(pageOf(report, page))).toBeLessThan(2e6);
    }
  });

  it('keep the run that is looked at, and answer the others whole', () => {
    const report = reportOf({ formats: 3, sites: 100, iterations: 100, cases: 2, input: 1, result: 1 });
    const summary = summaryOf(report, 'id', 'f1');
    expect(summary.formats.map(f => f.firstCase.outline ?? false)).toEqual([true, false, true]);
    const page = pageOf(report, { kind: 'run', format: 'f2' });
    expect(page?.kind === 'run' && page.run.edges).toEqual(report.formats[2].firstCase.edges);
    expect(page?.kind === 'run' && page.run.sites.every((s, i) => s.iterations.at(-1)?.index === report.formats[2].firstCase.sites[i].iterations.at(-1)?.index)).toBe(true);
    expect(pageOf(report, { kind: 'run', format: 'nowhere' })).toBeUndefined();
  });

  it('read all inputs page by page, in their order and the worst first', () => {
    const report = reportOf({ formats: 1, sites: 1, iterations: 1, cases: 333, input: [1, 2], result: 1 });
    for (const order of ['given', 'worst'] as const) {
      const rows = [];
      for (let from = 0; from < report.cases; from += 50) { const page = pageOf(report, { kind: 'cases', format: 'f0', order, from, count: 50 }); if (page?.kind === 'cases') rows.push(...page.rows); }
      expect(new Set(rows.map(r => r.index)).size).toBe(333);
      if (order === 'given') expect(rows.map(r => r.index)).toEqual(Array.from({ length: 333 }, (_, i) => i));
      else expect(rows.map(r => r.error)).toEqual([...report.formats[0].caseErrors].sort((a, b) => Number(b) - Number(a)));
    }
  });

  it('say how long a cut list is, and never pass a cut value as a whole one', () => {
    fc.assert(fc.property(fc.array(fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.array(fc.integer(), { maxLength: 400 })), { maxLength: 600 }), xs => {
      const list = xs as readonly JsonValue[];
      const report = reportOf({ formats: 1, sites: 1, iterations: 1, cases: 1, input: list, result: list });
      const page = pageOf(report, { kind: 'cases', format: 'f0', order: 'given', from: 0, count: 1 });
      const [cut] = page?.kind === 'cases' ? page.rows[0].input as readonly (readonly JsonValue[])[] : [];
      expect(wholeLength(cut)).toBe(list.length);
      expect(isWhole(cut)).toBe(JSON.stringify(cut) === JSON.stringify(list));
      const whole = pageOf(report, { kind: 'input', index: 0 });
      expect(whole?.kind === 'input' && whole.input).toEqual([list]);
    }), { numRuns: 20 });
    expect(valueText([1, 2, 3, '… 169997 more'], 2)).toBe('[1, 2, … 170,000]');
  });

  it('forget a report that is replaced, and the oldest of many', () => {
    const reports = new WholeReports();
    const large = reportOf({ formats: 1, sites: 1, iterations: 1, cases: 1, input: Array.from({ length: 20_000 }, () => 1), result: 1 });
    const first = reports.summarize(large).whole ?? '';
    const second = reports.summarize(large, undefined, first).whole ?? '';
    expect(() => reports.whole(first)).toThrow('run the simulation again');
    expect(reports.whole(second)).toBe(large);
    for (let i = 0; i < 20; i++) reports.summarize(large);
    expect(() => reports.page(second, { kind: 'input', index: 0 })).toThrow('run the simulation again');
  });
});
