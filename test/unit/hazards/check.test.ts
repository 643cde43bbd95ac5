import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import Ajv from 'ajv';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main';
import { hazardPages } from '../../../src/hazards';
import { sarifSchema } from './sarif-schema';

let folder = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'roundoff-check-'));
  mkdirSync(join(folder, 'src'));
  mkdirSync(join(folder, 'src/node_modules'));
  writeFileSync(join(folder, 'src/tail.ts'), 'export const tail = (p: number) => Math.log(1 - p); // kept\n');
  writeFileSync(join(folder, 'src/clean.ts'), 'export const one = 1;\n');
  writeFileSync(join(folder, 'src/broken.ts'), 'export const x = ;\n');
  writeFileSync(join(folder, 'src/quiet.ts'), '// roundoff-disable-next-line log-one-plus -- p is never small\nexport const quiet = (p: number) => Math.log(1 - p);\n');
  writeFileSync(join(folder, 'src/node_modules/left.ts'), 'export const left = (p: number) => Math.log(1 - p);\n');
  // Loads the compiler, which takes a while on a busy machine.
  await run('src/clean.ts');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const sink = (add: (text: string) => void): Writable => new Writable({ write(chunk, _encoding, done) { add(String(chunk)); done(); } });
  const code = await main(['check', ...args], { stdin: new PassThrough(), stdout: sink(t => { out += t; }), stderr: sink(t => { err += t; }), cwd: folder, signal: new AbortController().signal });
  return { code, out, err };
}

interface Report { version: number; files: number; findings: { hazard: string; severity: string; file: string; line: number; column: number; endLine: number; endColumn: number; message: string; fixes: { safe: boolean; edits: { line: number; column: number; text: string }[] }[] }[]; problems: { file: string; line: number; message: string }[]; seconds: number }

