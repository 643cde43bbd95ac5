import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync, mkdtempSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root, settle, themes } from '../harness.mjs';
import { test } from '../runner.mjs';

const run = promisify(execFile);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

async function violations(page) {
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { rules: { 'page-has-heading-one': { enabled: false } } }));
  return found.map(v => `${v.id}: ${v.nodes.slice(0, 3).map(n => `${n.target.join(' ')} ${n.failureSummary.split('\n').slice(1, 2).join('')}`).join(' | ')}`);
}

const vector = [0.13, -1.7, 2.45, 0.9, 3.1, -0.33], other = [1.1, 0.7, -0.2, 2.6, 0.05, 1.9];
const cases = [[vector], [other]];
const file = join(root, 'test/golden/tuning/functions.ts');
let made;

/** A report of the real tuner, and the request that it answers. */
function tuned() {
  return made ??= (async () => {
    const inputs = join(mkdtempSync(join(tmpdir(), 'roundoff-tuning-')), 'inputs.json');
    writeFileSync(inputs, JSON.stringify({ cases }));
    const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), 'tune', `${file}#variance`, '--tolerance', '0.001', '--formats', 'fp32,tf32,fp16,bf16,fp8-e4m3fn', '--inputs', inputs, '--json']);
    const given = { kind: 'given', cases };
    const report = { ...JSON.parse(stdout), inputs: given, annotated: readFileSync(file, 'utf8') };
    const request = { file, functionName: 'variance', tolerance: 0.001, formats: ['fp32', 'tf32', 'fp16', 'bf16', 'fp8-e4m3fn'], strategy: 'greedy', inputs: given };
    return { report, request };
  })();
}

const contextOf = (request, more = {}) => ({ type: 'context', context: { request, ownInputs: request.inputs, stale: false, written: null, ...more } });
const done = { type: 'status', status: { state: 'done', message: '', place: null, remedies: [] } };
const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);

test('tuning: the answer in words, the formats of variables, and every assignment in chart and table', async ({ open }) => {
  const { report, request } = await tuned();
  const { page } = await open({ kind: 'tuning', messages: [contextOf(request), { type: 'report', report }, done] });
  assert.match(await page.innerText('.summary'), /variance keeps its relative error at .* within 0\.001, with \d+ % of the energy and \d+ % of the memory of all fp32/);
  assert.deepEqual(await page.locator('#variables tbody .format').allInnerTexts(), report.assignment.map(a => a.format));
  const rows = await page.locator('#assignments tbody tr').count();
  const finite = await page.locator('#assignments tbody tr', { hasNotText: 'fails' }).count();
  assert.ok(rows >= report.uniform.length);
  assert.equal(await page.locator('#pareto .assignment').count(), finite);
  assert.equal(await page.locator('#assignments .best').count(), 1);
  await page.click('#pareto vscode-button[title="The same data as a table"]');
  assert.equal(await page.locator('#pareto .twin tbody tr').count(), finite);
});

test('tuning: an assignment is looked at by click and by arrow keys, and written or simulated', async ({ open }) => {
  const { report, request } = await tuned();
  const { page, posted, send } = await open({ kind: 'tuning', messages: [contextOf(request), { type: 'report', report }, done] });
  await page.click('#write');
  assert.deepEqual((await last(posted, 'write')).formats, report.assignment.map(a => a.format));
  await page.click('#assignments tbody tr:has-text("all fp16") .pick');
  await settle(page);
  assert.deepEqual(new Set(await page.locator('#variables tbody .format').allInnerTexts()), new Set(['fp16']));
  const name = await page.locator('#assignments tr.shown .pick').innerText();
  await page.keyboard.press('ArrowDown');
  await settle(page);
  assert.notEqual(await page.locator('#assignments tr.shown .pick').innerText(), name);
  assert.equal(await page.evaluate(() => document.activeElement.closest('tr')?.className), 'shown');
  await page.keyboard.press('Home');
  await page.locator('#assignments tbody tr:has-text("all fp16") .pick').click();
  await page.click('#simulate');
  assert.deepEqual((await last(posted, 'simulate')).formats, report.assignment.map(() => 'fp16'));
  await send(contextOf(request, { written: report.assignment.map(() => 'fp16') }));
  assert.match(await page.innerText('.tuning-body'), /Written into the source/);
  const { start } = report.assignment.find(a => a.variable === 'squares');
  await page.locator('#variables tr:has-text("squares") .link').click();
  assert.equal((await last(posted, 'reveal')).start, start);
});

