import assert from 'node:assert/strict';
import { join } from 'node:path';
import { root, settle } from '../harness.mjs';
import { messagesFor, requestOf } from '../reports.mjs';
import { test } from '../runner.mjs';

const real = x => typeof x === 'number' ? x : x === '-0' ? -0 : Number(x);
const last = async (posted, type) => (await posted()).filter(m => m.type === type).at(-1);

test('controls: run, progress with its rate, cancel', async ({ open, reports }) => {
  const { page, posted, send } = await open({ messages: messagesFor(reports.variance) });
  await page.click('#run');
  await settle(page);
  assert.deepEqual((await last(posted, 'run')).request, requestOf(reports.variance));
  await send({ type: 'status', status: { state: 'running', message: '', place: null, remedies: [] } }, { type: 'progress', progress: { fraction: 0.25, operations: 123456, operationsPerSecond: 2.5e6, phase: 'fp16, case 3 of 32' } });
  const text = await page.innerText('.progress-row');
  for (const part of ['fp16, case 3 of 32', '123,456 operations', '2.5 Mop/s']) assert.ok(text.includes(part), text);
  await page.click('#cancel');
  assert.ok(await last(posted, 'cancel'));
  await send({ type: 'status', status: { state: 'cancelled', message: '', place: null, remedies: [] } });
  assert.match(await page.innerText('.notice'), /Cancelled/);
  assert.equal(await page.locator('#run').count(), 1);
});

test('controls: formats and all their parameters', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.variance) });
  await page.click(`vscode-button:has-text("${reports.variance.formats.length} formats")`);
  await page.selectOption('.schemes label:has-text("add") select', 'mxfp4');
  await page.selectOption('.schemes label:has-text("rounding") select', 'stochastic');
  await page.locator('.schemes vscode-text-field:has-text("seed") input').fill('7');
  await page.selectOption('.schemes label:has-text("accumulator") select', 'fp32');
  await page.selectOption('.schemes label:has-text("granularity") select', 'group:32');
  await page.selectOption('.schemes label:has-text("calibration") select', 'kl');
  await page.selectOption('.schemes label:has-text("overflow") select', 'saturate');
  await page.click('.schemes [aria-label="Remove fp32"]');
  await page.click('#run');
  const { schemes } = (await last(posted, 'run')).request;
  assert.deepEqual(schemes.at(-1), { id: 'mxfp4', rounding: 'stochastic', seed: 7, accumulator: 'fp32', granularity: 'group:32', calibration: 'kl', overflow: 'saturate' });
  assert.ok(!schemes.some(s => s.id === 'fp32'));
});

test('controls: a format by name', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.variance) });
  await page.click(`vscode-button:has-text("${reports.variance.formats.length} formats")`);
  await page.locator('.schemes vscode-text-field:has-text("or by name") input').fill('float(5,7)');
  await page.keyboard.press('Enter');
  await page.click('#run');
  assert.equal((await last(posted, 'run')).request.schemes.at(-1).id, 'float(5,7)');
});

test('controls: inputs as JSON, with the line at fault; generated; the worst found', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.root) });
  await page.click('vscode-button:has-text("given inputs")');
  await page.fill('#cases', '[1, -50, 1]\n[1, 2');
  assert.match(await page.innerText('#cases-problem'), /^Line 2/);
  await page.fill('#cases', '[1, -50, 1]');
  assert.equal(await page.innerText('#cases-problem'), '');
  await page.click('#run');
  assert.deepEqual((await last(posted, 'run')).request.inputs, { kind: 'given', cases: [[1, -50, 1]] });
  await page.reload();
});

test('controls: the worst inputs of the shown format', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.root) });
  await page.click('.chips .chip:text-is("bf16")');
  await page.click('vscode-button:has-text("given inputs")');
  await page.selectOption('.drawer select', 'generated');
  await page.click('vscode-button:has-text("Find worst inputs")');
  const message = await last(posted, 'findWorst');
  assert.equal(message.scheme, 'bf16');
  assert.deepEqual(message.request.inputs, { kind: 'generated', count: 32, seed: 1 });
});

test('controls: a sweep over an argument', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.root) });
  await page.click('#tab-sweep');
  await page.selectOption('#plot-sweep select', 'b');
  await page.locator('#plot-sweep vscode-text-field input').first().fill('-1000');
  await page.locator('#plot-sweep vscode-text-field input').last().fill('-2');
  await page.click('#plot-sweep vscode-button:has-text("Sweep")');
  const { inputs } = (await last(posted, 'run')).request;
  assert.deepEqual([inputs.kind, inputs.parameter, inputs.lo, inputs.hi, inputs.base], ['sweep', 1, -1000, -2, reports.root.inputs[0]]);
});