describe('roundoff check', () => {
  it('reports findings and problems as JSON', async () => {
    const { code, out } = await run('src', '--format', 'json');
    const report = JSON.parse(out) as Report;
    expect(code).toBe(1);
    expect(report.files).toBe(4);
    expect(report.findings.map(f => [f.hazard, f.severity, f.file, f.line, f.column, f.endLine, f.endColumn])).toEqual([['log-one-plus', 'warning', 'src/tail.ts', 1, 36, 1, 51]]);
    expect(report.findings[0].fixes[0]).toMatchObject({ safe: true, edits: [{ file: 'src/tail.ts', line: 1, column: 36, endLine: 1, endColumn: 51, text: 'Math.log1p(-p)' }] });
    expect(report.problems.map(p => p.file)).toContain('src/broken.ts');
    expect(typeof report.seconds).toBe('number');
  });

  it('answers exit codes by severity', async () => {
    expect((await run('src/clean.ts')).code).toBe(0);
    expect((await run('src/tail.ts', '--fail-on', 'error')).code).toBe(0);
    expect((await run('src/tail.ts', '--fail-on', 'never')).code).toBe(0);
    expect((await run('src/tail.ts', '--severity', 'log-one-plus=error', '--fail-on', 'error')).code).toBe(1);
    expect((await run('src/tail.ts', '--severity', 'log-one-plus=off', '--fail-on', 'hint')).code).toBe(0);
  });

  it('refuses in one line what it cannot serve', async () => {
    for (const args of [[], ['nowhere.ts'], ['src', '--format', 'xml'], ['src', '--target', 'fp17'], ['src', '--severity', 'nothing=off'], ['src', '--fail-on', 'always'], ['src', '--bad'], ['src', '--threads', '0']]) {
      const { code, out, err } = await run(...args);
      expect([code, out, err.trim().split('\n').length], args.join(' ')).toEqual([2, '', 1]);
    }
  });

  it('prints the line with a mark under the expression', async () => {
    const { out } = await run('src/tail.ts');
    expect(out).toContain('src/tail.ts:1:36: warning: ');
    expect(out).toContain('    1 | export const tail = (p: number) => Math.log(1 - p); // kept');
    expect(out).toContain(`      | ${' '.repeat(35)}^${'~'.repeat(14)}\n`);
    expect(out).not.toContain('\x1b[');
    expect((await run('src/tail.ts', '--color')).out).toContain('\x1b[');
  });

  it('writes SARIF that its schema accepts, with rules, help, places and fixes', async () => {
    const { out } = await run('src', '--format', 'sarif');
    const log = JSON.parse(out);
    const validate = new Ajv({ allErrors: true, strict: true, strictRequired: false }).compile(sarifSchema);
    expect(validate(log), JSON.stringify(validate.errors)).toBe(true);
    const [one] = log.runs;
    expect(one.tool.driver.rules.map((r: { id: string }) => r.id)).toEqual(hazardPages.map(p => p.id));
    for (const rule of one.tool.driver.rules) expect(rule.help.markdown).toContain('## Better');
    expect(one.results[0]).toMatchObject({ ruleId: 'log-one-plus', level: 'warning', locations: [{ physicalLocation: { artifactLocation: { uri: 'src/tail.ts', uriBaseId: 'SRCROOT' }, region: { startLine: 1, startColumn: 36, endLine: 1, endColumn: 51 } } }] });
    expect(one.tool.driver.rules[one.results[0].ruleIndex].id).toBe('log-one-plus');
    expect(one.results[0].fixes[0].artifactChanges[0].replacements[0].insertedContent.text).toBe('Math.log1p(-p)');
    // The schema is not empty talk: a damaged log fails.
    expect(validate({ ...log, version: '2.0' })).toBe(false);
    expect(validate({ ...log, runs: [{ ...one, results: [{ ...one.results[0], level: 'hint' }] }] })).toBe(false);
  });

  it('reports what a target format loses', async () => {
    writeFileSync(join(folder, 'src/half.ts'), 'const eps = 1e-8;\nexport const f = (x: number) => 1 / (x + eps);\n');
    expect((JSON.parse((await run('src/half.ts', '--format', 'json', '--target', 'fp16')).out) as Report).findings.map(f => f.hazard)).toContain('fp16-underflow-epsilon');
    expect((JSON.parse((await run('src/half.ts', '--format', 'json')).out) as Report).findings).toEqual([]);
    rmSync(join(folder, 'src/half.ts'));
  });

  it('applies safe fixes and keeps the rest of the text', async () => {
    writeFileSync(join(folder, 'fix.ts'), '\uFEFFexport const a = (p: number) => Math.log( 1 - p ) /* why */;\nexport const b = (x: number) => 2 * (Math.exp(x) - 1);\nexport const c = (value: number) => value | 0;\n');
    const { code, err } = await run('fix.ts', '--fix');
    expect(readFileSync(join(folder, 'fix.ts'), 'utf8')).toBe('\uFEFFexport const a = (p: number) => Math.log1p(-p) /* why */;\nexport const b = (x: number) => 2 * (Math.expm1(x));\nexport const c = (value: number) => value | 0;\n');
    expect(err).toContain('2 safe fixes applied in 1 file');
    expect(code).toBe(1);
  });

  it('answers from the cache until a file or its import changes', async () => {
    writeFileSync(join(folder, 'base.ts'), 'export const RATE = 0.5;\n');
    writeFileSync(join(folder, 'user.ts'), "import { RATE } from './base';\nexport const f = () => Math.exp(RATE) - 1;\n");
    const args = ['base.ts', 'user.ts', '--format', 'json', '--cache-file', 'cache.json'];
    const first = JSON.parse((await run(...args)).out) as Report;
    expect(first.findings).toEqual([]);
    const stored = JSON.parse(readFileSync(join(folder, 'cache.json'), 'utf8'));
    const user = Object.keys(stored.entries).find(name => name.endsWith('user.ts'))!;
    expect(Object.keys(stored.entries[user].dependencies).length).toBe(2);
    // A marked entry shows that the answer comes from the cache.
    stored.entries[user].report.problems.push({ file: user, line: 7, column: 1, message: 'from the cache' });
    writeFileSync(join(folder, 'cache.json'), JSON.stringify(stored));
    expect((JSON.parse((await run(...args)).out) as Report).problems.map(p => p.message)).toEqual(['from the cache']);
    writeFileSync(join(folder, 'base.ts'), 'export const RATE = 0.0001;\n');
    expect((JSON.parse((await run(...args)).out) as Report).problems).toEqual([]);
    writeFileSync(join(folder, 'cache.json'), '{"key": 1');
    expect((await run(...args)).code).not.toBe(2);
  });
});