test('tuning: another search with other settings, progress, stop, and problems in words', async ({ open }) => {
  const { report, request } = await tuned();
  const { page, posted, send } = await open({ kind: 'tuning', messages: [contextOf(request), { type: 'report', report }, done] });
  await page.locator('.tuning-controls vscode-text-field').nth(0).locator('input').fill('1e-2');
  await page.locator('.tuning-controls vscode-text-field').nth(1).locator('input').fill('fp32, float(5,7)');
  await page.selectOption('.tuning-controls label:has-text("Search") select', 'delta');
  await page.selectOption('.tuning-controls label:has-text("Inputs") select', 'generated 32');
  await page.click('#tune');
  const next = (await last(posted, 'tune')).request;
  assert.deepEqual([next.tolerance, next.formats, next.strategy, next.inputs], [0.01, ['fp32', 'float(5,7)'], 'delta', { kind: 'generated', count: 32, seed: 1 }]);
  await page.locator('.tuning-controls vscode-text-field').nth(1).locator('input').fill('fp32, fp17');
  assert.match(await page.innerText('#controls-problem'), /no format “fp17”/);
  await send({ type: 'status', status: { ...done.status, state: 'running' } }, { type: 'progress', text: '23 runs, 34 % of the energy' });
  assert.match(await page.innerText('.progress'), /23 runs, 34 %/);
  await page.click('#stop');
  assert.ok(await last(posted, 'cancel'));
  await send({ type: 'status', status: { state: 'failed', message: 'variance cannot be tuned because it fails on every input.', place: null, remedies: [{ title: 'Run again', action: 'run' }] } });
  assert.match(await page.innerText('.notice'), /fails on every input/);
  await page.click('.notice vscode-button');
  assert.equal((await last(posted, 'remedy')).remedy, 'run');
});

const known = { activation: { kind: 'known', id: 'relu' }, p: 3, s: 1 };

async function expressiveness(name, p, s) {
  const { stdout } = await run(process.execPath, [join(root, 'dist/cli.js'), 'expressiveness', name, '--p', String(p), '--s', String(s), '--json']);
  return { ...JSON.parse(stdout), request: { activation: { kind: 'known', id: name }, p, s } };
}

test('expressiveness: verdict, conditions, missing values, and the indicator network on every point', async ({ open }) => {
  const own = [{ file: '/work/activations.ts', name: 'leaky' }];
  const { page, posted, send } = await open({ kind: 'expressiveness', messages: [{ type: 'context', functions: own, request: known }, { type: 'report', report: await expressiveness('relu', 3, 1) }, done] });
  assert.match(await page.innerText('.verdict'), /ReLU.* on Q\(3, 1\) is universal/);
  await page.click('#indicator vscode-button[title="The same data as a table"]');
  assert.equal(await page.locator('#indicator .twin tbody tr').count(), 14);
  await page.selectOption('.expressiveness-controls select', '/work/activations.ts#leaky');
  assert.deepEqual((await last(posted, 'check')).request, { activation: { kind: 'function', file: '/work/activations.ts', functionName: 'leaky' }, p: 3, s: 1 });
  await page.locator('.expressiveness-controls vscode-text-field').first().locator('input').fill('40');
  assert.match(await page.innerText('.expressiveness-controls .problem'), /p is a whole number from 1 to 12/);
  await send({ type: 'report', report: await expressiveness('sigmoid', 1, 1) });
  assert.match(await page.innerText('.verdict'), /is not universal/);
  assert.match(await page.innerText('.facts'), /missing values/);
  await send({ type: 'status', status: { state: 'failed', message: 'An activation takes one number and returns one; f(0) is true.', place: null, remedies: [] } });
  assert.match(await page.innerText('.notice'), /takes one number/);
});

for (const theme of themes) {
  test(`tuning and expressiveness: accessible, without overflow, in ${theme}`, async ({ open }) => {
    const { report, request } = await tuned();
    const relu = await expressiveness('relu', 3, 1);
    for (const width of [400, 1000, 1600]) {
      for (const [kind, messages] of [['tuning', [contextOf(request, { stale: true }), { type: 'report', report }, done]], ['expressiveness', [{ type: 'context', functions: [], request: known }, { type: 'report', report: relu }, done]]]) {
        const { page, close } = await open({ kind, theme, width, height: 1000, messages });
        await settle(page);
        mkdirSync(join(root, 'out/screenshots'), { recursive: true });
        await page.screenshot({ path: join(root, `out/screenshots/${kind}-${theme}-${width}.png`), fullPage: true });
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${kind} at ${width} scrolls sideways`);
        assert.deepEqual(await violations(page), [], `${kind} at ${width}`);
        await close();
      }
    }
  });
}