for (const width of [1400, 500]) {
  test(`controls: two versions of the code, with the error of each line before and now, at ${width} px`, async ({ open, reports }) => {
    const { before, now } = reports;
    const { page, send, posted } = await open({ width, messages: messagesFor(before) });
    await page.click('.chips .chip:text-is("fp32")');
    await page.click('.controls vscode-button:has-text("compare")');
    assert.match(await page.innerText('.kept-run'), /run again/);
    await send(...messagesFor(now).slice(1));
    const headings = await page.locator('.formats-table thead th').allInnerTexts();
    assert.ok(headings.some(h => h.trim() === 'before'), headings.join());
    assert.match(await page.innerText('.compare p'), /fell from \S+ \(\d+ of 24 bits\) to \S+ \(\d+ of 24 bits\)/);
    const shown = side => page.locator(`.compare-table .half.${side} code`).allTextContents();
    assert.deepEqual(await shown('before'), ['  let squares = 0;', '  for (const x of xs) {', '    sum += x;', '    squares += x * x;', '  }', '  return Math.sqrt(squares / xs.length - mean * mean);']);
    assert.deepEqual(await shown('now'), ['  for (const x of xs) sum += x;', '  let squares = 0;', '  for (const x of xs) squares += (x - mean) * (x - mean);', '  return Math.sqrt(squares / xs.length);']);
    const entering = (report, line) => report.formats.find(f => f.id === 'fp32').firstCase.sites.filter(s => s.endLine === line).reduce((sum, s) => sum + Math.abs(real(s.contributedError)), 0);
    const squares = before.sources[before.description.file].split('\n').findIndex(line => line.includes('squares += x * x')) + 1;
    const cells = await page.locator('.compare-table tr', { hasText: 'squares += x * x' }).locator('.entering').first().innerText();
    assert.ok(Math.abs(parseFloat(cells) - entering(before, squares)) < 0.01 * entering(before, squares), `${cells}, ${entering(before, squares)}`);
    await page.screenshot({ path: join(root, `out/screenshots/compare-${width}.png`), fullPage: true });
    await page.locator('.compare-table .half.now.active').first().click();
    assert.equal((await last(posted, 'reveal')).file, now.description.file);
    assert.deepEqual((await posted()).filter(m => m.type === 'keep'), [{ type: 'keep', keep: true }]);
    const again = await open({ width, messages: [{ type: 'kept', report: before }, ...messagesFor(now)] });
    await again.page.click('.chips .chip:text-is("fp32")');
    assert.equal(await again.page.locator('.compare').count(), 1, 'a reloaded panel does not compare');
    await page.click('.compare [aria-label="Stop comparing"]');
    assert.equal((await last(posted, 'keep')).keep, false);
    assert.equal(await page.locator('.compare').count(), 0);
  });
}

test('controls: copied Markdown, saved JSON, exported SVG', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.variance) });
  const share = async title => { await page.click('vscode-button:text-is("share")'); await page.click(`vscode-button:has-text("${title}")`); };
  await share('Copy as Markdown');
  const { text } = await last(posted, 'copy');
  for (const f of reports.variance.formats) assert.ok(text.includes(`| ${f.id} |`), f.id);
  await share('Save as JSON');
  assert.deepEqual(JSON.parse((await last(posted, 'save')).content), reports.variance);
  await share('Export graph as SVG');
  const { content, kind } = await last(posted, 'save');
  assert.equal(kind, 'svg');
  const problem = await page.evaluate(svg => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent ?? '', content);
  assert.equal(problem, '');
  assert.ok(!content.includes('class='));
  await share('Save as HTML');
  assert.equal((await last(posted, 'save')).kind, 'html');
});

test('controls: rerun on save, another function, the value in the number format panel', async ({ open, reports }) => {
  const { page, posted } = await open({ messages: messagesFor(reports.variance) });
  await page.click('vscode-checkbox:has-text("on save")');
  assert.deepEqual((await last(posted, 'settings')).settings, { rerunOnSave: false });
  await page.selectOption('select[aria-label="Function"]', 'another');
  await page.click('#run');
  assert.equal((await last(posted, 'run')).request.functionName, 'another');
  await page.click('.inspector vscode-button:has-text("bits")');
  assert.equal(typeof (await last(posted, 'openNumber')).value, 'string');
});

test('controls: the view survives a reload and a move of the panel', async ({ open, reports }) => {
  const first = await open({ messages: messagesFor(reports.variance) });
  await first.page.click('.chips .chip:text-is("bf16")');
  await first.page.click('#tab-values');
  await first.page.click('.formats-table .sort:text-is("energy")');
  await first.page.selectOption('.flow select', 'operations');
  await first.page.waitForTimeout(400);
  const state = await first.page.evaluate(() => window.stored);
  const second = await open({ messages: messagesFor(reports.variance), state });
  assert.equal(await second.page.locator('.chip.shown').first().innerText(), 'bf16');
  assert.equal(await second.page.getAttribute('#tab-values', 'aria-selected'), 'true');
  assert.equal(await second.page.inputValue('.flow select'), 'operations');
  assert.match(await second.page.innerText('.formats-table th[aria-sort]'), /energy/);
  assert.deepEqual((await second.posted())[0].state, state);
});

test('controls: messages that are not understood change nothing', async ({ open, reports }) => {
  const { page, send } = await open({ messages: messagesFor(reports.variance) });
  const before = await page.innerText('.panel');
  await send({ type: 'report', report: null }, { type: 'unknown' }, null, 7, { type: 'status', status: { state: 'odd' } }, { type: 'select', file: '/x', start: -1, end: 2 });
  assert.equal(await page.innerText('.panel'), before);
});
