import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './harness.mjs';

/** Formats that between them keep everything, lose a little, lose all, overflow and saturate. */
const formats = 'fp64,fp32,fp16,bf16,fp8-e4m3fn,fp4-e2m1fn,int8';

/**
 * What the panels are tested with: reports that this build's simulator makes from real code. By name:
 * `variance` (a loop over arrays), `root` (scalars, cancellation), `attention` (nested arrays, helper functions), `throws`, `long` (more operations than are
 * are recorded), `lines` (more lines than the graph draws), `before` and `now` (two versions of one function), `many` (thousands of inputs), `million` and `brief` (the same code, a million recorded operations and a few hundred), and `orders` and `manyOrders` for the summation view.
 */
export async function makeReports() {
  const simulated = {
    variance: ['media/gallery/variance.ts#naiveVariance', { cases: Array.from({ length: 24 }, (_, i) => [[100.1 + i, 100.2 + i / 2, 100.3, 100.4, 100 - i / 3, 101.7]]) }],
    root: ['media/gallery/classic-formulas.ts#smallRootNaive', { cases: Array.from({ length: 40 }, (_, i) => [1, -(10 + i * i), 1]) }],
    attention: ['media/gallery/attention.ts#attention', { cases: [[[1, 0.5], [[0.3, 1], [2, 0.1], [0.7, 0.7]], [[1, 2], [3, 4], [5, 6.5]]]] }],
    throws: ['test/browser/fixtures/kernels.ts#refuses', { cases: [[1], [2]] }],
    long: ['test/browser/fixtures/kernels.ts#longSum', { cases: [[100000]] }, 'fp32,fp16'],
    million: ['test/browser/fixtures/kernels.ts#filtered', { cases: [[34000]] }, 'fp32,fp16,bf16,fp8-e5m2'],
    brief: ['test/browser/fixtures/kernels.ts#filtered', { cases: [[40]] }, 'fp32,fp16,bf16,fp8-e5m2'],
    before: ['test/browser/fixtures/before/spread.ts#spread', { cases: [[[1000.1, 1000.2, 1000.3, 999.8, 1000.7]], [[1, 2, 3, 4]]] }, 'fp32,fp16'],
    now: ['test/browser/fixtures/now/spread.ts#spread', { cases: [[[1000.1, 1000.2, 1000.3, 999.8, 1000.7]], [[1, 2, 3, 4]]] }, 'fp32,fp16'],
    many: ['media/gallery/classic-formulas.ts#smallRootNaive', { cases: Array.from({ length: 3000 }, (_, i) => [1, -(10 + i), 1]) }, 'fp32,fp16'],
    lines: ['test/browser/fixtures/kernels.ts#manyLines', { cases: [[0.7], [0.9], [3.1]] }],
  };
  const kept = join(root, 'out', `reports-${fingerprint(simulated)}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'));
  const made = {};
  for (const [name, [target, inputs, chosen]] of Object.entries(simulated)) made[name] = await simulate(target, inputs, chosen);
  made.now = JSON.parse(JSON.stringify(made.now).replaceAll('fixtures/now/', 'fixtures/before/'));
  const reports = { ...made, ...await makeOrders() };
  mkdirSync(join(root, 'out'), { recursive: true });
  for (const old of readdirSync(join(root, 'out'))) if (/^reports-.*\.json$/.test(old)) rmSync(join(root, 'out', old));
  writeFileSync(kept, JSON.stringify(reports));
  return reports;
}

/** Of everything that the reports follow from, so that those of the same simulator and the same code are made once. */
function fingerprint(simulated) {
  const hash = createHash('sha256').update(JSON.stringify(simulated));
  const files = ['dist/cli.js', 'dist/simulation-worker.js', 'dist/simulation-runtime.js', 'dist/server.js', 'test/browser/reports.mjs', ...Object.values(simulated).map(([target]) => target.split('#')[0])];
  for (const file of files) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}

function simulate(target, inputs, chosen = formats) {
  const folder = mkdtempSync(join(tmpdir(), 'roundoff-report-'));
  const file = join(folder, 'inputs.json');
  writeFileSync(file, JSON.stringify(inputs));
  return new Promise((answer, refuse) => {
    const child = spawn(process.execPath, ['dist/cli.js', 'simulate', target, '--formats', chosen, '--inputs', file, '--time-limit', '300', '--json'], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let out = '', problem = '';
    child.stdout.setEncoding('utf8').on('data', text => { out += text; });
    child.stderr.setEncoding('utf8').on('data', text => { problem += text; });
    child.on('error', refuse);
    child.on('close', () => {
      rmSync(folder, { recursive: true, force: true });
      try { answer(JSON.parse(out)); } catch { refuse(new Error(`The simulator made no report of ${target}: ${problem || out.slice(0, 200) || 'it printed nothing'}`)); }
    });
  });
}

/** Summation orders have no command of their own, so their room is bundled and called. */
async function makeOrders() {
  const { outputFiles: [file] } = await build({ entryPoints: [join(root, 'src/simulation/orders/explore.ts')], bundle: true, format: 'esm', platform: 'node', write: false });
  const { exploreOrders } = await import(`data:text/javascript;base64,${Buffer.from(file.text).toString('base64')}`);
  const request = { place: { file: '/project/sums.ts', start: 10, end: 40, line: 2, column: 3, endLine: 2, endColumn: 33 }, text: 'xs.reduce((a, b) => a + b)', values: [0.1, 0.2, 0.3, 1000, -1000, 0.7, 12.5, 0.0033], format: 'fp16', orders: 5000, seed: 1 };
  const many = Array.from({ length: 60 }, (_, i) => Math.sin(i * 12.9898) * 10 ** (i % 7));
  return { orders: exploreOrders(request), manyOrders: exploreOrders({ ...request, place: null, values: many, format: 'fp32' }) };
}

/** The server's own paging of a report: `summaryOf` and `pageOf`. */
export async function paging() {
  const { outputFiles: [file] } = await build({ entryPoints: [join(root, 'src/protocol/report-pages.ts')], bundle: true, format: 'esm', platform: 'node', write: false });
  return import(`data:text/javascript;base64,${Buffer.from(file.text).toString('base64')}`);
}

/** The messages with which the editor opens a panel on a report. */
export function messagesFor(report, { context = {}, request } = {}) {
  const asked = request ?? requestOf(report);
  const presets = report.formats.map(f => ({ id: f.id, title: f.title, explanation: `Every operation rounds to ${f.id}.`, group: 'floating point' }));
  const other = { ...report.description, name: 'another', numeric: true };
  return [
    { type: 'context', context: { trusted: true, functions: [report.description, other], presets: [...presets, { id: 'mxfp4', title: 'MXFP4', explanation: 'Blocks of 32 with a shared scale.', group: 'block scaled' }], formats: ['fp32', 'fp16'], request: asked, settings: { rerunOnSave: true }, stale: false, ...context } },
    { type: 'report', request: asked, report },
    { type: 'status', status: { state: 'done', message: '', place: null, remedies: [] } },
  ];
}

export function requestOf(report) {
  return { file: report.description.file, functionName: report.description.name, schemes: report.formats.map(f => ({ id: f.id })), inputs: { kind: 'given', cases: report.inputs } };
}
