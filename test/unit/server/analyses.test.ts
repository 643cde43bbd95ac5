import { expect, test, vi } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { logOnePlus } from '../../../src/hazards/log-one-plus';
import { defaultSettings } from '../../../src/protocol/settings';
import { Analyses } from '../../../src/server/analyses';
import { Gradual } from '../../../src/server/gradual';
import type { Platform } from '../../../src/server/platform';

const uri = 'file:///work/a.ts';
const constant = (i: number): string => `export function f${i}(x: number): number { return x / ${i + 1} + Math.log(1 + x * 1e-9); }\n`;
const long = Array.from({ length: 120 }, (_, i) => constant(i)).join('');

function open(first: string, onFailure?: (file: string, hazard: string, error: unknown) => void): { analyses: Analyses; edit: (text: string) => void; version: () => number } {
  let document = TextDocument.create(uri, 'typescript', 1, first);
  const platform = { projectHost: (root: string) => ({ root, readFile: () => undefined, fileExists: () => false }) } as unknown as Platform;
  const analyses = new Analyses(platform, asked => asked === uri ? document : undefined, () => [document], onFailure);
  return { analyses, edit: text => { document = TextDocument.create(uri, 'typescript', document.version + 1, text); }, version: () => document.version };
}

test('parts asked for in a pause are those of a run without pauses', async () => {
  const whole = open(long).analyses.of(uri)!;
  const sliced = open(long).analyses.of(uri)!;
  let pauses = 0;
  const done = await sliced.prepare(defaultSettings, () => { if (++pauses === 2) expect(sliced.findings(defaultSettings)).toEqual(whole.findings(defaultSettings)); return Promise.resolve(); }, () => true);
  expect(done).toBe(true);
  expect(sliced.program()).toEqual(whole.program());
  expect(sliced.facts()).toEqual(whole.facts());
  expect(sliced.findings(defaultSettings)).toEqual(whole.findings(defaultSettings));
  expect(whole.findings(defaultSettings).length).toBeGreaterThan(100);
});

test('a change in a pause ends the older analysis, and each keeps the places of its own text', async () => {
  const { analyses, edit, version } = open(long);
  const older = analyses.of(uri)!;
  let newer: typeof older | undefined;
  const done = await older.prepare(defaultSettings, () => { if (!newer) { edit(`\n\n${long}`); newer = analyses.of(uri)!; newer.program(); } return Promise.resolve(); }, () => version() === 1);
  expect(done).toBe(false);
  expect(older.program().text).toBe(long);
  expect(newer!.program().text).toBe(`\n\n${long}`);
  expect(newer!.findings(defaultSettings).map(f => f.place.line - 2)).toEqual(older.findings(defaultSettings).map(f => f.place.line));
});

test('what fails is begun again by the next who asks', () => {
  let attempts = 0;
  const gradual = new Gradual(function* (): Generator<void, number> { attempts++; yield; if (attempts === 1) throw new Error('first'); return attempts; });
  expect(gradual.step()).toBe(false);
  expect(() => gradual.step()).toThrow('first');
  expect(gradual.value()).toBe(2);
  expect(gradual.step()).toBe(true);
  expect(attempts).toBe(2);
});

test('a rule that throws is told of, and the findings of the others stay', () => {
  const broken = vi.spyOn(logOnePlus, 'detect').mockImplementation(() => { throw new RangeError('too deep'); });
  try {
    const told: unknown[] = [];
    const { analyses } = open(`${constant(1)}export const share = (part: number, rest: number) => part * 100 + (rest | 1 << 33);\n`, (...failure) => told.push(failure));
    const findings = analyses.of(uri)!.findings(defaultSettings);
    expect(told).toEqual([['/work/a.ts', 'log-one-plus', new RangeError('too deep')]]);
    expect(findings.map(f => f.hazard)).toContain('shift-overflow');
  } finally {
    broken.mockRestore();
  }
});
